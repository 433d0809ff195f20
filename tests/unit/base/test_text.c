/* SPDX-License-Identifier: Apache-2.0 */
#include "base/text.h"
#include "test.h"

static void assert_safe(struct signet_span bytes, const char *expected)
{
    struct sg_buffer buffer;
    sg_buffer_init(&buffer, 10000);
    sg_text_add_safe(&buffer, bytes);
    assert_int_equal(buffer.status, SIGNET_OK);
    const char *text = as_text(sg_buffer_span(&buffer));
    sg_buffer_free(&buffer);
    assert_string_equal(text, expected);
}

static void shows_text_as_it_is(void **state)
{
    static const char *const rows[] = {
        "", "Alice <alice@example.com>", "~!\"'{}", "Müller", "日本語", "Ω≈ç√", "🔑", "e\xcc\x81"};
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++)
        assert_safe(text_bytes(rows[i]), rows[i]);
}

static void escapes_what_acts_or_hides(void **state)
{
    static const struct {
        const char *bytes, *text;
    } rows[] = {
        {"61 00 62", "a\\x00b"},
        {"1b 5b 33 31 6d", "\\x1b[31m"},
        {"0d 0a 09 7f", "\\x0d\\x0a\\x09\\x7f"},
        {"5c 78 30 30", "\\\\x00"},
        {"c2 85", "\\u{0085}"},             /* next line */
        {"c2 9b 33 31 6d", "\\u{009b}31m"}, /* CSI in one character */
        {"c2 ad", "\\u{00ad}"},             /* soft hyphen */
        {"61 e2 80 ae 62", "a\\u{202e}b"},  /* right-to-left override */
        {"e2 80 aa e2 81 a6 e2 81 a9", "\\u{202a}\\u{2066}\\u{2069}"},
        {"e2 80 8e d8 9c", "\\u{200e}\\u{061c}"},
        {"e2 80 8b e2 80 8d ef bb bf", "\\u{200b}\\u{200d}\\u{feff}"},
        {"e2 80 a8 e2 80 a9", "\\u{2028}\\u{2029}"},
        {"e1 85 9f e3 85 a4 ef be a0", "\\u{115f}\\u{3164}\\u{ffa0}"}, /* Hangul fillers */
        {"ef b8 8f", "\\u{fe0f}"},
        {"ee 80 80 f3 b0 80 80", "\\u{e000}\\u{f0000}"}, /* private use */
        {"f3 a0 81 81", "\\u{e0041}"},                   /* a tag character */
        {"ef bf bf f0 9f bf be", "\\u{ffff}\\u{1fffe}"}, /* noncharacters */
        {"ef b7 90", "\\u{fdd0}"},
        {"ff fe 61", "\\xff\\xfea"},
        {"c3", "\\xc3"},
        {"c3 28", "\\xc3("},
        {"c0 80", "\\xc0\\x80"},
        {"ed a0 80", "\\xed\\xa0\\x80"},
        {"f4 90 80 80", "\\xf4\\x90\\x80\\x80"},
        {"e2 82", "\\xe2\\x82"},
        {"80 bf", "\\x80\\xbf"},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++)
        assert_safe(hex(rows[i].bytes), rows[i].text);
}

static void shows_neighbours_of_what_it_escapes(void **state)
{
    static const uint32_t rows[] = {
        0xa0,   0xac,   0xae,   0x200a, 0x2010, 0x2027, 0x202f, 0x205f, 0x2070,  0xd7ff,  0xf900,
        0xfdcf, 0xfdf0, 0xfefe, 0xff00, 0xffa1, 0xffef, 0xfffc, 0xfffd, 0x1d172, 0x1d17b, 0xdffff};
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows) - 1; i++) {
        uint8_t utf8[5] = {0};
        struct signet_span bytes = sg_span(utf8, sg_utf8_encode(rows[i], utf8));
        assert_safe(bytes, as_text(bytes));
    }
}

static void stops_when_the_buffer_is_full(void **state)
{
    struct sg_buffer buffer;
    (void)state;
    sg_buffer_init(&buffer, 10);
    sg_text_add_safe(&buffer, repeat(hex(""), 0x1b, 100000));
    assert_int_equal(buffer.status, SIGNET_ERR_LIMIT);
    assert_true(buffer.len <= 10);
    sg_buffer_free(&buffer);
}

static void every_scalar_value_goes_there_and_back(void **state)
{
    (void)state;
    for (uint32_t c = 0; c <= 0x110000; c++) {
        uint8_t utf8[4];
        uint32_t back = 0;
        size_t len = sg_utf8_encode(c, utf8);
        bool scalar = c <= 0x10ffff && (c < 0xd800 || c > 0xdfff);
        size_t read = sg_utf8_decode(sg_span(utf8, len), &back);
        if (read != (scalar ? len : 0) || (scalar && back != c))
            fail_msg("U+%04X", (unsigned)c);
    }
}

static void reads_utf8_strictly(void **state)
{
    static const char *const rows[] = {
        "",         "80",          "bf",          "c0 af",          "c1 bf",
        "c2",       "c2 41",       "e0 80 80",    "e0 9f bf",       "e2 28 a1",
        "e2 82",    "ed a0 80",    "ed bf bf",    "f0 80 80 80",    "f0 8f bf bf",
        "f0 9f 94", "f4 90 80 80", "f5 80 80 80", "f8 88 80 80 80", "fe",
        "ff",
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        uint32_t code_point = 42;
        assert_int_equal(sg_utf8_decode(hex(rows[i]), &code_point), 0);
        assert_int_equal(code_point, 42);
        assert_int_equal(sg_utf8_valid(hex(rows[i])), i == 0);
    }
    assert_true(sg_utf8_valid(text_bytes("aé€🔑")));
    assert_false(sg_utf8_valid(hex("61 62 e2 82 ac 80")));
}

static void cuts_between_characters(void **state)
{
    static const struct {
        const char *bytes;
        size_t max, len;
    } rows[] = {
        {"61 62 63", 3, 3},          {"61 62 63", 2, 2},       {"61 62 63", 0, 0},
        {"61 c3 a9", 2, 1},          {"61 c3 a9", 3, 3},       {"e2 82 ac", 2, 0},
        {"e2 82 ac", 1, 0},          {"61 f0 9f 94 91", 4, 1}, {"61 f0 9f 94 91 62", 5, 5},
        {"80 80 80 80 80 80", 5, 5}, {"80 80", 1, 1},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++)
        assert_int_equal(sg_text_cut(hex(rows[i].bytes), rows[i].max).len, rows[i].len);
    assert_int_equal(sg_text_cut(sg_span(NULL, 0), 5).len, 0);
}

static void knows_ascii(void **state)
{
    (void)state;
    assert_true(sg_text_is_ascii(hex("")));
    assert_true(sg_text_is_ascii(hex("00 7f")));
    assert_false(sg_text_is_ascii(hex("41 80 41")));
    assert_true(sg_text_is_safe_ascii(hex("")) && sg_text_is_safe_ascii(hex("20 41 7e")));
    assert_false(sg_text_is_safe_ascii(hex("41 1f")) || sg_text_is_safe_ascii(hex("41 7f")));
    assert_false(sg_text_is_safe_ascii(hex("5c")) || sg_text_is_safe_ascii(hex("c3 a4")));
}

/* Both look at eight octets at a time. */
static void sees_one_octet_wherever_it_stands(void **state)
{
    (void)state;
    for (size_t len = 1; len <= 40; len++) {
        for (size_t at = 0; at < len; at++) {
            uint8_t octets[40];
            memset(octets, 'a', sizeof(octets));
            assert_true(sg_text_is_ascii(sg_test_copy(octets, len)));
            assert_true(sg_utf8_valid(sg_test_copy(octets, len)));
            octets[at] = 0xff;
            assert_false(sg_text_is_ascii(sg_test_copy(octets, len)));
            assert_false(sg_utf8_valid(sg_test_copy(octets, len)));
            memcpy(octets + at, "\xc3\xa4", at + 1 < len ? 2 : 1);
            assert_int_equal(sg_utf8_valid(sg_test_copy(octets, len)), at + 1 < len);
        }
    }
}

static void writes_hexadecimal(void **state)
{
    struct sg_buffer buffer;
    (void)state;
    sg_buffer_init(&buffer, 100);
    sg_text_add_hex(&buffer, hex("00 0a ff"), 0);
    sg_buffer_add_byte(&buffer, ' ');
    sg_text_add_hex(&buffer, hex("00 0a ff"), ':');
    sg_text_add_hex(&buffer, hex(""), ':');
    assert_span_text(sg_buffer_span(&buffer), "000aff 00:0a:ff");
    sg_buffer_free(&buffer);
}

SG_TEST_MAIN(SG_TEST("", shows_text_as_it_is), SG_TEST("B-DN-10", escapes_what_acts_or_hides),
             SG_TEST("", shows_neighbours_of_what_it_escapes),
             SG_TEST("", stops_when_the_buffer_is_full),
             SG_TEST("", every_scalar_value_goes_there_and_back), SG_TEST("", reads_utf8_strictly),
             SG_TEST("", cuts_between_characters), SG_TEST("", knows_ascii),
             SG_TEST("", sees_one_octet_wherever_it_stands), SG_TEST("", writes_hexadecimal))
