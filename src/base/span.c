/* SPDX-License-Identifier: Apache-2.0 */
#include "base/span.h"

int sg_span_compare(struct signet_span a, struct signet_span b)
{
    size_t common = a.len < b.len ? a.len : b.len;
    int order = common > 0 ? memcmp(a.ptr, b.ptr, common) : 0;
    if (order != 0)
        return order;
    return (a.len > b.len) - (a.len < b.len);
}

bool sg_span_equal_ascii_case(struct signet_span a, struct signet_span b)
{
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++) {
        if (sg_ascii_lower(a.ptr[i]) != sg_ascii_lower(b.ptr[i]))
            return false;
    }
    return true;
}

bool sg_span_is_word(struct signet_span span, const char *word)
{
    return sg_span_equal_ascii_case(span, sg_span_text(word));
}

static bool is_blank(uint8_t byte)
{
    return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

struct signet_span sg_span_trim(struct signet_span span)
{
    while (span.len > 0 && is_blank(span.ptr[0]))
        span = sg_span_from(span, 1);
    while (span.len > 0 && is_blank(span.ptr[span.len - 1]))
        span.len--;
    return span;
}

static uint64_t rotate(uint64_t word, unsigned bits)
{
    return (word << bits) | (word >> (64 - bits));
}

struct sip {
    uint64_t v0, v1, v2, v3;
};

static inline struct sip sip_round(struct sip s)
{
    s.v0 += s.v1;
    s.v1 = rotate(s.v1, 13) ^ s.v0;
    s.v0 = rotate(s.v0, 32);
    s.v2 += s.v3;
    s.v3 = rotate(s.v3, 16) ^ s.v2;
    s.v0 += s.v3;
    s.v3 = rotate(s.v3, 21) ^ s.v0;
    s.v2 += s.v1;
    s.v1 = rotate(s.v1, 17) ^ s.v2;
    s.v2 = rotate(s.v2, 32);
    return s;
}

/* In the order of the machine: no hash outlives its process. */
static uint64_t load_word(const uint8_t *ptr)
{
    uint64_t word;
    memcpy(&word, ptr, sizeof(word));
    return word;
}

/* What follows the last whole word: at most seven octets, under the length's low octet. */
static uint64_t load_last(struct signet_span span, size_t whole)
{
    uint64_t word = (uint64_t)span.len << 56;
    for (size_t i = whole; i < span.len; i++)
        word |= (uint64_t)span.ptr[i] << (8 * (i - whole));
    return word;
}

/* SipHash-1-3 (Aumasson and Bernstein, 2012) with the key SEED || 0. */
uint64_t sg_span_hash(struct signet_span span, uint64_t seed)
{
    struct sip s = {UINT64_C(0x736f6d6570736575) ^ seed, UINT64_C(0x646f72616e646f6d),
                    UINT64_C(0x6c7967656e657261) ^ seed, UINT64_C(0x7465646279746573)};
    size_t whole = span.len / 8 * 8;
    for (size_t i = 0; i < whole; i += 8) {
        uint64_t word = load_word(span.ptr + i);
        s.v3 ^= word;
        s = sip_round(s);
        s.v0 ^= word;
    }
    uint64_t last = load_last(span, whole);
    s.v3 ^= last;
    s = sip_round(s);
    s.v0 ^= last;
    s.v2 ^= 0xff;
    s = sip_round(sip_round(sip_round(s)));
    return s.v0 ^ s.v1 ^ s.v2 ^ s.v3;
}
