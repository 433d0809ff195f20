/* SPDX-License-Identifier: Apache-2.0 */
#include "span_set.h"

#include "test.h"

static void knows_what_it_has_met(void **state)
{
    enum { NUM = 1000 };
    struct span_set set = {NULL, 0, 0};
    static uint8_t octets[NUM][2];
    bool new;
    (void)state;
    for (size_t round = 0; round < 2; round++)
        for (size_t i = 0; i < NUM; i++) {
            octets[i][0] = (uint8_t)(i >> 8);
            octets[i][1] = (uint8_t)i;
            assert_true(span_set_add(&set, sg_span(octets[i], 2), &new));
            assert_int_equal(new, round == 0);
        }
    assert_int_equal(set.num, NUM);
    span_set_free(&set);
}

static void tells_lengths_apart(void **state)
{
    static const char *const rows[] = {"", "a", "aa", "b", "ab"};
    struct span_set set = {NULL, 0, 0};
    bool new;
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        assert_true(span_set_add(&set, text_bytes(rows[i]), &new));
        assert_true(new);
    }
    assert_true(span_set_add(&set, text_bytes("aa"), &new));
    assert_false(new);
    span_set_free(&set);
    span_set_free(&set);
}

SG_TEST_MAIN(SG_TEST("", knows_what_it_has_met), SG_TEST("", tells_lengths_apart))
