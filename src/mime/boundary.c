/* SPDX-License-Identifier: Apache-2.0 */
/* memmem(): not in POSIX before 2024. It skips ahead by the length of the boundary, so that a large
 * body is scanned faster than it could be read line by line, and its worst case is linear. */
#define _GNU_SOURCE

#include "mime/boundary.h"

#include "base/span.h"

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

bool sg_boundary_find(struct sg_boundary *boundary, struct signet_span body, size_t from,
                      struct sg_delimiter *out)
{
    struct signet_span needle = boundary->needle;
    for (size_t at = from; at < body.len; at += needle.len) {
        const uint8_t *found = memmem(body.ptr + at, body.len - at, needle.ptr, needle.len);
        if (found == NULL)
            return false;
        at = (size_t)(found - body.ptr);
        uint8_t before = at > 0 ? body.ptr[at - 1] : '\n';
        if (before == '\n' && read_tail(body, at + needle.len, out)) {
            out->content_end = before_line_break(body, at);
            return true;
        }
        boundary->ambiguous = boundary->ambiguous || before == '\n' || before == '\r';
    }
    return false;
}
