/* SPDX-License-Identifier: Apache-2.0 */
/* Bindings of addresses to certificates. A name is the folded address. */
#include "store/sqlite_known.h"

enum signet_status sg_sqlite_binding_put(struct sg_store_db *db,
                                         const struct sg_store_binding *binding)
{
    struct sg_buffer value;
    sg_known_value_init(&value);
    sg_known_add_text(&value, binding->address);
    sg_known_add_int(&value, binding->kind);
    sg_known_add_text(&value, binding->why);
    sg_known_add_int(&value, binding->since);
    enum signet_status status =
        sg_known_put(db, SG_KNOWN_BINDING, binding->object, binding->folded, &value);
    sg_buffer_free(&value);
    return status;
}

static bool read_binding(const struct sg_known *row, struct sg_store_binding *out)
{
    struct sg_known_value value = row->value;
    *out = (struct sg_store_binding){.object = row->object, .folded = row->name};
    out->address = sg_known_take_text(&value);
    out->kind = (enum signet_binding_kind)sg_known_take_one_of(&value, SIGNET_BINDING_USER);
    out->why = sg_known_take_text(&value);
    out->since = sg_known_take_int(&value);
    return sg_known_end(&value);
}

bool sg_known_is_binding(const struct sg_known *row, struct sg_arena *arena)
{
    struct sg_store_binding binding;
    (void)arena;
    return read_binding(row, &binding);
}

enum signet_status sg_sqlite_binding_walk(struct sg_store_db *db, const char *folded,
                                          int64_t object, sg_store_binding_taker *taker,
                                          void *context)
{
    enum signet_status taken = SIGNET_OK;
    struct sg_known row;
    struct sg_sqlite_query query =
        folded != NULL || object != 0
            ? sg_known_list(db, SG_KNOWN_BINDING, object, folded != NULL ? folded : "", folded)
            : sg_known_list_all(db, SG_KNOWN_BINDING);
    while (taken == SIGNET_OK && sg_known_next(&query, &row)) {
        struct sg_store_binding binding;
        if (read_binding(&row, &binding))
            taken = taker(context, &binding);
        else
            db->passed_over = true;
    }
    enum signet_status status = sg_sqlite_query_end(&query);
    return taken != SIGNET_OK ? taken : status;
}

enum signet_status sg_sqlite_binding_delete(struct sg_store_db *db, const char *folded,
                                            int64_t object)
{
    return sg_known_delete(db, SG_KNOWN_BINDING, object, folded);
}

enum signet_status sg_sqlite_binding_count(struct sg_store_db *db, size_t *num)
{
    return sg_known_count(db, SG_KNOWN_BINDING, num);
}
