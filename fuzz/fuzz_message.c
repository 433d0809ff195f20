/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The whole verdict: any anchors, any certificates and CRLs, any message give a result that can be
 * reported, as valid JSON too, and nothing is good without a signer that is.
 *
 * Input: two octets of length and anchors, two octets of length and a bundle, the message.
 */
#include "gather.h"
#include "json_check.h"
#include "signet/signet.h"

#include <stdlib.h>

/* 2026-06-01T12:00:00Z: the moment for which the seeds are made. */
#define NOW 1780315200

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool ok)
{
    if (!ok)
        abort();
}

/* Takes a length of two octets and as many octets, or all there are. */
static struct signet_span take(struct signet_span *rest)
{
    size_t room = rest->len < 2 ? 0 : rest->len - 2;
    size_t len = rest->len < 2 ? 0 : (size_t)rest->ptr[0] << 8 | rest->ptr[1];
    struct signet_span taken = {rest->ptr + (rest->len - room), len < room ? len : room};
    *rest = (struct signet_span){taken.ptr + taken.len, room - taken.len};
    return taken;
}

static void report_as(const struct signet_message_result *result, enum signet_format format)
{
    struct gathered text = {0};
    struct signet_sink sink = {gather, &text};
    const struct signet_report_options options = {
        .format = format, .input = "fuzz", .explain = true};
    check(signet_report_message(result, &options, &sink) == SIGNET_OK);
    if (format == SIGNET_FORMAT_JSON)
        check(json_is_valid(gathered_span(&text)));
    free(text.ptr);
}

static void report(const struct signet_message_result *result)
{
    report_as(result, SIGNET_FORMAT_TEXT);
    report_as(result, SIGNET_FORMAT_JSON);
}

static bool has_good_signer(const struct signet_message_result *result)
{
    size_t num, good = 0;
    const struct signet_signer *signers = signet_message_result_signers(result, &num);
    for (size_t i = 0; i < num; i++)
        good += signers[i].verdict <= SIGNET_VERDICT_WARN &&
                signers[i].signature == SIGNET_VERDICT_GOOD && signers[i].paths != NULL;
    return good > 0;
}

/* Nothing has come, so nothing changes, unless the first round ran out of work that it had to do
 * and the second had not. */
static void judge_again(struct signet_message_result *result, enum signet_verdict verdict)
{
    size_t num;
    const struct signet_need *needs = signet_message_result_needs(result, &num);
    for (size_t i = 0; i < num; i++)
        check(signet_need_kind_name(needs[i].kind) != NULL);
    check(signet_message_result_update(result) == SIGNET_OK);
    check(signet_message_result_verdict(result) == verdict || verdict == SIGNET_VERDICT_UNKNOWN);
}

static void judge(struct signet_context *context, struct signet_pool *pool,
                  struct signet_span message)
{
    struct signet_message_result *result = NULL;
    struct signet_policy policy;
    signet_policy_init(&policy);
    policy.time = NOW;
    enum signet_status status =
        signet_message_verify(context, message, pool, &policy, NULL, &result);
    check((status == SIGNET_OK) == (result != NULL));
    if (result == NULL)
        return;
    enum signet_verdict verdict = signet_message_result_verdict(result);
    if (verdict == SIGNET_VERDICT_GOOD || verdict == SIGNET_VERDICT_WARN)
        check(has_good_signer(result));
    report(result);
    judge_again(result, verdict);
    signet_message_result_free(result);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct signet_context *context = NULL;
    struct signet_pool *pool = signet_pool_new(NULL);
    struct signet_anchor_terms terms;
    struct signet_span rest = {data, size};
    struct signet_span anchors = take(&rest), bundle = take(&rest);
    signet_anchor_terms_init(&terms);
    terms.honour_constraints = true;
    if (pool != NULL && signet_context_new(&context) == SIGNET_OK) {
        /* What is no bundle leaves the pool as it is. */
        (void)!signet_pool_add_anchor_bundle(pool, anchors, &terms, NULL, NULL);
        (void)!signet_pool_add_bundle(pool, bundle, NULL, NULL);
        judge(context, pool, rest);
    }
    signet_context_free(context);
    signet_pool_free(pool);
    return 0;
}
