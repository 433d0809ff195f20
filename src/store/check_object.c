/* SPDX-License-Identifier: Apache-2.0 */
/* One object against its fingerprint and all that is kept beside it. */
#include "store/check.h"
#include "store/crl_store.h"
#include "store/parts.h"

#include <stdio.h>

/* --- bindings */

static bool has_itself(const struct sg_store_derived *derived, const char *address)
{
    for (size_t i = 0; i < derived->num_addresses; i++) {
        if (strcmp(derived->addresses[i], address) == 0)
            return true;
    }
    return false;
}

struct bound_walk {
    struct sg_store_bound *bound;
    struct sg_arena *arena;
};

static enum signet_status take_bound(void *context, const struct sg_store_binding *binding)
{
    struct bound_walk *walk = context;
    struct sg_store_bound *bound = walk->bound;
    const char *folded = sg_store_fold_address(sg_span_text(binding->address), walk->arena);
    if (walk->arena->failed)
        return sg_arena_status(walk->arena);
    bound->num_wrong += folded == NULL || strcmp(folded, binding->folded) != 0;
    if (has_itself(bound->derived, binding->folded))
        return SIGNET_OK;
    void *items = (void *)bound->addresses;
    if (!sg_arena_grow(walk->arena, &items, &bound->cap, bound->num, sizeof(*bound->addresses)))
        return sg_arena_status(walk->arena);
    bound->addresses = items;
    bound->addresses[bound->num++] = sg_arena_printf(walk->arena, "%s", binding->folded);
    return sg_arena_status(walk->arena);
}

enum signet_status sg_store_bound_list(struct sg_store_bound *bound, int64_t object,
                                       struct sg_arena *arena)
{
    struct signet_store *store = bound->checker->store;
    struct bound_walk walk = {bound, arena};
    return store->backend->binding_walk(store->db, NULL, object, take_bound, &walk);
}

/* --- the index */

/* *NUM_KEYS: what should be there; *MISSING: not all of it is. */
static enum signet_status look_up(struct sg_store_checker *checker,
                                  const struct sg_store_object *object,
                                  const struct sg_store_derived *derived, size_t *num_keys,
                                  bool *missing)
{
    const struct sg_store_backend *backend = checker->store->backend;
    struct sg_store_db *db = checker->store->db;
    bool has;
    enum signet_status status = SIGNET_OK;
    for (size_t i = 0; i < derived->num_keys && status == SIGNET_OK; i++) {
        status = backend->key_has(db, derived->keys[i], object->id, &has);
        *missing |= !has;
    }
    for (size_t i = 0; i < derived->num_addresses && status == SIGNET_OK; i++) {
        status = sg_store_address_has(checker->store, derived->addresses[i], object->id, &has);
        *missing |= !has;
    }
    *num_keys = derived->num_keys + derived->num_addresses;
    return status;
}

static enum signet_status check_bindings(struct sg_store_checker *checker,
                                         struct sg_store_loaded *loaded,
                                         const struct sg_store_derived *derived, const char *name,
                                         size_t *num_keys, bool *missing)
{
    struct signet_store *store = checker->store;
    struct sg_store_bound bound = {.checker = checker, .derived = derived};
    enum signet_status status = sg_store_bound_list(&bound, loaded->object.id, &loaded->arena);
    for (size_t i = 0; i < bound.num && status == SIGNET_OK; i++) {
        bool has;
        status = sg_store_address_has(store, bound.addresses[i], loaded->object.id, &has);
        *missing |= !has;
    }
    *num_keys += bound.num;
    if (bound.num_wrong > 0)
        sg_store_checker_tell(checker, name,
                              "an address is bound to it under another address than its own: "
                              "unbind it",
                              false);
    return status;
}

static enum signet_status check_derived(struct sg_store_checker *checker,
                                        struct sg_store_loaded *loaded, const char *name,
                                        size_t *num_keys)
{
    struct sg_store_derived derived;
    bool missing = false;
    if (!sg_store_derive(loaded, &loaded->arena, &derived))
        return SIGNET_ERR_MEMORY;
    enum signet_status status = look_up(checker, &loaded->object, &derived, num_keys, &missing);
    if (status == SIGNET_OK)
        status = check_bindings(checker, loaded, &derived, name, num_keys, &missing);
    if (status == SIGNET_OK && missing) {
        checker->derived_wrong = true;
        sg_store_checker_tell(checker, name, "it is not found by all that it holds",
                              checker->mend && !checker->file_damaged);
    }
    return status;
}

/* --- CRLs, whose octets are not read to find them */

static enum signet_status check_body(struct sg_store_checker *checker,
                                     const struct sg_store_loaded *loaded,
                                     const struct signet_crl *crl, const char *name)
{
    struct sg_buffer body;
    sg_buffer_init(&body, SG_STORE_MAX_TEXT);
    sg_crl_store_body(crl, &body);
    enum signet_status status = body.status;
    if (status == SIGNET_OK && !sg_span_equal(sg_buffer_span(&body), loaded->object.body))
        sg_store_checker_tell(checker, name,
                              "what is kept of it for reading it in pieces is wrong: remove it "
                              "and import it again",
                              false);
    sg_buffer_free(&body);
    return status;
}

/* What stands in it is not compared: where it may be wrong, all of it is made again. */
static enum signet_status check_index(struct sg_store_checker *checker,
                                      const struct sg_store_loaded *loaded,
                                      const struct signet_crl *crl, const char *name)
{
    struct signet_store *store = checker->store;
    bool mends = checker->mend && !checker->file_damaged;
    enum signet_status status =
        sg_crl_store_check_index(store, loaded->object.id, crl, loaded->sha256);
    if (status == SIGNET_ERR_PARSE) {
        sg_store_checker_tell(checker, name, "the index of its entries is damaged", mends);
        status = SIGNET_OK;
    }
    if (status == SIGNET_OK && mends)
        status = store->backend->crl_clear_index(store->db, loaded->object.id);
    if (status == SIGNET_OK && mends)
        status = sg_crl_store_index(store, loaded->object.id, crl, loaded->sha256);
    return status;
}

static enum signet_status check_crl(struct sg_store_checker *checker,
                                    const struct sg_store_loaded *loaded, const char *name)
{
    struct signet_store *store = checker->store;
    struct signet_crl *crl;
    enum signet_status status = sg_store_parts_load_crl(store, &loaded->object, &crl);
    if (status != SIGNET_OK)
        return status;
    status = check_body(checker, loaded, crl, name);
    if (status == SIGNET_OK)
        status = check_index(checker, loaded, crl, name);
    signet_crl_unref(crl);
    return status;
}

/* --- all of it */

/* LOADED is not what was stored. */
static enum signet_status take_out(struct sg_store_checker *checker,
                                   const struct sg_store_loaded *loaded)
{
    struct signet_store *store = checker->store;
    bool mends = checker->mend && !checker->file_damaged;
    char name[SG_STORE_OBJECT_NAME_SIZE];
    sg_store_object_name(&loaded->object, loaded->sha256, name);
    sg_store_checker_tell(checker, name,
                          mends ? "its octets are not those that were stored; it was taken out "
                                  "with all that was said of it: import it again"
                                : "its octets are not those that were stored",
                          mends);
    checker->derived_wrong = true;
    return mends ? store->backend->object_delete(store->db, &loaded->object) : SIGNET_OK;
}

enum signet_status sg_store_check_object(struct sg_store_checker *checker, int64_t id,
                                         size_t *num_keys)
{
    *num_keys = SIZE_MAX;
    struct sg_store_loaded loaded;
    char name[SG_STORE_OBJECT_NAME_SIZE];
    enum signet_status status = sg_store_load(checker->store, id, &loaded);
    bool gone = status == SIGNET_OK && loaded.object.id == 0;
    sg_store_object_name(&loaded.object, loaded.sha256, name);
    if (status == SIGNET_OK && loaded.crl != NULL)
        status = check_crl(checker, &loaded, name);
    if (status == SIGNET_ERR_PARSE)
        status = take_out(checker, &loaded);
    else if (status == SIGNET_OK && !gone)
        status = check_derived(checker, &loaded, name, num_keys);
    sg_store_unload(&loaded);
    return status;
}
