/* SPDX-License-Identifier: Apache-2.0 */
#include "path/positions.h"

#include "test.h"

static void the_target_is_never_to_blame(void **state)
{
    (void)state;
    assert_true(sg_position(0) == 0);
    assert_true(sg_positions_between(0, 2) == (sg_position(1) | sg_position(2)));
    assert_true(sg_positions_between(1, 0) == 0);
}

static void places_stand_apart_up_to_the_last(void **state)
{
    (void)state;
    for (size_t i = 1; i < SG_LAST_POSITION; i++) {
        assert_true((sg_position(i) & sg_position(i + 1)) == 0);
        assert_true((sg_position(i) & SG_POSITIONS_COUNT) == 0);
        assert_int_equal(sg_positions_highest(sg_position(i) | sg_position(1)), i);
    }
    assert_true(sg_position(SG_LAST_POSITION) == sg_position(1000));
    assert_int_equal(sg_positions_highest(0), 0);
    assert_int_equal(sg_positions_highest(SG_POSITIONS_COUNT), 0);
}

/* It stands for several places: without one of them the others are still to blame. */
static void the_last_one_stays(void **state)
{
    sg_positions set = sg_position(3) | sg_position(70);
    (void)state;
    assert_true(sg_positions_without(set, 3) == sg_position(70));
    assert_true(sg_positions_without(set, 70) == set);
    assert_true(sg_positions_without(set, 4) == set);
}

static void ranges_reach_beyond_the_last(void **state)
{
    (void)state;
    assert_true(sg_positions_between(62, 63) == (sg_position(62) | sg_position(63)));
    assert_true(sg_positions_between(70, 80) == sg_position(SG_LAST_POSITION));
    assert_true((sg_positions_between(1, 200) | SG_POSITIONS_COUNT) == UINT64_MAX);
}

SG_TEST_MAIN(SG_TEST("", the_target_is_never_to_blame),
             SG_TEST("", places_stand_apart_up_to_the_last), SG_TEST("", the_last_one_stays),
             SG_TEST("", ranges_reach_beyond_the_last))
