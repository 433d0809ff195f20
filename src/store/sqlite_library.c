/* SPDX-License-Identifier: Apache-2.0 */
/* SQLite as a library of its own. */
#include "store/sqlite_library.h"

#include <dlfcn.h>
#include <errno.h>
#include <string.h>

/* The name of its binary interface, which SQLite keeps for good. */
#define SQLITE_LIBRARY "libsqlite3.so.0"

enum signet_status sg_sqlite_library_load(struct sg_sqlite_library *library, const char **why_not)
{
    errno = 0;
    void *handle = dlopen(SQLITE_LIBRARY, RTLD_LAZY | RTLD_LOCAL | RTLD_NODELETE);
    if (handle == NULL) {
        bool memory = errno == ENOMEM;
        *why_not = dlerror();
        return memory ? SIGNET_ERR_MEMORY : SIGNET_ERR_IO;
    }

    const struct {
        const char *name;
        void *function;
    } functions[] = {
#define ROW(name) {"sqlite3_" #name, &library->name},
        SG_SQLITE_FUNCTIONS(ROW)
#undef ROW
    };
    *why_not = NULL;
    for (size_t i = 0; i < sizeof(functions) / sizeof(*functions) && *why_not == NULL; i++) {
        /* ISO C has no cast from what dlsym gives to a function, POSIX has the same octets. */
        void *symbol = dlsym(handle, functions[i].name);
        memcpy(functions[i].function, &symbol, sizeof(symbol));
        if (symbol == NULL)
            *why_not = functions[i].name;
    }
    (void)dlclose(handle); /* which leaves it where it is */
    return *why_not == NULL ? SIGNET_OK : SIGNET_ERR_IO;
}
