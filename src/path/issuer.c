/* SPDX-License-Identifier: Apache-2.0 */
#include "path/issuer.h"

#include "path/validate.h"

int sg_issuer_hint(const struct signet_certificate *child, const struct signet_certificate *issuer)
{
    int hint = 0;
    if (child->aki.key_id.ptr != NULL && issuer->ski.ptr != NULL)
        hint += sg_span_equal(child->aki.key_id, issuer->ski) ? 8 : -8;
    if (child->aki.serial.ptr != NULL)
        hint += sg_serial_equal(child->aki.serial, issuer->serial) ? 4 : -1;
    return hint;
}

int sg_issuer_score(const struct signet_certificate *issuer, signet_time now)
{
    int score = 0;
    if (issuer->not_before <= now && now <= issuer->not_after)
        score += 4;
    if (issuer->is_ca)
        score += 2;
    if (!issuer->has_key_usage || (issuer->key_usage & SG_KU_KEY_CERT_SIGN) != 0)
        score += 1;
    return score;
}

struct sg_name_constraints *sg_issuer_constraints(struct sg_judgement *judgement,
                                                  const struct signet_certificate *issuer)
{
    struct sg_subtrees permitted, excluded;
    if (issuer->name_constraints.ptr == NULL)
        return NULL;
    struct sg_name_constraints *constraints = sg_name_constraints_new(judgement);
    if (constraints == NULL)
        return NULL;
    sg_name_constraints_open(issuer->name_constraints, &permitted, &excluded);
    sg_name_constraints_add(constraints, permitted, excluded);
    return constraints;
}

enum signet_verdict sg_issuer_assess(struct sg_judgement *judgement,
                                     const struct signet_certificate *issuer)
{
    struct sg_arena scratch;
    struct sg_findings findings;
    sg_arena_init(&scratch, judgement->policy->limits.max_memory);
    sg_findings_init(&findings, &scratch);
    sg_path_check_issuer(judgement, issuer, &findings);
    enum signet_verdict worst = sg_findings_conclude(&findings, judgement->policy);
    judgement->failed = judgement->failed || findings.failed;
    sg_arena_clear(&scratch);
    return worst;
}
