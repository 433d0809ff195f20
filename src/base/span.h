/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Spans: bytes that somebody else owns, by value.
 */
#ifndef SG_BASE_SPAN_H
#define SG_BASE_SPAN_H

#include "signet/base.h"

#include <string.h>

static inline struct signet_span sg_span(const void *ptr, size_t len)
{
    return (struct signet_span){ptr, len};
}

/* The bytes of a C string, without its NUL. */
static inline struct signet_span sg_span_text(const char *text)
{
    return (struct signet_span){(const uint8_t *)text, strlen(text)};
}

/* Absent and empty are the same to this comparison. */
static inline bool sg_span_equal(struct signet_span a, struct signet_span b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

/* Shorter first where one is the other's beginning; else as memcmp. */
int sg_span_compare(struct signet_span a, struct signet_span b);

/* ASCII letters folded; for protocol words, never for names. */
bool sg_span_equal_ascii_case(struct signet_span a, struct signet_span b);
bool sg_span_is_word(struct signet_span span, const char *word); /* the same against a C string */

/* Everything from OFFSET on; empty when OFFSET is past the end. */
static inline struct signet_span sg_span_from(struct signet_span span, size_t offset)
{
    if (offset > span.len)
        offset = span.len;
    return (struct signet_span){offset > 0 ? span.ptr + offset : span.ptr, span.len - offset};
}

/* The first LEN bytes, or all where there are fewer. */
static inline struct signet_span sg_span_first(struct signet_span span, size_t len)
{
    return (struct signet_span){span.ptr, len < span.len ? len : span.len};
}

/* Blanks, tabs and line ends cut off both ends. */
struct signet_span sg_span_trim(struct signet_span span);

/* A hash for tables whose keys an attacker may choose: without SEED, one per table, nobody can make
 * keys that collide. */
uint64_t sg_span_hash(struct signet_span span, uint64_t seed);

static inline uint8_t sg_ascii_lower(uint8_t byte)
{
    return byte >= 'A' && byte <= 'Z' ? (uint8_t)(byte + ('a' - 'A')) : byte;
}

/* SPAN with ASCII letters folded, to OUT, which has room for so many octets. */
void sg_ascii_lower_copy(struct signet_span span, uint8_t *out);

#endif
