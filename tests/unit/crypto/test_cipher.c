/* SPDX-License-Identifier: Apache-2.0 */
#include "crypto/cipher.h"
#include "segments.h"
#include "test.h"

static bool keep(void *context, struct signet_span bytes)
{
    sg_buffer_add(context, bytes);
    return true;
}

static bool refuse(void *context, struct signet_span bytes)
{
    (void)context;
    (void)bytes;
    return false;
}

static struct sg_cipher cipher_of(enum sg_oid oid, struct signet_span iv)
{
    struct sg_cipher cipher = {.kind = sg_cipher_kind_find(oid)};
    assert_non_null(cipher.kind);
    cipher.tag_len = cipher.kind->authenticated ? 16 : 0;
    assert_int_equal(iv.len, cipher.kind->iv_len);
    memcpy(cipher.iv, iv.ptr, iv.len);
    return cipher;
}

/* In pieces of STEP octets. */
static struct signet_span encrypt(const struct sg_cipher *cipher, struct signet_span key,
                                  struct signet_span authenticated, struct signet_span plain,
                                  size_t step, uint8_t tag[16])
{
    struct sg_key_library *library = sg_key_library_new();
    struct sg_encryption *encryption;
    struct sg_buffer out;
    sg_buffer_init(&out, 1 << 20);
    struct signet_sink sink = {keep, &out};
    assert_int_equal(sg_encryption_new(library, cipher, key, authenticated, &encryption),
                     SG_KEY_DONE);
    for (size_t at = 0; at < plain.len; at += step) {
        struct signet_span rest = sg_span_from(plain, at);
        assert_int_equal(sg_encryption_add(encryption,
                                           sg_span_first(rest, rest.len < step ? rest.len : step),
                                           &sink),
                         SIGNET_OK);
    }
    assert_int_equal(sg_encryption_finish(encryption, &sink, tag), SIGNET_OK);
    struct signet_span copy = sg_test_copy(out.ptr, out.len);
    sg_encryption_free(encryption);
    sg_buffer_free(&out);
    sg_key_library_unref(library);
    return copy;
}

static bool decrypt(const struct sg_cipher *cipher, struct signet_span key,
                    struct signet_span authenticated, struct signet_span encrypted,
                    struct signet_span tag, struct signet_span *plain)
{
    struct sg_key_library *library = sg_key_library_new();
    struct sg_secret secret;
    bool intact;
    size_t middle = encrypted.len / 2;
    const struct signet_span pieces[] = {sg_span_first(encrypted, middle),
                                         sg_span_from(encrypted, middle)};
    const struct sg_octets cut = segments(pieces, 2);
    assert_int_equal(
        sg_cipher_decrypt(library, cipher, key, authenticated, &cut, tag, &secret, &intact),
        SG_KEY_DONE);
    assert_true(intact || secret.ptr == NULL);
    *plain = intact ? sg_test_copy(secret.ptr, secret.len) : sg_span(NULL, 0);
    sg_secret_free(&secret);
    sg_key_library_unref(library);
    return intact;
}

/* AES: the GCM submission's test cases 2 and 14, SP 800-38A F.2.1 and F.2.5; RFC 8439 2.8.2. */
static const struct vector {
    enum sg_oid oid;
    const char *key, *iv, *authenticated, *plain, *encrypted, *tag;
} vectors[] = {
    {SG_OID_AES128_GCM, "00000000000000000000000000000000", "000000000000000000000000", "",
     "00000000000000000000000000000000", "0388dace60b6a392f328c2b971b2fe78",
     "ab6e47d42cec13bdf53a67b21257bddf"},
    {SG_OID_AES256_GCM, "0000000000000000000000000000000000000000000000000000000000000000",
     "000000000000000000000000", "", "00000000000000000000000000000000",
     "cea7403d4d606b6e074ec5d3baf39d18", "d0d1c8a799996bf0265b98b5d48ab919"},
    {SG_OID_CHACHA20_POLY1305, "808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f",
     "070000004041424344454647", "50515253c0c1c2c3c4c5c6c7",
     "4c616469657320616e642047656e746c656d656e206f662074686520636c617373206f66202739393a20496620492"
     "0"
     "636f756c64206f6666657220796f75206f6e6c79206f6e652074697020666f7220746865206675747572652c20737"
     "5"
     "6e73637265656e20776f756c642062652069742e",
     "d31a8d34648e60db7b86afbc53ef7ec2", "1ae10b594f09e26a7e902ecbd0600691"},
    {SG_OID_AES128_CBC, "2b7e151628aed2a6abf7158809cf4f3c", "000102030405060708090a0b0c0d0e0f", "",
     "6bc1bee22e409f96e93d7e117393172a", "7649abac8119b246cee98e9b12e9197d", ""},
    {SG_OID_AES256_CBC, "603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4",
     "000102030405060708090a0b0c0d0e0f", "", "6bc1bee22e409f96e93d7e117393172a",
     "f58c4c04d6e5f1ba779eabfb5f7bfbd6", ""},
};

static void encrypts_as_published(void **state)
{
    (void)state;
    for (size_t i = 0; i < SG_NUM(vectors); i++) {
        struct sg_cipher cipher = cipher_of(vectors[i].oid, hex(vectors[i].iv));
        struct signet_span plain = hex(vectors[i].plain), again;
        uint8_t tag[16];
        struct signet_span out =
            encrypt(&cipher, hex(vectors[i].key), hex(vectors[i].authenticated), plain, 7, tag);
        assert_int_equal(out.len, sg_cipher_len(cipher.kind, plain.len));
        assert_span_equal(sg_span_first(out, 16), hex(vectors[i].encrypted));
        assert_span_equal(sg_span(tag, cipher.tag_len), hex(vectors[i].tag));
        assert_true(decrypt(&cipher, hex(vectors[i].key), hex(vectors[i].authenticated), out,
                            sg_span(tag, cipher.tag_len), &again));
        assert_span_equal(again, plain);
    }
}

static void gives_nothing_of_what_was_changed(void **state)
{
    (void)state;
    for (size_t i = 0; i < 3; i++) {
        struct sg_cipher cipher = cipher_of(vectors[i].oid, hex(vectors[i].iv));
        struct signet_span key = hex(vectors[i].key), more = hex(vectors[i].authenticated), plain;
        uint8_t tag[16];
        struct signet_span out = encrypt(&cipher, key, more, hex(vectors[i].plain), 64, tag);
        for (size_t at = 0; at < out.len; at++) {
            struct signet_span bad = sg_test_copy(out.ptr, out.len);
            ((uint8_t *)(uintptr_t)bad.ptr)[at] ^= 0x10;
            assert_false(decrypt(&cipher, key, more, bad, sg_span(tag, 16), &plain));
        }
        for (size_t at = 0; at < 16; at++) {
            tag[at] ^= 1;
            assert_false(decrypt(&cipher, key, more, out, sg_span(tag, 16), &plain));
            tag[at] ^= 1;
        }
        assert_false(decrypt(&cipher, key, more, out, sg_span(tag, 15), &plain));
        assert_false(decrypt(&cipher, key, text_bytes("more"), out, sg_span(tag, 16), &plain));
    }
}

/* Blocks with a last octet of each value: right only from 1 to the block's length. */
static void takes_right_padding_alone(void **state)
{
    struct sg_cipher cipher = cipher_of(SG_OID_AES128_CBC, hex("000102030405060708090a0b0c0d0e0f"));
    struct signet_span key = hex("2b7e151628aed2a6abf7158809cf4f3c"), plain;
    uint8_t tag[16], block[16];
    (void)state;
    for (unsigned last = 0; last < 256; last++) {
        memset(block, (int)last, sizeof block);
        struct signet_span out =
            encrypt(&cipher, key, sg_span(NULL, 0), sg_span(block, 16), 16, tag);
        bool right = last >= 1 && last <= 16;
        assert_int_equal(decrypt(&cipher, key, sg_span(NULL, 0), sg_span_first(out, 16),
                                 sg_span(NULL, 0), &plain),
                         right);
        assert_int_equal(plain.len, right ? 16 - last : 0);
    }
    for (unsigned wrong = 1; wrong < 8; wrong++) { /* 8 octets of 8, one of them another */
        memset(block, 8, sizeof block);
        block[15 - wrong] = 7;
        struct signet_span out =
            encrypt(&cipher, key, sg_span(NULL, 0), sg_span(block, 16), 16, tag);
        assert_false(decrypt(&cipher, key, sg_span(NULL, 0), sg_span_first(out, 16),
                             sg_span(NULL, 0), &plain));
    }
    assert_false(
        decrypt(&cipher, key, sg_span(NULL, 0), sg_span(NULL, 0), sg_span(NULL, 0), &plain));
    assert_false(
        decrypt(&cipher, key, sg_span(NULL, 0), text_bytes("no block"), sg_span(NULL, 0), &plain));
}

static bool read(const char *text, struct sg_cipher *cipher)
{
    struct signet_parse_error error = {0};
    struct sg_der der = sg_der_begin(hex(text), &error);
    struct sg_algorithm algorithm;
    assert_true(sg_algorithm_parse(&der, &algorithm, "algorithm"));
    return sg_cipher_read(&algorithm, cipher);
}

#define GCM  "06 09 60 86 48 01 65 03 04 01 2e "
#define CBC  "06 09 60 86 48 01 65 03 04 01 2a "
#define RC2  "06 08 2a 86 48 86 f7 0d 03 02 "
#define N12  "04 0c 01 02 03 04 05 06 07 08 09 0a 0b 0c "
#define IV8  "04 08 01 02 03 04 05 06 07 08"
#define IV16 "04 10 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f 10"

static void reads_parameters(void **state)
{
    static const struct {
        const char *der, *name;
        size_t tag_len;
    } rows[] = {
        {"30 1b " GCM "30 0e " N12, "AES-256-GCM", 12},
        {"30 1e " GCM "30 11 " N12 "02 01 10", "AES-256-GCM", 16},
        {"30 1d " CBC IV16, "AES-256-CBC", 0},
        {"30 1a " RC2 "30 0e 02 02 00 a0 " IV8, "RC2 with 40 bits", 0},
        {"30 19 " RC2 "30 0d 02 01 78 " IV8, "RC2 with 64 bits", 0},
        {"30 19 " RC2 "30 0d 02 01 3a " IV8, "RC2 with 128 bits", 0},
    };
    static const char *const bad[] = {
        "30 0b " GCM,
        "30 0d " GCM "05 00",
        "30 1e " GCM "30 11 " N12 "02 01 0b",
        "30 1e " GCM "30 11 " N12 "02 01 11",
        "30 1d " GCM IV16,
        "30 15 " CBC IV8,
        "30 19 " RC2 "30 0d 02 01 50 " IV8,
        "30 14 " RC2 IV8,
        "30 0b 06 09 2a 86 48 86 f7 0d 01 01 01",
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct sg_cipher cipher;
        assert_true(read(rows[i].der, &cipher));
        assert_string_equal(cipher.kind->name, rows[i].name);
        assert_int_equal(cipher.tag_len, rows[i].tag_len);
        assert_int_equal(cipher.iv[0], 1);
    }
    for (size_t i = 0; i < SG_NUM(bad); i++) {
        struct sg_cipher cipher;
        if (read(bad[i], &cipher))
            fail_msg("row %zu", i);
    }
}

static void writes_what_it_reads(void **state)
{
    static const enum sg_oid kinds[] = {SG_OID_AES256_GCM,        SG_OID_AES192_GCM,
                                        SG_OID_CHACHA20_POLY1305, SG_OID_AES256_CBC,
                                        SG_OID_AES128_CBC,        SG_OID_DES_EDE3_CBC};
    struct sg_key_library *library = sg_key_library_new();
    (void)state;
    for (size_t i = 0; i < SG_NUM(kinds); i++) {
        struct sg_cipher cipher, other, again;
        struct sg_algorithm algorithm;
        struct signet_parse_error error = {0};
        struct sg_buffer der;
        assert_true(sg_cipher_choose(library, sg_cipher_kind_find(kinds[i]), &cipher));
        assert_true(sg_cipher_choose(library, cipher.kind, &other));
        assert_memory_not_equal(cipher.iv, other.iv, cipher.kind->iv_len);
        sg_buffer_init(&der, 256);
        sg_cipher_put(&der, &cipher);
        struct sg_der cursor = sg_der_begin(sg_buffer_span(&der), &error);
        assert_true(sg_algorithm_parse(&cursor, &algorithm, "algorithm") && sg_der_end(&cursor));
        assert_true(sg_cipher_read(&algorithm, &again));
        assert_memory_equal(&again, &cipher, sizeof cipher);
        sg_buffer_free(&der);
    }
    sg_key_library_unref(library);
}

/* C-ENV-7: RC2 and DES are for reading. */
static void has_no_old_cipher_for_writing(void **state)
{
    (void)state;
    assert_null(sg_cipher_kind_find(SG_OID_RC2_CBC));
    assert_null(sg_cipher_kind_find(SG_OID_DES_CBC));
    assert_null(sg_cipher_kind_find(SG_OID_UNKNOWN));
    assert_true(sg_cipher_kind_find(SG_OID_DES_EDE3_CBC)->weak);
}

static void tells_a_sink_that_refuses(void **state)
{
    struct sg_cipher cipher = cipher_of(SG_OID_AES128_CBC, hex("000102030405060708090a0b0c0d0e0f"));
    struct sg_key_library *library = sg_key_library_new();
    struct sg_encryption *encryption;
    struct signet_sink sink = {refuse, NULL};
    uint8_t tag[16];
    (void)state;
    assert_int_equal(sg_encryption_new(library, &cipher, hex("2b7e151628aed2a6abf7158809cf4f3c"),
                                       sg_span(NULL, 0), &encryption),
                     SG_KEY_DONE);
    assert_int_equal(sg_encryption_add(encryption, text_bytes("a block and more of it"), &sink),
                     SIGNET_ERR_IO);
    assert_int_equal(sg_encryption_finish(encryption, &sink, tag), SIGNET_ERR_IO);
    sg_encryption_free(encryption);
    sg_key_library_unref(library);
}

SG_TEST_MAIN(SG_TEST("D-ALG-5 C-ENV-7", encrypts_as_published),
             SG_TEST("D-ALG-5", gives_nothing_of_what_was_changed),
             SG_TEST("C-ENV-1", takes_right_padding_alone), SG_TEST("C-ENV-7", reads_parameters),
             SG_TEST("D-ALG-5", writes_what_it_reads),
             SG_TEST("C-ENV-7", has_no_old_cipher_for_writing),
             SG_TEST("", tells_a_sink_that_refuses))
