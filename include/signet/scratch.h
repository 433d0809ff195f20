/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Room for what is large and short-lived, such as an opaque message of a gigabyte decoded from
 * base64. The library itself has only the heap; whoever calls it can give room that a file backs,
 * which the system can write out instead of keeping.
 */
#ifndef SIGNET_SCRATCH_H
#define SIGNET_SCRATCH_H

#include "signet/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What needs less than this is always taken from the heap. */
#define SIGNET_SCRATCH_MIN_LEN ((size_t)1 << 20)

struct signet_scratch {
    /* LEN zeroed octets, aligned as those of malloc; NULL when there is no such room: then the heap
     * is asked. They do not count against limits.max_memory. */
    void *(*take)(void *context, size_t len);
    void (*give_back)(void *context, void *memory, size_t len);
    void *context;
};

#ifdef __cplusplus
}
#endif

#endif
