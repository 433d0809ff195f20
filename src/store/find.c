/* SPDX-License-Identifier: Apache-2.0 */
/* Finding objects: candidates by whatever narrows them down most, in the order of their kinds and
 * fingerprints, each loaded and compared with what is looked for. */
#include "store/keys.h"
#include "store/match.h"

#include <stdlib.h>

/* --- candidates */

struct own_search {
    struct signet_store *store;
    struct sg_arena *arena;
    struct sg_store_ids *ids;
};

static enum signet_status add_owned(void *context, const struct signet_stored_key *key)
{
    struct own_search *search = context;
    int64_t id;
    enum signet_status status =
        sg_store_object_find(search->store, SIGNET_RECORD_CERTIFICATE, key->sha256, &id);
    if (status != SIGNET_OK || id == 0 || sg_store_ids_add(search->ids, search->arena, id))
        return status;
    return sg_arena_status(search->arena);
}

static enum signet_status list_by_key(struct signet_store *store, bool computed,
                                      const struct sg_store_key_range *range,
                                      struct sg_arena *arena, struct sg_store_ids *ids)
{
    if (!computed)
        return SIGNET_ERR_MEMORY;
    return store->backend->key_list(store->db, range->first, range->last, arena, ids);
}

/* *SORTED: they come in the order that they are to have. */
static enum signet_status list(struct signet_store *store, const struct sg_store_wanted *wanted,
                               struct sg_arena *arena, struct sg_store_ids *ids, bool *sorted)
{
    const struct signet_store_query *query = wanted->query;
    struct sg_store_key_range range;
    *sorted = false;
    if (query->sha256.len == 32 || (query->sha256.len > 0 && wanted->folded == NULL)) {
        *sorted = true;
        return sg_store_print_list(store, wanted->kinds, query->sha256, arena, ids);
    }
    if (wanted->folded != NULL)
        return sg_store_address_list(store, wanted->folded, arena, ids);
    if (query->key_id.ptr != NULL)
        return list_by_key(store, sg_store_key_id(query->key_id, &range), &range, arena, ids);
    if (query->subject.ptr != NULL)
        return list_by_key(store, sg_store_key_subject(&wanted->subject, &range), &range, arena,
                           ids);
    if (query->own) {
        struct own_search search = {store, arena, ids};
        return store->backend->own_walk(store->db, (struct signet_span){NULL, 0}, add_owned,
                                        &search);
    }
    if (query->anchors)
        return store->backend->anchor_list(store->db, query->distrusted, arena, ids);
    if (query->issuer.ptr != NULL)
        return list_by_key(store, sg_store_key_issuer(&wanted->issuer, query->serial, &range),
                           &range, arena, ids);
    *sorted = true;
    return sg_store_print_list(store, wanted->kinds, query->sha256, arena, ids);
}

/* --- order */

struct place {
    int64_t id;
    unsigned kind;
    uint8_t sha256[32];
};

static int compare_places(const void *first, const void *second)
{
    const struct place *a = first, *b = second;
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    int order = memcmp(a->sha256, b->sha256, sizeof(a->sha256));
    return order != 0 ? order : (a->id > b->id) - (a->id < b->id);
}

static enum signet_status place(struct signet_store *store, int64_t id, struct place *out)
{
    struct sg_store_object object;
    *out = (struct place){.id = id};
    enum signet_status status = store->backend->object_get(store->db, id, &object);
    if (status != SIGNET_OK || object.id == 0)
        return status;
    out->kind = object.kind;
    status = sg_store_object_sha256(&object, out->sha256);
    return status == SIGNET_ERR_PARSE ? SIGNET_OK : status;
}

/* Sorts IDS by what the objects are, and drops what is there twice. */
static enum signet_status sort(struct signet_store *store, struct sg_arena *arena,
                               struct sg_store_ids *ids)
{
    enum signet_status status = SIGNET_OK;
    if (ids->num < 2)
        return SIGNET_OK;
    struct place *places = sg_arena_array(arena, ids->num, sizeof(*places));
    if (places == NULL)
        return sg_arena_status(arena);
    for (size_t i = 0; i < ids->num && status == SIGNET_OK; i++)
        status = place(store, ids->items[i], &places[i]);
    qsort(places, ids->num, sizeof(*places), compare_places);
    size_t num = 0;
    for (size_t i = 0; i < ids->num; i++) {
        if (i == 0 || places[i].id != places[i - 1].id)
            ids->items[num++] = places[i].id;
    }
    ids->num = num;
    return status;
}

/* --- records */

static struct signet_span copy_span(struct sg_arena *arena, struct signet_span span)
{
    return span.ptr != NULL ? sg_arena_copy(arena, span) : span;
}

/* The anchor that LOADED is or was, its texts in LOADED's arena; *FOUND: it is one. */
static enum signet_status take_anchor(struct signet_store *store, struct sg_store_loaded *loaded,
                                      struct sg_store_anchor *anchor)
{
    struct sg_arena *arena = &loaded->arena;
    struct signet_stored_anchor *stored = &anchor->anchor;
    enum signet_status status =
        store->backend->anchor_get(store->db, loaded->object.id, arena, anchor);
    if (status != SIGNET_OK || anchor->object == 0)
        return status;
    stored->terms.permitted_subtrees = copy_span(arena, stored->terms.permitted_subtrees);
    stored->terms.excluded_subtrees = copy_span(arena, stored->terms.excluded_subtrees);
    stored->why = sg_arena_printf(arena, "%s", stored->why);
    stored->origin.detail = sg_arena_printf(arena, "%s", stored->origin.detail);
    return sg_arena_status(arena);
}

static enum signet_status hand_over(struct signet_store *store, struct sg_store_loaded *loaded,
                                    signet_record_taker *taker, void *context)
{
    struct sg_store_anchor anchor = {0};
    enum signet_status status = sg_store_load_origin(store, loaded);
    struct signet_record record = {
        .kind = loaded->object.kind,
        .sha256 = sg_span(loaded->sha256, sizeof(loaded->sha256)),
        .origin = loaded->object.origin,
        .der_len = (size_t)loaded->object.der_len,
        .certificate = loaded->certificate,
        .crl = loaded->crl,
        .attribute_certificate = loaded->attribute_certificate,
    };
    if (record.kind == SIGNET_RECORD_CERTIFICATE) {
        if (status == SIGNET_OK)
            status = take_anchor(store, loaded, &anchor);
        if (status == SIGNET_OK)
            status = store->backend->own_has(store->db, record.sha256, &record.own);
    }
    record.anchor = anchor.object != 0 ? &anchor.anchor : NULL;
    return status == SIGNET_OK ? taker(context, &record) : status;
}

static enum signet_status visit(struct signet_store *store, const struct sg_store_wanted *wanted,
                                int64_t id, signet_record_taker *taker, void *context, size_t *bad)
{
    struct sg_store_loaded loaded;
    bool matches;
    enum signet_status status = sg_store_load(store, id, &loaded);
    if (status == SIGNET_ERR_PARSE || (status == SIGNET_OK && loaded.object.id == 0)) {
        /* A key without its object is no loss; an object that is not what was stored is one. */
        *bad += status == SIGNET_ERR_PARSE;
        sg_store_unload(&loaded);
        return SIGNET_OK;
    }
    if (status == SIGNET_OK)
        status = sg_store_match(store, wanted, &loaded, &matches);
    if (status == SIGNET_OK && matches)
        status = hand_over(store, &loaded, taker, context);
    sg_store_unload(&loaded);
    return status;
}

static enum signet_status find(struct signet_store *store, const struct sg_store_wanted *wanted,
                               signet_record_taker *taker, void *context, size_t *bad)
{
    struct sg_store_ids ids = {0};
    struct sg_arena arena;
    bool sorted;
    sg_arena_init(&arena, SG_STORE_MAX_WORK);
    enum signet_status status = list(store, wanted, &arena, &ids, &sorted);
    if (status == SIGNET_OK && !sorted)
        status = sort(store, &arena, &ids);
    for (size_t i = 0; i < ids.num && status == SIGNET_OK; i++)
        status = visit(store, wanted, ids.items[i], taker, context, bad);
    sg_arena_clear(&arena);
    return status;
}

enum signet_status signet_store_find(struct signet_store *store,
                                     const struct signet_store_query *query,
                                     signet_record_taker *taker, void *context, size_t *num_bad)
{
    struct sg_store_wanted wanted;
    size_t bad = 0;
    enum signet_status status = sg_store_wanted_init(&wanted, query);
    if (status == SIGNET_OK && !wanted.nothing) {
        status = sg_store_look(store);
        if (status == SIGNET_OK)
            status = sg_store_looked(store, find(store, &wanted, taker, context, &bad));
    }
    sg_store_wanted_free(&wanted);
    if (num_bad != NULL)
        *num_bad = bad;
    return status;
}
