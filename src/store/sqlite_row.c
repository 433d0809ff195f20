/* SPDX-License-Identifier: Apache-2.0 */
/* Rows that cannot be read, or that belong to nothing: nothing in SQL keeps them away. */
#include "store/sqlite_known.h"

struct finder {
    struct sg_store_db *db;
    struct sg_arena *arena;
    struct sg_store_rows *rows;
};

/* NAME may be borrowed. */
static enum signet_status add(struct finder *finder, const struct sg_store_row *row)
{
    struct sg_store_rows *rows = finder->rows;
    void *items = rows->items;
    if (!sg_arena_grow(finder->arena, &items, &rows->cap, rows->num, sizeof(*rows->items)))
        return sg_arena_status(finder->arena);
    rows->items = items;
    struct sg_store_row *place = &rows->items[rows->num++];
    *place = *row;
    place->name = sg_arena_printf(finder->arena, "%s", row->name);
    return sg_arena_status(finder->arena);
}

static enum signet_status has_object(struct sg_store_db *db, int64_t object, bool *has)
{
    struct sg_sqlite_query query = sg_sqlite_query_begin(db, SG_SQL_OBJECT_HAS);
    sg_sqlite_bind_int(&query, object);
    return sg_sqlite_query_exists(&query, has);
}

/* --- table known */

static const enum sg_known_kind kinds[SG_STORE_NUM_ROW_KINDS] = {
    [SG_STORE_ROW_ORIGIN] = SG_KNOWN_ORIGIN,
    [SG_STORE_ROW_KEY_SET] = SG_KNOWN_KEY_SET,
    [SG_STORE_ROW_KEY_SET_NUMBER] = SG_KNOWN_KEY_SET_NUMBER,
    [SG_STORE_ROW_ANCHOR] = SG_KNOWN_ANCHOR,
    [SG_STORE_ROW_BINDING] = SG_KNOWN_BINDING,
    [SG_STORE_ROW_CAPABILITIES] = SG_KNOWN_CAPABILITIES,
    [SG_STORE_ROW_OWN_KEY] = SG_KNOWN_OWN_KEY,
    [SG_STORE_ROW_SOURCE] = SG_KNOWN_SOURCE,
};

static const struct form {
    enum sg_store_row_kind kind;
    bool (*reads)(const struct sg_known *row, struct sg_arena *arena);
    bool of_object;
} forms[] = {
    {SG_STORE_ROW_ORIGIN, sg_known_is_origin, false},
    {SG_STORE_ROW_KEY_SET, sg_known_is_key_set, false},
    {SG_STORE_ROW_ANCHOR, sg_known_is_anchor, true},
    {SG_STORE_ROW_BINDING, sg_known_is_binding, true},
    {SG_STORE_ROW_CAPABILITIES, sg_known_is_capabilities, false},
    {SG_STORE_ROW_OWN_KEY, sg_known_is_own_key, false},
    {SG_STORE_ROW_SOURCE, sg_known_is_source, false},
};
enum { NUM_FORMS = sizeof(forms) / sizeof(forms[0]) };

static enum signet_status find_known_row(struct finder *finder, const struct form *form,
                                         const struct sg_known *known)
{
    bool reads = form->reads(known, finder->arena), has = true;
    enum signet_status status = sg_arena_status(finder->arena);
    if (status == SIGNET_OK && form->of_object)
        status = has_object(finder->db, known->object, &has);
    if (status != SIGNET_OK || (reads && has))
        return status;
    return add(finder, &(struct sg_store_row){form->kind, !has, known->object, known->name});
}

static enum signet_status find_known(struct finder *finder, const struct form *form)
{
    enum signet_status status = SIGNET_OK;
    struct sg_known known;
    struct sg_sqlite_query query = sg_known_list_all(finder->db, kinds[form->kind]);
    while (status == SIGNET_OK && sg_known_next(&query, &known))
        status = find_known_row(finder, form, &known);
    enum signet_status ended = sg_sqlite_query_end(&query);
    return status != SIGNET_OK ? status : ended;
}

/* Rows that statement WHICH gives by number and name. */
static enum signet_status find_named(struct finder *finder, enum sg_sql which,
                                     enum sg_store_row_kind kind)
{
    enum signet_status status = SIGNET_OK;
    struct sg_sqlite_query query = sg_sqlite_query_begin(finder->db, which);
    while (status == SIGNET_OK && sg_sqlite_query_step(&query)) {
        struct sg_store_row row = {kind, .object = sg_sqlite_take_int(&query)};
        row.name = sg_sqlite_take_text(&query);
        status = add(finder, &row);
    }
    enum signet_status ended = sg_sqlite_query_end(&query);
    return status != SIGNET_OK ? status : ended;
}

/* --- the other tables */

/* Each number that statement WHICH gives. */
static enum signet_status find_numbers(struct finder *finder, enum sg_sql which,
                                       enum sg_store_row_kind kind, bool orphan)
{
    enum signet_status status = SIGNET_OK;
    struct sg_sqlite_query query = sg_sqlite_query_begin(finder->db, which);
    while (status == SIGNET_OK && sg_sqlite_query_step(&query))
        status = add(finder, &(struct sg_store_row){kind, orphan, sg_sqlite_take_int(&query), ""});
    enum signet_status ended = sg_sqlite_query_end(&query);
    return status != SIGNET_OK ? status : ended;
}

static enum signet_status reads_key_set(struct finder *finder, int64_t number, bool *reads)
{
    struct sg_known known = {.object = number, .name = ""};
    struct sg_sqlite_query query =
        sg_known_get(finder->db, SG_KNOWN_KEY_SET, number, "", &known.value, reads);
    *reads = *reads && sg_known_is_key_set(&known, finder->arena);
    return sg_sqlite_query_end(&query);
}

static enum signet_status find_fact(struct finder *finder, int64_t object, int64_t number)
{
    bool has, reads;
    enum signet_status status = has_object(finder->db, object, &has);
    if (status == SIGNET_OK)
        status = reads_key_set(finder, number, &reads);
    if (status != SIGNET_OK || (has && reads))
        return status;
    return add(finder, &(struct sg_store_row){SG_STORE_ROW_FACT, !has, object, ""});
}

static enum signet_status find_facts(struct finder *finder)
{
    enum signet_status status = SIGNET_OK;
    struct sg_sqlite_query query = sg_sqlite_query_begin(finder->db, SG_SQL_FACT_LIST);
    while (status == SIGNET_OK && sg_sqlite_query_step(&query)) {
        int64_t object = sg_sqlite_take_int(&query);
        status = find_fact(finder, object, sg_sqlite_take_int(&query));
    }
    enum signet_status ended = sg_sqlite_query_end(&query);
    return status != SIGNET_OK ? status : ended;
}

enum signet_status sg_sqlite_row_check(struct sg_store_db *db, struct sg_arena *arena,
                                       struct sg_store_rows *rows)
{
    struct finder finder = {db, arena, rows};
    enum signet_status status = SIGNET_OK;
    for (size_t i = 0; i < NUM_FORMS && status == SIGNET_OK; i++)
        status = find_known(&finder, &forms[i]);
    if (status == SIGNET_OK)
        status = find_named(&finder, SG_SQL_KNOWN_LIST_ASTRAY, SG_STORE_ROW_KEY_SET_NUMBER);
    if (status == SIGNET_OK)
        status = find_named(&finder, SG_SQL_KNOWN_LIST_STRANGE, SG_STORE_ROW_STRANGE);
    if (status == SIGNET_OK)
        status = find_facts(&finder);
    if (status == SIGNET_OK)
        status = find_numbers(&finder, SG_SQL_OBJECT_LIST_NO_ORIGIN, SG_STORE_ROW_NO_ORIGIN, false);
    if (status == SIGNET_OK)
        status = find_numbers(&finder, SG_SQL_CRL_LIST_ORPHANS, SG_STORE_ROW_CRL, true);
    return status;
}

/* --- mending */

static enum signet_status delete_by(struct sg_store_db *db, enum sg_sql which, int64_t number)
{
    struct sg_sqlite_query query = sg_sqlite_query_begin(db, which);
    sg_sqlite_bind_int(&query, number);
    return sg_sqlite_query_run(&query);
}

static enum signet_status forget_origin_of(struct sg_store_db *db, int64_t object)
{
    struct sg_sqlite_query query = sg_sqlite_query_begin(db, SG_SQL_OBJECT_ORIGIN);
    sg_sqlite_bind_int(&query, object);
    bool has = sg_sqlite_query_step(&query);
    int64_t number = has ? sg_sqlite_take_int(&query) : 0;
    enum signet_status status = sg_sqlite_query_end(&query);
    return status == SIGNET_OK && has ? sg_known_put_no_origin(db, number) : status;
}

enum signet_status sg_sqlite_row_mend(struct sg_store_db *db, const struct sg_store_row *row)
{
    if (row->kind == SG_STORE_ROW_ORIGIN && *row->name == '\0')
        return sg_known_put_no_origin(db, row->object);
    if (row->kind == SG_STORE_ROW_NO_ORIGIN)
        return forget_origin_of(db, row->object);
    if (row->kind == SG_STORE_ROW_FACT)
        return delete_by(db, SG_SQL_FACT_DELETE, row->object);
    if (row->kind == SG_STORE_ROW_CRL)
        return delete_by(db, SG_SQL_CRL_DELETE_ORPHAN, row->object);
    return kinds[row->kind] != 0 ? sg_known_delete(db, kinds[row->kind], row->object, row->name)
                                 : SIGNET_OK;
}

/* What came from somewhere, or was signed with a key, has gone: nothing is wrong, but place and key
 * need not be known any more. */
enum signet_status sg_sqlite_row_sweep(struct sg_store_db *db)
{
    sg_sqlite_origin_forget(sg_sqlite(db));
    return sg_sqlite_execute(
        sg_sqlite(db),
        "DELETE FROM known WHERE kind = 1 AND object NOT IN (SELECT origin FROM object);"
        "DELETE FROM known WHERE kind = 2 AND object NOT IN (SELECT keys FROM fact);"
        "DELETE FROM known WHERE kind = 8 AND upper(name) NOT IN"
        " (SELECT hex(value) FROM known WHERE kind = 2)");
}
