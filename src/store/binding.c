/* SPDX-License-Identifier: Apache-2.0 */
/* What binds an address to a certificate. */
#include "store/keys.h"

#include <stdlib.h>

/* --- binding */

struct old_binding {
    bool found;
    enum signet_binding_kind kind;
};

static enum signet_status take_old(void *context, const struct sg_store_binding *binding)
{
    struct old_binding *old = context;
    *old = (struct old_binding){true, binding->kind};
    return SIGNET_OK;
}

/* A stronger kind replaces a weaker one; of equal ones the first stays, but the user may say it in
 * other words. */
static bool replaces(enum signet_binding_kind new, const struct old_binding *old)
{
    return !old->found || new > old->kind || (new == old->kind &&new == SIGNET_BINDING_USER);
}

static enum signet_status bind(struct signet_store *store, const char *folded,
                               const struct signet_binding *binding)
{
    const struct sg_store_backend *backend = store->backend;
    struct old_binding old = {false, SIGNET_BINDING_PROVED};
    int64_t id;
    enum signet_status status =
        sg_store_object_find(store, SIGNET_RECORD_CERTIFICATE, binding->sha256, &id);
    if (status == SIGNET_OK && id == 0)
        return SIGNET_ERR_ARGUMENT;
    if (status == SIGNET_OK)
        status = backend->binding_walk(store->db, folded, id, take_old, &old);
    if (status != SIGNET_OK || !replaces(binding->kind, &old))
        return status;
    const struct sg_store_binding row = {
        id, folded, binding->address, binding->kind, sg_store_text(binding->why), binding->since};
    status = backend->binding_put(store->db, &row);
    return status == SIGNET_OK ? sg_store_address_put(store, folded, id) : status;
}

/* ADDRESS as it is compared, in the arena. */
static enum signet_status fold(const char *address, struct sg_arena *arena, const char **folded)
{
    sg_arena_init(arena, SG_STORE_MAX_WORK);
    *folded = sg_store_fold_address(sg_span_text(address), arena);
    if (*folded != NULL)
        return SIGNET_OK;
    return arena->failed ? sg_arena_status(arena) : SIGNET_ERR_ARGUMENT;
}

enum signet_status signet_store_bind(struct signet_store *store,
                                     const struct signet_binding *binding)
{
    struct sg_arena arena;
    const char *folded;
    enum signet_status status = fold(binding->address, &arena, &folded);
    if (status == SIGNET_OK)
        status = sg_store_change(store);
    if (status == SIGNET_OK)
        status = sg_store_changed(store, bind(store, folded, binding));
    sg_arena_clear(&arena);
    return status;
}

/* --- lists of bindings: taken down first, so that the walk is over before they are used */

struct item {
    struct sg_store_binding row;
    uint8_t sha256[32];
    bool lost; /* its certificate cannot be read */
};

struct list {
    struct sg_arena *arena;
    struct item *items;
    size_t num, cap;
};

static enum signet_status take_down(void *context, const struct sg_store_binding *binding)
{
    struct list *list = context;
    void *items = list->items;
    bool room = sg_arena_grow(list->arena, &items, &list->cap, list->num, sizeof(*list->items));
    list->items = items;
    if (room) {
        struct item *item = &list->items[list->num++];
        *item = (struct item){.row = *binding};
        item->row.folded = sg_arena_printf(list->arena, "%s", binding->folded);
        item->row.address = sg_arena_printf(list->arena, "%s", binding->address);
        item->row.why = sg_arena_printf(list->arena, "%s", binding->why);
    }
    return sg_arena_status(list->arena);
}

/* The fingerprints of the certificates bound. */
static enum signet_status take_fingerprints(struct signet_store *store, struct list *list)
{
    enum signet_status status = SIGNET_OK;
    for (size_t i = 0; i < list->num && status == SIGNET_OK; i++) {
        struct item *item = &list->items[i];
        struct sg_store_object object;
        status = store->backend->object_get(store->db, item->row.object, &object);
        item->lost =
            status == SIGNET_OK && (object.id == 0 || object.kind != SIGNET_RECORD_CERTIFICATE);
        if (status == SIGNET_OK && !item->lost)
            status = sg_store_object_sha256(&object, item->sha256);
    }
    return status;
}

/* By address, the strongest first. */
static int compare_items(const void *first, const void *second)
{
    const struct item *a = first, *b = second;
    int order = strcmp(a->row.folded, b->row.folded);
    if (order == 0)
        order = (a->row.kind < b->row.kind) - (a->row.kind > b->row.kind);
    return order != 0 ? order : memcmp(a->sha256, b->sha256, sizeof(a->sha256));
}

static enum signet_status take_down_all(struct signet_store *store, const char *folded, int64_t id,
                                        struct list *list)
{
    if (folded == NULL || id != 0)
        return store->backend->binding_walk(store->db, folded, id, take_down, list);
    struct sg_store_ids ids = {0};
    enum signet_status status = sg_store_address_list(store, folded, list->arena, &ids);
    return status == SIGNET_OK ? sg_store_address_bindings(store, folded, &ids, take_down, list)
                               : status;
}

/* ID 0: of every certificate; FOLDED NULL: of every address. */
static enum signet_status make_list(struct signet_store *store, const char *folded, int64_t id,
                                    struct sg_arena *arena, struct list *list)
{
    *list = (struct list){.arena = arena};
    enum signet_status status = take_down_all(store, folded, id, list);
    if (status == SIGNET_OK)
        status = take_fingerprints(store, list);
    if (status == SIGNET_OK && list->num > 1)
        qsort(list->items, list->num, sizeof(*list->items), compare_items);
    return status;
}

/* *ID: the certificate with SHA256, 0 for {NULL,0}; *NONE: there is none with this fingerprint. */
static enum signet_status find_certificate(struct signet_store *store, struct signet_span sha256,
                                           int64_t *id, bool *none)
{
    *id = 0;
    *none = false;
    if (sha256.ptr == NULL)
        return SIGNET_OK;
    enum signet_status status = sg_store_object_find(store, SIGNET_RECORD_CERTIFICATE, sha256, id);
    *none = *id == 0;
    return status;
}

static enum signet_status walk(struct signet_store *store, const char *folded,
                               struct signet_span sha256, struct sg_arena *arena,
                               signet_binding_taker *taker, void *context)
{
    struct list list;
    int64_t id;
    bool none;
    enum signet_status status = find_certificate(store, sha256, &id, &none);
    if (status != SIGNET_OK || none)
        return status;
    status = make_list(store, folded, id, arena, &list);
    for (size_t i = 0; i < list.num && status == SIGNET_OK; i++) {
        const struct item *item = &list.items[i];
        const struct signet_binding binding = {item->row.address, sg_span(item->sha256, 32),
                                               item->row.kind, item->row.why, item->row.since};
        if (!item->lost)
            status = taker(context, &binding);
    }
    return status;
}

enum signet_status signet_store_bindings(struct signet_store *store, const char *address,
                                         struct signet_span sha256, signet_binding_taker *taker,
                                         void *context)
{
    struct sg_arena arena;
    const char *folded = NULL;
    enum signet_status status = SIGNET_OK;
    if (address != NULL)
        status = fold(address, &arena, &folded);
    else
        sg_arena_init(&arena, SG_STORE_MAX_WORK);
    if (status == SIGNET_OK)
        status = sg_store_look(store);
    if (status == SIGNET_OK)
        status = sg_store_looked(store, walk(store, folded, sha256, &arena, taker, context));
    sg_arena_clear(&arena);
    /* What is no address is bound to nothing. */
    return status == SIGNET_ERR_ARGUMENT && folded == NULL && address != NULL ? SIGNET_OK : status;
}

/* --- unbinding */

/* *HAS: the certificate itself has the address. One that cannot be read has none. */
static enum signet_status has_address(struct signet_store *store, int64_t id, const char *folded,
                                      bool *has)
{
    struct sg_store_loaded loaded;
    struct sg_store_derived derived = {0};
    enum signet_status status = sg_store_load(store, id, &loaded);
    *has = false;
    if (status == SIGNET_OK && loaded.object.id != 0 &&
        !sg_store_derive(&loaded, &loaded.arena, &derived))
        status = SIGNET_ERR_MEMORY;
    for (size_t i = 0; i < derived.num_addresses && status == SIGNET_OK; i++)
        *has |= strcmp(derived.addresses[i], folded) == 0;
    sg_store_unload(&loaded);
    return status == SIGNET_ERR_PARSE ? SIGNET_OK : status;
}

static enum signet_status unbind(struct signet_store *store, const char *folded,
                                 struct signet_span sha256, struct sg_arena *arena, size_t *num)
{
    const struct sg_store_backend *backend = store->backend;
    struct list list;
    int64_t id;
    bool none, has;
    enum signet_status status = find_certificate(store, sha256, &id, &none);
    if (status != SIGNET_OK || none)
        return status;
    status = make_list(store, folded, id, arena, &list);
    for (size_t i = 0; i < list.num && status == SIGNET_OK; i++) {
        int64_t object = list.items[i].row.object;
        status = backend->binding_delete(store->db, folded, object);
        if (status == SIGNET_OK)
            status = has_address(store, object, folded, &has);
        if (status == SIGNET_OK && !has)
            status = sg_store_address_delete(store, folded, object);
    }
    *num = list.num;
    return status;
}

enum signet_status signet_store_unbind(struct signet_store *store, const char *address,
                                       struct signet_span sha256, size_t *num)
{
    struct sg_arena arena;
    const char *folded;
    size_t unbound = 0;
    enum signet_status status = fold(address, &arena, &folded);
    if (status == SIGNET_OK)
        status = sg_store_change(store);
    if (status == SIGNET_OK)
        status = sg_store_changed(store, unbind(store, folded, sha256, &arena, &unbound));
    sg_arena_clear(&arena);
    if (num != NULL)
        *num = status == SIGNET_OK ? unbound : 0;
    return status;
}
