/* SPDX-License-Identifier: Apache-2.0 */
/* The schema's version, and bringing a database to it. */
#include "store/sqlite.h"

#include <stdio.h>

static const char *const migrations[] = {
#include "store/migrations.inc"
};

int64_t sg_sqlite_version(void)
{
    return (int64_t)(sizeof(migrations) / sizeof(migrations[0]));
}

enum signet_status sg_sqlite_execute(struct sg_sqlite *sqlite, const char *sql)
{
    return sg_sqlite_status(sqlite, sqlite->api.exec(sqlite->handle, sql, NULL, NULL, NULL));
}

int sg_sqlite_number(struct sg_sqlite *sqlite, const char *sql, int64_t *number)
{
    sqlite3_stmt *statement = NULL;
    *number = 0;
    int code = sqlite->api.prepare_v2(sqlite->handle, sql, -1, &statement, NULL);
    if (code == SQLITE_OK)
        code = sqlite->api.step(statement);
    if (code == SQLITE_ROW)
        *number = sqlite->api.column_int64(statement, 0);
    int ended = sqlite->api.finalize(statement);
    return code == SQLITE_ROW || code == SQLITE_DONE ? SQLITE_OK
           : ended != SQLITE_OK                      ? ended
                                                     : code;
}

/* What a file says of itself. */
struct header {
    int64_t application, version;
    int64_t tables; /* entries of the schema; looked for only where there is no mark of ours */
};

/* Another process may make the database meanwhile, in one transaction: the mark is looked at first
 * and, where it was not there, again after all else, so that what is told is of one moment. */
static enum signet_status read_header(struct sg_sqlite *sqlite, struct header *header)
{
    static const char mark[] = "PRAGMA application_id", version[] = "PRAGMA user_version";
    *header = (struct header){0};
    int code = sg_sqlite_number(sqlite, mark, &header->application);
    if (code == SQLITE_OK && header->application == 0) {
        code = sg_sqlite_number(sqlite, version, &header->version);
        if (code == SQLITE_OK)
            code = sg_sqlite_number(sqlite, "SELECT count(*) FROM sqlite_schema", &header->tables);
        if (code == SQLITE_OK)
            code = sg_sqlite_number(sqlite, mark, &header->application);
    }
    if (code == SQLITE_OK && header->application != 0)
        code = sg_sqlite_number(sqlite, version, &header->version);
    return sg_sqlite_status(sqlite, code);
}

static bool is_new(const struct header *header)
{
    return header->application == 0 && header->version == 0 && header->tables == 0;
}

/* Whether HEADER is one that we can work with. */
static enum signet_status judge(struct sg_sqlite *sqlite, const struct header *header,
                                bool writable)
{
    if (is_new(header))
        return writable ? SIGNET_OK
                        : sg_sqlite_trouble(sqlite, SIGNET_STORE_MISSING,
                                            "nothing was ever stored in this file");
    if (header->application != SG_SQLITE_APPLICATION)
        return sg_sqlite_trouble(sqlite, SIGNET_STORE_FOREIGN,
                                 "this is a database of another program: name another file with "
                                 "--store");
    if (header->version < 1)
        return sg_sqlite_trouble(sqlite, SIGNET_STORE_DAMAGED,
                                 "its version is lost: bring back a backup");
    if (header->version > sg_sqlite_version())
        return sg_sqlite_trouble(
            sqlite, SIGNET_STORE_NEWER,
            "made by a later version of signet (schema %lld, this program knows %lld): use that "
            "version, or name another file with --store",
            (long long)header->version, (long long)sg_sqlite_version());
    if (header->version < sg_sqlite_version() && !writable)
        return sg_sqlite_trouble(
            sqlite, SIGNET_STORE_READ_ONLY,
            "made by an earlier version of signet (schema %lld, this program writes %lld) and "
            "must be brought up to date where it can be written: run \"signet check --mend\" on it",
            (long long)header->version, (long long)sg_sqlite_version());
    return SIGNET_OK;
}

/* Within a transaction. */
static enum signet_status run_migrations(struct sg_sqlite *sqlite, int64_t from)
{
    enum signet_status status = SIGNET_OK;
    for (int64_t version = from; status == SIGNET_OK && version < sg_sqlite_version(); version++)
        status = sg_sqlite_execute(sqlite, migrations[version]);
    char sql[96];
    (void)snprintf(sql, sizeof(sql), "PRAGMA user_version = %lld; PRAGMA application_id = %lld",
                   (long long)sg_sqlite_version(), (long long)SG_SQLITE_APPLICATION);
    return status == SIGNET_OK ? sg_sqlite_execute(sqlite, sql) : status;
}

/* All migrations that are missing, or none. Another process may have been faster. */
static enum signet_status migrate(struct sg_sqlite *sqlite)
{
    struct header header;
    enum signet_status status = sg_sqlite_execute(sqlite, "BEGIN IMMEDIATE");
    if (status != SIGNET_OK)
        return status;
    status = read_header(sqlite, &header);
    if (status == SIGNET_OK)
        status = judge(sqlite, &header, true);
    if (status == SIGNET_OK && header.version < sg_sqlite_version())
        status = run_migrations(sqlite, header.version);
    if (status == SIGNET_OK)
        return sg_sqlite_execute(sqlite, "COMMIT");
    (void)sqlite->api.exec(sqlite->handle, "ROLLBACK", NULL, NULL, NULL);
    return status;
}

/* Both are properties of the file that must be there before its first table. */
static enum signet_status format_new_file(struct sg_sqlite *sqlite)
{
    char sql[64];
    (void)snprintf(sql, sizeof(sql), "PRAGMA page_size = %d", SG_SQLITE_PAGE_LEN);
    enum signet_status status = sg_sqlite_execute(sqlite, sql);
    return status == SIGNET_OK ? sg_sqlite_execute(sqlite, "PRAGMA journal_mode = WAL") : status;
}

/* Two that make the same file at once get in each other's way where SQLite does not wait. */
static enum signet_status format_in_turn(struct sg_sqlite *sqlite, struct header *header)
{
    enum { PAUSE_MS = 5 };
    enum signet_status status = SIGNET_OK;
    for (unsigned waited = 0; is_new(header); waited += PAUSE_MS) {
        status = format_new_file(sqlite);
        bool busy = status == SIGNET_ERR_IO && sqlite->db.trouble.kind == SIGNET_STORE_BUSY;
        if (!busy || waited >= sqlite->busy_ms)
            return status;
        (void)sqlite->api.sleep(PAUSE_MS);
        status = read_header(sqlite, header);
        if (status != SIGNET_OK)
            return status;
    }
    return status;
}

enum signet_status sg_sqlite_migrate(struct sg_sqlite *sqlite, bool writable)
{
    struct header header;
    enum signet_status status = read_header(sqlite, &header);
    if (status == SIGNET_OK)
        status = judge(sqlite, &header, writable);
    if (status != SIGNET_OK || header.version == sg_sqlite_version())
        return status;
    status = sg_sqlite_set_up_writing(sqlite);
    if (status == SIGNET_OK)
        status = format_in_turn(sqlite, &header);
    return status == SIGNET_OK ? migrate(sqlite) : status;
}
