/* SPDX-License-Identifier: Apache-2.0 */
/* Opening, closing, transactions, trouble. */
#include "store/keys.h"

#include <stdlib.h>

enum signet_status sg_store_open(const struct sg_store_backend *backend, const char *file,
                                 enum signet_store_mode mode, unsigned busy_ms,
                                 struct signet_store **store)
{
    *store = NULL;
    if (*file == '\0')
        return SIGNET_ERR_ARGUMENT;
    struct signet_store *new = calloc(1, sizeof(*new));
    if (new == NULL)
        return SIGNET_ERR_MEMORY;
    new->backend = backend;
    sg_arena_init(&new->lent, SG_STORE_MAX_WORK);
    enum signet_status status = new->backend->open(file, mode, busy_ms, &new->db);
    if (new->db == NULL)
        free(new);
    else
        *store = new;
    if (*store != NULL)
        new->broken = status; /* one that could not be opened is only asked why */
    return status;
}

enum signet_status signet_store_open(const char *file, enum signet_store_mode mode,
                                     unsigned busy_ms, struct signet_store **store)
{
    return sg_store_open(&sg_store_sqlite, file, mode, busy_ms, store);
}

void signet_store_close(struct signet_store *store)
{
    if (store == NULL)
        return;
    if (store->depth > 0)
        store->backend->rollback(store->db);
    store->backend->close(store->db);
    sg_arena_clear(&store->lent);
    free(store);
}

enum signet_store_trouble signet_store_trouble(const struct signet_store *store)
{
    return store->db->trouble.kind;
}

bool signet_store_passed_over(const struct signet_store *store)
{
    return store->db->passed_over;
}

const char *signet_store_trouble_text(const struct signet_store *store)
{
    return store->db->trouble.text;
}

static enum signet_status enter(struct signet_store *store, bool write)
{
    if (store->broken != SIGNET_OK)
        return store->broken;
    if (store->depth == 0) {
        store->db->trouble = (struct sg_store_trouble){.kind = SIGNET_STORE_FINE};
        enum signet_status status = store->backend->begin(store->db, write);
        if (status != SIGNET_OK)
            return status;
        store->writing = write;
    } else if (write && !store->writing) {
        return SIGNET_ERR_ARGUMENT; /* a taker must not change what is being walked */
    }
    store->depth++;
    return SIGNET_OK;
}

static enum signet_status leave(struct signet_store *store, enum signet_status status)
{
    if (--store->depth > 0)
        return status;
    store->broken = SIGNET_OK;
    if (status == SIGNET_OK)
        status = store->backend->commit(store->db);
    if (status != SIGNET_OK)
        store->backend->rollback(store->db);
    return status;
}

enum signet_status sg_store_change(struct signet_store *store)
{
    return enter(store, true);
}

enum signet_status sg_store_changed(struct signet_store *store, enum signet_status status)
{
    if (status != SIGNET_OK && status != SIGNET_ERR_ARGUMENT && status != SIGNET_ERR_PARSE)
        store->broken = status;
    return leave(store, status);
}

void sg_store_abandon(struct signet_store *store)
{
    store->depth = 0;
    store->broken = SIGNET_OK;
    store->backend->rollback(store->db);
}

enum signet_status sg_store_look(struct signet_store *store)
{
    return enter(store, false);
}

enum signet_status sg_store_looked(struct signet_store *store, enum signet_status status)
{
    return leave(store, status);
}

enum signet_status signet_store_begin(struct signet_store *store)
{
    if (store->depth > 0)
        return SIGNET_ERR_ARGUMENT;
    enum signet_status status = enter(store, true);
    store->began = status == SIGNET_OK;
    return status;
}

enum signet_status signet_store_commit(struct signet_store *store)
{
    if (!store->began || store->depth != 1)
        return SIGNET_ERR_ARGUMENT;
    store->began = false;
    return leave(store, store->broken);
}

void signet_store_rollback(struct signet_store *store)
{
    if (!store->began || store->depth != 1)
        return;
    store->began = false;
    sg_store_abandon(store);
}

static enum signet_status count_kind(struct signet_store *store, enum signet_record_kind kind,
                                     enum signet_status before, size_t *num)
{
    const struct sg_store_key_range range = sg_store_prints(kind);
    return before == SIGNET_OK ? store->backend->key_count(store->db, range.first, range.last, num)
                               : before;
}

static enum signet_status count_anchors(struct signet_store *store, size_t *num)
{
    struct sg_store_ids ids = {0};
    struct sg_arena arena;
    sg_arena_init(&arena, SG_STORE_MAX_WORK);
    enum signet_status status = store->backend->anchor_list(store->db, false, &arena, &ids);
    *num = ids.num;
    sg_arena_clear(&arena);
    return status;
}

static enum signet_status count(struct signet_store *store, struct signet_store_counts *counts)
{
    enum signet_status status = count_anchors(store, &counts->anchors);
    status = count_kind(store, SIGNET_RECORD_CERTIFICATE, status, &counts->certificates);
    status = count_kind(store, SIGNET_RECORD_CRL, status, &counts->crls);
    status = count_kind(store, SIGNET_RECORD_ATTRIBUTE_CERTIFICATE, status,
                        &counts->attribute_certificates);
    if (status == SIGNET_OK)
        status = store->backend->binding_count(store->db, &counts->bindings);
    return status == SIGNET_OK ? store->backend->own_count(store->db, &counts->own_keys) : status;
}

enum signet_status signet_store_count(struct signet_store *store,
                                      struct signet_store_counts *counts)
{
    *counts = (struct signet_store_counts){0};
    enum signet_status status = sg_store_look(store);
    if (status != SIGNET_OK)
        return status;
    return sg_store_looked(store, count(store, counts));
}

enum signet_status signet_store_backup(struct signet_store *store, const char *file,
                                       const struct signet_store_progress *progress)
{
    if (store->depth > 0 || *file == '\0')
        return SIGNET_ERR_ARGUMENT;
    if (store->broken != SIGNET_OK)
        return store->broken;
    store->db->trouble = (struct sg_store_trouble){.kind = SIGNET_STORE_FINE};
    return store->backend->backup(store->db, file, progress);
}
