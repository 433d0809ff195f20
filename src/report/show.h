/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Decoding for `signet show`: what BYTES are, and all that they say, written to a dump that a
 * renderer turns into text or JSON.
 */
#ifndef SG_REPORT_SHOW_H
#define SG_REPORT_SHOW_H

#include "agent/compressed.h"
#include "x509/dump.h"

struct sg_show {
    struct sg_dump *dump;
    struct sg_arena arena;
    struct sg_uncompressing uncompressing;
    unsigned depth;                  /* compressed objects around */
    size_t max_entries;              /* of a CRL */
    bool all_read;                   /* nothing so far could not be decoded */
    struct signet_parse_error error; /* the first thing that could not */
};

/* Shows BYTES as members of the map under way. False: memory is out. */
SIGNET_MUST_CHECK bool sg_show_any(struct sg_show *show, struct signet_span bytes);

#endif
