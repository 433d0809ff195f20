/* SPDX-License-Identifier: Apache-2.0 */
#include "crypto/digest.h"

#include "base/span.h"
#include "crypto/hash.h"

#include <stdlib.h>

#ifdef OPENSSL_NO_DEPRECATED_3_0
#define DIRECT(hash) &sg_hash_evp
#else
#define DIRECT(hash) &sg_hash_##hash
#endif

#ifdef SIGNET_MD2
#define MD2 &sg_hash_md2
#else
#define MD2 NULL
#endif

struct digest_row {
    const char *name;
    size_t len;
    enum sg_oid oid;
    const char *evp_name;
    const struct sg_hash *hash; /* NULL: not in this build */
};

/* clang-format off */
static const struct digest_row digests[SG_NUM_DIGESTS] = {
    [SG_DIGEST_NONE]       = {"unknown", 0, SG_OID_UNKNOWN, NULL, NULL},
    [SG_DIGEST_MD2]        = {"MD2", 16, SG_OID_MD2, NULL, MD2},
    [SG_DIGEST_MD5]        = {"MD5", 16, SG_OID_MD5, "MD5", DIRECT(md5)},
    [SG_DIGEST_SHA1]       = {"SHA-1", 20, SG_OID_SHA1, "SHA1", DIRECT(sha1)},
    [SG_DIGEST_RIPEMD160]  = {"RIPEMD-160", 20, SG_OID_RIPEMD160, "RIPEMD160", DIRECT(ripemd160)},
    [SG_DIGEST_SHA224]     = {"SHA-224", 28, SG_OID_SHA224, "SHA2-224", DIRECT(sha224)},
    [SG_DIGEST_SHA256]     = {"SHA-256", 32, SG_OID_SHA256, "SHA2-256", DIRECT(sha256)},
    [SG_DIGEST_SHA384]     = {"SHA-384", 48, SG_OID_SHA384, "SHA2-384", DIRECT(sha384)},
    [SG_DIGEST_SHA512]     = {"SHA-512", 64, SG_OID_SHA512, "SHA2-512", DIRECT(sha512)},
    [SG_DIGEST_SHA512_224] = {"SHA-512/224", 28, SG_OID_SHA512_224, "SHA2-512/224", &sg_hash_evp},
    [SG_DIGEST_SHA512_256] = {"SHA-512/256", 32, SG_OID_SHA512_256, "SHA2-512/256", &sg_hash_evp},
    [SG_DIGEST_SHA3_224]   = {"SHA3-224", 28, SG_OID_SHA3_224, "SHA3-224", &sg_hash_evp},
    [SG_DIGEST_SHA3_256]   = {"SHA3-256", 32, SG_OID_SHA3_256, "SHA3-256", &sg_hash_evp},
    [SG_DIGEST_SHA3_384]   = {"SHA3-384", 48, SG_OID_SHA3_384, "SHA3-384", &sg_hash_evp},
    [SG_DIGEST_SHA3_512]   = {"SHA3-512", 64, SG_OID_SHA3_512, "SHA3-512", &sg_hash_evp},
    [SG_DIGEST_SHAKE256]   = {"SHAKE256", 64, SG_OID_SHAKE256, "SHAKE-256", &sg_hash_evp},
};
/* clang-format on */

enum sg_digest_type sg_digest_find(enum sg_oid oid)
{
    for (size_t i = SG_DIGEST_NONE + 1; i < SG_NUM_DIGESTS; i++)
        if (digests[i].oid == oid)
            return (enum sg_digest_type)i;
    return SG_DIGEST_NONE;
}

enum sg_oid sg_digest_oid(enum sg_digest_type type)
{
    return digests[type].oid;
}

const char *sg_digest_name(enum sg_digest_type type)
{
    return digests[type].name;
}

size_t sg_digest_len(enum sg_digest_type type)
{
    return digests[type].len;
}

bool sg_digest_is_weak(enum sg_digest_type type)
{
    return type == SG_DIGEST_MD2 || type == SG_DIGEST_MD5 || type == SG_DIGEST_SHA1;
}

bool sg_digest_supported(const struct sg_crypto *crypto, enum sg_digest_type type)
{
    (void)crypto;
    return digests[type].hash != NULL;
}

const char *sg_hash_evp_name(enum sg_digest_type type)
{
    return digests[type].evp_name;
}

bool sg_digest_begin(struct sg_digest *digest, struct sg_crypto *crypto, enum sg_digest_type type)
{
    digest->hash = digests[type].hash;
    digest->type = type;
    digest->failed = false;
    return digest->hash != NULL && digest->hash->begin(&digest->state, crypto, type);
}

void sg_digest_update(struct sg_digest *digest, struct signet_span bytes)
{
    if (bytes.len > 0 && !digest->failed)
        digest->failed = !digest->hash->update(&digest->state, bytes);
}

bool sg_digest_end(struct sg_digest *digest, struct sg_digest_value *value)
{
    value->type = digest->type;
    value->len = sg_digest_len(digest->type);
    bool ok = !digest->failed && digest->hash->finish(&digest->state, value->octets, value->len);
    digest->hash->abandon(&digest->state);
    if (!ok)
        (void)sg_crypto_drain();
    return ok;
}

struct sg_digest *sg_digest_new(struct sg_crypto *crypto, enum sg_digest_type type)
{
    struct sg_digest *digest = malloc(sizeof *digest);
    if (digest != NULL && !sg_digest_begin(digest, crypto, type)) {
        free(digest);
        return NULL;
    }
    return digest;
}

bool sg_digest_finish(struct sg_digest *digest, struct sg_digest_value *value)
{
    bool ok = sg_digest_end(digest, value);
    free(digest);
    return ok;
}

void sg_digest_free(struct sg_digest *digest)
{
    if (digest == NULL)
        return;
    digest->hash->abandon(&digest->state);
    free(digest);
}

bool sg_digest_compute(struct sg_crypto *crypto, enum sg_digest_type type, struct signet_span bytes,
                       struct sg_digest_value *value)
{
    struct sg_digest digest;
    if (!sg_digest_begin(&digest, crypto, type))
        return false;
    sg_digest_update(&digest, bytes);
    return sg_digest_end(&digest, value);
}
