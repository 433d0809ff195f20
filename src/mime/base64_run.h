/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Runs: what nearly all of a base64 text is, whole groups of four digits in lines. What is anything
 * else, a blank, a group over the end of a line, padding, is not touched here. For base64*.c only.
 */
#ifndef SG_MIME_BASE64_RUN_H
#define SG_MIME_BASE64_RUN_H

#include "mime/base64.h"

/* What an octet is: a digit's value, or one of these, all below zero: moved to any place in a group
 * of digits, they leave the group's highest bit set. */
enum { SG_BASE64_PAD = -1, SG_BASE64_BLANK = -2 /* or line break */, SG_BASE64_OTHER = -3 };
extern const int8_t sg_base64_kinds[256];

/* Room from which on every form goes on. */
enum { SG_BASE64_ROOM = 64 };

struct sg_base64_run {
    const uint8_t *in;
    const uint8_t *in_end;
    uint8_t *out; /* what is written behind where it ends up is of no meaning */
    uint8_t *out_end;
};

/* Each decodes groups, and passes over line breaks behind them, for as long as it can: it ends
 * where something else stands, or somewhere near the end of either. */
void sg_base64_run_portably(struct sg_base64_run *run);
#if defined(__x86_64__)
void sg_base64_run_by_avx2(struct sg_base64_run *run);
#endif

static inline size_t sg_base64_break_len(const uint8_t *in, const uint8_t *end)
{
    if (in < end && *in == '\n')
        return 1;
    return end - in >= 2 && in[0] == '\r' && in[1] == '\n' ? 2 : 0;
}

#endif
