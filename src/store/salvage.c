/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Out of a damaged file into a new one beside it: every object that is still what was stored, with
 * its anchor, bindings and facts, and the own keys. The damaged file stays as it is, for another
 * process may have it open, and for who knows better than we what to do with it. What was learned
 * (capabilities, places on the network) is learned again.
 */
#include "store/check.h"
#include "store/parts.h"

#include <stdio.h>
#include <string.h>

struct salvage {
    struct sg_store_checker *checker;
    struct signet_store *from, *into;
    int64_t old, new; /* the object under way */
    size_t saved;
};

static enum signet_status save_binding(void *context, const struct sg_store_binding *binding)
{
    const struct salvage *salvage = context;
    struct signet_store *into = salvage->into;
    struct sg_store_binding row = *binding;
    row.object = salvage->new;
    enum signet_status status = into->backend->binding_put(into->db, &row);
    if (status != SIGNET_OK)
        return status;
    return sg_store_address_put(into, row.folded, row.object);
}

static enum signet_status save_anchor(struct salvage *salvage, struct sg_arena *arena)
{
    struct sg_store_anchor anchor;
    enum signet_status status =
        salvage->from->backend->anchor_get(salvage->from->db, salvage->old, arena, &anchor);
    if (status != SIGNET_OK || anchor.object == 0)
        return status;
    anchor.object = salvage->new;
    return salvage->into->backend->anchor_put(salvage->into->db, &anchor);
}

static enum signet_status save_facts(struct salvage *salvage, struct sg_arena *arena)
{
    struct signet_span keys;
    enum signet_status status =
        salvage->from->backend->fact_list(salvage->from->db, salvage->old, arena, &keys);
    for (; status == SIGNET_OK && keys.len >= 32; keys = sg_span_from(keys, 32))
        status = salvage->into->backend->fact_put(salvage->into->db, salvage->new,
                                                  sg_span_first(keys, 32));
    return status;
}

/* The octets of a CRL are needed in whole. */
static enum signet_status complete(struct salvage *salvage, struct sg_store_loaded *loaded,
                                   struct sg_store_object *object)
{
    struct signet_crl *whole;
    enum signet_status status = SIGNET_OK;
    if (loaded->crl == NULL)
        return salvage->from->backend->object_get(salvage->from->db, salvage->old, object);
    status = sg_store_parts_load_crl(salvage->from, &loaded->object, &whole);
    if (status != SIGNET_OK)
        return status;
    signet_crl_unref(loaded->crl);
    loaded->crl = whole;
    *object = loaded->object;
    return SIGNET_OK;
}

/* Where an object came from may be lost, without the object. */
static struct signet_origin origin_of(struct salvage *salvage, struct sg_store_loaded *loaded)
{
    static const struct signet_origin unknown = {.detail = ""};
    bool known = sg_store_load_origin(salvage->from, loaded) == SIGNET_OK;
    return known ? loaded->object.origin : unknown;
}

/* What cannot be read of it is passed over; what cannot be written ends all. */
static enum signet_status save_object(struct salvage *salvage, int64_t id, bool *unwritable)
{
    struct sg_store_loaded loaded;
    struct sg_store_object object;
    bool added;
    salvage->old = id;
    *unwritable = false;
    enum signet_status status = sg_store_load(salvage->from, id, &loaded);
    if (status == SIGNET_OK && loaded.object.id != 0)
        status = complete(salvage, &loaded, &object);
    if (status == SIGNET_OK && loaded.object.id != 0) {
        object.origin = origin_of(salvage, &loaded);
        loaded.object = object;
        loaded.object.id = 0;
        status = sg_store_put(salvage->into, &loaded, &added);
        *unwritable = status != SIGNET_OK;
        salvage->new = loaded.object.id;
        salvage->saved += status == SIGNET_OK;
    }
    if (status == SIGNET_OK && salvage->new != 0)
        status = save_anchor(salvage, &loaded.arena);
    if (status == SIGNET_OK && salvage->new != 0)
        status = salvage->from->backend->binding_walk(salvage->from->db, NULL, id, save_binding,
                                                      salvage);
    if (status == SIGNET_OK && salvage->new != 0)
        status = save_facts(salvage, &loaded.arena);
    salvage->new = 0;
    sg_store_unload(&loaded);
    return status;
}

static enum signet_status save_key(void *context, const struct signet_stored_key *key)
{
    const struct salvage *salvage = context;
    return salvage->into->backend->own_put(salvage->into->db, key);
}

static enum signet_status save_all(struct salvage *salvage)
{
    const struct sg_store_ids *ids = &salvage->checker->ids;
    enum signet_status status = sg_store_change(salvage->into);
    if (status != SIGNET_OK)
        return status;
    for (size_t i = 0; i < ids->num && status == SIGNET_OK; i++) {
        bool unwritable;
        status = save_object(salvage, ids->items[i], &unwritable);
        if (!unwritable && (status == SIGNET_ERR_IO || status == SIGNET_ERR_PARSE))
            status = SIGNET_OK;
    }
    if (status == SIGNET_OK &&
        salvage->from->backend->own_walk(salvage->from->db, (struct signet_span){NULL, 0}, save_key,
                                         salvage) != SIGNET_OK)
        sg_store_checker_tell(salvage->checker, "", "own keys could not all be read", false);
    return sg_store_changed(salvage->into, status);
}

static void tell_outcome(const struct salvage *salvage, const char *file)
{
    char text[1400];
    snprintf(text, sizeof(text),
             "the file is damaged and was not changed; %zu of its objects, with their anchors and "
             "bindings, were saved in %s: bring back a backup, or move that file here when no "
             "other process uses this one",
             salvage->saved, file);
    sg_store_checker_tell(salvage->checker, "", text, false);
}

enum signet_status sg_store_salvage(struct sg_store_checker *checker)
{
    struct signet_store into = {.backend = checker->store->backend};
    struct salvage salvage = {.checker = checker, .from = checker->store, .into = &into};
    const char *file = NULL;
    enum signet_status status = into.backend->open_beside(checker->store->db, &into.db, &file);
    if (into.db == NULL)
        return status;
    sg_arena_init(&into.lent, SG_STORE_MAX_WORK);
    if (status == SIGNET_OK)
        status = save_all(&salvage);
    if (status == SIGNET_OK)
        tell_outcome(&salvage, file);
    else if (into.db->trouble.kind != SIGNET_STORE_FINE)
        checker->store->db->trouble = into.db->trouble;
    into.backend->close(into.db);
    return status;
}
