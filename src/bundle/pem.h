/* SPDX-License-Identifier: Apache-2.0 */
/*
 * PEM (RFC 7468): blocks of base64 between BEGIN and END lines, with any text around them.
 */
#ifndef SG_BUNDLE_PEM_H
#define SG_BUNDLE_PEM_H

#include "base/arena.h"

struct sg_pem {
    struct signet_span rest;
};
struct sg_pem_block {
    struct signet_span label;  /* "CERTIFICATE" */
    struct signet_span octets; /* decoded, in the arena */
    size_t offset;             /* of the BEGIN line in what was left to read */
    bool clean; /* base64 without foreign characters, and an END line of the same label */
};

struct sg_pem sg_pem_begin(struct signet_span text);
/* False at the end (or memory is out: arena->failed). Headers inside a block (RFC 1421) are
 * skipped. */
bool sg_pem_next(struct sg_pem *pem, struct sg_arena *arena, struct sg_pem_block *out);

#endif
