/* SPDX-License-Identifier: Apache-2.0 */
#include "agent/countersigner.h"

#include "agent/path_judge.h"
#include "agent/shown.h"
#include "agent/signer_certificate.h"

/* The digest of SIGNER's signature; *FOUND is false when it is not supported. False: memory is out.
 */
static bool digest_signature(struct sg_judgement *judgement, const struct sg_signer_info *info,
                             const struct sg_signer_info *signer, struct sg_digest_value *digest,
                             bool *found)
{
    *found = sg_digest_supported(judgement->crypto, info->digest);
    return !*found || sg_digest_compute(judgement->crypto, info->digest, signer->signature, digest);
}

static bool judge_readable(struct sg_judgement *judgement, const struct sg_signer_info *info,
                           const struct sg_signer_content *content, struct sg_findings *findings,
                           struct sg_path_result *paths, struct signet_countersigner *out)
{
    struct sg_signer_certificate chosen = {0};
    bool checks_hold = sg_signer_check(NULL, info, content, findings);
    if (!info->malformed &&
        !sg_signer_certificate_find(judgement, info, content, NULL, true, &chosen))
        return false;
    out->signature = sg_signer_signature_verdict(checks_hold, findings, &chosen);
    sg_signer_certificate_check(info, &chosen, findings);
    if (chosen.certificate == NULL)
        return true;
    *paths = chosen.paths;
    sg_findings_append(findings, &chosen.findings);
    out->subject = sg_shown_name(&chosen.certificate->subject, judgement->arena);
    return out->subject != NULL;
}

static bool judge_one(struct sg_judgement *judgement, const struct sg_signer_info *signer,
                      struct signet_span element, struct signet_countersigner *out)
{
    struct sg_signer_content content = {.octets = signer->signature, .is_countersignature = true};
    struct sg_signer_info info;
    struct sg_digest_value digest;
    struct sg_findings findings;
    struct sg_path_result paths = {0};
    bool digested;
    sg_findings_init(&findings, judgement->arena);
    if (!sg_signer_info_parse(element, judgement->arena, &info) ||
        !digest_signature(judgement, &info, signer, &digest, &digested))
        return false;
    if (digested)
        content.digest = &digest;
    if (!judge_readable(judgement, &info, &content, &findings, &paths, out))
        return false;
    sg_path_conclude(paths.best != NULL ? &paths : NULL, judgement->policy, &findings);
    out->findings = sg_findings_view(&findings);
    return !findings.failed && !judgement->failed;
}

/* There is no number of them that is too much, but what they cost is bounded. */
static bool is_affordable(struct sg_judgement *judgement)
{
    return !judgement->budget.exhausted && sg_budget_step(judgement);
}

bool sg_countersigners_judge(struct sg_judgement *judgement, const struct sg_signer_info *signer,
                             struct signet_signer *out, size_t *num_left)
{
    struct sg_countersignatures walk = sg_countersignatures_begin(signer);
    struct signet_span element;
    void *items = NULL;
    size_t num = 0, cap = 0;
    while (sg_countersignatures_next(&walk, &element)) {
        if (!is_affordable(judgement)) {
            (*num_left)++;
            continue;
        }
        if (!sg_arena_grow(judgement->arena, &items, &cap, num, sizeof(*out->countersigners)))
            return false;
        struct signet_countersigner *one = (struct signet_countersigner *)items + num++;
        *one = (struct signet_countersigner){.signature = SIGNET_VERDICT_UNKNOWN};
        if (!judge_one(judgement, signer, element, one))
            return false;
    }
    out->countersigners = items;
    out->num_countersigners = num;
    return true;
}
