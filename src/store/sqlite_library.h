/* SPDX-License-Identifier: Apache-2.0 */
/*
 * SQLite, loaded when a database is first opened: a process that judges mail without one does not
 * pay for starting it. What is used of it, by name; see sqlite3.h.
 */
#ifndef SG_STORE_SQLITE_LIBRARY_H
#define SG_STORE_SQLITE_LIBRARY_H

#include "base/span.h"

#include <sqlite3.h>

#define SG_SQLITE_FUNCTIONS(ROW)                                                                   \
    ROW(backup_finish)                                                                             \
    ROW(backup_init)                                                                               \
    ROW(backup_pagecount)                                                                          \
    ROW(backup_remaining)                                                                          \
    ROW(backup_step)                                                                               \
    ROW(bind_blob64)                                                                               \
    ROW(bind_int64)                                                                                \
    ROW(bind_null)                                                                                 \
    ROW(bind_text)                                                                                 \
    ROW(busy_timeout)                                                                              \
    ROW(close)                                                                                     \
    ROW(column_blob)                                                                               \
    ROW(column_bytes)                                                                              \
    ROW(column_int64)                                                                              \
    ROW(column_text)                                                                               \
    ROW(column_type)                                                                               \
    ROW(db_config)                                                                                 \
    ROW(db_readonly)                                                                               \
    ROW(errcode)                                                                                   \
    ROW(errstr)                                                                                    \
    ROW(exec)                                                                                      \
    ROW(extended_errcode)                                                                          \
    ROW(extended_result_codes)                                                                     \
    ROW(file_control)                                                                              \
    ROW(finalize)                                                                                  \
    ROW(get_autocommit)                                                                            \
    ROW(last_insert_rowid)                                                                         \
    ROW(libversion)                                                                                \
    ROW(limit)                                                                                     \
    ROW(open_v2)                                                                                   \
    ROW(prepare_v2)                                                                                \
    ROW(prepare_v3)                                                                                \
    ROW(reset)                                                                                     \
    ROW(sleep)                                                                                     \
    ROW(step)                                                                                      \
    ROW(system_errno)

struct sg_sqlite_library {
#define ROW(name) __typeof__(sqlite3_##name) *name;
    SG_SQLITE_FUNCTIONS(ROW)
#undef ROW
};

/* SIGNET_ERR_IO: not all of it was found; *WHY_NOT is valid until the next call of the dynamic
 * linker. The library stays for the life of the process: it keeps state that nobody could give
 * back. */
SIGNET_MUST_CHECK enum signet_status sg_sqlite_library_load(struct sg_sqlite_library *library,
                                                            const char **why_not);

#endif
