/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The library as another program sees it: linked with the shared library and nothing else.
 */
#include "object.h"

#include <stdio.h>

static void judges_messages(void **state)
{
    struct signet_policy policy = policy_now();
    struct fixture f;
    (void)state;
    assert_true(begin(&f));
    for (size_t i = 0; i < sizeof(judged) / sizeof(judged[0]); i++) {
        struct signet_message_result *result = NULL;
        size_t num;
        assert_int_equal(signet_message_verify(f.context, object(judged[i].message), f.pool,
                                               &policy, NULL, &result),
                         SIGNET_OK);
        if (signet_message_result_verdict(result) != judged[i].verdict)
            fail_msg("%s: %s", judged[i].message,
                     signet_verdict_name(signet_message_result_verdict(result)));
        assert_int_equal(signet_message_result_signed(result), judged[i].coverage);
        assert_int_equal(signet_message_result_time(result), NOW);
        signet_message_result_signers(result, &num);
        assert_int_equal(num, judged[i].num_signers);
        signet_message_result_free(result);
    }
    end(&f);
}

/* The loop that whoever has a store or a network writes. */
static void judges_in_rounds(void **state)
{
    struct signet_policy policy = policy_now();
    struct signet_message_result *result = NULL;
    struct signet_anchor_terms terms;
    struct fixture f = {NULL, signet_pool_new(NULL)};
    size_t num;
    (void)state;
    assert_non_null(f.pool);
    assert_int_equal(signet_context_new(&f.context), SIGNET_OK);
    assert_int_equal(
        signet_message_verify(f.context, object("clear"), f.pool, &policy, NULL, &result),
        SIGNET_OK);
    assert_int_equal(signet_message_result_verdict(result), SIGNET_VERDICT_UNKNOWN);
    const struct signet_need *needs = signet_message_result_needs(result, &num);
    assert_true(num > 0);
    assert_string_equal(signet_need_kind_name(needs[0].kind), "issuer");
    assert_true(needs[0].missing);
    signet_anchor_terms_init(&terms);
    assert_int_equal(signet_pool_add_anchor_bundle(f.pool, object("root"), &terms, NULL, NULL),
                     SIGNET_OK);
    assert_int_equal(signet_message_result_update(result), SIGNET_OK);
    assert_int_equal(signet_message_result_verdict(result), SIGNET_VERDICT_GOOD);
    needs = signet_message_result_needs(result, &num);
    for (size_t i = 0; i < num; i++)
        assert_false(needs[i].missing);
    signet_message_result_free(result);
    end(&f);
}

/* E-9: too little memory is UNKNOWN with LIMIT, and the result can be reported. */
static void a_maximum_of_memory_gives_unknown(void **state)
{
    struct signet_policy policy = policy_now();
    struct fixture f;
    struct signet_certificate *target;
    (void)state;
    assert_true(begin(&f));
    assert_int_equal(signet_certificate_parse(object("alice"), &target, NULL), SIGNET_OK);
    for (size_t max = 0; max < 20000; max += 1000) {
        struct signet_message_result *message = NULL;
        struct signet_path_result *path = NULL;
        const struct signet_report_options options = {.format = SIGNET_FORMAT_JSON};
        size_t len = 0;
        const struct signet_sink sink = {swallow, &len};
        policy.limits.max_memory = max;
        assert_int_equal(
            signet_message_verify(f.context, object("clear"), f.pool, &policy, NULL, &message),
            SIGNET_OK);
        enum signet_verdict verdict = signet_message_result_verdict(message);
        assert_true(verdict == SIGNET_VERDICT_UNKNOWN || verdict == SIGNET_VERDICT_GOOD);
        if (verdict == SIGNET_VERDICT_UNKNOWN)
            assert_int_equal(signet_message_result_findings(message).items[0].code,
                             SIGNET_CODE_LIMIT);
        assert_int_equal(signet_report_message(message, &options, &sink), SIGNET_OK);
        assert_int_equal(signet_path_verify(f.context, target, f.pool, &policy, &path), SIGNET_OK);
        verdict = signet_path_result_verdict(path);
        assert_true(verdict == SIGNET_VERDICT_UNKNOWN || verdict == SIGNET_VERDICT_GOOD);
        assert_int_equal(signet_report_path(path, &options, &sink), SIGNET_OK);
        signet_message_result_free(message);
        signet_path_result_free(path);
    }
    signet_certificate_unref(target);
    end(&f);
}

static void refuses_what_is_no_request(void **state)
{
    struct signet_policy policy;
    struct signet_message_result *result = NULL;
    struct fixture f;
    (void)state;
    assert_true(begin(&f));
    signet_policy_init(&policy); /* no time */
    assert_int_equal(
        signet_message_verify(f.context, object("clear"), f.pool, &policy, NULL, &result),
        SIGNET_ERR_ARGUMENT);
    policy = policy_now();
    policy.require_eku = "not an OID";
    assert_int_equal(
        signet_message_verify(f.context, object("clear"), f.pool, &policy, NULL, &result),
        SIGNET_ERR_ARGUMENT);
    policy = policy_now();
    assert_int_equal(signet_message_verify(f.context, (struct signet_span){NULL, 0}, f.pool,
                                           &policy, NULL, &result),
                     SIGNET_ERR_PARSE);
    assert_null(result);
    end(&f);
    signet_message_result_free(NULL);
    signet_path_result_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST("A-5-2 A-5-F1 A-5-F7 E-33 C-CO-2", judges_messages),
        TEST("A-2.3-4 A-4.1-1", judges_in_rounds),
        TEST("E-9 A-2.3-6", a_maximum_of_memory_gives_unknown),
        TEST("A-5-6", refuses_what_is_no_request),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
