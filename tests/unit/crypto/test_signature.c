/* SPDX-License-Identifier: Apache-2.0 */
#include "vector.h"

#include "signature_vectors.inc"

static void holds_key_against_algorithm(void **state)
{
    (void)state;
    check_vectors(mixed_rows);
}

/* RFC 8032 7.1, and RFC 6979 A.2.5 with SHA-256 over "sample". */
static const char ed25519_key[] =
    "302a300506032b6570032100d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
static const char p256_key[] =
    "3059301306072a8648ce3d020106082a8648ce3d0301070342000460fed4ba255a9d31c961eb74c6356d68c049b892"
    "3b61fa6ce669622e60f29fb67903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299";
static const char p256_signature[] =
    "3046022100efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716022100f7cb1c942d657c"
    "41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8";

static struct sg_public_key *key_of(struct sg_crypto *crypto, const char *spki_text)
{
    struct sg_spki spki = parse_spki(hex(spki_text));
    struct sg_public_key *key;
    assert_int_equal(sg_public_key_new(crypto, &spki, sg_span(NULL, 0), 4096, &key), SG_KEY_OK);
    return key;
}

static void verifies_a_digest_computed_elsewhere(void **state)
{
    (void)state;
    struct sg_crypto *crypto = new_crypto();
    struct sg_public_key *key = key_of(crypto, p256_key);
    struct sg_signature_algorithm algorithm =
        parse_signature_algorithm(hex("300a06082a8648ce3d040302"));
    struct sg_digest_value digest;
    struct signet_span signature = hex(p256_signature);
    assert_true(sg_digest_compute(crypto, SG_DIGEST_SHA256, sg_span_text(MESSAGE), &digest));
    assert_int_equal(sg_signature_verify_digest(crypto, &algorithm, key, &digest, signature),
                     SG_SIGNATURE_VALID);
    digest.octets[31] ^= 1;
    assert_int_equal(sg_signature_verify_digest(crypto, &algorithm, key, &digest, signature),
                     SG_SIGNATURE_INVALID);
    assert_true(sg_digest_compute(crypto, SG_DIGEST_SHA384, sg_span_text(MESSAGE), &digest));
    assert_int_equal(sg_signature_verify_digest(crypto, &algorithm, key, &digest, signature),
                     SG_SIGNATURE_UNSUPPORTED);
    sg_public_key_free(key);
    sg_crypto_free(crypto);
}

static void eddsa_takes_no_digest(void **state)
{
    (void)state;
    struct sg_crypto *crypto = new_crypto();
    struct sg_public_key *key = key_of(crypto, ed25519_key);
    struct sg_signature_algorithm algorithm = parse_signature_algorithm(hex("300506032b6570"));
    struct sg_digest_value digest;
    assert_true(sg_digest_compute(crypto, SG_DIGEST_SHA512, sg_span_text(MESSAGE), &digest));
    assert_int_equal(sg_signature_verify_digest(crypto, &algorithm, key, &digest, hex("00")),
                     SG_SIGNATURE_UNSUPPORTED);
    sg_public_key_free(key);
    sg_crypto_free(crypto);
}

/* One signature, verified by its combined name and by its key's name with the digest apart. */
static void both_spellings_in_cms_verify(void **state)
{
    (void)state;
    static const char *const spellings[] = {"300a06082a8648ce3d040302", "300906072a8648ce3d0201",
                                            "300b06072a8648ce3d02010500"};
    struct sg_crypto *crypto = new_crypto();
    struct sg_public_key *key = key_of(crypto, p256_key);
    for (size_t i = 0; i < SG_NUM(spellings); i++) {
        struct sg_algorithm identifier = parse_algorithm(hex(spellings[i]));
        struct sg_signature_algorithm algorithm;
        struct signet_parse_error error = {0};
        bool differs;
        assert_true(sg_signature_algorithm_parse_cms(&identifier, SG_DIGEST_SHA256, &algorithm,
                                                     &differs, &error));
        assert_false(differs);
        assert_int_equal(sg_signature_verify(crypto, &algorithm, key, sg_span_text(MESSAGE),
                                             hex(p256_signature)),
                         SG_SIGNATURE_VALID);
    }
    sg_public_key_free(key);
    sg_crypto_free(crypto);
}

SG_TEST_MAIN(SG_TEST("B-ALG-8 D-ALG-9", holds_key_against_algorithm),
             SG_TEST("B-ALG-9 D-ALG-4", verifies_a_digest_computed_elsewhere),
             SG_TEST("D-ALG-2", eddsa_takes_no_digest),
             SG_TEST("B-ALG-2 B-ALG-5 E-36", both_spellings_in_cms_verify))
