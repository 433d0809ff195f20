/* SPDX-License-Identifier: Apache-2.0 */
#include "mbox.h"

#include <string.h>

static const char from_line[] = "From ";

static bool is_from_line(struct signet_span bytes, size_t at)
{
    size_t len = sizeof from_line - 1;

    return bytes.len - at >= len && memcmp(bytes.ptr + at, from_line, len) == 0;
}

bool mbox_is(struct signet_span bytes)
{
    return is_from_line(bytes, 0);
}

struct mbox mbox_begin(struct signet_span bytes)
{
    return (struct mbox){bytes, 0};
}

/* Where the line after AT begins, or the end. */
static size_t next_line(struct signet_span bytes, size_t at)
{
    const uint8_t *lf = memchr(bytes.ptr + at, '\n', bytes.len - at);

    return lf == NULL ? bytes.len : (size_t)(lf - bytes.ptr) + 1;
}

/* LINE, from BEGIN to END, is empty. */
static bool is_empty_line(struct signet_span bytes, size_t begin, size_t end)
{
    return end - begin <= 2 && bytes.ptr[end - 1] == '\n' &&
           (end - begin == 1 || bytes.ptr[begin] == '\r');
}

bool mbox_next(struct mbox *mbox, struct signet_span *message)
{
    struct signet_span bytes = mbox->bytes;
    size_t begin, at, line, last_empty;

    if (mbox->offset >= bytes.len)
        return false;
    begin = next_line(bytes, mbox->offset);
    last_empty = bytes.len;
    for (at = begin; at < bytes.len; at = line) {
        line = next_line(bytes, at);
        if (is_from_line(bytes, at) && last_empty != bytes.len)
            break;
        last_empty = is_empty_line(bytes, at, line) ? at : bytes.len;
    }
    *message = (struct signet_span){bytes.ptr + begin, (last_empty < at ? last_empty : at) - begin};
    mbox->offset = at;
    return true;
}
