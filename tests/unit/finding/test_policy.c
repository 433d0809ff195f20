/* SPDX-License-Identifier: Apache-2.0 */
#include "signet/policy.h"
#include "test.h"

static void starts_with_the_careful_choice(void **state)
{
    struct signet_policy policy;
    (void)state;
    memset(&policy, 0xff, sizeof(policy));
    signet_policy_init(&policy);
    assert_true(policy.time == SIGNET_TIME_UNKNOWN);
    assert_int_equal(policy.profile, SIGNET_PROFILE_DEFAULT);
    assert_int_equal(policy.revocation, SIGNET_REVOCATION_REQUIRE);
    assert_int_equal(policy.purpose, SIGNET_PURPOSE_SIGN);
    assert_int_equal(policy.num_policies, 0);
    assert_null(policy.permitted_subtrees.ptr);
    assert_null(policy.email);
    assert_null(policy.require_eku);
    assert_false(policy.exact_local_part);
    assert_true(policy.crl_max_age == 0);
}

static void large_keys_are_computed_and_absurd_ones_are_not(void **state)
{
    struct signet_policy policy;
    (void)state;
    signet_policy_init(&policy);
    assert_true(policy.limits.max_key_bits >= 8192);
    assert_true(policy.limits.max_key_bits < 16384);
}

static void every_limit_is_set(void **state)
{
    struct signet_policy policy;
    (void)state;
    signet_policy_init(&policy);
    const size_t limits[] = {policy.limits.max_signatures,  policy.limits.max_paths,
                             policy.limits.max_steps,       policy.limits.max_depth,
                             policy.limits.max_comparisons, policy.limits.max_memory,
                             policy.limits.max_mime_depth,  policy.limits.max_mime_parts};
    for (size_t i = 0; i < SG_NUM(limits); i++)
        assert_true(limits[i] > 0 && limits[i] < SIZE_MAX / 2);
}

SG_TEST_MAIN(SG_TEST("", starts_with_the_careful_choice),
             SG_TEST("C-KEY-4 B-ALG-9", large_keys_are_computed_and_absurd_ones_are_not),
             SG_TEST("", every_limit_is_set))
