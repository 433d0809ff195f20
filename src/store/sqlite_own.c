/* SPDX-License-Identifier: Apache-2.0 */
/* Own private keys. */
#include "store/sqlite_query.h"

enum signet_status sg_sqlite_own_put(struct sg_store_db *db, const struct signet_stored_key *key)
{
    struct sg_sqlite_query query = sg_sqlite_query_begin(db, SG_SQL_OWN_PUT);
    sg_sqlite_bind_blob(&query, key->sha256);
    sg_sqlite_bind_text(&query, key->uri != NULL ? key->uri : "");
    sg_sqlite_bind_blob(&query, key->pkcs8);
    sg_sqlite_bind_int(&query, key->since);
    return sg_sqlite_query_run(&query);
}

static struct sg_sqlite_query own_query(struct sg_store_db *db, struct signet_span sha256)
{
    bool one = sha256.ptr != NULL;
    struct sg_sqlite_query query = sg_sqlite_query_begin(db, one ? SG_SQL_OWN_ONE : SG_SQL_OWN_ALL);
    if (one)
        sg_sqlite_bind_blob(&query, sha256);
    return query;
}

enum signet_status sg_sqlite_own_has(struct sg_store_db *db, struct signet_span sha256, bool *has)
{
    struct sg_sqlite_query query = own_query(db, sha256);
    return sg_sqlite_query_exists(&query, has);
}

enum signet_status sg_sqlite_own_walk(struct sg_store_db *db, struct signet_span sha256,
                                      signet_key_taker *taker, void *context)
{
    enum signet_status taken = SIGNET_OK;
    struct sg_sqlite_query query = own_query(db, sha256);
    while (taken == SIGNET_OK && sg_sqlite_query_step(&query)) {
        struct signet_stored_key key = {.sha256 = sg_sqlite_take_blob(&query)};
        const char *uri = sg_sqlite_take_text(&query);
        key.uri = *uri != '\0' ? uri : NULL;
        key.pkcs8 = sg_sqlite_take_blob(&query);
        key.since = sg_sqlite_take_int(&query);
        taken = taker(context, &key);
    }
    enum signet_status status = sg_sqlite_query_end(&query);
    return taken != SIGNET_OK ? taken : status;
}
