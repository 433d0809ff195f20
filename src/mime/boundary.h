/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where one body part ends and the next begins: the delimiter lines of RFC 2046 5.1.1.
 */
#ifndef SG_MIME_BOUNDARY_H
#define SG_MIME_BOUNDARY_H

#include "base/arena.h"

/* A boundary made ready for searching: "\n--" and its text. */
struct sg_boundary {
    struct signet_span needle;
};

struct sg_delimiter {
    size_t
        content_end; /* where the octets before it end: its line break belongs to the delimiter */
    size_t next;     /* where the line after it begins */
    bool closing;    /* "--boundary--" */
};

/* TEXT is the boundary parameter's value, not empty. False: memory is out. */
SIGNET_MUST_CHECK bool sg_boundary_init(struct sg_boundary *boundary, struct signet_span text,
                                        struct sg_arena *arena);

/*
 * The first delimiter line of BODY that begins at FROM or later; FROM is 0 or where a line begins.
 * A line that begins with the boundary and goes on with anything but blanks is none, so that
 * boundaries which are the beginning of others are no trouble. False when there is none.
 */
SIGNET_MUST_CHECK bool sg_boundary_find(const struct sg_boundary *boundary, struct signet_span body,
                                        size_t from, struct sg_delimiter *out);

#endif
