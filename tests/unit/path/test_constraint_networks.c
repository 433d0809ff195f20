/* SPDX-License-Identifier: Apache-2.0 */
#include "path/constraint_networks.h"
#include "test.h"

enum { NUM_NETWORKS = 40, NUM_ROUNDS = 300 };

/* Numbers as if by chance, the same in each run. */
static uint32_t next_number(uint32_t *number)
{
    *number = *number * 1664525u + 1013904223u;
    return *number >> 8;
}

static void mask_of(unsigned bits, uint8_t *mask, size_t len)
{
    for (size_t i = 0; i<len; i++, bits = bits> 8 ? bits - 8 : 0)
        mask[i] = bits >= 8 ? 0xff : (uint8_t)(0xff00u >> bits);
}

static bool holds(const uint8_t *network, size_t len, const uint8_t *address)
{
    for (size_t i = 0; i < len; i++) {
        if (((network[i] ^ address[i]) & network[len + i]) != 0)
            return false;
    }
    return true;
}

/* The first bits differ little, so that networks meet; the rest is anything. */
static void fill_address(uint8_t *address, size_t len, uint32_t *number)
{
    for (size_t i = 0; i < len; i++)
        address[i] = (uint8_t)(next_number(number) & (i < 2 ? 0x81 : 0xff));
}

static void check_round(size_t len, uint32_t *number)
{
    struct sg_constraint_networks networks = {0};
    uint8_t all[NUM_NETWORKS][32];
    struct sg_arena arena;
    sg_arena_init(&arena, 1 << 20);
    for (size_t i = 0; i < NUM_NETWORKS; i++) {
        fill_address(all[i], len, number);
        mask_of(next_number(number) % (unsigned)(len * 8 + 1), all[i] + len, len);
        if (i < 2) /* wide ones would hide the rest */
            mask_of((unsigned)len * 8, all[i] + len, len);
        else if (all[i][len] < 0xf0)
            all[i][len] = 0xff;
        assert_true(
            sg_constraint_networks_add(&networks, &arena, sg_span(all[i], 2 * len), all[i]));
    }
    sg_constraint_networks_sort(&networks);
    for (size_t n = 0; n < 50; n++) {
        uint8_t address[16];
        bool expected = false;
        fill_address(address, len, number);
        for (size_t i = 0; i < NUM_NETWORKS; i++)
            expected |= holds(all[i], len, address);
        const uint8_t *found = sg_constraint_networks_find(&networks, sg_span(address, len));
        assert_int_equal(found != NULL, expected);
        assert_true(found == NULL || holds(found, len, address));
    }
    sg_arena_clear(&arena);
}

static void finds_what_a_look_at_each_finds(void **state)
{
    uint32_t number = 1;
    (void)state;
    for (size_t i = 0; i < NUM_ROUNDS; i++) {
        check_round(4, &number);
        check_round(16, &number);
    }
}

static void tells_the_widest_and_of_equals_the_first(void **state)
{
    static const uint8_t all[][8] = {
        {10, 1, 0, 0, 255, 255, 0, 0}, {10, 0, 0, 0, 255, 0, 0, 0}, {10, 9, 9, 9, 255, 0, 0, 0}};
    struct sg_constraint_networks networks = {0};
    struct sg_arena arena;
    const uint8_t inside[] = {10, 1, 2, 3}, outside[] = {11, 0, 0, 0}, longer[16] = {10};
    (void)state;
    sg_arena_init(&arena, 1 << 20);
    assert_null(sg_constraint_networks_find(&networks, sg_span(inside, 4)));
    for (size_t i = 0; i < SG_NUM(all); i++)
        assert_true(sg_constraint_networks_add(&networks, &arena, sg_span(all[i], 8), all[i]));
    sg_constraint_networks_sort(&networks);
    assert_ptr_equal(sg_constraint_networks_find(&networks, sg_span(inside, 4)), all[1]);
    assert_null(sg_constraint_networks_find(&networks, sg_span(outside, 4)));
    assert_null(sg_constraint_networks_find(&networks, sg_span(longer, 16)));
    sg_arena_clear(&arena);
}

static void says_when_memory_is_out(void **state)
{
    static const uint8_t network[8] = {0};
    struct sg_constraint_networks networks = {0};
    struct sg_arena arena;
    (void)state;
    sg_arena_init(&arena, 1);
    assert_false(sg_constraint_networks_add(&networks, &arena, sg_span(network, 8), network));
    assert_true(arena.failed);
    sg_arena_clear(&arena);
}

SG_TEST_MAIN(SG_TEST("B-NC-5", finds_what_a_look_at_each_finds),
             SG_TEST("B-NC-5 B-OUT-2", tells_the_widest_and_of_equals_the_first),
             SG_TEST("", says_when_memory_is_out))
