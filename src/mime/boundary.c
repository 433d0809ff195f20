/* SPDX-License-Identifier: Apache-2.0 */
#include "mime/boundary.h"

#include "base/block.h"
#include "base/span.h"

/* Blocks that are looked at before a decision. */
enum { STRIDE = 4 * SG_BLOCK_LEN };

bool sg_boundary_init(struct sg_boundary *boundary, struct signet_span text, struct sg_arena *arena)
{
    if (text.len > SIZE_MAX - 2) {
        arena->failed = true;
        return false;
    }
    uint8_t *needle = sg_arena_alloc(arena, text.len + 2);
    if (needle == NULL)
        return false;
    memcpy(needle, "--", 2);
    memcpy(needle + 2, text.ptr, text.len);
    *boundary = (struct sg_boundary){sg_span(needle, text.len + 2), false};
    return true;
}

/* AT is behind the boundary's text. False when the line goes on. */
static bool read_tail(struct signet_span body, size_t at, struct sg_delimiter *out)
{
    struct signet_span rest = sg_span_from(body, at);
    out->closing = rest.len >= 2 && rest.ptr[0] == '-' && rest.ptr[1] == '-';
    size_t len = out->closing ? 2 : 0;
    while (len < rest.len && (rest.ptr[len] == ' ' || rest.ptr[len] == '\t'))
        len++;
    if (len < rest.len && rest.ptr[len] == '\r')
        len++;
    if (len == rest.len) {
        out->next = body.len;
        return true;
    }
    out->next = at + len + 1;
    return rest.ptr[len] == '\n';
}

/* The octets before the line that begins at START, without that line's break. */
static size_t before_line_break(struct signet_span body, size_t start)
{
    if (start == 0)
        return 0;
    size_t lf = start - 1;
    return lf > 0 && body.ptr[lf - 1] == '\r' ? lf - 1 : lf;
}

static inline bool is_line_break(uint8_t octet)
{
    return (octet == '\n') | (octet == '\r');
}

/* Where lines begin with "-". AT[-1] is looked at, too. */
static inline sg_block dash_lines(const uint8_t *at)
{
    sg_block before = sg_block_load(at - 1);
    return sg_block_has(sg_block_load(at), '-') &
           (sg_block_has(before, '\n') | sg_block_has(before, '\r'));
}

/* Among STRIDE octets. */
static inline bool any_dash_line(const uint8_t *at)
{
    return sg_block_any(dash_lines(at) | dash_lines(at + SG_BLOCK_LEN) |
                        dash_lines(at + 2 * SG_BLOCK_LEN) | dash_lines(at + 3 * SG_BLOCK_LEN));
}

/* Where, at AT or later, a line begins with "-", or what others take for one: after a CR alone. The
 * end when nowhere. */
static size_t find_dash_line(struct signet_span body, size_t at)
{
    if (at == 0 && body.len > 0 && body.ptr[0] == '-')
        return 0;
    at += at == 0;
    while (at < body.len) {
        size_t end = body.len - at < STRIDE ? body.len : at + STRIDE;
        for (; at < end; at++) {
            if (body.ptr[at] == '-' && is_line_break(body.ptr[at - 1]))
                return at;
        }
        while (body.len - at >= STRIDE && !any_dash_line(body.ptr + at))
            at += STRIDE;
    }
    return body.len;
}

/* Every octet is compared once at most: no text of a boundary goes over the end of a line. */
bool sg_boundary_find(struct sg_boundary *boundary, struct signet_span body, size_t from,
                      struct sg_delimiter *out)
{
    struct signet_span needle = boundary->needle;
    for (size_t at = find_dash_line(body, from); at < body.len; at = find_dash_line(body, at + 1)) {
        if (body.len - at < needle.len || memcmp(body.ptr + at, needle.ptr, needle.len) != 0)
            continue;
        bool begins_line = at == 0 || body.ptr[at - 1] == '\n';
        if (begins_line && read_tail(body, at + needle.len, out)) {
            out->content_end = before_line_break(body, at);
            return true;
        }
        boundary->ambiguous = true;
    }
    return false;
}
