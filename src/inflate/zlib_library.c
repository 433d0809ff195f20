/* SPDX-License-Identifier: Apache-2.0 */
#include "inflate/zlib_library.h"

#include <dlfcn.h>
#include <errno.h>
#include <string.h>

/* The name of its binary interface, the same since 1995. */
#define ZLIB_LIBRARY "libz.so.1"

enum signet_status sg_zlib_library_load(struct sg_zlib_library *library)
{
    errno = 0;
    void *handle = dlopen(ZLIB_LIBRARY, RTLD_LAZY | RTLD_LOCAL | RTLD_NODELETE);
    if (handle == NULL)
        return errno == ENOMEM ? SIGNET_ERR_MEMORY : SIGNET_ERR_IO;

    const struct {
        const char *name;
        void *function;
    } functions[] = {
#define ROW(name) {#name, &library->name},
        SG_ZLIB_FUNCTIONS(ROW)
#undef ROW
    };
    bool complete = true;
    for (size_t i = 0; i < sizeof(functions) / sizeof(*functions); i++) {
        /* ISO C has no cast from what dlsym gives to a function, POSIX has the same octets. */
        void *symbol = dlsym(handle, functions[i].name);
        memcpy(functions[i].function, &symbol, sizeof(symbol));
        complete = complete && symbol != NULL;
    }
    (void)dlclose(handle); /* which leaves it where it is */
    return complete ? SIGNET_OK : SIGNET_ERR_IO;
}
