/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Message digests, MD2 included (our own code: RFC 3850 4.3 and RFC 2632 4.3 want old signatures
 * read).
 */
#ifndef SG_CRYPTO_DIGEST_H
#define SG_CRYPTO_DIGEST_H

#include "asn1/oid.h"
#include "crypto/crypto.h"

enum sg_digest_type {
    SG_DIGEST_NONE = 0, /* unknown */
    SG_DIGEST_MD2,
    SG_DIGEST_MD5,
    SG_DIGEST_SHA1,
    SG_DIGEST_RIPEMD160,
    SG_DIGEST_SHA224,
    SG_DIGEST_SHA256,
    SG_DIGEST_SHA384,
    SG_DIGEST_SHA512,
    SG_DIGEST_SHA512_224,
    SG_DIGEST_SHA512_256,
    SG_DIGEST_SHA3_224,
    SG_DIGEST_SHA3_256,
    SG_DIGEST_SHA3_384,
    SG_DIGEST_SHA3_512,
    SG_DIGEST_SHAKE256, /* 64 octets of output: Ed448 in CMS (RFC 8419) */
    SG_NUM_DIGESTS
};

#define SG_DIGEST_MAX_LEN 64

struct sg_digest_value {
    enum sg_digest_type type;
    size_t len;
    uint8_t octets[SG_DIGEST_MAX_LEN];
};

/* A digest algorithm by its OID. SG_DIGEST_NONE when it is not one. */
enum sg_digest_type sg_digest_find(enum sg_oid oid);
/* The reverse; SG_OID_UNKNOWN for SG_DIGEST_NONE. */
enum sg_oid sg_digest_oid(enum sg_digest_type type);
const char *sg_digest_name(enum sg_digest_type type); /* "SHA-256" */
size_t sg_digest_len(enum sg_digest_type type);
/* Collisions are practical, so a signature over it proves little: MD2, MD5, SHA-1. */
bool sg_digest_is_weak(enum sg_digest_type type);
/* False for SG_DIGEST_NONE, and for MD2 where the build left it out. */
bool sg_digest_supported(const struct sg_crypto *crypto, enum sg_digest_type type);

/* A digest being computed. */
struct sg_digest;

/* NULL when memory is out or TYPE is not supported. */
SIGNET_MUST_CHECK struct sg_digest *sg_digest_new(struct sg_crypto *crypto,
                                                  enum sg_digest_type type);
void sg_digest_update(struct sg_digest *digest, struct signet_span bytes);
/* VALUE is set and DIGEST freed. False when the crypto library failed on the way. */
SIGNET_MUST_CHECK bool sg_digest_finish(struct sg_digest *digest, struct sg_digest_value *value);
void sg_digest_free(struct sg_digest *digest); /* without a result; NULL is legal */

/* All at once. */
SIGNET_MUST_CHECK bool sg_digest_compute(struct sg_crypto *crypto, enum sg_digest_type type,
                                         struct signet_span bytes, struct sg_digest_value *value);

/* Fingerprints of objects, without a context. False when the crypto library failed: memory. */
SIGNET_MUST_CHECK bool sg_sha1(struct signet_span bytes, uint8_t out[20]);
SIGNET_MUST_CHECK bool sg_sha256(struct signet_span bytes, uint8_t out[32]);

#endif
