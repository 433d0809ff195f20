/* SPDX-License-Identifier: Apache-2.0 */
/* Anchors and their terms. A value: origin (kind, detail, since), purposes, flags, when distrust
 * begins, permitted and excluded subtrees, policies (dotted OIDs with blanks between), revocation,
 * why, when trust was taken back. */
#include "base/buffer.h"
#include "store/sqlite_known.h"

#include <string.h>

enum flag {
    PURPOSE_UNKNOWN = 1,
    HONOUR_CONSTRAINTS = 2,
    REQUIRE_EXPLICIT_POLICY = 4,
    INHIBIT_POLICY_MAPPING = 8,
    INHIBIT_ANY_POLICY = 16,
    HAS_REVOCATION = 32
};

static int64_t flags_of(const struct signet_anchor_terms *terms)
{
    return (terms->purpose_unknown ? PURPOSE_UNKNOWN : 0) |
           (terms->honour_constraints ? HONOUR_CONSTRAINTS : 0) |
           (terms->require_explicit_policy ? REQUIRE_EXPLICIT_POLICY : 0) |
           (terms->inhibit_policy_mapping ? INHIBIT_POLICY_MAPPING : 0) |
           (terms->inhibit_any_policy ? INHIBIT_ANY_POLICY : 0) |
           (terms->has_revocation ? HAS_REVOCATION : 0);
}

static void set_flags(int64_t flags, struct signet_anchor_terms *terms)
{
    terms->purpose_unknown = (flags & PURPOSE_UNKNOWN) != 0;
    terms->honour_constraints = (flags & HONOUR_CONSTRAINTS) != 0;
    terms->require_explicit_policy = (flags & REQUIRE_EXPLICIT_POLICY) != 0;
    terms->inhibit_policy_mapping = (flags & INHIBIT_POLICY_MAPPING) != 0;
    terms->inhibit_any_policy = (flags & INHIBIT_ANY_POLICY) != 0;
    terms->has_revocation = (flags & HAS_REVOCATION) != 0;
}

/* The OIDs with blanks between and a NUL. */
static void add_policies(struct sg_buffer *buffer, const struct signet_anchor_terms *terms)
{
    for (size_t i = 0; i < terms->num_policies; i++)
        sg_buffer_printf(buffer, "%s%s", i > 0 ? " " : "", terms->policies[i]);
    sg_buffer_add_byte(buffer, '\0');
}

static void write_value(const struct sg_store_anchor *anchor, const char *policies,
                        struct sg_buffer *value)
{
    const struct signet_anchor_terms *terms = &anchor->anchor.terms;
    const struct signet_origin *origin = &anchor->anchor.origin;
    sg_known_value_init(value);
    sg_known_add_int(value, origin->kind);
    sg_known_add_text(value, origin->detail);
    sg_known_add_int(value, origin->since);
    sg_known_add_int(value, terms->purposes);
    sg_known_add_int(value, flags_of(terms));
    sg_known_add_int(value, terms->distrust_after);
    sg_known_add_blob(value, terms->permitted_subtrees);
    sg_known_add_blob(value, terms->excluded_subtrees);
    sg_known_add_text(value, policies);
    sg_known_add_int(value, terms->revocation);
    sg_known_add_text(value, anchor->anchor.why);
    sg_known_add_int(value, anchor->anchor.distrusted);
}

enum signet_status sg_sqlite_anchor_put(struct sg_store_db *db,
                                        const struct sg_store_anchor *anchor)
{
    struct sg_buffer policies, value;
    sg_buffer_init(&policies, SG_STORE_MAX_TEXT);
    add_policies(&policies, &anchor->anchor.terms);
    enum signet_status status = policies.status;
    if (status == SIGNET_OK) {
        write_value(anchor, (const char *)policies.ptr, &value);
        status = sg_known_put(db, SG_KNOWN_ANCHOR, anchor->object, "", &value);
        sg_buffer_free(&value);
    }
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

static enum signet_status read_value(struct sg_known_value value, struct sg_arena *arena,
                                     struct signet_stored_anchor *out)
{
    struct signet_anchor_terms *terms = &out->terms;
    out->origin.kind = (enum signet_origin_kind)sg_known_take_one_of(&value, SIGNET_ORIGIN_SYSTEM);
    out->origin.detail = sg_known_take_text(&value);
    out->origin.since = sg_known_take_int(&value);
    terms->purposes = (unsigned)sg_known_take_int(&value) & SIGNET_ANCHOR_MAIL;
    set_flags(sg_known_take_int(&value), terms);
    terms->distrust_after = sg_known_take_int(&value);
    terms->permitted_subtrees = sg_known_take_blob(&value);
    terms->excluded_subtrees = sg_known_take_blob(&value);
    enum signet_status status = take_policies(sg_known_take_text(&value), arena, terms);
    terms->revocation = (enum signet_revocation)sg_known_take_one_of(&value, SIGNET_REVOCATION_OFF);
    out->why = sg_known_take_text(&value);
    out->distrusted = sg_known_take_int(&value);
    return sg_known_end(&value) ? status : SIGNET_ERR_PARSE;
}

bool sg_known_is_anchor(const struct sg_known *row, struct sg_arena *arena)
{
    struct signet_stored_anchor anchor = {0};
    return *row->name == '\0' && read_value(row->value, arena, &anchor) == SIGNET_OK;
}

/* Terms that cannot be read are none that anybody has agreed to. */
enum signet_status sg_sqlite_anchor_get(struct sg_store_db *db, int64_t object,
                                        struct sg_arena *arena, struct sg_store_anchor *anchor)
{
    struct sg_known_value value;
    bool found;
    *anchor = (struct sg_store_anchor){0};
    struct sg_sqlite_query query = sg_known_get(db, SG_KNOWN_ANCHOR, object, "", &value, &found);
    enum signet_status status =
        found ? read_value(value, arena, &anchor->anchor) : SIGNET_ERR_PARSE;
    db->passed_over |= found && status == SIGNET_ERR_PARSE;
    if (status == SIGNET_OK)
        anchor->object = object;
    enum signet_status kept = sg_sqlite_query_keep(&query);
    return kept != SIGNET_OK || status == SIGNET_ERR_PARSE ? kept : status;
}

enum signet_status sg_sqlite_anchor_list(struct sg_store_db *db, bool all, struct sg_arena *arena,
                                         struct sg_store_ids *ids)
{
    enum signet_status status = SIGNET_OK;
    struct sg_known row;
    struct sg_sqlite_query query = sg_known_list_all(db, SG_KNOWN_ANCHOR);
    while (status == SIGNET_OK && sg_known_next(&query, &row)) {
        struct signet_stored_anchor anchor = {0};
        status = read_value(row.value, arena, &anchor);
        bool lists = status == SIGNET_OK && (all || anchor.distrusted == SIGNET_TIME_UNKNOWN);
        if (lists && !sg_store_ids_add(ids, arena, row.object))
            status = sg_arena_status(arena);
        db->passed_over |= status == SIGNET_ERR_PARSE;
        if (status == SIGNET_ERR_PARSE)
            status = SIGNET_OK;
    }
    enum signet_status ended = sg_sqlite_query_end(&query);
    return status != SIGNET_OK ? status : ended;
}
