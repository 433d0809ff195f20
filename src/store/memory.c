/* SPDX-License-Identifier: Apache-2.0 */
/* What was learned of correspondents and of places on the network. */
#include "store/keys.h"

/* What is lent to the caller is kept by the store until the next call. */
static const char *lend_text(struct signet_store *store, const char *text)
{
    return sg_arena_printf(&store->lent, "%s", text);
}

static struct signet_span lend(struct signet_store *store, struct signet_span span)
{
    return span.ptr != NULL ? sg_arena_copy(&store->lent, span) : span;
}

static enum signet_status learn(struct signet_store *store, const char *folded,
                                const struct signet_capabilities *capabilities, bool *learned)
{
    struct signet_capabilities old;
    bool found;
    enum signet_status status = store->backend->capabilities_get(store->db, folded, &old, &found);
    *learned = status == SIGNET_OK && (!found || capabilities->signing_time > old.signing_time);
    if (!*learned)
        return status;
    return store->backend->capabilities_put(store->db, folded, capabilities);
}

/* ADDRESS as it is compared; SIGNET_ERR_ARGUMENT when it is none. */
static enum signet_status fold(struct signet_store *store, const char *address, const char **folded)
{
    sg_arena_clear(&store->lent);
    *folded = sg_store_fold_address(sg_span_text(address), &store->lent);
    if (*folded != NULL)
        return SIGNET_OK;
    return store->lent.failed ? sg_arena_status(&store->lent) : SIGNET_ERR_ARGUMENT;
}

enum signet_status signet_store_learn_capabilities(struct signet_store *store,
                                                   const struct signet_capabilities *capabilities,
                                                   bool *learned)
{
    const char *folded;
    bool is_new = false;
    enum signet_status status = fold(store, capabilities->address, &folded);
    if (status == SIGNET_OK)
        status = sg_store_change(store);
    if (status == SIGNET_OK)
        status = sg_store_changed(store, learn(store, folded, capabilities, &is_new));
    if (learned != NULL)
        *learned = status == SIGNET_OK && is_new;
    return status;
}

static enum signet_status get_capabilities(struct signet_store *store, const char *folded,
                                           struct signet_capabilities *out, bool *found)
{
    enum signet_status status = store->backend->capabilities_get(store->db, folded, out, found);
    if (status != SIGNET_OK || !*found)
        return status;
    out->address = lend_text(store, out->address);
    out->der = lend(store, out->der);
    out->preferred_sha256 = lend(store, out->preferred_sha256);
    return sg_arena_status(&store->lent);
}

enum signet_status signet_store_capabilities(struct signet_store *store, const char *address,
                                             struct signet_capabilities *capabilities, bool *found)
{
    const char *folded;
    *found = false;
    enum signet_status status = fold(store, address, &folded);
    if (status != SIGNET_OK)
        return status == SIGNET_ERR_ARGUMENT ? SIGNET_OK : status;
    status = sg_store_look(store);
    if (status == SIGNET_OK)
        status = sg_store_looked(store, get_capabilities(store, folded, capabilities, found));
    if (status != SIGNET_OK)
        *found = false;
    return status;
}

enum signet_status signet_store_set_source(struct signet_store *store,
                                           const struct signet_source *source)
{
    struct signet_source row = *source;
    row.etag = sg_store_text(source->etag);
    row.last_modified = sg_store_text(source->last_modified);
    row.reason = sg_store_text(source->reason);
    enum signet_status status = sg_store_change(store);
    if (status != SIGNET_OK)
        return status;
    return sg_store_changed(store, store->backend->source_put(store->db, &row));
}

static enum signet_status get_source(struct signet_store *store, const char *url,
                                     struct signet_source *out, bool *found)
{
    enum signet_status status = store->backend->source_get(store->db, url, out, found);
    if (status != SIGNET_OK || !*found)
        return status;
    sg_arena_clear(&store->lent);
    out->url = lend_text(store, out->url);
    out->etag = lend_text(store, out->etag);
    out->last_modified = lend_text(store, out->last_modified);
    out->reason = lend_text(store, out->reason);
    out->sha256 = lend(store, out->sha256);
    return sg_arena_status(&store->lent);
}

enum signet_status signet_store_source(struct signet_store *store, const char *url,
                                       struct signet_source *source, bool *found)
{
    *found = false;
    enum signet_status status = sg_store_look(store);
    if (status == SIGNET_OK)
        status = sg_store_looked(store, get_source(store, url, source, found));
    if (status != SIGNET_OK)
        *found = false;
    return status;
}
