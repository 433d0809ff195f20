/* SPDX-License-Identifier: Apache-2.0 */
#include "sample.h"

struct wanted {
    enum sg_mail_address_source source;
    const char *text; /* NULL: whatever it is */
    bool usable, odd_type;
};

static void assert_addresses(const char *name, const struct wanted *wanted, size_t num)
{
    struct signet_certificate *certificate = certificate_of(name);
    struct sg_arena arena;
    struct sg_mail_addresses addresses;
    sg_arena_init(&arena, SG_TEST_ARENA_LEN);
    assert_true(sg_certificate_addresses(certificate, &arena, &addresses));
    assert_int_equal(addresses.num, num);
    for (size_t i = 0; i < num; i++) {
        if (wanted[i].text != NULL)
            assert_span_text(addresses.items[i].text, wanted[i].text);
        assert_int_equal(addresses.items[i].source, wanted[i].source);
        assert_int_equal(addresses.items[i].usable, wanted[i].usable);
        assert_int_equal(addresses.items[i].odd_type, wanted[i].odd_type);
    }
    sg_arena_clear(&arena);
    signet_certificate_unref(certificate);
}

static void finds_addresses_in_both_places(void **state)
{
    static const struct wanted wanted[] = {
        {SG_ADDRESS_RFC822, "a@example.org", true, false},
        {SG_ADDRESS_RFC822, "b@example.org", true, false},
        {SG_ADDRESS_SUBJECT, "c@example.org", true, false},
        {SG_ADDRESS_SUBJECT, "d@example.org", true, false},
    };
    (void)state;
    assert_addresses("certificate:addresses", wanted, SG_NUM(wanted));
    assert_addresses("certificate:v1", NULL, 0);
    assert_addresses("certificate:malformed subjectAltName", NULL, 0);
}

static void takes_bare_addr_specs_only(void **state)
{
    static const struct wanted wanted[] = {
        {SG_ADDRESS_RFC822, "Bob <b@x>", false, false},
        {SG_ADDRESS_RFC822, "b@x (comment)", false, false},
        {SG_ADDRESS_RFC822, " b@x", false, false},
        {SG_ADDRESS_RFC822, NULL, false, false},
        {SG_ADDRESS_RFC822, NULL, false, false},
    };
    (void)state;
    assert_addresses("certificate:addresses that are none", wanted, SG_NUM(wanted));
}

static void reads_internationalised_addresses(void **state)
{
    static const struct wanted wanted[] = {
        {SG_ADDRESS_SMTP_UTF8, "\xc3\xbc@example.org", true, false},
        {SG_ADDRESS_SMTP_UTF8, "a@example.org", false, false},
        {SG_ADDRESS_SMTP_UTF8, NULL, false, false},
        {SG_ADDRESS_SMTP_UTF8,
         "\xc3\xbc@b\xc3\xbc"
         "cher.example",
         true, false},
    };
    (void)state;
    assert_addresses("certificate:addresses in UTF-8", wanted, SG_NUM(wanted));
}

static void takes_subject_addresses_by_string_type(void **state)
{
    static const struct wanted wanted[] = {
        {SG_ADDRESS_SUBJECT, "a@example.org", true, false},
        {SG_ADDRESS_SUBJECT, "b@example.org", true, true},
        {SG_ADDRESS_SUBJECT, "c@example.org", true, true},
        {SG_ADDRESS_SUBJECT, "d@example.org", false, true},
        {SG_ADDRESS_SUBJECT, "e@example.org", false, true},
        {SG_ADDRESS_SUBJECT, "\xc3\xbc@example.org", false, true},
        {SG_ADDRESS_SUBJECT, NULL, false, true},
        {SG_ADDRESS_SUBJECT, "", false, false},
    };
    (void)state;
    assert_addresses("certificate:subject addresses by type", wanted, SG_NUM(wanted));
}

static void bounds_the_length(void **state)
{
    static const struct wanted longest = {SG_ADDRESS_RFC822, NULL, true, false};
    static const struct wanted too_long = {SG_ADDRESS_RFC822, NULL, false, false};
    (void)state;
    assert_addresses("certificate:address of 255 octets", &longest, 1);
    assert_addresses("certificate:address of 256 octets", &too_long, 1);
}

static void reports_that_memory_is_out(void **state)
{
    struct signet_certificate *certificate = certificate_of("certificate:addresses");
    (void)state;
    for (size_t max = 0; max < 64; max += 16) {
        struct sg_arena arena;
        struct sg_mail_addresses addresses;
        sg_arena_init(&arena, max);
        assert_false(sg_certificate_addresses(certificate, &arena, &addresses));
        assert_true(arena.failed);
        sg_arena_clear(&arena);
    }
    signet_certificate_unref(certificate);
}

SG_TEST_MAIN(SG_TEST("A-3-7 A-3-8 A-4.4.3-1 A-4.4.3-2", finds_addresses_in_both_places),
             SG_TEST("A-3-2 A-4.4.3-1 E-15", takes_bare_addr_specs_only),
             SG_TEST("D-ADR-1", reads_internationalised_addresses),
             SG_TEST("A-3-9 E-38", takes_subject_addresses_by_string_type),
             SG_TEST("E-38", bounds_the_length), SG_TEST("", reports_that_memory_is_out))
