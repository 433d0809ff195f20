/* SPDX-License-Identifier: Apache-2.0 */
#include "crypto/key_transport.h"
#include "key_sample.h"

static struct sg_crypto *new_crypto(void)
{
    struct sg_crypto *crypto;
    assert_int_equal(sg_crypto_new(&crypto), SIGNET_OK);
    return crypto;
}

static bool read(const char *text, struct sg_key_transport *transport)
{
    struct signet_parse_error error = {0};
    struct sg_der der = sg_der_begin(hex(text), &error);
    struct sg_algorithm algorithm;
    assert_true(sg_algorithm_parse(&der, &algorithm, "algorithm") && sg_der_end(&der));
    return sg_key_transport_read(&algorithm, transport);
}

static const struct sg_key_transport forms[] = {
    {false, SG_DIGEST_SHA1, SG_DIGEST_SHA1, {NULL, 0}},
    {true, SG_DIGEST_SHA1, SG_DIGEST_SHA1, {NULL, 0}},
    {true, SG_DIGEST_SHA256, SG_DIGEST_SHA256, {NULL, 0}},
    {true, SG_DIGEST_SHA512, SG_DIGEST_SHA256, {NULL, 0}},
};

static void decrypts_what_was_encrypted(void **state)
{
    struct sg_key_library *library = sg_key_library_new();
    struct sg_crypto *crypto = new_crypto();
    struct signet_key *key = read_key("rsa-p8", NULL);
    struct signet_span secret = text_bytes("sixteen octets .");
    (void)state;
    for (size_t i = 0; i < SG_NUM(forms); i++) {
        struct sg_buffer out;
        struct sg_secret plain;
        sg_buffer_init(&out, 4096);
        assert_int_equal(
            sg_key_transport_encrypt(library, crypto, &key->spki, &forms[i], secret, &out),
            SG_KEY_DONE);
        assert_int_equal(sg_key_decrypt(key, &forms[i], sg_buffer_span(&out), secret.len, &plain),
                         SG_KEY_DONE);
        assert_span_equal(sg_secret_span(&plain), secret);
        sg_secret_free(&plain);
        out.ptr[0] ^= 1;
        assert_int_equal(sg_key_decrypt(key, &forms[i], sg_buffer_span(&out), secret.len, &plain),
                         SG_KEY_DONE);
        assert_false(sg_span_equal(sg_secret_span(&plain), secret));
        sg_secret_free(&plain);
        sg_buffer_free(&out);
    }
    signet_key_unref(key);
    sg_crypto_free(crypto);
    sg_key_library_unref(library);
}

static void writes_what_it_reads(void **state)
{
    (void)state;
    for (size_t i = 0; i < SG_NUM(forms); i++) {
        struct signet_parse_error error = {0};
        struct sg_algorithm algorithm;
        struct sg_key_transport again;
        struct sg_buffer der;
        sg_buffer_init(&der, 256);
        sg_key_transport_put(&der, &forms[i]);
        struct sg_der cursor = sg_der_begin(sg_buffer_span(&der), &error);
        assert_true(sg_algorithm_parse(&cursor, &algorithm, "algorithm") && sg_der_end(&cursor));
        assert_true(sg_key_transport_read(&algorithm, &again));
        assert_int_equal(again.oaep, forms[i].oaep);
        assert_int_equal(again.digest, forms[i].digest);
        assert_int_equal(again.mgf_digest, forms[i].mgf_digest);
        sg_buffer_free(&der);
    }
}

#define OAEP   "06 09 2a 86 48 86 f7 0d 01 01 07 "
#define SOURCE "06 09 2a 86 48 86 f7 0d 01 01 09 "

static void reads_parameters(void **state)
{
    struct sg_key_transport transport;
    static const char *const bad[] = {
        "30 0d " OAEP "05 00",
        "30 0b 06 09 2a 86 48 86 f7 0d 01 01 0a",
        "30 12 " OAEP "30 05 a2 03 02 01 00",
        "30 1a " OAEP "30 0d a2 0b 30 09 06 07 2a 86 48 ce 3d 02 01",
        "30 1a " OAEP "30 0d a0 0b 30 09 06 07 2a 86 48 ce 3d 02 01",
    };
    (void)state;
    assert_true(read("30 0b " OAEP, &transport));
    assert_int_equal(transport.digest, SG_DIGEST_SHA1);
    assert_true(read("30 0d " OAEP "30 00", &transport));
    assert_true(transport.oaep);
    assert_true(read("30 22 " OAEP "30 15 a2 13 30 11 " SOURCE "04 04 01 02 03 04", &transport));
    assert_span_equal(transport.label, hex("01020304"));
    for (size_t i = 0; i < SG_NUM(bad); i++) {
        if (read(bad[i], &transport))
            fail_msg("row %zu", i);
    }
}

static void refuses_keys_that_take_none(void **state)
{
    struct sg_key_library *library = sg_key_library_new();
    struct sg_crypto *crypto = new_crypto();
    struct signet_key *curve = read_key("ec-p8", NULL), *key = read_key("rsa-p8", NULL);
    struct sg_buffer out;
    (void)state;
    sg_buffer_init(&out, 4096);
    assert_int_equal(
        sg_key_transport_encrypt(library, crypto, &curve->spki, &forms[0], text_bytes("key"), &out),
        SG_KEY_CANNOT);
    assert_int_equal(sg_key_transport_encrypt(library, crypto, &key->spki, &forms[0],
                                              repeat(sg_span(NULL, 0), 7, 250), &out),
                     SG_KEY_CANNOT);
    assert_int_equal(out.len, 0);
    sg_buffer_free(&out);
    signet_key_unref(curve);
    signet_key_unref(key);
    sg_crypto_free(crypto);
    sg_key_library_unref(library);
}

SG_TEST_MAIN(SG_TEST("C-ENV-1 C-ENV-3", decrypts_what_was_encrypted),
             SG_TEST("C-ENV-3", writes_what_it_reads), SG_TEST("C-ENV-3", reads_parameters),
             SG_TEST("C-ENV-5", refuses_keys_that_take_none))
