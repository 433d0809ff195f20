/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One use of a prepared statement, written straight down: parameters in order, rows, the columns of
 * a row in order; the first failure is latched and told at the end.
 *
 *   struct sg_sqlite_query query = sg_sqlite_query_begin(db, SG_SQL_KEY_LIST);
 *   sg_sqlite_bind_int(&query, key);
 *   while (sg_sqlite_query_step(&query))
 *       … sg_sqlite_take_int(&query) …
 *   return sg_sqlite_query_end(&query);
 *
 * Statements are prepared once for each connection.
 */
#ifndef SG_STORE_SQLITE_QUERY_H
#define SG_STORE_SQLITE_QUERY_H

#include "store/sqlite.h"

struct sg_sqlite_query {
    struct sg_sqlite *sqlite;
    sqlite3_stmt *statement; /* NULL when it could not be prepared */
    int code;                /* SQLite's result code so far */
    int next_parameter, next_column;
};

struct sg_sqlite_query sg_sqlite_query_begin(struct sg_store_db *db, enum sg_sql which);

/* Set the next parameter. The octets stay the caller's and must last until the end. */
void sg_sqlite_bind_int(struct sg_sqlite_query *query, int64_t value);
void sg_sqlite_bind_time(struct sg_sqlite_query *query, signet_time time); /* unknown: NULL */
void sg_sqlite_bind_text(struct sg_sqlite_query *query, const char *text); /* NULL: NULL */
void sg_sqlite_bind_blob(struct sg_sqlite_query *query, struct signet_span octets); /* the same */

/* Goes to the next row; false at the end or after a failure. */
bool sg_sqlite_query_step(struct sg_sqlite_query *query);

/* The next column of the row, valid until the next step or end. */
int64_t sg_sqlite_take_int(struct sg_sqlite_query *query);
signet_time sg_sqlite_take_time(struct sg_sqlite_query *query);        /* NULL: unknown */
const char *sg_sqlite_take_text(struct sg_sqlite_query *query);        /* never NULL */
struct signet_span sg_sqlite_take_blob(struct sg_sqlite_query *query); /* NULL: {NULL,0} */

/* The status of all; the statement can be used again. */
SIGNET_MUST_CHECK enum signet_status sg_sqlite_query_end(struct sg_sqlite_query *query);
/* The same while what was taken stays valid, until the statement's next use or the end of the
 * transaction. */
SIGNET_MUST_CHECK enum signet_status sg_sqlite_query_keep(struct sg_sqlite_query *query);
/* For statements without rows: step and end. */
SIGNET_MUST_CHECK enum signet_status sg_sqlite_query_run(struct sg_sqlite_query *query);

/* The number in the first column of every row, appended to IDS. */
SIGNET_MUST_CHECK enum signet_status sg_sqlite_query_ids(struct sg_sqlite_query *query,
                                                         struct sg_arena *arena,
                                                         struct sg_store_ids *ids);
/* The number that is the only row. */
SIGNET_MUST_CHECK enum signet_status sg_sqlite_query_number(struct sg_sqlite_query *query,
                                                            size_t *number);
/* There is a row. */
SIGNET_MUST_CHECK enum signet_status sg_sqlite_query_exists(struct sg_sqlite_query *query,
                                                            bool *exists);

#endif
