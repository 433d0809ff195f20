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

/* Eight octets at once: in each, the high bit of "at least A" and of "more than Z". */
static inline uint64_t lower_word(uint64_t word)
{
    const uint64_t ones = UINT64_C(0x0101010101010101), high = ones << 7;
    uint64_t low = word & ~high;
    uint64_t from_a = low + (0x80 - 'A') * ones, past_z = low + (0x80 - 'Z' - 1) * ones;
    return word | (from_a & ~past_z & ~word & high) >> 2;
}

void sg_ascii_lower_copy(struct signet_span span, uint8_t *out)
{
    size_t i = 0;
    for (; i + 8 <= span.len; i += 8) {
        uint64_t word;
        memcpy(&word, span.ptr + i, sizeof(word));
        word = lower_word(word);
        memcpy(out + i, &word, sizeof(word));
    }
    for (; i < span.len; i++)
        out[i] = sg_ascii_lower(span.ptr[i]);
}

static inline uint64_t rotate(uint64_t word, unsigned bits)
{
    return (word << bits) | (word >> (64 - bits));
}

static inline struct sg_sip sip_round(struct sg_sip s)
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
static inline uint64_t load_word(const uint8_t *ptr)
{
    uint64_t word;
    memcpy(&word, ptr, sizeof(word));
    return word;
}

static inline uint64_t load_half(const uint8_t *ptr)
{
    uint32_t half;
    memcpy(&half, ptr, sizeof(half));
    return half;
}

/* What follows the last whole word: at most seven octets, under the length's low octet. */
static inline uint64_t load_last(struct signet_span span, size_t whole)
{
    const uint8_t *ptr = sg_span_from(span, whole).ptr;
    uint64_t word = (uint64_t)span.len << 56;
    unsigned shift = 0;
    if ((span.len & 4) != 0) {
        word |= load_half(ptr);
        ptr += 4;
        shift = 32;
    }
    for (size_t left = span.len & 3; left > 0; left--, shift += 8)
        word |= (uint64_t)*ptr++ << shift;
    return word;
}

static inline struct sg_sip add_word(struct sg_sip s, uint64_t word)
{
    s.v3 ^= word;
    s = sip_round(s);
    s.v0 ^= word;
    return s;
}

static inline struct sg_sip add(struct sg_sip s, struct signet_span span)
{
    size_t whole = span.len / 8 * 8;
    for (size_t i = 0; i < whole; i += 8)
        s = add_word(s, load_word(span.ptr + i));
    return add_word(s, load_last(span, whole));
}

static inline uint64_t end(struct sg_sip s)
{
    s.v2 ^= 0xff;
    s = sip_round(sip_round(sip_round(s)));
    return s.v0 ^ s.v1 ^ s.v2 ^ s.v3;
}

static inline struct sg_sip begin(uint64_t seed)
{
    return (struct sg_sip){UINT64_C(0x736f6d6570736575) ^ seed, UINT64_C(0x646f72616e646f6d),
                           UINT64_C(0x6c7967656e657261) ^ seed, UINT64_C(0x7465646279746573)};
}

struct sg_sip sg_sip_begin(uint64_t seed)
{
    return begin(seed);
}

void sg_sip_add(struct sg_sip *sip, struct signet_span span)
{
    *sip = add(*sip, span);
}

uint64_t sg_sip_end(const struct sg_sip *sip)
{
    return end(*sip);
}

/* SipHash-1-3 (Aumasson and Bernstein, 2012) with the key SEED || 0. */
uint64_t sg_span_hash(struct signet_span span, uint64_t seed)
{
    return end(add(begin(seed), span));
}
