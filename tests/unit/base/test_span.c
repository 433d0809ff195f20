/* SPDX-License-Identifier: Apache-2.0 */
#include "base/span.h"
#include "test.h"

static void compares_bytes_then_length(void **state)
{
    static const struct {
        const char *a, *b;
        int sign;
    } rows[] = {
        {"", "", 0},         {"", "00", -1},     {"00", "", 1},    {"01 02", "01 02", 0},
        {"01", "01 02", -1}, {"02", "01 ff", 1}, {"7f", "80", -1},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        int order = sg_span_compare(hex(rows[i].a), hex(rows[i].b));
        assert_int_equal((order > 0) - (order < 0), rows[i].sign);
        assert_int_equal(sg_span_equal(hex(rows[i].a), hex(rows[i].b)), rows[i].sign == 0);
    }
}

static void takes_absent_and_empty_as_equal(void **state)
{
    (void)state;
    assert_true(sg_span_equal(sg_span(NULL, 0), sg_span("", 0)));
    assert_int_equal(sg_span_compare(sg_span(NULL, 0), sg_span("", 0)), 0);
}

static void folds_ascii_letters_only(void **state)
{
    (void)state;
    assert_true(sg_span_is_word(text_bytes("Content-Type"), "CONTENT-TYPE"));
    assert_false(sg_span_is_word(text_bytes("Content-Typ"), "content-type"));
    assert_false(sg_span_is_word(text_bytes("@"), "`")); /* 0x40 and 0x60: not letters */
    assert_false(sg_span_is_word(text_bytes("["), "{"));
    assert_false(sg_span_equal_ascii_case(hex("c3 84"), hex("c3 a4"))); /* Ä and ä */
    assert_false(sg_span_equal_ascii_case(hex("61 00"), hex("61")));
}

static void cuts_within_bounds(void **state)
{
    struct signet_span span = text_bytes("abcd");
    (void)state;
    assert_span_text(sg_span_from(span, 1), "bcd");
    assert_span_text(sg_span_from(span, 4), "");
    assert_span_text(sg_span_from(span, SIZE_MAX), "");
    assert_span_text(sg_span_first(span, 2), "ab");
    assert_span_text(sg_span_first(span, SIZE_MAX), "abcd");
    assert_null(sg_span_from(sg_span(NULL, 0), 3).ptr);
}

static void trims_blanks_and_line_ends(void **state)
{
    (void)state;
    assert_span_text(sg_span_trim(text_bytes(" \t\r\na b\r\n")), "a b");
    assert_span_text(sg_span_trim(text_bytes(" \t\r\n")), "");
    assert_span_text(sg_span_trim(text_bytes("")), "");
    assert_span_text(sg_span_trim(text_bytes("\v")), "\v");
}

static void hashes_by_content_and_seed(void **state)
{
    struct signet_span span = text_bytes("abcdefghijklmnop");
    (void)state;
    assert_true(sg_span_hash(span, 1) == sg_span_hash(text_bytes("abcdefghijklmnop"), 1));
    assert_true(sg_span_hash(span, 1) != sg_span_hash(span, 2));
    for (size_t i = 0; i < span.len; i++)
        assert_true(sg_span_hash(sg_span_first(span, i), 1) != sg_span_hash(span, 1));
    assert_true(sg_span_hash(sg_span(NULL, 0), 7) == sg_span_hash(hex(""), 7));
    assert_true(sg_span_hash(hex("00"), 7) != sg_span_hash(hex("00 00"), 7));
}

SG_TEST_MAIN(SG_TEST("", compares_bytes_then_length), SG_TEST("", takes_absent_and_empty_as_equal),
             SG_TEST("", folds_ascii_letters_only), SG_TEST("", cuts_within_bounds),
             SG_TEST("", trims_blanks_and_line_ends), SG_TEST("", hashes_by_content_and_seed))
