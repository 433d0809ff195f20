/* SPDX-License-Identifier: Apache-2.0 */
#include "store/supply.h"

#include "agent/context.h"
#include "base/buffer.h"
#include "base/span.h"
#include "path/pool.h"
#include "store/keys.h"
#include "store/nearest.h"

/* --- what several needs share */

enum signet_status sg_supply_name(struct sg_supply *supply, struct signet_span der,
                                  struct sg_name *out, bool *read)
{
    struct signet_parse_error error = {0};
    struct sg_der cursor = sg_der_begin(der, &error);
    struct sg_buffer form;
    *read = sg_name_parse(&cursor, out, "a Name") && sg_der_end(&cursor);
    if (!*read)
        return SIGNET_OK;
    sg_buffer_init(&form, SG_NAME_MAX_FORM_LEN);
    struct signet_span copy = {NULL, 0};
    if (sg_name_add_canonical(out, &form))
        copy = sg_arena_copy(supply->arena, sg_buffer_span(&form));
    sg_buffer_free(&form);
    if (copy.ptr == NULL)
        return SIGNET_ERR_MEMORY;
    sg_name_set_canonical(out, copy);
    return SIGNET_OK;
}

void sg_supply_facts(struct sg_supply *supply, const uint8_t sha256[32], struct signet_span keys)
{
    struct sg_remembered fact;
    memcpy(fact.object, sha256, sizeof(fact.object));
    for (; keys.len >= sizeof(fact.key); keys = sg_span_from(keys, sizeof(fact.key))) {
        memcpy(fact.key, keys.ptr, sizeof(fact.key));
        sg_fact_memory_add(supply->context->memory, &fact, true);
    }
}

static bool holds_anchor(const struct signet_pool *pool,
                         const struct signet_certificate *certificate)
{
    struct sg_pool_cursor cursor = sg_pool_anchors(pool, &certificate->subject);
    const struct sg_anchor *anchor;
    while ((anchor = sg_pool_anchor_next(&cursor)) != NULL) {
        if (anchor->certificate != NULL &&
            sg_span_equal(anchor->certificate->der, certificate->der))
            return true;
    }
    return false;
}

static enum signet_status add_anchor(struct sg_supply *supply, int64_t object,
                                     const struct signet_certificate *certificate)
{
    struct sg_store_anchor stored;
    if (holds_anchor(supply->pool, certificate))
        return SIGNET_OK;
    enum signet_status status =
        supply->store->backend->anchor_get(supply->store->db, object, supply->arena, &stored);
    if (status != SIGNET_OK || stored.object == 0 ||
        stored.anchor.distrusted != SIGNET_TIME_UNKNOWN)
        return status;
    status = signet_pool_add_anchor(supply->pool, certificate, &stored.anchor.terms);
    supply->num_added += status == SIGNET_OK;
    /* Terms that cannot be read are none that anybody has agreed to. */
    return status == SIGNET_ERR_ARGUMENT ? SIGNET_OK : status;
}

enum signet_status sg_supply_certificate(struct sg_supply *supply, int64_t object,
                                         const struct signet_certificate *certificate)
{
    const struct sg_store_backend *backend = supply->store->backend;
    size_t before = signet_pool_num_certificates(supply->pool);
    struct signet_span keys;
    enum signet_status status = signet_pool_add_certificate(supply->pool, certificate);
    supply->num_added += signet_pool_num_certificates(supply->pool) - before;
    if (status == SIGNET_OK)
        status = add_anchor(supply, object, certificate);
    if (status == SIGNET_OK)
        status = backend->fact_list(supply->store->db, object, supply->arena, &keys);
    if (status == SIGNET_OK)
        sg_supply_facts(supply, certificate->sha256, keys);
    return status;
}

/* --- certificates by name, serial number and key identifier */

/* What a certificate must be, beside having a key that is found. */
struct wanted {
    const struct sg_name *issuer, *subject; /* NULL: any */
    struct signet_span serial;              /* {NULL,0}: any */
    struct signet_span key_id; /* where a key identifier is all there is; else {NULL,0} */
};

static bool is_wanted(const struct signet_certificate *certificate, const struct wanted *wanted)
{
    return (wanted->issuer == NULL || sg_name_equal(&certificate->issuer, wanted->issuer)) &&
           (wanted->subject == NULL || sg_name_equal(&certificate->subject, wanted->subject)) &&
           (wanted->serial.ptr == NULL || sg_serial_equal(certificate->serial, wanted->serial)) &&
           (wanted->key_id.ptr == NULL || sg_span_equal(certificate->ski, wanted->key_id));
}

static enum signet_status list_key(struct sg_supply *supply, const struct sg_store_key_range *range,
                                   struct sg_store_ids *out)
{
    *out = (struct sg_store_ids){0};
    enum signet_status status = supply->store->backend->key_list(supply->store->db, range->first,
                                                                 range->last, supply->arena, out);
    if (status == SIGNET_OK)
        sg_ids_sort(out);
    return status;
}

/* The first that is new stands for all: whoever needs it will need its issuer next. */
static enum signet_status take_wanted(struct sg_supply *supply, int64_t id,
                                      struct signet_certificate *certificate)
{
    size_t before = supply->num_added;
    enum signet_status status = sg_supply_certificate(supply, id, certificate);
    if (status == SIGNET_OK && supply->num_added > before && supply->first == NULL)
        supply->first = signet_certificate_ref(certificate);
    return status;
}

static enum signet_status add_wanted(struct sg_supply *supply, const struct sg_store_ids *ids,
                                     const struct wanted *wanted)
{
    enum signet_status status = SIGNET_OK;
    for (size_t i = 0; i < ids->num && status == SIGNET_OK; i++) {
        struct sg_store_loaded loaded = {0};
        status = sg_store_load(supply->store, ids->items[i], &loaded);
        if (status == SIGNET_OK && loaded.certificate != NULL &&
            is_wanted(loaded.certificate, wanted))
            status = take_wanted(supply, ids->items[i], loaded.certificate);
        else if (status == SIGNET_ERR_PARSE)
            status = SIGNET_OK; /* damaged: as if it were not there */
        sg_store_unload(&loaded);
    }
    return status;
}

static enum signet_status list_verified(struct sg_supply *supply,
                                        const struct sg_store_key_range *range,
                                        struct sg_store_ids *out)
{
    const struct sg_store_backend *backend = supply->store->backend;
    *out = (struct sg_store_ids){0};
    enum signet_status status = backend->key_list_verified(supply->store->db, range->first,
                                                           range->last, supply->arena, out);
    if (status == SIGNET_OK)
        sg_ids_sort(out);
    return status;
}

static enum signet_status list_anchors(struct sg_supply *supply, struct sg_store_ids *out)
{
    *out = (struct sg_store_ids){0};
    enum signet_status status =
        supply->store->backend->anchor_list(supply->store->db, false, supply->arena, out);
    if (status == SIGNET_OK)
        sg_ids_sort(out);
    return status;
}

/* {NULL,0} for KEY_ID: none. */
static enum signet_status list_key_id(struct sg_supply *supply, struct signet_span key_id,
                                      struct sg_store_ids *out)
{
    struct sg_store_key_range range;
    *out = (struct sg_store_ids){0};
    if (key_id.len == 0)
        return SIGNET_OK;
    return sg_store_key_id(key_id, &range) ? list_key(supply, &range, out) : SIGNET_ERR_MEMORY;
}

/*
 * Adds those in RANGE that are WANTED: anchors before those whose signature was verified once,
 * before those with KEY_ID, before the others. Anybody can have certificates stored that look like
 * an issuer's, key identifier and all, but they do not verify (E-41).
 */
static enum signet_status add_by_range(struct sg_supply *supply,
                                       const struct sg_store_key_range *range,
                                       struct signet_span key_id, const struct wanted *wanted)
{
    struct sg_store_ids all, of_key = {0}, anchors = {0}, classes[4] = {{0}}, chosen;
    enum signet_status status = list_key(supply, range, &all);
    if (status == SIGNET_OK && all.num < 2)
        return add_wanted(supply, &all, wanted); /* there is nothing to choose */
    if (status == SIGNET_OK)
        status = list_verified(supply, range, &classes[1]);
    if (status == SIGNET_OK)
        status = list_anchors(supply, &anchors);
    if (status == SIGNET_OK)
        status = list_key_id(supply, key_id, &of_key);
    if (status != SIGNET_OK)
        return status;
    classes[3] = all;
    if (!sg_ids_both(&all, &anchors, supply->arena, &classes[0]) ||
        !sg_ids_both(&all, &of_key, supply->arena, &classes[2]) ||
        !sg_nearest_choose(classes, 4, SG_SUPPLY_MAX_CERTIFICATES, supply->arena, &chosen))
        return SIGNET_ERR_MEMORY;
    return add_wanted(supply, &chosen, wanted);
}

/* --- one kind of need each */

static enum signet_status supply_signer(struct sg_supply *supply, const struct signet_need *need)
{
    struct sg_store_key_range range;
    struct wanted wanted = {0};
    struct sg_name issuer;
    bool read = false;
    if (need->name.ptr == NULL) {
        wanted.key_id = need->key_id;
        if (need->key_id.len == 0)
            return SIGNET_OK;
        return sg_store_key_id(need->key_id, &range)
                   ? add_by_range(supply, &range, (struct signet_span){NULL, 0}, &wanted)
                   : SIGNET_ERR_MEMORY;
    }
    enum signet_status status = sg_supply_name(supply, need->name, &issuer, &read);
    if (status != SIGNET_OK || !read)
        return status;
    wanted.issuer = &issuer;
    wanted.serial = need->serial;
    return sg_store_key_issuer(&issuer, need->serial, &range)
               ? add_by_range(supply, &range, need->key_id, &wanted)
               : SIGNET_ERR_MEMORY;
}

/* What is known of CERTIFICATE, which came another way: who signed it. NULL is legal. */
static enum signet_status supply_facts_of(struct sg_supply *supply,
                                          const struct signet_certificate *certificate)
{
    struct signet_span keys;
    int64_t object;
    if (certificate == NULL)
        return SIGNET_OK;
    enum signet_status status =
        sg_store_object_find(supply->store, SIGNET_RECORD_CERTIFICATE,
                             sg_span(certificate->sha256, sizeof(certificate->sha256)), &object);
    if (status != SIGNET_OK || object == 0)
        return status;
    status = supply->store->backend->fact_list(supply->store->db, object, supply->arena, &keys);
    if (status == SIGNET_OK)
        sg_supply_facts(supply, certificate->sha256, keys);
    return status;
}

static enum signet_status add_subjects(struct sg_supply *supply, struct signet_span name,
                                       struct signet_span key_id)
{
    struct sg_store_key_range range;
    struct sg_name subject;
    bool read = false;
    enum signet_status status = sg_supply_name(supply, name, &subject, &read);
    if (status != SIGNET_OK || !read)
        return status;
    const struct wanted wanted = {.subject = &subject};
    return sg_store_key_subject(&subject, &range) ? add_by_range(supply, &range, key_id, &wanted)
                                                  : SIGNET_ERR_MEMORY;
}

static enum signet_status supply_issuer(struct sg_supply *supply, const struct signet_need *need)
{
    enum signet_status status = supply_facts_of(supply, need->certificate);
    return status == SIGNET_OK ? add_subjects(supply, need->name, need->key_id) : status;
}

/* Issuers that are asked for one after the other, so that not each of them costs a judgement. */
enum { MAX_CLIMB = 8 };

/* Adds the issuers of what was added, and theirs, unless STATUS is a failure already. */
static enum signet_status climb(struct sg_supply *supply, enum signet_status status)
{
    for (size_t level = 0; level < MAX_CLIMB && supply->first != NULL && status == SIGNET_OK;
         level++) {
        struct signet_certificate *child = supply->first;
        supply->first = NULL;
        if (!child->self_issued)
            status = add_subjects(supply, child->issuer.der, child->aki.key_id);
        signet_certificate_unref(child);
    }
    signet_certificate_unref(supply->first);
    supply->first = NULL;
    return status;
}

static enum signet_status supply_whole_crl(struct sg_supply *supply, const struct signet_need *need)
{
    return need->crl != NULL ? sg_supply_whole_crl(supply, need->crl) : SIGNET_OK;
}

/* What was said of one certificate. */
struct bound {
    struct sg_supply *supply;
    const struct signet_certificate *certificate;
    size_t num;
};

/* More addresses than this are not asked for: nobody has so many. */
enum { MAX_BINDINGS = 256 };

static size_t count_bindings(const struct bound *bound)
{
    struct sg_pool_cursor cursor = sg_pool_bindings(bound->supply->pool, bound->certificate);
    size_t num = 0;
    while (sg_pool_binding_next(&cursor) != NULL)
        num++;
    return num;
}

static enum signet_status take_binding(void *context, const struct sg_store_binding *binding)
{
    struct bound *bound = context;
    if (binding->kind != SIGNET_BINDING_USER || bound->num == MAX_BINDINGS)
        return SIGNET_OK;
    bound->num++;
    enum signet_status status =
        signet_pool_add_binding(bound->supply->pool, sg_span(bound->certificate->sha256, 32),
                                binding->address, binding->kind);
    return status == SIGNET_ERR_ARGUMENT ? SIGNET_OK : status;
}

/* Only what the user said decides anything; the other kinds come from verdicts. */
static enum signet_status supply_binding(struct sg_supply *supply, const struct signet_need *need)
{
    struct bound bound = {.supply = supply, .certificate = need->certificate};
    int64_t object;
    if (need->certificate == NULL)
        return SIGNET_OK;
    enum signet_status status = sg_store_object_find(
        supply->store, SIGNET_RECORD_CERTIFICATE, sg_span(need->certificate->sha256, 32), &object);
    if (status != SIGNET_OK || object == 0)
        return status;
    size_t before = count_bindings(&bound);
    status =
        supply->store->backend->binding_walk(supply->store->db, NULL, object, take_binding, &bound);
    supply->num_added += count_bindings(&bound) - before;
    return status;
}

typedef enum signet_status supplier(struct sg_supply *supply, const struct signet_need *need);

/* CRLs are gathered first, see below. */
static supplier *const suppliers[] = {
    [SIGNET_NEED_SIGNER] = supply_signer,
    [SIGNET_NEED_ISSUER] = supply_issuer,
    [SIGNET_NEED_WHOLE_CRL] = supply_whole_crl,
    [SIGNET_NEED_BINDING] = supply_binding,
    [SIGNET_NEED_DELTA_CRL] = NULL,
    [SIGNET_NEED_CRL] = NULL,
};

static bool is_of_crls(const struct signet_need *need)
{
    return need->kind == SIGNET_NEED_CRL || need->kind == SIGNET_NEED_DELTA_CRL;
}

/* All needs for CRLs of one issuer at once, so that one excerpt does for all of them. */
static enum signet_status supply_crls(struct sg_supply *supply, const struct signet_need *needs,
                                      size_t num)
{
    enum signet_status status = SIGNET_OK;
    const struct signet_need **group = sg_arena_array(supply->arena, num + 1, sizeof(*group));
    bool *done = sg_arena_array(supply->arena, num + 1, sizeof(*done));
    if (group == NULL || done == NULL)
        return SIGNET_ERR_MEMORY;
    for (size_t i = 0; i < num && status == SIGNET_OK; i++) {
        struct sg_name name;
        bool read = false;
        size_t num_group = 0;
        if (!is_of_crls(&needs[i]) || done[i])
            continue;
        for (size_t k = i; k < num; k++) {
            if (is_of_crls(&needs[k]) && sg_span_equal(needs[k].name, needs[i].name)) {
                group[num_group++] = &needs[k];
                done[k] = true;
            }
        }
        status = sg_supply_name(supply, needs[i].name, &name, &read);
        if (status == SIGNET_OK && read)
            status = sg_supply_crls(supply, &name, group, num_group);
    }
    return status;
}

static enum signet_status supply_all(struct sg_supply *supply, const struct signet_need *needs,
                                     size_t num)
{
    enum signet_status status = supply_crls(supply, needs, num);
    for (size_t i = 0; i < num && status == SIGNET_OK; i++) {
        if (suppliers[needs[i].kind] != NULL)
            status = suppliers[needs[i].kind](supply, &needs[i]);
        status = climb(supply, status);
    }
    return status;
}

enum signet_status signet_store_supply(struct signet_store *store, struct signet_context *context,
                                       const struct signet_need *needs, size_t num,
                                       struct signet_pool *pool, size_t *num_added)
{
    struct sg_arena arena;
    struct sg_supply supply = {.store = store, .context = context, .pool = pool, .arena = &arena};
    sg_arena_init(&arena, SG_STORE_MAX_WORK);
    enum signet_status status = sg_store_look(store);
    if (status == SIGNET_OK)
        status = sg_store_looked(store, supply_all(&supply, needs, num));
    sg_arena_clear(&arena);
    *num_added = supply.num_added;
    return status;
}
