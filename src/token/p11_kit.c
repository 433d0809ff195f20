/* SPDX-License-Identifier: Apache-2.0 */
#include "token/p11_kit.h"

#include <dlfcn.h>
#include <string.h>

/* The name of its binary interface: another number would be another set of functions. */
#define P11_KIT_LIBRARY "libp11-kit.so.0"

/* ISO C has no cast from what dlsym gives to a function, POSIX has the same octets. */
static const char *bind(void *library, const char *name, void *function)
{
    void *symbol = dlsym(library, name);
    memcpy(function, &symbol, sizeof(symbol));
    return symbol == NULL ? name : NULL;
}

const char *sg_p11_kit_open(struct sg_p11_kit *kit)
{
    *kit = (struct sg_p11_kit){.library = dlopen(P11_KIT_LIBRARY, RTLD_NOW | RTLD_LOCAL)};
    if (kit->library == NULL)
        return dlerror();

    const struct {
        const char *name;
        void *function;
    } functions[] = {
        {"p11_kit_module_load", &kit->module_load},
        {"p11_kit_module_initialize", &kit->module_initialize},
        {"p11_kit_module_finalize", &kit->module_finalize},
        {"p11_kit_module_release", &kit->module_release},
        {"p11_kit_message", &kit->message},
        {"p11_kit_strerror", &kit->strerror},
    };
    for (size_t i = 0; i < sizeof(functions) / sizeof(*functions); i++) {
        const char *missing = bind(kit->library, functions[i].name, functions[i].function);
        if (missing != NULL)
            return missing;
    }
    return NULL;
}

void sg_p11_kit_close(struct sg_p11_kit *kit)
{
    if (kit->library != NULL)
        dlclose(kit->library);
    *kit = (struct sg_p11_kit){.library = NULL};
}
