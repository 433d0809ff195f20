/* SPDX-License-Identifier: Apache-2.0 */
/*
 * SipHash-1-3 (Aumasson and Bernstein, 2012) step by step, with the key SEED || 0: for whoever
 * wants hashes of the beginnings of something, too, and may copy the state on the way.
 * sg_span_hash is one sg_sip_add between begin and end.
 */
#ifndef SG_BASE_SIP_H
#define SG_BASE_SIP_H

#include "base/span.h"

struct sg_sip {
    uint64_t v0, v1, v2, v3;
};

static inline struct sg_sip sg_sip_begin(uint64_t seed)
{
    return (struct sg_sip){UINT64_C(0x736f6d6570736575) ^ seed, UINT64_C(0x646f72616e646f6d),
                           UINT64_C(0x6c7967656e657261) ^ seed, UINT64_C(0x7465646279746573)};
}

static inline uint64_t sg_sip_rotate(uint64_t word, unsigned bits)
{
    return (word << bits) | (word >> (64 - bits));
}

static inline void sg_sip_round(struct sg_sip *sip)
{
    struct sg_sip s = *sip;
    s.v0 += s.v1;
    s.v1 = sg_sip_rotate(s.v1, 13) ^ s.v0;
    s.v0 = sg_sip_rotate(s.v0, 32);
    s.v2 += s.v3;
    s.v3 = sg_sip_rotate(s.v3, 16) ^ s.v2;
    s.v0 += s.v3;
    s.v3 = sg_sip_rotate(s.v3, 21) ^ s.v0;
    s.v2 += s.v1;
    s.v1 = sg_sip_rotate(s.v1, 17) ^ s.v2;
    s.v2 = sg_sip_rotate(s.v2, 32);
    *sip = s;
}

static inline void sg_sip_add_number(struct sg_sip *sip, uint64_t number)
{
    sip->v3 ^= number;
    sg_sip_round(sip);
    sip->v0 ^= number;
}

/* Octets as a number, the first the lowest on every machine: databases keep hashes, and go from one
 * machine to another. */
static inline uint64_t sg_sip_load(const uint8_t *octets)
{
    uint64_t word;
    memcpy(&word, octets, sizeof(word));
    return __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__ ? __builtin_bswap64(word) : word;
}

static inline uint32_t sg_sip_load_half(const uint8_t *octets)
{
    uint32_t half;
    memcpy(&half, octets, sizeof(half));
    return __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__ ? __builtin_bswap32(half) : half;
}

/* Eight octets. */
static inline void sg_sip_add_word(struct sg_sip *sip, const uint8_t *octets)
{
    sg_sip_add_number(sip, sg_sip_load(octets));
}

/* What is LEFT when all whole words of LEN octets have been added, less than eight octets, under
 * the low octet of LEN. */
static inline void sg_sip_add_rest(struct sg_sip *sip, const uint8_t *left, size_t len)
{
    uint64_t word = (uint64_t)len << 56;
    unsigned shift = 0;
    if ((len & 4) != 0) {
        word |= sg_sip_load_half(left);
        left += 4;
        shift = 32;
    }
    for (size_t i = 0; i < (len & 3); i++, shift += 8)
        word |= (uint64_t)left[i] << shift;
    sg_sip_add_number(sip, word);
}

static inline void sg_sip_add(struct sg_sip *sip, struct signet_span span)
{
    size_t whole = span.len / 8 * 8;
    for (size_t i = 0; i < whole; i += 8)
        sg_sip_add_word(sip, span.ptr + i);
    sg_sip_add_rest(sip, sg_span_from(span, whole).ptr, span.len);
}

static inline uint64_t sg_sip_end(const struct sg_sip *sip)
{
    struct sg_sip s = *sip;
    s.v2 ^= 0xff;
    sg_sip_round(&s);
    sg_sip_round(&s);
    sg_sip_round(&s);
    return s.v0 ^ s.v1 ^ s.v2 ^ s.v3;
}

#endif
