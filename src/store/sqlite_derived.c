/* SPDX-License-Identifier: Apache-2.0 */
/* What is derived from objects: their keys. */
#include "store/sqlite_query.h"

static struct sg_sqlite_query key_query(struct sg_store_db *db, enum sg_sql which, int64_t first,
                                        int64_t second)
{
    struct sg_sqlite_query query = sg_sqlite_query_begin(db, which);
    sg_sqlite_bind_int(&query, first);
    sg_sqlite_bind_int(&query, second);
    return query;
}

enum signet_status sg_sqlite_key_put(struct sg_store_db *db, int64_t key, int64_t object)
{
    struct sg_sqlite_query query = key_query(db, SG_SQL_KEY_PUT, key, object);
    return sg_sqlite_query_run(&query);
}

enum signet_status sg_sqlite_key_delete(struct sg_store_db *db, int64_t key, int64_t object)
{
    struct sg_sqlite_query query = key_query(db, SG_SQL_KEY_DELETE, key, object);
    return sg_sqlite_query_run(&query);
}

enum signet_status sg_sqlite_key_list(struct sg_store_db *db, int64_t first, int64_t last,
                                      struct sg_arena *arena, struct sg_store_ids *ids)
{
    struct sg_sqlite_query query = key_query(db, SG_SQL_KEY_LIST, first, last);
    return sg_sqlite_query_ids(&query, arena, ids);
}

enum signet_status sg_sqlite_key_list_some(struct sg_store_db *db, int64_t first, int64_t last,
                                           size_t max, struct sg_arena *arena,
                                           struct sg_store_ids *ids)
{
    struct sg_sqlite_query query = key_query(db, SG_SQL_KEY_LIST_SOME, first, last);
    sg_sqlite_bind_int(&query, (int64_t)max);
    return sg_sqlite_query_ids(&query, arena, ids);
}

enum signet_status sg_sqlite_key_list_verified(struct sg_store_db *db, int64_t first, int64_t last,
                                               struct sg_arena *arena, struct sg_store_ids *ids)
{
    struct sg_sqlite_query query = key_query(db, SG_SQL_KEY_LIST_VERIFIED, first, last);
    return sg_sqlite_query_ids(&query, arena, ids);
}

enum signet_status sg_sqlite_key_has(struct sg_store_db *db, int64_t key, int64_t object, bool *has)
{
    struct sg_sqlite_query query = key_query(db, SG_SQL_KEY_HAS, key, object);
    return sg_sqlite_query_exists(&query, has);
}

enum signet_status sg_sqlite_key_count(struct sg_store_db *db, int64_t first, int64_t last,
                                       size_t *num)
{
    struct sg_sqlite_query query = key_query(db, SG_SQL_KEY_COUNT, first, last);
    return sg_sqlite_query_number(&query, num);
}

enum signet_status sg_sqlite_key_counts(struct sg_store_db *db, struct sg_arena *arena,
                                        struct sg_store_key_counts *counts)
{
    struct sg_sqlite_query query = sg_sqlite_query_begin(db, SG_SQL_KEY_COUNTS);
    while (sg_sqlite_query_step(&query)) {
        void *items = counts->items;
        if (!sg_arena_grow(arena, &items, &counts->cap, counts->num, sizeof(*counts->items)))
            break;
        counts->items = items;
        int64_t object = sg_sqlite_take_int(&query);
        counts->items[counts->num++] =
            (struct sg_store_key_count){object, (size_t)sg_sqlite_take_int(&query)};
    }
    enum signet_status status = sg_sqlite_query_end(&query);
    return arena->failed ? sg_arena_status(arena) : status;
}

enum signet_status sg_sqlite_key_clear(struct sg_store_db *db)
{
    struct sg_sqlite_query query = sg_sqlite_query_begin(db, SG_SQL_KEY_CLEAR);
    return sg_sqlite_query_run(&query);
}
