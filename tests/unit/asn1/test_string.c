/* SPDX-License-Identifier: Apache-2.0 */
#include "asn1/der.h"
#include "asn1/string.h"
#include "test.h"

static void reads_each_string_type(void **state)
{
    static const struct {
        uint32_t tag;
        const char *value, *text;
    } rows[] = {
        {SG_TAG_PRINTABLE_STRING, "41 6c", "Al"},
        {SG_TAG_PRINTABLE_STRING, "61 40 26", "a@&"}, /* outside of its alphabet, and in use */
        {SG_TAG_IA5_STRING, "61 40 62", "a@b"},
        {SG_TAG_NUMERIC_STRING, "31 20 32", "1 2"},
        {SG_TAG_VISIBLE_STRING, "7e", "~"},
        {SG_TAG_UTF8_STRING, "c3 a9 e2 82 ac f0 9f 94 91", "é€🔑"},
        {SG_TAG_TELETEX_STRING, "4d fc 6c 6c 65 72", "Müller"},
        {SG_TAG_TELETEX_STRING, "41", "A"},
        {SG_TAG_BMP_STRING, "00 41 20 ac", "A€"},
        {SG_TAG_UNIVERSAL_STRING, "00 00 00 41 00 01 f5 11", "A🔑"},
        {SG_TAG_UTF8_STRING, "", ""},
        {SG_TAG_BMP_STRING, "", ""},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct sg_buffer out;
        sg_buffer_init(&out, 100);
        sg_buffer_add_text(&out, "<");
        assert_true(sg_string_is_text(rows[i].tag));
        assert_true(sg_string_to_utf8(rows[i].tag, hex(rows[i].value), &out));
        assert_span_text(sg_span_from(sg_buffer_span(&out), 1), rows[i].text);
        sg_buffer_free(&out);
    }
}

static void refuses_octets_not_of_the_type(void **state)
{
    static const struct {
        uint32_t tag;
        const char *value;
    } rows[] = {
        {SG_TAG_PRINTABLE_STRING, "61 e9"},
        {SG_TAG_IA5_STRING, "80"},
        {SG_TAG_NUMERIC_STRING, "ff"},
        {SG_TAG_VISIBLE_STRING, "c3 a9"},
        {SG_TAG_UTF8_STRING, "61 ff"},
        {SG_TAG_UTF8_STRING, "c0 80"},
        {SG_TAG_UTF8_STRING, "ed a0 80"},
        {SG_TAG_UTF8_STRING, "c3"},
        {SG_TAG_BMP_STRING, "00 41 00"},
        {SG_TAG_BMP_STRING, "00 41 d8 00"},
        {SG_TAG_BMP_STRING, "d8 3d dd 11"}, /* a surrogate pair: UTF-16, not BMP */
        {SG_TAG_UNIVERSAL_STRING, "00 00 00 41 00"},
        {SG_TAG_UNIVERSAL_STRING, "00 11 00 00"},
        {SG_TAG_UNIVERSAL_STRING, "ff ff ff ff"},
        {SG_TAG_UNIVERSAL_STRING, "00 00 df ff"},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct sg_buffer out;
        sg_buffer_init(&out, 100);
        sg_buffer_add_text(&out, "<");
        assert_false(sg_string_to_utf8(rows[i].tag, hex(rows[i].value), &out));
        assert_span_text(sg_buffer_span(&out), "<");
        sg_buffer_free(&out);
    }
}

static void refuses_types_that_are_no_text(void **state)
{
    static const uint32_t tags[] = {
        SG_TAG_OCTET_STRING, SG_TAG_BIT_STRING, SG_TAG_OID, SG_TAG_INTEGER,
        SG_TAG_UTC_TIME,     SG_TAG_SEQUENCE,   0,          0x2c,
        SG_TAG_CONTEXT(12),  0xffffffff};
    (void)state;
    for (size_t i = 0; i < SG_NUM(tags); i++) {
        struct sg_buffer out;
        sg_buffer_init(&out, 100);
        assert_false(sg_string_is_text(tags[i]));
        assert_false(sg_string_to_utf8(tags[i], hex("41"), &out));
        sg_buffer_free(&out);
    }
}

static void keeps_nul_and_controls(void **state)
{
    struct sg_buffer out;
    (void)state;
    sg_buffer_init(&out, 100);
    assert_true(sg_string_to_utf8(SG_TAG_UTF8_STRING, hex("61 00 62 e2 80 ae"), &out));
    assert_span_equal(sg_buffer_span(&out), hex("61 00 62 e2 80 ae"));
    sg_buffer_free(&out);
}

static void a_full_buffer_is_latched(void **state)
{
    struct sg_buffer out;
    (void)state;
    sg_buffer_init(&out, 3);
    assert_true(sg_string_to_utf8(SG_TAG_BMP_STRING, hex("20 ac 20 ac"), &out));
    assert_int_equal(out.status, SIGNET_ERR_LIMIT);
    sg_buffer_free(&out);
}

SG_TEST_MAIN(SG_TEST("B-DN-3", reads_each_string_type),
             SG_TEST("B-DN-10", refuses_octets_not_of_the_type),
             SG_TEST("", refuses_types_that_are_no_text),
             SG_TEST("B-DN-10", keeps_nul_and_controls), SG_TEST("", a_full_buffer_is_latched))
