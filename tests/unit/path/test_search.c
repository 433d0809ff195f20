/* SPDX-License-Identifier: Apache-2.0 */
#include "path/search.h"
#include "test.h"

enum { KEPT = 64 };

/* Paths of one verdict: the shorter, the better. Whatever the order, the best are kept. */
static void keeps_the_best(void **state)
{
    static const struct {
        size_t first, step; /* of the lengths, modulo their number */
    } orders[] = {{0, 1}, {KEPT, KEPT}, {7, 2}};
    (void)state;
    for (size_t o = 0; o < SG_NUM(orders); o++) {
        struct sg_candidate candidates[KEPT + 1] = {{.complete = false}};
        struct sg_search search = {.num_kept = 0};
        for (size_t i = 0; i <= KEPT; i++) {
            size_t len = (orders[o].first + i * orders[o].step) % (KEPT + 1);
            candidates[len] = (struct sg_candidate){.complete = true, .path = {.num = len + 1}};
            sg_search_keep(&search, &candidates[len]);
            assert_int_equal(search.num_kept, i < KEPT ? i + 1 : KEPT);
        }
        for (size_t i = 0; i < KEPT; i++)
            assert_ptr_equal(search.kept[i], &candidates[i]);
    }
}

SG_TEST_MAIN(SG_TEST("E-9", keeps_the_best))
