/* SPDX-License-Identifier: Apache-2.0 */
#include "agent/attribute_target.h"

#include "x509/target.h"

/* More than any name takes that is not too long to be read (general_name_read.c). */
#define NAME_MEMORY ((size_t)1 << 20)

bool sg_target_usable(const char *text)
{
    struct sg_general_name name;
    struct sg_arena arena;
    bool usable;

    sg_arena_init(&arena, NAME_MEMORY);
    usable = sg_general_name_read(text, &arena, &name) || arena.failed;
    sg_arena_clear(&arena);
    return usable;
}

/* The caller's names. NULL: memory is out. */
static struct sg_general_name *read_own(struct sg_judgement *judgement)
{
    const struct signet_policy *policy = judgement->policy;
    struct sg_general_name *own =
        sg_arena_array(judgement->arena, policy->num_targets, sizeof *own);

    if (own == NULL)
        return NULL;
    for (size_t i = 0; i < policy->num_targets; i++)
        if (!sg_general_name_read(policy->targets[i], judgement->arena, &own[i]))
            return NULL;
    return own;
}

/* Whether a target is one of OWN. A certificate as a target is none (RFC 5755 4.3.2). False: memory
 * is out. */
static bool find(struct sg_judgement *judgement, struct signet_span value,
                 const struct sg_general_name *own, bool *found)
{
    struct sg_targets targets = sg_targets_begin(value);
    struct sg_target target;

    *found = false;
    while (!*found && sg_targets_next(&targets, &target)) {
        if (target.type == SG_TARGET_CERTIFICATE)
            continue;
        if (!sg_budget_comparisons(judgement, judgement->policy->num_targets + 1))
            return true;
        if (!sg_general_name_canonicalise(&target.name, judgement->arena))
            return false;
        for (size_t i = 0; i < judgement->policy->num_targets; i++)
            *found |= sg_general_name_equal(&target.name, &own[i]);
    }
    return true;
}

bool sg_target_check(struct sg_judgement *judgement,
                     const struct signet_attribute_certificate *certificate,
                     struct sg_findings *findings)
{
    struct sg_where where = sg_at(SIGNET_OBJECT_ATTRIBUTE_CERTIFICATE);
    struct sg_general_name *own;
    bool found;

    if (certificate->targets.ptr == NULL)
        return true;
    if (judgement->policy->num_targets == 0) {
        sg_finding_add(findings, SG_KIND_AC_TARGET_UNSAID, where, NULL);
        return true;
    }
    own = read_own(judgement);
    if (own == NULL || !find(judgement, certificate->targets, own, &found)) {
        judgement->failed = true;
        return false;
    }
    if (!found)
        sg_finding_add(findings, SG_KIND_AC_TARGET_OTHERS, where, NULL);
    return true;
}
