/* SPDX-License-Identifier: Apache-2.0 */
#include "test.h"

#include "fault.h"
#include "store/nearest.h"

static struct sg_store_ids ids_of(struct sg_arena *arena, const int64_t *items, size_t num)
{
    struct sg_store_ids ids = {
        .items = sg_arena_array(arena, num + 1, sizeof(*ids.items)), .num = num, .cap = num + 1};
    assert_non_null(ids.items);
    if (num > 0)
        memcpy(ids.items, items, num * sizeof(*items));
    return ids;
}

#define IDS(...)                                                                                   \
    ids_of(&arena, (const int64_t[]){__VA_ARGS__}, sizeof((const int64_t[]){__VA_ARGS__}) / 8)

static void expect(const struct sg_store_ids *ids, const int64_t *items, size_t num)
{
    assert_int_equal(ids->num, num);
    assert_memory_equal(ids->items, items, num * sizeof(*items));
}

static void sorts_and_intersects(void **state)
{
    struct sg_arena arena;
    (void)state;
    sg_arena_init(&arena, 1 << 20);
    struct sg_store_ids a = IDS(7, 3, 7, 1, 9, 3), b = IDS(9, 2, 3), both, none = {0};
    sg_ids_sort(&a);
    sg_ids_sort(&b);
    expect(&a, (const int64_t[]){1, 3, 7, 9}, 4);
    assert_true(sg_ids_both(&a, &b, &arena, &both));
    expect(&both, (const int64_t[]){3, 9}, 2);
    assert_true(sg_ids_both(&a, &none, &arena, &both));
    assert_int_equal(both.num, 0);
    sg_arena_clear(&arena);
}

/* E-41: neither who came first nor who came last can be pushed out by any number in between. */
static void takes_both_ends_of_each_class(void **state)
{
    struct sg_arena arena;
    struct sg_store_ids chosen;
    (void)state;
    sg_arena_init(&arena, 1 << 20);
    const struct sg_store_ids classes[] = {IDS(5), {0}, IDS(1, 2, 3, 4, 5, 6)};
    assert_true(sg_nearest_choose(classes, 3, 4, &arena, &chosen));
    expect(&chosen, (const int64_t[]){5, 6, 1, 2}, 4);
    assert_true(sg_nearest_choose(classes, 3, 100, &arena, &chosen));
    assert_int_equal(chosen.num, 6);
    assert_true(sg_nearest_choose(classes, 3, 0, &arena, &chosen));
    assert_int_equal(chosen.num, 0);
    sg_arena_clear(&arena);
}

static void says_when_memory_is_out(void **state)
{
    struct sg_arena arena;
    struct sg_store_ids chosen;
    (void)state;
    sg_arena_init(&arena, 1 << 20);
    fault_begin(0);
    bool done = sg_nearest_choose(NULL, 0, 5, &arena, &chosen);
    fault_end();
    assert_false(done);
    sg_arena_clear(&arena);
}

SG_TEST_MAIN(SG_TEST("", sorts_and_intersects), SG_TEST("E-41", takes_both_ends_of_each_class),
             SG_TEST("", says_when_memory_is_out))
