/* SPDX-License-Identifier: Apache-2.0 */
#include "crypto/digest.h"
#include "crypto/hash.h"
#include "test.h"

/* Over "abc": FIPS 180-4, FIPS 202, RFC 1321 and the RIPEMD-160 paper. */
static const struct {
    enum sg_digest_type type;
    const char *octets;
} known[] = {
    {SG_DIGEST_MD2, "da853b0d3f88d99b30283a69e6ded6bb"},
    {SG_DIGEST_MD5, "900150983cd24fb0d6963f7d28e17f72"},
    {SG_DIGEST_SHA1, "a9993e364706816aba3e25717850c26c9cd0d89d"},
    {SG_DIGEST_RIPEMD160, "8eb208f7e05d987a9b044a8e98c6b087f15a0bfc"},
    {SG_DIGEST_SHA224, "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7"},
    {SG_DIGEST_SHA256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
    {SG_DIGEST_SHA384, "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed"
                       "8086072ba1e7cc2358baeca134c825a7"},
    {SG_DIGEST_SHA512, "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
                       "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"},
    {SG_DIGEST_SHA512_224, "4634270f707b6a54daae7530460842e20e37ed265ceee9a43e8924aa"},
    {SG_DIGEST_SHA512_256, "53048e2681941ef99b2e29b76b4c7dabe4c2d0c634fc6d46e0e2f13107e7af23"},
    {SG_DIGEST_SHA3_224, "e642824c3f8cf24ad09234ee7d3c766fc9a3a5168d0c94ad73b46fdf"},
    {SG_DIGEST_SHA3_256, "3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532"},
    {SG_DIGEST_SHA3_384, "ec01498288516fc926459f58e2c6ad8df9b473cb0fc08c2596da7cf0e49be4b2"
                         "98d88cea927ac7f539f1edf228376d25"},
    {SG_DIGEST_SHA3_512, "b751850b1a57168a5693cd924b6b096e08f621827444f70d884f5d0240d2712e"
                         "10e116e9192af3c91a7ec57647e3934057340b4cf408d5a56592f8274eec53f0"},
    {SG_DIGEST_SHAKE256, "483366601360a8771c6863080cc4114d8db44530f8f1e1ee4f94ea37e78b5739"
                         "d5a15bef186a5386c75744c0527e1faa9f8726e462a12a4feb06bd8801e751e4"},
};

static struct sg_crypto *new_crypto(void)
{
    struct sg_crypto *crypto;
    assert_int_equal(sg_crypto_new(&crypto), SIGNET_OK);
    return crypto;
}

static void computes_what_the_standards_say(void **state)
{
    (void)state;
    struct sg_crypto *crypto = new_crypto();
    for (size_t i = 0; i < SG_NUM(known); i++) {
        struct sg_digest_value value;
        bool supported = sg_digest_supported(crypto, known[i].type);
        bool ok = sg_digest_compute(crypto, known[i].type, text_bytes("abc"), &value);
        assert_int_equal(ok, supported);
        if (!supported)
            continue;
        assert_int_equal(value.type, known[i].type);
        assert_int_equal(value.len, sg_digest_len(known[i].type));
        assert_span_equal(sg_span(value.octets, value.len), hex(known[i].octets));
    }
    sg_crypto_free(crypto);
}

static void only_md2_may_be_left_out(void **state)
{
    (void)state;
    struct sg_crypto *crypto = new_crypto();
    struct sg_digest_value value;
    assert_false(sg_digest_supported(crypto, SG_DIGEST_NONE));
    assert_false(sg_digest_compute(crypto, SG_DIGEST_NONE, text_bytes("abc"), &value));
    assert_null(sg_digest_new(crypto, SG_DIGEST_NONE));
    for (unsigned i = SG_DIGEST_MD5; i < SG_NUM_DIGESTS; i++)
        assert_true(sg_digest_supported(crypto, (enum sg_digest_type)i));
#ifdef SIGNET_MD2
    assert_true(sg_digest_supported(crypto, SG_DIGEST_MD2));
#else
    assert_false(sg_digest_supported(crypto, SG_DIGEST_MD2));
    assert_null(sg_digest_new(crypto, SG_DIGEST_MD2));
#endif
    sg_crypto_free(crypto);
}

/* However a message is cut, its digest is the same. */
static void takes_a_message_in_pieces(void **state)
{
    (void)state;
    static const size_t steps[] = {1, 7, 16, 63, 64, 65, 1000};
    struct sg_crypto *crypto = new_crypto();
    struct signet_span message = repeat(sg_span(NULL, 0), 'x', 1000);
    for (size_t i = 0; i < SG_NUM(known); i++) {
        struct sg_digest_value whole, pieces;
        if (!sg_digest_compute(crypto, known[i].type, message, &whole))
            continue;
        for (size_t j = 0; j < SG_NUM(steps); j++) {
            struct sg_digest *digest = sg_digest_new(crypto, known[i].type);
            assert_non_null(digest);
            for (size_t at = 0; at < message.len; at += steps[j]) {
                sg_digest_update(digest, sg_span_first(sg_span_from(message, at), steps[j]));
                sg_digest_update(digest, sg_span(NULL, 0));
            }
            assert_true(sg_digest_finish(digest, &pieces));
            assert_memory_equal(pieces.octets, whole.octets, whole.len);
        }
    }
    sg_crypto_free(crypto);
}

/* The two ways to compute a digest agree. */
static void the_provider_says_the_same(void **state)
{
    (void)state;
    static const struct sg_hash *const direct[SG_NUM_DIGESTS] = {
        [SG_DIGEST_NONE] = NULL,
#ifndef OPENSSL_NO_DEPRECATED_3_0
        [SG_DIGEST_MD5] = &sg_hash_md5,
        [SG_DIGEST_SHA1] = &sg_hash_sha1,
        [SG_DIGEST_RIPEMD160] = &sg_hash_ripemd160,
        [SG_DIGEST_SHA224] = &sg_hash_sha224,
        [SG_DIGEST_SHA256] = &sg_hash_sha256,
        [SG_DIGEST_SHA384] = &sg_hash_sha384,
        [SG_DIGEST_SHA512] = &sg_hash_sha512,
#endif
    };
    struct sg_crypto *crypto = new_crypto();
    struct signet_span message = repeat(sg_span(NULL, 0), 0xa5, 777);
    for (unsigned i = 0; i < SG_NUM_DIGESTS; i++) {
        enum sg_digest_type type = (enum sg_digest_type)i;
        union sg_hash_state one, other;
        uint8_t ours[SG_DIGEST_MAX_LEN], theirs[SG_DIGEST_MAX_LEN];
        if (direct[i] == NULL)
            continue;
        assert_true(direct[i]->begin(&one, crypto, type));
        assert_true(direct[i]->update(&one, message));
        assert_true(direct[i]->finish(&one, ours, sg_digest_len(type)));
        assert_true(sg_hash_evp.begin(&other, crypto, type));
        assert_true(sg_hash_evp.update(&other, message));
        assert_true(sg_hash_evp.finish(&other, theirs, sg_digest_len(type)));
        sg_hash_evp.abandon(&other);
        assert_memory_equal(ours, theirs, sg_digest_len(type));
    }
    sg_crypto_free(crypto);
}

static void goes_from_oid_to_type_and_back(void **state)
{
    (void)state;
    for (unsigned i = SG_DIGEST_NONE + 1; i < SG_NUM_DIGESTS; i++) {
        enum sg_digest_type type = (enum sg_digest_type)i;
        assert_int_equal(sg_digest_find(sg_digest_oid(type)), type);
        assert_true(sg_digest_len(type) >= 16 && sg_digest_len(type) <= SG_DIGEST_MAX_LEN);
        assert_string_not_equal(sg_digest_name(type), "unknown");
    }
    assert_int_equal(sg_digest_find(SG_OID_UNKNOWN), SG_DIGEST_NONE);
    assert_int_equal(sg_digest_find(SG_OID_SHA256_WITH_RSA), SG_DIGEST_NONE);
    assert_int_equal(sg_digest_oid(SG_DIGEST_NONE), SG_OID_UNKNOWN);
    assert_string_equal(sg_digest_name(SG_DIGEST_SHA256), "SHA-256");
}

static void tells_which_are_weak(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SG_NUM_DIGESTS; i++) {
        bool weak = i == SG_DIGEST_MD2 || i == SG_DIGEST_MD5 || i == SG_DIGEST_SHA1;
        assert_int_equal(sg_digest_is_weak((enum sg_digest_type)i), weak);
    }
}

static void gives_up_without_a_result(void **state)
{
    (void)state;
    struct sg_crypto *crypto = new_crypto();
    sg_digest_free(NULL);
    for (size_t i = 0; i < SG_NUM(known); i++) {
        struct sg_digest *digest = sg_digest_new(crypto, known[i].type);
        if (digest != NULL)
            sg_digest_update(digest, text_bytes("abc"));
        sg_digest_free(digest);
    }
    sg_crypto_free(crypto);
}

static void fingerprints_need_no_context(void **state)
{
    (void)state;
    uint8_t sha1[20], sha256[32];
    assert_true(sg_sha1(text_bytes("abc"), sha1));
    assert_span_equal(sg_span(sha1, sizeof sha1), hex("a9993e364706816aba3e25717850c26c9cd0d89d"));
    assert_true(sg_sha256(sg_span(NULL, 0), sha256));
    assert_span_equal(sg_span(sha256, sizeof sha256),
                      hex("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
}

SG_TEST_MAIN(SG_TEST("A-4.3-4 B-ALG-9 C-SI-7 D-ALG-4", computes_what_the_standards_say),
             SG_TEST("A-4.3-4 A-5-7 E-1", only_md2_may_be_left_out),
             SG_TEST("", takes_a_message_in_pieces), SG_TEST("", the_provider_says_the_same),
             SG_TEST("", goes_from_oid_to_type_and_back),
             SG_TEST("B-ALG-10 E-1", tells_which_are_weak), SG_TEST("", gives_up_without_a_result),
             SG_TEST("", fingerprints_need_no_context))
