/* SPDX-License-Identifier: Apache-2.0 */
#include "path/crl_answer.h"

#include "path/crl_age.h"
#include "path/crl_told.h"
#include "path/delta.h"

/* A complete CRL, the delta put on it, and what both are worth together. */
struct answer {
    const struct sg_crl_use *use;
    const struct signet_crl *complete;
    const struct signet_crl *delta; /* or NULL */
    /* Where the dates are taken from: a current delta makes the CRL it is put on current (5.2.4).
     * One that is not brings what it revokes, and nothing else. */
    const struct signet_crl *dated;
    enum sg_crl_role role;
    bool by_age;
    struct sg_findings findings;
};

static void take_dates(const struct sg_status_search *search, struct answer *answer)
{
    bool by_age;
    answer->dated = answer->complete;
    answer->role = sg_crl_role_by_dates(search, answer->complete, &answer->by_age);
    if (answer->delta == NULL ||
        sg_crl_role_by_dates(search, answer->delta, &by_age) != SG_CRL_CURRENT)
        return;
    answer->dated = answer->delta;
    answer->role = SG_CRL_CURRENT;
    answer->by_age = by_age;
}

/* A digest of which collisions are practical proves as little here as in a certificate. */
static void tell_digest(const struct sg_status_search *search, const struct signet_crl *crl,
                        struct sg_findings *findings)
{
    struct sg_signature_algorithm algorithm;
    struct signet_parse_error error = {0};
    if (sg_signature_algorithm_parse(&crl->signature_algorithm, &algorithm, &error) &&
        sg_digest_is_weak(algorithm.digest))
        sg_crl_tell(search, findings, SG_KIND_CRL_DIGEST_WEAK, crl,
                    SG_PARAMS(sg_string("digest", sg_digest_name(algorithm.digest))));
}

static void tell_oddities(const struct sg_status_search *search, const struct signet_crl *crl,
                          struct sg_findings *findings)
{
    sg_crl_check(crl, search->index, findings);
    tell_digest(search, crl, findings);
}

static void tell_dates(const struct sg_status_search *search, struct answer *answer)
{
    static const enum sg_kind kinds[] = {
        [SG_CRL_STALE] = SG_KIND_CRL_EXPIRED,
        [SG_CRL_UNDATED] = SG_KIND_CRL_AGE_UNKNOWN,
        [SG_CRL_CURRENT] = SG_KIND_CRL_AGE_ACCEPTED,
    };
    if (answer->role != SG_CRL_CURRENT || answer->by_age)
        sg_crl_tell(search, &answer->findings, kinds[answer->role], answer->dated,
                    SG_PARAMS(sg_time("this_update", answer->dated->this_update),
                              sg_time("next_update", answer->dated->next_update),
                              sg_time("time", search->judgement->policy->time)));
}

static bool look_up(const struct sg_status_search *search, const struct signet_crl *crl,
                    struct sg_crl_entry *entry)
{
    const struct signet_certificate *certificate = sg_status_certificate(search);
    return sg_crl_find(crl, certificate->serial, &certificate->issuer, entry);
}

/* (i) to (k). */
static bool find_revocation(const struct sg_status_search *search, const struct answer *answer,
                            struct sg_crl_entry *entry, const struct signet_crl **by)
{
    *by = answer->delta;
    if (answer->delta != NULL && look_up(search, answer->delta, entry)) {
        bool lifts = entry->reason == SG_REASON_REMOVE_FROM_CRL;
        if (lifts && answer->dated == answer->delta)
            return false;
        if (!lifts && sg_crl_entry_counts(search, answer->delta, entry))
            return true;
    }
    *by = answer->complete;
    return look_up(search, answer->complete, entry) &&
           sg_crl_entry_counts(search, answer->complete, entry);
}

static void take_revocation(struct sg_status_search *search, const struct answer *answer,
                            const struct sg_crl_entry *entry, const struct signet_crl *by)
{
    const struct sg_revocation_status status = {.state = SG_REVOCATION_REVOKED,
                                                .crl = answer->complete,
                                                .delta = answer->delta,
                                                .revocation_date = entry->revocation_date,
                                                .reason = entry->reason,
                                                .invalidity_date = entry->invalidity_date};
    search->listed_by = by;
    if (answer->role != SG_CRL_CURRENT && entry->reason == SG_REASON_HOLD)
        search->held = status;
    else
        search->status = status;
}

/*
 * The certificate is not listed. On a CRL issued after its expiry it need not be. Whoever judges an
 * expired certificate has been told that it is expired, and no more is made of it.
 */
static void take_absence(struct sg_status_search *search, struct answer *answer)
{
    signet_time this_update = answer->dated->this_update;
    if (sg_crl_may_omit(search, answer->dated)) {
        bool expired = search->judgement->policy->time > sg_status_certificate(search)->not_after;
        search->may_omit |= expired;
        if (!expired)
            answer->role = SG_CRL_REFUSED;
        sg_crl_tell(search, &answer->findings,
                    expired ? SG_KIND_CRL_MAY_OMIT : SG_KIND_CRL_AFTER_EXPIRY, answer->dated,
                    SG_PARAMS(sg_time("this_update", this_update)));
    }
    search->reasons[answer->role] |= answer->use->reasons;
    if (answer->role != SG_CRL_CURRENT || search->status.crl != NULL)
        return;
    search->status.crl = answer->complete;
    search->status.delta = answer->dated != answer->complete ? answer->delta : NULL;
}

/* 6.3.3 (a): where freshestCRL points to deltas, a current one is wanted (B-CRL-18). */
static void want_delta(struct sg_status_search *search, const struct answer *answer)
{
    const struct signet_certificate *certificate = sg_status_certificate(search);
    bool pointed =
        certificate->freshest_crl.ptr != NULL || answer->complete->freshest_crl.ptr != NULL;
    if (pointed && answer->dated != answer->delta)
        sg_need_add_delta_crl(search->judgement, answer->complete, certificate);
}

/* The CRL has been shown to be its issuer's. */
static void take_answer(struct sg_status_search *search, struct answer *answer)
{
    const struct signet_crl *by;
    struct sg_crl_entry entry;
    take_dates(search, answer);
    tell_oddities(search, answer->complete, &answer->findings);
    if (answer->delta != NULL)
        tell_oddities(search, answer->delta, &answer->findings);
    if (find_revocation(search, answer, &entry, &by)) {
        take_revocation(search, answer, &entry, by);
    } else {
        tell_dates(search, answer);
        want_delta(search, answer);
        take_absence(search, answer);
    }
}

/* Asks one CRL; returns what it was good for. */
static enum sg_crl_role ask(struct sg_status_search *search, const struct sg_crl_choice *choice,
                            const struct sg_crl_use *use)
{
    struct answer answer = {.use = use, .complete = use->crl, .role = SG_CRL_REFUSED};
    struct sg_crl_signer signer;
    sg_findings_init(&answer.findings, search->scratch);
    if (sg_crl_signer_find(search, use->crl, &answer.findings, &signer)) {
        answer.delta = sg_delta_find(search, choice, use->crl, &signer);
        take_answer(search, &answer);
    }
    sg_findings_append(&search->told[answer.role], &answer.findings);
    return answer.role;
}

/* B-CRL-7: one number, two contents. */
static void tell_twin(struct sg_status_search *search, const struct signet_crl *newest,
                      const struct signet_crl *crl)
{
    if (sg_span_equal(newest->signature, crl->signature))
        return; /* the whole and an excerpt of it, or two of these */
    if (crl->number.ptr != NULL && sg_crl_number_compare(newest->number, crl->number) == 0)
        sg_crl_tell(search, &search->told[SG_CRL_CURRENT], SG_KIND_CRL_NUMBER_TWICE, crl, NULL);
}

/* Two of one number, or without numbers of one moment, stand beside each other. */
static bool is_superseded(const struct signet_crl *crl, const struct signet_crl *by)
{
    if (by == NULL)
        return false;
    return crl->number.ptr != NULL ? sg_crl_number_compare(crl->number, by->number) < 0
                                   : sg_crl_compare_age(crl, by) < 0;
}

static bool looks_current(const struct sg_status_search *search, const struct signet_crl *crl)
{
    bool by_age;
    return sg_crl_role_by_dates(search, crl, &by_age) == SG_CRL_CURRENT;
}

/*
 * Asks the NUM CRLs of one sequence, the newest first: the newest that is sound counts (E-28), and
 * where that is not current any more, the newest one that is (A-5-4). Junk and all that is older
 * than these decides nothing.
 */
static void ask_sequence(struct sg_status_search *search, const struct sg_crl_choice *choice,
                         const struct sg_crl_use *uses, size_t num)
{
    const struct signet_crl *newest = NULL, *current = NULL;
    for (size_t i = 0; i < num && !is_superseded(uses[i].crl, current); i++) {
        const struct signet_crl *crl = uses[i].crl;
        if (is_superseded(crl, newest) && !looks_current(search, crl))
            continue;
        enum sg_crl_role role = ask(search, choice, &uses[i]);
        if (search->status.state == SG_REVOCATION_REVOKED || search->limit ||
            search->judgement->failed)
            return;
        if (role == SG_CRL_REFUSED)
            continue;
        if (newest != NULL)
            tell_twin(search, newest, crl);
        newest = newest != NULL ? newest : crl;
        current = current == NULL && role == SG_CRL_CURRENT ? crl : current;
    }
}

void sg_crls_ask(struct sg_status_search *search, const struct sg_crl_choice *choice)
{
    size_t first = 0;
    while (first < choice->num_complete && search->status.state != SG_REVOCATION_REVOKED &&
           !search->limit && !search->judgement->failed) {
        const struct sg_crl_use *uses = &choice->complete[first];
        size_t num = 1;
        while (first + num < choice->num_complete &&
               sg_crl_same_sequence(uses[0].crl, uses[num].crl))
            num++;
        ask_sequence(search, choice, uses, num);
        first += num;
    }
}
