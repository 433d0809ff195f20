/* SPDX-License-Identifier: Apache-2.0 */
#include "crypto/hash.h"
#include "crypto/software_key.h"
#include "key_sample.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>

static struct sg_crypto *new_crypto(void)
{
    struct sg_crypto *crypto;
    assert_int_equal(sg_crypto_new(&crypto), SIGNET_OK);
    return crypto;
}

static const struct sg_signature_algorithm rsa256 = {
    .scheme = SG_SCHEME_RSA_PKCS1, .key_type = SG_KEY_RSA, .digest = SG_DIGEST_SHA256};
static const struct sg_signature_algorithm pss384 = {.scheme = SG_SCHEME_RSA_PSS,
                                                     .key_type = SG_KEY_RSA_PSS,
                                                     .digest = SG_DIGEST_SHA384,
                                                     .mgf_digest = SG_DIGEST_SHA384,
                                                     .salt_len = 48};
static const struct sg_signature_algorithm ecdsa512 = {
    .scheme = SG_SCHEME_ECDSA, .key_type = SG_KEY_EC, .digest = SG_DIGEST_SHA512};
static const struct sg_signature_algorithm ed25519 = {.scheme = SG_SCHEME_EDDSA,
                                                      .key_type = SG_KEY_ED25519};
static const struct sg_signature_algorithm ed448 = {.scheme = SG_SCHEME_EDDSA,
                                                    .key_type = SG_KEY_ED448};
static const struct sg_signature_algorithm rsa_sha1 = {
    .scheme = SG_SCHEME_RSA_PKCS1, .key_type = SG_KEY_RSA, .digest = SG_DIGEST_SHA1};

static enum sg_key_answer sign(const struct signet_key *key,
                               const struct sg_signature_algorithm *algorithm,
                               struct signet_span *signature)
{
    struct sg_crypto *crypto = new_crypto();
    struct sg_buffer out;
    sg_buffer_init(&out, 10000);
    enum sg_key_answer answer = sg_key_sign(key, crypto, algorithm, text_bytes("message"), &out);
    *signature = sg_test_copy(out.ptr, out.len);
    sg_buffer_free(&out);
    sg_crypto_free(crypto);
    return answer;
}

/* By the reading side, which shares nothing with the signing one. */
static enum sg_signature_check verify(const struct signet_key *key,
                                      const struct sg_signature_algorithm *algorithm,
                                      struct signet_span signature)
{
    struct sg_crypto *crypto = new_crypto();
    struct sg_public_key *public;
    assert_int_equal(sg_public_key_new(crypto, &key->spki, sg_span(NULL, 0), 16384, &public),
                     SG_KEY_OK);
    enum sg_signature_check check =
        sg_signature_verify(crypto, algorithm, public, text_bytes("message"), signature);
    sg_public_key_free(public);
    sg_crypto_free(crypto);
    return check;
}

static void signs_what_verifies(void **state)
{
    static const struct {
        const char *key;
        const struct sg_signature_algorithm *algorithm;
    } rows[] = {{"rsa-p8", &rsa256},
                {"rsa-p8", &pss384},
                {"ec-p8", &ecdsa512},
                {"ed25519", &ed25519},
                {"ed448", &ed448}};
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct signet_key *key = read_key(rows[i].key, NULL);
        struct signet_span signature;
        assert_int_equal(sign(key, rows[i].algorithm, &signature), SG_KEY_DONE);
        assert_int_equal(verify(key, rows[i].algorithm, signature), SG_SIGNATURE_VALID);
        signet_key_unref(key);
    }
}

static void signs_nothing_that_does_not_suit(void **state)
{
    static const struct {
        const char *key;
        const struct sg_signature_algorithm *algorithm;
    } rows[] = {{"rsa-p8", &ecdsa512}, {"ec-p8", &rsa256},   {"ed25519", &ed448},
                {"ed25519", &rsa256},  {"x25519", &ed25519}, {"rsa-p8", &rsa_sha1}};
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct signet_key *key = read_key(rows[i].key, NULL);
        struct signet_span signature;
        assert_int_equal(sign(key, rows[i].algorithm, &signature), SG_KEY_CANNOT);
        assert_int_equal(signature.len, 0);
        signet_key_unref(key);
    }
}

/* BLOCK, a whole RSA block or a key for OAEP, encrypted to KEY under PADDING. */
static struct signet_span encrypt(const struct signet_key *key, const char *padding,
                                  struct signet_span block)
{
    const struct sg_software_key *own = key->state;
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_pkey(own->library->context, own->pair, NULL);
    char name[8], digest[] = "SHA2-256";
    snprintf(name, sizeof name, "%s", padding);
    const OSSL_PARAM params[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_ASYM_CIPHER_PARAM_PAD_MODE, name, 0),
        OSSL_PARAM_construct_utf8_string(OSSL_ASYM_CIPHER_PARAM_OAEP_DIGEST, digest, 0),
        OSSL_PARAM_construct_end()};
    uint8_t out[512];
    size_t len = sizeof out;
    assert_int_equal(EVP_PKEY_encrypt_init(context), 1);
    assert_int_equal(EVP_PKEY_CTX_set_params(context, params), 1);
    assert_int_equal(EVP_PKEY_encrypt(context, out, &len, block.ptr, block.len), 1);
    EVP_PKEY_CTX_free(context);
    return sg_test_copy(out, len);
}

static struct signet_span decrypt(const struct signet_key *key, bool oaep,
                                  struct signet_span encrypted, size_t plain_len)
{
    const struct sg_key_transport transport = {
        .oaep = oaep, .digest = SG_DIGEST_SHA256, .mgf_digest = SG_DIGEST_SHA256};
    struct sg_secret plain;
    assert_int_equal(sg_key_decrypt(key, &transport, encrypted, plain_len, &plain), SG_KEY_DONE);
    assert_int_equal(plain.len, plain_len);
    struct signet_span copy = sg_test_copy(plain.ptr, plain.len);
    sg_secret_free(&plain);
    return copy;
}

/* 00 02 padding 00 KEY over 256 octets, the octet at AT replaced by WITH. */
static struct signet_span padded(const char *key, size_t at, uint8_t with)
{
    uint8_t block[256];
    size_t len = strlen(key);
    memset(block, 0x77, sizeof block);
    block[0] = 0;
    block[1] = 2;
    block[sizeof block - len - 1] = 0;
    memcpy(block + sizeof block - len, key, len);
    if (at < sizeof block)
        block[at] = with;
    return sg_test_copy(block, sizeof block);
}

static void decrypts_by_both_paddings(void **state)
{
    struct signet_key *key = read_key("rsa-p8", NULL);
    (void)state;
    struct signet_span block = padded("0123456789abcdef", SIZE_MAX, 0);
    assert_span_text(decrypt(key, false, encrypt(key, "none", block), 16), "0123456789abcdef");
    struct signet_span oaep = encrypt(key, "oaep", text_bytes("0123456789abcdef"));
    assert_span_text(decrypt(key, true, oaep, 16), "0123456789abcdef");
    assert_int_equal(decrypt(key, true, oaep, 0).len, 0);
    signet_key_unref(key);
}

/* Whatever is wrong gives a key that looks random, and each time the same one. */
static void answers_alike_to_whatever_is_wrong(void **state)
{
    struct signet_key *key = read_key("rsa-p8", NULL);
    const char *secret = "0123456789abcdef";
    const struct signet_span rows[] = {
        encrypt(key, "none", padded(secret, 1, 1)), /* another block type */
        encrypt(key, "none", padded(secret, 1, 3)),
        encrypt(key, "none", padded(secret, 2, 0)),   /* padding too short */
        encrypt(key, "none", padded(secret, 100, 0)), /* a longer message */
        encrypt(key, "none", padded(secret, 239, 9)), /* no separator */
        encrypt(key, "none", padded("0123", SIZE_MAX, 0)),
        repeat(sg_span(NULL, 0), 0xff, 256), /* no number below the modulus */
        repeat(sg_span(NULL, 0), 0x11, 10),
        text_bytes("")};
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        for (int oaep = 0; oaep < 2; oaep++) {
            struct signet_span first = decrypt(key, oaep, rows[i], 16);
            assert_span_equal(decrypt(key, oaep, rows[i], 16), first);
            assert_false(sg_span_equal(first, sg_span_text(secret)));
            for (size_t j = 0; j < i; j++)
                assert_false(sg_span_equal(decrypt(key, oaep, rows[j], 16), first));
        }
    }
    assert_int_equal(decrypt(key, false, rows[0], 250).len, 250);
    signet_key_unref(key);
}

static void decrypts_with_rsa_alone(void **state)
{
    static const char *const names[] = {"ec-p8", "ed25519", "x25519"};
    const struct sg_key_transport transport = {.oaep = false};
    (void)state;
    for (size_t i = 0; i < SG_NUM(names); i++) {
        struct signet_key *key = read_key(names[i], NULL);
        struct sg_secret plain;
        assert_int_equal(sg_key_decrypt(key, &transport, text_bytes("x"), 16, &plain),
                         SG_KEY_CANNOT);
        assert_null(plain.ptr);
        signet_key_unref(key);
    }
}

static void agrees_with_a_new_key_of_its_kind(void **state)
{
    static const struct {
        const char *name;
        size_t len;
    } rows[] = {{"ec-p8", 32}, {"p384", 48}, {"p521", 66}, {"x25519", 32}, {"dh", 128}};
    struct sg_key_library *library = sg_key_library_new();
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct signet_key *key = read_key(rows[i].name, NULL), *other;
        struct sg_secret one, two;
        assert_int_equal(sg_key_generate(library, &key->spki, &other), SG_KEY_DONE);
        assert_string_equal(signet_key_type(other), signet_key_type(key));
        assert_false(sg_span_equal(signet_key_public(other), signet_key_public(key)));
        assert_int_equal(sg_key_agree(key, &other->spki, &one), SG_KEY_DONE);
        assert_int_equal(sg_key_agree(other, &key->spki, &two), SG_KEY_DONE);
        assert_int_equal(one.len, rows[i].len);
        assert_span_equal(sg_secret_span(&one), sg_secret_span(&two));
        sg_secret_free(&one);
        sg_secret_free(&two);
        signet_key_unref(key);
        signet_key_unref(other);
    }
    sg_key_library_unref(library);
}

static void agrees_with_no_other_kind(void **state)
{
    struct signet_key *ec = read_key("ec-p8", NULL), *x25519 = read_key("x25519", NULL);
    struct signet_key *rsa = read_key("rsa-p8", NULL);
    struct sg_secret shared;
    (void)state;
    assert_int_equal(sg_key_agree(ec, &x25519->spki, &shared), SG_KEY_CANNOT);
    assert_int_equal(sg_key_agree(x25519, &ec->spki, &shared), SG_KEY_CANNOT);
    assert_int_equal(sg_key_agree(rsa, &rsa->spki, &shared), SG_KEY_CANNOT);
    /* A point of small order: the secret would be all zeros (RFC 7748 6.1). */
    struct signet_parse_error error = {0, NULL, NULL};
    struct signet_span weak = repeat(hex("302a300506032b656e032100"), 0, 32);
    struct sg_der der = sg_der_begin(weak, &error);
    struct sg_spki spki;
    assert_true(sg_spki_parse(&der, &spki));
    assert_int_equal(sg_key_agree(x25519, &spki, &shared), SG_KEY_CANNOT);
    signet_key_unref(ec);
    signet_key_unref(x25519);
    signet_key_unref(rsa);
}

static void makes_new_keys(void **state)
{
    static const struct {
        const char *kind, *type;
        unsigned bits;
    } rows[] = {{"rsa2048", "RSA", 2048},  {"p256", "EC", 256},         {"p384", "EC", 384},
                {"p521", "EC", 521},       {"ed25519", "Ed25519", 256}, {"ed448", "Ed448", 448},
                {"x25519", "X25519", 256}, {"x448", "X448", 448}};
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct signet_key *one, *two;
        assert_int_equal(signet_key_generate(rows[i].kind, &one), SIGNET_OK);
        assert_int_equal(signet_key_generate(rows[i].kind, &two), SIGNET_OK);
        assert_string_equal(signet_key_type(one), rows[i].type);
        assert_int_equal(signet_key_bits(one), rows[i].bits);
        assert_false(sg_span_equal(signet_key_public(one), signet_key_public(two)));
        signet_key_unref(one);
        signet_key_unref(two);
    }
}

static void makes_no_short_keys(void **state)
{
    static const char *const kinds[] = {"rsa1024", "rsa512", "rsa", "dsa2048", "p192", "P256", ""};
    (void)state;
    for (size_t i = 0; i < SG_NUM(kinds); i++) {
        struct signet_key *key;
        assert_int_equal(signet_key_generate(kinds[i], &key), SIGNET_ERR_ARGUMENT);
        assert_null(key);
    }
}

static void makes_no_dsa_signatures(void **state)
{
    static const struct sg_signature_algorithm dsa = {
        .scheme = SG_SCHEME_DSA, .key_type = SG_KEY_DSA, .digest = SG_DIGEST_SHA256};
    struct sg_key_library *library = sg_key_library_new();
    struct signet_key *key = read_key("dsa", NULL), *other;
    struct signet_span signature;
    (void)state;
    assert_string_equal(signet_key_type(key), "DSA");
    assert_int_equal(sign(key, &dsa, &signature), SG_KEY_CANNOT);
    assert_int_equal(sg_key_generate(library, &key->spki, &other), SG_KEY_CANNOT);
    signet_key_unref(key);
    sg_key_library_unref(library);
}

static void refuses_a_public_half_that_is_none(void **state)
{
    struct signet_key *pattern = read_key("ed25519", NULL);
    bool no_memory = true;
    (void)state;
    struct sg_software_key *own = malloc(sizeof *own);
    assert_non_null(own);
    *own = (struct sg_software_key){NULL, NULL};
    assert_null(sg_key_new(pattern->methods, own, hex("30 00"), &no_memory));
    assert_false(no_memory);
    signet_key_unref(pattern);
}

SG_TEST_MAIN(SG_TEST("", signs_what_verifies), SG_TEST("", signs_nothing_that_does_not_suit),
             SG_TEST("", decrypts_by_both_paddings),
             SG_TEST("C-ENV-1", answers_alike_to_whatever_is_wrong),
             SG_TEST("", decrypts_with_rsa_alone), SG_TEST("", agrees_with_a_new_key_of_its_kind),
             SG_TEST("", agrees_with_no_other_kind), SG_TEST("C-KEY-2", makes_new_keys),
             SG_TEST("C-KEY-2", makes_no_short_keys), SG_TEST("", makes_no_dsa_signatures),
             SG_TEST("", refuses_a_public_half_that_is_none))
