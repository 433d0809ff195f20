/* SPDX-License-Identifier: Apache-2.0 */
#include "path/pool.h"

#include "address/mailbox.h"
#include "path/pool_parts.h"
#include "path/table.h"
#include "x509/crl_excerpt.h"

#include <stdlib.h>

struct signet_pool *signet_pool_new(const struct signet_pool *parent)
{
    struct signet_pool *pool = calloc(1, sizeof(*pool));
    if (pool == NULL)
        return NULL;
    pool->parent = parent;
    pool->seed = parent != NULL ? parent->seed : sg_table_seed(pool);
    sg_buffer_init(&pool->form, SG_NAME_MAX_FORM_LEN);
    sg_arena_init(&pool->octets, SIZE_MAX);
    return pool;
}

static void free_anchor(struct pool_anchor *anchor)
{
    signet_certificate_unref(anchor->certificate);
    free(anchor->block);
    free(anchor->terms);
    free(anchor);
}

static void free_indexes(struct signet_pool *pool)
{
    sg_hash_index_free(&pool->by_subject);
    sg_hash_index_free(&pool->by_reference);
    sg_hash_index_free(&pool->by_key_id);
    sg_hash_index_free(&pool->by_octets);
    sg_hash_index_free(&pool->crls_by_issuer);
    sg_hash_index_free(&pool->crls_by_signature);
    sg_hash_index_free(&pool->anchors_by_subject);
    sg_hash_index_free(&pool->attributes_by_fingerprint);
    sg_hash_index_free(&pool->bindings_by_fingerprint);
}

void signet_pool_free(struct signet_pool *pool)
{
    if (pool == NULL)
        return;
    for (size_t i = 0; i < pool->num_certificates; i++)
        signet_certificate_unref(atomic_load(&pool->certificates[i].made));
    for (size_t i = 0; i < pool->num_crls; i++)
        signet_crl_unref(pool->crls[i]);
    for (size_t i = 0; i < pool->num_anchors; i++)
        free_anchor(pool->anchors[i]);
    for (size_t i = 0; i < pool->num_attributes; i++)
        signet_attribute_certificate_unref(pool->attributes[i]);
    for (size_t i = 0; i < pool->num_bindings; i++)
        free(pool->bindings[i]);
    free(pool->certificates);
    sg_buffer_free(&pool->form);
    sg_arena_clear(&pool->octets);
    free(pool->crls);
    free(pool->anchors);
    free(pool->attributes);
    free(pool->bindings);
    free_indexes(pool);
    free(pool);
}

void *sg_pool_make_room(void *items, size_t *cap, size_t num, size_t size)
{
    if (num < *cap)
        return items;
    size_t larger = *cap == 0 ? 8 : *cap * 2;
    if (larger > SIZE_MAX / size)
        return NULL;
    void *grown = realloc(items, larger * size);
    if (grown != NULL)
        *cap = larger;
    return grown;
}

/* CRLs are told apart by their signature octets first: unlike a digest they cost nothing to get. */
static uint64_t signature_hash(const struct signet_crl *crl)
{
    return sg_span_hash(crl->signature, sg_crl_whole_len(crl));
}

/* HELD makes CRL needless. Only digests tell what an excerpt is of: anybody can put a signature
 * under other octets. */
static bool is_in_crl(const struct signet_crl *held, const struct signet_crl *crl)
{
    if (!signet_crl_is_excerpt(crl))
        return !signet_crl_is_excerpt(held) && sg_span_equal(held->der, crl->der);
    return sg_crl_same_whole(held, crl) && sg_crl_excerpt_is_within(crl, held);
}

bool sg_pool_own_crl_covers(const struct signet_pool *pool, const struct signet_crl *crl)
{
    uint64_t hash = signature_hash(crl);
    uint32_t item = 0;
    while ((item = sg_hash_index_find(&pool->crls_by_signature, hash, item)) != 0) {
        if (is_in_crl(pool->crls[item - 1], crl))
            return true;
    }
    return false;
}

static bool holds_crl(const struct signet_pool *pool, const struct signet_crl *crl)
{
    for (; pool != NULL; pool = pool->parent) {
        if (sg_pool_own_crl_covers(pool, crl))
            return true;
    }
    return false;
}

bool sg_pool_holds_whole(const struct signet_pool *pool, const struct signet_crl *crl)
{
    for (; pool != NULL && signet_crl_is_excerpt(crl); pool = pool->parent) {
        uint32_t item = 0;
        while ((item = sg_hash_index_find(&pool->crls_by_signature, signature_hash(crl), item)) !=
               0) {
            const struct signet_crl *held = pool->crls[item - 1];
            if (!signet_crl_is_excerpt(held) && sg_crl_same_whole(held, crl))
                return true;
        }
    }
    return false;
}

bool sg_pool_holds_own_crl(const struct signet_pool *pool, const struct signet_crl *crl)
{
    uint32_t item = 0;
    if (pool == NULL || crl == NULL)
        return false;
    while ((item = sg_hash_index_find(&pool->crls_by_signature, signature_hash(crl), item)) != 0) {
        if (pool->crls[item - 1] == crl)
            return true;
    }
    return false;
}

static bool reserve_crl(struct signet_pool *pool)
{
    void *items =
        sg_pool_make_room(pool->crls, &pool->cap_crls, pool->num_crls, sizeof(struct signet_crl *));
    if (items == NULL)
        return false;
    pool->crls = items;
    return sg_hash_index_reserve(&pool->crls_by_issuer) &&
           sg_hash_index_reserve(&pool->crls_by_signature);
}

enum signet_status signet_pool_add_crl(struct signet_pool *pool, const struct signet_crl *crl)
{
    if (holds_crl(pool, crl))
        return SIGNET_OK;
    if (!reserve_crl(pool))
        return SIGNET_ERR_MEMORY;
    pool->crls[pool->num_crls++] = signet_crl_ref(crl);
    sg_hash_index_add(&pool->crls_by_issuer, crl->issuer.hash);
    sg_hash_index_add(&pool->crls_by_signature, signature_hash(crl));
    return SIGNET_OK;
}

static bool is_same_anchor(const struct sg_anchor *a, const struct sg_anchor *b)
{
    if (a->certificate == NULL || b->certificate == NULL)
        return a->certificate == b->certificate && sg_span_equal(a->spki.full, b->spki.full);
    return sg_span_equal(a->certificate->der, b->certificate->der);
}

/* The same anchor in this very pool; NULL for none. */
static struct pool_anchor *own_anchor(const struct signet_pool *pool,
                                      const struct sg_anchor *anchor)
{
    uint32_t item = 0;
    while ((item = sg_hash_index_find(&pool->anchors_by_subject, anchor->subject.hash, item)) !=
           0) {
        const struct sg_anchor *other = &pool->anchors[item - 1]->anchor;
        if (sg_name_equal(&other->subject, &anchor->subject) && is_same_anchor(other, anchor))
            return pool->anchors[item - 1];
    }
    return NULL;
}

static bool reserve_anchor(struct signet_pool *pool)
{
    void *items = sg_pool_make_room(pool->anchors, &pool->cap_anchors, pool->num_anchors,
                                    sizeof(struct pool_anchor *));
    if (items == NULL)
        return false;
    pool->anchors = items;
    return sg_hash_index_reserve(&pool->anchors_by_subject);
}

/* Its address stays: results may point to it. */
static void replace_terms(struct pool_anchor *anchor, struct pool_anchor *by)
{
    void *old = anchor->terms;
    anchor->anchor.terms = by->anchor.terms;
    anchor->terms = by->terms;
    by->terms = old;
}

/* Takes ANCHOR over, also when it is not added. */
static enum signet_status add_anchor(struct signet_pool *pool, struct pool_anchor *anchor)
{
    struct pool_anchor *held = own_anchor(pool, &anchor->anchor);
    pool->has_anchor_modes |= anchor->anchor.terms.has_revocation;
    if (held != NULL)
        replace_terms(held, anchor);
    if (held != NULL || !reserve_anchor(pool)) {
        free_anchor(anchor);
        return held != NULL ? SIGNET_OK : SIGNET_ERR_MEMORY;
    }
    pool->anchors[pool->num_anchors++] = anchor;
    sg_hash_index_add(&pool->anchors_by_subject, anchor->anchor.subject.hash);
    return SIGNET_OK;
}

/* On TERMS, without a name. */
static enum signet_status new_anchor(const struct signet_anchor_terms *terms,
                                     struct pool_anchor **out)
{
    struct pool_anchor *anchor = calloc(1, sizeof(*anchor));
    if (anchor == NULL)
        return SIGNET_ERR_MEMORY;
    enum signet_status status = sg_anchor_terms_copy(terms, &anchor->anchor.terms, &anchor->terms);
    if (status == SIGNET_OK)
        *out = anchor;
    else
        free_anchor(anchor);
    return status;
}

enum signet_status signet_pool_add_anchor(struct signet_pool *pool,
                                          const struct signet_certificate *certificate,
                                          const struct signet_anchor_terms *terms)
{
    struct pool_anchor *anchor;
    enum signet_status status = new_anchor(terms, &anchor);
    if (status != SIGNET_OK)
        return status;
    anchor->certificate = signet_certificate_ref(certificate);
    anchor->anchor.subject = certificate->subject;
    anchor->anchor.spki = certificate->spki;
    anchor->anchor.certificate = certificate;
    return add_anchor(pool, anchor);
}

/* Each must be the whole of its octets. */
static bool read_name_and_key(struct signet_span name, struct signet_span spki,
                              struct sg_anchor *out, struct signet_parse_error *error)
{
    *error = (struct signet_parse_error){.object = "anchor name"};
    struct sg_der der = sg_der_begin(name, error);
    if (!sg_name_parse(&der, &out->subject, "a Name SEQUENCE") || !sg_der_end(&der))
        return false;
    *error = (struct signet_parse_error){.object = "anchor key"};
    der = sg_der_begin(spki, error);
    return sg_spki_parse(&der, &out->spki) && sg_der_end(&der);
}

/* Copies of ANCHOR's octets into a block that it owns: name, key, and the name's canonical form. */
static bool own_name_and_key(struct pool_anchor *anchor, struct signet_span name,
                             struct signet_span spki)
{
    struct signet_parse_error error;
    struct sg_buffer block;
    size_t len = name.len + spki.len;
    sg_buffer_init(&block, SIZE_MAX);
    sg_buffer_add(&block, name);
    sg_buffer_add(&block, spki);
    if (block.status != SIGNET_OK || !sg_name_add_canonical(&anchor->anchor.subject, &block)) {
        sg_buffer_free(&block);
        return false;
    }
    anchor->block = block.ptr;
    sg_name_set_canonical(&anchor->anchor.subject, sg_span(block.ptr + len, block.len - len));
    struct sg_name canonical = anchor->anchor.subject;
    bool read = read_name_and_key(sg_span(block.ptr, name.len),
                                  sg_span(block.ptr + name.len, spki.len), &anchor->anchor, &error);
    sg_name_set_canonical(&anchor->anchor.subject, canonical.canonical);
    return read;
}

enum signet_status signet_pool_add_anchor_key(struct signet_pool *pool, struct signet_span name,
                                              struct signet_span spki,
                                              const struct signet_anchor_terms *terms,
                                              struct signet_parse_error *error)
{
    struct signet_parse_error ignored;
    struct pool_anchor *anchor;
    enum signet_status status = new_anchor(terms, &anchor);
    if (status != SIGNET_OK)
        return status;
    bool read = read_name_and_key(name, spki, &anchor->anchor, error != NULL ? error : &ignored);
    if (read && own_name_and_key(anchor, name, spki))
        return add_anchor(pool, anchor);
    free_anchor(anchor);
    return read ? SIGNET_ERR_MEMORY : SIGNET_ERR_PARSE;
}

size_t signet_pool_num_certificates(const struct signet_pool *pool)
{
    size_t num = 0;
    for (; pool != NULL; pool = pool->parent)
        num += pool->num_certificates;
    return num;
}

size_t signet_pool_num_crls(const struct signet_pool *pool)
{
    size_t num = 0;
    for (; pool != NULL; pool = pool->parent)
        num += pool->num_crls;
    return num;
}

size_t signet_pool_num_anchors(const struct signet_pool *pool)
{
    size_t num = 0;
    for (; pool != NULL; pool = pool->parent)
        num += pool->num_anchors;
    return num;
}

static bool holds_attributes(const struct signet_pool *pool,
                             const struct signet_attribute_certificate *certificate)
{
    uint64_t hash = sg_pool_fingerprint_hash(certificate->sha256);
    for (; pool != NULL; pool = pool->parent) {
        uint32_t item = 0;
        while ((item = sg_hash_index_find(&pool->attributes_by_fingerprint, hash, item)) != 0) {
            if (sg_span_equal(pool->attributes[item - 1]->der, certificate->der))
                return true;
        }
    }
    return false;
}

enum signet_status
signet_pool_add_attribute_certificate(struct signet_pool *pool,
                                      const struct signet_attribute_certificate *certificate)
{
    if (holds_attributes(pool, certificate))
        return SIGNET_OK;
    void *items = sg_pool_make_room(pool->attributes, &pool->cap_attributes, pool->num_attributes,
                                    sizeof(struct signet_attribute_certificate *));
    if (items == NULL)
        return SIGNET_ERR_MEMORY;
    pool->attributes = items;
    if (!sg_hash_index_reserve(&pool->attributes_by_fingerprint))
        return SIGNET_ERR_MEMORY;
    pool->attributes[pool->num_attributes++] = signet_attribute_certificate_ref(certificate);
    sg_hash_index_add(&pool->attributes_by_fingerprint,
                      sg_pool_fingerprint_hash(certificate->sha256));
    return SIGNET_OK;
}

size_t signet_pool_num_attribute_certificates(const struct signet_pool *pool)
{
    size_t num = 0;
    for (; pool != NULL; pool = pool->parent)
        num += pool->num_attributes;
    return num;
}

size_t sg_pool_num_own_attribute_certificates(const struct signet_pool *pool)
{
    return pool->num_attributes;
}

const struct signet_attribute_certificate *
sg_pool_attribute_certificate(const struct signet_pool *pool, size_t index)
{
    for (; pool != NULL; pool = pool->parent) {
        if (index < pool->num_attributes)
            return pool->attributes[index];
        index -= pool->num_attributes;
    }
    return NULL;
}

bool sg_pool_has_anchor_modes(const struct signet_pool *pool)
{
    for (; pool != NULL; pool = pool->parent) {
        if (pool->has_anchor_modes)
            return true;
    }
    return false;
}

static bool is_address(const char *text)
{
    struct sg_mailbox mailbox;
    struct sg_arena scratch;
    sg_arena_init(&scratch, SIZE_MAX);
    bool parsed = sg_mailbox_parse(sg_span_text(text), &scratch, &mailbox);
    sg_arena_clear(&scratch);
    return parsed;
}

static struct sg_binding *own_binding(const struct signet_pool *pool, struct signet_span sha256,
                                      struct signet_span address)
{
    uint64_t hash = sg_pool_fingerprint_hash(sha256.ptr);
    uint32_t item = 0;
    while ((item = sg_hash_index_find(&pool->bindings_by_fingerprint, hash, item)) != 0) {
        struct sg_binding *binding = pool->bindings[item - 1];
        if (memcmp(binding->sha256, sha256.ptr, sizeof(binding->sha256)) == 0 &&
            sg_span_equal(binding->address, address))
            return binding;
    }
    return NULL;
}

static bool reserve_binding(struct signet_pool *pool)
{
    void *items = sg_pool_make_room(pool->bindings, &pool->cap_bindings, pool->num_bindings,
                                    sizeof(struct sg_binding *));
    if (items == NULL)
        return false;
    pool->bindings = items;
    return sg_hash_index_reserve(&pool->bindings_by_fingerprint);
}

static struct sg_binding *new_binding(struct signet_span sha256, struct signet_span address,
                                      enum signet_binding_kind kind)
{
    struct sg_binding *binding = malloc(sizeof(*binding) + address.len);
    if (binding == NULL)
        return NULL;
    memcpy(binding->sha256, sha256.ptr, sizeof(binding->sha256));
    memcpy(binding + 1, address.ptr, address.len);
    binding->address = sg_span(binding + 1, address.len);
    binding->kind = kind;
    return binding;
}

enum signet_status signet_pool_add_binding(struct signet_pool *pool, struct signet_span sha256,
                                           const char *address, enum signet_binding_kind kind)
{
    struct signet_span text = sg_span_text(address);
    if (sha256.len != 32 || kind > SIGNET_BINDING_USER || !is_address(address))
        return SIGNET_ERR_ARGUMENT;
    struct sg_binding *binding = own_binding(pool, sha256, text);
    if (binding != NULL) {
        binding->kind = kind > binding->kind ? kind : binding->kind;
        return SIGNET_OK;
    }
    if (!reserve_binding(pool) || (binding = new_binding(sha256, text, kind)) == NULL)
        return SIGNET_ERR_MEMORY;
    pool->bindings[pool->num_bindings++] = binding;
    sg_hash_index_add(&pool->bindings_by_fingerprint, sg_pool_fingerprint_hash(binding->sha256));
    return SIGNET_OK;
}

size_t signet_pool_num_bindings(const struct signet_pool *pool)
{
    size_t num = 0;
    for (; pool != NULL; pool = pool->parent)
        num += pool->num_bindings;
    return num;
}
