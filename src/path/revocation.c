/* SPDX-License-Identifier: Apache-2.0 */
#include "path/revocation.h"

#include "path/crl_answer.h"
#include "path/no_rev_avail.h"
#include "path/status_report.h"

static const struct sg_revocation_status not_checked = {.state = SG_REVOCATION_NOT_CHECKED,
                                                        .revocation_date = SIGNET_TIME_UNKNOWN,
                                                        .reason = SG_REASON_ABSENT,
                                                        .invalidity_date = SIGNET_TIME_UNKNOWN};

/* 6.3.3 for one certificate. */
static void run_search(struct sg_status_search *search, struct sg_findings *findings)
{
    struct sg_crl_points points = {0};
    struct sg_crl_choice choice = {0};
    bool collected = sg_crl_points_init(&points, search->judgement, search->scratch,
                                        sg_status_certificate(search), &search->limit);
    points.for_attributes = search->for_attributes;
    collected = collected && sg_crl_choice_collect(&choice, search, &points);
    if (collected)
        sg_crls_ask(search, &choice);
    else if (!search->limit)
        search->judgement->failed = true;
    if (!search->judgement->failed)
        sg_status_conclude(search, &points, &choice, findings);
}

void sg_status_determine(struct sg_judgement *judgement, const struct sg_path *path, size_t index,
                         unsigned depth, bool for_attributes, bool anchored,
                         struct sg_findings *findings, struct sg_revocation_status *status)
{
    struct sg_arena scratch;
    struct sg_status_search search = {.judgement = judgement,
                                      .path = path,
                                      .index = index,
                                      .for_attributes = for_attributes,
                                      .anchored = anchored,
                                      .depth = depth,
                                      .scratch = &scratch,
                                      .status = *status};
    sg_arena_init(&scratch, judgement->policy->limits.max_memory);
    for (size_t role = 0; role < SG_NUM_CRL_ROLES; role++)
        sg_findings_init(&search.told[role], &scratch);
    search.status.state = SG_REVOCATION_UNDETERMINED;
    run_search(&search, findings);
    judgement->failed |= scratch.failed;
    *status = search.status;
    sg_arena_clear(&scratch);
}

/* The path's top is the anchor's own certificate: no CRL speaks of what is trusted for being the
 * anchor. */
static bool is_anchor(const struct sg_path *path, size_t index)
{
    const struct signet_certificate *anchor = path->anchor->certificate;
    return index + 1 == path->num && anchor != NULL &&
           sg_span_equal(anchor->der, path->certificates[index]->der);
}

struct sg_revocation_status *sg_revocation_check(struct sg_judgement *judgement,
                                                 const struct sg_path *path, unsigned depth,
                                                 struct sg_findings *findings)
{
    struct sg_revocation_status *statuses =
        sg_arena_array(judgement->arena, path->num, sizeof(*statuses));
    bool off = judgement->policy->revocation == SIGNET_REVOCATION_OFF;
    /* Whoever only names an anchor, or stands below a certificate that is no CA's, could otherwise
     * send us wherever its certificate says. */
    bool anchored = sg_findings_conclude(findings, judgement->policy) <= SIGNET_VERDICT_WEAK;
    if (statuses == NULL)
        return NULL;
    if (off)
        sg_finding_add(findings, SG_KIND_REVOCATION_OFF,
                       (struct sg_where){SIGNET_OBJECT_CERTIFICATE, -1}, NULL);
    for (size_t i = 0; i < path->num; i++) {
        statuses[i] = not_checked;
        if (path->certificates[i]->no_rev_avail)
            sg_no_rev_avail_check(path->certificates[i], i, findings);
        else if (!off && !is_anchor(path, i))
            sg_status_determine(judgement, path, i, depth, false, anchored, findings, &statuses[i]);
    }
    return judgement->failed ? NULL : statuses;
}
