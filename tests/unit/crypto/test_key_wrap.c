/* SPDX-License-Identifier: Apache-2.0 */
#include "crypto/key_wrap.h"
#include "test.h"

/* RFC 3394 4.1 and 4.6; RFC 3217 3.4, whose vector is the sender's choice. */
static const struct {
    enum sg_oid wrap;
    const char *kek, *key, *wrapped;
} vectors[] = {
    {SG_OID_AES128_WRAP, "000102030405060708090a0b0c0d0e0f", "00112233445566778899aabbccddeeff",
     "1fa68b0a8112b447aef34bd8fb5a7b829d3e862371d2cfe5"},
    {SG_OID_AES256_WRAP, "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
     "00112233445566778899aabbccddeeff000102030405060708090a0b0c0d0e0f",
     "28c9f404c4b810f4cbccb35cfb87f8263f5786e2d80ed326cbc7f0e71a99f43bfb988b9b7a02dd21"},
    {SG_OID_ALG_3DES_WRAP, "255e0d1c07b646dfb3134cc843ba8aa71f025b7c0838251f",
     "2923bf85e06dd6ae529149f1f1bae9eab3a7da3d860d3e98",
     "690107618ef092b3b48ca1796b234ae9fa33ebb4159604037db5d6a84eb3aac2768c632775a467d4"},
};

static struct signet_span unwrap(enum sg_oid wrap, struct signet_span kek,
                                 struct signet_span wrapped, size_t len)
{
    struct sg_key_library *library = sg_key_library_new();
    struct sg_secret key;
    assert_int_equal(sg_key_unwrap(library, wrap, kek, wrapped, len, &key), SG_KEY_DONE);
    assert_int_equal(key.len, len);
    struct signet_span copy = sg_test_copy(key.ptr, key.len);
    sg_secret_free(&key);
    sg_key_library_unref(library);
    return copy;
}

static void unwraps_as_published(void **state)
{
    (void)state;
    for (size_t i = 0; i < SG_NUM(vectors); i++) {
        struct signet_span key = hex(vectors[i].key);
        assert_span_equal(
            unwrap(vectors[i].wrap, hex(vectors[i].kek), hex(vectors[i].wrapped), key.len), key);
    }
}

static void wraps_as_published(void **state)
{
    struct sg_key_library *library = sg_key_library_new();
    (void)state;
    for (size_t i = 0; i < SG_NUM(vectors); i++) {
        struct signet_span key = hex(vectors[i].key), kek = hex(vectors[i].kek);
        struct sg_buffer out;
        assert_int_equal(sg_key_wrap_len(vectors[i].wrap), kek.len);
        sg_buffer_init(&out, 256);
        assert_int_equal(sg_key_wrap(library, vectors[i].wrap, kek, key, &out), SG_KEY_DONE);
        if (vectors[i].wrap != SG_OID_ALG_3DES_WRAP)
            assert_span_equal(sg_buffer_span(&out), hex(vectors[i].wrapped));
        assert_span_equal(unwrap(vectors[i].wrap, kek, sg_buffer_span(&out), key.len), key);
        sg_buffer_free(&out);
    }
    sg_key_library_unref(library);
}

/* What does not check gives a key as well: another one each time, of the length that is needed. */
static void never_says_that_a_key_is_wrong(void **state)
{
    (void)state;
    for (size_t i = 0; i < SG_NUM(vectors); i++) {
        struct signet_span key = hex(vectors[i].key), kek = hex(vectors[i].kek);
        struct signet_span wrapped = hex(vectors[i].wrapped);
        for (size_t at = 0; at < wrapped.len; at++) {
            struct signet_span bad = sg_test_copy(wrapped.ptr, wrapped.len);
            ((uint8_t *)(uintptr_t)bad.ptr)[at] ^= 1;
            struct signet_span one = unwrap(vectors[i].wrap, kek, bad, key.len);
            assert_false(sg_span_equal(one, key));
            assert_false(sg_span_equal(one, unwrap(vectors[i].wrap, kek, bad, key.len)));
        }
        (void)unwrap(vectors[i].wrap, kek, sg_span(NULL, 0), key.len);
        (void)unwrap(vectors[i].wrap, kek, repeat(wrapped, 0, 1000), key.len);
        assert_false(
            sg_span_equal(unwrap(vectors[i].wrap, kek, wrapped, 8), sg_span_first(key, 8)));
    }
}

static void refuses_what_it_does_not_know(void **state)
{
    struct sg_key_library *library = sg_key_library_new();
    struct signet_span kek = hex(vectors[0].kek);
    struct sg_secret key;
    struct sg_buffer out;
    (void)state;
    sg_buffer_init(&out, 256);
    assert_int_equal(sg_key_wrap_len(SG_OID_ALG_RC2_WRAP), 0);
    assert_int_equal(sg_key_unwrap(library, SG_OID_ALG_RC2_WRAP, kek, kek, 16, &key),
                     SG_KEY_CANNOT);
    assert_int_equal(sg_key_unwrap(library, SG_OID_AES256_WRAP, kek, kek, 16, &key), SG_KEY_CANNOT);
    assert_int_equal(sg_key_wrap(library, SG_OID_AES256_WRAP, kek, kek, &out), SG_KEY_CANNOT);
    assert_int_equal(sg_key_wrap(library, SG_OID_AES128_WRAP, kek, repeat(kek, 0, 200), &out),
                     SG_KEY_CANNOT);
    assert_int_equal(out.len, 0);
    sg_key_library_unref(library);
}

SG_TEST_MAIN(SG_TEST("C-ENV-3", unwraps_as_published), SG_TEST("C-ENV-3", wraps_as_published),
             SG_TEST("C-ENV-1", never_says_that_a_key_is_wrong),
             SG_TEST("C-ENV-4", refuses_what_it_does_not_know))
