/* SPDX-License-Identifier: Apache-2.0 */
#include "agent/countersigner.h"

#include "agent/shown.h"
#include "agent/signer_certificate.h"

/* A few are normal; each costs a search. */
#define MAX_COUNTERSIGNERS 16

static bool judge_one(struct sg_judgement *judgement, const struct sg_signer_info *signer,
                      struct signet_span element, struct signet_countersigner *out)
{
    struct sg_signer_info info = {0};
    struct sg_digest_value digest;
    struct sg_signer_certificate chosen = {0};
    struct sg_signer_content content = {.octets = signer->signature, .is_countersignature = true};
    struct sg_findings findings;
    bool checks_hold;

    if (!sg_signer_info_parse(element, judgement->arena, &info))
        return false;
    if (info.digest != SG_DIGEST_NONE &&
        sg_digest_compute(judgement->crypto, info.digest, signer->signature, &digest))
        content.digest = &digest;
    sg_findings_init(&findings, judgement->arena);
    checks_hold = sg_signer_check(NULL, &info, &content, &findings);
    if (!info.malformed && !sg_signer_certificate_find(judgement, &info, &content, true, &chosen))
        return false;
    out->signature = sg_signer_signature_verdict(checks_hold, &findings, &chosen);
    if (chosen.certificate != NULL) {
        sg_signer_certificate_check(&info, &chosen, &findings);
        sg_findings_append(&findings, &chosen.findings);
        out->subject = sg_shown_name(&chosen.certificate->subject, judgement->arena);
    }
    sg_findings_conclude(&findings, judgement->policy);
    out->findings = sg_findings_view(&findings);
    return !findings.failed && !judgement->arena->failed;
}

bool sg_countersigners_judge(struct sg_judgement *judgement, const struct sg_signer_info *signer,
                             struct signet_signer *out)
{
    struct sg_countersignatures walk = sg_countersignatures_begin(signer);
    struct signet_countersigner *list = NULL;
    struct signet_span element;
    size_t num = 0;

    while (num < MAX_COUNTERSIGNERS && sg_countersignatures_next(&walk, &element)) {
        if (list == NULL)
            list = sg_arena_array(judgement->arena, MAX_COUNTERSIGNERS, sizeof *list);
        if (list == NULL || !judge_one(judgement, signer, element, &list[num++]))
            return false;
    }
    out->countersigners = list;
    out->num_countersigners = num;
    return true;
}
