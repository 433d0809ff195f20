/* SPDX-License-Identifier: Apache-2.0 */
/* Objects and where they came from. */
#include "store/sqlite_query.h"

#include <stdlib.h>
#include <string.h>

void sg_sqlite_origin_forget(struct sg_sqlite *sqlite)
{
    free(sqlite->origin_detail);
    sqlite->origin_detail = NULL;
    sqlite->origin_row = 0;
}

enum signet_status sg_sqlite_origin_put(struct sg_sqlite *sqlite,
                                        const struct signet_origin *origin, int64_t *row)
{
    if (sqlite->origin_row != 0 && sqlite->origin_kind == origin->kind &&
        sqlite->origin_since == origin->since &&
        strcmp(sqlite->origin_detail, origin->detail) == 0) {
        *row = sqlite->origin_row;
        return SIGNET_OK;
    }
    sg_sqlite_origin_forget(sqlite);
    size_t size = strlen(origin->detail) + 1;
    char *detail = malloc(size);
    if (detail == NULL)
        return SIGNET_ERR_MEMORY;
    memcpy(detail, origin->detail, size);
    struct sg_sqlite_query query = sg_sqlite_query_begin(&sqlite->db, SG_SQL_ORIGIN_PUT);
    sg_sqlite_bind_int(&query, origin->kind);
    sg_sqlite_bind_text(&query, origin->detail);
    sg_sqlite_bind_int(&query, origin->since);
    enum signet_status status = sg_sqlite_query_run(&query);
    if (status != SIGNET_OK) {
        free(detail);
        return status;
    }
    *row = sqlite->origin_row = sqlite->api.last_insert_rowid(sqlite->handle);
    sqlite->origin_kind = origin->kind;
    sqlite->origin_since = origin->since;
    sqlite->origin_detail = detail;
    return SIGNET_OK;
}

enum signet_status sg_sqlite_object_put(struct sg_store_db *db, struct sg_store_object *object)
{
    int64_t origin;
    enum signet_status status = sg_sqlite_origin_put(sg_sqlite(db), &object->origin, &origin);
    if (status != SIGNET_OK)
        return status;
    struct sg_sqlite_query query = sg_sqlite_query_begin(db, SG_SQL_OBJECT_PUT);
    sg_sqlite_bind_int(&query, object->kind);
    sg_sqlite_bind_int(&query, object->print);
    sg_sqlite_bind_int(&query, origin);
    sg_sqlite_bind_blob(&query, object->sha256);
    if (object->sha256.ptr != NULL)
        sg_sqlite_bind_int(&query, (int64_t)object->der_len);
    else
        sg_sqlite_bind_blob(&query, (struct signet_span){NULL, 0});
    sg_sqlite_bind_blob(&query, object->body);
    status = sg_sqlite_query_run(&query);
    if (status == SIGNET_OK)
        object->id = sg_sqlite(db)->api.last_insert_rowid(sg_sqlite(db)->handle);
    return status;
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
    object->origin.since = sg_sqlite_take_int(&query);
    object->sha256 = sg_sqlite_take_blob(&query);
    object->der_len = (uint64_t)sg_sqlite_take_int(&query);
    object->body = sg_sqlite_take_blob(&query);
    object->origin.kind =
        (enum signet_origin_kind)sg_sqlite_one_of(sg_sqlite_take_int(&query), SIGNET_ORIGIN_SYSTEM);
    object->origin.detail = sg_sqlite_take_text(&query);
    if (object->sha256.ptr == NULL)
        object->der_len = object->body.len;
    return sg_sqlite_query_keep(&query);
}

enum signet_status sg_sqlite_object_list(struct sg_store_db *db, unsigned kinds, int64_t first,
                                         int64_t last, struct sg_arena *arena,
                                         struct sg_store_ids *ids)
{
    enum signet_status status = SIGNET_OK;
    for (unsigned kind = 0; kinds >> kind != 0 && status == SIGNET_OK; kind++) {
        if ((kinds >> kind & 1) == 0)
            continue;
        struct sg_sqlite_query query = sg_sqlite_query_begin(db, SG_SQL_PRINT_LIST);
        sg_sqlite_bind_int(&query, kind);
        sg_sqlite_bind_int(&query, first);
        sg_sqlite_bind_int(&query, last);
        status = sg_sqlite_query_ids(&query, arena, ids);
    }
    return status;
}

enum signet_status sg_sqlite_object_list_all(struct sg_store_db *db, struct sg_arena *arena,
                                             struct sg_store_ids *ids)
{
    struct sg_sqlite_query query = sg_sqlite_query_begin(db, SG_SQL_OBJECT_LIST);
    return sg_sqlite_query_ids(&query, arena, ids);
}

static enum signet_status delete_print(struct sg_store_db *db, const struct sg_store_object *object)
{
    struct sg_sqlite_query query = sg_sqlite_query_begin(db, SG_SQL_PRINT_DELETE);
    sg_sqlite_bind_int(&query, object->kind);
    sg_sqlite_bind_int(&query, object->print);
    sg_sqlite_bind_int(&query, object->id);
    return sg_sqlite_query_run(&query);
}

static enum signet_status delete_parts(struct sg_store_db *db, int64_t object)
{
    struct sg_sqlite_query query = sg_sqlite_query_begin(db, SG_SQL_CRL_DELETE_PARTS);
    sg_sqlite_bind_int(&query, sg_sqlite_part(object, 0));
    sg_sqlite_bind_int(&query, sg_sqlite_part(object, SG_SQLITE_MAX_PARTS - 1));
    return sg_sqlite_query_run(&query);
}

enum signet_status sg_sqlite_object_delete(struct sg_store_db *db,
                                           const struct sg_store_object *object)
{
    /* What refers to the object goes first. */
    static const enum sg_sql by_object[] = {SG_SQL_ANCHOR_DELETE, SG_SQL_BINDING_DELETE_OBJECT,
                                            SG_SQL_FACT_DELETE, SG_SQL_CRL_CLEAR_INDEX,
                                            SG_SQL_OBJECT_DELETE};
    enum signet_status status = delete_print(db, object);
    if (status == SIGNET_OK)
        status = delete_parts(db, object->id);
    for (size_t i = 0; i < sizeof(by_object) / sizeof(by_object[0]) && status == SIGNET_OK; i++) {
        struct sg_sqlite_query query = sg_sqlite_query_begin(db, by_object[i]);
        sg_sqlite_bind_int(&query, object->id);
        status = sg_sqlite_query_run(&query);
    }
    return status;
}

static void add_count(struct signet_store_counts *counts, int64_t kind, size_t num)
{
    if (kind == SIGNET_RECORD_CERTIFICATE)
        counts->certificates += num;
    else if (kind == SIGNET_RECORD_CRL)
        counts->crls += num;
    else if (kind == SIGNET_RECORD_ATTRIBUTE_CERTIFICATE)
        counts->attribute_certificates += num;
}

enum signet_status sg_sqlite_count(struct sg_store_db *db, struct signet_store_counts *counts)
{
    *counts = (struct signet_store_counts){0};
    struct sg_sqlite_query query = sg_sqlite_query_begin(db, SG_SQL_COUNT_OBJECTS);
    while (sg_sqlite_query_step(&query)) {
        int64_t kind = sg_sqlite_take_int(&query);
        add_count(counts, kind, (size_t)sg_sqlite_take_int(&query));
    }
    enum signet_status status = sg_sqlite_query_end(&query);
    if (status != SIGNET_OK)
        return status;
    query = sg_sqlite_query_begin(db, SG_SQL_COUNT_OTHERS);
    if (sg_sqlite_query_step(&query)) {
        counts->anchors = (size_t)sg_sqlite_take_int(&query);
        counts->bindings = (size_t)sg_sqlite_take_int(&query);
        counts->own_keys = (size_t)sg_sqlite_take_int(&query);
    }
    return sg_sqlite_query_end(&query);
}
