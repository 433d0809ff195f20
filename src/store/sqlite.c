/* SPDX-License-Identifier: Apache-2.0 */
/* Opening and closing the file, and transactions. */
#include "store/sqlite_query.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Octets of the smallest page that SQLite knows. */
enum { MIN_DATABASE_LEN = 512 };

/* An existing file is not even opened: closing it would drop the locks that another connection of
 * this process holds (POSIX fcntl). */
int sg_sqlite_make_file(const char *file)
{
    int descriptor = open(file, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (descriptor < 0)
        return errno;
    int error = fchmod(descriptor, S_IRUSR | S_IWUSR) == 0 ? 0 : errno;
    (void)close(descriptor);
    if (error != 0)
        (void)unlink(file);
    return error;
}

static enum signet_status look_at_file(struct sg_sqlite *sqlite, enum signet_store_mode mode)
{
    struct stat about;
    int error = mode == SIGNET_STORE_CREATE ? sg_sqlite_make_file(sqlite->file) : 0;
    if (error == EEXIST)
        error = 0;
    if (error == 0 && stat(sqlite->file, &about) != 0)
        error = errno;
    if (error != 0)
        return sg_sqlite_system_trouble(sqlite, error);
    if (!S_ISREG(about.st_mode))
        return sg_sqlite_trouble(sqlite, SIGNET_STORE_FOREIGN,
                                 "not a regular file: name another one with --store");
    /* SQLite takes what is too short for a database for an empty one, and would write over it. */
    if (about.st_size > 0 && about.st_size < MIN_DATABASE_LEN)
        return sg_sqlite_status(sqlite, SQLITE_NOTADB);
    /* What somebody's umask let others read while it was empty. */
    if (about.st_size == 0 && mode != SIGNET_STORE_READ && (about.st_mode & 077) != 0 &&
        chmod(sqlite->file, S_IRUSR | S_IWUSR) != 0)
        return sg_sqlite_system_trouble(sqlite, errno);
    return SIGNET_OK;
}

/* FILE as a URI; NULL when memory is out. */
static char *uri_of(const char *file, const char *options)
{
    static const char digits[] = "0123456789abcdef";
    size_t len = strlen(file);
    char *uri = malloc(sizeof("file:") + 3 * len + strlen(options));
    if (uri == NULL)
        return NULL;
    memcpy(uri, "file:", 5);
    char *out = uri + 5;
    for (size_t i = 0; i < len; i++) {
        unsigned byte = (uint8_t)file[i];
        *out++ = '%';
        *out++ = digits[byte >> 4];
        *out++ = digits[byte & 15];
    }
    memcpy(out, options, strlen(options) + 1);
    return uri;
}

/*
 * The file may come from somebody else. Nothing in it is to run: no triggers, no views, no
 * functions in its schema; and cells are looked at before they are followed.
 */
static enum signet_status set_up(struct sg_sqlite *sqlite)
{
    sqlite3 *handle = sqlite->handle;
    (void)sqlite->api.extended_result_codes(handle, 1);
    (void)sqlite->api.busy_timeout(handle, (int)sqlite->busy_ms);
    (void)sqlite->api.db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    (void)sqlite->api.db_config(handle, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
    (void)sqlite->api.db_config(handle, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
    (void)sqlite->api.db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    (void)sqlite->api.limit(handle, SQLITE_LIMIT_LENGTH, (int)SG_STORE_MAX_TEXT);
    return sg_sqlite_execute(sqlite, "PRAGMA cell_size_check = ON");
}

enum signet_status sg_sqlite_set_up_writing(struct sg_sqlite *sqlite)
{
    if (sqlite->writes)
        return SIGNET_OK;
    /* synchronous = FULL: what is committed is on the disk. The cache is a maximum of 8 MB: what
     * changes beyond it within a transaction waits in the log. */
    enum signet_status status = sg_sqlite_execute(sqlite, "PRAGMA synchronous = FULL;"
                                                          "PRAGMA cache_size = -8192;"
                                                          "PRAGMA journal_size_limit = 4194304");
    sqlite->writes = status == SIGNET_OK;
    return status;
}

static enum signet_status connect_file(struct sg_sqlite *sqlite, const char *file, int flags)
{
    int code = sqlite->api.open_v2(file, &sqlite->handle,
                                   flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
    if (code != SQLITE_OK)
        return sg_sqlite_status(sqlite, code);
    return set_up(sqlite);
}

/* There is nothing in a write-ahead log that would have to be read, too. */
static bool has_no_log(const struct sg_sqlite *sqlite)
{
    struct stat about;
    size_t len = strlen(sqlite->file);
    char *log = malloc(len + sizeof("-wal"));
    if (log == NULL)
        return false;
    memcpy(log, sqlite->file, len);
    memcpy(log + len, "-wal", sizeof("-wal"));
    bool none = stat(log, &about) != 0 ? errno == ENOENT : about.st_size == 0;
    free(log);
    return none;
}

/*
 * Reads a file that nobody can write beside: a reader, too, needs the shared memory of the log.
 * Where it cannot be made and there is no log, the file is all, and nobody changes it.
 */
static enum signet_status reconnect_immutable(struct sg_sqlite *sqlite)
{
    char *uri = uri_of(sqlite->file, "?immutable=1");
    if (uri == NULL)
        return SIGNET_ERR_MEMORY;
    (void)sqlite->api.close(sqlite->handle);
    sqlite->handle = NULL;
    enum signet_status status = connect_file(sqlite, uri, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI);
    free(uri);
    return status == SIGNET_OK ? sg_sqlite_migrate(sqlite, false) : status;
}

static bool needs_log(int code)
{
    return (code & 0xff) == SQLITE_READONLY || (code & 0xff) == SQLITE_CANTOPEN;
}

static enum signet_status open_reading(struct sg_sqlite *sqlite)
{
    enum signet_status status = connect_file(sqlite, sqlite->file, SQLITE_OPEN_READONLY);
    bool connected = status == SIGNET_OK;
    if (connected)
        status = sg_sqlite_migrate(sqlite, false);
    if (connected && status == SIGNET_ERR_IO && needs_log(sqlite->api.errcode(sqlite->handle)) &&
        has_no_log(sqlite))
        status = reconnect_immutable(sqlite);
    return status;
}

static enum signet_status open_writing(struct sg_sqlite *sqlite)
{
    enum signet_status status = connect_file(sqlite, sqlite->file, SQLITE_OPEN_READWRITE);
    if (status == SIGNET_OK && sqlite->api.db_readonly(sqlite->handle, "main") != 0)
        status = sg_sqlite_status(sqlite, SQLITE_READONLY);
    return status == SIGNET_OK ? sg_sqlite_migrate(sqlite, true) : status;
}

/* FILE such that it cannot be taken for one of SQLite's special names (":memory:", "file:…"). */
enum signet_status sg_sqlite_set_file(struct sg_sqlite *sqlite, const char *file)
{
    const char *prefix = *file == '/' ? "" : "./";
    size_t prefix_len = strlen(prefix), len = strlen(file);
    sqlite->file = malloc(prefix_len + len + 1);
    if (sqlite->file == NULL)
        return SIGNET_ERR_MEMORY;
    memcpy(sqlite->file, prefix, prefix_len);
    memcpy(sqlite->file + prefix_len, file, len + 1);
    sqlite->shown = sqlite->file + prefix_len;
    return SIGNET_OK;
}

static enum signet_status load_library(struct sg_sqlite *sqlite)
{
    const char *why_not;
    enum signet_status status = sg_sqlite_library_load(&sqlite->api, &why_not);
    return status != SIGNET_ERR_IO ? status
                                   : sg_sqlite_trouble(sqlite, SIGNET_STORE_FAILED,
                                                       "SQLite cannot be loaded: %s", why_not);
}

const char *signet_store_sqlite_version(void)
{
    struct sg_sqlite_library library;
    const char *why_not;
    return sg_sqlite_library_load(&library, &why_not) == SIGNET_OK ? library.libversion() : NULL;
}

enum signet_status sg_sqlite_open(const char *file, enum signet_store_mode mode, unsigned busy_ms,
                                  struct sg_store_db **db)
{
    struct sg_sqlite *sqlite = calloc(1, sizeof(*sqlite));
    *db = NULL;
    if (sqlite == NULL)
        return SIGNET_ERR_MEMORY;
    sqlite->db.backend = &sg_store_sqlite;
    sqlite->busy_ms = busy_ms <= INT32_MAX ? busy_ms : INT32_MAX;

    enum signet_status status = sg_sqlite_set_file(sqlite, file);
    if (status == SIGNET_OK)
        status = look_at_file(sqlite, mode);
    if (status == SIGNET_OK)
        status = load_library(sqlite);
    if (status == SIGNET_OK)
        status = mode == SIGNET_STORE_READ ? open_reading(sqlite) : open_writing(sqlite);
    if (status == SIGNET_OK)
        sqlite->db.trouble.kind = SIGNET_STORE_FINE; /* what was in the way is not any more */
    if (status == SIGNET_OK || status == SIGNET_ERR_IO)
        *db = &sqlite->db;
    else
        sg_sqlite_close(&sqlite->db);
    return status;
}

/* Not all of it need be there: the library, too, may be what could not be opened. */
static void disconnect(struct sg_sqlite *sqlite)
{
    if (sqlite->handle == NULL)
        return;
    for (size_t i = 0; i < SG_NUM_SQL; i++)
        (void)sqlite->api.finalize(sqlite->statements[i]);
    (void)sqlite->api.close(sqlite->handle);
}

void sg_sqlite_close(struct sg_store_db *db)
{
    struct sg_sqlite *sqlite = sg_sqlite(db);
    disconnect(sqlite);
    sg_sqlite_origin_forget(sqlite);
    free(sqlite->file);
    free(sqlite);
}

enum signet_status sg_sqlite_open_beside(struct sg_store_db *db, struct sg_store_db **beside,
                                         const char **name)
{
    struct sg_sqlite *sqlite = sg_sqlite(db);
    size_t len = strlen(sqlite->shown) + sizeof(".mended");
    *beside = NULL;
    char *file = malloc(len);
    if (file == NULL)
        return SIGNET_ERR_MEMORY;
    (void)snprintf(file, len, "%s.mended", sqlite->shown);
    int error = sg_sqlite_make_file(file);
    enum signet_status status = SIGNET_OK;
    if (error == EEXIST)
        status =
            sg_sqlite_trouble(sqlite, SIGNET_STORE_FAILED,
                              "what can be saved of it would go to %s, which is there already: "
                              "move that file away",
                              file);
    else if (error != 0)
        status = sg_sqlite_system_trouble(sqlite, error);
    else
        status = sg_sqlite_open(file, SIGNET_STORE_WRITE, 0, beside);
    if (*beside != NULL)
        *name = sg_sqlite(*beside)->shown;
    free(file);
    return status;
}

/* Ends what was left standing on its row: a transaction ends only when its statements have. */
static void reset_statements(struct sg_sqlite *sqlite)
{
    for (size_t i = 0; i < SG_NUM_SQL; i++)
        (void)sqlite->api.reset(sqlite->statements[i]);
}

static enum signet_status run(struct sg_store_db *db, enum sg_sql which)
{
    struct sg_sqlite_query query = sg_sqlite_query_begin(db, which);
    return sg_sqlite_query_run(&query);
}

enum signet_status sg_sqlite_begin(struct sg_store_db *db, bool write)
{
    struct sg_sqlite *sqlite = sg_sqlite(db);
    reset_statements(sqlite);
    enum signet_status status = write ? sg_sqlite_set_up_writing(sqlite) : SIGNET_OK;
    return status == SIGNET_OK ? run(db, write ? SG_SQL_BEGIN_WRITE : SG_SQL_BEGIN_READ) : status;
}

enum signet_status sg_sqlite_commit(struct sg_store_db *db)
{
    reset_statements(sg_sqlite(db));
    return run(db, SG_SQL_COMMIT);
}

void sg_sqlite_rollback(struct sg_store_db *db)
{
    struct sg_sqlite *sqlite = sg_sqlite(db);
    reset_statements(sqlite);
    sg_sqlite_origin_forget(sqlite);
    /* SQLite may have ended the transaction itself, as when the disk is full. It must not fail for
     * want of a prepared statement, and what went wrong before is what is to be told. */
    if (sqlite->api.get_autocommit(sqlite->handle) == 0)
        (void)sqlite->api.exec(sqlite->handle, "ROLLBACK", NULL, NULL, NULL);
}
