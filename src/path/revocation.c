/* SPDX-License-Identifier: Apache-2.0 */
#include "path/revocation.h"

#include <stdio.h>

/* The status of one certificate of a path. */
struct search {
    struct sg_judgement *judgement;
    const struct sg_path *path;
    size_t index;
    struct sg_findings *findings;
    struct sg_revocation_status *status;
    bool seen, expired; /* a CRL of the issuer; one that was sound but for its age */
};

static const struct signet_certificate *certificate_of(const struct search *search)
{
    return search->path->certificates[search->index];
}

/* "CRL 12 of CN=CA,O=Example", NUL-terminated. */
static void describe(const struct signet_crl *crl, char *text, size_t size)
{
    char issuer[200];
    sg_name_write_text(&crl->issuer, issuer, sizeof issuer);
    snprintf(text, size, "the CRL of %s", issuer);
}

static bool is_signed_by_issuer(struct search *search, const struct signet_crl *crl)
{
    const struct sg_path *path = search->path;
    size_t above = search->index + 1;
    const struct sg_spki *key =
        above < path->num ? &path->certificates[above]->spki : &path->anchor->spki;
    bool inherits = key->algorithm.parameters.ptr == NULL;
    struct sg_signed_object object = sg_signed_crl(crl);
    enum sg_fact fact =
        sg_fact_verify(search->judgement, &object, key,
                       inherits ? sg_path_parameters(path, above) : sg_span(NULL, 0));
    return fact == SG_FACT_VALID;
}

static void tell_crl(struct search *search, const struct signet_crl *crl, enum sg_kind kind)
{
    char text[256], issuer[200];
    describe(crl, text, sizeof text);
    sg_name_write_text(&crl->issuer, issuer, sizeof issuer);
    sg_finding_add(search->findings, kind, sg_at_crl(search->index),
                   SG_PARAMS(sg_string("crl", text),
                             kind == SG_KIND_CRL_EXPIRED ? sg_time("next_update", crl->next_update)
                                                         : sg_time("this_update", crl->this_update),
                             sg_time("time", search->judgement->policy->time),
                             sg_string("issuer", issuer)));
}

static void revoke(struct search *search, const struct signet_crl *crl,
                   const struct sg_crl_entry *entry)
{
    char text[256];
    describe(crl, text, sizeof text);
    *search->status = (struct sg_revocation_status){.state = SG_REVOCATION_REVOKED,
                                                    .crl = crl,
                                                    .revocation_date = entry->revocation_date,
                                                    .reason = entry->reason,
                                                    .invalidity_date = entry->invalidity_date};
    sg_finding_add(search->findings, SG_KIND_CERT_REVOKED, sg_at_certificate(search->index),
                   SG_PARAMS(sg_time("date", entry->revocation_date),
                             sg_string("reason", sg_crl_reason_name(entry->reason)),
                             sg_string("crl", text)));
}

static void consult(struct search *search, const struct signet_crl *crl)
{
    const struct signet_certificate *certificate = certificate_of(search);
    signet_time now = search->judgement->policy->time;
    struct sg_crl_entry entry;
    search->seen = true;
    if (crl->is_delta || crl->idp.present)
        return;
    sg_crl_check(crl, search->index, search->findings);
    if (crl->unusable)
        return;
    if (crl->this_update > now)
        tell_crl(search, crl, SG_KIND_CRL_FROM_FUTURE);
    else if (!is_signed_by_issuer(search, crl))
        tell_crl(search, crl, SG_KIND_CRL_SIGNATURE_WRONG);
    else if (sg_crl_find(crl, certificate->serial, &certificate->issuer, &entry))
        revoke(search, crl, &entry);
    else if (crl->next_update == SIGNET_TIME_UNKNOWN)
        tell_crl(search, crl, SG_KIND_CRL_AGE_UNKNOWN);
    else if (now > crl->next_update) {
        tell_crl(search, crl, SG_KIND_CRL_EXPIRED);
        search->expired = true;
    } else if (search->status->state == SG_REVOCATION_UNDETERMINED) {
        search->status->state = SG_REVOCATION_GOOD;
        search->status->crl = crl;
    }
}

static void tell_unsettled(struct search *search)
{
    const struct signet_certificate *certificate = certificate_of(search);
    char subject[200], issuer[200];
    sg_need_add(search->judgement, SG_NEED_CRL, &certificate->issuer, certificate->aki.key_id,
                certificate);
    if (search->expired)
        return;
    sg_name_write_text(&certificate->subject, subject, sizeof subject);
    sg_name_write_text(&certificate->issuer, issuer, sizeof issuer);
    sg_finding_add(search->findings,
                   search->seen ? SG_KIND_STATUS_NOT_SETTLED : SG_KIND_STATUS_NO_CRL,
                   sg_at_certificate(search->index),
                   SG_PARAMS(sg_string("subject", subject), sg_string("issuer", issuer)));
}

static void check_certificate(struct search *search)
{
    struct sg_findings_mark before = sg_findings_mark(search->findings);
    struct sg_pool_cursor cursor =
        sg_pool_crls(search->judgement->pool, &certificate_of(search)->issuer);
    const struct signet_crl *crl;
    search->status->state = SG_REVOCATION_UNDETERMINED;
    while ((crl = sg_pool_crl_next(&cursor)) != NULL)
        consult(search, crl);
    if (search->status->state == SG_REVOCATION_GOOD)
        sg_findings_cap(search->findings, before, SIGNET_VERDICT_GOOD);
    else if (search->status->state == SG_REVOCATION_UNDETERMINED)
        tell_unsettled(search);
}

struct sg_revocation_status *sg_revocation_check(struct sg_judgement *judgement,
                                                 const struct sg_path *path, unsigned depth,
                                                 struct sg_findings *findings)
{
    struct sg_revocation_status *statuses =
        sg_arena_array(judgement->arena, path->num, sizeof *statuses);
    (void)depth;
    if (statuses == NULL)
        return NULL;
    for (size_t i = 0; i < path->num; i++)
        statuses[i] = (struct sg_revocation_status){.revocation_date = SIGNET_TIME_UNKNOWN,
                                                    .reason = SG_REASON_ABSENT,
                                                    .invalidity_date = SIGNET_TIME_UNKNOWN};
    if (judgement->policy->revocation == SIGNET_REVOCATION_OFF) {
        sg_finding_add(findings, SG_KIND_REVOCATION_OFF,
                       (struct sg_where){SIGNET_OBJECT_CERTIFICATE, -1}, NULL);
        return statuses;
    }
    for (size_t i = 0; i < path->num; i++) {
        struct search search = {judgement, path, i, findings, &statuses[i], false, false};
        check_certificate(&search);
    }
    return statuses;
}
