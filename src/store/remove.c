/* SPDX-License-Identifier: Apache-2.0 */
/* Objects out of the store. */
#include "store/keys.h"

/* A binding's address leads to its object, too. */
struct bound {
    struct signet_store *store;
    int64_t object;
};

static enum signet_status forget_address(void *context, const struct sg_store_binding *binding)
{
    const struct bound *bound = context;
    return sg_store_address_delete(bound->store, binding->folded, bound->object);
}

static enum signet_status delete_derived(struct signet_store *store,
                                         const struct sg_store_loaded *loaded)
{
    const struct sg_store_backend *backend = store->backend;
    struct sg_store_derived derived;
    struct sg_arena arena;
    struct bound bound = {store, loaded->object.id};
    sg_arena_init(&arena, SG_STORE_MAX_WORK);
    enum signet_status status =
        sg_store_derive(loaded, &arena, &derived) ? SIGNET_OK : SIGNET_ERR_MEMORY;
    for (size_t i = 0; status == SIGNET_OK && i < derived.num_keys; i++)
        status = backend->key_delete(store->db, derived.keys[i], bound.object);
    for (size_t i = 0; status == SIGNET_OK && i < derived.num_addresses; i++)
        status = sg_store_address_delete(store, derived.addresses[i], bound.object);
    sg_arena_clear(&arena);
    if (status != SIGNET_OK)
        return status;
    return backend->binding_walk(store->db, NULL, bound.object, forget_address, &bound);
}

enum signet_status sg_store_drop(struct signet_store *store, const struct sg_store_loaded *loaded)
{
    enum signet_status status = delete_derived(store, loaded);
    return status == SIGNET_OK ? store->backend->object_delete(store->db, &loaded->object) : status;
}

static enum signet_status remove_object(struct signet_store *store, enum signet_record_kind kind,
                                        struct signet_span sha256, bool *removed)
{
    struct sg_store_loaded loaded;
    int64_t id;
    enum signet_status status = sg_store_object_find(store, kind, sha256, &id);
    if (status != SIGNET_OK || id == 0)
        return status;
    status = sg_store_load(store, id, &loaded);
    if (status == SIGNET_OK)
        status = sg_store_drop(store, &loaded);
    *removed = status == SIGNET_OK;
    sg_store_unload(&loaded);
    return status;
}

enum signet_status signet_store_remove(struct signet_store *store, enum signet_record_kind kind,
                                       struct signet_span sha256, bool *removed)
{
    bool gone = false;
    enum signet_status status = sg_store_change(store);
    if (status == SIGNET_OK)
        status = sg_store_changed(store, remove_object(store, kind, sha256, &gone));
    if (removed != NULL)
        *removed = status == SIGNET_OK && gone;
    return status;
}
