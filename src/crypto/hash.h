/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A digest under way, by value, and the ways to compute one.
 */
#ifndef SG_CRYPTO_HASH_H
#define SG_CRYPTO_HASH_H

#include "crypto/context.h"
#include "crypto/digest.h"
#include "crypto/md2.h"

#include <openssl/md5.h>
#include <openssl/ripemd.h>
#include <openssl/sha.h>

union sg_hash_state {
#ifndef OPENSSL_NO_DEPRECATED_3_0 /* see hash_direct.c */
    MD5_CTX md5;
    SHA_CTX sha1;
    RIPEMD160_CTX ripemd160;
    SHA256_CTX sha256;
    SHA512_CTX sha512;
#endif
    struct sg_md2 md2;
    EVP_MD_CTX *evp;
};

/* How a digest is computed. Functions return false when the crypto library failed: memory. */
struct sg_hash {
    bool (*begin)(union sg_hash_state *state, struct sg_crypto *crypto, enum sg_digest_type type);
    bool (*update)(union sg_hash_state *state, struct signet_span bytes);
    bool (*finish)(union sg_hash_state *state, uint8_t *octets, size_t len);
    void (*abandon)(union sg_hash_state *state); /* after begin, whatever else was called */
};

/* By the provider: everything but MD2. Costs the provider's start at the first use. */
extern const struct sg_hash sg_hash_evp;
/* Without provider, start-up or allocation. */
extern const struct sg_hash sg_hash_md5, sg_hash_sha1, sg_hash_ripemd160, sg_hash_sha224,
    sg_hash_sha256, sg_hash_sha384, sg_hash_sha512, sg_hash_md2;

/* TYPE's name for the provider. */
const char *sg_hash_evp_name(enum sg_digest_type type);

struct sg_digest {
    const struct sg_hash *hash;
    enum sg_digest_type type;
    bool failed;
    union sg_hash_state state;
};

/* As sg_digest_new and sg_digest_finish, for a digest that lives in the caller's frame. After a
 * begin that returned true there must be an end; after one that returned false, none. */
SIGNET_MUST_CHECK bool sg_digest_begin(struct sg_digest *digest, struct sg_crypto *crypto,
                                       enum sg_digest_type type);
SIGNET_MUST_CHECK bool sg_digest_end(struct sg_digest *digest, struct sg_digest_value *value);

#endif
