/* SPDX-License-Identifier: Apache-2.0 */
#include "cms/attribute.h"
#include "fault.h"
#include "test.h"

#define A_TYPE "06 01 2a"
#define B_TYPE "06 02 2a 03"

static void sorts_attributes_and_their_values(void **state)
{
    static const struct {
        const char *set, *sorted; /* NULL: is in order already */
    } rows[] = {
        {"31 00", NULL},
        {"31 0a 30 08 " A_TYPE "31 03 02 01 05", NULL},
        /* the shorter encoding first: lengths come before contents */
        {"31 14 30 06 " A_TYPE "31 01 05 30 0a " B_TYPE "31 04 04 02 01 01", NULL},
        {"31 0f 30 06 " B_TYPE "31 00 30 05 " A_TYPE "31 00",
         "31 0f 30 05 " A_TYPE "31 00 30 06 " B_TYPE "31 00"},
        {"31 0d 30 0b " A_TYPE "31 06 02 01 05 02 01 04",
         "31 0d 30 0b " A_TYPE "31 06 02 01 04 02 01 05"},
        /* values first, for they decide the order of what holds them */
        {"31 1a 30 0b " A_TYPE "31 06 02 01 05 02 01 01 30 0b " A_TYPE "31 06 02 01 03 02 01 02",
         "31 1a 30 0b " A_TYPE "31 06 02 01 01 02 01 05 30 0b " A_TYPE "31 06 02 01 02 02 01 03"},
        {"31 1a 30 0b " A_TYPE "31 06 02 01 02 02 01 03 30 0b " A_TYPE "31 06 02 01 05 02 01 01",
         "31 1a 30 0b " A_TYPE "31 06 02 01 01 02 01 05 30 0b " A_TYPE "31 06 02 01 02 02 01 03"},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct sg_arena arena;
        struct signet_span set = hex(rows[i].set), sorted;
        sg_arena_init(&arena, 1 << 16);
        assert_true(sg_cms_attributes_sort(set, &arena, &sorted));
        if (rows[i].sorted == NULL)
            assert_ptr_equal(sorted.ptr, set.ptr);
        else
            assert_span_equal(sorted, hex(rows[i].sorted));
        sg_arena_clear(&arena);
    }
}

static void tells_missing_memory(void **state)
{
    struct signet_span set = hex("31 1a 30 0b " A_TYPE "31 06 02 01 05 02 01 01 30 0b " A_TYPE
                                 "31 06 02 01 03 02 01 02");
    bool done = false;
    (void)state;
    for (size_t n = 0; !done; n++) {
        struct sg_arena arena;
        struct signet_span sorted;
        sg_arena_init(&arena, 1 << 16);
        fault_begin(n);
        done = sg_cms_attributes_sort(set, &arena, &sorted);
        fault_end();
        assert_int_equal(arena.failed, !done);
        sg_arena_clear(&arena);
    }
}

SG_TEST_MAIN(SG_TEST("C-SI-4", sorts_attributes_and_their_values),
             SG_TEST("", tells_missing_memory))
