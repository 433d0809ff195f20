/* SPDX-License-Identifier: Apache-2.0 */
#include "path/policy_trail.h"

#include "asn1/oid.h"
#include "x509/policy_extensions.h"

static bool holds(const struct sg_policy_trail *trail, struct signet_span policy)
{
    for (size_t i = 0; i < trail->num; i++) {
        if (sg_span_equal(trail->items[i], policy))
            return true;
    }
    return trail->any;
}

static void add(struct sg_policy_trail *trail, struct signet_span policy)
{
    if (holds(trail, policy))
        return;
    if (trail->num < SG_MAX_TRAIL)
        trail->items[trail->num++] = policy;
    else
        trail->any = true;
}

/* Where the budget is out nothing is ruled out any more; the search will notice by itself. */
static bool work(struct sg_policy_trail *trail, struct sg_judgement *judgement)
{
    if (!sg_budget_comparisons(judgement, 1))
        trail->any = true;
    return !trail->any;
}

void sg_policy_trail_begin(struct sg_policy_trail *trail, struct sg_judgement *judgement,
                           const struct signet_certificate *end_entity)
{
    struct sg_policies policies = sg_policies_begin(end_entity->policies);
    struct sg_policy_information policy;
    *trail = (struct sg_policy_trail){
        .required =
            judgement->policy->require_explicit_policy || end_entity->require_explicit_policy == 0,
    };
    while (work(trail, judgement) && sg_policies_next(&policies, &policy)) {
        trail->any |= policy.is_any;
        add(trail, policy.oid);
    }
}

/* Those of ISSUER's policies that BELOW would take over. anyPolicy stands for all of them. */
static void add_policies(struct sg_policy_trail *trail, struct sg_judgement *judgement,
                         const struct sg_policy_trail *below,
                         const struct signet_certificate *issuer)
{
    struct sg_policies policies = sg_policies_begin(issuer->policies);
    struct sg_policy_information policy;
    while (work(trail, judgement) && sg_policies_next(&policies, &policy)) {
        for (size_t i = 0; policy.is_any && i < below->num; i++)
            add(trail, below->items[i]);
        if (policy.is_any)
            trail->any |= below->any;
        else if (holds(below, policy.oid))
            add(trail, policy.oid);
    }
}

/* What one policy is mapped to stands together nearly always. */
static bool is_last(const struct sg_policy_trail *trail, struct signet_span policy)
{
    return trail->num > 0 && sg_span_equal(trail->items[trail->num - 1], policy);
}

/* Those that are mapped to what BELOW would take over. */
static void add_mappings(struct sg_policy_trail *trail, struct sg_judgement *judgement,
                         const struct sg_policy_trail *below,
                         const struct signet_certificate *issuer)
{
    struct sg_policy_mappings mappings = sg_policy_mappings_begin(issuer->policy_mappings);
    struct sg_policy_mapping mapping;
    while (work(trail, judgement) && sg_policy_mappings_next(&mappings, &mapping)) {
        if (!is_last(trail, mapping.issuer_domain) && holds(below, mapping.subject_domain))
            add(trail, mapping.issuer_domain);
    }
}

/* 6.1.4 (h), (i): with so few certificates below, ISSUER's skip count has not run out before the
 * end entity. */
static bool requires_policy(const struct signet_certificate *issuer, size_t num_cas)
{
    return issuer->require_explicit_policy >= 0 &&
           (uint64_t)issuer->require_explicit_policy <= (uint64_t)num_cas + 1;
}

void sg_policy_trail_add(struct sg_policy_trail *trail, struct sg_judgement *judgement,
                         const struct sg_policy_trail *below,
                         const struct signet_certificate *issuer, size_t place, size_t num_cas)
{
    *trail = (struct sg_policy_trail){.required = below->required, .blame = below->blame};
    add_policies(trail, judgement, below, issuer);
    add_mappings(trail, judgement, below, issuer);
    if (issuer->policy_mappings.ptr != NULL || trail->num < below->num || trail->any != below->any)
        trail->blame |= sg_position(place);
    if (!trail->required && requires_policy(issuer, num_cas)) {
        trail->required = true;
        trail->blame |= sg_position(place) | SG_POSITIONS_COUNT;
    }
}

bool sg_policy_trail_misses(const struct sg_policy_trail *trail, const struct signet_span *wanted,
                            size_t num_wanted)
{
    if (!trail->required || trail->any || num_wanted == 0)
        return false;
    for (size_t i = 0; i < num_wanted; i++) {
        if (holds(trail, wanted[i]) || sg_oid_find(wanted[i]) == SG_OID_ANY_POLICY)
            return false;
    }
    return true;
}
