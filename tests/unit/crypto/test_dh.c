/* SPDX-License-Identifier: Apache-2.0 */
#include "vector.h"

#include "dh_vectors.inc"

static void checks_group_and_public_value(void **state)
{
    (void)state;
    check_vectors(dh_rows);
}

SG_TEST_MAIN(SG_TEST("B-ALG-7", checks_group_and_public_value))
