/* SPDX-License-Identifier: Apache-2.0 */
#include "crypto/public_key.h"
#include "test.h"

static void names_every_type(void **state)
{
    (void)state;
    static const char *const names[SG_NUM_KEY_TYPES] = {
        "unknown", "RSA", "RSASSA-PSS", "DSA", "EC", "Ed25519", "Ed448", "DH", "X25519", "X448"};
    for (unsigned i = 0; i < SG_NUM_KEY_TYPES; i++)
        assert_string_equal(sg_key_type_name((enum sg_key_type)i), names[i]);
}

static void tells_short_keys(void **state)
{
    (void)state;
    static const struct {
        enum sg_key_type type;
        unsigned bits;
        bool weak;
    } rows[] = {
        {SG_KEY_RSA, 512, true},      {SG_KEY_RSA, 2047, true},      {SG_KEY_RSA, 2048, false},
        {SG_KEY_RSA_PSS, 1024, true}, {SG_KEY_RSA_PSS, 2048, false}, {SG_KEY_DSA, 1024, true},
        {SG_KEY_DSA, 2048, false},    {SG_KEY_DH, 1024, true},       {SG_KEY_DH, 2048, false},
        {SG_KEY_EC, 192, true},       {SG_KEY_EC, 224, false},       {SG_KEY_EC, 521, false},
        {SG_KEY_ED25519, 256, false}, {SG_KEY_ED448, 448, false},    {SG_KEY_X25519, 256, false},
        {SG_KEY_UNKNOWN, 1, false},   {SG_KEY_RSA, 0, false},        {SG_KEY_EC, 0, false},
    };
    for (size_t i = 0; i < SG_NUM(rows); i++)
        assert_int_equal(sg_key_is_weak(rows[i].type, rows[i].bits), rows[i].weak);
}

/* A key of one type, its bits, and the caller's maximum at and below them. */
static void keeps_to_the_maximum(void **state)
{
    (void)state;
    static const struct {
        const char *spki;
        unsigned bits;
        bool bounded;
    } rows[] = {
        {"3059301306072a8648ce3d020106082a8648ce3d0301070342000460fed4ba255a9d31c961eb74c6356d68c0"
         "49b8923b61fa6ce669622e60f29fb67903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4"
         "462299",
         256, true},
        {"302a300506032b6570032100d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
         256, false},
    };
    struct sg_crypto *crypto;
    assert_int_equal(sg_crypto_new(&crypto), SIGNET_OK);
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct signet_parse_error error = {0};
        struct sg_der der = sg_der_begin(hex(rows[i].spki), &error);
        struct sg_spki spki;
        struct sg_public_key *key;
        assert_true(sg_spki_parse(&der, &spki));
        assert_int_equal(sg_public_key_new(crypto, &spki, sg_span(NULL, 0), rows[i].bits, &key),
                         SG_KEY_OK);
        assert_int_equal(sg_public_key_bits(key), rows[i].bits);
        sg_public_key_free(key);
        enum sg_key_check below =
            sg_public_key_new(crypto, &spki, sg_span(NULL, 0), rows[i].bits - 1, &key);
        assert_int_equal(below, rows[i].bounded ? SG_KEY_TOO_LARGE : SG_KEY_OK);
        sg_public_key_free(key);
    }
    sg_crypto_free(crypto);
}

SG_TEST_MAIN(SG_TEST("", names_every_type), SG_TEST("B-ALG-10 E-2", tells_short_keys),
             SG_TEST("B-ALG-9 C-KEY-4", keeps_to_the_maximum))
