/* SPDX-License-Identifier: Apache-2.0 */
/* SQLite inside of the program, instead of sqlite_library.c: docs/adr/0020-starting-fast.md. */
#include "store/sqlite_library.h"

enum signet_status sg_sqlite_library_load(struct sg_sqlite_library *library, const char **why_not)
{
    *library = (struct sg_sqlite_library){
#define ROW(name) .name = sqlite3_##name,
        SG_SQLITE_FUNCTIONS(ROW)
#undef ROW
    };
    *why_not = NULL;
    /* This SQLite is the program's own, which has one thread and asks for no statistics of memory:
     * it locks and counts for nobody. Of no effect after the first time. */
    (void)sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
    (void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    return SIGNET_OK;
}
