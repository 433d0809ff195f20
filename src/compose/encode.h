/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Writing transfer encodings (RFC 2045 6.7, 6.8). No line that they write is longer than 76 octets,
 * ends in a blank, or begins with "--", "From " or a dot, so it is never taken for a delimiter, an
 * mbox's or the end of the mail.
 */
#ifndef SG_COMPOSE_ENCODE_H
#define SG_COMPOSE_ENCODE_H

#include "compose/writer.h"

/* Base64 in lines, of octets that come in pieces. */
struct sg_base64 {
    struct sg_writer *writer;
    uint8_t pending[3];
    size_t num_pending;
    size_t column;
};

struct sg_base64 sg_base64_begin(struct sg_writer *writer);
void sg_base64_add(struct sg_base64 *base64, struct signet_span bytes);
/* The padding, and a line end unless nothing was written. */
void sg_base64_end(struct sg_base64 *base64);

/* All at once. LINES: every line end in BYTES becomes CRLF first, as text is kept (RFC 2046 4.1.1).
 */
void sg_base64_write(struct sg_writer *writer, struct signet_span bytes, bool lines);

/* TEXT is base64 that some transport would change: the same in lines of 76, without the octets that
 * every reader skips. */
void sg_base64_mend(struct sg_writer *writer, struct signet_span text);

/* BYTES in lines, each line end a CRLF. */
void sg_quoted_printable_write(struct sg_writer *writer, struct signet_span bytes);

/* TEXT is quoted-printable that some transport would change: the same with everything encoded that
 * needs it, and without the blanks at the ends of lines, which were never there (RFC 2045 6.7 (3)).
 */
void sg_quoted_printable_mend(struct sg_writer *writer, struct signet_span text);

#endif
