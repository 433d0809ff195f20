/* SPDX-License-Identifier: Apache-2.0 */
/*
 * zlib, loaded when something compressed comes: hardly any mail is. What is used of it, by name;
 * see zlib.h.
 */
#ifndef SG_INFLATE_ZLIB_LIBRARY_H
#define SG_INFLATE_ZLIB_LIBRARY_H

#include "signet/base.h"

#define ZLIB_CONST
#include <zlib.h>

#define SG_ZLIB_FUNCTIONS(ROW)                                                                     \
    ROW(adler32)                                                                                   \
    ROW(inflate)                                                                                   \
    ROW(inflateEnd)                                                                                \
    ROW(inflateInit2_)

struct sg_zlib_library {
#define ROW(name) __typeof__(name) *name;
    SG_ZLIB_FUNCTIONS(ROW)
#undef ROW
};

/* SIGNET_ERR_IO: it is not there, or not all of it. It stays for the life of the process. */
SIGNET_MUST_CHECK enum signet_status sg_zlib_library_load(struct sg_zlib_library *library);

#endif
