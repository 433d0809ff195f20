/* SPDX-License-Identifier: Apache-2.0 */
#include "cms/algorithm_protection.h"

#include "test.h"

#define SHA256      "30 0b 06 09 60 86 48 01 65 03 04 02 01"
#define SHA256_NULL "30 0d 06 09 60 86 48 01 65 03 04 02 01 05 00"
#define ECDSA       "0a 06 08 2a 86 48 ce 3d 04 03 02"

static struct sg_algorithm algorithm(const char *text)
{
    struct sg_algorithm read;
    struct signet_parse_error error = {0};
    struct sg_der der = sg_der_begin(hex(text), &error);
    assert_true(sg_algorithm_parse(&der, &read, "AlgorithmIdentifier"));
    return read;
}

static void reads_what_is_protected(void **state)
{
    struct sg_algorithm_protection protection;
    (void)state;
    assert_true(sg_algorithm_protection_parse(hex("30 19 " SHA256 "a1 " ECDSA), &protection));
    assert_int_equal(protection.digest.oid, SG_OID_SHA256);
    assert_true(protection.has_signature);
    assert_int_equal(protection.signature.oid, SG_OID_ECDSA_WITH_SHA256);
    assert_null(protection.signature.parameters.ptr);
    assert_false(protection.has_mac);

    assert_true(sg_algorithm_protection_parse(hex("30 0d " SHA256), &protection));
    assert_false(protection.has_signature);
    assert_true(sg_algorithm_protection_parse(hex("30 19 " SHA256 "a2 " ECDSA), &protection));
    assert_false(protection.has_signature);
    assert_true(protection.has_mac);
}

static void refuses_other_shapes(void **state)
{
    static const char *const rows[] = {
        "",
        "05 00",
        "30 00",
        "30 0c a1 " ECDSA,
        "30 19 " SHA256 "a0 " ECDSA,
        "30 19 " SHA256 "81 " ECDSA,
        "30 0f " SHA256 "a1 00",
        "30 25 " SHA256 "a2 " ECDSA "a1 " ECDSA,
        "30 19 " SHA256 "a1 " ECDSA "05 00",
        "30 11 " SHA256 "a1 02 04 00",
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct sg_algorithm_protection protection;
        if (sg_algorithm_protection_parse(hex(rows[i]), &protection))
            fail_msg("%s was read", rows[i]);
    }
}

static void compares_identifiers_exactly_but_for_null(void **state)
{
    static const struct {
        const char *a, *b;
        enum sg_algorithm_match match;
    } rows[] = {
        {SHA256, SHA256, SG_ALGORITHM_EQUAL},
        {SHA256_NULL, SHA256_NULL, SG_ALGORITHM_EQUAL},
        {SHA256, SHA256_NULL, SG_ALGORITHM_NULL_DIFFERS},
        {SHA256_NULL, SHA256, SG_ALGORITHM_NULL_DIFFERS},
        {"30 05 06 03 2a 03 04", "30 05 06 03 2a 03 05", SG_ALGORITHM_DIFFERS},
        {"30 08 06 03 2a 03 04 02 01 05", "30 08 06 03 2a 03 04 02 01 06", SG_ALGORITHM_DIFFERS},
        {"30 08 06 03 2a 03 04 02 01 05", "30 05 06 03 2a 03 04", SG_ALGORITHM_DIFFERS},
        {"30 08 06 03 2a 03 04 02 01 05", "30 07 06 03 2a 03 04 05 00", SG_ALGORITHM_DIFFERS},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct sg_algorithm a = algorithm(rows[i].a), b = algorithm(rows[i].b);
        assert_int_equal(sg_algorithm_compare(&a, &b), rows[i].match);
    }
}

SG_TEST_MAIN(SG_TEST("C-SI-8 D-ALG-8", reads_what_is_protected),
             SG_TEST("C-SI-8", refuses_other_shapes),
             SG_TEST("C-SI-8 E-36", compares_identifiers_exactly_but_for_null))
