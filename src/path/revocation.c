/* SPDX-License-Identifier: Apache-2.0 */
#include "path/revocation.h"

#include "path/crl_age.h"
#include "path/crl_told.h"
#include "path/delta.h"
#include "x509/access.h"

/* The outcome for one certificate while CRLs are being asked. */
struct outcome {
    struct sg_status_search search;
    struct sg_revocation_status status;
    struct sg_revocation_status held; /* a hold on a CRL that is not current: it may have ended */
    bool may_omit;                    /* the certificate had expired when the CRL was issued */
};

static bool is_settled(const struct outcome *outcome)
{
    return outcome->status.state == SG_REVOCATION_REVOKED || outcome->search.limit ||
           outcome->search.judgement->failed;
}

/* --- one CRL */

static bool look_up(const struct sg_status_search *search, const struct signet_crl *crl,
                    struct sg_crl_entry *entry)
{
    const struct signet_certificate *certificate = sg_status_certificate(search);
    return sg_crl_find(crl, certificate->serial, &certificate->issuer, entry);
}

/* 6.3.3 (i) to (k). DELTA, or NULL, takes part; only a current one lifts a hold. */
static bool find_entry(const struct sg_status_search *search, const struct signet_crl *complete,
                       const struct signet_crl *delta, bool delta_is_current,
                       struct sg_crl_entry *entry)
{
    if (delta != NULL && look_up(search, delta, entry)) {
        if (entry->reason == SG_REASON_REMOVE_FROM_CRL && delta_is_current)
            return false;
        if (entry->reason != SG_REASON_REMOVE_FROM_CRL && sg_crl_entry_counts(search, delta, entry))
            return true;
    }
    return look_up(search, complete, entry) && sg_crl_entry_counts(search, complete, entry);
}

static void revoke(struct outcome *outcome, const struct signet_crl *complete,
                   const struct signet_crl *delta, enum sg_crl_role role,
                   const struct sg_crl_entry *entry)
{
    const struct sg_revocation_status status = {.state = SG_REVOCATION_REVOKED,
                                                .crl = complete,
                                                .delta = delta,
                                                .revocation_date = entry->revocation_date,
                                                .reason = entry->reason,
                                                .invalidity_date = entry->invalidity_date};
    if (role != SG_CRL_CURRENT && entry->reason == SG_REASON_HOLD)
        outcome->held = status;
    else
        outcome->status = status;
}

/* A digest of which collisions are practical proves as little here as in a certificate. */
static void tell_digest(struct sg_status_search *search, const struct signet_crl *crl,
                        enum sg_crl_role role)
{
    struct sg_signature_algorithm algorithm;
    struct signet_parse_error error = {0};
    if (sg_signature_algorithm_parse(&crl->signature_algorithm, &algorithm, &error) &&
        sg_digest_is_weak(algorithm.digest))
        sg_crl_tell(search, role, SG_KIND_CRL_DIGEST_WEAK, crl,
                    SG_PARAMS(sg_string("digest", sg_digest_name(algorithm.digest))));
}

static void tell_dates(struct sg_status_search *search, const struct signet_crl *crl,
                       enum sg_crl_role role, bool by_age)
{
    static const enum sg_kind kinds[] = {
        [SG_CRL_STALE] = SG_KIND_CRL_EXPIRED,
        [SG_CRL_UNDATED] = SG_KIND_CRL_AGE_UNKNOWN,
        [SG_CRL_CURRENT] = SG_KIND_CRL_AGE_ACCEPTED,
    };
    if (role != SG_CRL_CURRENT || by_age)
        sg_crl_tell(search, role, kinds[role], crl,
                    SG_PARAMS(sg_time("this_update", crl->this_update),
                              sg_time("next_update", crl->next_update),
                              sg_time("time", search->judgement->policy->time)));
}

/* What is odd about CRL, which does for ROLE. */
static void tell_all(struct sg_status_search *search, const struct signet_crl *crl,
                     enum sg_crl_role role)
{
    sg_crl_check(crl, search->index, &search->told[role]);
    tell_digest(search, crl, role);
}

/*
 * CRL does not list the certificate. Having been issued after its expiry it need not do so; whoever
 * judges an expired certificate has been told that it is expired, and no more is made of it.
 */
static enum sg_crl_role take_absence(struct outcome *outcome, const struct sg_crl_use *use,
                                     const struct signet_crl *latest, enum sg_crl_role role)
{
    struct sg_status_search *search = &outcome->search;
    if (sg_crl_may_omit(search, latest)) {
        bool judged_expired =
            search->judgement->policy->time > sg_status_certificate(search)->not_after;
        sg_crl_tell(search, judged_expired ? role : SG_CRL_REFUSED,
                    judged_expired ? SG_KIND_CRL_MAY_OMIT : SG_KIND_CRL_AFTER_EXPIRY, latest,
                    SG_PARAMS(sg_time("this_update", latest->this_update)));
        if (!judged_expired)
            return SG_CRL_REFUSED;
        outcome->may_omit = true;
    }
    search->reasons[role] |= use->reasons;
    if (role == SG_CRL_CURRENT && outcome->status.crl == NULL) {
        outcome->status.crl = use->crl;
        outcome->status.delta = latest != use->crl ? latest : NULL;
    }
    return role;
}

/*
 * Asks one CRL, and the delta that belongs to it, for the certificate. The complete CRL and its
 * delta together are a CRL with the delta's dates (5.2.4).
 */
static enum sg_crl_role ask(struct outcome *outcome, const struct sg_crl_choice *choice,
                            const struct sg_crl_use *use)
{
    struct sg_status_search *search = &outcome->search;
    const struct signet_crl *crl = use->crl, *latest = crl;
    struct sg_findings warnings;
    struct sg_crl_signer signer;
    struct sg_crl_entry entry;
    bool by_age, delta_by_age;
    sg_findings_init(&warnings, search->scratch);
    if (!sg_crl_signer_find(search, crl, &warnings, &signer))
        return SG_CRL_REFUSED;

    const struct signet_crl *delta = sg_delta_find(search, choice, crl, &signer);
    enum sg_crl_role role = sg_crl_role_by_dates(search, crl, &by_age);
    bool delta_is_current =
        delta != NULL && sg_crl_role_by_dates(search, delta, &delta_by_age) == SG_CRL_CURRENT;
    if (delta_is_current) {
        latest = delta;
        role = SG_CRL_CURRENT;
        by_age = delta_by_age;
    }
    sg_findings_append(&search->told[role], &warnings);
    tell_all(search, crl, role);
    if (delta != NULL)
        tell_all(search, delta, role);
    if (find_entry(search, crl, delta, delta_is_current, &entry)) {
        revoke(outcome, crl, delta, role, &entry);
        return role;
    }
    tell_dates(search, latest, role, by_age);
    return take_absence(outcome, use, latest, role);
}

/* --- all CRLs */

/* B-CRL-7: one number, two contents. */
static void compare_twins(struct sg_status_search *search, const struct signet_crl *newest,
                          const struct signet_crl *crl)
{
    if (crl->number.ptr != NULL && sg_crl_number_compare(newest->number, crl->number) == 0)
        sg_crl_tell(search, SG_CRL_CURRENT, SG_KIND_CRL_NUMBER_TWICE, crl, NULL);
}

static bool is_superseded(const struct signet_crl *crl, const struct signet_crl *by)
{
    if (by == NULL)
        return false;
    return crl->number.ptr != NULL ? sg_crl_number_compare(crl->number, by->number) < 0
                                   : sg_crl_compare_age(crl, by) < 0;
}

/*
 * Asks the CRLs of one sequence, from FIRST on. The newest that is sound counts (E-28), and if that
 * is not current any more, the newest one that is (A-5-4). Returns where the next sequence begins.
 */
static size_t ask_sequence(struct outcome *outcome, const struct sg_crl_choice *choice,
                           size_t first)
{
    const struct signet_crl *newest = NULL, *current = NULL;
    size_t i;
    for (i = first; i < choice->num_complete; i++) {
        const struct sg_crl_use *use = &choice->complete[i];
        bool by_age;
        if (!sg_crl_same_sequence(use->crl, choice->complete[first].crl))
            break;
        if (is_settled(outcome) || is_superseded(use->crl, current))
            continue;
        if (is_superseded(use->crl, newest) &&
            sg_crl_role_by_dates(&outcome->search, use->crl, &by_age) != SG_CRL_CURRENT)
            continue;

        enum sg_crl_role role = ask(outcome, choice, use);
        if (role == SG_CRL_REFUSED)
            continue;
        if (newest != NULL)
            compare_twins(&outcome->search, newest, use->crl);
        newest = newest != NULL ? newest : use->crl;
        if (role == SG_CRL_CURRENT && current == NULL)
            current = use->crl;
    }
    return i;
}

/* --- the outcome */

static unsigned covered(const struct sg_status_search *search, enum sg_crl_role worst)
{
    unsigned reasons = 0;
    for (size_t role = worst; role < SG_NUM_CRL_ROLES; role++)
        reasons |= search->reasons[role];
    return reasons;
}

/* Hands over what was said of CRLs. Those of the first NUM_NEEDLESS roles no longer count: others
 * settled the status. */
static void report_told(struct outcome *outcome, struct sg_findings *findings, size_t num_needless)
{
    struct sg_findings_mark mark = sg_findings_mark(findings);
    for (size_t role = 0; role < num_needless; role++)
        sg_findings_append(findings, &outcome->search.told[role]);
    sg_findings_cap(findings, mark, SIGNET_VERDICT_GOOD);
    for (size_t role = num_needless; role < SG_NUM_CRL_ROLES; role++)
        sg_findings_append(findings, &outcome->search.told[role]);
}

static void report_revoked(struct outcome *outcome, struct sg_findings *findings)
{
    const struct sg_revocation_status *status = &outcome->status;
    char crl[SG_TOLD_CRL_SIZE];
    sg_crl_describe(status->delta != NULL ? status->delta : status->crl, crl);
    report_told(outcome, findings, SG_NUM_CRL_ROLES);
    sg_finding_add(findings,
                   status->invalidity_date != SIGNET_TIME_UNKNOWN ? SG_KIND_CERT_REVOKED_SINCE
                                                                  : SG_KIND_CERT_REVOKED,
                   sg_at_certificate(outcome->search.index),
                   SG_PARAMS(sg_time("date", status->revocation_date),
                             sg_string("reason", sg_crl_reason_name(status->reason)),
                             sg_string("crl", crl), sg_time("invalid", status->invalidity_date)));
}

/* Why there is no answer (B-CRL-20), when it is not for the age of the CRLs alone. */
static enum sg_kind find_lack(const struct outcome *outcome, const struct sg_crl_choice *choice)
{
    if (choice->num_seen == 0)
        return SG_KIND_STATUS_NO_CRL;
    if (covered(&outcome->search, SG_CRL_STALE) != 0)
        return SG_KIND_STATUS_REASONS_OPEN;
    if (choice->num_complete == 0 && choice->num_deltas > 0)
        return SG_KIND_STATUS_DELTA_ALONE;
    return outcome->search.told[SG_CRL_REFUSED].num > 0 ? SG_KIND_STATUS_NOT_SETTLED
                                                        : SG_KIND_STATUS_NOT_COVERED;
}

static void report_lack(struct outcome *outcome, const struct sg_crl_choice *choice,
                        struct sg_findings *findings)
{
    const struct signet_certificate *certificate = sg_status_certificate(&outcome->search);
    char subject[SG_TOLD_NAME_SIZE], issuer[SG_TOLD_NAME_SIZE];
    sg_name_write_text(&certificate->subject, subject, sizeof(subject));
    sg_name_write_text(&certificate->issuer, issuer, sizeof(issuer));
    sg_finding_add(findings, find_lack(outcome, choice), sg_at_certificate(outcome->search.index),
                   SG_PARAMS(sg_string("subject", subject), sg_string("issuer", issuer)));
}

/* The names of POINTS end with the search; a need stays. */
static void add_needs(struct sg_status_search *search, const struct sg_crl_points *points)
{
    const struct signet_certificate *certificate = sg_status_certificate(search);
    struct sg_judgement *judgement = search->judgement;
    sg_need_add(judgement, SG_NEED_CRL, &certificate->issuer, certificate->aki.key_id, certificate);
    for (size_t i = 1; i < points->num_issuers; i++) {
        struct sg_name *name = sg_arena_alloc(judgement->arena, sizeof(*name));
        if (name == NULL)
            return;
        sg_name_set_canonical(name, sg_arena_copy(judgement->arena, points->issuers[i]->canonical));
        sg_need_add(judgement, SG_NEED_CRL, name, sg_span(NULL, 0), certificate);
    }
}

static void report_unsettled(struct outcome *outcome, const struct sg_crl_points *points,
                             const struct sg_crl_choice *choice, struct sg_findings *findings)
{
    const struct sg_status_search *search = &outcome->search;
    outcome->status.crl = outcome->status.delta = NULL;
    add_needs(&outcome->search, points);
    if (search->limit) {
        report_told(outcome, findings, 0);
        sg_finding_add(findings, SG_KIND_CRLS_LIMIT, sg_at_certificate(search->index), NULL);
    } else if (covered(search, SG_CRL_UNDATED) == SG_REASONS_ALL) {
        report_told(outcome, findings, SG_CRL_UNDATED);
    } else {
        report_told(outcome, findings, 0);
        if (covered(search, SG_CRL_STALE) != SG_REASONS_ALL)
            report_lack(outcome, choice, findings);
    }
}

static void conclude(struct outcome *outcome, const struct sg_crl_points *points,
                     const struct sg_crl_choice *choice, struct sg_findings *findings)
{
    const struct sg_status_search *search = &outcome->search;
    bool covers = search->reasons[SG_CRL_CURRENT] == SG_REASONS_ALL;
    if (outcome->held.state == SG_REVOCATION_REVOKED && !covers &&
        outcome->status.state != SG_REVOCATION_REVOKED)
        outcome->status = outcome->held;

    if (outcome->status.state == SG_REVOCATION_REVOKED) {
        report_revoked(outcome, findings);
    } else if (covers && !search->limit) {
        report_told(outcome, findings, SG_CRL_CURRENT);
        if (!outcome->may_omit)
            outcome->status.state = SG_REVOCATION_GOOD;
    } else {
        report_unsettled(outcome, points, choice, findings);
    }
}

static void ask_all(struct outcome *outcome, struct sg_findings *findings)
{
    struct sg_status_search *search = &outcome->search;
    struct sg_crl_points points = {0};
    struct sg_crl_choice choice = {0};
    bool collected = sg_crl_points_init(&points, search->judgement, search->scratch,
                                        sg_status_certificate(search), &search->limit) &&
                     sg_crl_choice_collect(&choice, search, &points);
    if (!collected && !search->limit)
        search->judgement->failed = true;
    for (size_t next = 0; collected && next < choice.num_complete;)
        next = ask_sequence(outcome, &choice, next);
    if (!search->judgement->failed)
        conclude(outcome, &points, &choice, findings);
}

/* --- noRevAvail */

static bool has_ocsp(const struct signet_certificate *certificate)
{
    struct sg_access_descriptions walk =
        sg_access_descriptions_begin(certificate->authority_info_access);
    struct sg_access_description description;
    while (sg_access_descriptions_next(&walk, &description)) {
        if (description.method == SG_OID_AD_OCSP)
            return true;
    }
    return false;
}

/* RFC 9608 4: nobody will ever tell whether the certificate is revoked; one that says so and yet
 * where to ask, or that is a CA's, is not valid (D-REV-2). */
static void check_no_rev_avail(const struct signet_certificate *certificate, size_t index,
                               struct sg_findings *findings)
{
    const char *contradiction = NULL;
    if (certificate->is_ca)
        contradiction = "it is a CA's";
    else if (certificate->crl_distribution_points.ptr != NULL)
        contradiction = "it has distribution points";
    else if (certificate->freshest_crl.ptr != NULL)
        contradiction = "it points to delta CRLs";
    else if (has_ocsp(certificate))
        contradiction = "it names an OCSP responder";

    if (contradiction != NULL)
        sg_finding_add(findings, SG_KIND_NO_REV_AVAIL_CONTRADICTS, sg_at_certificate(index),
                       SG_PARAMS(sg_string("contradiction", contradiction)));
    else
        sg_finding_add(findings, SG_KIND_NO_REV_AVAIL, sg_at_certificate(index), NULL);
}

/* --- the path */

static void determine(struct sg_judgement *judgement, const struct sg_path *path, size_t index,
                      unsigned depth, struct sg_findings *findings,
                      struct sg_revocation_status *status)
{
    struct sg_arena scratch;
    struct outcome outcome = {
        .search = {judgement, path, index, depth, &scratch, {{0}}, {0}, false},
        .status = *status,
    };
    sg_arena_init(&scratch, judgement->policy->limits.max_memory);
    for (size_t role = 0; role < SG_NUM_CRL_ROLES; role++)
        sg_findings_init(&outcome.search.told[role], &scratch);
    outcome.status.state = SG_REVOCATION_UNDETERMINED;
    ask_all(&outcome, findings);
    *status = outcome.status;
    judgement->failed |= scratch.failed;
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

static const struct sg_revocation_status not_checked = {.state = SG_REVOCATION_NOT_CHECKED,
                                                        .revocation_date = SIGNET_TIME_UNKNOWN,
                                                        .reason = SG_REASON_ABSENT,
                                                        .invalidity_date = SIGNET_TIME_UNKNOWN};

struct sg_revocation_status *sg_revocation_check(struct sg_judgement *judgement,
                                                 const struct sg_path *path, unsigned depth,
                                                 struct sg_findings *findings)
{
    struct sg_revocation_status *statuses =
        sg_arena_array(judgement->arena, path->num, sizeof(*statuses));
    bool off = judgement->policy->revocation == SIGNET_REVOCATION_OFF;
    if (statuses == NULL)
        return NULL;
    if (off)
        sg_finding_add(findings, SG_KIND_REVOCATION_OFF,
                       (struct sg_where){SIGNET_OBJECT_CERTIFICATE, -1}, NULL);
    for (size_t i = 0; i < path->num; i++) {
        statuses[i] = not_checked;
        if (path->certificates[i]->no_rev_avail)
            check_no_rev_avail(path->certificates[i], i, findings);
        else if (!off && !is_anchor(path, i))
            determine(judgement, path, i, depth, findings, &statuses[i]);
    }
    return judgement->failed ? NULL : statuses;
}
