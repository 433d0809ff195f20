/* SPDX-License-Identifier: Apache-2.0 */
#include "agent/path_judge.h"

#include "agent/attribute_target.h"
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

bool sg_path_judge(struct sg_judgement *judgement, const struct signet_certificate *certificate,
                   struct sg_findings *findings, struct sg_path_result *result)
{
    struct sg_path_request request = {.target = certificate};

    if (!sg_path_build(judgement, &request, result))
        return false;
    sg_findings_append(findings, &result->best->findings);
    sg_duty_check(&result->best->path, judgement->policy, findings);
    return true;
}
