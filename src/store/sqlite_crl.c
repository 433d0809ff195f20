/* SPDX-License-Identifier: Apache-2.0 */
/* CRLs in parts, and the index of their entries. */
#include "store/sqlite_query.h"

enum signet_status sg_sqlite_crl_put_part(struct sg_store_db *db, int64_t object, uint32_t number,
                                          struct signet_span octets)
{
    if (number >= SG_SQLITE_MAX_PARTS)
        return SIGNET_ERR_LIMIT;
    struct sg_sqlite_query query = sg_sqlite_query_begin(db, SG_SQL_CRL_PUT_PART);
    sg_sqlite_bind_int(&query, sg_sqlite_part(object, number));
    sg_sqlite_bind_blob(&query, octets);
    return sg_sqlite_query_run(&query);
}

/* The octets of the one row that QUERY finds. */
static enum signet_status get_octets(struct sg_sqlite_query *query, struct signet_span *octets)
{
    *octets = (struct signet_span){NULL, 0};
    if (!sg_sqlite_query_step(query))
        return sg_sqlite_query_end(query);
    *octets = sg_sqlite_take_blob(query);
    return sg_sqlite_query_keep(query);
}

enum signet_status sg_sqlite_crl_get_part(struct sg_store_db *db, int64_t object, uint32_t number,
                                          struct signet_span *octets)
{
    struct sg_sqlite_query query = sg_sqlite_query_begin(db, SG_SQL_CRL_GET_PART);
    sg_sqlite_bind_int(&query, sg_sqlite_part(object, number));
    return get_octets(&query, octets);
}

enum signet_status sg_sqlite_crl_put_index(struct sg_store_db *db, int64_t object,
                                           int64_t first_hash, struct signet_span octets)
{
    struct sg_sqlite_query query = sg_sqlite_query_begin(db, SG_SQL_CRL_PUT_INDEX);
    sg_sqlite_bind_int(&query, object);
    sg_sqlite_bind_int(&query, first_hash);
    sg_sqlite_bind_blob(&query, octets);
    return sg_sqlite_query_run(&query);
}

enum signet_status sg_sqlite_crl_find_index(struct sg_store_db *db, int64_t object, int64_t hash,
                                            struct signet_span *octets)
{
    struct sg_sqlite_query query = sg_sqlite_query_begin(db, SG_SQL_CRL_FIND_INDEX);
    sg_sqlite_bind_int(&query, object);
    sg_sqlite_bind_int(&query, hash);
    return get_octets(&query, octets);
}

enum signet_status sg_sqlite_crl_clear_index(struct sg_store_db *db, int64_t object)
{
    struct sg_sqlite_query query = sg_sqlite_query_begin(db, SG_SQL_CRL_CLEAR_INDEX);
    sg_sqlite_bind_int(&query, object);
    return sg_sqlite_query_run(&query);
}
