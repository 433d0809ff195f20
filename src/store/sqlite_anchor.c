/* SPDX-License-Identifier: Apache-2.0 */
/* Anchors and their terms. */
#include "base/buffer.h"
#include "store/sqlite_query.h"

#include <string.h>

enum flag {
    PURPOSE_UNKNOWN = 1,
    HONOUR_CONSTRAINTS = 2,
    REQUIRE_EXPLICIT_POLICY = 4,
    INHIBIT_POLICY_MAPPING = 8,
    INHIBIT_ANY_POLICY = 16
};

static int64_t flags_of(const struct signet_anchor_terms *terms)
{
    return (terms->purpose_unknown ? PURPOSE_UNKNOWN : 0) |
           (terms->honour_constraints ? HONOUR_CONSTRAINTS : 0) |
           (terms->require_explicit_policy ? REQUIRE_EXPLICIT_POLICY : 0) |
           (terms->inhibit_policy_mapping ? INHIBIT_POLICY_MAPPING : 0) |
           (terms->inhibit_any_policy ? INHIBIT_ANY_POLICY : 0);
}

static void set_flags(int64_t flags, struct signet_anchor_terms *terms)
{
    terms->purpose_unknown = (flags & PURPOSE_UNKNOWN) != 0;
    terms->honour_constraints = (flags & HONOUR_CONSTRAINTS) != 0;
    terms->require_explicit_policy = (flags & REQUIRE_EXPLICIT_POLICY) != 0;
    terms->inhibit_policy_mapping = (flags & INHIBIT_POLICY_MAPPING) != 0;
    terms->inhibit_any_policy = (flags & INHIBIT_ANY_POLICY) != 0;
}

/* The OIDs with blanks between and a NUL. */
static void add_policies(struct sg_buffer *buffer, const struct signet_anchor_terms *terms)
{
    for (size_t i = 0; i < terms->num_policies; i++)
        sg_buffer_printf(buffer, "%s%s", i > 0 ? " " : "", terms->policies[i]);
    sg_buffer_add_byte(buffer, '\0');
}

static enum signet_status put(struct sg_store_db *db, const struct sg_store_anchor *anchor,
                              const char *policies, int64_t origin)
{
    const struct signet_anchor_terms *terms = &anchor->anchor.terms;
    struct sg_sqlite_query query = sg_sqlite_query_begin(db, SG_SQL_ANCHOR_PUT);
    sg_sqlite_bind_int(&query, anchor->object);
    sg_sqlite_bind_int(&query, terms->purposes);
    sg_sqlite_bind_int(&query, flags_of(terms));
    sg_sqlite_bind_time(&query, terms->distrust_after);
    sg_sqlite_bind_blob(&query, terms->permitted_subtrees);
    sg_sqlite_bind_blob(&query, terms->excluded_subtrees);
    sg_sqlite_bind_text(&query, policies);
    if (terms->has_revocation)
        sg_sqlite_bind_int(&query, terms->revocation);
    else
        sg_sqlite_bind_text(&query, NULL);
    sg_sqlite_bind_text(&query, anchor->anchor.why);
    sg_sqlite_bind_int(&query, origin);
    sg_sqlite_bind_time(&query, anchor->anchor.distrusted);
    return sg_sqlite_query_run(&query);
}

enum signet_status sg_sqlite_anchor_put(struct sg_store_db *db,
                                        const struct sg_store_anchor *anchor)
{
    int64_t origin;
    enum signet_status status =
        sg_sqlite_origin_put(sg_sqlite(db), &anchor->anchor.origin, &origin);
    if (status != SIGNET_OK)
        return status;
    struct sg_buffer policies;
    sg_buffer_init(&policies, SG_STORE_MAX_TEXT);
    add_policies(&policies, &anchor->anchor.terms);
    status = policies.status;
    if (status == SIGNET_OK)
        status = put(db, anchor, (const char *)policies.ptr, origin);
    sg_buffer_free(&policies);
    return status;
}

/* TEXT, OIDs with blanks between, as an array of them; all in the arena. */
static enum signet_status take_policies(const char *text, struct sg_arena *arena,
                                        struct signet_anchor_terms *terms)
{
    char *rest = sg_arena_printf(arena, "%s", text);
    const char **list = NULL;
    size_t cap = 0;
    while (rest != NULL && *rest != '\0') {
        void *items = (void *)list;
        if (!sg_arena_grow(arena, &items, &cap, terms->num_policies, sizeof(*list)))
            break;
        list = items;
        list[terms->num_policies++] = rest;
        rest += strcspn(rest, " ");
        if (*rest != '\0')
            *rest++ = '\0';
    }
    terms->policies = list;
    return sg_arena_status(arena);
}

enum signet_status sg_sqlite_anchor_get(struct sg_store_db *db, int64_t object,
                                        struct sg_arena *arena, struct sg_store_anchor *anchor)
{
    struct signet_anchor_terms *terms = &anchor->anchor.terms;
    *anchor = (struct sg_store_anchor){0};
    struct sg_sqlite_query query = sg_sqlite_query_begin(db, SG_SQL_ANCHOR_GET);
    sg_sqlite_bind_int(&query, object);
    if (!sg_sqlite_query_step(&query))
        return sg_sqlite_query_end(&query);
    anchor->object = object;
    terms->purposes = (unsigned)sg_sqlite_take_int(&query) & SIGNET_ANCHOR_MAIL;
    set_flags(sg_sqlite_take_int(&query), terms);
    terms->distrust_after = sg_sqlite_take_time(&query);
    terms->permitted_subtrees = sg_sqlite_take_blob(&query);
    terms->excluded_subtrees = sg_sqlite_take_blob(&query);
    enum signet_status status = take_policies(sg_sqlite_take_text(&query), arena, terms);
    signet_time revocation = sg_sqlite_take_time(&query);
    terms->has_revocation = revocation != SIGNET_TIME_UNKNOWN;
    terms->revocation = (enum signet_revocation)sg_sqlite_one_of(revocation, SIGNET_REVOCATION_OFF);
    anchor->anchor.why = sg_sqlite_take_text(&query);
    anchor->anchor.origin.kind =
        (enum signet_origin_kind)sg_sqlite_one_of(sg_sqlite_take_int(&query), SIGNET_ORIGIN_SYSTEM);
    anchor->anchor.origin.detail = sg_sqlite_take_text(&query);
    anchor->anchor.origin.since = sg_sqlite_take_int(&query);
    anchor->anchor.distrusted = sg_sqlite_take_time(&query);
    enum signet_status kept = sg_sqlite_query_keep(&query);
    return kept != SIGNET_OK ? kept : status;
}

enum signet_status sg_sqlite_anchor_list(struct sg_store_db *db, bool all, struct sg_arena *arena,
                                         struct sg_store_ids *ids)
{
    struct sg_sqlite_query query = sg_sqlite_query_begin(db, SG_SQL_ANCHOR_LIST);
    sg_sqlite_bind_int(&query, all ? 1 : 0);
    return sg_sqlite_query_ids(&query, arena, ids);
}
