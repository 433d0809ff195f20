/* SPDX-License-Identifier: Apache-2.0 */
#include "test.h"
#include "verb.h"

static void each_verdict_has_its_status(void **state)
{
    static const struct {
        enum signet_verdict verdict;
        int status;
    } rows[] = {{SIGNET_VERDICT_GOOD, 0}, {SIGNET_VERDICT_WARN, 0},    {SIGNET_VERDICT_BAD, 1},
                {SIGNET_VERDICT_WEAK, 1}, {SIGNET_VERDICT_UNKNOWN, 3}, {SIGNET_VERDICT_NONE, 4}};
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++)
        assert_int_equal(exit_of_verdict(rows[i].verdict), rows[i].status);
}

/* With several inputs the worst decides, trouble above all; an unsigned message is not good. */
static void the_worse_of_two_decides(void **state)
{
    static const enum exit_status order[] = {EXIT_GOOD, EXIT_NONE, EXIT_UNKNOWN, EXIT_BAD,
                                             EXIT_TROUBLE};
    (void)state;
    for (size_t i = 0; i < SG_NUM(order); i++) {
        for (size_t k = 0; k < SG_NUM(order); k++)
            assert_int_equal(exit_worse(order[i], order[k]), order[i > k ? i : k]);
    }
}

SG_TEST_MAIN(SG_TEST("A-3-12 A-5-2", each_verdict_has_its_status),
             SG_TEST("A-5-2", the_worse_of_two_decides))
