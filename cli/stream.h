/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What comes from a pipe, a terminal or a device: it has no size, and need not have an end. A
 * little is kept in memory, and what is large in a file without a name, so that it costs no more
 * memory than a large file does.
 */
#ifndef CLI_STREAM_H
#define CLI_STREAM_H

#include <signet/base.h>

/* In octets: no more is taken, unless --max-input says otherwise. */
#define STREAM_MAX ((uint64_t)8 << 30)

struct stream {
    struct signet_span bytes;
    void *file; /* of scratch.h, where BYTES are in one; else they are from malloc */
};

/* Where large ones go. */
enum stream_place {
    STREAM_ANYWHERE,
    STREAM_IN_MEMORY /* what may be secret is not written to a file that nobody asked for */
};

/* Another maximum for all that are read from now on. */
void stream_set_max(uint64_t max);

/* Reads all that comes of FD, which is NAME's and no regular file. False: standard error says why,
 * and *OUT is empty. */
bool stream_read(struct stream *out, int fd, enum stream_place place, const char *name);
void stream_free(struct stream *stream); /* an empty one is legal */

#endif
