/* SPDX-License-Identifier: Apache-2.0 */
/* Own private keys. They stay when their certificate goes: old mail may need them. */
#include "store/store.h"

static enum signet_status add_key(struct signet_store *store, const struct signet_stored_key *key)
{
    int64_t id;
    enum signet_status status =
        sg_store_object_find(store, SIGNET_RECORD_CERTIFICATE, key->sha256, &id);
    if (status == SIGNET_OK && id == 0)
        return SIGNET_ERR_ARGUMENT;
    return status == SIGNET_OK ? store->backend->own_put(store->db, key) : status;
}

enum signet_status signet_store_add_key(struct signet_store *store,
                                        const struct signet_stored_key *key)
{
    bool has_uri = key->uri != NULL && *key->uri != '\0';
    if (has_uri == (key->pkcs8.ptr != NULL))
        return SIGNET_ERR_ARGUMENT;
    enum signet_status status = sg_store_change(store);
    if (status != SIGNET_OK)
        return status;
    return sg_store_changed(store, add_key(store, key));
}

/* Keys are taken down first, so that the walk is over when the caller asks for more. */
struct list {
    struct sg_arena *arena;
    struct signet_stored_key *items;
    size_t num, cap;
};

static enum signet_status take_down(void *context, const struct signet_stored_key *key)
{
    struct list *list = context;
    void *items = list->items;
    bool room = sg_arena_grow(list->arena, &items, &list->cap, list->num, sizeof(*list->items));
    list->items = items;
    if (room) {
        struct signet_stored_key *item = &list->items[list->num++];
        *item = *key;
        item->sha256 = sg_arena_copy(list->arena, key->sha256);
        if (key->pkcs8.ptr != NULL)
            item->pkcs8 = sg_arena_copy(list->arena, key->pkcs8);
        if (key->uri != NULL)
            item->uri = sg_arena_printf(list->arena, "%s", key->uri);
    }
    return sg_arena_status(list->arena);
}

static enum signet_status walk(struct signet_store *store, struct signet_span sha256,
                               struct sg_arena *arena, signet_key_taker *taker, void *context)
{
    struct list list = {.arena = arena};
    enum signet_status status = store->backend->own_walk(store->db, sha256, take_down, &list);
    for (size_t i = 0; i < list.num && status == SIGNET_OK; i++)
        status = taker(context, &list.items[i]);
    return status;
}

enum signet_status signet_store_keys(struct signet_store *store, struct signet_span sha256,
                                     signet_key_taker *taker, void *context)
{
    struct sg_arena arena;
    enum signet_status status = sg_store_look(store);
    if (status != SIGNET_OK)
        return status;
    sg_arena_init(&arena, SG_STORE_MAX_WORK);
    status = sg_store_looked(store, walk(store, sha256, &arena, taker, context));
    sg_arena_clear(&arena);
    return status;
}
