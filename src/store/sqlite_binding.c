/* SPDX-License-Identifier: Apache-2.0 */
/* Bindings of addresses to certificates. */
#include "store/sqlite_query.h"

enum signet_status sg_sqlite_binding_put(struct sg_store_db *db,
                                         const struct sg_store_binding *binding)
{
    struct sg_sqlite_query query = sg_sqlite_query_begin(db, SG_SQL_BINDING_PUT);
    sg_sqlite_bind_int(&query, binding->object);
    sg_sqlite_bind_text(&query, binding->folded);
    sg_sqlite_bind_text(&query, binding->address);
    sg_sqlite_bind_int(&query, binding->kind);
    sg_sqlite_bind_text(&query, binding->why);
    sg_sqlite_bind_int(&query, binding->since);
    return sg_sqlite_query_run(&query);
}

static struct sg_sqlite_query walk_query(struct sg_store_db *db, const char *folded, int64_t object)
{
    enum sg_sql which = folded != NULL ? SG_SQL_BINDING_BOTH
                        : object != 0  ? SG_SQL_BINDING_OBJECT
                                       : SG_SQL_BINDING_ALL;
    struct sg_sqlite_query query = sg_sqlite_query_begin(db, which);
    if (folded != NULL)
        sg_sqlite_bind_text(&query, folded);
    if (which != SG_SQL_BINDING_ALL)
        sg_sqlite_bind_int(&query, object);
    return query;
}

enum signet_status sg_sqlite_binding_walk(struct sg_store_db *db, const char *folded,
                                          int64_t object, sg_store_binding_taker *taker,
                                          void *context)
{
    enum signet_status taken = SIGNET_OK;
    struct sg_sqlite_query query = walk_query(db, folded, object);
    while (taken == SIGNET_OK && sg_sqlite_query_step(&query)) {
        struct sg_store_binding binding = {.object = sg_sqlite_take_int(&query)};
        binding.folded = sg_sqlite_take_text(&query);
        binding.address = sg_sqlite_take_text(&query);
        binding.kind = (enum signet_binding_kind)sg_sqlite_one_of(sg_sqlite_take_int(&query),
                                                                  SIGNET_BINDING_USER);
        binding.why = sg_sqlite_take_text(&query);
        binding.since = sg_sqlite_take_int(&query);
        taken = taker(context, &binding);
    }
    enum signet_status status = sg_sqlite_query_end(&query);
    return taken != SIGNET_OK ? taken : status;
}

enum signet_status sg_sqlite_binding_delete(struct sg_store_db *db, const char *folded,
                                            int64_t object)
{
    struct sg_sqlite_query query = sg_sqlite_query_begin(db, SG_SQL_BINDING_DELETE);
    sg_sqlite_bind_text(&query, folded);
    sg_sqlite_bind_int(&query, object);
    return sg_sqlite_query_run(&query);
}
