/* SPDX-License-Identifier: Apache-2.0 */
#include "sample.h"

static struct sg_signer_info only_signer(const char *name, struct sg_arena *arena)
{
    struct sg_signed_data signed_data = sample_signed_data(name, arena);
    assert_int_equal(signed_data.num_signers, 1);
    if (signed_data.signers[0].malformed)
        fail_msg("%s: %s", name, signed_data.signers[0].error.expected);
    return signed_data.signers[0];
}

static void reads_both_identifiers(void **state)
{
    struct sg_arena arena;
    (void)state;
    sg_arena_init(&arena, SG_TEST_ARENA_LEN);
    struct sg_signer_info by_issuer = only_signer("attached", &arena);
    assert_int_equal(by_issuer.version, 1);
    assert_false(by_issuer.sid.by_key_id);
    assert_span_equal(by_issuer.sid.serial, hex("03 e9"));
    assert_true(by_issuer.sid.issuer.canonical.len > 0);

    struct sg_signer_info by_key_id = only_signer("by-key-id", &arena);
    assert_int_equal(by_key_id.version, 3);
    assert_true(by_key_id.sid.by_key_id);
    assert_int_equal(by_key_id.sid.key_id.len, 20);
    struct sg_signer_info segmented = only_signer("by-key-id-segmented", &arena);
    assert_span_equal(segmented.sid.key_id, by_key_id.sid.key_id);
    sg_arena_clear(&arena);
}

static void makes_der_of_signed_attributes_in_any_framing(void **state)
{
    static const struct {
        const char *name;
        bool ber;
    } rows[] = {
        {"ber", false},
        {"ber-long", false},
        {"ber-signer", false},
        {"ber-attributes", true},
    };
    struct sg_arena arena;
    (void)state;
    sg_arena_init(&arena, SG_TEST_ARENA_LEN);
    struct sg_signer_info der = only_signer("attached", &arena);
    assert_true(der.has_signed_attributes);
    assert_false(der.signed_attributes_ber);
    assert_int_equal(der.signed_attributes.num, 3);
    assert_int_equal(der.signed_attributes_der.ptr[0], 0x31);
    assert_ptr_equal(der.signed_attributes_sorted.ptr, der.signed_attributes_der.ptr);
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct sg_signer_info signer = only_signer(rows[i].name, &arena);
        assert_span_equal(signer.signed_attributes_der, der.signed_attributes_der);
        assert_span_equal(signer.signature, der.signature);
        assert_int_equal(signer.signed_attributes_ber, rows[i].ber);
    }
    sg_arena_clear(&arena);
}

static void keeps_the_order_received_beside_the_sorted_one(void **state)
{
    struct sg_arena arena;
    (void)state;
    sg_arena_init(&arena, SG_TEST_ARENA_LEN);
    struct sg_signer_info der = only_signer("attached", &arena);
    struct sg_signer_info reversed = only_signer("attributes-reversed", &arena);
    assert_false(sg_span_equal(reversed.signed_attributes_der, der.signed_attributes_der));
    assert_span_equal(reversed.signed_attributes_sorted, der.signed_attributes_der);
    sg_arena_clear(&arena);
}

static void tells_absent_attributes_from_none(void **state)
{
    struct sg_arena arena;
    (void)state;
    sg_arena_init(&arena, SG_TEST_ARENA_LEN);
    assert_false(only_signer("bare", &arena).has_signed_attributes);
    struct sg_signer_info empty = only_signer("attributes-empty", &arena);
    assert_true(empty.has_signed_attributes);
    assert_int_equal(empty.signed_attributes.num, 0);
    sg_arena_clear(&arena);
}

#define NAME      "30 0c 31 0a 30 08 06 03 55 04 03 0c 01 41"
#define SID       "30 11 " NAME "02 01 05"
#define ALGORITHM "30 05 06 03 2a 03 04"
#define ATTRIBUTE "30 0a 06 03 2a 03 04 31 03 02 01 05"

static void reads_the_smallest_signer(void **state)
{
    struct sg_arena arena;
    struct sg_signer_info signer;
    (void)state;
    sg_arena_init(&arena, SG_TEST_ARENA_LEN);
    assert_true(sg_signer_info_parse(hex("30 26 02 01 01" SID ALGORITHM ALGORITHM "04 00"), &arena,
                                     &signer));
    assert_false(signer.malformed);
    assert_int_equal(signer.digest, SG_DIGEST_NONE);
    assert_int_equal(signer.signature.len, 0);
    assert_true(sg_signer_info_parse(
        hex("30 42 02 01 01" SID ALGORITHM "a0 0c " ATTRIBUTE ALGORITHM "04 00 a1 0c " ATTRIBUTE),
        &arena, &signer));
    assert_false(signer.malformed);
    assert_int_equal(signer.signed_attributes.num, 1);
    assert_int_equal(signer.unsigned_attributes.num, 1);
    sg_arena_clear(&arena);
}

static void marks_what_it_cannot_read(void **state)
{
    static const struct {
        const char *element;
        size_t offset;
        const char *words;
    } rows[] = {
        {"31 00", 0, "SignerInfo SEQUENCE"},
        {"04 00", 0, "SignerInfo SEQUENCE"},
        {"30 00", 2, "version"},
        {"30 03 02 01 ff", 4, "INTEGER"},
        {"30 05 02 01 01 05 00", 5, "sid"},
        {"30 05 02 01 01 30 00", 7, "issuer"},
        {"30 07 02 01 03 a0 02 05 00", 7, "OCTET STRING segment"},
        {"30 16 02 01 01" SID, 24, "digestAlgorithm"},
        {"30 24 02 01 01" SID ALGORITHM ALGORITHM, 38, "signature OCTET STRING"},
        {"30 28 02 01 01" SID ALGORITHM ALGORITHM "04 00 05 00", 40, "the end"},
        {"30 28 02 01 01" SID ALGORITHM ALGORITHM "04 00 a2 00", 40, "the end"},
        {"30 28 02 01 01" SID ALGORITHM ALGORITHM "a1 00 04 00", 38, "signature OCTET STRING"},
        {"30 2a 02 01 01" SID ALGORITHM "a0 02 05 00" ALGORITHM "04 00", 33, "Attribute SEQUENCE"},
        {"30 2a 02 01 01" SID ALGORITHM ALGORITHM "04 00 a1 02 30 00", 44, "attrType"},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct sg_arena arena;
        struct sg_signer_info signer;
        sg_arena_init(&arena, SG_TEST_ARENA_LEN);
        assert_true(sg_signer_info_parse(hex(rows[i].element), &arena, &signer));
        if (!signer.malformed)
            fail_msg("%s was read", rows[i].element);
        assert_parse_error(&signer.error, rows[i].offset, rows[i].words);
        assert_string_equal(signer.error.object, "SignerInfo");
        sg_arena_clear(&arena);
    }
}

static void walks_countersignatures_of_all_attributes(void **state)
{
    struct sg_arena arena;
    struct signet_span element;
    (void)state;
    sg_arena_init(&arena, SG_TEST_ARENA_LEN);
    struct sg_signer_info signer = only_signer("countersigned-thrice", &arena);
    struct sg_countersignatures walk = sg_countersignatures_begin(&signer);
    size_t num = 0;
    for (; sg_countersignatures_next(&walk, &element); num++) {
        struct sg_signer_info counter;
        assert_true(sg_signer_info_parse(element, &arena, &counter));
        assert_false(counter.malformed);
        assert_int_equal(counter.signed_attributes.num, 2);
    }
    assert_int_equal(num, 3);
    signer = only_signer("attached", &arena);
    walk = sg_countersignatures_begin(&signer);
    assert_false(sg_countersignatures_next(&walk, &element));
    sg_arena_clear(&arena);
}

SG_TEST_MAIN(SG_TEST("C-SI-1", reads_both_identifiers),
             SG_TEST("C-SD-1 C-SI-4", makes_der_of_signed_attributes_in_any_framing),
             SG_TEST("C-SI-4", keeps_the_order_received_beside_the_sorted_one),
             SG_TEST("C-SI-6", tells_absent_attributes_from_none),
             SG_TEST("C-SD-3", reads_the_smallest_signer),
             SG_TEST("C-SD-3", marks_what_it_cannot_read),
             SG_TEST("C-AT-6", walks_countersignatures_of_all_attributes))
