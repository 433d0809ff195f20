/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the structured header fields have in common (RFC 5322 3.2, RFC 2045 5.1): blanks, comments,
 * quoted strings. Over a value without folds; see sg_header_unfold.
 */
#ifndef SG_MIME_LEXER_H
#define SG_MIME_LEXER_H

#include "base/arena.h"
#include "base/span.h"

struct sg_lexer {
    struct signet_span rest;
    bool malformed; /* a comment or a quoted string never ended */
};

static inline bool sg_lexer_at_end(const struct sg_lexer *lexer)
{
    return lexer->rest.len == 0;
}

/* The next octet is BYTE. */
static inline bool sg_lexer_sees(const struct sg_lexer *lexer, char byte)
{
    return lexer->rest.len > 0 && lexer->rest.ptr[0] == (uint8_t)byte;
}

/* Goes on by LEN octets, which are there, and returns them. */
struct signet_span sg_lexer_advance(struct sg_lexer *lexer, size_t len);

/* Goes past the next octet if it is BYTE. */
bool sg_lexer_take(struct sg_lexer *lexer, char byte);

/* CFWS: blanks and comments, which nest. */
void sg_lexer_skip_cfws(struct sg_lexer *lexer);

/* The longest run of octets that IS_MEMBER. */
struct signet_span sg_lexer_run(struct sg_lexer *lexer, bool (*is_member)(uint8_t));

/* The quoted-string that comes next: what is between its quotes, escapes and all. */
struct signet_span sg_lexer_quoted(struct sg_lexer *lexer);

/* INSIDE, from sg_lexer_quoted, without its escapes: in the arena if there are any. {NULL,0} when
 * memory is out. */
SIGNET_MUST_CHECK struct signet_span sg_lexer_unquote(struct signet_span inside,
                                                      struct sg_arena *arena);

/* A control character other than a tab: in no structured value, folded or not, has it a meaning. */
bool sg_lexer_has_control(struct signet_span text);

#endif
