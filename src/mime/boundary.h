/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where one body part ends and the next begins: the delimiter lines of RFC 2046 5.1.1.
 */
#ifndef SG_MIME_BOUNDARY_H
#define SG_MIME_BOUNDARY_H

#include "base/arena.h"

struct sg_boundary {
    struct signet_span needle; /* "--" and the parameter's value */
    bool ambiguous;            /* a line was passed that other readers take for a delimiter */
};

struct sg_delimiter {
    size_t
        content_end; /* where the octets before it end: its line break belongs to the delimiter */
    size_t next;     /* where the line after it begins */
    bool closing;    /* "--boundary--" */
};

/* TEXT is the boundary parameter's value, not empty and without line breaks. False: memory is out.
 */
SIGNET_MUST_CHECK bool sg_boundary_init(struct sg_boundary *boundary, struct signet_span text,
                                        struct sg_arena *arena);

/*
 * The first delimiter line of BODY that begins at FROM or later; FROM is 0 or where a line begins.
 * A line that begins with the boundary and goes on with anything but blanks is none, so that
 * boundaries may be the beginning of others; RFC 2046 allows to take it for one, and some readers
 * end lines at a CR alone: both are latched as ambiguous. False when there is no delimiter.
 */
SIGNET_MUST_CHECK bool sg_boundary_find(struct sg_boundary *boundary, struct signet_span body,
                                        size_t from, struct sg_delimiter *out);

#endif
