/* SPDX-License-Identifier: Apache-2.0 */
#include "agent/path_judge.h"

#include "agent/attribute_target.h"
#include "agent/binding.h"
#include "agent/duty.h"
#include "asn1/oid.h"

static bool oid_usable(const char *text)
{
    uint8_t octets[64];

    return sg_oid_from_dotted(text, octets, sizeof octets) != 0;
}

bool sg_policy_usable(const struct signet_policy *policy)
{
    if (policy->time == SIGNET_TIME_UNKNOWN)
        return false;
    for (size_t i = 0; i < policy->num_policies; i++)
        if (!oid_usable(policy->policies[i]))
            return false;
    for (size_t i = 0; i < policy->num_targets; i++)
        if (!sg_target_usable(policy->targets[i]))
            return false;
    return policy->require_eku == NULL || oid_usable(policy->require_eku);
}

void sg_memory_limit_tell(const struct signet_policy *policy, struct sg_where where,
                          struct sg_findings *findings)
{
    size_t max = policy->limits.max_memory;
    int64_t number = max < INT64_MAX ? (int64_t)max : INT64_MAX;
    sg_finding_add(findings, SG_KIND_MEMORY_LIMIT, where, SG_PARAMS(sg_number("number", number)));
}

bool sg_path_lacks_anchor(const struct sg_path_result *result)
{
    return !result->best->complete ||
           sg_findings_have(&result->best->findings, SIGNET_CODE_NO_TRUST_PATH);
}

/* PINNED before all others. */
static bool put_first(struct sg_judgement *judgement, const struct sg_candidate *pinned,
                      struct sg_path_result *result)
{
    struct sg_candidate **tried =
        sg_arena_array(judgement->arena, result->num_tried + 1, sizeof(struct sg_candidate *));
    if (tried == NULL)
        return false;
    tried[0] = (struct sg_candidate *)(uintptr_t)pinned;
    memcpy(tried + 1, result->tried, result->num_tried * sizeof(struct sg_candidate *));
    result->best = pinned;
    result->tried = tried;
    result->num_tried++;
    return true;
}

/* E-39. False: memory is out. */
static bool take_pin(struct sg_judgement *judgement, const struct signet_certificate *certificate,
                     const struct sg_sender *sender, struct sg_path_result *result)
{
    const struct sg_address *address;
    if (sender == NULL || !sg_path_lacks_anchor(result))
        return true;
    if (!sg_binding_find(judgement->pool, certificate, &sender->from,
                         judgement->policy->exact_local_part, judgement->arena, &address))
        return false;
    if (address == NULL)
        return true;
    const struct sg_candidate *pinned =
        sg_candidate_new_pinned(judgement, certificate, address->text);
    return pinned != NULL && put_first(judgement, pinned, result);
}

bool sg_path_judge(struct sg_judgement *judgement, const struct signet_certificate *certificate,
                   const struct sg_sender *sender, struct sg_findings *findings,
                   struct sg_path_result *result)
{
    struct sg_path_request request = {.target = certificate};

    if (!sg_path_build(judgement, &request, result) ||
        !take_pin(judgement, certificate, sender, result))
        return false;
    sg_findings_append(findings, &result->best->findings);
    sg_duty_check(&result->best->path, judgement->policy, findings);
    return true;
}

void sg_path_need_binding(struct sg_judgement *judgement,
                          const struct signet_certificate *certificate,
                          enum signet_address_result result, const struct sg_path_result *paths)
{
    if (result != SIGNET_ADDRESS_MATCH || (!paths->best->pinned && sg_path_lacks_anchor(paths)))
        sg_need_add(judgement, &(struct sg_need){
                                   .kind = SG_NEED_BINDING,
                                   .missing = true,
                                   .certificate = certificate,
                               });
}

enum signet_verdict sg_path_conclude(const struct sg_path_result *result,
                                     const struct signet_policy *policy,
                                     struct sg_findings *findings)
{
    const struct sg_anchor *anchor = result != NULL ? result->best->path.anchor : NULL;
    struct signet_policy own;
    return sg_findings_conclude(findings, sg_anchor_policy(anchor, policy, &own));
}
