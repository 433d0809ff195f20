/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Sixteen octets looked at together, in what compilers have instructions for on every processor: to
 * pass by, at the speed of memory, what has nothing in it.
 */
#ifndef SG_BASE_BLOCK_H
#define SG_BASE_BLOCK_H

#include "signet/base.h"

#include <string.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#define SG_BLOCK_LEN 16

/* A GNU extension. A comparison gives a block of truths: all bits of an octet or none. */
typedef uint8_t sg_block __attribute__((vector_size(SG_BLOCK_LEN)));

static inline sg_block sg_block_load(const uint8_t *octets)
{
    sg_block block;
    memcpy(&block, octets, sizeof(block));
    return block;
}

/* Where BLOCK has OCTET. */
static inline sg_block sg_block_has(sg_block block, uint8_t octet)
{
    return (sg_block)(block == (sg_block){0} + octet);
}

/* Where BLOCK has an octet below LIMIT, which is at most 127, or above 127. */
static inline sg_block sg_block_outside(sg_block block, uint8_t limit)
{
    typedef int8_t signed_block __attribute__((vector_size(SG_BLOCK_LEN)));
    return (sg_block)((signed_block)block < (signed_block){0} + (int8_t)limit);
}

/* Some octet is not zero. */
static inline bool sg_block_any(sg_block block)
{
    uint64_t words[2];
    memcpy(words, &block, sizeof(words));
    return (words[0] | words[1]) != 0;
}

/* One truth of each octet of WORD, the first of them lowest. Each moves the bit that its place
 * leaves of it into the highest octet, where no two meet. */
static inline unsigned sg_block_word_bits(uint64_t word)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    word &= 0x8040201008040201;
#else
    word &= 0x0102040810204080;
#endif
    return (unsigned)(word * (UINT64_MAX / 255) >> 56);
}

static inline unsigned sg_block_bits_portably(sg_block truths)
{
    uint64_t words[2];
    memcpy(words, &truths, sizeof(words));
    return sg_block_word_bits(words[0]) | sg_block_word_bits(words[1]) << 8;
}

/* A bit for each of a block of TRUTHS, the first of them lowest. */
static inline unsigned sg_block_bits(sg_block truths)
{
#if defined(__SSE2__)
    return (unsigned)_mm_movemask_epi8((__m128i)truths);
#else
    return sg_block_bits_portably(truths);
#endif
}

#endif
