/* SPDX-License-Identifier: Apache-2.0 */
#include "retrieve/trace.h"
#include "test.h"

static struct sg_arena arena;

static void escapes_what_strangers_wrote(void **state)
{
    struct sg_trace trace = {.arena = &arena};
    size_t row;
    (void)state;
    sg_arena_init(&arena, (size_t)1 << 20);
    row = sg_trace_add(&trace, "http://a/\x1b[31m",
                       &(struct signet_retrieved){.need = SIGNET_NEED_CRL, .reason = "no\nway"});
    assert_string_equal(trace.rows[row].url, "http://a/\\x1b[31m");
    assert_null(strchr(trace.rows[row].reason, '\n'));
    sg_trace_conclude(&trace, row, SIGNET_RETRIEVE_FAILED, "\xff", 7);
    assert_string_equal(trace.rows[row].reason, "\\xff");
    assert_int_equal(trace.rows[row].bytes, 7);
    assert_int_equal(trace.rows[row].outcome, SIGNET_RETRIEVE_FAILED);
    sg_trace_conclude(&trace, SIZE_MAX, SIGNET_RETRIEVE_FOUND, "", 0);
    sg_arena_clear(&arena);
}

static void keeps_a_bounded_number_of_rows(void **state)
{
    struct sg_trace trace = {.arena = &arena};
    (void)state;
    for (size_t i = 0; i < SG_TRACE_MAX_ROWS; i++)
        assert_int_equal(sg_trace_add(&trace, "x", &(struct signet_retrieved){.bytes = 1}), i);
    assert_int_equal(sg_trace_add(&trace, "x", &(struct signet_retrieved){.bytes = 1}), SIZE_MAX);
    assert_int_equal(trace.num, SG_TRACE_MAX_ROWS);
    sg_arena_clear(&arena);
}

static void has_one_row_for_each_kind_that_the_database_was_asked_for(void **state)
{
    struct sg_trace trace = {.arena = &arena};
    (void)state;
    sg_trace_database(&trace, SIGNET_NEED_CRL, 0);
    sg_trace_database(&trace, SIGNET_NEED_ISSUER, 0);
    sg_trace_database(&trace, SIGNET_NEED_CRL, 2);
    sg_trace_database(&trace, SIGNET_NEED_CRL, 0);
    assert_int_equal(trace.num, 2);
    assert_int_equal(trace.rows[0].outcome, SIGNET_RETRIEVE_FOUND);
    assert_int_equal(trace.rows[1].outcome, SIGNET_RETRIEVE_ABSENT);
    sg_arena_clear(&arena);
}

static void names_every_outcome(void **state)
{
    (void)state;
    for (int i = 0; i <= SIGNET_FETCH_GONE; i++)
        assert_non_null(
            signet_retrieve_outcome_name(sg_outcome_of_fetch((enum signet_fetch_outcome)i)));
    assert_string_equal(signet_retrieve_outcome_name(SIGNET_RETRIEVE_LEFT_OUT), "left-out");
    assert_string_equal(signet_retrieved_from_name(SIGNET_FROM_NETWORK), "network");
    assert_string_equal(signet_place_name(SIGNET_PLACE_DNS), "dns");
}

SG_TEST_MAIN(SG_TEST("", escapes_what_strangers_wrote),
             SG_TEST("E-32", keeps_a_bounded_number_of_rows),
             SG_TEST("A-4-5", has_one_row_for_each_kind_that_the_database_was_asked_for),
             SG_TEST("", names_every_outcome))
