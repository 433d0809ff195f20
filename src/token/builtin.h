/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where NSS's builtin module is: libnssckbi.so has no name that a loader finds by itself.
 */
#ifndef SG_TOKEN_BUILTIN_H
#define SG_TOKEN_BUILTIN_H

#include "signet/base.h"

#include <limits.h>

/* Lists of folders, each ended by NULL. */
struct sg_builtin_places {
    const char *const *configurations; /* of p11-kit, with files NAME.module */
    const char *modules;               /* where p11-kit seeks modules named without a folder */
    const char *const *libraries;
};

/* The places of this system. */
extern const struct sg_builtin_places sg_builtin_places;

/* Fills FILE with the module's path: the one that p11-kit was told of, else the first in the
 * folders of libraries. False: there is none. */
SIGNET_MUST_CHECK bool sg_builtin_find(const struct sg_builtin_places *places, char file[PATH_MAX]);

#endif
