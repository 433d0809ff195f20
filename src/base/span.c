/* SPDX-License-Identifier: Apache-2.0 */
#include "base/span.h"

#include "base/sip.h"

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

uint64_t sg_span_hash(struct signet_span span, uint64_t seed)
{
    struct sg_sip sip = sg_sip_begin(seed);
    sg_sip_add(&sip, span);
    return sg_sip_end(&sip);
}
