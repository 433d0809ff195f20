/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The classic digests through the crypto library's own functions for them. OpenSSL 3 calls these
 * deprecated because they pass its providers by. That is why they are used: to start a provider
 * takes as long as to verify two dozen RSA signatures, and nearly every message needs nothing else
 * of it. They run the same machine code. Where a build of OpenSSL lacks them, digest.c takes
 * hash_evp.c.
 */
#define OPENSSL_SUPPRESS_DEPRECATED

#include "crypto/hash.h"

static void abandon_nothing(union sg_hash_state *state)
{
    (void)state;
}

#ifndef OPENSSL_NO_DEPRECATED_3_0

/* Three functions of the crypto library as one struct sg_hash. */
#define DIRECT_HASH(NAME, MEMBER, INIT, UPDATE, FINAL)                                             \
    static bool begin_##NAME(union sg_hash_state *state, struct sg_crypto *crypto,                 \
                             enum sg_digest_type type)                                             \
    {                                                                                              \
        (void)crypto;                                                                              \
        (void)type;                                                                                \
        return INIT(&state->MEMBER) == 1;                                                          \
    }                                                                                              \
    static bool update_##NAME(union sg_hash_state *state, struct signet_span bytes)                \
    {                                                                                              \
        return UPDATE(&state->MEMBER, bytes.ptr, bytes.len) == 1;                                  \
    }                                                                                              \
    static bool finish_##NAME(union sg_hash_state *state, uint8_t *octets, size_t len)             \
    {                                                                                              \
        (void)len;                                                                                 \
        return FINAL(octets, &state->MEMBER) == 1;                                                 \
    }                                                                                              \
    const struct sg_hash sg_hash_##NAME = {begin_##NAME, update_##NAME, finish_##NAME,             \
                                           abandon_nothing};

DIRECT_HASH(md5, md5, MD5_Init, MD5_Update, MD5_Final)
DIRECT_HASH(sha1, sha1, SHA1_Init, SHA1_Update, SHA1_Final)
DIRECT_HASH(ripemd160, ripemd160, RIPEMD160_Init, RIPEMD160_Update, RIPEMD160_Final)
DIRECT_HASH(sha224, sha256, SHA224_Init, SHA224_Update, SHA224_Final)
DIRECT_HASH(sha256, sha256, SHA256_Init, SHA256_Update, SHA256_Final)
DIRECT_HASH(sha384, sha512, SHA384_Init, SHA384_Update, SHA384_Final)
DIRECT_HASH(sha512, sha512, SHA512_Init, SHA512_Update, SHA512_Final)

#endif

static bool begin_md2(union sg_hash_state *state, struct sg_crypto *crypto,
                      enum sg_digest_type type)
{
    (void)crypto;
    (void)type;
    sg_md2_init(&state->md2);
    return true;
}

static bool update_md2(union sg_hash_state *state, struct signet_span bytes)
{
    sg_md2_update(&state->md2, bytes);
    return true;
}

static bool finish_md2(union sg_hash_state *state, uint8_t *octets, size_t len)
{
    (void)len;
    sg_md2_finish(&state->md2, octets);
    return true;
}

const struct sg_hash sg_hash_md2 = {begin_md2, update_md2, finish_md2, abandon_nothing};
