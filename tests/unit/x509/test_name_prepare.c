/* SPDX-License-Identifier: Apache-2.0 */
#include "asn1/der.h"
#include "base/text.h"
#include "test.h"
#include "x509/name_letters.h"
#include "x509/name_prepare.h"

static enum sg_prepared prepare(uint32_t tag, struct signet_span value, struct sg_buffer *out)
{
    sg_buffer_init(out, 1 << 20);
    sg_buffer_add_text(out, "x");
    return sg_string_prepare(tag, value, out);
}

static void writes_the_prepared_form(void **state)
{
    static const struct {
        uint32_t tag;
        const char *value, *form;
    } rows[] = {
        {SG_TAG_UTF8_STRING, "Foo  Bar", "foo bar"},
        {SG_TAG_UTF8_STRING, "", ""},
        {SG_TAG_UTF8_STRING, " \t\n ", ""},
        {SG_TAG_PRINTABLE_STRING, " A\tB ", "a b"},
        {SG_TAG_UTF8_STRING, "{|}~!\"#$%&'()*+,-./:;<=>?@[\\]^_`",
         "{|}~!\"#$%&'()*+,-./:;<=>?@[\\]^_`"},
        {SG_TAG_UTF8_STRING, "\xc2\xad", ""},
        {SG_TAG_UTF8_STRING, "\xc2\xa0\xc3\x84  \xc3\x96 ", "\xc3\xa4 \xc3\xb6"},
        /* RFC 4518 2.6.1: the space that a combining mark stands on is not insignificant. */
        {SG_TAG_UTF8_STRING,
         "a \xcc\x81"
         "b",
         "a \xcc\x81"
         "b"},
        {SG_TAG_UTF8_STRING, "\xc2\xb4", " \xcc\x81"},
        {SG_TAG_TELETEX_STRING, "\xc4", "\xc3\xa4"},
        {SG_TAG_UTF8_STRING, "\xe2\x84\xa1", "tel"},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct sg_buffer out;
        assert_int_equal(prepare(rows[i].tag, text_bytes(rows[i].value), &out), SG_PREPARED);
        assert_span_text(sg_span_from(sg_buffer_span(&out), 1), rows[i].form);
        sg_buffer_free(&out);
    }
}

static void keeps_what_prepared_forms_are_made_of(void **state)
{
    struct sg_buffer out, again;
    struct signet_span value = repeat(text_bytes("A b\xc3\x84 "), 'C', 1000);
    (void)state;
    assert_int_equal(prepare(SG_TAG_UTF8_STRING, value, &out), SG_PREPARED);
    struct signet_span form = sg_span_from(sg_buffer_span(&out), 1);
    assert_int_equal(prepare(SG_TAG_UTF8_STRING, form, &again), SG_PREPARED);
    assert_span_equal(sg_span_from(sg_buffer_span(&again), 1), form);
    sg_buffer_free(&out);
    sg_buffer_free(&again);
}

static void assert_prepared_alike(uint32_t code_point)
{
    const uint32_t text[] = {' ', 'A', code_point, ' ', ' ', 'b', code_point, code_point, 's'};
    uint8_t wide[4 * SG_NUM(text)] = {0}, bmp[2 * SG_NUM(text)], utf8[4 * SG_NUM(text)];
    struct sg_buffer forms[3];
    size_t len = 0;
    for (size_t i = 0; i < SG_NUM(text); i++) {
        bmp[2 * i] = wide[4 * i + 2] = (uint8_t)(text[i] >> 8);
        bmp[2 * i + 1] = wide[4 * i + 3] = (uint8_t)text[i];
        len += sg_utf8_encode(text[i], utf8 + len);
    }
    enum sg_prepared prepared =
        prepare(SG_TAG_UNIVERSAL_STRING, sg_span(wide, sizeof(wide)), &forms[0]);
    assert_int_equal(prepare(SG_TAG_BMP_STRING, sg_span(bmp, sizeof(bmp)), &forms[1]), prepared);
    assert_int_equal(prepare(SG_TAG_UTF8_STRING, sg_span(utf8, len), &forms[2]), prepared);
    assert_span_equal(sg_buffer_span(&forms[1]), sg_buffer_span(&forms[0]));
    assert_span_equal(sg_buffer_span(&forms[2]), sg_buffer_span(&forms[0]));
    for (size_t i = 0; i < SG_NUM(forms); i++)
        sg_buffer_free(&forms[i]);
}

/* A UniversalString is prepared by the tables of Unicode alone. */
static void prepares_letters_alike_by_either_way(void **state)
{
    (void)state;
    for (uint32_t code_point = 0; code_point < 0xd800; code_point++) {
        bool near_edge = sg_letter_fold(code_point) == 0 || sg_letter_fold(code_point + 2) == 0;
        if (code_point < 0x800 || code_point % 17 == 0 ||
            (near_edge && sg_letter_fold(code_point + 1) != sg_letter_fold(code_point)))
            assert_prepared_alike(code_point);
    }
}

static void folds_letters_by_adding(void **state)
{
    static const struct {
        uint32_t letter, form;
    } rows[] = {{0xc4, 0xe4},   {0xe4, 0xe4},     {0xdf, 0},      {0xd7, 0},
                {0x141, 0x142}, {0x142, 0x142},   {0x178, 0},     {0x130, 0},
                {0x17d, 0x17e}, {0x17f, 0},       {0x391, 0x3b1}, {0x3c2, 0},
                {0x401, 0x451}, {0x416, 0x436},   {0x436, 0x436}, {0x460, 0},
                {'a', 0},       {0x301, 0},       {0x10400, 0},   {0x3094, 0x3094},
                {0x3095, 0},    {0x30fa, 0x30fa}, {0x4dff, 0},    {0x9fa5, 0x9fa5},
                {0x9fa6, 0},    {0xac00, 0xac00}, {0xd7a4, 0}};
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++)
        assert_int_equal(sg_letter_fold(rows[i].letter), rows[i].form);
}

static void refuses_and_leaves_nothing_behind(void **state)
{
    static const struct {
        uint32_t tag;
        const char *value;
    } rows[] = {
        {SG_TAG_UTF8_STRING, "ab\x01"},
        {SG_TAG_UTF8_STRING, "ab\x7f"},
        {SG_TAG_UTF8_STRING, "ab\xff"},
        {SG_TAG_PRINTABLE_STRING, "ab\xc3\xa4"},
        {SG_TAG_UTF8_STRING, "ab\xe2\x80\xae"},
        {SG_TAG_UTF8_STRING, "ab\xc2\x80"},
        {SG_TAG_UTF8_STRING, "ab\xef\xbf\xbd"},
        {SG_TAG_UTF8_STRING, "ab\xf3\xb0\x80\x80"},
        {SG_TAG_BMP_STRING, "abc"},
        {SG_TAG_UNIVERSAL_STRING, "ab"},
        {SG_TAG_BMP_STRING, "\xd8\x01"},
        {SG_TAG_OCTET_STRING, "ab\xc3\xa4"},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct sg_buffer out;
        assert_int_equal(prepare(rows[i].tag, text_bytes(rows[i].value), &out),
                         SG_PREPARED_REFUSED);
        assert_int_equal(out.len, 1);
        sg_buffer_free(&out);
    }
}

/* What ASCII is by RFC 4518, an octet at a time. False: an octet is no character. */
static bool prepare_octets(struct signet_span value, uint8_t *out, size_t *len)
{
    bool blank = false;
    *len = 0;
    for (size_t i = 0; i < value.len; i++) {
        uint8_t octet = value.ptr[i];
        if (octet == ' ' || (octet >= 0x09 && octet <= 0x0d)) {
            blank = *len > 0;
            continue;
        }
        if (octet < ' ' || octet > '~')
            return false;
        if (blank)
            out[(*len)++] = ' ';
        blank = false;
        out[(*len)++] = sg_ascii_lower(octet);
    }
    return true;
}

static void prepares_by_words_as_by_octets(void **state)
{
    static const uint8_t octets[] = " A Z@[`a z{~!\x09\x1f\x7f\x80\xff"
                                    "09bCyD";
    uint32_t chance = 1;
    (void)state;
    for (unsigned round = 0; round < 200000; round++) {
        uint8_t value[40], form[40], expected[40];
        size_t len = round % sizeof(value), form_len, expected_len;
        /* Few kinds of octets in a value, or few values are good. */
        for (size_t i = 0; i < len; i++) {
            chance = chance * 1664525 + 1013904223;
            value[i] = octets[(round + (chance >> 24) % 6) % (sizeof(octets) - 1)];
        }
        uint8_t *copy = malloc(len + 1);
        struct signet_span span = sg_span(memcpy(copy + 1, value, len), len);
        bool good = sg_string_prepare_plain(SG_TAG_PRINTABLE_STRING, span, form, &form_len);
        assert_int_equal(good, prepare_octets(span, expected, &expected_len));
        if (good)
            assert_span_equal(sg_span(form, form_len), sg_span(expected, expected_len));
        free(copy);
    }
}

static void bounds_length_and_growth(void **state)
{
    struct sg_buffer out;
    struct signet_span longest = repeat(text_bytes(""), 'A', SG_PREPARE_MAX_LEN);
    struct signet_span too_long = repeat(text_bytes(""), 'A', SG_PREPARE_MAX_LEN + 1);
    (void)state;
    assert_int_equal(prepare(SG_TAG_UTF8_STRING, longest, &out), SG_PREPARED);
    sg_buffer_free(&out);
    assert_int_equal(prepare(SG_TAG_UTF8_STRING, too_long, &out), SG_PREPARED_REFUSED);
    sg_buffer_free(&out);
    /* U+FDFA is 18 letters: alone it is prepared, in masses it is not. */
    assert_int_equal(prepare(SG_TAG_BMP_STRING, hex("fdfa"), &out), SG_PREPARED);
    sg_buffer_free(&out);
    assert_int_equal(prepare(SG_TAG_BMP_STRING, hex("fdfafdfafdfafdfa"), &out),
                     SG_PREPARED_REFUSED);
    assert_int_equal(out.len, 1);
    sg_buffer_free(&out);
}

SG_TEST_MAIN(SG_TEST("B-DN-4 B-DN-3", writes_the_prepared_form),
             SG_TEST("B-DN-4", keeps_what_prepared_forms_are_made_of),
             SG_TEST("B-DN-4", prepares_letters_alike_by_either_way),
             SG_TEST("B-DN-4", folds_letters_by_adding),
             SG_TEST("B-DN-4 B-DN-10", refuses_and_leaves_nothing_behind),
             SG_TEST("B-DN-4", prepares_by_words_as_by_octets),
             SG_TEST("", bounds_length_and_growth))
