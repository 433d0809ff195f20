/* SPDX-License-Identifier: Apache-2.0 */
#include "store/sqlite_known.h"

#include "base/span.h"
#include "store/octets.h"

#include <string.h>

enum { NUMBER_LEN = 8, LENGTH_LEN = 4 };
/* The length of what is not there. */
#define NO_LENGTH UINT32_MAX

/* --- values */

static void add_number(struct sg_buffer *value, size_t len, uint64_t number)
{
    uint8_t octets[NUMBER_LEN];
    sg_octets_put(octets, len, number);
    sg_buffer_add(value, sg_span(octets, len));
}

void sg_known_add_int(struct sg_buffer *value, int64_t number)
{
    add_number(value, NUMBER_LEN, (uint64_t)number);
}

void sg_known_add_blob(struct sg_buffer *value, struct signet_span octets)
{
    bool fits = octets.len < NO_LENGTH;
    add_number(value, LENGTH_LEN, octets.ptr != NULL && fits ? octets.len : NO_LENGTH);
    sg_buffer_add(value, octets);
}

/* With the octet 0 at its end, so that it can be borrowed. */
void sg_known_add_text(struct sg_buffer *value, const char *text)
{
    const char *known = text != NULL ? text : "";
    sg_known_add_blob(value, sg_span(known, strlen(known) + 1));
}

/* The next LEN octets; NULL when there are not so many. */
static const uint8_t *take(struct sg_known_value *value, size_t len)
{
    const uint8_t *octets = value->rest.ptr;
    value->bad = value->bad || len > value->rest.len;
    if (value->bad)
        return NULL;
    value->rest = sg_span_from(value->rest, len);
    return octets;
}

int64_t sg_known_take_int(struct sg_known_value *value)
{
    const uint8_t *octets = take(value, NUMBER_LEN);
    return octets != NULL ? (int64_t)sg_octets_get(octets, NUMBER_LEN) : 0;
}

struct signet_span sg_known_take_blob(struct sg_known_value *value)
{
    const uint8_t *octets = take(value, LENGTH_LEN);
    uint64_t len = octets != NULL ? sg_octets_get(octets, LENGTH_LEN) : NO_LENGTH;
    octets = len != NO_LENGTH ? take(value, (size_t)len) : NULL;
    return octets != NULL ? sg_span(octets, (size_t)len) : (struct signet_span){NULL, 0};
}

const char *sg_known_take_text(struct sg_known_value *value)
{
    struct signet_span text = sg_known_take_blob(value);
    value->bad = value->bad || text.len == 0 || text.ptr[text.len - 1] != 0;
    return value->bad ? "" : (const char *)text.ptr;
}

unsigned sg_known_take_one_of(struct sg_known_value *value, unsigned last)
{
    int64_t number = sg_known_take_int(value);
    value->bad = value->bad || number < 0 || number > (int64_t)last;
    return value->bad ? 0 : (unsigned)number;
}

bool sg_known_end(const struct sg_known_value *value)
{
    return !value->bad && value->rest.len == 0;
}

/* --- rows */

static struct sg_sqlite_query begin(struct sg_store_db *db, enum sg_sql which,
                                    enum sg_known_kind kind)
{
    struct sg_sqlite_query query = sg_sqlite_query_begin(db, which);
    sg_sqlite_bind_int(&query, kind);
    return query;
}

enum signet_status sg_known_put(struct sg_store_db *db, enum sg_known_kind kind, int64_t object,
                                const char *name, const struct sg_buffer *value)
{
    if (value->status != SIGNET_OK)
        return value->status;
    struct sg_sqlite_query query = begin(db, SG_SQL_KNOWN_PUT, kind);
    sg_sqlite_bind_int(&query, object);
    sg_sqlite_bind_text(&query, name);
    sg_sqlite_bind_blob(&query, sg_buffer_span(value));
    return sg_sqlite_query_run(&query);
}

struct sg_sqlite_query sg_known_get(struct sg_store_db *db, enum sg_known_kind kind, int64_t object,
                                    const char *name, struct sg_known_value *value, bool *found)
{
    struct sg_sqlite_query query = begin(db, SG_SQL_KNOWN_GET, kind);
    sg_sqlite_bind_int(&query, object);
    sg_sqlite_bind_text(&query, name);
    *value = (struct sg_known_value){.bad = true};
    *found = sg_sqlite_query_step(&query);
    if (*found)
        *value = (struct sg_known_value){.rest = sg_sqlite_take_blob(&query)};
    return query;
}

struct sg_sqlite_query sg_known_list(struct sg_store_db *db, enum sg_known_kind kind,
                                     int64_t object, const char *first, const char *last)
{
    /* SQLite has every blob behind every text. */
    static const struct signet_span behind_all = {(const uint8_t *)"", 0};
    struct sg_sqlite_query query = begin(db, SG_SQL_KNOWN_LIST, kind);
    sg_sqlite_bind_int(&query, object);
    sg_sqlite_bind_text(&query, first);
    if (last != NULL)
        sg_sqlite_bind_text(&query, last);
    else
        sg_sqlite_bind_blob(&query, behind_all);
    return query;
}

struct sg_sqlite_query sg_known_list_all(struct sg_store_db *db, enum sg_known_kind kind)
{
    return begin(db, SG_SQL_KNOWN_LIST_ALL, kind);
}

bool sg_known_next(struct sg_sqlite_query *query, struct sg_known *row)
{
    if (!sg_sqlite_query_step(query))
        return false;
    row->object = sg_sqlite_take_int(query);
    row->name = sg_sqlite_take_text(query);
    row->value = (struct sg_known_value){.rest = sg_sqlite_take_blob(query)};
    return true;
}

enum signet_status sg_known_delete(struct sg_store_db *db, enum sg_known_kind kind, int64_t object,
                                   const char *name)
{
    struct sg_sqlite_query query = begin(db, SG_SQL_KNOWN_DELETE, kind);
    sg_sqlite_bind_int(&query, object);
    sg_sqlite_bind_text(&query, name);
    return sg_sqlite_query_run(&query);
}

enum signet_status sg_known_count(struct sg_store_db *db, enum sg_known_kind kind, size_t *num)
{
    struct sg_sqlite_query query = begin(db, SG_SQL_KNOWN_COUNT, kind);
    return sg_sqlite_query_number(&query, num);
}

enum signet_status sg_known_next_number(struct sg_store_db *db, enum sg_known_kind kind,
                                        int64_t *number)
{
    struct sg_sqlite_query query = begin(db, SG_SQL_KNOWN_LAST, kind);
    *number = (sg_sqlite_query_step(&query) ? sg_sqlite_take_int(&query) : 0) + 1;
    return sg_sqlite_query_end(&query);
}
