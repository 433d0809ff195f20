/* SPDX-License-Identifier: Apache-2.0 */
#include "store/keys.h"

#include "address/mailbox.h"
#include "store_scene.h"

/* Two addresses fold to one text where they are compared as one, and nowhere else. */
static void folds_as_addresses_are_compared(void **state)
{
    static const char *const texts[] = {
        "alice@example.com",
        "Alice@EXAMPLE.com",
        "alice@example.org",
        "\"alice\"@example.com",
        "\"al\\ice\"@example.com",
        "\"a@b\"@example.com",
        "\"A@b\"@example.com",
        "a@[127.0.0.1]",
        "a@[IPv6:::1]",
        "A@[ipv6:::1]",
        "\xc3\xa4lice@example.com",
        "\xc3\x84lice@example.com",
        "\xc3\xa4LICE@example.com",
        "a@b\xc3\xbc"
        "cher.example",
        "a@B\xc3\x9c"
        "CHER.example",
        "a@xn--bcher-kva.example",
        "a@xn--bcher-KVA.example",
        /* Refused by IDNA, so compared octet by octet. */
        "a@\xe2\x98\x83\xe2\x80\x8b.example",
        "a@\xe2\x98\x83\xe2\x80\x8b.EXAMPLE",
        "a@faß.example",
        "a@fass.example",
    };
    struct sg_arena arena;
    (void)state;
    sg_arena_init(&arena, SIZE_MAX);
    for (size_t i = 0; i < SG_NUM(texts); i++) {
        struct sg_mailbox a, b;
        assert_true(sg_mailbox_parse(sg_span_text(texts[i]), &arena, &a));
        const char *first = sg_store_fold_address(sg_span_text(texts[i]), &arena);
        assert_non_null(first);
        for (size_t j = 0; j < SG_NUM(texts); j++) {
            const char *second = sg_store_fold_address(sg_span_text(texts[j]), &arena);
            assert_true(sg_mailbox_parse(sg_span_text(texts[j]), &arena, &b));
            if ((strcmp(first, second) == 0) != sg_mailbox_equal(&a, &b, false))
                fail_msg("%s and %s fold to %s and %s", texts[i], texts[j], first, second);
        }
    }
    sg_arena_clear(&arena);
}

static void folds_no_address_that_is_none(void **state)
{
    static const char *const texts[] = {"",        "alice",         "alice@",  "@example.com",
                                        "a b@c.d", "Alice <a@b.c>", "a@b.c\n", "a@b..c"};
    struct sg_arena arena;
    (void)state;
    sg_arena_init(&arena, SIZE_MAX);
    for (size_t i = 0; i < SG_NUM(texts); i++)
        assert_null(sg_store_fold_address(sg_span_text(texts[i]), &arena));
    assert_false(arena.failed);
    sg_arena_clear(&arena);
}

static void prints_have_the_order_of_fingerprints(void **state)
{
    static const enum signet_record_kind kinds[] = {SIGNET_RECORD_CERTIFICATE, SIGNET_RECORD_CRL,
                                                    SIGNET_RECORD_ATTRIBUTE_CERTIFICATE};
    struct sg_store_key_range before = {0, -1};
    (void)state;
    for (size_t i = 0; i < SG_NUM(kinds); i++) {
        uint8_t low[32] = {0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}, high[32] = {0x80};
        struct sg_store_key_range all = sg_store_prints(kinds[i]);
        assert_true(sg_store_print(kinds[i], sg_span(low, 32)) <
                    sg_store_print(kinds[i], sg_span(high, 32)));
        memset(low, 0, sizeof(low));
        memset(high, 0xff, sizeof(high));
        assert_int_equal(sg_store_print(kinds[i], sg_span(low, 32)), all.first);
        assert_int_equal(sg_store_print(kinds[i], sg_span(high, 32)), all.last);
        /* Behind those of the kind before; and all have six octets. */
        assert_true(i == 0 || all.first > before.last);
        assert_true(all.first >= -(INT64_C(1) << 47) && all.last < INT64_C(1) << 47);
        before = all;
    }
}

static void keys_of_an_issuer_lie_in_one_range(void **state)
{
    struct signet_certificate *alice = scene_certificate("alice"),
                              *twin = scene_certificate("twin");
    struct sg_store_key_range all, one, other;
    (void)state;
    assert_true(sg_store_key_issuer(&alice->issuer, (struct signet_span){NULL, 0}, &all));
    assert_true(sg_store_key_issuer(&alice->issuer, alice->serial, &one));
    assert_int_equal(one.first, one.last);
    assert_true(all.first <= one.first && one.first <= all.last);
    assert_int_equal(all.last - all.first, (1 << 24) - 1);
    /* No print is among them. */
    assert_true(all.last < sg_store_prints(SIGNET_RECORD_CERTIFICATE).first);
    /* The same serial number of another issuer is elsewhere. */
    assert_true(sg_store_key_issuer(&twin->issuer, twin->serial, &other));
    assert_true(other.first < all.first || other.first > all.last);
    signet_certificate_unref(alice);
    signet_certificate_unref(twin);
}

static void equal_values_of_different_kinds_have_different_keys(void **state)
{
    const struct sg_name name = {.canonical = text_bytes("same")};
    struct sg_store_key_range subject, key_id;
    (void)state;
    assert_true(sg_store_key_subject(&name, &subject));
    assert_true(sg_store_key_id(text_bytes("same"), &key_id));
    assert_int_not_equal(subject.first, key_id.first);
}

static void derives_each_address_once(void **state)
{
    struct signet_certificate *bob = scene_certificate("bob");
    struct sg_store_loaded loaded;
    struct sg_store_derived derived;
    struct sg_arena arena;
    (void)state;
    sg_arena_init(&arena, SIZE_MAX);
    sg_store_certificate_view(bob, &loaded);
    assert_true(sg_store_derive(&loaded, &arena, &derived));
    assert_int_equal(derived.num_addresses, 2);
    assert_string_equal(derived.addresses[0], "bob@example.org");
    assert_string_equal(derived.addresses[1], "robert@example.org");
    assert_int_equal(derived.num_keys, 4);
    assert_int_equal(derived.keys[0],
                     sg_store_print(SIGNET_RECORD_CERTIFICATE, scene_sha256("bob")));
    sg_arena_clear(&arena);
    signet_certificate_unref(bob);
}

SG_TEST_MAIN(SG_TEST("A-4-4", folds_as_addresses_are_compared),
             SG_TEST("", folds_no_address_that_is_none),
             SG_TEST("", prints_have_the_order_of_fingerprints),
             SG_TEST("", keys_of_an_issuer_lie_in_one_range),
             SG_TEST("", equal_values_of_different_kinds_have_different_keys),
             SG_TEST("", derives_each_address_once))
