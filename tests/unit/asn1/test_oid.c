/* SPDX-License-Identifier: Apache-2.0 */
#include "asn1/der.h"
#include "asn1/oid.h"
#include "test.h"

static void assert_dotted(struct signet_span octets, const char *dotted)
{
    struct sg_buffer text;
    sg_buffer_init(&text, 10000);
    sg_oid_add_dotted(&text, octets);
    assert_span_text(sg_buffer_span(&text), dotted);
    sg_buffer_free(&text);
}

static void finds_every_row(void **state)
{
    (void)state;
    for (unsigned i = SG_OID_UNKNOWN + 1; i < SG_NUM_OIDS; i++) {
        struct signet_span octets = sg_oid_octets((enum sg_oid)i);
        assert_true(sg_oid_valid(octets));
        assert_int_equal(sg_oid_find(sg_test_copy(octets.ptr, octets.len)), i);
        assert_true(strlen(sg_oid_name((enum sg_oid)i)) > 0);
    }
}

static void finds_nothing_else(void **state)
{
    (void)state;
    assert_int_equal(sg_oid_find(sg_span(NULL, 0)), SG_OID_UNKNOWN);
    for (unsigned i = SG_OID_UNKNOWN + 1; i < SG_NUM_OIDS; i++) {
        struct signet_span longer = repeat(sg_oid_octets((enum sg_oid)i), 0x7f, 1);
        assert_int_equal(sg_oid_find(longer), SG_OID_UNKNOWN);
        assert_int_not_equal(sg_oid_find(sg_span_first(longer, longer.len - 2)), i);
    }
    assert_int_equal(sg_oid_find(repeat(hex("55"), 0x01, 100000)), SG_OID_UNKNOWN);
}

static void rows_name_what_they_are(void **state)
{
    (void)state;
    assert_int_equal(sg_oid_find(hex("2a 86 48 86 f7 0d 01 09 01")), SG_OID_AT_EMAIL_ADDRESS);
    assert_string_equal(sg_oid_name(SG_OID_AT_EMAIL_ADDRESS), "emailAddress");
    assert_dotted(sg_oid_octets(SG_OID_SHA256_WITH_RSA), "1.2.840.113549.1.1.11");
    assert_dotted(sg_oid_octets(SG_OID_ANY_POLICY), "2.5.29.32.0");
    assert_null(sg_oid_name(SG_OID_UNKNOWN));
    assert_null(sg_oid_octets(SG_OID_UNKNOWN).ptr);
    assert_null(sg_oid_name((enum sg_oid)SG_NUM_OIDS));
    assert_null(sg_oid_name((enum sg_oid) - 1));
}

/* Both ways. */
static const struct {
    const char *octets, *dotted;
} pairs[] = {
    {"00", "0.0"},
    {"27", "0.39"},
    {"28", "1.0"},
    {"4f", "1.39"},
    {"50", "2.0"},
    {"78", "2.40"},
    {"7f", "2.47"},
    {"81 00", "2.48"},
    {"88 37", "2.999"},
    {"88 37 00 7f 81 00", "2.999.0.127.128"},
    {"55 8f ff ff ff 7f", "2.5.4294967295"},
    {"55 90 80 80 80 00", "2.5.4294967296"},
    {"55 83 dc eb 94 00", "2.5.1000000000"},
    {"55 83 dc eb 93 7f", "2.5.999999999"},
    /* 2^64, and a UUID (X.667) of 2^128 - 1 */
    {"55 82 80 80 80 80 80 80 80 80 00", "2.5.18446744073709551616"},
    {"69 83 ff ff ff ff ff ff ff ff ff ff ff ff ff ff ff ff ff 7f",
     "2.25.340282366920938463463374607431768211455"},
    /* the second arc itself is long: 2^64 + 80 - 80 */
    {"82 80 80 80 80 80 80 80 80 50", "2.18446744073709551616"},
    /* subtracting 80 borrows from the second limb */
    {"83 dc eb 94 00", "2.999999920"},
};

static void writes_arcs_of_any_size(void **state)
{
    (void)state;
    for (size_t i = 0; i < SG_NUM(pairs); i++)
        assert_dotted(hex(pairs[i].octets), pairs[i].dotted);
}

static void reads_what_it_writes(void **state)
{
    (void)state;
    for (size_t i = 0; i < SG_NUM(pairs); i++) {
        uint8_t octets[32];
        struct signet_span expected = hex(pairs[i].octets);
        size_t len = sg_oid_from_dotted(pairs[i].dotted, octets, sizeof(octets));
        assert_span_equal(sg_span(octets, len), expected);
        assert_int_equal(sg_oid_from_dotted(pairs[i].dotted, octets, expected.len), expected.len);
        assert_int_equal(sg_oid_from_dotted(pairs[i].dotted, octets, expected.len - 1), 0);
    }
}

static void refuses_text_that_is_no_oid(void **state)
{
    static const char *const rows[] = {
        "",
        ".",
        "1",
        "1.",
        ".1",
        "3.1",
        "0.40",
        "1.40",
        "1.128",
        "1.99999999999999999999",
        "01.2",
        "1.02",
        "1.2.03",
        "1.2.",
        "1..2",
        "1.2.-3",
        "1.2.3 ",
        " 1.2.3",
        "1.2.x",
        "1,2",
        "10.2",
        "2.5.29.15x",
        "emailAddress",
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        uint8_t octets[32];
        if (sg_oid_from_dotted(rows[i], octets, sizeof(octets)) != 0)
            fail_msg("read \"%s\"", rows[i]);
    }
}

static void never_writes_past_its_room(void **state)
{
    uint8_t octets[8];
    char text[2000] = "2.5.";
    (void)state;
    memset(text + 4, '9', sizeof(text) - 5);
    assert_int_equal(sg_oid_from_dotted(text, octets, sizeof(octets)), 0);
    assert_int_equal(sg_oid_from_dotted("0.0", octets, 0), 0);
    assert_int_equal(sg_oid_from_dotted("2.5", octets, 0), 0);
    assert_int_equal(sg_oid_from_dotted("2.5.0", octets, 1), 0);
}

static void says_what_cannot_be_written(void **state)
{
    (void)state;
    assert_dotted(hex(""), "(invalid OID 0x)");
    assert_dotted(hex("55 80 01"), "(invalid OID 0x558001)");
    assert_dotted(hex("55 84"), "(invalid OID 0x5584)");
    assert_dotted(repeat(hex("55"), 0xff, 100000), "(OID of 100001 octets)");
}

static void writes_the_longest_arc(void **state)
{
    struct sg_buffer text;
    struct signet_span longest = repeat(hex(""), 0xff, 512);
    (void)state;
    ((uint8_t *)(uintptr_t)longest.ptr)[511] = 0x7f;
    sg_buffer_init(&text, 10000);
    sg_oid_add_dotted(&text, longest);
    assert_int_equal(text.status, SIGNET_OK);
    assert_int_equal(text.len, 2 + 1079); /* 2^3584 has 1079 digits */
    sg_buffer_free(&text);
}

SG_TEST_MAIN(SG_TEST("", finds_every_row), SG_TEST("", finds_nothing_else),
             SG_TEST("", rows_name_what_they_are), SG_TEST("", writes_arcs_of_any_size),
             SG_TEST("", reads_what_it_writes), SG_TEST("", refuses_text_that_is_no_oid),
             SG_TEST("", never_writes_past_its_room), SG_TEST("", says_what_cannot_be_written),
             SG_TEST("", writes_the_longest_arc))
