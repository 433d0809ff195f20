/* SPDX-License-Identifier: Apache-2.0 */
#include "path/status_report.h"

#include "path/crl_told.h"

/* reasons_mask of CRLs whose role is WORST or better. */
static unsigned covered(const struct sg_status_search *search, enum sg_crl_role worst)
{
    unsigned reasons = 0;
    for (size_t role = worst; role < SG_NUM_CRL_ROLES; role++)
        reasons |= search->reasons[role];
    return reasons;
}

/* Hands over what was said of CRLs. Those of the first NUM_NEEDLESS roles no longer count: others
 * settled the status. */
static void report_told(const struct sg_status_search *search, size_t num_needless,
                        struct sg_findings *findings)
{
    struct sg_findings_mark mark = sg_findings_mark(findings);
    for (size_t role = 0; role < num_needless; role++)
        sg_findings_append(findings, &search->told[role]);
    sg_findings_cap(findings, mark, SIGNET_VERDICT_GOOD);
    for (size_t role = num_needless; role < SG_NUM_CRL_ROLES; role++)
        sg_findings_append(findings, &search->told[role]);
}

static void report_revoked(const struct sg_status_search *search, struct sg_findings *findings)
{
    const struct sg_revocation_status *status = &search->status;
    bool since = status->invalidity_date != SIGNET_TIME_UNKNOWN;
    char crl[SG_TOLD_SIZE];
    report_told(search, SG_NUM_CRL_ROLES, findings);
    sg_finding_add(findings, since ? SG_KIND_CERT_REVOKED_SINCE : SG_KIND_CERT_REVOKED,
                   sg_at_certificate(search->index),
                   SG_PARAMS(sg_time("date", status->revocation_date),
                             sg_string("reason", sg_crl_reason_name(status->reason)),
                             sg_told_crl(findings, "crl", search->listed_by, crl),
                             sg_time("invalid", status->invalidity_date)));
}

/* Why there is no answer (B-CRL-20), when it is not for the age of the CRLs alone. */
static enum sg_kind find_lack(const struct sg_status_search *search,
                              const struct sg_crl_choice *choice)
{
    if (choice->num_seen == 0)
        return SG_KIND_STATUS_NO_CRL;
    if (covered(search, SG_CRL_STALE) != 0)
        return SG_KIND_STATUS_REASONS_OPEN;
    if (choice->num_complete == 0 && choice->num_deltas > 0)
        return SG_KIND_STATUS_DELTA_ALONE;
    return search->told[SG_CRL_REFUSED].num > 0 ? SG_KIND_STATUS_NOT_SETTLED
                                                : SG_KIND_STATUS_NOT_COVERED;
}

/* Appends the first URI that POINTS name: where somebody may look for a CRL. */
static void add_place(const struct sg_crl_points *points, struct sg_buffer *text)
{
    for (size_t i = 0; i < points->num; i++) {
        const struct sg_point_names *names = &points->items[i].names;
        for (size_t k = 0; k < names->num; k++) {
            if (names->items[k].type != SG_GN_URI)
                continue;
            sg_buffer_add_text(text, "; its CRL is published at ");
            sg_buffer_add(text, names->items[k].value);
            return;
        }
    }
}

enum { MAX_PLACE_LEN = 65536 };

static void report_lack(const struct sg_status_search *search, const struct sg_crl_points *points,
                        const struct sg_crl_choice *choice, struct sg_findings *findings)
{
    const struct signet_certificate *certificate = sg_status_certificate(search);
    char subject[SG_TOLD_SIZE], issuer[SG_TOLD_SIZE];
    struct sg_buffer place;
    sg_buffer_init(&place, MAX_PLACE_LEN);
    add_place(points, &place);
    sg_finding_add(findings, find_lack(search, choice), sg_at_certificate(search->index),
                   SG_PARAMS(sg_told_name(findings, "subject", &certificate->subject, subject),
                             sg_told_name(findings, "issuer", &certificate->issuer, issuer),
                             sg_text("place", sg_buffer_span(&place))));
    findings->failed |= place.status == SIGNET_ERR_MEMORY;
    sg_buffer_free(&place);
}

/*
 * What could tell of the certificate, or tell something newer (RFC 3850 4.1: CRLs are fetched at
 * each verification). The names of POINTS end with the search; a need stays.
 */
static void add_needs(const struct sg_status_search *search, const struct sg_crl_points *points,
                      bool missing)
{
    const struct signet_certificate *certificate = sg_status_certificate(search);
    struct sg_judgement *judgement = search->judgement;
    struct sg_need need = {.kind = SG_NEED_CRL,
                           .missing = missing,
                           .anchored = search->anchored,
                           .name = &certificate->issuer,
                           .key_id = certificate->aki.key_id,
                           .certificate = certificate};
    sg_need_add(judgement, &need);
    for (size_t i = 1; i < points->num_issuers; i++) {
        struct sg_name *name = sg_arena_alloc(judgement->arena, sizeof(*name));
        struct signet_span form = sg_arena_copy(judgement->arena, points->issuers[i]->canonical);
        if (name == NULL || form.ptr == NULL) {
            judgement->failed = true;
            return;
        }
        sg_name_set_canonical(name, form);
        need.name = name;
        need.key_id = sg_span(NULL, 0);
        sg_need_add(judgement, &need);
    }
    for (size_t i = 0; i < points->num_issuers; i++)
        sg_needs_mark(judgement, certificate, points->issuers[i], missing, search->anchored);
}

static void report_unsettled(const struct sg_status_search *search,
                             const struct sg_crl_points *points, const struct sg_crl_choice *choice,
                             struct sg_findings *findings)
{
    bool by_undated = !search->limit && covered(search, SG_CRL_UNDATED) == SG_REASONS_ALL;
    report_told(search, by_undated ? SG_CRL_UNDATED : 0, findings);
    if (search->limit)
        sg_finding_add(findings, SG_KIND_CRLS_LIMIT, sg_at_certificate(search->index), NULL);
    else if (covered(search, SG_CRL_STALE) != SG_REASONS_ALL)
        report_lack(search, points, choice, findings);
}

void sg_status_conclude(struct sg_status_search *search, const struct sg_crl_points *points,
                        const struct sg_crl_choice *choice, struct sg_findings *findings)
{
    struct sg_revocation_status *status = &search->status;
    bool covers = search->reasons[SG_CRL_CURRENT] == SG_REASONS_ALL;
    if (status->state != SG_REVOCATION_REVOKED && search->held.state == SG_REVOCATION_REVOKED &&
        !covers)
        *status = search->held;
    add_needs(search, points, status->state != SG_REVOCATION_REVOKED && (!covers || search->limit));
    if (status->state == SG_REVOCATION_REVOKED) {
        report_revoked(search, findings);
        return;
    }
    if (covers && !search->limit) {
        report_told(search, SG_CRL_CURRENT, findings);
        status->state = search->may_omit ? SG_REVOCATION_UNDETERMINED : SG_REVOCATION_GOOD;
    } else {
        report_unsettled(search, points, choice, findings);
    }
    if (status->state == SG_REVOCATION_UNDETERMINED)
        status->crl = status->delta = NULL;
}
