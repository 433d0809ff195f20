/* SPDX-License-Identifier: Apache-2.0 */
/*
 * CRLs in parts, and the index of their entries: rows of one table, the parts of a CRL before its
 * index. A row's number: 30 bits of the object's, one bit for the index, 32 bits of the part's
 * number or the first hash of the piece.
 */
#include "store/sqlite_query.h"

enum { HALF_BITS = 32, OBJECT_BITS = 30 };

/* Parts of one CRL: four thousand million octets. */
enum { MAX_PARTS = 1 << 20 };

/* The first row of an object's parts; of its index where INDEX is 1; behind both where it is 2. */
static int64_t first_row(int64_t object, int64_t index)
{
    return (object * 2 + index) << HALF_BITS;
}

static bool has_rows(int64_t object)
{
    return object > 0 && object < INT64_C(1) << OBJECT_BITS;
}

static enum signet_status put(struct sg_store_db *db, int64_t row, struct signet_span octets)
{
    struct sg_sqlite_query query = sg_sqlite_query_begin(db, SG_SQL_CRL_PUT);
    sg_sqlite_bind_int(&query, row);
    sg_sqlite_bind_blob(&query, octets);
    return sg_sqlite_query_run(&query);
}

/* The last of the rows FIRST to LAST. */
static enum signet_status get(struct sg_store_db *db, int64_t first, int64_t last,
                              struct signet_span *octets)
{
    struct sg_sqlite_query query = sg_sqlite_query_begin(db, SG_SQL_CRL_GET);
    sg_sqlite_bind_int(&query, first);
    sg_sqlite_bind_int(&query, last);
    if (!sg_sqlite_query_step(&query))
        return sg_sqlite_query_end(&query);
    *octets = sg_sqlite_take_blob(&query);
    return sg_sqlite_query_keep(&query);
}

static enum signet_status clear(struct sg_store_db *db, int64_t object, int64_t first_index)
{
    if (!has_rows(object))
        return SIGNET_OK;
    struct sg_sqlite_query query = sg_sqlite_query_begin(db, SG_SQL_CRL_DELETE);
    sg_sqlite_bind_int(&query, first_row(object, first_index));
    sg_sqlite_bind_int(&query, first_row(object, 2) - 1);
    return sg_sqlite_query_run(&query);
}

enum signet_status sg_sqlite_crl_put_part(struct sg_store_db *db, int64_t object, uint32_t number,
                                          struct signet_span octets)
{
    if (number >= MAX_PARTS || !has_rows(object))
        return SIGNET_ERR_LIMIT;
    return put(db, first_row(object, 0) + number, octets);
}

enum signet_status sg_sqlite_crl_get_part(struct sg_store_db *db, int64_t object, uint32_t number,
                                          struct signet_span *octets)
{
    *octets = (struct signet_span){NULL, 0};
    if (!has_rows(object))
        return SIGNET_OK;
    int64_t row = first_row(object, 0) + number;
    return get(db, row, row, octets);
}

enum signet_status sg_sqlite_crl_put_index(struct sg_store_db *db, int64_t object,
                                           uint32_t first_hash, struct signet_span octets)
{
    if (!has_rows(object))
        return SIGNET_ERR_LIMIT;
    return put(db, first_row(object, 1) + first_hash, octets);
}

enum signet_status sg_sqlite_crl_find_index(struct sg_store_db *db, int64_t object, uint32_t hash,
                                            struct signet_span *octets)
{
    *octets = (struct signet_span){NULL, 0};
    if (!has_rows(object))
        return SIGNET_OK;
    return get(db, first_row(object, 1), first_row(object, 1) + hash, octets);
}

enum signet_status sg_sqlite_crl_clear_index(struct sg_store_db *db, int64_t object)
{
    return clear(db, object, 1);
}

enum signet_status sg_sqlite_crl_clear(struct sg_store_db *db, int64_t object)
{
    return clear(db, object, 0);
}
