/* SPDX-License-Identifier: Apache-2.0 */
#include "base/block.h"

#include "test.h"

/* Truths in the order of BITS, the lowest first. */
static sg_block make_truths(unsigned bits)
{
    uint8_t octets[SG_BLOCK_LEN];
    for (unsigned i = 0; i < SG_BLOCK_LEN; i++)
        octets[i] = (bits >> i & 1) != 0 ? UINT8_MAX : 0;
    return sg_block_load(octets);
}

static void has_a_bit_for_each_truth(void **state)
{
    (void)state;
    for (unsigned bits = 0; bits <= UINT16_MAX; bits++) {
        sg_block truths = make_truths(bits);
        assert_int_equal(sg_block_bits(truths), bits);
        assert_int_equal(sg_block_bits_portably(truths), bits);
        assert_int_equal(sg_block_any(truths), bits != 0);
    }
}

static void compares_each_octet(void **state)
{
    (void)state;
    for (unsigned octet = 0; octet <= UINT8_MAX; octet++) {
        uint8_t octets[SG_BLOCK_LEN];
        for (unsigned i = 0; i < SG_BLOCK_LEN; i++)
            octets[i] = (uint8_t)(octet + i);
        sg_block block = sg_block_load(octets);
        unsigned outside = 0;
        for (unsigned i = 0; i < SG_BLOCK_LEN; i++) {
            assert_int_equal(sg_block_bits(sg_block_has(block, octets[i])), 1U << i);
            outside |= (unsigned)(octets[i] < ' ' || octets[i] > 127) << i;
        }
        assert_int_equal(sg_block_bits(sg_block_outside(block, ' ')), outside);
    }
}

SG_TEST_MAIN(SG_TEST("", has_a_bit_for_each_truth), SG_TEST("", compares_each_octet))
