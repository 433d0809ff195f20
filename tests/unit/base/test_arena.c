/* SPDX-License-Identifier: Apache-2.0 */
#include "base/arena.h"
#include "fault.h"
#include "test.h"

static bool is_zero(const uint8_t *ptr, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (ptr[i] != 0)
            return false;
    }
    return true;
}

static void gives_zeroed_memory_of_its_own(void **state)
{
    static const size_t lens[] = {0, 1, 7, 16, 100, 1000, 5000, 3, 70000, 300000, 12};
    uint8_t *objects[SG_NUM(lens)];
    struct sg_arena arena;
    (void)state;
    sg_arena_init(&arena, (size_t)1 << 20);
    assert_null(arena.blocks);
    for (size_t i = 0; i < SG_NUM(lens); i++) {
        objects[i] = sg_arena_alloc(&arena, lens[i]);
        assert_non_null(objects[i]);
        assert_true(is_zero(objects[i], lens[i]));
        memset(objects[i], (int)i + 1, lens[i]);
    }
    for (size_t i = 0; i < SG_NUM(lens); i++) {
        for (size_t j = 0; j < lens[i]; j++)
            assert_int_equal(objects[i][j], i + 1);
    }
    assert_false(arena.failed);
    sg_arena_clear(&arena);
}

static void aligns_for_any_object(void **state)
{
    struct sg_arena arena;
    (void)state;
    sg_arena_init(&arena, 100000);
    for (size_t len = 1; len < 40; len++)
        assert_int_equal((uintptr_t)sg_arena_alloc(&arena, len) % _Alignof(max_align_t), 0);
    sg_arena_clear(&arena);
}

static void never_takes_more_than_its_maximum(void **state)
{
    struct sg_arena arena;
    (void)state;
    sg_arena_init(&arena, 10000);
    size_t num = 0;
    while (sg_arena_alloc(&arena, 100) != NULL)
        num++;
    assert_true(num >= 40 && num < 100);
    assert_true(arena.used <= 10000);
    assert_true(arena.failed);
    sg_arena_clear(&arena);
}

static void a_refusal_is_latched_until_cleared(void **state)
{
    struct sg_arena arena;
    (void)state;
    sg_arena_init(&arena, 5000);
    assert_non_null(sg_arena_alloc(&arena, 10));
    assert_null(sg_arena_alloc(&arena, 5000));
    assert_null(sg_arena_alloc(&arena, 1));
    assert_true(arena.failed);
    assert_int_equal(sg_arena_status(&arena), SIGNET_ERR_LIMIT);
    sg_arena_clear(&arena);
    assert_int_equal(sg_arena_status(&arena), SIGNET_OK);
    assert_false(arena.failed);
    assert_int_equal(arena.used, 0);
    assert_non_null(sg_arena_alloc(&arena, 4000));
    sg_arena_clear(&arena);
    sg_arena_clear(&arena);
}

static void sizes_do_not_overflow(void **state)
{
    static const struct {
        size_t num, size;
    } rows[] = {{SIZE_MAX, 1},
                {SIZE_MAX - 15, 1},
                {SIZE_MAX / 2 + 1, 2},
                {2, SIZE_MAX / 2 + 1},
                {(size_t)1 << 33, (size_t)1 << 33}};
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct sg_arena arena;
        sg_arena_init(&arena, SIZE_MAX);
        assert_null(sg_arena_array(&arena, rows[i].num, rows[i].size));
        assert_true(arena.failed);
        sg_arena_clear(&arena);
    }
    struct sg_arena arena;
    void *items = NULL;
    size_t cap = 0;
    sg_arena_init(&arena, SIZE_MAX);
    assert_false(sg_arena_grow(&arena, &items, &cap, SIZE_MAX / 2, 1));
    assert_true(arena.failed && items == NULL && cap == 0);
    assert_non_null(memset(&arena, 0, sizeof(arena)));
    sg_arena_clear(&arena); /* zeroed is legal */
}

static void arrays_grow_and_keep_their_items(void **state)
{
    struct sg_arena arena;
    uint32_t *items = NULL;
    size_t cap = 0;
    (void)state;
    sg_arena_init(&arena, (size_t)1 << 20);
    for (uint32_t i = 0; i < 1000; i++) {
        void *grown = items;
        assert_true(sg_arena_grow(&arena, &grown, &cap, i, sizeof(*items)));
        items = grown;
        assert_true(cap > i);
        items[i] = i * i;
    }
    for (uint32_t i = 0; i < 1000; i++)
        assert_int_equal(items[i], i * i);
    assert_true(arena.used < 6 * 1000 * sizeof(*items) + 100000);
    sg_arena_clear(&arena);
}

static void a_failed_growth_changes_nothing(void **state)
{
    struct sg_arena arena;
    void *items = NULL;
    size_t cap = 0;
    (void)state;
    sg_arena_init(&arena, 4200);
    assert_true(sg_arena_grow(&arena, &items, &cap, 0, 16));
    void *before = items;
    size_t cap_before = cap;
    assert_false(sg_arena_grow(&arena, &items, &cap, 1000, 16));
    assert_ptr_equal(items, before);
    assert_int_equal(cap, cap_before);
    sg_arena_clear(&arena);
}

static void copies_bytes(void **state)
{
    struct sg_arena arena;
    (void)state;
    sg_arena_init(&arena, 1000);
    struct signet_span original = hex("01 02 03");
    struct signet_span copy = sg_arena_copy(&arena, original);
    assert_span_equal(copy, original);
    assert_ptr_not_equal(copy.ptr, original.ptr);
    assert_non_null(sg_arena_copy(&arena, sg_span(NULL, 0)).ptr);
    assert_null(sg_arena_copy(&arena, repeat(original, 0, 1000)).ptr);
    assert_true(arena.failed);
    sg_arena_clear(&arena);
}

static void prints(void **state)
{
    struct sg_arena arena;
    (void)state;
    sg_arena_init(&arena, 1000);
    assert_string_equal(sg_arena_printf(&arena, "%s-%d", "a", 7), "a-7");
    assert_string_equal(sg_arena_printf(&arena, "%s", ""), "");
    assert_null(sg_arena_printf(&arena, "%2000d", 1));
    sg_arena_clear(&arena);
}

static void tells_its_maximum_from_want_of_memory(void **state)
{
    struct sg_arena arena;
    void *items = NULL;
    size_t cap = 0;
    (void)state;
    sg_arena_init(&arena, 5000);
    fault_begin(0);
    assert_null(sg_arena_alloc(&arena, 10));
    fault_end();
    assert_null(sg_arena_alloc(&arena, 5000)); /* refused for the first reason */
    assert_int_equal(sg_arena_status(&arena), SIGNET_ERR_MEMORY);
    sg_arena_clear(&arena);
    assert_null(sg_arena_array(&arena, SIZE_MAX, 2));
    assert_int_equal(sg_arena_status(&arena), SIGNET_ERR_LIMIT);
    sg_arena_clear(&arena);
    assert_false(sg_arena_grow(&arena, &items, &cap, SIZE_MAX / 2, 1));
    assert_int_equal(sg_arena_status(&arena), SIGNET_ERR_LIMIT);
    sg_arena_clear(&arena);
}

static bool use(struct sg_arena *arena)
{
    bool ok = true;
    for (size_t len = 1; len < 20000 && ok; len = len * 3)
        ok = sg_arena_alloc(arena, len) != NULL && sg_arena_printf(arena, "%zu", len) != NULL;
    return ok;
}

static void survives_every_failing_allocation(void **state)
{
    struct sg_arena arena;
    size_t n = 0;
    (void)state;
    sg_arena_init(&arena, (size_t)1 << 20);
    while (fault_begin(n), !use(&arena)) {
        fault_end();
        assert_int_equal(sg_arena_status(&arena), SIGNET_ERR_MEMORY);
        sg_arena_clear(&arena);
        assert_true(++n < 100);
    }
    fault_end();
    assert_true(n > 1);
    sg_arena_clear(&arena);
}

SG_TEST_MAIN(SG_TEST("", gives_zeroed_memory_of_its_own), SG_TEST("", aligns_for_any_object),
             SG_TEST("", never_takes_more_than_its_maximum),
             SG_TEST("", a_refusal_is_latched_until_cleared),
             SG_TEST("E-9", tells_its_maximum_from_want_of_memory),
             SG_TEST("", sizes_do_not_overflow), SG_TEST("", arrays_grow_and_keep_their_items),
             SG_TEST("", a_failed_growth_changes_nothing), SG_TEST("", copies_bytes),
             SG_TEST("", prints), SG_TEST("", survives_every_failing_allocation))
