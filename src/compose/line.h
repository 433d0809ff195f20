/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Lines that end in CRLF or LF.
 */
#ifndef SG_COMPOSE_LINE_H
#define SG_COMPOSE_LINE_H

#include "base/span.h"

/* Takes the first line off *REST: its octets without the line end. *ENDED: it has one. */
static inline struct signet_span sg_line_take(struct signet_span *rest, bool *ended)
{
    const uint8_t *lf = rest->len > 0 ? memchr(rest->ptr, '\n', rest->len) : NULL;
    size_t len = lf != NULL ? (size_t)(lf - rest->ptr) : rest->len;
    struct signet_span line = sg_span_first(*rest, len);
    *ended = lf != NULL;
    *rest = sg_span_from(*rest, len + (lf != NULL ? 1 : 0));
    if (lf != NULL && line.len > 0 && line.ptr[line.len - 1] == '\r')
        line.len--;
    return line;
}

static inline bool sg_is_blank(uint8_t byte)
{
    return byte == ' ' || byte == '\t';
}

/* LINE without the blanks at its end. */
static inline struct signet_span sg_line_trim(struct signet_span line)
{
    while (line.len > 0 && sg_is_blank(line.ptr[line.len - 1]))
        line.len--;
    return line;
}

static inline bool sg_span_begins(struct signet_span span, const char *text)
{
    size_t len = strlen(text);
    return span.len >= len && memcmp(span.ptr, text, len) == 0;
}

#endif
