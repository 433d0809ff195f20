/* SPDX-License-Identifier: Apache-2.0 */
/* memmem(): not in POSIX before 2024. It skips ahead by the length of the boundary, so that a large
 * body is scanned faster than it could be read line by line, and its worst case is linear. */
#define _GNU_SOURCE

#include "mime/boundary.h"

#include "base/span.h"

bool sg_boundary_init(struct sg_boundary *boundary, struct signet_span text, struct sg_arena *arena)
{
    if (text.len > SIZE_MAX - 3) {
        arena->failed = true;
        return false;
    }
    uint8_t *needle = sg_arena_alloc(arena, text.len + 3);
    if (needle == NULL)
        return false;
    memcpy(needle, "\n--", 3);
    memcpy(needle + 3, text.ptr, text.len);
    boundary->needle = sg_span(needle, text.len + 3);
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
    out->next = at + len + 1;
    if (len < rest.len)
        return rest.ptr[len] == '\n';
    out->next = body.len;
    return true;
}

/* LF is where the line break before the delimiter ends. */
static size_t before_line_break(struct signet_span body, size_t lf)
{
    return lf > 0 && body.ptr[lf - 1] == '\r' ? lf - 1 : lf;
}

/* A delimiter in the very first line has no line break before it. */
static bool starts_body(const struct sg_boundary *boundary, struct signet_span body,
                        struct sg_delimiter *out)
{
    struct signet_span line = sg_span_from(boundary->needle, 1);
    out->content_end = 0;
    return sg_span_equal(sg_span_first(body, line.len), line) && read_tail(body, line.len, out);
}

bool sg_boundary_find(const struct sg_boundary *boundary, struct signet_span body, size_t from,
                      struct sg_delimiter *out)
{
    if (from == 0 && starts_body(boundary, body, out))
        return true;
    size_t at = from > 0 ? from - 1 : 0;
    while (at < body.len) {
        const uint8_t *found =
            memmem(body.ptr + at, body.len - at, boundary->needle.ptr, boundary->needle.len);
        if (found == NULL)
            return false;
        at = (size_t)(found - body.ptr);
        out->content_end = before_line_break(body, at);
        at += boundary->needle.len;
        if (read_tail(body, at, out))
            return true;
    }
    return false;
}
