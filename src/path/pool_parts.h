/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a pool consists of, for the files that know: pool.c, pool_certificates.c, which add, and
 * pool_find.c, which looks up.
 */
#ifndef SG_PATH_POOL_PARTS_H
#define SG_PATH_POOL_PARTS_H

#include "path/hash_index.h"
#include "path/pool.h"

#include <stdatomic.h>

/* What the caller said of a certificate beside giving it. */
enum mark { MARK_PINNED_CA = 1u << 0, MARK_ATTRIBUTE_AUTHORITY = 1u << 1 };

/*
 * A message may bring a hundred thousand certificates, of which two matter. So what a pool has of
 * each is where its octets are; the certificate is made when a look-up comes to it, and stays.
 */
struct pool_certificate {
    _Atomic(struct signet_certificate *) made; /* NULL: not yet */
    const uint8_t *der;                        /* that of .made, or borrowed */
    uint32_t len;
    uint32_t marks;
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
    uint64_t seed; /* of the keys of certificates, which are the parent's, too */
    struct pool_certificate *certificates;
    size_t num_certificates, cap_certificates;
    struct sg_buffer form;  /* scratch: a name's canonical form */
    struct sg_arena octets; /* of certificates that were not to be borrowed */
    struct signet_crl **crls;
    size_t num_crls, cap_crls;
    struct pool_anchor **anchors; /* each by itself: their addresses are handed out */
    size_t num_anchors, cap_anchors;
    bool has_anchor_modes; /* one of them sets a revocation mode */
    struct signet_attribute_certificate **attributes;
    size_t num_attributes, cap_attributes;
    struct sg_binding **bindings; /* each by itself, its address behind it */
    size_t num_bindings, cap_bindings;
    struct sg_hash_index by_subject, by_reference, by_key_id; /* certificates */
    struct sg_hash_index by_octets; /* once many have one issuer and serial number; else empty */
    struct sg_hash_index crls_by_issuer, crls_by_signature;
    struct sg_hash_index anchors_by_subject;
    struct sg_hash_index attributes_by_fingerprint;
    struct sg_hash_index bindings_by_fingerprint;
};

/* The certificate that is item INDEX of this very pool. NULL: memory is out. */
const struct signet_certificate *sg_pool_certificate_make(const struct signet_pool *pool,
                                                          size_t index);

static inline struct signet_span sg_pool_octets_at(const struct signet_pool *pool, size_t index)
{
    return sg_span(pool->certificates[index].der, pool->certificates[index].len);
}

/* The number + 1 of the certificate with the octets DER, whose key in by_reference is REFERENCE, in
 * this very pool; 0 for none. */
uint32_t sg_pool_find_octets(const struct signet_pool *pool, struct signet_span der,
                             uint64_t reference);

/* ITEMS with room for item NUM of SIZE bytes, perhaps moved. NULL, ITEMS untouched: memory is out.
 */
void *sg_pool_make_room(void *items, size_t *cap, size_t num, size_t size);

/* This very pool has all that CRL says. */
bool sg_pool_own_crl_covers(const struct signet_pool *pool, const struct signet_crl *crl);

static inline uint64_t sg_pool_fingerprint_hash(const uint8_t sha256[32])
{
    uint64_t hash;
    memcpy(&hash, sha256, sizeof(hash));
    return hash;
}

/*
 * What certificates are found by. The hashes are keyed: whoever sends a crowd whose names collide
 * would have it read for every name that is looked for. With names that are equal he has less of
 * it, as budgets bound what is done with each.
 */
static inline uint64_t sg_pool_name_key(const struct signet_pool *pool,
                                        struct signet_span canonical)
{
    return sg_span_hash(canonical, pool->seed);
}

/* By issuer, whose key is ISSUER, and serial number. */
static inline uint64_t sg_pool_reference_key(uint64_t issuer, struct signet_span serial)
{
    return sg_span_hash(serial, issuer);
}

/* The beginning: nobody needs to make key identifiers collide that he may as well make equal. */
static inline uint64_t sg_pool_key_id_key(struct signet_span key_id)
{
    uint64_t key = 0;
    if (key_id.len > 0)
        memcpy(&key, key_id.ptr, key_id.len < sizeof(key) ? key_id.len : sizeof(key));
    return key;
}

#endif
