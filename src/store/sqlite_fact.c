/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Facts: which key verified which object. A key's number is the first 24 bits of its digest, or the
 * next that is free. Keys that were made to have one number are not found beyond some of them:
 * then there is no fact.
 */
#include "store/sqlite_known.h"

#include "base/span.h"
#include "store/octets.h"

enum { DIGEST_LEN = 32, NUMBER_LEN = 3, MAX_PLACES = 16 };

/* *IS: the place NUMBER is this key's; *FREE: nobody's. */
static enum signet_status look_at(struct sg_store_db *db, int64_t number, struct signet_span key,
                                  bool *is, bool *free)
{
    struct sg_known_value value;
    bool found;
    struct sg_sqlite_query query = sg_known_get(db, SG_KNOWN_SIGNER, number, "", &value, &found);
    *is = found && sg_span_equal(value.rest, key);
    *free = !found;
    return sg_sqlite_query_end(&query);
}

static enum signet_status put_signer(struct sg_store_db *db, int64_t number, struct signet_span key)
{
    struct sg_buffer value;
    sg_known_value_init(&value);
    sg_buffer_add(&value, key);
    enum signet_status status = sg_known_put(db, SG_KNOWN_SIGNER, number, "", &value);
    sg_buffer_free(&value);
    return status;
}

/* The number of KEY, made unless it has one; 0: there is no place for it. */
static enum signet_status number_of(struct sg_store_db *db, struct signet_span key, int64_t *number)
{
    enum signet_status status = SIGNET_OK;
    int64_t first = (int64_t)sg_octets_get(key.ptr, NUMBER_LEN) + 1;
    *number = 0;
    for (int64_t i = 0; i < MAX_PLACES && *number == 0 && status == SIGNET_OK; i++) {
        bool is = false, free = false;
        status = look_at(db, first + i, key, &is, &free);
        if (status == SIGNET_OK && free)
            status = put_signer(db, first + i, key);
        if (is || free)
            *number = first + i;
    }
    return status;
}

enum signet_status sg_sqlite_fact_put(struct sg_store_db *db, int64_t object,
                                      struct signet_span key_sha256)
{
    int64_t number = 0;
    if (key_sha256.len != DIGEST_LEN)
        return SIGNET_OK;
    enum signet_status status = number_of(db, key_sha256, &number);
    if (status != SIGNET_OK || number == 0)
        return status;
    struct sg_sqlite_query query = sg_sqlite_query_begin(db, SG_SQL_FACT_PUT);
    sg_sqlite_bind_int(&query, object);
    sg_sqlite_bind_int(&query, number);
    return sg_sqlite_query_run(&query);
}

enum signet_status sg_sqlite_fact_list(struct sg_store_db *db, int64_t object,
                                       struct sg_arena *arena, struct signet_span *keys)
{
    void *items = NULL;
    size_t num = 0, cap = 0;
    bool room = true;
    struct sg_sqlite_query query = sg_sqlite_query_begin(db, SG_SQL_FACT_LIST);
    sg_sqlite_bind_int(&query, SG_KNOWN_SIGNER);
    sg_sqlite_bind_int(&query, object);
    while (room && sg_sqlite_query_step(&query)) {
        struct signet_span key = sg_sqlite_take_blob(&query);
        if (key.len != DIGEST_LEN)
            continue;
        room = sg_arena_grow(arena, &items, &cap, num, DIGEST_LEN);
        if (room)
            memcpy((uint8_t *)items + DIGEST_LEN * num++, key.ptr, DIGEST_LEN);
    }
    *keys = (struct signet_span){items, DIGEST_LEN * num};
    enum signet_status status = sg_sqlite_query_end(&query);
    return room ? status : sg_arena_status(arena);
}
