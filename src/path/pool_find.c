/* SPDX-License-Identifier: Apache-2.0 */
#include "path/pool_parts.h"

/* Which of a pool's indexes a cursor walks. */
typedef const struct sg_hash_index *index_of(const struct signet_pool *pool);

static const struct sg_hash_index *subject_index(const struct signet_pool *pool)
{
    return &pool->by_subject;
}

static const struct sg_hash_index *reference_index(const struct signet_pool *pool)
{
    return &pool->by_reference;
}

static const struct sg_hash_index *key_id_index(const struct signet_pool *pool)
{
    return &pool->by_key_id;
}

static const struct sg_hash_index *crl_index(const struct signet_pool *pool)
{
    return &pool->crls_by_issuer;
}

static const struct sg_hash_index *anchor_index(const struct signet_pool *pool)
{
    return &pool->anchors_by_subject;
}

/* Moves CURSOR to the next item of equal hash, in this pool or a parent. False at the end. */
static bool advance(struct sg_pool_cursor *cursor, index_of *index)
{
    while (cursor->pool != NULL) {
        cursor->next = sg_hash_index_find(index(cursor->pool), cursor->hash, cursor->next);
        if (cursor->next != 0)
            return true;
        cursor->pool = cursor->pool->parent;
    }
    return false;
}

/* A nearer pool holds the octets of the certificate at CURSOR, too. */
static bool is_shadowed(const struct sg_pool_cursor *cursor)
{
    size_t index = cursor->next - 1;
    struct signet_span der = sg_pool_octets_at(cursor->pool, index);
    for (const struct signet_pool *pool = cursor->nearest; pool != cursor->pool;
         pool = pool->parent) {
        if (sg_pool_find_octets(pool, der, cursor->pool->by_reference.hashes[index]) != 0)
            return true;
    }
    return false;
}

/* What a certificate must have beside the hash. */
typedef bool matcher(const struct signet_certificate *certificate,
                     const struct sg_pool_cursor *cursor);

static const struct signet_certificate *next_certificate(struct sg_pool_cursor *cursor,
                                                         index_of *index, matcher *matches)
{
    while (advance(cursor, index)) {
        if (is_shadowed(cursor))
            continue;
        const struct signet_certificate *certificate =
            sg_pool_certificate_make(cursor->pool, cursor->next - 1);
        if (certificate == NULL) {
            cursor->failed = true;
            cursor->pool = NULL;
        } else if (matches(certificate, cursor)) {
            return certificate;
        }
    }
    return NULL;
}

static bool has_subject(const struct signet_certificate *certificate,
                        const struct sg_pool_cursor *cursor)
{
    return sg_name_equal(&certificate->subject, cursor->name);
}

static bool has_reference(const struct signet_certificate *certificate,
                          const struct sg_pool_cursor *cursor)
{
    return sg_name_equal(&certificate->issuer, cursor->name) &&
           sg_serial_equal(certificate->serial, cursor->serial);
}

static bool has_key_id(const struct signet_certificate *certificate,
                       const struct sg_pool_cursor *cursor)
{
    return sg_span_equal(certificate->ski, cursor->key_id);
}

static const struct signet_crl *unshadowed_crl_at(const struct sg_pool_cursor *cursor)
{
    const struct signet_crl *crl = cursor->pool->crls[cursor->next - 1];
    for (const struct signet_pool *pool = cursor->nearest; pool != cursor->pool;
         pool = pool->parent) {
        if (sg_pool_own_crl_covers(pool, crl))
            return NULL;
    }
    return crl;
}

static struct sg_pool_cursor begin_names(const struct signet_pool *pool, const struct sg_name *name)
{
    return (struct sg_pool_cursor){.pool = pool, .nearest = pool, .hash = name->hash, .name = name};
}

struct sg_pool_cursor sg_pool_subjects(const struct signet_pool *pool, const struct sg_name *name)
{
    struct sg_pool_cursor cursor = begin_names(pool, name);
    cursor.hash = sg_pool_name_key(pool, name->canonical);
    return cursor;
}

const struct signet_certificate *sg_pool_subject_next(struct sg_pool_cursor *cursor)
{
    return next_certificate(cursor, subject_index, has_subject);
}

struct sg_pool_cursor sg_pool_issued_as(const struct signet_pool *pool, const struct sg_name *name,
                                        struct signet_span serial)
{
    struct sg_pool_cursor cursor = begin_names(pool, name);
    cursor.hash = sg_pool_reference_key(sg_pool_name_key(pool, name->canonical), serial);
    cursor.serial = serial;
    return cursor;
}

const struct signet_certificate *sg_pool_issued_next(struct sg_pool_cursor *cursor)
{
    return next_certificate(cursor, reference_index, has_reference);
}

struct sg_pool_cursor sg_pool_key_ids(const struct signet_pool *pool, struct signet_span key_id)
{
    return (struct sg_pool_cursor){
        .pool = pool, .nearest = pool, .hash = sg_pool_key_id_key(key_id), .key_id = key_id};
}

const struct signet_certificate *sg_pool_key_id_next(struct sg_pool_cursor *cursor)
{
    return next_certificate(cursor, key_id_index, has_key_id);
}

struct sg_pool_cursor sg_pool_crls(const struct signet_pool *pool, const struct sg_name *name)
{
    return begin_names(pool, name);
}

const struct signet_crl *sg_pool_crl_next(struct sg_pool_cursor *cursor)
{
    while (advance(cursor, crl_index)) {
        const struct signet_crl *crl = unshadowed_crl_at(cursor);
        if (crl != NULL && sg_name_equal(&crl->issuer, cursor->name))
            return crl;
    }
    return NULL;
}

struct sg_pool_cursor sg_pool_anchors(const struct signet_pool *pool, const struct sg_name *name)
{
    return begin_names(pool, name);
}

const struct sg_anchor *sg_pool_anchor_next(struct sg_pool_cursor *cursor)
{
    while (advance(cursor, anchor_index)) {
        const struct sg_anchor *anchor = &cursor->pool->anchors[cursor->next - 1]->anchor;
        if (sg_name_equal(&anchor->subject, cursor->name))
            return anchor;
    }
    return NULL;
}

const struct signet_certificate *sg_pool_certificate(const struct signet_pool *pool, size_t index)
{
    for (; pool != NULL; pool = pool->parent) {
        if (index < pool->num_certificates)
            return sg_pool_certificate_make(pool, index);
        index -= pool->num_certificates;
    }
    return NULL;
}

size_t sg_pool_num_own_certificates(const struct signet_pool *pool)
{
    return pool->num_certificates;
}

struct signet_span sg_pool_own_octets(const struct signet_pool *pool, size_t index)
{
    return sg_pool_octets_at(pool, index);
}

const struct signet_crl *sg_pool_crl(const struct signet_pool *pool, size_t index)
{
    for (; pool != NULL; pool = pool->parent) {
        if (index < pool->num_crls)
            return pool->crls[index];
        index -= pool->num_crls;
    }
    return NULL;
}

const struct sg_anchor *sg_pool_anchor(const struct signet_pool *pool, size_t index)
{
    for (; pool != NULL; pool = pool->parent) {
        if (index < pool->num_anchors)
            return &pool->anchors[index]->anchor;
        index -= pool->num_anchors;
    }
    return NULL;
}

static const struct sg_hash_index *binding_index(const struct signet_pool *pool)
{
    return &pool->bindings_by_fingerprint;
}

struct sg_pool_cursor sg_pool_bindings(const struct signet_pool *pool,
                                       const struct signet_certificate *certificate)
{
    return (struct sg_pool_cursor){.pool = pool,
                                   .nearest = pool,
                                   .hash = sg_pool_fingerprint_hash(certificate->sha256),
                                   .key_id = sg_span(certificate->sha256, 32)};
}

const struct sg_binding *sg_pool_binding_next(struct sg_pool_cursor *cursor)
{
    while (advance(cursor, binding_index)) {
        const struct sg_binding *binding = cursor->pool->bindings[cursor->next - 1];
        if (memcmp(binding->sha256, cursor->key_id.ptr, sizeof(binding->sha256)) == 0)
            return binding;
    }
    return NULL;
}
