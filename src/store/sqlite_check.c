/* SPDX-License-Identifier: Apache-2.0 */
/* The file as such: pages, trees, tables. */
#include "store/sqlite_query.h"

#include <string.h>

static enum signet_status check_pages(struct sg_sqlite *sqlite, sg_store_text_taker *taker,
                                      void *context)
{
    sqlite3_stmt *statement = NULL;
    enum signet_status taken = SIGNET_OK;
    int code =
        sqlite->api.prepare_v2(sqlite->handle, "PRAGMA integrity_check", -1, &statement, NULL);
    if (code != SQLITE_OK)
        return sg_sqlite_status(sqlite, code);
    while (taken == SIGNET_OK && (code = sqlite->api.step(statement)) == SQLITE_ROW) {
        const char *text = (const char *)sqlite->api.column_text(statement, 0);
        if (text != NULL && strcmp(text, "ok") != 0)
            taken = taker(context, text);
    }
    enum signet_status status = sg_sqlite_status(sqlite, code);
    (void)sqlite->api.finalize(statement);
    return taken != SIGNET_OK ? taken : status;
}

/* Every statement fits the tables. */
static bool fits_statements(struct sg_sqlite *sqlite)
{
    bool fits = true;
    for (int which = 0; which < SG_NUM_SQL && fits; which++) {
        struct sg_sqlite_query query = sg_sqlite_query_begin(&sqlite->db, (enum sg_sql)which);
        fits = (query.code & 0xff) != SQLITE_ERROR;
    }
    return fits;
}

/* Whole pages may hold the tables of somebody else. */
static enum signet_status check_schema(struct sg_sqlite *sqlite, sg_store_text_taker *taker,
                                       void *context)
{
    int64_t num;
    enum signet_status status =
        sg_sqlite_status(sqlite, sg_sqlite_number(sqlite,
                                                  "SELECT count(*) FROM sqlite_schema"
                                                  " WHERE type IN ('trigger', 'view')",
                                                  &num));
    if (status == SIGNET_OK && num > 0)
        status = taker(context, "there are triggers or views in it, which signet never makes");
    if (status == SIGNET_OK && !fits_statements(sqlite))
        status = taker(context, "its tables are not those that signet makes");
    return status;
}

enum signet_status sg_sqlite_check(struct sg_store_db *db, sg_store_text_taker *taker,
                                   void *context)
{
    struct sg_sqlite *sqlite = sg_sqlite(db);
    enum signet_status status = check_pages(sqlite, taker, context);
    return status == SIGNET_OK ? check_schema(sqlite, taker, context) : status;
}
