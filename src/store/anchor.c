/* SPDX-License-Identifier: Apache-2.0 */
/* Trust, and taking it back (RFC 3850 2.3: it comes by another way than mail). */
#include "store/store.h"

static enum signet_status trust(struct signet_store *store,
                                const struct signet_certificate *certificate,
                                const struct sg_store_anchor *anchor)
{
    struct sg_store_loaded loaded;
    struct sg_store_anchor new = *anchor, old;
    struct sg_arena arena;
    bool added;
    sg_store_certificate_view(certificate, &loaded);
    loaded.object.origin = anchor->anchor.origin;
    enum signet_status status = sg_store_put(store, &loaded, &added);
    if (status != SIGNET_OK)
        return status;
    new.object = loaded.object.id;
    sg_arena_init(&arena, SG_STORE_MAX_WORK);
    status = store->backend->anchor_get(store->db, new.object, &arena, &old);
    sg_arena_clear(&arena);
    if (status != SIGNET_OK)
        return status;
    /* What the user distrusted is not brought back by a bundle that still has it. */
    if (old.object != 0 && old.anchor.distrusted != SIGNET_TIME_UNKNOWN &&
        new.anchor.origin.kind == SIGNET_ORIGIN_SYSTEM)
        return SIGNET_OK;
    return store->backend->anchor_put(store->db, &new);
}

enum signet_status signet_store_trust(struct signet_store *store,
                                      const struct signet_certificate *certificate,
                                      const struct signet_anchor_terms *terms, const char *why,
                                      const struct signet_origin *origin)
{
    const struct sg_store_anchor anchor = {
        .anchor = {*terms, sg_store_text(why), *origin, .distrusted = SIGNET_TIME_UNKNOWN}};
    enum signet_status status = sg_store_change(store);
    if (status != SIGNET_OK)
        return status;
    return sg_store_changed(store, trust(store, certificate, &anchor));
}

static enum signet_status distrust(struct signet_store *store, struct signet_span sha256,
                                   const char *why, signet_time time, struct sg_arena *arena,
                                   bool *found)
{
    struct sg_store_anchor anchor = {0};
    int64_t id;
    enum signet_status status = sg_store_object_find(store, SIGNET_RECORD_CERTIFICATE, sha256, &id);
    if (status == SIGNET_OK && id != 0)
        status = store->backend->anchor_get(store->db, id, arena, &anchor);
    *found = anchor.object != 0 && anchor.anchor.distrusted == SIGNET_TIME_UNKNOWN;
    if (status != SIGNET_OK || !*found)
        return status;
    anchor.anchor.why = sg_store_text(why);
    anchor.anchor.distrusted = time;
    return store->backend->anchor_put(store->db, &anchor);
}

enum signet_status signet_store_distrust(struct signet_store *store, struct signet_span sha256,
                                         const char *why, signet_time time, bool *found)
{
    struct sg_arena arena;
    bool was = false;
    enum signet_status status = sg_store_change(store);
    if (status == SIGNET_OK) {
        sg_arena_init(&arena, SG_STORE_MAX_WORK);
        status = sg_store_changed(store, distrust(store, sha256, why, time, &arena, &was));
        sg_arena_clear(&arena);
    }
    if (found != NULL)
        *found = status == SIGNET_OK && was;
    return status;
}
