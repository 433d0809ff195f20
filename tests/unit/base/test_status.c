/* SPDX-License-Identifier: Apache-2.0 */
#include "signet/base.h"
#include "test.h"

static void names_every_status(void **state)
{
    (void)state;
    assert_string_equal(signet_status_name(SIGNET_OK), "SIGNET_OK");
    assert_string_equal(signet_status_name(SIGNET_ERR_PARSE), "SIGNET_ERR_PARSE");
    assert_string_equal(signet_status_name(SIGNET_ERR_CRYPTO), "SIGNET_ERR_CRYPTO");
    for (int i = SIGNET_OK; i <= SIGNET_ERR_CRYPTO; i++)
        assert_non_null(signet_status_name((enum signet_status)i));
}

static void has_a_name_for_what_is_no_status(void **state)
{
    (void)state;
    assert_non_null(signet_status_name((enum signet_status)1000));
    assert_non_null(signet_status_name((enum signet_status) - 1));
}

static void tells_its_version(void **state)
{
    (void)state;
    assert_string_equal(signet_version(), SIGNET_VERSION);
}

SG_TEST_MAIN(SG_TEST("", names_every_status), SG_TEST("", has_a_name_for_what_is_no_status),
             SG_TEST("", tells_its_version))
