/* SPDX-License-Identifier: Apache-2.0 */
/* Writing down which key verified which stored object: facts, never verdicts (RFC 3850 4.1). */
#include "agent/context.h"
#include "base/span.h"
#include "store/store.h"

/* Facts about objects that were stored when they were looked for. */
struct notes {
    const struct sg_remembered **items;
    size_t num, cap;
};

static enum signet_status find_object(struct signet_store *store, const struct sg_remembered *fact,
                                      int64_t *object)
{
    static const enum signet_record_kind kinds[] = {SIGNET_RECORD_CERTIFICATE, SIGNET_RECORD_CRL};
    enum signet_status status = SIGNET_OK;
    *object = 0;
    for (size_t i = 0; i < 2 && status == SIGNET_OK && *object == 0; i++)
        status = sg_store_object_find(store, kinds[i], sg_span(fact->object, sizeof(fact->object)),
                                      object);
    return status;
}

static enum signet_status note(struct notes *notes, struct sg_arena *arena,
                               const struct sg_remembered *fact)
{
    void *items = (void *)notes->items;
    if (!sg_arena_grow(arena, &items, &notes->cap, notes->num, sizeof(*notes->items)))
        return SIGNET_ERR_MEMORY;
    notes->items = items;
    notes->items[notes->num++] = fact;
    return SIGNET_OK;
}

static enum signet_status collect(struct signet_store *store, const struct sg_fact_memory *memory,
                                  struct sg_arena *arena, struct notes *out)
{
    enum signet_status status = SIGNET_OK;
    const struct sg_remembered *fact;
    size_t place = 0;
    while (status == SIGNET_OK && (fact = sg_fact_memory_next(memory, &place)) != NULL) {
        int64_t object;
        status = find_object(store, fact, &object);
        if (status == SIGNET_OK && object != 0)
            status = note(out, arena, fact);
    }
    return status;
}

/* The object is looked for once more: since it was collected somebody may have removed it, and its
 * number be another object's. */
static enum signet_status put(struct signet_store *store, const struct sg_remembered *fact)
{
    int64_t object;
    enum signet_status status = find_object(store, fact, &object);
    if (status != SIGNET_OK || object == 0)
        return status;
    return store->backend->fact_put(store->db, object, sg_span(fact->key, sizeof(fact->key)));
}

static enum signet_status put_all(struct signet_store *store, const struct notes *notes)
{
    enum signet_status status = SIGNET_OK;
    for (size_t i = 0; i < notes->num && status == SIGNET_OK; i++)
        status = put(store, notes->items[i]);
    return status;
}

/* Without anything to write there is no transaction, which would wait for other writers. */
static enum signet_status write_notes(struct signet_store *store, const struct notes *notes)
{
    if (notes->num == 0)
        return SIGNET_OK;
    enum signet_status status = sg_store_change(store);
    return status == SIGNET_OK ? sg_store_changed(store, put_all(store, notes)) : status;
}

enum signet_status signet_store_remember(struct signet_store *store, struct signet_context *context)
{
    struct notes notes = {0};
    struct sg_arena arena;
    size_t place = 0;
    if (sg_fact_memory_next(context->memory, &place) == NULL)
        return SIGNET_OK;
    sg_arena_init(&arena, SG_STORE_MAX_WORK);
    enum signet_status status = sg_store_look(store);
    if (status == SIGNET_OK)
        status = sg_store_looked(store, collect(store, context->memory, &arena, &notes));
    if (status == SIGNET_OK)
        status = write_notes(store, &notes);
    if (status == SIGNET_OK)
        sg_fact_memory_settle(context->memory);
    sg_arena_clear(&arena);
    return status;
}
