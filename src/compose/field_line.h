/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A header field as it is written: word by word, folded between them; encoded words (RFC 2047).
 */
#ifndef SG_COMPOSE_FIELD_LINE_H
#define SG_COMPOSE_FIELD_LINE_H

#include "compose/field.h"

struct sg_field_line {
    struct sg_writer *writer;
    size_t column; /* octets of the line so far */
};

/* "NAME:" */
struct sg_field_line sg_field_line_begin(struct sg_writer *writer, const char *name);
/* The line end. Returns the writer's status. */
SIGNET_MUST_CHECK enum signet_status sg_field_line_end(struct sg_writer *writer);

/* Writes WORD, which is not broken, after a blank or, where the line would get too long, a fold. */
void sg_field_line_add_word(struct sg_field_line *line, struct signet_span word);

/* Words with the blanks between them as they are; a fold adds a line end only. */
void sg_field_line_add_words(struct sg_field_line *line, struct signet_span text);

/* TEXT, which is not empty, as encoded words in UTF-8, none over 75 octets and no line over 76
 * (RFC 2047 2); no character is cut. */
void sg_field_line_add_encoded(struct sg_field_line *line, struct signet_span text);

/* What of VALUE must be encoded to come out as it is: from the first word that must to the last, as
 * blanks between encoded words would be lost. Empty: nothing. */
struct signet_span sg_field_to_encode(struct signet_span value, enum sg_field_charset charset);

/* Why VALUE goes into no field; NULL: it does. A tab is a blank. */
const char *sg_field_why_unfit(struct signet_span value);

/* TEXT as a quoted string (RFC 5322 3.2.4) into OUT, which has room for twice its length and two.
 * Returns the length. */
size_t sg_field_quote(uint8_t *out, struct signet_span text);

/* Puts down why the field NAME cannot be written. Returns SIGNET_ERR_ARGUMENT. */
enum signet_status sg_field_refuse(struct sg_compose_error *error, const char *name,
                                   const char *why);

#endif
