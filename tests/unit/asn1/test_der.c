/* SPDX-License-Identifier: Apache-2.0 */
#include "asn1/der.h"
#include "test.h"

/* One element and what a strict reader says of it. */
struct form {
    const char *input;
    size_t offset;     /* of the error */
    const char *words; /* of the error; NULL: none */
};

static void check_forms(const struct form *rows, size_t num)
{
    for (size_t i = 0; i < num; i++) {
        struct signet_parse_error error = {0};
        struct sg_der der = sg_der_begin(hex(rows[i].input), &error);
        const uint8_t *start = der.ptr;
        struct sg_tlv tlv;
        bool ok = sg_der_any(&der, &tlv) && sg_der_end(&der);
        if (ok != (rows[i].words == NULL))
            fail_msg("%s: %s", rows[i].input, ok ? "read" : error.expected);
        if (ok) {
            assert_int_equal(tlv.full.len, der.end - start);
            assert_null(error.expected);
        } else {
            assert_parse_error(&error, rows[i].offset, rows[i].words);
        }
    }
}

static void takes_only_definite_minimal_lengths(void **state)
{
    static const struct form rows[] = {
        {"04 00", 0, NULL},
        {"04 01 ff", 0, NULL},
        {"30 80 00 00", 1, "definite, minimal"},
        {"04 81 01 ff", 1, "definite, minimal"},
        {"04 82 00 01 ff", 1, "definite, minimal"},
        {"04 80", 1, "definite, minimal"},
        {"04", 1, "a length"},
        {"04 01", 1, "fits the input"},
        {"04 81 80", 1, "fits the input"},
        {"04 82 01", 1, "all octets of the length"},
        {"04 ff", 1, "other than FF"},
        {"04 fe 01", 1, "all octets of the length"},
        {"04 88 ff ff ff ff ff ff ff ff", 1, "fits the input"},
        {"04 89 01 00 00 00 00 00 00 00 00", 1, "fits the input"},
        {"04 84 ff ff ff ff 00", 1, "fits the input"},
    };
    (void)state;
    check_forms(rows, SG_NUM(rows));
}

static void takes_long_lengths(void **state)
{
    static const struct {
        const char *header;
        size_t len;
        bool ok;
    } rows[] = {
        {"04 7f", 127, true},         {"04 81 7f", 127, false},        {"04 81 80", 128, true},
        {"04 81 ff", 255, true},      {"04 82 00 ff", 255, false},     {"04 82 01 00", 256, true},
        {"04 82 ff ff", 65535, true}, {"04 83 01 00 00", 65536, true},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct signet_parse_error error = {0};
        struct sg_der der = sg_der_begin(repeat(hex(rows[i].header), 0xaa, rows[i].len), &error);
        struct sg_tlv tlv;
        assert_int_equal(sg_der_any(&der, &tlv), rows[i].ok);
        if (rows[i].ok)
            assert_int_equal(tlv.value.len, rows[i].len);
    }
}

static void takes_only_the_shortest_tag(void **state)
{
    static const struct form rows[] = {
        {"", 0, "an element"},
        {"00 00", 0, "not end-of-contents"},
        {"9f 1f 00", 0, NULL},
        {"9f 81 00 00", 0, NULL},
        {"bf 83 ff 7f 00", 0, NULL},
        {"9f 1e 00", 0, "below 31"},
        {"9f 80 1f 00", 1, "without leading zeros"},
        {"9f 00 00", 1, "without leading zeros"},
        {"9f 84 80 00 00", 3, "below 65536"},
        {"9f ff ff ff ff ff 7f 00", 3, "below 65536"},
        {"9f", 1, "more octets of a tag"},
        {"9f 81", 2, "more octets of a tag"},
    };
    (void)state;
    check_forms(rows, SG_NUM(rows));
}

static void takes_types_in_their_der_form_only(void **state)
{
    static const struct form rows[] = {
        {"30 00", 0, NULL},
        {"31 00", 0, NULL},
        {"a0 00", 0, NULL},
        {"80 00", 0, NULL},
        {"24 03 04 01 00", 0, "form that DER"}, /* an OCTET STRING in segments */
        {"23 00", 0, "form that DER"},
        {"2c 00", 0, "form that DER"},
        {"22 03 02 01 01", 0, "form that DER"},
        {"10 00", 0, "form that DER"}, /* a primitive SEQUENCE */
        {"11 00", 0, "form that DER"},
        {"3f 1f 00", 0, NULL}, /* a universal type nobody has defined */
    };
    (void)state;
    check_forms(rows, SG_NUM(rows));
}

static void tells_tags_of_many_octets_apart(void **state)
{
    struct signet_parse_error error = {0};
    struct sg_der der = sg_der_begin(hex("bf 81 48 02 05 00"), &error);
    struct sg_tlv tlv;
    (void)state;
    assert_true(sg_der_next_is(&der, 0x00bf00c8));
    assert_false(sg_der_next_is(&der, 0x009f00c8));
    assert_false(sg_der_next_is(&der, 0xbf));
    assert_true(sg_der_any(&der, &tlv));
    assert_int_equal(tlv.tag, 0x00bf00c8);
    assert_span_equal(tlv.value, hex("05 00"));
    assert_false(sg_der_next_is(&der, 0x00bf00c8));
}

static void refuses_what_follows_the_end(void **state)
{
    static const struct form rows[] = {{"05 00 00", 2, "the end"}, {"30 00 30 00", 2, "the end"}};
    (void)state;
    check_forms(rows, SG_NUM(rows));
}

static void reads_nested_elements_and_counts_offsets_from_the_origin(void **state)
{
    struct signet_parse_error error = {0};
    struct sg_der der = sg_der_begin(hex("30 08 02 01 05 30 03 02 01 80"), &error);
    struct sg_der outer, inner;
    uint32_t number = 0;
    (void)state;
    assert_true(sg_der_enter(&der, SG_TAG_SEQUENCE, &outer, "a SEQUENCE"));
    assert_true(sg_der_done(&der));
    assert_true(sg_der_uint32(&outer, &number, "version"));
    assert_int_equal(number, 5);
    assert_true(sg_der_enter(&outer, SG_TAG_SEQUENCE, &inner, "inner"));
    const uint8_t *before = inner.ptr;
    assert_false(sg_der_uint32(&inner, &number, "serial"));
    assert_ptr_equal(inner.ptr, before);
    assert_parse_error(&error, 9, "INTEGER between 0");
    assert_int_equal(number, 5);
}

static void enters_in_place(void **state)
{
    struct signet_parse_error error = {0};
    struct sg_der der = sg_der_begin(hex("30 02 05 00"), &error);
    (void)state;
    assert_true(sg_der_enter(&der, SG_TAG_SEQUENCE, &der, "a SEQUENCE"));
    assert_true(sg_der_null(&der));
    assert_true(sg_der_end(&der));
}

static void latches_the_first_failure_only(void **state)
{
    struct signet_parse_error error = {0};
    struct sg_der der = sg_der_begin(hex("05 00 05 01 00"), &error);
    struct signet_span value = hex("aa");
    (void)state;
    assert_true(sg_der_null(&der));
    assert_false(sg_der_value(&der, SG_TAG_OID, &value, "the first"));
    assert_false(sg_der_null(&der));
    assert_false(sg_der_fail(&der, "the third"));
    assert_parse_error(&error, 2, "the first");
    assert_span_equal(value, hex("aa"));
}

static void skips_what_is_optional(void **state)
{
    struct signet_parse_error error = {0};
    struct sg_der der = sg_der_begin(hex("81 01 aa 82 05"), &error);
    struct signet_span value;
    (void)state;
    assert_true(sg_der_optional(&der, SG_TAG_CONTEXT(0), &value));
    assert_null(value.ptr);
    assert_true(sg_der_optional(&der, SG_TAG_CONTEXT(1), &value));
    assert_span_equal(value, hex("aa"));
    assert_false(sg_der_optional(&der, SG_TAG_CONTEXT(2), &value)); /* there, but broken */
    assert_parse_error(&error, 4, "fits the input");
}

static void optional_at_the_end_is_absent(void **state)
{
    struct signet_parse_error error = {0};
    struct sg_der der = sg_der_begin(sg_span(NULL, 0), &error);
    struct signet_span value;
    (void)state;
    assert_true(sg_der_optional(&der, SG_TAG_NULL, &value));
    assert_null(value.ptr);
    assert_true(sg_der_end(&der));
}

static void gives_elements_whole_and_empty_ones_a_place(void **state)
{
    struct signet_parse_error error = {0};
    struct sg_der der = sg_der_begin(hex("04 01 07 04 00"), &error);
    struct signet_span full, value;
    (void)state;
    assert_true(sg_der_full(&der, SG_TAG_OCTET_STRING, &full, "octets"));
    assert_span_equal(full, hex("04 01 07"));
    assert_true(sg_der_value(&der, SG_TAG_OCTET_STRING, &value, "octets"));
    assert_non_null(value.ptr);
    assert_int_equal(value.len, 0);
}

static void reads_integers_of_any_size_exactly(void **state)
{
    static const struct {
        const char *input, *value;
    } rows[] = {
        {"02 01 00", "00"},       {"02 01 ff", "ff"},    {"02 02 00 ff", "00 ff"},
        {"02 02 ff 7f", "ff 7f"}, {"02 01 7f", "7f"},    {"02 01 80", "80"},
        {"02 02 00 80", "00 80"}, {"02 00", NULL},       {"02 02 00 7f", NULL},
        {"02 02 00 00", NULL},    {"02 02 ff 80", NULL}, {"02 02 ff ff", NULL},
        {"03 01 00", NULL},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct signet_parse_error error = {0};
        struct sg_der der = sg_der_begin(hex(rows[i].input), &error);
        struct signet_span value;
        bool ok = sg_der_integer(&der, &value, "serialNumber");
        assert_int_equal(ok, rows[i].value != NULL);
        if (ok)
            assert_span_equal(value, hex(rows[i].value));
    }
    struct signet_parse_error error = {0};
    struct sg_der der = sg_der_begin(repeat(hex("02 28 7f"), 0xa5, 39), &error);
    struct signet_span value;
    assert_true(sg_der_integer(&der, &value, "serialNumber"));
    assert_int_equal(value.len, 40);
}

static void reads_small_numbers(void **state)
{
    static const struct {
        const char *input;
        bool ok;
        uint32_t value;
    } rows[] = {
        {"02 01 00", true, 0},
        {"02 01 7f", true, 127},
        {"02 02 00 80", true, 128},
        {"02 04 7f ff ff ff", true, 0x7fffffff},
        {"02 05 00 ff ff ff ff", true, 0xffffffff},
        {"02 01 ff", false, 0},
        {"02 04 80 00 00 00", false, 0},
        {"02 05 01 00 00 00 00", false, 0},
        {"02 06 00 ff ff ff ff ff", false, 0},
        {"02 02 00 01", false, 0},
        {"02 00", false, 0},
        {"0a 01 00", false, 0},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct signet_parse_error error = {0};
        struct sg_der der = sg_der_begin(hex(rows[i].input), &error);
        uint32_t value = 0;
        assert_int_equal(sg_der_uint32(&der, &value, "a number"), rows[i].ok);
        assert_int_equal(value, rows[i].value);
    }
}

static void reads_booleans_of_der(void **state)
{
    static const struct {
        const char *input;
        uint32_t tag;
        bool ok, value;
    } rows[] = {
        {"01 01 00", SG_TAG_BOOLEAN, true, false},   {"01 01 ff", SG_TAG_BOOLEAN, true, true},
        {"81 01 ff", SG_TAG_CONTEXT(1), true, true}, {"01 01 01", SG_TAG_BOOLEAN, false, false},
        {"01 00", SG_TAG_BOOLEAN, false, false},     {"01 02 ff ff", SG_TAG_BOOLEAN, false, false},
        {"02 01 ff", SG_TAG_BOOLEAN, false, false},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct signet_parse_error error = {0};
        struct sg_der der = sg_der_begin(hex(rows[i].input), &error);
        bool value = false;
        assert_int_equal(sg_der_boolean(&der, rows[i].tag, &value), rows[i].ok);
        assert_int_equal(value, rows[i].value);
    }
}

static void reads_bit_strings_with_their_padding(void **state)
{
    static const struct {
        const char *input, *value;
        unsigned unused;
    } rows[] = {
        {"03 01 00", "", 0},
        {"03 02 00 ff", "ff", 0},
        {"03 02 07 80", "80", 7},
        {"03 03 07 00 80", "00 80", 7}, /* decipherOnly */
        {"03 02 00 00", "00", 0},
        {"03 02 03 a0", "a0", 3},
        {"03 03 05 80 00", "80 00", 5},
        {"03 00", NULL, 0},
        {"03 01 01", NULL, 0},
        {"03 02 08 00", NULL, 0},
        {"03 02 07 81", NULL, 0},
        {"03 02 01 01", NULL, 0},
        {"03 03 07 80 40", NULL, 0},
        {"03 02 ff 00", NULL, 0},
        {"04 02 00 ff", NULL, 0},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct signet_parse_error error = {0};
        struct sg_der der = sg_der_begin(hex(rows[i].input), &error);
        struct signet_span value;
        unsigned unused = 99;
        bool ok = sg_der_bit_string(&der, SG_TAG_BIT_STRING, &value, &unused, "keyUsage");
        assert_int_equal(ok, rows[i].value != NULL);
        if (ok) {
            assert_span_equal(value, hex(rows[i].value));
            assert_int_equal(unused, rows[i].unused);
        }
    }
}

static void reads_well_formed_oids_only(void **state)
{
    static const struct {
        const char *input;
        bool ok;
    } rows[] = {
        {"06 03 55 04 03", true},  {"06 01 00", true},     {"06 02 88 37", true},
        {"06 00", false},          {"06 01 80", false},    {"06 02 80 01", false},
        {"06 03 55 80 03", false}, {"06 02 55 84", false}, {"06 03 55 81 80", false},
        {"0d 01 00", false},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct signet_parse_error error = {0};
        struct sg_der der = sg_der_begin(hex(rows[i].input), &error);
        struct signet_span value;
        assert_int_equal(sg_der_oid(&der, &value, "an OID"), rows[i].ok);
    }
    assert_false(sg_oid_valid(sg_span(NULL, 0)));
}

static void reads_null_without_content(void **state)
{
    struct signet_parse_error error = {0};
    struct sg_der der = sg_der_begin(hex("05 01 00"), &error);
    (void)state;
    assert_false(sg_der_null(&der));
    assert_parse_error(&error, 2, "NULL without content");
}

SG_TEST_MAIN(SG_TEST("B-ENC-7", takes_only_definite_minimal_lengths),
             SG_TEST("B-ENC-7", takes_long_lengths),
             SG_TEST("B-ENC-7", takes_only_the_shortest_tag),
             SG_TEST("B-ENC-7", takes_types_in_their_der_form_only),
             SG_TEST("", tells_tags_of_many_octets_apart),
             SG_TEST("B-ENC-7", refuses_what_follows_the_end),
             SG_TEST("", reads_nested_elements_and_counts_offsets_from_the_origin),
             SG_TEST("", enters_in_place), SG_TEST("", latches_the_first_failure_only),
             SG_TEST("", skips_what_is_optional), SG_TEST("", optional_at_the_end_is_absent),
             SG_TEST("", gives_elements_whole_and_empty_ones_a_place),
             SG_TEST("B-SER-2", reads_integers_of_any_size_exactly),
             SG_TEST("", reads_small_numbers), SG_TEST("B-ENC-7", reads_booleans_of_der),
             SG_TEST("B-KU-3", reads_bit_strings_with_their_padding),
             SG_TEST("B-ENC-7", reads_well_formed_oids_only),
             SG_TEST("B-ENC-7", reads_null_without_content))
