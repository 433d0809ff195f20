/* SPDX-License-Identifier: Apache-2.0 */
/* What was learned: capabilities of correspondents, places on the network, facts. */
#include "store/sqlite_query.h"

#include <string.h>

enum signet_status sg_sqlite_capabilities_put(struct sg_store_db *db, const char *folded,
                                              const struct signet_capabilities *capabilities)
{
    struct sg_sqlite_query query = sg_sqlite_query_begin(db, SG_SQL_CAPABILITIES_PUT);
    sg_sqlite_bind_text(&query, folded);
    sg_sqlite_bind_text(&query, capabilities->address);
    sg_sqlite_bind_blob(&query, capabilities->der);
    sg_sqlite_bind_blob(&query, capabilities->preferred_sha256);
    sg_sqlite_bind_int(&query, capabilities->signing_time);
    return sg_sqlite_query_run(&query);
}

enum signet_status sg_sqlite_capabilities_get(struct sg_store_db *db, const char *folded,
                                              struct signet_capabilities *capabilities, bool *found)
{
    *capabilities = (struct signet_capabilities){0};
    struct sg_sqlite_query query = sg_sqlite_query_begin(db, SG_SQL_CAPABILITIES_GET);
    sg_sqlite_bind_text(&query, folded);
    *found = sg_sqlite_query_step(&query);
    if (!*found)
        return sg_sqlite_query_end(&query);
    capabilities->address = sg_sqlite_take_text(&query);
    capabilities->der = sg_sqlite_take_blob(&query);
    capabilities->preferred_sha256 = sg_sqlite_take_blob(&query);
    capabilities->signing_time = sg_sqlite_take_int(&query);
    return sg_sqlite_query_keep(&query);
}

enum signet_status sg_sqlite_source_put(struct sg_store_db *db, const struct signet_source *source)
{
    struct sg_sqlite_query query = sg_sqlite_query_begin(db, SG_SQL_SOURCE_PUT);
    sg_sqlite_bind_text(&query, source->url);
    sg_sqlite_bind_text(&query, source->etag);
    sg_sqlite_bind_text(&query, source->last_modified);
    sg_sqlite_bind_time(&query, source->fetched);
    sg_sqlite_bind_time(&query, source->failed);
    sg_sqlite_bind_text(&query, source->reason);
    sg_sqlite_bind_blob(&query, source->sha256);
    return sg_sqlite_query_run(&query);
}

enum signet_status sg_sqlite_source_get(struct sg_store_db *db, const char *url,
                                        struct signet_source *source, bool *found)
{
    *source = (struct signet_source){0};
    struct sg_sqlite_query query = sg_sqlite_query_begin(db, SG_SQL_SOURCE_GET);
    sg_sqlite_bind_text(&query, url);
    *found = sg_sqlite_query_step(&query);
    if (!*found)
        return sg_sqlite_query_end(&query);
    source->url = sg_sqlite_take_text(&query);
    source->etag = sg_sqlite_take_text(&query);
    source->last_modified = sg_sqlite_take_text(&query);
    source->fetched = sg_sqlite_take_time(&query);
    source->failed = sg_sqlite_take_time(&query);
    source->reason = sg_sqlite_take_text(&query);
    source->sha256 = sg_sqlite_take_blob(&query);
    return sg_sqlite_query_keep(&query);
}

enum signet_status sg_sqlite_fact_put(struct sg_store_db *db, int64_t object,
                                      struct signet_span key_sha256)
{
    struct sg_sqlite_query query = sg_sqlite_query_begin(db, SG_SQL_SIGNER_PUT);
    sg_sqlite_bind_blob(&query, key_sha256);
    enum signet_status status = sg_sqlite_query_run(&query);
    if (status != SIGNET_OK)
        return status;
    query = sg_sqlite_query_begin(db, SG_SQL_FACT_PUT);
    sg_sqlite_bind_int(&query, object);
    sg_sqlite_bind_blob(&query, key_sha256);
    return sg_sqlite_query_run(&query);
}

enum { KEY_LEN = 32 };

enum signet_status sg_sqlite_fact_list(struct sg_store_db *db, int64_t object,
                                       struct sg_arena *arena, struct signet_span *keys)
{
    void *items = NULL;
    size_t num = 0, cap = 0;
    bool room = true;
    struct sg_sqlite_query query = sg_sqlite_query_begin(db, SG_SQL_FACT_LIST);
    sg_sqlite_bind_int(&query, object);
    while (room && sg_sqlite_query_step(&query)) {
        struct signet_span key = sg_sqlite_take_blob(&query);
        if (key.len != KEY_LEN)
            continue;
        room = sg_arena_grow(arena, &items, &cap, num, KEY_LEN);
        if (room)
            memcpy((uint8_t *)items + KEY_LEN * num++, key.ptr, KEY_LEN);
    }
    *keys = (struct signet_span){items, KEY_LEN * num};
    enum signet_status status = sg_sqlite_query_end(&query);
    return room ? status : sg_arena_status(arena);
}
