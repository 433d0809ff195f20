/* SPDX-License-Identifier: Apache-2.0 */
#include "agent/address_match.h"
#include "agent/candidate_view.h"
#include "agent/context.h"
#include "agent/path_judge.h"

#include <stdlib.h>

struct signet_path_result {
    struct sg_arena arena;
    enum signet_verdict verdict;
    signet_time time;
    const struct signet_candidates *candidates;
    struct signet_findings findings;
};

/* The address that the caller asked for, if any (RFC 3850 3). */
static bool check_email(struct sg_judgement *judgement,
                        const struct signet_certificate *certificate, struct sg_findings *findings)
{
    const char *email = judgement->policy->email;
    struct signet_address_check check;
    struct sg_sender sender;
    return email == NULL ||
           (sg_sender_give(email, judgement->arena, &sender) &&
            sg_address_check(certificate, &sender, judgement->policy->exact_local_part, findings,
                             &check));
}

/* Fills RESULT; false: memory is out. */
static bool judge(struct sg_judgement *judgement, const struct signet_certificate *certificate,
                  struct signet_path_result *result)
{
    struct sg_path_result paths;
    struct sg_findings findings;
    sg_findings_init(&findings, &result->arena);
    if (!sg_path_judge(judgement, certificate, &findings, &paths) ||
        !check_email(judgement, certificate, &findings))
        return false;
    result->verdict = sg_findings_conclude(&findings, judgement->policy);
    result->time = judgement->policy->time;
    result->candidates = sg_candidate_view(&paths, NULL, &result->arena);
    result->findings = sg_findings_view(&findings);
    return result->candidates != NULL && !findings.failed && !result->arena.failed;
}

/* E-9: a certificate whose paths take more memory than they may is one that cannot be decided. */
static bool give_up(const struct signet_certificate *certificate,
                    const struct signet_policy *policy, struct signet_path_result *made)
{
    struct sg_findings findings;
    sg_arena_clear(&made->arena);
    *made = (struct signet_path_result){.time = policy->time};
    sg_arena_init(&made->arena, SG_GIVEN_UP_MEMORY);
    sg_findings_init(&findings, &made->arena);
    sg_memory_limit_tell(policy, sg_at_certificate(0), &findings);
    made->verdict = sg_findings_conclude(&findings, policy);
    made->findings = sg_findings_view(&findings);
    made->candidates =
        sg_candidate_view_none(certificate, made->verdict, made->findings, &made->arena);
    return made->candidates != NULL && !findings.failed;
}

enum signet_status signet_path_verify(struct signet_context *context,
                                      const struct signet_certificate *certificate,
                                      const struct signet_pool *pool,
                                      const struct signet_policy *policy,
                                      struct signet_path_result **result)
{
    struct sg_judgement judgement;
    if (!sg_policy_usable(policy))
        return SIGNET_ERR_ARGUMENT;
    struct signet_path_result *made = calloc(1, sizeof(*made));
    if (made == NULL)
        return SIGNET_ERR_MEMORY;
    sg_arena_init(&made->arena, policy->limits.max_memory);
    sg_judgement_init(&judgement, context->crypto, &made->arena, policy, pool);
    judgement.memory = context->memory;
    bool done = judge(&judgement, certificate, made);
    sg_judgement_clear(&judgement);
    if (!done && sg_arena_status(&made->arena) == SIGNET_ERR_LIMIT)
        done = give_up(certificate, policy, made);
    if (!done) {
        signet_path_result_free(made);
        return SIGNET_ERR_MEMORY;
    }
    *result = made;
    return SIGNET_OK;
}

void signet_path_result_free(struct signet_path_result *result)
{
    if (result == NULL)
        return;
    sg_arena_clear(&result->arena);
    free(result);
}

enum signet_verdict signet_path_result_verdict(const struct signet_path_result *result)
{
    return result->verdict;
}

signet_time signet_path_result_time(const struct signet_path_result *result)
{
    return result->time;
}

const struct signet_candidates *
signet_path_result_candidates(const struct signet_path_result *result)
{
    return result->candidates;
}

struct signet_findings signet_path_result_findings(const struct signet_path_result *result)
{
    return result->findings;
}
