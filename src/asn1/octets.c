/* SPDX-License-Identifier: Apache-2.0 */
#include "asn1/octets.h"

#include "asn1/element.h"
#include "base/spool.h"

/*
 * The next element that is no segment cut again. No stack is needed: what such a segment has in it
 * stands where it stands itself, and its end-of-contents octets, if any, are no OCTET STRING. All
 * was read before (sg_ber_octets), but may lie in a file that somebody else writes to meanwhile.
 */
static bool read_segment(struct signet_span *elements, struct signet_span *segment)
{
    const uint8_t *at = elements->ptr, *end = at + elements->len, *error_at;
    struct sg_header header;
    while (end - at >= 2) {
        if (at[0] == 0 && at[1] == 0) {
            at += 2;
            continue;
        }
        if (sg_header_parse(at, end, &header, &error_at) != NULL)
            return false;
        at += header.len;
        if (sg_tag_is_constructed(header.tag))
            continue;
        if (header.indefinite)
            return false;
        *segment = sg_span(at, header.content_len);
        at += header.content_len;
        *elements = sg_span(at, (size_t)(end - at));
        return true;
    }
    return false;
}

bool sg_octets_next(struct sg_octets *rest, struct signet_span *segment)
{
    if (rest->num == 0)
        return false;
    *segment = rest->encoding;
    if (rest->segmented) {
        do {
            if (!read_segment(&rest->encoding, segment))
                return false;
        } while (segment->len == 0);
    }
    if (segment->len > rest->len)
        return false;
    rest->len -= segment->len;
    rest->num--;
    return true;
}

bool sg_octets_join(const struct sg_octets *octets, struct sg_arena *arena, struct signet_span *out)
{
    struct sg_octets rest = *octets;
    struct signet_span segment;
    if (octets->num == 1 && sg_octets_next(&rest, out))
        return true;
    rest = *octets;
    struct sg_spool joined;
    bool added = sg_spool_begin(&joined, arena, octets->len);
    while (added && sg_octets_next(&rest, &segment))
        added = sg_spool_add(&joined, segment);
    return sg_spool_finish(&joined, out);
}
