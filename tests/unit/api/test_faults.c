/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every allocation of a judgement fails once. Linked with the layers themselves, since only what is
 * linked in can be made to fail.
 */
#include "fault.h"
#include "object.h"

/* Whatever allocation fails: an error and no result, or the verdict that is right; never another.
 */
static void no_failing_allocation_changes_a_verdict_on_a_message(void **state)
{
    const struct signet_policy policy = policy_now();
    struct fixture f;
    (void)state;
    assert_true(begin(&f));
    for (size_t i = 0; i < sizeof(judged) / sizeof(judged[0]); i++) {
        struct signet_span message = object(judged[i].message);
        bool done = false;
        size_t n = 0;
        for (; !done; n++) {
            struct signet_message_result *result = NULL;
            fault_begin(n);
            enum signet_status status =
                signet_message_verify(f.context, message, f.pool, &policy, NULL, &result);
            fault_end();
            done = status == SIGNET_OK;
            assert_true(done ? result != NULL : status == SIGNET_ERR_MEMORY && result == NULL);
            if (done && signet_message_result_verdict(result) != judged[i].verdict)
                fail_msg("%s, allocation %zu: %s", judged[i].message, n,
                         signet_verdict_name(signet_message_result_verdict(result)));
            signet_message_result_free(result);
        }
        assert_true(n > 1);
    }
    end(&f);
}

static void no_failing_allocation_changes_a_verdict_on_a_path(void **state)
{
    static const struct {
        const char *target;
        enum signet_verdict verdict;
    } targets[] = {{"alice", SIGNET_VERDICT_GOOD}, {"bob", SIGNET_VERDICT_BAD}};
    struct signet_policy policy = policy_now();
    struct fixture f;
    (void)state;
    assert_true(begin(&f));
    policy.email = "alice@example.com";
    for (size_t i = 0; i < sizeof(targets) / sizeof(targets[0]); i++) {
        struct signet_certificate *target;
        assert_int_equal(signet_certificate_parse(object(targets[i].target), &target, NULL),
                         SIGNET_OK);
        bool done = false;
        for (size_t n = 0; !done; n++) {
            struct signet_path_result *result = NULL;
            fault_begin(n);
            enum signet_status status =
                signet_path_verify(f.context, target, f.pool, &policy, &result);
            fault_end();
            done = status == SIGNET_OK;
            assert_true(done ? result != NULL : status == SIGNET_ERR_MEMORY && result == NULL);
            if (done)
                assert_int_equal(signet_path_result_verdict(result), targets[i].verdict);
            signet_path_result_free(result);
        }
        signet_certificate_unref(target);
    }
    end(&f);
}

static void no_failing_allocation_leaves_a_bundle_half_owned(void **state)
{
    bool done = false;
    (void)state;
    for (size_t n = 0; !done; n++) {
        struct fixture f;
        fault_begin(n);
        done = begin(&f);
        fault_end();
        end(&f);
    }
}

static void no_failing_allocation_loses_a_part_of_a_report(void **state)
{
    static const enum signet_format formats[] = {SIGNET_FORMAT_TEXT, SIGNET_FORMAT_JSON};
    struct signet_policy policy = policy_now();
    struct signet_message_result *result;
    struct fixture f;
    (void)state;
    assert_true(begin(&f));
    assert_int_equal(
        signet_message_verify(f.context, object("two"), f.pool, &policy, NULL, &result), SIGNET_OK);
    for (size_t i = 0; i < 2; i++) {
        const struct signet_report_options options = {.format = formats[i], .explain = true};
        size_t whole = 0, len = 0;
        struct signet_sink sink = {swallow, &whole};
        assert_int_equal(signet_report_message(result, &options, &sink), SIGNET_OK);
        enum signet_status status = SIGNET_ERR_MEMORY;
        for (size_t n = 0; status != SIGNET_OK; n++) {
            len = 0;
            sink.context = &len;
            fault_begin(n);
            status = signet_report_message(result, &options, &sink);
            fault_end();
            assert_true(status == SIGNET_OK || status == SIGNET_ERR_MEMORY);
        }
        assert_int_equal(len, whole);
    }
    signet_message_result_free(result);
    end(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST("A-5-3 C-ENV-10", no_failing_allocation_changes_a_verdict_on_a_message),
        TEST("A-5-3", no_failing_allocation_changes_a_verdict_on_a_path),
        TEST("A-4-6", no_failing_allocation_leaves_a_bundle_half_owned),
        TEST("D-ADM-1", no_failing_allocation_loses_a_part_of_a_report),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
