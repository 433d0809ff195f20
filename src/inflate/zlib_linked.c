/* SPDX-License-Identifier: Apache-2.0 */
/* Instead of zlib_library.c in a program that zlib is linked into. */
#include "inflate/zlib_library.h"

enum signet_status sg_zlib_library_load(struct sg_zlib_library *library)
{
    *library = (struct sg_zlib_library){
#define ROW(function) .function = function,
        SG_ZLIB_FUNCTIONS(ROW)
#undef ROW
    };
    return SIGNET_OK;
}
