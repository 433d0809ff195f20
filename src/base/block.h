/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Sixteen octets looked at together, in what compilers have instructions for on every processor: to
 * pass by, at the speed of memory, what has nothing in it.
 */
#ifndef SG_BASE_BLOCK_H
#define SG_BASE_BLOCK_H

#include "signet/base.h"

#include <string.h>

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

#endif
