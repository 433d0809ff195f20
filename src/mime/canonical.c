/* SPDX-License-Identifier: Apache-2.0 */
#include "mime/transfer.h"

#include "base/span.h"

static const uint8_t crlf[] = {'\r', '\n'};

struct sg_canonical sg_canonical_begin(struct signet_span bytes)
{
    return (struct sg_canonical){.rest = bytes};
}

/* Octets before the first LF that has no CR before it; all where there is none. REST starts after a
 * line end, so an LF in its first place is bare. */
static size_t bare_lf(struct signet_span rest)
{
    size_t at = 0;
    while (at < rest.len) {
        const uint8_t *lf = memchr(rest.ptr + at, '\n', rest.len - at);
        if (lf == NULL)
            return rest.len;
        at = (size_t)(lf - rest.ptr);
        if (at == 0 || rest.ptr[at - 1] != '\r')
            return at;
        at++;
    }
    return rest.len;
}

bool sg_canonical_next(struct sg_canonical *canonical, struct signet_span *chunk)
{
    if (canonical->pending_crlf) {
        canonical->pending_crlf = false;
        *chunk = sg_span(crlf, sizeof(crlf));
        return true;
    }
    if (canonical->rest.len == 0)
        return false;

    size_t len = canonical->verbatim ? canonical->rest.len : bare_lf(canonical->rest);
    bool at_lf = len < canonical->rest.len;
    *chunk = len > 0 ? sg_span_first(canonical->rest, len) : sg_span(crlf, sizeof(crlf));
    canonical->pending_crlf = at_lf && len > 0;
    canonical->rest = sg_span_from(canonical->rest, at_lf ? len + 1 : len);
    return true;
}
