/* SPDX-License-Identifier: Apache-2.0 */
/* Addresses as keys: of certificates that have them, or that they are bound to. */
#include "store/keys.h"

static enum signet_status key_of(const char *folded, int64_t *key)
{
    struct sg_store_key_range range;
    if (!sg_store_key_address(folded, &range))
        return SIGNET_ERR_MEMORY;
    *key = range.first;
    return SIGNET_OK;
}

enum signet_status sg_store_address_put(struct signet_store *store, const char *folded,
                                        int64_t object)
{
    int64_t key;
    enum signet_status status = key_of(folded, &key);
    return status == SIGNET_OK ? store->backend->key_put(store->db, key, object) : status;
}

enum signet_status sg_store_address_delete(struct signet_store *store, const char *folded,
                                           int64_t object)
{
    int64_t key;
    enum signet_status status = key_of(folded, &key);
    return status == SIGNET_OK ? store->backend->key_delete(store->db, key, object) : status;
}

enum signet_status sg_store_address_has(struct signet_store *store, const char *folded,
                                        int64_t object, bool *has)
{
    int64_t key;
    enum signet_status status = key_of(folded, &key);
    *has = false;
    return status == SIGNET_OK ? store->backend->key_has(store->db, key, object, has) : status;
}

enum signet_status sg_store_address_list(struct signet_store *store, const char *folded,
                                         struct sg_arena *arena, struct sg_store_ids *ids)
{
    int64_t key;
    enum signet_status status = key_of(folded, &key);
    return status == SIGNET_OK ? store->backend->key_list(store->db, key, key, arena, ids) : status;
}

enum signet_status sg_store_address_bindings(struct signet_store *store, const char *folded,
                                             const struct sg_store_ids *ids,
                                             sg_store_binding_taker *taker, void *context)
{
    enum signet_status status = SIGNET_OK;
    for (size_t i = 0; i < ids->num && status == SIGNET_OK; i++)
        status = store->backend->binding_walk(store->db, folded, ids->items[i], taker, context);
    return status;
}
