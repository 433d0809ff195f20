/* SPDX-License-Identifier: Apache-2.0 */
#include "path/pool.h"

#include "path/hash_index.h"

#include <stdlib.h>

struct pool_certificate {
    struct signet_certificate *certificate;
    bool pinned_ca;
};

/* An anchor and what it owns: a certificate, or the block that holds its name and key. */
struct pool_anchor {
    struct sg_anchor anchor;
    struct signet_certificate *certificate;
    uint8_t *block;
};

struct signet_pool {
    const struct signet_pool *parent;
    struct pool_certificate *certificates;
    size_t cap_certificates;
    struct signet_crl **crls;
    size_t cap_crls;
    struct pool_anchor **anchors; /* each by itself: their addresses are handed out */
    size_t cap_anchors;
    /* Each index counts its items: they are the pool's. */
    struct sg_hash_index by_subject, by_issuer, by_fingerprint;
    struct sg_hash_index crls_by_issuer, crls_by_signature;
    struct sg_hash_index anchors_by_subject;
};

struct signet_pool *signet_pool_new(const struct signet_pool *parent)
{
    struct signet_pool *pool = calloc(1, sizeof *pool);

    if (pool != NULL)
        pool->parent = parent;
    return pool;
}

static void free_anchor(struct pool_anchor *anchor)
{
    signet_certificate_unref(anchor->certificate);
    free(anchor->block);
    free(anchor);
}

void signet_pool_free(struct signet_pool *pool)
{
    if (pool == NULL)
        return;
    for (size_t i = 0; i < pool->by_fingerprint.num; i++)
        signet_certificate_unref(pool->certificates[i].certificate);
    for (size_t i = 0; i < pool->crls_by_signature.num; i++)
        signet_crl_unref(pool->crls[i]);
    for (size_t i = 0; i < pool->anchors_by_subject.num; i++)
        free_anchor(pool->anchors[i]);
    free(pool->certificates);
    free(pool->crls);
    free(pool->anchors);
    sg_hash_index_free(&pool->by_subject);
    sg_hash_index_free(&pool->by_issuer);
    sg_hash_index_free(&pool->by_fingerprint);
    sg_hash_index_free(&pool->crls_by_issuer);
    sg_hash_index_free(&pool->crls_by_signature);
    sg_hash_index_free(&pool->anchors_by_subject);
    free(pool);
}

/* Makes room for item NUM in an array of pointers or records of SIZE bytes. */
static void *make_room(void *items, size_t *cap, size_t num, size_t size)
{
    size_t new_cap = *cap == 0 ? 8 : *cap * 2;
    void *grown;

    if (num < *cap)
        return items;
    if (new_cap > SIZE_MAX / size)
        return NULL;
    grown = realloc(items, new_cap * size);
    if (grown != NULL)
        *cap = new_cap;
    return grown;
}

static uint64_t fingerprint_hash(const struct signet_certificate *certificate)
{
    uint64_t hash;

    memcpy(&hash, certificate->sha256, sizeof hash);
    return hash;
}

/* The number + 1 of CERTIFICATE's octets in this very pool. */
static uint32_t own_certificate(const struct signet_pool *pool,
                                const struct signet_certificate *certificate)
{
    uint64_t hash = fingerprint_hash(certificate);
    uint32_t item = 0;

    while ((item = sg_hash_index_find(&pool->by_fingerprint, hash, item)) != 0)
        if (sg_span_equal(pool->certificates[item - 1].certificate->der, certificate->der))
            return item;
    return 0;
}

static bool holds_certificate(const struct signet_pool *pool,
                              const struct signet_certificate *certificate)
{
    for (; pool != NULL; pool = pool->parent)
        if (own_certificate(pool, certificate) != 0)
            return true;
    return false;
}

enum signet_status signet_pool_add_certificate(struct signet_pool *pool,
                                               const struct signet_certificate *certificate)
{
    struct pool_certificate *grown;
    size_t num = pool->by_fingerprint.num;

    if (holds_certificate(pool, certificate))
        return SIGNET_OK;
    grown = make_room(pool->certificates, &pool->cap_certificates, num, sizeof *grown);
    if (grown == NULL)
        return SIGNET_ERR_MEMORY;
    pool->certificates = grown;
    if (!sg_hash_index_reserve(&pool->by_subject) || !sg_hash_index_reserve(&pool->by_issuer) ||
        !sg_hash_index_reserve(&pool->by_fingerprint))
        return SIGNET_ERR_MEMORY;
    grown[num] = (struct pool_certificate){signet_certificate_ref(certificate), false};
    sg_hash_index_add(&pool->by_subject, certificate->subject.hash);
    sg_hash_index_add(&pool->by_issuer, certificate->issuer.hash);
    sg_hash_index_add(&pool->by_fingerprint, fingerprint_hash(certificate));
    return SIGNET_OK;
}

enum signet_status signet_pool_pin_ca(struct signet_pool *pool,
                                      const struct signet_certificate *certificate)
{
    enum signet_status status = signet_pool_add_certificate(pool, certificate);
    uint32_t item;

    if (status != SIGNET_OK)
        return status;
    item = own_certificate(pool, certificate);
    if (item == 0)
        return SIGNET_ERR_ARGUMENT; /* a parent holds it: pins belong where the object is */
    pool->certificates[item - 1].pinned_ca = true;
    return SIGNET_OK;
}

/* CRLs are told apart by their signature octets first: unlike a digest they cost nothing to get. */
static uint64_t crl_hash(const struct signet_crl *crl)
{
    return sg_span_hash(crl->signature, crl->der.len);
}

static bool holds_crl(const struct signet_pool *pool, const struct signet_crl *crl)
{
    uint64_t hash = crl_hash(crl);

    for (; pool != NULL; pool = pool->parent) {
        uint32_t item = 0;

        while ((item = sg_hash_index_find(&pool->crls_by_signature, hash, item)) != 0)
            if (sg_span_equal(pool->crls[item - 1]->der, crl->der))
                return true;
    }
    return false;
}

enum signet_status signet_pool_add_crl(struct signet_pool *pool, const struct signet_crl *crl)
{
    struct signet_crl **grown;
    size_t num = pool->crls_by_signature.num;

    if (holds_crl(pool, crl))
        return SIGNET_OK;
    grown = make_room(pool->crls, &pool->cap_crls, num, sizeof(*grown));
    if (grown == NULL)
        return SIGNET_ERR_MEMORY;
    pool->crls = grown;
    if (!sg_hash_index_reserve(&pool->crls_by_issuer) ||
        !sg_hash_index_reserve(&pool->crls_by_signature))
        return SIGNET_ERR_MEMORY;
    grown[num] = signet_crl_ref(crl);
    sg_hash_index_add(&pool->crls_by_issuer, crl->issuer.hash);
    sg_hash_index_add(&pool->crls_by_signature, crl_hash(crl));
    return SIGNET_OK;
}

/* The same name, key and certificate, here or in a parent. */
static bool holds_anchor(const struct signet_pool *pool, const struct sg_anchor *anchor)
{
    struct sg_pool_cursor cursor = sg_pool_anchors(pool, &anchor->subject);
    const struct sg_anchor *other;

    while ((other = sg_pool_anchor_next(&cursor)) != NULL)
        if (other->certificate == anchor->certificate &&
            sg_span_equal(other->spki.full, anchor->spki.full))
            return true;
    return false;
}

/* Takes ANCHOR over, also on failure. */
static enum signet_status add_anchor(struct signet_pool *pool, struct pool_anchor *anchor)
{
    size_t num = pool->anchors_by_subject.num;
    struct pool_anchor **grown;

    if (holds_anchor(pool, &anchor->anchor)) {
        free_anchor(anchor);
        return SIGNET_OK;
    }
    grown = make_room(pool->anchors, &pool->cap_anchors, num, sizeof(*grown));
    if (grown != NULL)
        pool->anchors = grown;
    if (grown == NULL || !sg_hash_index_reserve(&pool->anchors_by_subject)) {
        free_anchor(anchor);
        return SIGNET_ERR_MEMORY;
    }
    grown[num] = anchor;
    sg_hash_index_add(&pool->anchors_by_subject, anchor->anchor.subject.hash);
    return SIGNET_OK;
}

enum signet_status signet_pool_add_anchor(struct signet_pool *pool,
                                          const struct signet_certificate *certificate,
                                          bool honour_constraints)
{
    struct pool_anchor *anchor = calloc(1, sizeof *anchor);

    if (anchor == NULL)
        return SIGNET_ERR_MEMORY;
    anchor->certificate = signet_certificate_ref(certificate);
    anchor->anchor = (struct sg_anchor){certificate->subject, certificate->spki, certificate,
                                        honour_constraints};
    return add_anchor(pool, anchor);
}

/* Reads name and key from COPY, their octets one after the other. */
static bool read_anchor_key(struct pool_anchor *anchor, struct signet_span copy,
                            struct signet_parse_error *error)
{
    struct sg_der der = sg_der_begin(copy, error);

    return sg_name_parse(&der, &anchor->anchor.subject, "a Name SEQUENCE") &&
           sg_spki_parse(&der, &anchor->anchor.spki) && sg_der_end(&der);
}

enum signet_status signet_pool_add_anchor_key(struct signet_pool *pool, struct signet_span name,
                                              struct signet_span spki,
                                              struct signet_parse_error *error)
{
    struct signet_parse_error ignored;
    struct sg_buffer canonical;
    struct pool_anchor *anchor = calloc(1, sizeof *anchor);
    enum signet_status status = SIGNET_ERR_MEMORY;
    size_t der_len = name.len + spki.len;

    if (error == NULL)
        error = &ignored;
    *error = (struct signet_parse_error){0, NULL, "anchor name and key"};
    sg_buffer_init(&canonical, SIZE_MAX);
    if (anchor == NULL)
        return status;
    sg_buffer_add(&canonical, name);
    sg_buffer_add(&canonical, spki);
    if (canonical.status != SIGNET_OK)
        goto out;
    if (!read_anchor_key(anchor, sg_buffer_span(&canonical), error)) {
        status = SIGNET_ERR_PARSE;
        goto out;
    }
    if (!sg_name_add_canonical(&anchor->anchor.subject, &canonical))
        goto out;
    /* The buffer has its final place now: read again, from where the octets stay. */
    anchor->block = canonical.ptr;
    if (!read_anchor_key(anchor, sg_span(anchor->block, der_len), error))
        goto out;
    sg_name_set_canonical(&anchor->anchor.subject,
                          sg_span(anchor->block + der_len, canonical.len - der_len));
    return add_anchor(pool, anchor);
out:
    if (anchor->block == NULL)
        sg_buffer_free(&canonical);
    free_anchor(anchor);
    return status;
}

size_t signet_pool_num_certificates(const struct signet_pool *pool)
{
    size_t num = 0;

    for (; pool != NULL; pool = pool->parent)
        num += pool->by_fingerprint.num;
    return num;
}

size_t signet_pool_num_crls(const struct signet_pool *pool)
{
    size_t num = 0;

    for (; pool != NULL; pool = pool->parent)
        num += pool->crls_by_signature.num;
    return num;
}

size_t signet_pool_num_anchors(const struct signet_pool *pool)
{
    size_t num = 0;

    for (; pool != NULL; pool = pool->parent)
        num += pool->anchors_by_subject.num;
    return num;
}

/* Which of a pool's indexes a cursor walks. */
typedef const struct sg_hash_index *index_of(const struct signet_pool *pool);

static const struct sg_hash_index *subject_index(const struct signet_pool *pool)
{
    return &pool->by_subject;
}

static const struct sg_hash_index *issuer_index(const struct signet_pool *pool)
{
    return &pool->by_issuer;
}

static const struct sg_hash_index *crl_index(const struct signet_pool *pool)
{
    return &pool->crls_by_issuer;
}

static const struct sg_hash_index *anchor_index(const struct signet_pool *pool)
{
    return &pool->anchors_by_subject;
}

/* Moves CURSOR to the next item of equal hash, in this pool or a parent; its number + 1, 0 at the
 * end. */
static uint32_t advance(struct sg_pool_cursor *cursor, index_of *index)
{
    while (cursor->pool != NULL) {
        cursor->next = sg_hash_index_find(index(cursor->pool), cursor->name->hash, cursor->next);
        if (cursor->next != 0)
            return cursor->next;
        cursor->pool = cursor->pool->parent;
    }
    return 0;
}

static struct sg_pool_cursor begin(const struct signet_pool *pool, const struct sg_name *name)
{
    return (struct sg_pool_cursor){pool, 0, name};
}

struct sg_pool_cursor sg_pool_subjects(const struct signet_pool *pool, const struct sg_name *name)
{
    return begin(pool, name);
}

const struct signet_certificate *sg_pool_subject_next(struct sg_pool_cursor *cursor)
{
    uint32_t item;

    while ((item = advance(cursor, subject_index)) != 0) {
        const struct signet_certificate *c = cursor->pool->certificates[item - 1].certificate;

        if (sg_name_equal(&c->subject, cursor->name))
            return c;
    }
    return NULL;
}

struct sg_pool_cursor sg_pool_issued(const struct signet_pool *pool, const struct sg_name *name)
{
    return begin(pool, name);
}

const struct signet_certificate *sg_pool_issued_next(struct sg_pool_cursor *cursor)
{
    uint32_t item;

    while ((item = advance(cursor, issuer_index)) != 0) {
        const struct signet_certificate *c = cursor->pool->certificates[item - 1].certificate;

        if (sg_name_equal(&c->issuer, cursor->name))
            return c;
    }
    return NULL;
}

struct sg_pool_cursor sg_pool_crls(const struct signet_pool *pool, const struct sg_name *name)
{
    return begin(pool, name);
}

const struct signet_crl *sg_pool_crl_next(struct sg_pool_cursor *cursor)
{
    uint32_t item;

    while ((item = advance(cursor, crl_index)) != 0) {
        const struct signet_crl *crl = cursor->pool->crls[item - 1];

        if (sg_name_equal(&crl->issuer, cursor->name))
            return crl;
    }
    return NULL;
}

struct sg_pool_cursor sg_pool_anchors(const struct signet_pool *pool, const struct sg_name *name)
{
    return begin(pool, name);
}

const struct sg_anchor *sg_pool_anchor_next(struct sg_pool_cursor *cursor)
{
    uint32_t item;

    while ((item = advance(cursor, anchor_index)) != 0) {
        const struct sg_anchor *anchor = &cursor->pool->anchors[item - 1]->anchor;

        if (sg_name_equal(&anchor->subject, cursor->name))
            return anchor;
    }
    return NULL;
}

const struct signet_certificate *sg_pool_certificate(const struct signet_pool *pool, size_t index)
{
    for (; pool != NULL; pool = pool->parent) {
        if (index < pool->by_fingerprint.num)
            return pool->certificates[index].certificate;
        index -= pool->by_fingerprint.num;
    }
    return NULL;
}

const struct signet_crl *sg_pool_crl(const struct signet_pool *pool, size_t index)
{
    for (; pool != NULL; pool = pool->parent) {
        if (index < pool->crls_by_signature.num)
            return pool->crls[index];
        index -= pool->crls_by_signature.num;
    }
    return NULL;
}

const struct sg_anchor *sg_pool_anchor(const struct signet_pool *pool, size_t index)
{
    for (; pool != NULL; pool = pool->parent) {
        if (index < pool->anchors_by_subject.num)
            return &pool->anchors[index]->anchor;
        index -= pool->anchors_by_subject.num;
    }
    return NULL;
}

bool sg_pool_is_pinned_ca(const struct signet_pool *pool,
                          const struct signet_certificate *certificate)
{
    for (; pool != NULL; pool = pool->parent) {
        uint32_t item = own_certificate(pool, certificate);

        if (item != 0 && pool->certificates[item - 1].pinned_ca)
            return true;
    }
    return false;
}
