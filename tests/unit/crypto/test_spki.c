/* SPDX-License-Identifier: Apache-2.0 */
#include "crypto/public_key.h"
#include "test.h"

static const struct {
    const char *what, *der;
    enum sg_key_type type;
    unsigned bits;
    enum sg_oid curve;
    bool curve_not_named, parameters_absent, parameters_null;
} rows[] = {
    {"RSA", "301c300d06092a864886f70d0101010500030b00300802030fffff020103", SG_KEY_RSA, 20,
     SG_OID_UNKNOWN, false, false, false},
    {"RSA without NULL", "301a300b06092a864886f70d010101030b00300802030fffff020103", SG_KEY_RSA, 20,
     SG_OID_UNKNOWN, false, false, true},
    {"RSA, no key in it", "3013300d06092a864886f70d01010105000302000a", SG_KEY_RSA, 0,
     SG_OID_UNKNOWN, false, false, false},
    {"RSASSA-PSS", "301a300b06092a864886f70d01010a030b00300802030fffff020103", SG_KEY_RSA_PSS, 20,
     SG_OID_UNKNOWN, false, false, false},
    {"RSASSA-PSS with parameters", "301c300d06092a864886f70d01010a3000030b00300802030fffff020103",
     SG_KEY_RSA_PSS, 20, SG_OID_UNKNOWN, false, false, false},
    {"DSA", "301d301506072a8648ce380401300a020207ff020107020103030400020103", SG_KEY_DSA, 11,
     SG_OID_UNKNOWN, false, false, false},
    {"DSA without parameters", "3011300906072a8648ce380401030400020103", SG_KEY_DSA, 0,
     SG_OID_UNKNOWN, false, true, false},
    {"DSA with NULL", "3013300b06072a8648ce3804010500030400020103", SG_KEY_DSA, 0, SG_OID_UNKNOWN,
     false, true, true},
    {"DSA of OIW", "300f300706052b0e03020c030400020103", SG_KEY_DSA, 0, SG_OID_UNKNOWN, false, true,
     false},
    {"DSA, parameters that are none", "3013300b06072a8648ce3804013000030400020103", SG_KEY_DSA, 0,
     SG_OID_UNKNOWN, false, false, false},
    {"P-256", "3019301306072a8648ce3d020106082a8648ce3d03010703020004", SG_KEY_EC, 256,
     SG_OID_CURVE_P256, false, false, false},
    {"P-521", "3016301006072a8648ce3d020106052b8104002303020004", SG_KEY_EC, 521, SG_OID_CURVE_P521,
     false, false, false},
    {"brainpoolP512r1", "301a301406072a8648ce3d020106092b240303020801010d03020004", SG_KEY_EC, 512,
     SG_OID_CURVE_BP512R1, false, false, false},
    {"id-ecDH", "3014300e06052b8104010c06052b8104002203020004", SG_KEY_EC, 384, SG_OID_CURVE_P384,
     false, false, false},
    {"EC, unknown curve", "3014300e06072a8648ce3d020106032a030403020004", SG_KEY_EC, 0,
     SG_OID_UNKNOWN, false, false, false},
    {"EC, an OID that is no curve", "301a301406072a8648ce3d020106092a864886f70d01010103020004",
     SG_KEY_EC, 0, SG_OID_RSA_ENCRYPTION, false, false, false},
    {"EC, implicit curve", "3011300b06072a8648ce3d0201050003020004", SG_KEY_EC, 0, SG_OID_UNKNOWN,
     true, false, false},
    {"EC, curve spelt out", "3011300b06072a8648ce3d0201300003020004", SG_KEY_EC, 0, SG_OID_UNKNOWN,
     true, false, false},
    {"EC, no curve", "300f300906072a8648ce3d020103020004", SG_KEY_EC, 0, SG_OID_UNKNOWN, false,
     false, false},
    {"Ed25519", "300b300506032b657003020005", SG_KEY_ED25519, 256, SG_OID_UNKNOWN, false, false,
     false},
    {"Ed25519 with NULL", "300d300706032b6570050003020005", SG_KEY_ED25519, 256, SG_OID_UNKNOWN,
     false, false, true},
    {"Ed448", "300b300506032b657103020005", SG_KEY_ED448, 448, SG_OID_UNKNOWN, false, false, false},
    {"X25519", "300b300506032b656e03020005", SG_KEY_X25519, 256, SG_OID_UNKNOWN, false, false,
     false},
    {"X448", "300a300506032b656f030100", SG_KEY_X448, 448, SG_OID_UNKNOWN, false, false, false},
    {"DH", "301c301406072a8648ce3e0201300902011702010502010b030400020103", SG_KEY_DH, 5,
     SG_OID_UNKNOWN, false, false, false},
    {"DH of PKCS #3", "301b301306092a864886f70d0103013006020117020105030400020103", SG_KEY_DH, 5,
     SG_OID_UNKNOWN, false, false, false},
    {"unknown", "300b300506032a030403020005", SG_KEY_UNKNOWN, 0, SG_OID_UNKNOWN, false, false,
     false},
};

static void tells_type_size_and_form(void **state)
{
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct signet_span bytes = hex(rows[i].der);
        struct signet_parse_error error = {0};
        struct sg_der der = sg_der_begin(bytes, &error);
        struct sg_spki spki;
        if (!sg_spki_parse(&der, &spki) || !sg_der_end(&der))
            fail_msg("%s: %s at %zu", rows[i].what, error.expected, error.offset);
        assert_null(error.expected);
        assert_span_equal(spki.full, bytes);
        assert_int_equal(spki.type, rows[i].type);
        assert_int_equal(spki.bits, rows[i].bits);
        assert_int_equal(spki.curve, rows[i].curve);
        assert_int_equal(spki.curve_not_named, rows[i].curve_not_named);
        assert_int_equal(spki.parameters_absent, rows[i].parameters_absent);
        assert_int_equal(spki.parameters_null, rows[i].parameters_null);
    }
}

static void refuses_what_is_none(void **state)
{
    (void)state;
    static const struct {
        const char *der;
        size_t offset;
        const char *expected;
    } bad[] = {
        {"", 0, "SubjectPublicKeyInfo SEQUENCE"},
        {"3100", 0, "SubjectPublicKeyInfo SEQUENCE"},
        {"3000", 2, "AlgorithmIdentifier"},
        {"3007300506032b6570", 9, "subjectPublicKey BIT STRING"},
        {"3009300506032b6570040105", 9, "subjectPublicKey BIT STRING"},
        {"3009300506032b65700300", 11, "BIT STRING"},
        {"300b300506032b657003020108", 9, "whole octets"},
        {"300d300506032b6570030200050500", 13, "end"},
        {"300b300506032b6570", 1, "length"},
    };
    for (size_t i = 0; i < SG_NUM(bad); i++) {
        struct signet_parse_error error = {0};
        struct sg_der der = sg_der_begin(hex(bad[i].der), &error);
        const uint8_t *start = der.ptr;
        struct sg_spki spki;
        assert_false(sg_spki_parse(&der, &spki));
        assert_ptr_equal(der.ptr, start);
        assert_parse_error(&error, bad[i].offset, bad[i].expected);
    }
}

static void leaves_what_follows_to_the_caller(void **state)
{
    (void)state;
    struct signet_parse_error error = {0};
    struct sg_der der = sg_der_begin(hex("300b300506032b6570030200050500"), &error);
    struct sg_spki spki;
    assert_true(sg_spki_parse(&der, &spki));
    assert_true(sg_der_null(&der));
    assert_true(sg_der_end(&der));
}

SG_TEST_MAIN(SG_TEST("B-ALG-1 B-ALG-3 B-ALG-7 B-ALG-8 D-ALG-2 E-36", tells_type_size_and_form),
             SG_TEST("", refuses_what_is_none), SG_TEST("", leaves_what_follows_to_the_caller))
