/* SPDX-License-Identifier: Apache-2.0 */
#include "path/anchor_check.h"

#include "path/crl_told.h"

/* What an anchor must be trusted for, any of it, and what that is called. */
static const struct {
    unsigned purposes;
    const char *name;
} wanted[] = {
    [SIGNET_PURPOSE_SIGN] = {SIGNET_ANCHOR_SIGN, "signatures"},
    [SIGNET_PURPOSE_ENCRYPT] = {SIGNET_ANCHOR_ENCRYPT, "encryption"},
    [SIGNET_PURPOSE_ANY] = {SIGNET_ANCHOR_MAIL, "mail"},
    [SIGNET_PURPOSE_DECRYPT] = {SIGNET_ANCHOR_ENCRYPT, "encryption"},
};

void sg_anchor_check(struct sg_judgement *judgement, const struct sg_path *path,
                     struct sg_findings *findings)
{
    const struct signet_anchor_terms *terms = &path->anchor->terms;
    enum signet_purpose purpose = judgement->policy->purpose;
    signet_time not_before = path->certificates[0]->not_before;
    struct sg_where where = sg_at(SIGNET_OBJECT_ANCHOR);
    bool fits = (terms->purposes & wanted[purpose].purposes) != 0;
    bool late = terms->distrust_after != SIGNET_TIME_UNKNOWN && not_before > terms->distrust_after;
    char subject[SG_TOLD_SIZE];
    if (fits && !late && !terms->purpose_unknown)
        return;
    struct signet_param anchor = sg_told_name(findings, "anchor", &path->anchor->subject, subject);
    if (!fits)
        sg_finding_add(findings, SG_KIND_ANCHOR_PURPOSE, where,
                       SG_PARAMS(anchor, sg_string("purpose", wanted[purpose].name)));
    if (late)
        sg_finding_add(findings, SG_KIND_ANCHOR_DISTRUSTED, where,
                       SG_PARAMS(anchor, sg_time("until", terms->distrust_after),
                                 sg_time("not_before", not_before)));
    if (terms->purpose_unknown)
        sg_finding_add(findings, SG_KIND_ANCHOR_PURPOSE_UNKNOWN, where, SG_PARAMS(anchor));
}
