/* SPDX-License-Identifier: Apache-2.0 */
#include "base/sip.h"
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

static void folds_octets_alone_and_in_words(void **state)
{
    uint8_t all[256 + 7], folded[sizeof(all)];
    (void)state;
    for (size_t i = 0; i < sizeof(all); i++)
        all[i] = (uint8_t)i;
    for (size_t at = 0; at < 8; at++) {
        sg_ascii_lower_copy(sg_span(all + at, sizeof(all) - at), folded);
        for (size_t i = at; i < sizeof(all); i++)
            assert_int_equal(folded[i - at], sg_ascii_lower(all[i]));
    }
    sg_ascii_lower_copy(sg_span(NULL, 0), folded);
}

/* SipHash-1-3 of 00 01 02 … as another program computes it. */
static void hashes_as_the_paper_says(void **state)
{
    static const uint64_t hashes[] = {
        UINT64_C(0xc44a0ebf4e962581), UINT64_C(0xc7f8837cdc05230b), UINT64_C(0xbfeff0bc8a414c08),
        UINT64_C(0xd8c82d87fa4286e4), UINT64_C(0x5d51da6e88a607e0), UINT64_C(0x904197b89cffef85),
        UINT64_C(0x5495a918e3423106), UINT64_C(0x9ce896d47e204af6), UINT64_C(0x51738227823e2309),
        UINT64_C(0xa9d59ba0fefc9497), UINT64_C(0xc56750690b3345ef), UINT64_C(0xdccd724817e07d34),
    };
    const uint16_t one = 1;
    uint8_t octets[SG_NUM(hashes)];
    (void)state;
    if (*(const uint8_t *)&one != 1)
        skip(); /* words are read in the order of the machine */
    for (size_t i = 0; i < SG_NUM(hashes); i++) {
        octets[i] = (uint8_t)i;
        assert_true(sg_span_hash(sg_span(octets, i), 1) == hashes[i]);
    }
}

static void hashes_spans_in_a_row(void **state)
{
    struct sg_sip sip = sg_sip_begin(1), other = sg_sip_begin(1);
    (void)state;
    sg_sip_add(&sip, text_bytes("example"));
    assert_true(sg_sip_end(&sip) == sg_span_hash(text_bytes("example"), 1));
    sg_sip_add(&other, text_bytes("exam"));
    sg_sip_add(&other, text_bytes("ple"));
    assert_true(sg_sip_end(&other) != sg_sip_end(&sip));
}

SG_TEST_MAIN(SG_TEST("", compares_bytes_then_length), SG_TEST("", takes_absent_and_empty_as_equal),
             SG_TEST("", folds_ascii_letters_only), SG_TEST("", cuts_within_bounds),
             SG_TEST("", trims_blanks_and_line_ends), SG_TEST("", hashes_by_content_and_seed),
             SG_TEST("", hashes_as_the_paper_says), SG_TEST("", hashes_spans_in_a_row),
             SG_TEST("", folds_octets_alone_and_in_words))
