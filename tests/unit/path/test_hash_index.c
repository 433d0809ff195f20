/* SPDX-License-Identifier: Apache-2.0 */
#include "fault.h"
#include "path/hash_index.h"
#include "test.h"

static void add(struct sg_hash_index *index, uint64_t hash)
{
    assert_true(sg_hash_index_reserve(index));
    sg_hash_index_add(index, hash);
}

static void finds_items_in_the_order_of_adding(void **state)
{
    struct sg_hash_index index = {0};
    (void)state;
    assert_int_equal(sg_hash_index_find(&index, 7, 0), 0);
    for (uint64_t i = 0; i < 1000; i++)
        add(&index, i % 10);
    uint32_t item = 0;
    for (uint32_t i = 0; i < 100; i++) {
        item = sg_hash_index_find(&index, 7, item);
        assert_int_equal(item, 10 * i + 7 + 1);
    }
    assert_int_equal(sg_hash_index_find(&index, 7, item), 0);
    assert_int_equal(sg_hash_index_find(&index, 10, 0), 0);
    sg_hash_index_free(&index);
    assert_int_equal(index.num, 0);
}

static void use_much(struct sg_hash_index *index)
{
    for (int i = 0; i < 100; i++)
        assert_int_equal(sg_hash_index_find(index, UINT64_MAX, 0), 0);
}

static void makes_chains_for_many_that_are_looked_for_often(void **state)
{
    struct sg_hash_index index = {0};
    (void)state;
    for (uint64_t i = 0; i < 32; i++)
        add(&index, i % 3);
    use_much(&index);
    assert_null(atomic_load(&index.chains));
    add(&index, 32 % 3);
    assert_int_equal(sg_hash_index_find(&index, 1, 0), 2);
    assert_null(atomic_load(&index.chains));

    /* The same walk with and without chains, and what is added behind them. */
    uint32_t first = sg_hash_index_find(&index, 1, 2);
    use_much(&index);
    assert_non_null(atomic_load(&index.chains));
    assert_int_equal(sg_hash_index_find(&index, 1, 2), first);
    for (uint64_t i = 33; i < 3000; i++) {
        add(&index, i % 3);
        assert_non_null(atomic_load(&index.chains));
    }
    uint32_t item = 0;
    for (uint32_t i = 0; i < 1000; i++) {
        item = sg_hash_index_find(&index, 1, item);
        assert_int_equal(item, 3 * i + 1 + 1);
    }
    assert_int_equal(sg_hash_index_find(&index, 1, item), 0);
    sg_hash_index_free(&index);
}

static size_t longest_chain(const struct sg_hash_chains *chains)
{
    size_t longest = 0;
    for (size_t bucket = 0; bucket < (size_t)1 << chains->bucket_bits; bucket++) {
        size_t len = 0;
        uint32_t last = chains->buckets[bucket].last, item = last;
        while (item != 0 && (len++ == 0 || item != last))
            item = chains->next[item - 1];
        longest = len > longest ? len : longest;
    }
    return longest;
}

/* Hashes that an attacker chose, alike in their low or their high bits, do not share a bucket. */
static void spreads_hashes_of_any_pattern(void **state)
{
    (void)state;
    for (unsigned shift = 0; shift <= 48; shift += 8) {
        struct sg_hash_index index = {0};
        for (uint64_t i = 0; i < 4096; i++)
            add(&index, i << shift);
        use_much(&index);
        assert_in_range(longest_chain(atomic_load(&index.chains)), 1, 200);
        sg_hash_index_free(&index);
    }
}

static void survives_every_failing_allocation(void **state)
{
    bool done = false;
    (void)state;
    for (size_t n = 0; !done; n++) {
        struct sg_hash_index index = {0};
        size_t num = 0;
        fault_begin(n);
        while (num < 400 && sg_hash_index_reserve(&index)) {
            sg_hash_index_add(&index, num++);
            assert_int_equal(sg_hash_index_find(&index, num - 1, 0), num);
        }
        fault_end();
        done = num == 400;
        for (size_t i = 0; i < num; i++)
            assert_int_equal(sg_hash_index_find(&index, i, 0), i + 1);
        assert_int_equal(sg_hash_index_find(&index, num, 0), 0);
        add(&index, num); /* and it can be used on */
        assert_int_equal(sg_hash_index_find(&index, num, 0), num + 1);
        sg_hash_index_free(&index);
    }
}

SG_TEST_MAIN(SG_TEST("", finds_items_in_the_order_of_adding),
             SG_TEST("", makes_chains_for_many_that_are_looked_for_often),
             SG_TEST("E-9", spreads_hashes_of_any_pattern),
             SG_TEST("", survives_every_failing_allocation))
