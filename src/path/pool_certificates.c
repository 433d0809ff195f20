/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The certificates of a pool: entered into its indexes as octets, made when they are looked for.
 */
#include "path/pool_parts.h"

/* Of so many certificates under one issuer and serial number the octets are compared one by one;
 * an honest issuer gives each its own. */
enum { FEW_ALIKE = 8 };

/* What a certificate is found by. */
struct certificate_keys {
    uint64_t subject, reference, key_id;
};

/* What is found of a certificate's octets in a pool. */
struct finding_place {
    uint32_t item; /* number + 1 of the certificate that has them; 0 for none */
    bool crowded;  /* by its hash, as many others have its issuer and serial number */
};

static uint64_t octets_hash(const struct signet_pool *pool, struct signet_span der)
{
    return sg_span_hash(der, pool->seed);
}

static uint32_t find_in_crowd(const struct signet_pool *pool, struct signet_span der)
{
    if (pool->by_octets.num == 0)
        return 0;
    uint64_t hash = octets_hash(pool, der);
    uint32_t item = 0;
    while ((item = sg_hash_index_find(&pool->by_octets, hash, item)) != 0) {
        if (sg_span_equal(sg_pool_octets_at(pool, item - 1), der))
            return item;
    }
    return 0;
}

static struct finding_place find_place(const struct signet_pool *pool, struct signet_span der,
                                       uint64_t reference)
{
    uint32_t item = 0;
    for (size_t num = 0; num < FEW_ALIKE; num++) {
        item = sg_hash_index_find(&pool->by_reference, reference, item);
        if (item == 0 || sg_span_equal(sg_pool_octets_at(pool, item - 1), der))
            return (struct finding_place){.item = item};
    }
    return (struct finding_place){.item = find_in_crowd(pool, der), .crowded = true};
}

uint32_t sg_pool_find_octets(const struct signet_pool *pool, struct signet_span der,
                             uint64_t reference)
{
    return find_place(pool, der, reference).item;
}

static uint64_t reference_of(const struct signet_pool *pool,
                             const struct signet_certificate *certificate)
{
    return sg_pool_reference_key(sg_pool_name_key(pool, certificate->issuer.canonical),
                                 certificate->serial);
}

/* The number + 1 of CERTIFICATE's octets in this very pool; 0 for none. */
static uint32_t own_certificate(const struct signet_pool *pool,
                                const struct signet_certificate *certificate)
{
    return sg_pool_find_octets(pool, certificate->der, reference_of(pool, certificate));
}

const struct signet_certificate *sg_pool_certificate_make(const struct signet_pool *pool,
                                                          size_t index)
{
    struct pool_certificate *item = &pool->certificates[index];
    struct signet_certificate *made,
        *held = atomic_load_explicit(&item->made, memory_order_acquire);
    if (held != NULL)
        return held;
    if (signet_certificate_parse(sg_pool_octets_at(pool, index), &made, NULL) != SIGNET_OK)
        return NULL;
    /* Another thread that judges with this pool may have been faster. */
    if (atomic_compare_exchange_strong_explicit(&item->made, &held, made, memory_order_acq_rel,
                                                memory_order_acquire))
        return made;
    signet_certificate_unref(made);
    return held;
}

/* Enters every certificate into by_octets, which has had none: from now on it has all. */
static bool begin_by_octets(struct signet_pool *pool)
{
    for (size_t i = 0; i < pool->num_certificates; i++) {
        if (!sg_hash_index_reserve(&pool->by_octets)) {
            sg_hash_index_free(&pool->by_octets);
            return false;
        }
        sg_hash_index_add(&pool->by_octets, octets_hash(pool, sg_pool_octets_at(pool, i)));
    }
    return true;
}

static bool reserve_by_octets(struct signet_pool *pool, bool crowded)
{
    if (pool->by_octets.num == 0 && (!crowded || !begin_by_octets(pool)))
        return !crowded;
    return sg_hash_index_reserve(&pool->by_octets);
}

/* CROWDED: as find_place says of the certificate that is to come. */
static bool reserve_certificate(struct signet_pool *pool, bool crowded)
{
    void *items = sg_pool_make_room(pool->certificates, &pool->cap_certificates,
                                    pool->num_certificates, sizeof(*pool->certificates));
    if (items == NULL)
        return false;
    pool->certificates = items;
    return reserve_by_octets(pool, crowded) && sg_hash_index_reserve(&pool->by_subject) &&
           sg_hash_index_reserve(&pool->by_reference) && sg_hash_index_reserve(&pool->by_key_id);
}

static void append_certificate(struct signet_pool *pool, struct signet_span der,
                               const struct certificate_keys *keys)
{
    struct pool_certificate *item = &pool->certificates[pool->num_certificates++];
    *item = (struct pool_certificate){.der = der.ptr, .len = (uint32_t)der.len};
    atomic_init(&item->made, NULL);
    sg_hash_index_add(&pool->by_subject, keys->subject);
    sg_hash_index_add(&pool->by_reference, keys->reference);
    sg_hash_index_add(&pool->by_key_id, keys->key_id);
    if (pool->by_octets.num > 0)
        sg_hash_index_add(&pool->by_octets, octets_hash(pool, der));
}

/* As find_place in POOL; and an item, whichever it is, where only a parent has one. */
static struct finding_place find_anywhere(const struct signet_pool *pool, struct signet_span der,
                                          uint64_t reference)
{
    struct finding_place place = find_place(pool, der, reference);
    for (pool = pool->parent; pool != NULL && place.item == 0; pool = pool->parent)
        place.item = sg_pool_find_octets(pool, der, reference);
    return place;
}

static bool read_name_key(struct signet_pool *pool, const struct sg_name *name, uint64_t *key)
{
    pool->form.len = 0;
    if (!sg_name_add_canonical(name, &pool->form)) {
        sg_buffer_free(&pool->form);
        return false;
    }
    *key = sg_pool_name_key(pool, sg_buffer_span(&pool->form));
    return true;
}

static bool read_keys(struct signet_pool *pool, const struct sg_certificate_outline *outline,
                      struct certificate_keys *keys)
{
    uint64_t issuer;
    if (!read_name_key(pool, &outline->issuer, &issuer))
        return false;
    keys->reference = sg_pool_reference_key(issuer, outline->serial);
    sg_hash_index_expect(&pool->by_reference, keys->reference);
    keys->key_id = sg_pool_key_id_key(outline->ski);
    return read_name_key(pool, &outline->subject, &keys->subject);
}

/* DER in a place of its own, where it is to be COPIED. */
static bool settle(struct signet_pool *pool, struct signet_span *der, bool copied)
{
    if (!copied)
        return true;
    pool->octets.failed = false; /* what was refused once may be asked for again */
    *der = sg_arena_copy(&pool->octets, *der);
    return !pool->octets.failed;
}

static enum signet_status add_octets(struct signet_pool *pool, struct signet_span der, bool copied,
                                     struct signet_parse_error *error)
{
    struct sg_certificate_outline outline;
    struct certificate_keys keys;
    enum signet_status status = sg_certificate_outline_read(der, &outline, error);
    if (status != SIGNET_OK)
        return status;
    if (!read_keys(pool, &outline, &keys))
        return SIGNET_ERR_MEMORY;
    struct finding_place place = find_anywhere(pool, der, keys.reference);
    if (place.item != 0)
        return SIGNET_OK;
    if (!reserve_certificate(pool, place.crowded) || !settle(pool, &der, copied))
        return SIGNET_ERR_MEMORY;
    append_certificate(pool, der, &keys);
    return SIGNET_OK;
}

enum signet_status sg_pool_add_octets(struct signet_pool *pool, struct signet_span der,
                                      struct signet_parse_error *error)
{
    return add_octets(pool, der, false, error);
}

enum signet_status signet_pool_add_certificate_octets(struct signet_pool *pool,
                                                      struct signet_span der,
                                                      struct signet_parse_error *error)
{
    struct signet_parse_error first;
    enum signet_status status = add_octets(pool, der, true, &first);
    if (error != NULL)
        *error = status == SIGNET_ERR_PARSE ? first : (struct signet_parse_error){0};
    return status;
}

/* CERTIFICATE, whose reference key is REFERENCE and which is not there yet, CROWDED or not. */
static enum signet_status add_certificate(struct signet_pool *pool,
                                          const struct signet_certificate *certificate,
                                          uint64_t reference, bool crowded, uint32_t marks)
{
    if (!reserve_certificate(pool, crowded))
        return SIGNET_ERR_MEMORY;
    const struct certificate_keys keys = {sg_pool_name_key(pool, certificate->subject.canonical),
                                          reference, sg_pool_key_id_key(certificate->ski)};
    append_certificate(pool, certificate->der, &keys);
    struct pool_certificate *item = &pool->certificates[pool->num_certificates - 1];
    item->marks = marks;
    atomic_init(&item->made, signet_certificate_ref(certificate));
    return SIGNET_OK;
}

enum signet_status signet_pool_add_certificate(struct signet_pool *pool,
                                               const struct signet_certificate *certificate)
{
    uint64_t reference = reference_of(pool, certificate);
    struct finding_place place = find_anywhere(pool, certificate->der, reference);
    return place.item != 0 ? SIGNET_OK
                           : add_certificate(pool, certificate, reference, place.crowded, 0);
}

static enum signet_status mark_certificate(struct signet_pool *pool,
                                           const struct signet_certificate *certificate,
                                           enum mark mark)
{
    uint64_t reference = reference_of(pool, certificate);
    struct finding_place place = find_place(pool, certificate->der, reference);
    if (place.item == 0)
        return add_certificate(pool, certificate, reference, place.crowded, mark);
    pool->certificates[place.item - 1].marks |= mark;
    return SIGNET_OK;
}

enum signet_status signet_pool_pin_ca(struct signet_pool *pool,
                                      const struct signet_certificate *certificate)
{
    return mark_certificate(pool, certificate, MARK_PINNED_CA);
}

enum signet_status signet_pool_add_attribute_authority(struct signet_pool *pool,
                                                       const struct signet_certificate *certificate)
{
    return mark_certificate(pool, certificate, MARK_ATTRIBUTE_AUTHORITY);
}

static bool is_marked(const struct signet_pool *pool, const struct signet_certificate *certificate,
                      enum mark mark)
{
    for (; pool != NULL; pool = pool->parent) {
        uint32_t item = own_certificate(pool, certificate);
        if (item != 0 && (pool->certificates[item - 1].marks & mark) != 0)
            return true;
    }
    return false;
}

bool sg_pool_is_pinned_ca(const struct signet_pool *pool,
                          const struct signet_certificate *certificate)
{
    return is_marked(pool, certificate, MARK_PINNED_CA);
}

bool sg_pool_is_attribute_authority(const struct signet_pool *pool,
                                    const struct signet_certificate *certificate)
{
    return is_marked(pool, certificate, MARK_ATTRIBUTE_AUTHORITY);
}

bool sg_pool_holds_own_certificate(const struct signet_pool *pool,
                                   const struct signet_certificate *certificate)
{
    uint32_t item = pool != NULL ? own_certificate(pool, certificate) : 0;
    return item != 0 && atomic_load(&pool->certificates[item - 1].made) == certificate;
}
