/* SPDX-License-Identifier: Apache-2.0 */
#include "asn1/der.h"

#include "asn1/element.h"

/* Universal types that are always constructed in DER: EXTERNAL, EMBEDDED PDV, SEQUENCE, SET,
 * CHARACTER STRING. All others are always primitive (X.690 10.2). */
#define CONSTRUCTED_TYPES (1u << 8 | 1u << 11 | 1u << 16 | 1u << 17 | 1u << 29)

/* Stands in for the address of an empty input, so that no arithmetic happens on NULL. */
static const uint8_t no_octets[1];

struct sg_der sg_der_begin(struct signet_span bytes, struct signet_parse_error *error)
{
    const uint8_t *ptr = bytes.ptr != NULL ? bytes.ptr : no_octets;
    return (struct sg_der){ptr, ptr + bytes.len, ptr, error};
}

struct sg_der sg_der_within(const struct sg_der *parent, struct signet_span bytes)
{
    struct sg_der inner = sg_der_begin(bytes, parent->error);
    if (bytes.ptr != NULL)
        inner.origin = parent->origin;
    return inner;
}

bool sg_der_fail_at(struct sg_der *der, const uint8_t *at, const char *expected)
{
    if (der->error->expected == NULL) {
        der->error->offset = (size_t)(at - der->origin);
        der->error->expected = expected;
    }
    return false;
}

bool sg_der_fail(struct sg_der *der, const char *expected)
{
    return sg_der_fail_at(der, der->ptr, expected);
}

static bool has_der_form(uint32_t tag)
{
    if (tag >= 0x40)
        return true;
    bool always_constructed = (CONSTRUCTED_TYPES >> (tag & 0x1f) & 1) != 0;
    return always_constructed == sg_tag_is_constructed(tag);
}

/* Tags of one octet that need no second look: no universal one in the other form than DER's. */
static bool is_plain_tag(uint8_t tag)
{
    const uint64_t universal =
        (~CONSTRUCTED_TYPES & UINT32_C(0x7ffffffe)) | (uint64_t)CONSTRUCTED_TYPES << 32;
    return (tag & 0x1f) != 0x1f && (tag >= 0x40 || (universal >> tag & 1) != 0);
}

/* How many octets the header has; 0: the general reader has to look. */
struct short_header {
    size_t len, content_len;
};

/* The header of an element such as nearly all are, with a plain tag and up to two octets after the
 * first of the length. */
static inline struct short_header read_short_header(const struct sg_der *der)
{
    const uint8_t *at = der->ptr;
    size_t room = (size_t)(der->end - at);
    struct short_header header = {2, 0};
    if (room < 4) { /* BOOLEAN and NULL may end the input */
        if (room < 2 || at[1] > 1)
            return (struct short_header){0, 0};
        header.content_len = at[1];
    } else if (at[1] < 0x80) {
        header.content_len = at[1];
    } else if (at[1] == 0x81 && at[2] >= 0x80) {
        header = (struct short_header){3, at[2]};
    } else if (at[1] == 0x82 && at[2] != 0) {
        header = (struct short_header){4, (size_t)at[2] << 8 | at[3]};
    } else {
        return (struct short_header){0, 0};
    }
    bool whole = is_plain_tag(at[0]) && header.content_len <= room - header.len;
    return whole ? header : (struct short_header){0, 0};
}

/* The whole length of the element that DER is at, if that has a plain tag and a length of one
 * octet; else 0: somebody else has to look. */
static inline size_t find_short(const struct sg_der *der)
{
    const uint8_t *at = der->ptr;
    size_t room = (size_t)(der->end - at);
    bool is_short = room >= 2 && at[1] < 0x80 && at[1] <= room - 2 && is_plain_tag(at[0]);
    return is_short ? (size_t)at[1] + 2 : 0;
}

static bool parse_header(struct sg_der *der, struct sg_header *out)
{
    const uint8_t *at = der->ptr;
    const char *expected = sg_header_parse(der->ptr, der->end, out, &at);
    if (expected != NULL)
        return sg_der_fail_at(der, at, expected);
    if (!out->minimal)
        return sg_der_fail_at(der, der->ptr + out->tag_len, "a definite, minimal length");
    return has_der_form(out->tag) || sg_der_fail(der, "a type in the form that DER has for it");
}

bool sg_der_next_is_any(const struct sg_der *der, uint32_t tag)
{
    struct sg_header header;
    const uint8_t *at;
    return sg_header_parse(der->ptr, der->end, &header, &at) == NULL && header.tag == tag;
}

bool sg_der_end(struct sg_der *der)
{
    return der->ptr == der->end || sg_der_fail(der, "the end");
}

static bool read_any(struct sg_der *der, struct sg_tlv *out)
{
    struct sg_header header;
    if (!parse_header(der, &header))
        return false;
    out->tag = header.tag;
    out->full = sg_span(der->ptr, header.len + header.content_len);
    out->value = sg_span(der->ptr + header.len, header.content_len);
    der->ptr += out->full.len;
    return true;
}

static bool read_longer(struct sg_der *der, struct sg_tlv *out)
{
    struct short_header header = read_short_header(der);
    if (header.len == 0)
        return read_any(der, out);
    const uint8_t *at = der->ptr;
    der->ptr += header.len + header.content_len;
    *out =
        (struct sg_tlv){*at, {at, (size_t)(der->ptr - at)}, {at + header.len, header.content_len}};
    return true;
}

bool sg_der_any(struct sg_der *der, struct sg_tlv *out)
{
    size_t len = find_short(der);
    if (len == 0)
        return read_longer(der, out);
    const uint8_t *at = der->ptr;
    *out = (struct sg_tlv){*at, {at, len}, {at + 2, len - 2}};
    der->ptr = at + len;
    return true;
}

static bool read_tag(struct sg_der *der, uint32_t tag, struct sg_tlv *out, const char *expected)
{
    if (!sg_der_next_is(der, tag))
        return sg_der_fail(der, expected);
    return sg_der_any(der, out);
}

static bool read_value(struct sg_der *der, uint32_t tag, struct signet_span *out,
                       const char *expected)
{
    struct sg_tlv tlv;
    if (!read_tag(der, tag, &tlv, expected))
        return false;
    *out = tlv.value;
    return true;
}

static bool read_longer_value(struct sg_der *der, uint32_t tag, struct signet_span *out,
                              const char *expected)
{
    struct short_header header = read_short_header(der);
    if (header.len == 0 || *der->ptr != tag)
        return read_value(der, tag, out, expected);
    *out = sg_span(der->ptr + header.len, header.content_len);
    der->ptr += header.len + header.content_len;
    return true;
}

static inline bool take_value(struct sg_der *der, uint32_t tag, struct signet_span *out,
                              const char *expected)
{
    size_t len = find_short(der);
    if (len == 0 || *der->ptr != tag)
        return read_longer_value(der, tag, out, expected);
    *out = (struct signet_span){der->ptr + 2, len - 2};
    der->ptr += len;
    return true;
}

bool sg_der_value(struct sg_der *der, uint32_t tag, struct signet_span *out, const char *expected)
{
    return take_value(der, tag, out, expected);
}

bool sg_der_full(struct sg_der *der, uint32_t tag, struct signet_span *out, const char *expected)
{
    struct sg_tlv tlv;
    if (!read_tag(der, tag, &tlv, expected))
        return false;
    *out = tlv.full;
    return true;
}

static inline bool enter(struct sg_der *der, uint32_t tag, struct sg_der *inner,
                         const char *expected)
{
    struct signet_span value;
    if (!take_value(der, tag, &value, expected))
        return false;
    *inner = (struct sg_der){value.ptr, value.ptr + value.len, der->origin, der->error};
    return true;
}

bool sg_der_enter(struct sg_der *der, uint32_t tag, struct sg_der *inner, const char *expected)
{
    return enter(der, tag, inner, expected);
}

bool sg_der_element(struct sg_der *der, uint32_t tag, struct signet_span *full,
                    struct sg_der *inner, const char *expected)
{
    const uint8_t *at = der->ptr;
    if (!enter(der, tag, inner, expected))
        return false;
    *full = sg_span(at, (size_t)(inner->end - at));
    return true;
}

bool sg_der_optional(struct sg_der *der, uint32_t tag, struct signet_span *out)
{
    if (!sg_der_next_is(der, tag)) {
        *out = (struct signet_span){NULL, 0};
        return true;
    }
    return sg_der_value(der, tag, out, "an element");
}

/* One element of TAG whose content must satisfy VALID, else WANTED is latched at its first octet.
 */
static inline bool read_checked(struct sg_der *der, uint32_t tag, bool (*valid)(struct signet_span),
                                const char *wanted, struct signet_span *out, const char *expected)
{
    const uint8_t *at = der->ptr;
    struct signet_span value;
    if (!take_value(der, tag, &value, expected))
        return false;
    if (!valid(value)) {
        der->ptr = at;
        return sg_der_fail_at(der, value.ptr, wanted);
    }
    *out = value;
    return true;
}

bool sg_der_integer(struct sg_der *der, struct signet_span *out, const char *expected)
{
    return read_checked(der, SG_TAG_INTEGER, sg_integer_valid,
                        "an INTEGER without superfluous leading octets", out, expected);
}

static bool is_uint32(struct signet_span content)
{
    uint32_t value;
    return sg_integer_to_uint32(content, &value);
}

bool sg_der_uint32(struct sg_der *der, uint32_t *out, const char *expected)
{
    struct signet_span value;
    if (!read_checked(der, SG_TAG_INTEGER, is_uint32, "a minimal INTEGER between 0 and 4294967295",
                      &value, expected))
        return false;
    return sg_integer_to_uint32(value, out);
}

static bool is_boolean(struct signet_span content)
{
    return content.len == 1 && (content.ptr[0] == 0x00 || content.ptr[0] == 0xff);
}

bool sg_der_boolean(struct sg_der *der, uint32_t tag, bool *out)
{
    struct signet_span value;
    if (!read_checked(der, tag, is_boolean, "00 or FF", &value, "a BOOLEAN"))
        return false;
    *out = value.ptr[0] != 0;
    return true;
}

bool sg_oid_valid(struct signet_span oid)
{
    if (oid.len == 3 && ((oid.ptr[0] | oid.ptr[1] | oid.ptr[2]) & 0x80) == 0)
        return true;    /* as all those of X.500 are */
    uint8_t before = 0; /* below 80: a subidentifier begins, and must not begin with 80 */
    for (size_t i = 0; i < oid.len; i++) {
        if (oid.ptr[i] == 0x80 && before < 0x80)
            return false;
        before = oid.ptr[i];
    }
    return oid.len > 0 && before < 0x80;
}

bool sg_der_oid(struct sg_der *der, struct signet_span *out, const char *expected)
{
    return read_checked(der, SG_TAG_OID, sg_oid_valid, "a well-formed OBJECT IDENTIFIER", out,
                        expected);
}

static bool is_bit_string(struct signet_span content)
{
    if (content.len == 0 || content.ptr[0] > 7)
        return false;
    unsigned unused = content.ptr[0];
    if (content.len == 1)
        return unused == 0;
    return (content.ptr[content.len - 1] & ((1u << unused) - 1)) == 0;
}

bool sg_der_bit_string(struct sg_der *der, uint32_t tag, struct signet_span *out, unsigned *unused,
                       const char *expected)
{
    struct signet_span value;
    if (!read_checked(der, tag, is_bit_string, "a BIT STRING whose unused bits are 0 to 7 zeros",
                      &value, expected))
        return false;
    *unused = value.ptr[0];
    *out = sg_span_from(value, 1);
    return true;
}

static bool is_empty(struct signet_span content)
{
    return content.len == 0;
}

bool sg_der_null(struct sg_der *der)
{
    struct signet_span value;
    return read_checked(der, SG_TAG_NULL, is_empty, "a NULL without content", &value, "a NULL");
}
