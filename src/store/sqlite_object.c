/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Objects and where they came from. The body of a CRL has its fingerprint and the length of its DER
 * before all else: they are known without reading the DER.
 */
#include "store/sqlite_known.h"

#include "base/span.h"
#include "store/octets.h"

#include <stdlib.h>

enum { SHA256_LEN = 32, NUMBER_LEN = 8, FRONT_LEN = SHA256_LEN + NUMBER_LEN };

/* --- origins */

void sg_sqlite_origin_forget(struct sg_sqlite *sqlite)
{
    free(sqlite->origin_detail);
    sqlite->origin_detail = NULL;
    sqlite->origin_row = 0;
}

static enum signet_status put_origin_as(struct sg_store_db *db, const struct signet_origin *origin,
                                        int64_t number)
{
    struct sg_buffer value;
    sg_known_value_init(&value);
    sg_known_add_int(&value, origin->kind);
    sg_known_add_text(&value, origin->detail);
    sg_known_add_int(&value, origin->since);
    enum signet_status status = sg_known_put(db, SG_KNOWN_ORIGIN, number, "", &value);
    sg_buffer_free(&value);
    return status;
}

static enum signet_status put_origin(struct sg_store_db *db, const struct signet_origin *origin,
                                     int64_t *number)
{
    enum signet_status status = sg_known_next_number(db, SG_KNOWN_ORIGIN, number);
    return status == SIGNET_OK ? put_origin_as(db, origin, *number) : status;
}

enum signet_status sg_known_put_no_origin(struct sg_store_db *db, int64_t number)
{
    static const struct signet_origin unknown = {.detail = ""};
    return put_origin_as(db, &unknown, number);
}

static bool is_last_origin(const struct sg_sqlite *sqlite, const struct signet_origin *origin)
{
    return sqlite->origin_row != 0 && sqlite->origin_kind == origin->kind &&
           sqlite->origin_since == origin->since &&
           strcmp(sqlite->origin_detail, origin->detail) == 0;
}

/* The number of ORIGIN, made unless it was the last one. */
static enum signet_status number_of_origin(struct sg_sqlite *sqlite,
                                           const struct signet_origin *origin, int64_t *number)
{
    *number = sqlite->origin_row;
    if (is_last_origin(sqlite, origin))
        return SIGNET_OK;
    sg_sqlite_origin_forget(sqlite);
    char *detail = strdup(origin->detail);
    if (detail == NULL)
        return SIGNET_ERR_MEMORY;
    enum signet_status status = put_origin(&sqlite->db, origin, number);
    if (status != SIGNET_OK) {
        free(detail);
        return status;
    }
    sqlite->origin_row = *number;
    sqlite->origin_kind = origin->kind;
    sqlite->origin_since = origin->since;
    sqlite->origin_detail = detail;
    return SIGNET_OK;
}

/* False: only what could be read of it. */
static bool read_origin(struct sg_known_value value, struct signet_origin *out)
{
    *out = (struct signet_origin){
        .kind = (enum signet_origin_kind)sg_known_take_one_of(&value, SIGNET_ORIGIN_SYSTEM)};
    out->detail = sg_known_take_text(&value);
    out->since = sg_known_take_int(&value);
    return sg_known_end(&value);
}

enum signet_status sg_sqlite_origin_get(struct sg_store_db *db, int64_t number,
                                        struct signet_origin *origin)
{
    struct sg_known_value value;
    bool found;
    struct sg_sqlite_query query = sg_known_get(db, SG_KNOWN_ORIGIN, number, "", &value, &found);
    (void)read_origin(value, origin);
    return sg_sqlite_query_keep(&query);
}

bool sg_known_is_origin(const struct sg_known *row, struct sg_arena *arena)
{
    struct signet_origin origin;
    (void)arena;
    return *row->name == '\0' && read_origin(row->value, &origin);
}

/* --- objects */

static enum signet_status put(struct sg_store_db *db, struct sg_store_object *object,
                              int64_t origin, struct signet_span body)
{
    struct sg_sqlite_query query = sg_sqlite_query_begin(db, SG_SQL_OBJECT_PUT);
    sg_sqlite_bind_int(&query, object->kind);
    sg_sqlite_bind_int(&query, object->print);
    sg_sqlite_bind_int(&query, origin);
    sg_sqlite_bind_blob(&query, body);
    enum signet_status status = sg_sqlite_query_run(&query);
    if (status == SIGNET_OK)
        object->id = sg_sqlite(db)->api.last_insert_rowid(sg_sqlite(db)->handle);
    return status;
}

/* Of a CRL: what goes before its body. */
static void add_front(const struct sg_store_object *object, struct sg_buffer *body)
{
    uint8_t front[FRONT_LEN] = {0};
    if (object->sha256.len == SHA256_LEN)
        memcpy(front, object->sha256.ptr, SHA256_LEN);
    sg_octets_put(front + SHA256_LEN, NUMBER_LEN, object->der_len);
    sg_buffer_add(body, sg_span(front, FRONT_LEN));
    sg_buffer_add(body, object->body);
}

enum signet_status sg_sqlite_object_put(struct sg_store_db *db, struct sg_store_object *object)
{
    struct sg_buffer body;
    int64_t origin;
    enum signet_status status = number_of_origin(sg_sqlite(db), &object->origin, &origin);
    if (status != SIGNET_OK)
        return status;
    if (object->kind != SIGNET_RECORD_CRL)
        return put(db, object, origin, object->body);
    sg_buffer_init(&body, 2 * SG_STORE_MAX_TEXT);
    add_front(object, &body);
    status = body.status;
    if (status == SIGNET_OK)
        status = put(db, object, origin, sg_buffer_span(&body));
    sg_buffer_free(&body);
    return status;
}

static void take_body(struct signet_span body, struct sg_store_object *object)
{
    object->body = body;
    object->der_len = body.len;
    if (object->kind != SIGNET_RECORD_CRL || body.len < FRONT_LEN)
        return;
    object->sha256 = sg_span_first(body, SHA256_LEN);
    object->der_len = sg_octets_get(body.ptr + SHA256_LEN, NUMBER_LEN);
    object->body = sg_span_from(body, FRONT_LEN);
}

enum signet_status sg_sqlite_object_get(struct sg_store_db *db, int64_t id,
                                        struct sg_store_object *object)
{
    *object = (struct sg_store_object){0};
    struct sg_sqlite_query query = sg_sqlite_query_begin(db, SG_SQL_OBJECT_GET);
    sg_sqlite_bind_int(&query, id);
    if (!sg_sqlite_query_step(&query))
        return sg_sqlite_query_end(&query);
    object->id = id;
    object->kind = (enum signet_record_kind)sg_sqlite_one_of(sg_sqlite_take_int(&query),
                                                             SIGNET_RECORD_ATTRIBUTE_CERTIFICATE);
    object->print = sg_sqlite_take_int(&query);
    object->origin_number = sg_sqlite_take_int(&query);
    take_body(sg_sqlite_take_blob(&query), object);
    return sg_sqlite_query_keep(&query);
}

enum signet_status sg_sqlite_object_list_all(struct sg_store_db *db, struct sg_arena *arena,
                                             struct sg_store_ids *ids)
{
    struct sg_sqlite_query query = sg_sqlite_query_begin(db, SG_SQL_OBJECT_LIST);
    return sg_sqlite_query_ids(&query, arena, ids);
}

static enum signet_status delete_known(struct sg_store_db *db, int64_t object)
{
    struct sg_sqlite_query query = sg_sqlite_query_begin(db, SG_SQL_KNOWN_DELETE_OBJECT);
    sg_sqlite_bind_int(&query, SG_KNOWN_ANCHOR);
    sg_sqlite_bind_int(&query, SG_KNOWN_BINDING);
    sg_sqlite_bind_int(&query, object);
    return sg_sqlite_query_run(&query);
}

enum signet_status sg_sqlite_object_delete(struct sg_store_db *db,
                                           const struct sg_store_object *object)
{
    static const enum sg_sql by_object[] = {SG_SQL_FACT_DELETE, SG_SQL_OBJECT_DELETE};
    enum signet_status status = delete_known(db, object->id);
    if (status == SIGNET_OK)
        status = sg_sqlite_crl_clear(db, object->id);
    for (size_t i = 0; i < sizeof(by_object) / sizeof(by_object[0]) && status == SIGNET_OK; i++) {
        struct sg_sqlite_query query = sg_sqlite_query_begin(db, by_object[i]);
        sg_sqlite_bind_int(&query, object->id);
        status = sg_sqlite_query_run(&query);
    }
    return status;
}
