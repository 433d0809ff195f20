/* SPDX-License-Identifier: Apache-2.0 */
#include "agent/path_result.h"

#include "agent/address_match.h"
#include "agent/candidate_view.h"
#include "agent/context.h"
#include "agent/need_view.h"
#include "agent/path_judge.h"

#include <stdlib.h>

struct signet_path_result {
    struct sg_arena work;  /* for what is found out; the judgement's */
    struct sg_arena arena; /* for what is shown */
    const struct signet_certificate *certificate;
    struct signet_policy policy;
    bool given_up; /* there was not enough memory, and no other round can have more */
    struct sg_judgement judgement;
    enum signet_verdict verdict;
    const struct signet_candidates *candidates;
    struct signet_findings findings;
    struct sg_need_views needs;
};

/* The address that the caller asked for (RFC 3850 3). */
static bool check_email(struct sg_judgement *judgement, const struct sg_sender *sender,
                        const struct signet_certificate *certificate,
                        const struct sg_path_result *paths, struct sg_findings *findings)
{
    struct signet_address_check check;
    if (!sender->asked)
        return true;
    if (!sg_address_check(certificate, judgement->pool, sender, judgement->policy->exact_local_part,
                          findings, &check))
        return false;
    sg_path_need_binding(judgement, certificate, check.result, paths);
    return true;
}

static bool read_email(struct signet_path_result *result, struct sg_sender *sender)
{
    *sender = (struct sg_sender){0};
    return result->policy.email == NULL ||
           sg_sender_give(result->policy.email, &result->work, sender);
}

/* The policy's limit is for both arenas together: what is shown gets what the work left. */
static void divide_memory(struct signet_path_result *result)
{
    size_t max = result->policy.limits.max_memory;
    result->arena.max = max > result->work.used ? max - result->work.used : 0;
}

static bool show(struct signet_path_result *result, const struct sg_path_result *paths,
                 struct sg_findings *findings)
{
    struct sg_arena *arena = &result->arena;
    divide_memory(result);
    result->verdict = sg_path_conclude(paths, &result->policy, findings);
    result->candidates = sg_candidate_view(paths, NULL, arena);
    result->findings = sg_findings_view_in(findings, arena);
    return result->candidates != NULL &&
           sg_need_view(&result->judgement, true, arena, &result->needs) && !findings->failed &&
           !arena->failed && !result->work.failed;
}

/* One round. False: memory is out. */
static bool judge(struct signet_path_result *result)
{
    struct sg_judgement *judgement = &result->judgement;
    struct sg_path_result paths;
    struct sg_findings findings;
    struct sg_sender sender;
    sg_findings_init(&findings, &result->work);
    if (!read_email(result, &sender) ||
        !sg_path_judge(judgement, result->certificate, &sender, &findings, &paths) ||
        !check_email(judgement, &sender, result->certificate, &paths, &findings))
        return false;
    return show(result, &paths, &findings);
}

static void clear_work(struct signet_path_result *result)
{
    sg_judgement_clear(&result->judgement);
    sg_arena_clear(&result->work);
}

static void clear(struct signet_path_result *result)
{
    clear_work(result);
    sg_arena_clear(&result->arena);
}

static void begin_work(struct signet_path_result *result, struct sg_crypto *crypto,
                       struct sg_fact_memory *memory, struct sg_key_ring *ring,
                       const struct signet_pool *pool)
{
    sg_arena_init(&result->work, result->policy.limits.max_memory);
    sg_judgement_init(&result->judgement, crypto, &result->work, &result->policy, pool);
    result->judgement.memory = memory;
    result->judgement.ring = ring;
}

/* E-9: a certificate whose paths take more memory than they may is one that cannot be decided. */
static bool give_up(struct signet_path_result *result)
{
    const struct signet_policy policy = result->policy;
    struct sg_findings findings;
    clear(result);
    *result = (struct signet_path_result){
        .certificate = result->certificate, .policy = policy, .given_up = true};
    sg_arena_init(&result->arena, SG_GIVEN_UP_MEMORY);
    sg_findings_init(&findings, &result->arena);
    sg_memory_limit_tell(&policy, sg_at_certificate(0), &findings);
    result->verdict = sg_findings_conclude(&findings, &policy);
    result->findings = sg_findings_view(&findings);
    result->candidates = sg_candidate_view_none(result->certificate, result->verdict,
                                                result->findings, &result->arena);
    return result->candidates != NULL && !findings.failed;
}

static enum signet_status judge_or_give_up(struct signet_path_result *result)
{
    bool done = judge(result);
    if (!done && (sg_arena_status(&result->work) == SIGNET_ERR_LIMIT ||
                  sg_arena_status(&result->arena) == SIGNET_ERR_LIMIT))
        done = give_up(result);
    return done ? SIGNET_OK : SIGNET_ERR_MEMORY;
}

enum signet_status sg_path_verify_with(struct signet_context *context, struct sg_key_ring *ring,
                                       const struct signet_certificate *certificate,
                                       const struct signet_pool *pool,
                                       const struct signet_policy *policy,
                                       struct signet_path_result **result)
{
    if (!sg_policy_usable(policy))
        return SIGNET_ERR_ARGUMENT;
    struct signet_path_result *made = calloc(1, sizeof(*made));
    if (made == NULL)
        return SIGNET_ERR_MEMORY;
    *made = (struct signet_path_result){.certificate = certificate, .policy = *policy};
    begin_work(made, context->crypto, context->memory, ring, pool);
    enum signet_status status = judge_or_give_up(made);
    if (status == SIGNET_OK)
        *result = made;
    else
        signet_path_result_free(made);
    return status;
}

enum signet_status signet_path_verify(struct signet_context *context,
                                      const struct signet_certificate *certificate,
                                      const struct signet_pool *pool,
                                      const struct signet_policy *policy,
                                      struct signet_path_result **result)
{
    return sg_path_verify_with(context, NULL, certificate, pool, policy, result);
}

void sg_path_result_settle(struct signet_path_result *result)
{
    struct sg_judgement *judgement = &result->judgement;
    clear_work(result);
    begin_work(result, judgement->crypto, judgement->memory, judgement->ring, judgement->pool);
}

/* Nothing of the last round may be taken for an answer. */
static void forget(struct signet_path_result *result)
{
    static const struct signet_candidates none;
    result->verdict = SIGNET_VERDICT_UNKNOWN;
    result->candidates = &none;
    result->findings = (struct signet_findings){.num = 0};
    result->needs = (struct sg_need_views){.num = 0};
}

enum signet_status signet_path_result_update(struct signet_path_result *result)
{
    if (result->given_up)
        return SIGNET_OK;
    forget(result);
    sg_arena_clear(&result->arena);
    sg_judgement_restart(&result->judgement);
    enum signet_status status = judge_or_give_up(result);
    if (status != SIGNET_OK)
        forget(result);
    return status;
}

void signet_path_result_free(struct signet_path_result *result)
{
    if (result == NULL)
        return;
    clear(result);
    free(result);
}

const struct signet_need *signet_path_result_needs(const struct signet_path_result *result,
                                                   size_t *num)
{
    *num = result->needs.num;
    return result->needs.items;
}

enum signet_verdict signet_path_result_verdict(const struct signet_path_result *result)
{
    return result->verdict;
}

signet_time signet_path_result_time(const struct signet_path_result *result)
{
    return result->policy.time;
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
