/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is behind struct sg_crypto, for this folder only.
 */
#ifndef SG_CRYPTO_CONTEXT_H
#define SG_CRYPTO_CONTEXT_H

#include "crypto/crypto.h"
#include "crypto/curve.h"
#include "crypto/digest.h"

#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/evp.h>

struct sg_crypto {
    BN_CTX *numbers; /* scratch numbers; public values only */
    EC_GROUP *groups[SG_NUM_CURVES];
    /* Loading a provider takes longer than verifying a whole path, so it waits for an algorithm
     * that only a provider has: SHA-3, EdDSA. A library context of our own, because the process'
     * default one is configured by files and belongs to the program that links us. */
    OSSL_LIB_CTX *library;
    EVP_MD *digests[SG_NUM_DIGESTS];
    /* Random octets for paddings: a generator takes as long for few of them as for many. What is
     * taken is gone. */
    uint8_t stock[4096];
    size_t num_stock;
};

/* Made at the first call. NULL when memory is out. */
OSSL_LIB_CTX *sg_crypto_library(struct sg_crypto *crypto);

/* The provider's digest NAME, fetched once. NULL when there is none or memory is out. Borrowed. */
const EVP_MD *sg_crypto_digest(struct sg_crypto *crypto, enum sg_digest_type type,
                               const char *name);

/*
 * To be called after every failed call to the crypto library, and only then: the first touch of its
 * error queue loads all its error texts, which takes as long as a dozen RSA verifications. Empties
 * the queue, so that callers of this folder see nothing of it. True when a failed
 * allocation was among the errors, or when there was not even the memory to tell one.
 */
bool sg_crypto_drain(void);

#endif
