/* SPDX-License-Identifier: Apache-2.0 */
/* CRLs that later ones have taken the place of. A CRL of some megabytes a day is some gigabytes a
 * year, and nothing goes by itself: old ones are evidence of what was so. */
#include "crypto/digest.h"
#include "store/keys.h"

#include <stdlib.h>

enum { SHA256_LEN = 32 };

/* What a CRL tells of, and who vouches for it: one of the same is its predecessor. */
struct series {
    uint8_t sha256[SHA256_LEN];
};

struct listed {
    int64_t object;
    struct series series;
    signet_time this_update, next_update;
    uint64_t der_len;
};

struct sweep {
    struct signet_store *store;
    signet_time before, now;
    struct sg_arena arena;
    struct listed *items;
    size_t num, cap;
};

static void add_number(struct sg_buffer *buffer, uint64_t number)
{
    sg_buffer_add(buffer, sg_span(&number, sizeof(number)));
}

static void add_octets(struct sg_buffer *buffer, struct signet_span octets)
{
    add_number(buffer, octets.len);
    sg_buffer_add(buffer, octets);
}

/* KEY verified CRL: nobody else can have made one of this series. */
static enum signet_status name_series(const struct signet_crl *crl, struct signet_span key,
                                      struct series *out)
{
    const struct sg_issuing_distribution_point *idp = &crl->idp;
    const bool flags[] = {crl->is_delta, idp->only_user_certs, idp->only_ca_certs,
                          idp->only_attribute_certs, idp->indirect_crl};
    struct sg_buffer buffer;
    sg_buffer_init(&buffer, SG_STORE_MAX_TEXT);
    add_octets(&buffer, key);
    add_octets(&buffer, crl->issuer.canonical);
    add_octets(&buffer, idp->full_name);
    add_octets(&buffer, idp->relative_name);
    add_number(&buffer, idp->present ? idp->reasons : SG_REASONS_ALL);
    for (size_t i = 0; i < sizeof(flags) / sizeof(flags[0]); i++)
        add_number(&buffer, flags[i]);
    enum signet_status status = buffer.status;
    if (status == SIGNET_OK && !sg_sha256(sg_buffer_span(&buffer), out->sha256))
        status = SIGNET_ERR_MEMORY;
    sg_buffer_free(&buffer);
    return status;
}

static enum signet_status list_one(struct sweep *sweep, const struct sg_store_loaded *loaded,
                                   struct signet_span key)
{
    const struct signet_crl *crl = loaded->crl;
    struct listed listed = {.object = loaded->object.id,
                            .this_update = crl->this_update,
                            .next_update = crl->next_update,
                            .der_len = loaded->object.der_len};
    void *items = sweep->items;
    enum signet_status status = name_series(crl, key, &listed.series);
    if (status != SIGNET_OK)
        return status;
    if (!sg_arena_grow(&sweep->arena, &items, &sweep->cap, sweep->num, sizeof(listed)))
        return sg_arena_status(&sweep->arena);
    sweep->items = items;
    sweep->items[sweep->num++] = listed;
    return SIGNET_OK;
}

/* Those that no key is known to have verified prove nothing and are not touched: what anybody could
 * have made takes no place. Neither does what is of the future. */
static enum signet_status look_at(struct sweep *sweep, int64_t object)
{
    struct sg_store_loaded loaded;
    struct signet_span keys = {NULL, 0};
    enum signet_status status = sg_store_load(sweep->store, object, &loaded);
    bool is_crl = status == SIGNET_OK && loaded.crl != NULL && !loaded.crl->unusable &&
                  loaded.crl->this_update <= sweep->now;
    if (is_crl)
        status = sweep->store->backend->fact_list(sweep->store->db, object, &loaded.arena, &keys);
    if (is_crl && status == SIGNET_OK && keys.len >= SHA256_LEN)
        status = list_one(sweep, &loaded, sg_span_first(keys, SHA256_LEN));
    sg_store_unload(&loaded);
    return status == SIGNET_ERR_PARSE ? SIGNET_OK : status;
}

/* By series, the latest last. */
static int compare(const void *a, const void *b)
{
    const struct listed *one = a, *other = b;
    int order = memcmp(&one->series, &other->series, sizeof(one->series));
    if (order != 0)
        return order;
    if (one->this_update != other->this_update)
        return one->this_update < other->this_update ? -1 : 1;
    return one->object < other->object ? -1 : one->object > other->object;
}

/* The list at INDEX ended before the time in question, and its series has a later one. */
static bool is_superseded(const struct sweep *sweep, size_t index)
{
    const struct listed *one = &sweep->items[index];
    return index + 1 < sweep->num && one->next_update != SIGNET_TIME_UNKNOWN &&
           one->next_update < sweep->before &&
           memcmp(&one->series, &one[1].series, sizeof(one->series)) == 0 &&
           sweep->items[index].this_update < sweep->items[index + 1].this_update;
}

static enum signet_status list_all(struct sweep *sweep)
{
    const struct sg_store_key_range crls = sg_store_prints(SIGNET_RECORD_CRL);
    struct sg_store_ids ids = {0};
    enum signet_status status = sweep->store->backend->key_list(sweep->store->db, crls.first,
                                                                crls.last, &sweep->arena, &ids);
    for (size_t i = 0; i < ids.num && status == SIGNET_OK; i++)
        status = look_at(sweep, ids.items[i]);
    if (sweep->num > 1)
        qsort(sweep->items, sweep->num, sizeof(*sweep->items), compare);
    return status;
}

static enum signet_status drop(struct signet_store *store, int64_t object)
{
    struct sg_store_loaded loaded;
    enum signet_status status = sg_store_load(store, object, &loaded);
    if (status == SIGNET_OK)
        status = sg_store_drop(store, &loaded);
    sg_store_unload(&loaded);
    return status;
}

static enum signet_status sweep_all(struct sweep *sweep, bool drops,
                                    struct signet_superseded *found)
{
    enum signet_status status = list_all(sweep);
    for (size_t i = 0; i < sweep->num && status == SIGNET_OK; i++) {
        if (!is_superseded(sweep, i))
            continue;
        found->num++;
        found->octets += sweep->items[i].der_len;
        if (drops)
            status = drop(sweep->store, sweep->items[i].object);
    }
    return status;
}

enum signet_status signet_store_superseded(struct signet_store *store, signet_time before,
                                           signet_time now, bool removes,
                                           struct signet_superseded *found)
{
    struct sweep sweep = {.store = store, .before = before < now ? before : now, .now = now};
    *found = (struct signet_superseded){0};
    enum signet_status status = removes ? sg_store_change(store) : sg_store_look(store);
    if (status != SIGNET_OK)
        return status;
    sg_arena_init(&sweep.arena, SG_STORE_MAX_WORK);
    status = sweep_all(&sweep, removes, found);
    sg_arena_clear(&sweep.arena);
    status = removes ? sg_store_changed(store, status) : sg_store_looked(store, status);
    if (status != SIGNET_OK)
        *found = (struct signet_superseded){0};
    return status;
}
