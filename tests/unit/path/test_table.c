/* SPDX-License-Identifier: Apache-2.0 */
#include "path/table.h"
#include "test.h"

enum { NUM = 5000 };

static bool same_number(const void *item, const void *key)
{
    return *(const int *)item == *(const int *)key;
}

static void finds_what_was_added_and_nothing_else(void **state)
{
    /* Hashes that spread, that all meet in one slot, and that are all the same. */
    static const struct {
        uint64_t factor;
        int num;
    } rows[] = {{UINT64_C(0x9e3779b97f4a7c15), NUM}, {UINT64_C(1) << 32, 300}, {0, 300}};
    (void)state;
    for (size_t row = 0; row < SG_NUM(rows); row++) {
        struct sg_arena arena;
        sg_arena_init(&arena, 1 << 24);
        struct sg_table table = {.arena = &arena};
        int *numbers = sg_test_keep(calloc(NUM, sizeof(*numbers)));
        for (int i = 0; i < rows[row].num; i++) {
            numbers[i] = i;
            assert_null(sg_table_find(&table, (uint64_t)i * rows[row].factor, same_number, &i));
            assert_true(sg_table_add(&table, (uint64_t)i * rows[row].factor, &numbers[i]));
        }
        for (int i = 0; i < rows[row].num; i++)
            assert_ptr_equal(sg_table_find(&table, (uint64_t)i * rows[row].factor, same_number, &i),
                             &numbers[i]);
        sg_arena_clear(&arena);
    }
}

static void finds_nothing_in_an_empty_table(void **state)
{
    struct sg_arena arena;
    int number = 0;
    (void)state;
    sg_arena_init(&arena, 1 << 20);
    struct sg_table table = {.arena = &arena};
    assert_null(sg_table_find(&table, 0, same_number, &number));
    sg_arena_clear(&arena);
}

static void keeps_what_it_has_when_memory_is_out(void **state)
{
    struct sg_arena arena;
    int numbers[1000];
    int num = 0;
    (void)state;
    sg_arena_init(&arena, 4096);
    struct sg_table table = {.arena = &arena};
    for (; num < 1000; num++) {
        numbers[num] = num;
        if (!sg_table_add(&table, (uint64_t)num, &numbers[num]))
            break;
    }
    assert_in_range(num, 1, 999);
    assert_true(arena.failed);
    for (int i = 0; i < num; i++)
        assert_ptr_equal(sg_table_find(&table, (uint64_t)i, same_number, &i), &numbers[i]);
    sg_arena_clear(&arena);
}

static void seeds_differ_between_objects(void **state)
{
    int a = 0, b = 0;
    (void)state;
    assert_true(sg_table_seed(&a) != sg_table_seed(&b));
}

SG_TEST_MAIN(SG_TEST("", finds_what_was_added_and_nothing_else),
             SG_TEST("", finds_nothing_in_an_empty_table),
             SG_TEST("", keeps_what_it_has_when_memory_is_out),
             SG_TEST("", seeds_differ_between_objects))
