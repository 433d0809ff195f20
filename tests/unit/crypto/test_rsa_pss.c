/* SPDX-License-Identifier: Apache-2.0 */
#include "vector.h"

#include "pss_vectors.inc"

static void verifies_with_any_hash_mask_and_salt(void **state)
{
    (void)state;
    check_vectors(pss_rows);
}

static void refuses_forged_encodings(void **state)
{
    (void)state;
    check_vectors(pss_bad_rows);
}

SG_TEST_MAIN(SG_TEST("B-ALG-9 D-ALG-3", verifies_with_any_hash_mask_and_salt),
             SG_TEST("B-ALG-9 D-ALG-3", refuses_forged_encodings))
