/* SPDX-License-Identifier: Apache-2.0 */
#include "signet/finding.h"
#include "test.h"

static void codes_have_names_and_meanings(void **state)
{
    (void)state;
    assert_string_equal(signet_code_name(SIGNET_CODE_ADDR_MISMATCH), "ADDR_MISMATCH");
    assert_string_equal(signet_code_name(SIGNET_CODE_PARSE), "PARSE");
    for (unsigned i = 0; i < SIGNET_NUM_CODES; i++) {
        const char *meaning = signet_code_meaning((enum signet_code)i);
        const char *advice = signet_code_advice((enum signet_code)i);
        assert_true(strlen(signet_code_name((enum signet_code)i)) > 0);
        assert_true(strlen(meaning) > 0 && meaning[strlen(meaning) - 1] != '.');
        assert_true(advice == NULL || advice[strlen(advice) - 1] == '.');
    }
}

static void verdicts_severities_and_objects_have_names(void **state)
{
    static const char *const verdicts[] = {"NONE", "GOOD", "WARN", "WEAK", "UNKNOWN", "BAD"};
    static const char *const severities[] = {"info", "warning", "error"};
    static const char *const objects[] = {"message", "signer", "certificate",
                                          "crl",     "anchor", "attribute-certificate"};
    (void)state;
    for (size_t i = 0; i < SG_NUM(verdicts); i++)
        assert_string_equal(signet_verdict_name((enum signet_verdict)i), verdicts[i]);
    for (size_t i = 0; i < SG_NUM(severities); i++)
        assert_string_equal(signet_severity_name((enum signet_severity)i), severities[i]);
    for (size_t i = 0; i < SG_NUM(objects); i++)
        assert_string_equal(signet_object_name((enum signet_object)i), objects[i]);
}

static void what_is_none_of_them_has_a_text_too(void **state)
{
    (void)state;
    assert_non_null(signet_code_name(SIGNET_NUM_CODES));
    assert_non_null(signet_code_meaning((enum signet_code) - 1));
    assert_null(signet_code_advice((enum signet_code) - 1));
    assert_non_null(signet_verdict_name((enum signet_verdict)99));
    assert_non_null(signet_severity_name((enum signet_severity)99));
    assert_non_null(signet_object_name((enum signet_object) - 1));
}

SG_TEST_MAIN(SG_TEST("", codes_have_names_and_meanings),
             SG_TEST("", verdicts_severities_and_objects_have_names),
             SG_TEST("", what_is_none_of_them_has_a_text_too))
