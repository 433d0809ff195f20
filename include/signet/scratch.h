/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Room for what is large and short-lived, such as an opaque message of a gigabyte decoded from
 * base64. The library itself has only the heap; whoever calls it can give files, which the system
 * can write out instead of keeping. A file is written once, from its beginning to its end in
 * pieces, and only then read: so its pages never have to be made ready one by one.
 */
#ifndef SIGNET_SCRATCH_H
#define SIGNET_SCRATCH_H

#include "signet/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What may need less than this is always kept on the heap. */
#define SIGNET_SCRATCH_MIN_LEN ((size_t)1 << 20)

/*
 * Files for what does not go to the heap. What is in them does not count against limits.max_memory.
 * Where there is no file, or one cannot be written any more, the heap is asked instead, within that
 * limit. All functions are called by whoever called the library; one file is written at a time, and
 * many may be mapped.
 */
struct signet_scratch {
    /* A new file, empty; NULL when there is none to be had. */
    void *(*open)(void *context);
    /* Adds OCTETS, never none, at the end of FILE. False when not all of them could be written, as
     * on a full disk: then FILE is as before. */
    bool (*append)(void *context, void *file, struct signet_span octets);
    /* All that was appended, to be read until FILE is discarded; nothing is appended any more. Not
     * called for an empty file. NULL when it cannot be had: that is an error of memory. */
    const uint8_t *(*map)(void *context, void *file);
    /* The end of FILE, whatever became of it. */
    void (*discard)(void *context, void *file);
    void *context;
};

#ifdef __cplusplus
}
#endif

#endif
