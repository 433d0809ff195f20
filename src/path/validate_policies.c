/* SPDX-License-Identifier: Apache-2.0 */
/* Certificate policies along a path: RFC 5280 6.1 as updated by RFC 9618. */
#include "path/validation.h"
#include "x509/policy_extensions.h"

/* Of the anchor; those that ask for nothing where it is the path of who signs CRLs. */
static const struct signet_anchor_terms *terms_in_force(const struct sg_validation *validation)
{
    static const struct signet_anchor_terms nothing;
    return validation->judgement->vouching ? &nothing : &validation->path->anchor->terms;
}

bool sg_validation_start_policies(struct sg_validation *validation)
{
    const struct signet_policy *policy = validation->judgement->policy;
    const struct signet_anchor_terms *terms = terms_in_force(validation);
    size_t never = validation->path->num + 1;
    bool require = policy->require_explicit_policy || terms->require_explicit_policy;
    bool inhibit_any = policy->inhibit_any_policy || terms->inhibit_any_policy;
    bool inhibit_mapping = policy->inhibit_policy_mapping || terms->inhibit_policy_mapping;
    validation->explicit_policy = require ? 0 : never;
    validation->inhibit_any_policy = inhibit_any ? 0 : never;
    validation->policy_mapping = inhibit_mapping ? 0 : never;
    validation->valid_policy_graph = sg_policy_graph_new(validation->judgement);
    return validation->valid_policy_graph != NULL;
}

static void lower(size_t *count, int64_t skip)
{
    if (skip >= 0 && (uint64_t)skip < *count)
        *count = (size_t)skip;
}

/* 6.1.4 (i), (j). */
static void take_skip_counts(struct sg_validation *validation,
                             const struct signet_certificate *certificate)
{
    lower(&validation->explicit_policy, certificate->require_explicit_policy);
    lower(&validation->policy_mapping, certificate->inhibit_policy_mapping);
    lower(&validation->inhibit_any_policy, certificate->inhibit_any_policy);
}

/* As if the anchor's certificate were the first of the path, but for demanding that it has
 * policies: most have none. */
void sg_validation_take_anchor_policies(struct sg_validation *validation,
                                        const struct signet_certificate *anchor)
{
    if (anchor->policies.ptr != NULL) {
        sg_policy_graph_add_certificate(validation->valid_policy_graph, anchor, true);
        sg_policy_graph_map(validation->valid_policy_graph, anchor, validation->policy_mapping > 0);
    }
    take_skip_counts(validation, anchor);
}

static void count_down(size_t *count)
{
    if (*count > 0)
        --*count;
}

void sg_validation_count_policies(struct sg_validation *validation,
                                  const struct signet_certificate *certificate)
{
    if (!certificate->self_issued) {
        count_down(&validation->explicit_policy);
        count_down(&validation->policy_mapping);
        count_down(&validation->inhibit_any_policy);
    }
    take_skip_counts(validation, certificate);
}

/* One finding tells it: where the requirement first was not met, and the graph cannot recover. */
static void tell_no_policy(struct sg_validation *validation, size_t index, enum sg_kind kind)
{
    if (!validation->policy_told)
        sg_finding_add(validation->findings, kind, sg_at_certificate(index), NULL);
    validation->policy_told = true;
}

/* True, and told once, when the budget went out, so that nothing is known of policies. */
static bool is_limited(struct sg_validation *validation, size_t index)
{
    if (!sg_policy_graph_is_limited(validation->valid_policy_graph))
        return false;
    tell_no_policy(validation, index, SG_KIND_POLICIES_LIMIT);
    return true;
}

void sg_validation_check_policies(struct sg_validation *validation, size_t index)
{
    const struct signet_certificate *certificate = sg_validation_certificate(validation, index);
    bool any_allowed =
        validation->inhibit_any_policy > 0 || (index > 0 && certificate->self_issued);
    sg_policy_graph_add_certificate(validation->valid_policy_graph, certificate, any_allowed);
    if (is_limited(validation, index))
        return;
    if (validation->explicit_policy == 0 && sg_policy_graph_is_null(validation->valid_policy_graph))
        tell_no_policy(validation, index, SG_KIND_POLICY_NONE_VALID);
}

static bool is_any_policy(struct signet_span policy)
{
    return sg_span_equal(policy, sg_oid_octets(SG_OID_ANY_POLICY));
}

static bool maps_any_policy(struct signet_span policy_mappings)
{
    struct sg_policy_mappings mappings = sg_policy_mappings_begin(policy_mappings);
    struct sg_policy_mapping mapping;
    while (sg_policy_mappings_next(&mappings, &mapping)) {
        if (is_any_policy(mapping.issuer_domain) || is_any_policy(mapping.subject_domain))
            return true;
    }
    return false;
}

void sg_validation_map_policies(struct sg_validation *validation, size_t index)
{
    const struct signet_certificate *certificate = sg_validation_certificate(validation, index);
    if (maps_any_policy(certificate->policy_mappings))
        sg_finding_add(validation->findings, SG_KIND_POLICY_ANY_MAPPED, sg_at_certificate(index),
                       NULL);
    sg_policy_graph_map(validation->valid_policy_graph, certificate,
                        validation->policy_mapping > 0);
}

enum { MAX_POLICY_LEN = 128 };

/* LIST of dotted OIDs as octets, in the arena. */
static struct signet_span *read_policies(struct sg_judgement *judgement, const char *const *texts,
                                         size_t num)
{
    struct signet_span *list = sg_arena_array(judgement->arena, num, sizeof(*list));
    for (size_t i = 0; i < num && list != NULL; i++) {
        uint8_t octets[MAX_POLICY_LEN];
        size_t len = sg_oid_from_dotted(texts[i], octets, sizeof(octets));
        list[i] = sg_arena_copy(judgement->arena, sg_span(octets, len));
    }
    if (judgement->arena->failed)
        judgement->failed = true;
    return list;
}

struct signet_span *sg_validation_user_policies(struct sg_judgement *judgement)
{
    const struct signet_policy *policy = judgement->policy;
    return read_policies(judgement, policy->policies, policy->num_policies);
}

/* anyPolicy in LIST stands for every one. */
static bool is_among(struct signet_span policy, const struct signet_span *list, size_t num)
{
    for (size_t i = 0; i < num; i++) {
        if (sg_span_equal(policy, list[i]) || is_any_policy(list[i]))
            return true;
    }
    return false;
}

static bool has_any_policy(const struct signet_span *list, size_t num)
{
    for (size_t i = 0; i < num; i++) {
        if (is_any_policy(list[i]))
            return true;
    }
    return false;
}

/*
 * The user-initial-policy-set: what both the caller and the anchor's terms accept, of which none
 * means all. Where they have nothing in common one that matches nothing is left, since an empty set
 * would accept anything.
 */
static struct signet_span *wanted_policies(struct sg_validation *validation, size_t *num)
{
    struct sg_judgement *judgement = validation->judgement;
    const struct signet_anchor_terms *terms = terms_in_force(validation);
    struct signet_span *wanted = sg_validation_user_policies(judgement);
    *num = judgement->policy->num_policies;
    if (terms->num_policies == 0 || wanted == NULL)
        return wanted;
    struct signet_span *other = read_policies(judgement, terms->policies, terms->num_policies);
    size_t kept = 0;
    if (*num == 0 || other == NULL || has_any_policy(wanted, *num)) {
        *num = terms->num_policies;
        return other;
    }
    for (size_t i = 0; i < *num; i++) {
        if (is_among(wanted[i], other, terms->num_policies))
            wanted[kept++] = wanted[i];
    }
    if (kept == 0)
        wanted[kept++] = sg_span(NULL, 0);
    *num = kept;
    return wanted;
}

void sg_validation_conclude_policies(struct sg_validation *validation,
                                     struct sg_path_output *output)
{
    struct sg_judgement *judgement = validation->judgement;
    count_down(&validation->explicit_policy); /* also for a self-issued one (E-23) */
    if (sg_validation_certificate(validation, 0)->require_explicit_policy == 0)
        validation->explicit_policy = 0;

    size_t num;
    struct signet_span *wanted = wanted_policies(validation, &num);
    if (judgement->failed || is_limited(validation, 0))
        return;
    bool found = sg_policy_graph_result(validation->valid_policy_graph, wanted, num,
                                        &output->policies, &output->num_policies);
    if (validation->explicit_policy > 0 || found || judgement->failed)
        return;
    tell_no_policy(validation, 0,
                   sg_policy_graph_is_null(validation->valid_policy_graph)
                       ? SG_KIND_POLICY_NONE_VALID
                       : SG_KIND_POLICY_NONE_WANTED);
}
