/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Transfer encodings (RFC 2045 6.7, 6.8) and the canonical form of line ends (RFC 8551 3.1.1).
 */
#ifndef SG_MIME_TRANSFER_H
#define SG_MIME_TRANSFER_H

#include "base/arena.h"

/* Decodes into OUT (allocated in the arena, at most 3/4 of the text). See sg_part_decode for CLEAN.
 */
SIGNET_MUST_CHECK bool sg_base64_decode(struct signet_span text, struct sg_arena *arena,
                                        struct signet_span *out, bool *clean);
SIGNET_MUST_CHECK bool sg_quoted_printable_decode(struct signet_span text, struct sg_arena *arena,
                                                  struct signet_span *out, bool *clean);

/*
 * The octets that were signed: every line end as CRLF, whatever the file holds, existing CRs not
 * doubled. An iterator of chunks that point into the input, or where line ends lack their CR into
 * the iterator: so a message of any size is hashed without a copy, in chunks that are still in the
 * processor's cache from being looked at.
 */
#define SG_CANONICAL_PIECE_LEN 8192

struct sg_canonical {
    struct signet_span rest;
    bool verbatim; /* hand the octets out as they are (binary content, or to test LF-signed mail) */
    uint8_t last;  /* the octet before REST */
    uint8_t buffer[2 * SG_CANONICAL_PIECE_LEN];
};

void sg_canonical_begin(struct sg_canonical *canonical, struct signet_span bytes);
/* *CHUNK, never empty, is good until the next call. False at the end. */
bool sg_canonical_next(struct sg_canonical *canonical, struct signet_span *chunk);

#endif
