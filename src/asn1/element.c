/* SPDX-License-Identifier: Apache-2.0 */
#include "asn1/element.h"

enum { LOW_TAG_MASK = 0x1f, MAX_TAG_NUMBER = 0xffff };

static const char *fail(const uint8_t **at, const uint8_t *where, const char *expected)
{
    *at = where;
    return expected;
}

/* Tag numbers from 31 on, base 128 (X.690 8.1.2.4), after the identifier octet at PTR. */
static const char *parse_high_tag(const uint8_t *ptr, const uint8_t *end, struct sg_header *out,
                                  const uint8_t **at)
{
    const uint8_t *next = ptr + 1;
    uint32_t number = 0;
    do {
        if (next == end)
            return fail(at, next, "more octets of a tag number");
        number = number << 7 | (*next & 0x7f);
        if (number == 0)
            return fail(at, next, "a tag number without leading zeros");
        if (number > MAX_TAG_NUMBER)
            return fail(at, next, "a tag number below 65536");
    } while (*next++ & 0x80);

    if (number < LOW_TAG_MASK)
        return fail(at, ptr, "a tag number below 31 in one octet");
    out->tag = (uint32_t)*ptr << 16 | number;
    out->tag_len = (size_t)(next - ptr);
    return NULL;
}

static const char *parse_tag(const uint8_t *ptr, const uint8_t *end, struct sg_header *out,
                             const uint8_t **at)
{
    if (ptr == end)
        return fail(at, ptr, "an element");
    if (*ptr == 0)
        return fail(at, ptr, "an element, not end-of-contents");
    if ((*ptr & LOW_TAG_MASK) == LOW_TAG_MASK)
        return parse_high_tag(ptr, end, out, at);
    out->tag = *ptr;
    out->tag_len = 1;
    return NULL;
}

/* The long form (X.690 8.1.3.5): PTR is at the first of NUM octets. */
static const char *parse_long_length(const uint8_t *ptr, const uint8_t *end, size_t num,
                                     struct sg_header *out, const uint8_t **at)
{
    if (num == 0x7f)
        return fail(at, ptr - 1, "a length octet other than FF");
    if (num > (size_t)(end - ptr))
        return fail(at, ptr - 1, "all octets of the length");

    size_t len = 0;
    for (size_t i = 0; i < num; i++) {
        if (len > SIZE_MAX >> 8)
            return fail(at, ptr - 1, "a length that fits the input");
        len = len << 8 | ptr[i];
    }
    out->content_len = len;
    out->minimal = len >= 0x80 && ptr[0] != 0;
    return NULL;
}

static const char *parse_length(const uint8_t *ptr, const uint8_t *end, struct sg_header *out,
                                const uint8_t **at)
{
    const uint8_t *octet = ptr + out->tag_len;
    if (octet == end)
        return fail(at, octet, "a length");

    out->len = out->tag_len + 1;
    out->content_len = *octet;
    out->indefinite = *octet == 0x80;
    out->minimal = *octet < 0x80;
    if (out->indefinite) {
        out->content_len = 0;
    } else if (*octet > 0x80) {
        size_t num = *octet & 0x7f;
        const char *expected = parse_long_length(octet + 1, end, num, out, at);
        if (expected != NULL)
            return expected;
        out->len += num;
    }
    if (out->content_len > (size_t)(end - ptr) - out->len)
        return fail(at, octet, "a length that fits the input");
    return NULL;
}

const char *sg_header_parse(const uint8_t *ptr, const uint8_t *end, struct sg_header *out,
                            const uint8_t **at)
{
    const char *expected = parse_tag(ptr, end, out, at);
    return expected != NULL ? expected : parse_length(ptr, end, out, at);
}

bool sg_tag_is_constructed(uint32_t tag)
{
    return ((tag > 0xff ? tag >> 16 : tag) & SG_TAG_CONSTRUCTED) != 0;
}

bool sg_integer_valid(struct signet_span content)
{
    if (content.len < 2)
        return content.len == 1;
    unsigned first = content.ptr[0], sign = content.ptr[1] & 0x80u;
    return !(first == 0x00 && sign == 0) && !(first == 0xff && sign != 0);
}

bool sg_integer_to_uint32(struct signet_span content, uint32_t *out)
{
    if (!sg_integer_valid(content) || content.len > 5 || (content.ptr[0] & 0x80) != 0 ||
        (content.len == 5 && content.ptr[0] != 0))
        return false;
    uint32_t value = 0;
    for (size_t i = 0; i < content.len; i++)
        value = value << 8 | content.ptr[i];
    *out = value;
    return true;
}
