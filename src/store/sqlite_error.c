/* SPDX-License-Identifier: Apache-2.0 */
/* What SQLite's result codes mean to whoever has the file, and what they can do about it. */
#include "base/span.h"
#include "base/text.h"
#include "store/sqlite.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define DAMAGED                                                                                    \
    "the file is damaged: run \"signet check --mend\" on it to save what can be read, or bring "   \
    "back a backup"
#define FULL "there is no room left on the disk; this change was not made: make room and try again"
#define READ_ONLY                                                                                  \
    "it can be read but not written: look at the permissions of the file and of its folder, or "   \
    "name another file with --store"
#define FORBIDDEN "there is no permission to open it: look at its owner and permissions"
#define BUSY      "another process is writing to it and has not finished in time: try again when it has"
#define MISSING   "there is no such file"
#define FOREIGN                                                                                    \
    "this is no certificate database of signet: name another file with --store, or bring back a "  \
    "backup"

/* Extended codes before the primary codes that they belong to. */
static const struct row {
    int code;
    enum signet_store_trouble kind;
    const char *text; /* NULL: what the operating system says */
} rows[] = {
    {SQLITE_READONLY_DBMOVED, SIGNET_STORE_FAILED,
     "it was moved or replaced while it was open: try again"},
    {SQLITE_IOERR_SHORT_READ, SIGNET_STORE_DAMAGED, DAMAGED},
    {SQLITE_IOERR_CORRUPTFS, SIGNET_STORE_DAMAGED, DAMAGED},
    {SQLITE_IOERR_DATA, SIGNET_STORE_DAMAGED, DAMAGED},
    {SQLITE_READONLY, SIGNET_STORE_READ_ONLY, READ_ONLY},
    {SQLITE_FULL, SIGNET_STORE_FULL, FULL},
    {SQLITE_BUSY, SIGNET_STORE_BUSY, BUSY},
    {SQLITE_LOCKED, SIGNET_STORE_BUSY, BUSY},
    {SQLITE_PROTOCOL, SIGNET_STORE_BUSY, BUSY},
    {SQLITE_CORRUPT, SIGNET_STORE_DAMAGED, DAMAGED},
    /* Our statements are right for our tables: then these are not our tables any more. */
    {SQLITE_ERROR, SIGNET_STORE_DAMAGED, DAMAGED},
    {SQLITE_SCHEMA, SIGNET_STORE_DAMAGED, DAMAGED},
    {SQLITE_CONSTRAINT, SIGNET_STORE_DAMAGED, DAMAGED},
    {SQLITE_MISMATCH, SIGNET_STORE_DAMAGED, DAMAGED},
    {SQLITE_FORMAT, SIGNET_STORE_DAMAGED, DAMAGED},
    {SQLITE_NOTADB, SIGNET_STORE_FOREIGN, FOREIGN},
    {SQLITE_PERM, SIGNET_STORE_FORBIDDEN, FORBIDDEN},
    {SQLITE_AUTH, SIGNET_STORE_FORBIDDEN, FORBIDDEN},
    {SQLITE_TOOBIG, SIGNET_STORE_FAILED, "an object is larger than the database can hold"},
};

/* What the operating system said, where it tells more than SQLite's code. */
static const struct row system_rows[] = {
    {ENOENT, SIGNET_STORE_MISSING, MISSING},     {ENOTDIR, SIGNET_STORE_MISSING, MISSING},
    {EACCES, SIGNET_STORE_FORBIDDEN, FORBIDDEN}, {EPERM, SIGNET_STORE_FORBIDDEN, FORBIDDEN},
    {EROFS, SIGNET_STORE_READ_ONLY, READ_ONLY},  {ENOSPC, SIGNET_STORE_FULL, FULL},
    {EDQUOT, SIGNET_STORE_FULL, FULL},           {EFBIG, SIGNET_STORE_FULL, FULL},
};

enum signet_status sg_sqlite_trouble(struct sg_sqlite *sqlite, enum signet_store_trouble kind,
                                     const char *format, ...)
{
    struct sg_store_trouble *trouble = &sqlite->db.trouble;
    struct sg_buffer name;
    sg_buffer_init(&name, sizeof(trouble->text) / 2);
    sg_text_add_safe(&name, sg_span_text(sqlite->shown));
    struct signet_span shown = sg_text_cut(sg_buffer_span(&name), sizeof(trouble->text) / 2);

    trouble->kind = kind;
    int len = snprintf(trouble->text, sizeof(trouble->text), "%.*s: ", (int)shown.len,
                       shown.ptr != NULL ? (const char *)shown.ptr : "");
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(trouble->text + len, sizeof(trouble->text) - (size_t)len, format, arguments);
    va_end(arguments);
    sg_buffer_free(&name);
    return SIGNET_ERR_IO;
}

static const struct row *find_row(const struct row *table, size_t num, int code)
{
    for (size_t i = 0; i < num; i++) {
        if (table[i].code == code)
            return &table[i];
    }
    return NULL;
}

enum signet_status sg_sqlite_system_trouble(struct sg_sqlite *sqlite, int error)
{
    const struct row *row =
        find_row(system_rows, sizeof(system_rows) / sizeof(system_rows[0]), error);
    if (row != NULL)
        return sg_sqlite_trouble(sqlite, row->kind, "%s", row->text);
    char reason[128] = "unknown error";
    (void)strerror_r(error, reason, sizeof(reason));
    return sg_sqlite_trouble(sqlite, SIGNET_STORE_FAILED, "the operating system reports: %s",
                             reason);
}

/* What the operating system said of the last failure. A commit leaves it only with the file that
 * failed: the log, or the database. */
static int system_error(struct sg_sqlite *sqlite)
{
    static const int files[] = {SQLITE_FCNTL_JOURNAL_POINTER, SQLITE_FCNTL_FILE_POINTER};
    int error = sqlite->api.system_errno(sqlite->handle);
    for (size_t i = 0; i < sizeof(files) / sizeof(files[0]) && error == 0; i++) {
        sqlite3_file *file = NULL;
        if (sqlite->api.file_control(sqlite->handle, "main", files[i], &file) == SQLITE_OK &&
            file != NULL && file->pMethods != NULL)
            (void)file->pMethods->xFileControl(file, SQLITE_FCNTL_LAST_ERRNO, &error);
    }
    return error;
}

enum signet_status sg_sqlite_status(struct sg_sqlite *sqlite, int code)
{
    const size_t num = sizeof(rows) / sizeof(rows[0]);
    if (code == SQLITE_OK || code == SQLITE_ROW || code == SQLITE_DONE)
        return SIGNET_OK;
    int extended = sqlite->handle != NULL ? sqlite->api.extended_errcode(sqlite->handle) : code;
    if ((extended & 0xff) != (code & 0xff))
        extended = code;
    if ((code & 0xff) == SQLITE_NOMEM || extended == SQLITE_IOERR_NOMEM)
        return SIGNET_ERR_MEMORY;

    const struct row *row = find_row(rows, num, extended);
    if (row == NULL)
        row = find_row(rows, num, extended & 0xff);
    if (row != NULL)
        return sg_sqlite_trouble(sqlite, row->kind, "%s", row->text);
    int error = system_error(sqlite);
    if (error != 0)
        return sg_sqlite_system_trouble(sqlite, error);
    return sg_sqlite_trouble(sqlite, SIGNET_STORE_FAILED, "the database reports: %s (%d)",
                             sqlite->api.errstr(extended), extended);
}
