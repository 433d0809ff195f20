/* SPDX-License-Identifier: Apache-2.0 */
#include "crypto/rsa_padding.h"
#include "test.h"

static void pads_with_what_is_not_zero(void **state)
{
    struct sg_key_library *library = sg_key_library_new();
    struct sg_crypto *crypto;
    uint8_t block[SG_RSA_MAX_OCTETS], again[SG_RSA_MAX_OCTETS];
    struct signet_span message = text_bytes("sixteen octets .");
    (void)state;
    assert_int_equal(sg_crypto_new(&crypto), SIGNET_OK);
    for (size_t len = message.len + 11; len <= SG_RSA_MAX_OCTETS; len += 113) {
        assert_int_equal(sg_rsa_pad_pkcs1(library, crypto, message, len, block), SG_KEY_DONE);
        assert_int_equal(sg_rsa_pad_pkcs1(library, crypto, message, len, again), SG_KEY_DONE);
        assert_int_equal(block[0], 0);
        assert_int_equal(block[1], 2);
        for (size_t i = 2; i < len - message.len - 1; i++)
            assert_int_not_equal(block[i], 0);
        assert_int_equal(block[len - message.len - 1], 0);
        assert_span_equal(sg_span(block + len - message.len, message.len), message);
        assert_memory_not_equal(block, again, len);
    }
    sg_crypto_free(crypto);
    sg_key_library_unref(library);
}

/* EME-OAEP decoding, RFC 8017 7.1.2 step 3. */
static void pads_as_oaep_is_read(void **state)
{
    static const struct sg_key_transport transport = {
        true, SG_DIGEST_SHA256, SG_DIGEST_SHA1, {NULL, 0}};
    enum { LEN = 128, HASH_LEN = 32 };
    struct sg_key_library *library = sg_key_library_new();
    struct sg_crypto *crypto;
    struct sg_digest_value label;
    struct signet_span message = text_bytes("sixteen octets .");
    uint8_t block[SG_RSA_MAX_OCTETS], *seed = block + 1, *data = seed + HASH_LEN;
    size_t data_len = LEN - HASH_LEN - 1;
    (void)state;
    assert_int_equal(sg_crypto_new(&crypto), SIGNET_OK);
    assert_int_equal(sg_rsa_pad_oaep(library, crypto, &transport, message, LEN, block),
                     SG_KEY_DONE);
    assert_int_equal(block[0], 0);
    assert_true(sg_rsa_mask(crypto, SG_DIGEST_SHA1, sg_span(data, data_len), seed, HASH_LEN));
    assert_true(sg_rsa_mask(crypto, SG_DIGEST_SHA1, sg_span(seed, HASH_LEN), data, data_len));
    assert_true(sg_digest_compute(crypto, SG_DIGEST_SHA256, text_bytes(""), &label));
    assert_memory_equal(data, label.octets, HASH_LEN);
    size_t at = HASH_LEN;
    while (at < data_len && data[at] == 0)
        at++;
    assert_int_equal(data[at], 1);
    assert_span_equal(sg_span(data + at + 1, data_len - at - 1), message);
    sg_crypto_free(crypto);
    sg_key_library_unref(library);
}

static void refuses_what_has_no_room(void **state)
{
    static const struct sg_key_transport sha512 = {
        true, SG_DIGEST_SHA512, SG_DIGEST_SHA512, {NULL, 0}};
    struct sg_key_library *library = sg_key_library_new();
    struct sg_crypto *crypto;
    uint8_t block[SG_RSA_MAX_OCTETS];
    (void)state;
    assert_int_equal(sg_crypto_new(&crypto), SIGNET_OK);
    assert_int_equal(sg_rsa_pad_pkcs1(library, crypto, repeat(text_bytes(""), 'k', 54), 64, block),
                     SG_KEY_CANNOT);
    assert_int_equal(sg_rsa_pad_pkcs1(library, crypto, text_bytes(""), 10, block), SG_KEY_CANNOT);
    assert_int_equal(sg_rsa_pad_oaep(library, crypto, &sha512, text_bytes(""), 129, block),
                     SG_KEY_CANNOT);
    assert_int_equal(sg_rsa_pad_oaep(library, crypto, &sha512, text_bytes("k"), 130, block),
                     SG_KEY_CANNOT);
    assert_int_equal(sg_rsa_pad_oaep(library, crypto, &sha512, text_bytes(""), 130, block),
                     SG_KEY_DONE);
    sg_crypto_free(crypto);
    sg_key_library_unref(library);
}

SG_TEST_MAIN(SG_TEST("C-ENV-1", pads_with_what_is_not_zero),
             SG_TEST("C-ENV-1", pads_as_oaep_is_read), SG_TEST("", refuses_what_has_no_room))
