/* SPDX-License-Identifier: Apache-2.0 */
#include "agent/attribute_holder.h"
#include "agent/attribute_judge.h"
#include "agent/candidate_view.h"
#include "agent/context.h"
#include "agent/path_judge.h"

#include <stdlib.h>

/* Certificates of one holder whose paths are built. */
#define MAX_HOLDER_PATHS 8

struct signet_attribute_result {
    struct sg_arena arena;
    struct signet_attributes attributes;
    const struct signet_candidates *holder_paths;
};

/* The holder's certificate with the best path so far. */
struct finder {
    struct sg_judgement *judgement;
    const struct signet_attribute_certificate *attributes;
    const struct signet_certificate *found;
    struct sg_path_result paths;
    size_t num_tried;
};

/* False: memory is out. */
static bool try_holder(struct finder *finder, const struct signet_certificate *certificate)
{
    const struct sg_path_request request = {.target = certificate};
    struct sg_path_result paths;

    if (!sg_path_build(finder->judgement, &request, &paths))
        return false;
    if (finder->num_tried++ == 0 || paths.best->verdict < finder->paths.best->verdict) {
        finder->found = certificate;
        finder->paths = paths;
    }
    return true;
}

/* The digest over each certificate costs about what a comparison of many names does. */
static bool try_if_named(struct finder *finder, const struct signet_certificate *certificate)
{
    enum sg_holder_match match;

    if (finder->num_tried >= MAX_HOLDER_PATHS || !sg_budget_comparisons(finder->judgement, 100))
        return true;
    if (!sg_holder_match(finder->judgement, finder->attributes, certificate, &match))
        return false;
    return match == SG_HOLDER_DIFFERS || try_holder(finder, certificate);
}

static bool find_holder(struct finder *finder)
{
    const struct signet_pool *pool = finder->judgement->pool;
    const struct sg_issuer_serial *base = &finder->attributes->holder.base;
    const struct signet_certificate *certificate;
    struct sg_pool_cursor cursor;
    size_t num;

    if (base->issuer.der.ptr != NULL) {
        cursor = sg_pool_issued_as(pool, &base->issuer, base->serial);
        while ((certificate = sg_pool_issued_next(&cursor)) != NULL)
            if (!try_if_named(finder, certificate))
                return false;
        return !cursor.failed;
    }
    num = signet_pool_num_certificates(pool);
    for (size_t i = 0; i < num; i++) {
        certificate = sg_pool_certificate(pool, i);
        if (certificate == NULL || !try_if_named(finder, certificate))
            return false;
    }
    return true;
}

/* Fills RESULT; false: memory is out. HOLDER is NULL when the pool is to tell. */
static bool judge(struct finder *finder, const struct signet_certificate *holder,
                  struct signet_attribute_result *result)
{
    struct sg_attribute_holder known = {NULL, SIGNET_VERDICT_UNKNOWN};

    if (!(holder != NULL ? try_holder(finder, holder) : find_holder(finder)))
        return false;
    if (finder->found != NULL) {
        known = (struct sg_attribute_holder){finder->found, finder->paths.best->verdict};
        result->holder_paths = sg_candidate_view(&finder->paths, NULL, &result->arena);
        if (result->holder_paths == NULL)
            return false;
    }
    return sg_attributes_judge(finder->judgement, finder->attributes, &known, &result->attributes);
}

enum signet_status signet_attribute_certificate_verify(
    struct signet_context *context, const struct signet_attribute_certificate *certificate,
    const struct signet_certificate *holder, const struct signet_pool *pool,
    const struct signet_policy *policy, struct signet_attribute_result **result)
{
    struct signet_attribute_result *made;
    struct sg_judgement judgement;
    struct finder finder = {.judgement = &judgement, .attributes = certificate};
    bool done;

    if (!sg_policy_usable(policy))
        return SIGNET_ERR_ARGUMENT;
    made = calloc(1, sizeof *made);
    if (made == NULL)
        return SIGNET_ERR_MEMORY;
    sg_arena_init(&made->arena, policy->limits.max_memory);
    sg_judgement_init(&judgement, context->crypto, &made->arena, policy, pool);
    judgement.memory = context->memory;
    done = judge(&finder, holder, made);
    sg_judgement_clear(&judgement);
    if (!done) {
        signet_attribute_result_free(made);
        return SIGNET_ERR_MEMORY;
    }
    *result = made;
    return SIGNET_OK;
}

void signet_attribute_result_free(struct signet_attribute_result *result)
{
    if (result == NULL)
        return;
    sg_arena_clear(&result->arena);
    free(result);
}

const struct signet_attributes *
signet_attribute_result_attributes(const struct signet_attribute_result *result)
{
    return &result->attributes;
}

const struct signet_candidates *
signet_attribute_result_holder_paths(const struct signet_attribute_result *result)
{
    return result->holder_paths;
}
