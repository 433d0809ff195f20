/* SPDX-License-Identifier: Apache-2.0 */
/* The whole store against itself: the file, each object, what is derived from it. */
#include "store/check.h"

#include "base/text.h"

#include <stdio.h>

void sg_store_checker_tell(struct sg_store_checker *checker, const char *object, const char *text,
                           bool mended)
{
    const struct signet_store_flaw flaw = {object, text, mended};
    checker->num_flaws++;
    if (checker->flaw != NULL)
        checker->flaw(checker->context, &flaw);
}

void sg_store_object_name(const struct sg_store_object *object, const uint8_t *sha256,
                          char name[SG_STORE_OBJECT_NAME_SIZE])
{
    static const char *const kinds[] = {
        [SIGNET_RECORD_CERTIFICATE] = "certificate",
        [SIGNET_RECORD_CRL] = "CRL",
        [SIGNET_RECORD_ATTRIBUTE_CERTIFICATE] = "attribute certificate",
    };
    int len = snprintf(name, SG_STORE_OBJECT_NAME_SIZE, "%s ", kinds[object->kind]);
    for (size_t i = 0; i < 32; i++)
        len += snprintf(name + len, SG_STORE_OBJECT_NAME_SIZE - (size_t)len, "%02x", sha256[i]);
}

bool sg_store_checker_is_damage(const struct sg_store_checker *checker, enum signet_status status)
{
    return status == SIGNET_ERR_IO && checker->store->db->trouble.kind == SIGNET_STORE_DAMAGED;
}

static enum signet_status tell_damage(void *context, const char *text)
{
    struct sg_store_checker *checker = context;
    checker->file_damaged = true;
    sg_store_checker_tell(checker, "", text, false);
    return SIGNET_OK;
}

static enum signet_status check_file(struct sg_store_checker *checker)
{
    struct signet_store *store = checker->store;
    enum signet_status status = store->backend->check(store->db, tell_damage, checker);
    if (!sg_store_checker_is_damage(checker, status))
        return status;
    if (!checker->file_damaged)
        (void)tell_damage(checker, "pages of the file cannot be read");
    return SIGNET_OK;
}

/* All that can be listed: where the walk over the objects stops at a damaged page, their prints may
 * still lead to those behind it. */
static enum signet_status list_objects(struct sg_store_checker *checker)
{
    struct signet_store *store = checker->store;
    enum signet_status status =
        store->backend->object_list_all(store->db, checker->arena, &checker->ids);
    if (!sg_store_checker_is_damage(checker, status))
        return status;
    if (!checker->file_damaged)
        (void)tell_damage(checker, "some objects cannot be listed");
    int64_t last = checker->ids.num > 0 ? checker->ids.items[checker->ids.num - 1] : 0;
    size_t num = checker->ids.num, kept = num;
    status = sg_store_print_list(store, SG_STORE_ALL_KINDS, (struct signet_span){NULL, 0},
                                 checker->arena, &checker->ids);
    for (size_t i = num; i < checker->ids.num; i++) {
        if (checker->ids.items[i] > last)
            checker->ids.items[kept++] = checker->ids.items[i];
    }
    checker->ids.num = kept;
    return sg_store_checker_is_damage(checker, status) ? SIGNET_OK : status;
}

static enum signet_status check_objects(struct sg_store_checker *checker,
                                        const struct signet_store_progress *progress)
{
    enum signet_status status = list_objects(checker);
    size_t total = checker->ids.num;
    checker->num_keys = sg_arena_array(checker->arena, total, sizeof(*checker->num_keys));
    if (status == SIGNET_OK && checker->num_keys == NULL && total > 0)
        return sg_arena_status(checker->arena);
    for (size_t i = 0; i < total && status == SIGNET_OK; i++) {
        status = sg_store_check_object(checker, checker->ids.items[i], &checker->num_keys[i]);
        if (sg_store_checker_is_damage(checker, status)) {
            if (!checker->file_damaged)
                (void)tell_damage(checker, "pages of the file cannot be read");
            status = SIGNET_OK;
        }
        if (progress != NULL && progress->tell != NULL && (i % 256 == 255 || i + 1 == total))
            progress->tell(progress->context, i + 1, total);
    }
    return status;
}

/* What else is kept, where the file can be walked. */
static enum signet_status check_beside(struct sg_store_checker *checker)
{
    enum signet_status status = sg_store_check_rows(checker);
    if (status == SIGNET_OK && !checker->file_damaged)
        status = sg_store_check_surplus(checker);
    if (!sg_store_checker_is_damage(checker, status))
        return status;
    if (!checker->file_damaged)
        (void)tell_damage(checker, "pages of the file cannot be read");
    return SIGNET_OK;
}

/* Keys and addresses of one object, anew. */
static enum signet_status derive_again(struct sg_store_checker *checker, int64_t id)
{
    struct signet_store *store = checker->store;
    struct sg_store_loaded loaded;
    struct sg_store_derived derived;
    struct sg_store_bound bound = {.checker = checker, .derived = &derived};
    enum signet_status status = sg_store_load(store, id, &loaded);
    bool gone = status == SIGNET_ERR_PARSE || (status == SIGNET_OK && loaded.object.id == 0);
    if (status == SIGNET_OK && !gone)
        status = sg_store_derive(&loaded, &loaded.arena, &derived) ? SIGNET_OK : SIGNET_ERR_MEMORY;
    if (status == SIGNET_OK && !gone)
        status = sg_store_derived_put(store, &loaded.object, &derived);
    if (status == SIGNET_OK && !gone)
        status = sg_store_bound_list(&bound, id, &loaded.arena);
    for (size_t i = 0; i < bound.num && status == SIGNET_OK; i++)
        status = sg_store_address_put(store, bound.addresses[i], id);
    sg_store_unload(&loaded);
    return gone ? SIGNET_OK : status;
}

static enum signet_status rebuild(struct sg_store_checker *checker)
{
    struct signet_store *store = checker->store;
    checker->ids = (struct sg_store_ids){0};
    enum signet_status status = store->backend->key_clear(store->db);
    if (status == SIGNET_OK)
        status = store->backend->object_list_all(store->db, checker->arena, &checker->ids);
    for (size_t i = 0; i < checker->ids.num && status == SIGNET_OK; i++)
        status = derive_again(checker, checker->ids.items[i]);
    return status;
}

static enum signet_status check(struct sg_store_checker *checker,
                                const struct signet_store_progress *progress)
{
    enum signet_status status = check_file(checker);
    if (status == SIGNET_OK)
        status = check_objects(checker, progress);
    if (status == SIGNET_OK)
        status = check_beside(checker);
    if (status == SIGNET_OK && checker->mend && checker->derived_wrong && !checker->file_damaged)
        status = rebuild(checker);
    return status;
}

enum signet_status
signet_store_check(struct signet_store *store, bool mend,
                   void (*flaw)(void *context, const struct signet_store_flaw *flaw), void *context,
                   const struct signet_store_progress *progress, size_t *num_flaws)
{
    struct sg_arena arena;
    struct sg_store_checker checker = {store, mend, flaw, context, .arena = &arena};
    if (store->depth > 0)
        return SIGNET_ERR_ARGUMENT;
    sg_arena_init(&arena, SG_STORE_MAX_WORK);
    enum signet_status status = mend ? sg_store_change(store) : sg_store_look(store);
    if (status == SIGNET_OK) {
        status = check(&checker, progress);
        /* A damaged file is not written to: what was put right in it is taken back, and what can
         * be read is copied out of it. */
        bool drop = mend && checker.file_damaged && status == SIGNET_OK;
        if (drop)
            status = sg_store_salvage(&checker);
        if (drop && status == SIGNET_OK)
            sg_store_abandon(store);
        else
            status = mend ? sg_store_changed(store, status) : sg_store_looked(store, status);
    }
    sg_arena_clear(&arena);
    if (num_flaws != NULL)
        *num_flaws = checker.num_flaws;
    return status;
}
