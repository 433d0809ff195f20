/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Encoded words (RFC 2047) and lines that are folded as they are written.
 */
#ifndef SG_COMPOSE_ENCODED_TEXT_H
#define SG_COMPOSE_ENCODED_TEXT_H

#include "compose/field.h"

/* A field being written. */
struct sg_line {
    struct sg_writer *writer;
    size_t column; /* octets of the line so far */
};

/* Writes WORD, which is not broken, after a blank or, where the line would get too long, a fold. */
void sg_line_add_word(struct sg_line *line, struct signet_span word);

/* TEXT, which is not empty, as encoded words in UTF-8, none over 75 octets and no line over 76
 * (RFC 2047 2); no character is cut. */
void sg_line_add_encoded(struct sg_line *line, struct signet_span text);

/* WORD comes out as it is only if it is encoded: not ASCII (unless CHARSET allows that), too long
 * for a line, or what looks like an encoded word. */
bool sg_word_needs_encoding(struct signet_span word, enum sg_field_charset charset);

#endif
