/* SPDX-License-Identifier: Apache-2.0 */
#include "crypto/signature.h"
#include "test.h"

#define DER_NULL "0500"

/* AlgorithmIdentifier of OID with the element PARAMETERS (hexadecimal, "" for none). */
static struct sg_algorithm identifier(enum sg_oid oid, const char *parameters)
{
    struct signet_span name = sg_oid_octets(oid), element = hex(parameters);
    size_t len = 2 + name.len + element.len;
    assert_true(len < 256);
    uint8_t *octets = sg_test_keep(malloc(len + 3));
    size_t head = len < 128 ? 2 : 3;
    memcpy(octets, "\x30\x81", 2);
    octets[head - 1] = (uint8_t)len;
    octets[head] = SG_TAG_OID;
    octets[head + 1] = (uint8_t)name.len;
    memcpy(octets + head + 2, name.ptr, name.len);
    if (element.len > 0)
        memcpy(octets + head + 2 + name.len, element.ptr, element.len);
    struct signet_parse_error error = {0};
    struct sg_der der = sg_der_begin(sg_test_copy(octets, head + len), &error);
    struct sg_algorithm algorithm;
    if (!sg_algorithm_parse(&der, &algorithm, "AlgorithmIdentifier"))
        fail_msg("%s at %zu", error.expected, error.offset);
    return algorithm;
}

static const struct {
    enum sg_oid oid;
    enum sg_signature_scheme scheme;
    enum sg_key_type key_type;
    enum sg_digest_type digest;
    bool wants_null;
} combined[] = {
    {SG_OID_MD2_WITH_RSA, SG_SCHEME_RSA_PKCS1, SG_KEY_RSA, SG_DIGEST_MD2, true},
    {SG_OID_MD5_WITH_RSA, SG_SCHEME_RSA_PKCS1, SG_KEY_RSA, SG_DIGEST_MD5, true},
    {SG_OID_SHA1_WITH_RSA, SG_SCHEME_RSA_PKCS1, SG_KEY_RSA, SG_DIGEST_SHA1, true},
    {SG_OID_SHA1_WITH_RSA_OIW, SG_SCHEME_RSA_PKCS1, SG_KEY_RSA, SG_DIGEST_SHA1, true},
    {SG_OID_SHA256_WITH_RSA, SG_SCHEME_RSA_PKCS1, SG_KEY_RSA, SG_DIGEST_SHA256, true},
    {SG_OID_SHA512_256_WITH_RSA, SG_SCHEME_RSA_PKCS1, SG_KEY_RSA, SG_DIGEST_SHA512_256, true},
    {SG_OID_SHA3_384_WITH_RSA, SG_SCHEME_RSA_PKCS1, SG_KEY_RSA, SG_DIGEST_SHA3_384, true},
    {SG_OID_RIPEMD160_WITH_RSA, SG_SCHEME_RSA_PKCS1, SG_KEY_RSA, SG_DIGEST_RIPEMD160, true},
    {SG_OID_DSA_WITH_SHA1, SG_SCHEME_DSA, SG_KEY_DSA, SG_DIGEST_SHA1, false},
    {SG_OID_DSA_WITH_SHA1_OIW, SG_SCHEME_DSA, SG_KEY_DSA, SG_DIGEST_SHA1, false},
    {SG_OID_DSA_WITH_SHA256, SG_SCHEME_DSA, SG_KEY_DSA, SG_DIGEST_SHA256, false},
    {SG_OID_ECDSA_WITH_SHA1, SG_SCHEME_ECDSA, SG_KEY_EC, SG_DIGEST_SHA1, false},
    {SG_OID_ECDSA_WITH_SHA512, SG_SCHEME_ECDSA, SG_KEY_EC, SG_DIGEST_SHA512, false},
    {SG_OID_ED25519, SG_SCHEME_EDDSA, SG_KEY_ED25519, SG_DIGEST_NONE, false},
    {SG_OID_ED448, SG_SCHEME_EDDSA, SG_KEY_ED448, SG_DIGEST_NONE, false},
    {SG_OID_ALG_UNSIGNED, SG_SCHEME_UNSIGNED, SG_KEY_UNKNOWN, SG_DIGEST_NONE, false},
};

static void reads_what_each_names(void **state)
{
    (void)state;
    for (size_t i = 0; i < SG_NUM(combined); i++) {
        for (int with_null = 0; with_null < 2; with_null++) {
            struct sg_algorithm algorithm = identifier(combined[i].oid, with_null ? DER_NULL : "");
            struct sg_signature_algorithm read;
            struct signet_parse_error error = {0};
            assert_true(sg_signature_algorithm_parse(&algorithm, &read, &error));
            assert_int_equal(read.scheme, combined[i].scheme);
            assert_int_equal(read.key_type, combined[i].key_type);
            assert_int_equal(read.digest, combined[i].digest);
            assert_int_equal(read.nonconforming_parameters, with_null != combined[i].wants_null);
            assert_string_equal(read.name, sg_oid_name(combined[i].oid));
        }
    }
}

static void refuses_other_parameters(void **state)
{
    (void)state;
    static const char *const others[] = {"3000", "020101", "050100", "0400", "06032a0304"};
    for (size_t i = 0; i < SG_NUM(combined); i++) {
        for (size_t j = 0; j < SG_NUM(others); j++) {
            struct sg_algorithm algorithm = identifier(combined[i].oid, others[j]);
            struct sg_signature_algorithm read;
            struct signet_parse_error error = {0};
            assert_false(sg_signature_algorithm_parse(&algorithm, &read, &error));
            assert_parse_error(&error, (size_t)(algorithm.parameters.ptr - algorithm.full.ptr),
                               "parameters of a signature algorithm");
        }
    }
}

static void does_not_know_the_rest(void **state)
{
    (void)state;
    static const enum sg_oid others[] = {SG_OID_RSA_ENCRYPTION, SG_OID_DSA,
                                         SG_OID_EC_PUBLIC_KEY,  SG_OID_SHA256,
                                         SG_OID_ML_DSA_65,      SG_OID_X25519};
    for (size_t i = 0; i < SG_NUM(others); i++) {
        struct sg_algorithm algorithm = identifier(others[i], "020101");
        struct sg_signature_algorithm read;
        struct signet_parse_error error = {0};
        assert_true(sg_signature_algorithm_parse(&algorithm, &read, &error));
        assert_int_equal(read.scheme, SG_SCHEME_UNKNOWN);
        assert_string_equal(read.name, sg_oid_name(others[i]));
    }
}

#define SHA1_ID      "300906052b0e03021a0500"
#define SHA1_BARE    "300706052b0e03021a"
#define SHA256_ID    "300d06096086480165030402010500"
#define SHA256_BARE  "300b0609608648016503040201"
#define MGF1_SHA256  "301a06092a864886f70d010108" SHA256_ID
#define MGF1_ALONE   "300b06092a864886f70d010108"
#define UNKNOWN_HASH "300506032a0304"

static const struct {
    const char *parameters;
    enum sg_digest_type digest, mgf_digest;
    unsigned salt_len;
} pss[] = {
    {"3000", SG_DIGEST_SHA1, SG_DIGEST_SHA1, 20},
    {"300fa00d" SHA256_BARE, SG_DIGEST_SHA256, SG_DIGEST_SHA1, 20},
    {"3011a00f" SHA256_ID, SG_DIGEST_SHA256, SG_DIGEST_SHA1, 20},
    {"300da00b" SHA1_ID, SG_DIGEST_SHA1, SG_DIGEST_SHA1, 20},
    {"300ba009" SHA1_BARE, SG_DIGEST_SHA1, SG_DIGEST_SHA1, 20},
    {"301ea11c" MGF1_SHA256, SG_DIGEST_SHA1, SG_DIGEST_SHA256, 20},
    {"3005a203020100", SG_DIGEST_SHA1, SG_DIGEST_SHA1, 0},
    {"3005a203020114", SG_DIGEST_SHA1, SG_DIGEST_SHA1, 20},
    {"3009a207020500ffffffff", SG_DIGEST_SHA1, SG_DIGEST_SHA1, UINT32_MAX},
    {"3005a303020101", SG_DIGEST_SHA1, SG_DIGEST_SHA1, 20},
    {"3034a00f" SHA256_ID "a11c" MGF1_SHA256 "a203020120", SG_DIGEST_SHA256, SG_DIGEST_SHA256, 32},
    {"3009a007" UNKNOWN_HASH, SG_DIGEST_NONE, SG_DIGEST_SHA1, 20},
    {"3009a107" UNKNOWN_HASH, SG_DIGEST_SHA1, SG_DIGEST_NONE, 20},
};

static void reads_pss_parameters_with_their_defaults(void **state)
{
    (void)state;
    for (size_t i = 0; i < SG_NUM(pss); i++) {
        struct sg_algorithm algorithm = identifier(SG_OID_RSASSA_PSS, pss[i].parameters);
        struct sg_signature_algorithm read;
        struct signet_parse_error error = {0};
        if (!sg_signature_algorithm_parse(&algorithm, &read, &error))
            fail_msg("%s: %s at %zu", pss[i].parameters, error.expected, error.offset);
        assert_int_equal(read.scheme, SG_SCHEME_RSA_PSS);
        assert_int_equal(read.digest, pss[i].digest);
        assert_int_equal(read.mgf_digest, pss[i].mgf_digest);
        assert_int_equal(read.salt_len, pss[i].salt_len);
        assert_false(read.nonconforming_parameters);
    }
}

static void refuses_malformed_pss_parameters(void **state)
{
    (void)state;
    static const struct {
        const char *parameters;
        size_t offset; /* in the AlgorithmIdentifier */
        const char *expected;
    } rows[] = {
        {"", 0, "RSASSA-PSS with its parameters"},
        {DER_NULL, 13, "RSASSA-PSS-params SEQUENCE"},
        {"3100", 13, "RSASSA-PSS-params SEQUENCE"},
        {"3005a303020102", 17, "trailerField 1"},
        {"3005a303020100", 17, "trailerField 1"},
        {"3005a2030201ff", 19, "INTEGER between 0"},
        {"300aa2080206010000000000", 19, "INTEGER between 0"},
        {"3003020114", 15, "end"},
        {"3003820114", 15, "end"},
        {"3002a000", 17, "hash AlgorithmIdentifier"},
        {"3004a0020500", 17, "hash AlgorithmIdentifier"},
        {"3002a100", 17, "mask generation"},
        {"300fa10d" MGF1_ALONE, 17, "MGF1 with its hash"},
        {"3011a10f300d06092a864886f70d0101080500", 30, "hash AlgorithmIdentifier"},
        {"300da00b300906052b0e03021a3000", 26, "parameters of a hash"},
        {"300aa203020114a203020114", 20, "end"},
        {"300aa303020101a203020114", 20, "end"},
        {"3008a206020114020114", 20, "end"},
        {"3007a203020114 0500", 20, "end"},
    };
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct sg_algorithm algorithm = identifier(SG_OID_RSASSA_PSS, rows[i].parameters);
        struct sg_signature_algorithm read;
        struct signet_parse_error error = {0};
        if (sg_signature_algorithm_parse(&algorithm, &read, &error))
            fail_msg("read: %s", rows[i].parameters);
        assert_parse_error(&error, rows[i].offset, rows[i].expected);
    }
}

static const struct {
    enum sg_oid oid;
    const char *parameters;
    enum sg_digest_type digest; /* of the SignerInfo */
    enum sg_signature_scheme scheme;
    enum sg_digest_type read;
    bool differs, nonconforming;
} in_cms[] = {
    {SG_OID_RSA_ENCRYPTION, DER_NULL, SG_DIGEST_SHA256, SG_SCHEME_RSA_PKCS1, SG_DIGEST_SHA256, 0,
     0},
    {SG_OID_RSA_ENCRYPTION, "", SG_DIGEST_MD5, SG_SCHEME_RSA_PKCS1, SG_DIGEST_MD5, 0, 1},
    {SG_OID_RSA_ENCRYPTION, DER_NULL, SG_DIGEST_NONE, SG_SCHEME_RSA_PKCS1, SG_DIGEST_NONE, 0, 0},
    {SG_OID_SHA256_WITH_RSA, DER_NULL, SG_DIGEST_SHA256, SG_SCHEME_RSA_PKCS1, SG_DIGEST_SHA256, 0,
     0},
    {SG_OID_SHA256_WITH_RSA, DER_NULL, SG_DIGEST_SHA1, SG_SCHEME_RSA_PKCS1, SG_DIGEST_SHA256, 1, 0},
    {SG_OID_SHA256_WITH_RSA, DER_NULL, SG_DIGEST_NONE, SG_SCHEME_RSA_PKCS1, SG_DIGEST_SHA256, 1, 0},
    {SG_OID_DSA, "", SG_DIGEST_SHA1, SG_SCHEME_DSA, SG_DIGEST_SHA1, 0, 0},
    {SG_OID_DSA, DER_NULL, SG_DIGEST_SHA1, SG_SCHEME_DSA, SG_DIGEST_SHA1, 0, 1},
    {SG_OID_DSA_WITH_SHA1, "", SG_DIGEST_SHA1, SG_SCHEME_DSA, SG_DIGEST_SHA1, 0, 0},
    {SG_OID_DSA_WITH_SHA1, "", SG_DIGEST_SHA256, SG_SCHEME_DSA, SG_DIGEST_SHA1, 1, 0},
    {SG_OID_EC_PUBLIC_KEY, "", SG_DIGEST_SHA384, SG_SCHEME_ECDSA, SG_DIGEST_SHA384, 0, 0},
    {SG_OID_RSASSA_PSS, "3000", SG_DIGEST_SHA1, SG_SCHEME_RSA_PSS, SG_DIGEST_SHA1, 0, 0},
    {SG_OID_RSASSA_PSS, "3000", SG_DIGEST_SHA256, SG_SCHEME_RSA_PSS, SG_DIGEST_SHA1, 1, 0},
    {SG_OID_ED25519, "", SG_DIGEST_SHA512, SG_SCHEME_EDDSA, SG_DIGEST_NONE, 0, 0},
    {SG_OID_SHA256, "", SG_DIGEST_SHA256, SG_SCHEME_UNKNOWN, SG_DIGEST_NONE, 0, 0},
};

static void reads_the_two_spellings_of_cms(void **state)
{
    (void)state;
    for (size_t i = 0; i < SG_NUM(in_cms); i++) {
        struct sg_algorithm algorithm = identifier(in_cms[i].oid, in_cms[i].parameters);
        struct sg_signature_algorithm read;
        struct signet_parse_error error = {0};
        bool differs = !in_cms[i].differs;
        assert_true(sg_signature_algorithm_parse_cms(&algorithm, in_cms[i].digest, &read, &differs,
                                                     &error));
        assert_int_equal(read.scheme, in_cms[i].scheme);
        assert_int_equal(read.digest, in_cms[i].read);
        assert_int_equal(differs, in_cms[i].differs);
        assert_int_equal(read.nonconforming_parameters, in_cms[i].nonconforming);
    }
}

static void refuses_malformed_parameters_in_cms(void **state)
{
    (void)state;
    static const enum sg_oid oids[] = {SG_OID_RSA_ENCRYPTION, SG_OID_DSA, SG_OID_EC_PUBLIC_KEY,
                                       SG_OID_ECDSA_WITH_SHA256, SG_OID_RSASSA_PSS};
    for (size_t i = 0; i < SG_NUM(oids); i++) {
        struct sg_algorithm algorithm = identifier(oids[i], "020101");
        struct sg_signature_algorithm read;
        struct signet_parse_error error = {0};
        bool differs;
        assert_false(sg_signature_algorithm_parse_cms(&algorithm, SG_DIGEST_SHA256, &read, &differs,
                                                      &error));
        assert_non_null(error.expected);
    }
}

SG_TEST_MAIN(SG_TEST("B-ALG-2 B-ALG-3 B-ALG-4 B-ALG-9 D-ALG-1 D-ALG-2 D-ALG-9 E-36",
                     reads_what_each_names),
             SG_TEST("B-ALG-2 B-ALG-3 E-36", refuses_other_parameters),
             SG_TEST("B-ALG-8", does_not_know_the_rest),
             SG_TEST("B-ALG-9 D-ALG-3", reads_pss_parameters_with_their_defaults),
             SG_TEST("B-ALG-9 D-ALG-3", refuses_malformed_pss_parameters),
             SG_TEST("B-ALG-2 B-ALG-5 D-ALG-4 E-36", reads_the_two_spellings_of_cms),
             SG_TEST("E-36", refuses_malformed_parameters_in_cms))
