/* SPDX-License-Identifier: Apache-2.0 */
#include "asn1/ber_walk.h"

void sg_ber_walk_begin(struct sg_ber_walk *walk, struct signet_span bytes, unsigned max_depth,
                       bool shallow)
{
    *walk = (struct sg_ber_walk){
        .ptr = bytes.ptr, .end = bytes.ptr + bytes.len, .shallow = shallow, .max_depth = max_depth};
}

enum sg_ber_event sg_ber_walk_fail(struct sg_ber_walk *walk, const uint8_t *at,
                                   const char *expected)
{
    walk->at = at;
    walk->expected = expected;
    return SG_BER_FAILED;
}

static enum sg_ber_event close_element(struct sg_ber_walk *walk)
{
    walk->depth--;
    return SG_BER_CLOSE;
}

static enum sg_ber_event open_element(struct sg_ber_walk *walk)
{
    if (walk->depth >= walk->max_depth)
        return sg_ber_walk_fail(walk, walk->start, "less deeply nested elements");
    const uint8_t *end = walk->depth > 0 ? walk->open[walk->depth - 1].end : walk->end;
    const uint8_t *content = walk->start + walk->header.len;
    walk->open[walk->depth].end =
        walk->header.indefinite ? end : content + walk->header.content_len;
    walk->open[walk->depth].indefinite = walk->header.indefinite;
    walk->depth++;
    walk->ptr = content;
    return SG_BER_OPEN;
}

static enum sg_ber_event take_leaf(struct sg_ber_walk *walk)
{
    walk->value = sg_span(walk->start + walk->header.len, walk->header.content_len);
    walk->ptr = walk->value.ptr + walk->value.len;
    return SG_BER_LEAF;
}

/* The element at ptr, which lies before END. */
static enum sg_ber_event take_element(struct sg_ber_walk *walk, const uint8_t *end)
{
    const uint8_t *at = walk->ptr;
    const char *expected = sg_header_parse(walk->ptr, end, &walk->header, &at);
    walk->start = walk->ptr;
    if (expected != NULL)
        return sg_ber_walk_fail(walk, at, expected);
    if (!sg_tag_is_constructed(walk->header.tag)) {
        if (walk->header.indefinite)
            return sg_ber_walk_fail(walk, at + walk->header.tag_len,
                                    "a definite length of a primitive element");
        return take_leaf(walk);
    }
    return walk->shallow && !walk->header.indefinite ? take_leaf(walk) : open_element(walk);
}

enum sg_ber_event sg_ber_walk_next(struct sg_ber_walk *walk)
{
    bool indefinite = walk->depth > 0 && walk->open[walk->depth - 1].indefinite;
    const uint8_t *end = walk->depth > 0 ? walk->open[walk->depth - 1].end : walk->end;

    if (indefinite && (end - walk->ptr < 2 || walk->ptr[0] == 0)) {
        if (end - walk->ptr < 2 || walk->ptr[1] != 0)
            return sg_ber_walk_fail(walk, walk->ptr, "end-of-contents octets");
        walk->ptr += 2;
        return close_element(walk);
    }
    if (walk->ptr == end)
        return walk->depth > 0 ? close_element(walk) : SG_BER_END;
    return take_element(walk, end);
}
