/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a pool consists of, for the two files that know: pool.c, which adds, and pool_find.c, which
 * looks up.
 */
#ifndef SG_PATH_POOL_PARTS_H
#define SG_PATH_POOL_PARTS_H

#include "path/hash_index.h"
#include "path/pool.h"

/* What the caller said of a certificate beside giving it. */
enum mark { MARK_PINNED_CA = 1u << 0, MARK_ATTRIBUTE_AUTHORITY = 1u << 1 };

struct pool_certificate {
    struct signet_certificate *certificate;
    unsigned marks;
};

/* An anchor and what it owns: a certificate, or the block that holds its name and key; and the
 * block that its terms point into. */
struct pool_anchor {
    struct sg_anchor anchor;
    struct signet_certificate *certificate;
    uint8_t *block;
    void *terms;
};

struct signet_pool {
    const struct signet_pool *parent;
    struct pool_certificate *certificates;
    size_t num_certificates, cap_certificates;
    struct signet_crl **crls;
    size_t num_crls, cap_crls;
    struct pool_anchor **anchors; /* each by itself: their addresses are handed out */
    size_t num_anchors, cap_anchors;
    bool has_anchor_modes; /* one of them sets a revocation mode */
    struct signet_attribute_certificate **attributes;
    size_t num_attributes, cap_attributes;
    struct sg_binding **bindings; /* each by itself, its address behind it */
    size_t num_bindings, cap_bindings;
    struct sg_hash_index by_subject, by_issuer, by_key_id, by_fingerprint;
    struct sg_hash_index crls_by_issuer, crls_by_signature;
    struct sg_hash_index anchors_by_subject;
    struct sg_hash_index attributes_by_fingerprint;
    struct sg_hash_index bindings_by_fingerprint;
};

/* The number + 1 of CERTIFICATE's octets in this very pool; 0 for none. */
uint32_t sg_pool_own_certificate(const struct signet_pool *pool,
                                 const struct signet_certificate *certificate);

/* This very pool has all that CRL says. */
bool sg_pool_own_crl_covers(const struct signet_pool *pool, const struct signet_crl *crl);

static inline uint64_t sg_pool_fingerprint_hash(const uint8_t sha256[32])
{
    uint64_t hash;
    memcpy(&hash, sha256, sizeof(hash));
    return hash;
}

static inline uint64_t sg_pool_key_id_hash(struct signet_span key_id)
{
    return sg_span_hash(key_id, 0);
}

#endif
