/* SPDX-License-Identifier: Apache-2.0 */
#include "store/sqlite_query.h"

static const char *const statements[] = {
#define SG_SQL_ROW(name, sql) [SG_SQL_##name] = (sql),
#include "store/sqlite_statements.def"
#undef SG_SQL_ROW
};

struct sg_sqlite_query sg_sqlite_query_begin(struct sg_store_db *db, enum sg_sql which)
{
    struct sg_sqlite *sqlite = sg_sqlite(db);
    struct sg_sqlite_query query = {.sqlite = sqlite, .next_parameter = 1};
    sqlite3_stmt **statement = &sqlite->statements[which];
    if (*statement == NULL)
        query.code = sqlite->api.prepare_v3(sqlite->handle, statements[which], -1,
                                            SQLITE_PREPARE_PERSISTENT, statement, NULL);
    query.statement = *statement;
    /* What it returns is how its last use ended, which has been told. */
    (void)sqlite->api.reset(query.statement);
    return query;
}

static void latch(struct sg_sqlite_query *query, int code)
{
    if (query->code == SQLITE_OK && code != SQLITE_OK)
        query->code = code;
}

void sg_sqlite_bind_int(struct sg_sqlite_query *query, int64_t value)
{
    if (query->code == SQLITE_OK)
        latch(query,
              query->sqlite->api.bind_int64(query->statement, query->next_parameter++, value));
}

static void bind_null(struct sg_sqlite_query *query)
{
    if (query->code == SQLITE_OK)
        latch(query, query->sqlite->api.bind_null(query->statement, query->next_parameter++));
}

void sg_sqlite_bind_time(struct sg_sqlite_query *query, signet_time time)
{
    if (time == SIGNET_TIME_UNKNOWN)
        bind_null(query);
    else
        sg_sqlite_bind_int(query, time);
}

void sg_sqlite_bind_text(struct sg_sqlite_query *query, const char *text)
{
    if (query->code == SQLITE_OK)
        latch(query, query->sqlite->api.bind_text(query->statement, query->next_parameter++, text,
                                                  -1, SQLITE_STATIC));
}

void sg_sqlite_bind_blob(struct sg_sqlite_query *query, struct signet_span octets)
{
    if (query->code == SQLITE_OK)
        latch(query, query->sqlite->api.bind_blob64(query->statement, query->next_parameter++,
                                                    octets.ptr, octets.len, SQLITE_STATIC));
}

bool sg_sqlite_query_step(struct sg_sqlite_query *query)
{
    query->next_column = 0;
    if (query->code != SQLITE_OK)
        return false;
    int code = query->sqlite->api.step(query->statement);
    if (code == SQLITE_ROW)
        return true;
    latch(query, code == SQLITE_DONE ? SQLITE_OK : code);
    return false;
}

int64_t sg_sqlite_take_int(struct sg_sqlite_query *query)
{
    return query->sqlite->api.column_int64(query->statement, query->next_column++);
}

signet_time sg_sqlite_take_time(struct sg_sqlite_query *query)
{
    bool known =
        query->sqlite->api.column_type(query->statement, query->next_column) != SQLITE_NULL;
    int64_t time = sg_sqlite_take_int(query);
    return known ? time : SIGNET_TIME_UNKNOWN;
}

const char *sg_sqlite_take_text(struct sg_sqlite_query *query)
{
    const void *text = query->sqlite->api.column_text(query->statement, query->next_column++);
    return text != NULL ? text : "";
}

struct signet_span sg_sqlite_take_blob(struct sg_sqlite_query *query)
{
    int column = query->next_column++;
    if (query->sqlite->api.column_type(query->statement, column) == SQLITE_NULL)
        return (struct signet_span){NULL, 0};
    /* Pointer first, then length: the order that SQLite demands. An empty blob has no pointer. */
    const uint8_t *octets = query->sqlite->api.column_blob(query->statement, column);
    int len = query->sqlite->api.column_bytes(query->statement, column);
    return octets != NULL ? (struct signet_span){octets, (size_t)len}
                          : (struct signet_span){(const uint8_t *)"", 0};
}

enum signet_status sg_sqlite_query_keep(struct sg_sqlite_query *query)
{
    /* Before the statement is reset, while the handle still knows what went wrong. */
    return sg_sqlite_status(query->sqlite, query->code);
}

enum signet_status sg_sqlite_query_end(struct sg_sqlite_query *query)
{
    enum signet_status status = sg_sqlite_query_keep(query);
    (void)query->sqlite->api.reset(query->statement);
    return status;
}

enum signet_status sg_sqlite_query_run(struct sg_sqlite_query *query)
{
    while (sg_sqlite_query_step(query))
        continue;
    return sg_sqlite_query_end(query);
}

enum signet_status sg_sqlite_query_ids(struct sg_sqlite_query *query, struct sg_arena *arena,
                                       struct sg_store_ids *ids)
{
    bool room = true;
    while (room && sg_sqlite_query_step(query))
        room = sg_store_ids_add(ids, arena, sg_sqlite_take_int(query));
    enum signet_status status = sg_sqlite_query_end(query);
    return room ? status : sg_arena_status(arena);
}

enum signet_status sg_sqlite_query_exists(struct sg_sqlite_query *query, bool *exists)
{
    *exists = sg_sqlite_query_step(query);
    return sg_sqlite_query_end(query);
}

enum signet_status sg_sqlite_query_number(struct sg_sqlite_query *query, size_t *number)
{
    *number = sg_sqlite_query_step(query) ? (size_t)sg_sqlite_take_int(query) : 0;
    return sg_sqlite_query_end(query);
}
