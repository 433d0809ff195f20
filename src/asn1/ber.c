/* SPDX-License-Identifier: Apache-2.0 */
#include "asn1/ber.h"

#include "asn1/ber_walk.h"
#include "asn1/element.h"

struct sg_ber sg_ber_begin(struct signet_span bytes, struct signet_parse_error *error)
{
    return (struct sg_ber){sg_der_begin(bytes, error), 0};
}

bool sg_ber_next_is(const struct sg_ber *ber, uint32_t tag)
{
    return sg_der_next_is(&ber->at, tag);
}

bool sg_ber_done(const struct sg_ber *ber)
{
    return sg_der_done(&ber->at);
}

bool sg_ber_end(struct sg_ber *ber)
{
    return sg_der_end(&ber->at);
}

/*
 * Looks for the end-of-contents octets of the element at the cursor. Definite elements on the way
 * are passed over whole and indefinite ones only to SG_BER_MAX_DEPTH, so that entering one element
 * after the other reads no octet more than SG_BER_MAX_DEPTH times.
 */
static bool read_indefinite(struct sg_ber *ber, struct sg_ber_tlv *out)
{
    struct sg_ber_walk walk;
    struct signet_span rest = sg_span(ber->at.ptr, (size_t)(ber->at.end - ber->at.ptr));
    sg_ber_walk_begin(&walk, rest, SG_BER_MAX_DEPTH - ber->depth, true);

    enum sg_ber_event event;
    do {
        event = sg_ber_walk_next(&walk);
        if (event == SG_BER_FAILED)
            return sg_der_fail_at(&ber->at, walk.at, walk.expected);
    } while (walk.depth > 0);

    out->full = sg_span(rest.ptr, (size_t)(walk.ptr - rest.ptr));
    return true;
}

bool sg_ber_any(struct sg_ber *ber, struct sg_ber_tlv *out)
{
    struct sg_header header;
    const uint8_t *start = ber->at.ptr, *at = start;
    const char *expected = sg_header_parse(start, ber->at.end, &header, &at);
    if (expected != NULL)
        return sg_der_fail_at(&ber->at, at, expected);

    struct sg_ber_tlv found = {.tag = header.tag, .indefinite = header.indefinite};
    size_t trailer = 0;
    if (header.indefinite) {
        trailer = 2;
        if (!read_indefinite(ber, &found))
            return false;
    } else {
        found.full = sg_span(start, header.len + header.content_len);
    }
    found.value = sg_span(start + header.len, found.full.len - header.len - trailer);
    ber->at.ptr += found.full.len;
    *out = found;
    return true;
}

static bool read_tag(struct sg_ber *ber, uint32_t tag, struct sg_ber_tlv *out, const char *expected)
{
    if (!sg_ber_next_is(ber, tag))
        return sg_der_fail(&ber->at, expected);
    return sg_ber_any(ber, out);
}

bool sg_ber_enter(struct sg_ber *ber, uint32_t tag, struct sg_ber *inner, const char *expected)
{
    struct sg_ber next = *ber;
    struct sg_ber_tlv tlv;
    if (ber->depth >= SG_BER_MAX_DEPTH)
        return sg_der_fail(&ber->at, "less deeply nested elements");
    if (!read_tag(&next, tag, &tlv, expected))
        return false;
    *ber = next;
    *inner = (struct sg_ber){sg_der_within(&next.at, tlv.value), next.depth + 1};
    return true;
}

/* One primitive element of TAG whose content satisfies VALID. */
static bool read_checked(struct sg_ber *ber, uint32_t tag, bool (*valid)(struct signet_span),
                         const char *wanted, struct signet_span *out, const char *expected)
{
    struct sg_ber next = *ber;
    struct sg_ber_tlv tlv;
    if (!read_tag(&next, tag, &tlv, expected))
        return false;
    if (!valid(tlv.value))
        return sg_der_fail_at(&ber->at, tlv.value.ptr, wanted);
    *ber = next;
    *out = tlv.value;
    return true;
}

static bool is_uint32(struct signet_span content)
{
    uint32_t value;
    return sg_integer_to_uint32(content, &value);
}

bool sg_ber_uint32(struct sg_ber *ber, uint32_t *out, const char *expected)
{
    struct signet_span value;
    return read_checked(ber, SG_TAG_INTEGER, is_uint32,
                        "a minimal INTEGER between 0 and 4294967295", &value, expected) &&
           sg_integer_to_uint32(value, out);
}

bool sg_ber_oid(struct sg_ber *ber, struct signet_span *out, const char *expected)
{
    return read_checked(ber, SG_TAG_OID, sg_oid_valid, "a well-formed OBJECT IDENTIFIER", out,
                        expected);
}

/* The segments of a constructed string are OCTET STRINGs, in turn perhaps constructed, whatever the
 * tag of the whole (X.690 8.7.3.2). */
static bool count_segments(struct sg_ber *ber, struct sg_octets *octets)
{
    struct sg_ber_walk walk;
    sg_ber_walk_begin(&walk, octets->encoding, SG_BER_MAX_DEPTH - ber->depth, false);
    for (;;) {
        enum sg_ber_event event = sg_ber_walk_next(&walk);
        if (event == SG_BER_FAILED)
            return sg_der_fail_at(&ber->at, walk.at, walk.expected);
        if (event == SG_BER_END)
            return true;
        if (event == SG_BER_CLOSE)
            continue;
        if ((walk.header.tag & ~SG_TAG_CONSTRUCTED) != SG_TAG_OCTET_STRING)
            return sg_der_fail_at(&ber->at, walk.start, "a segment of an OCTET STRING");
        if (event == SG_BER_LEAF) {
            octets->num += walk.value.len > 0;
            octets->len += walk.value.len;
        }
    }
}

bool sg_ber_octets(struct sg_ber *ber, uint32_t tag, struct sg_octets *out, const char *expected)
{
    bool constructed = sg_ber_next_is(ber, tag | SG_TAG_CONSTRUCTED);
    struct sg_ber next = *ber;
    struct sg_ber_tlv whole;
    if (!read_tag(&next, constructed ? tag | SG_TAG_CONSTRUCTED : tag, &whole, expected))
        return false;
    struct sg_octets octets = sg_octets_of(whole.value);
    if (constructed) {
        octets = (struct sg_octets){.encoding = whole.value, .segmented = true};
        if (!count_segments(&next, &octets))
            return false;
    }
    *ber = next;
    *out = octets;
    return true;
}
