/* SPDX-License-Identifier: Apache-2.0 */
#include "agent/candidate_view.h"

#include "agent/address_match.h"
#include "agent/shown.h"

struct signet_revocation_status sg_status_view(const struct sg_revocation_status *status,
                                               const struct signet_pool *brought)
{
    static const enum signet_status_of_certificate states[] = {
        [SG_REVOCATION_NOT_CHECKED] = SIGNET_CERTIFICATE_NOT_CHECKED,
        [SG_REVOCATION_GOOD] = SIGNET_CERTIFICATE_NOT_REVOKED,
        [SG_REVOCATION_REVOKED] = SIGNET_CERTIFICATE_REVOKED,
        [SG_REVOCATION_UNDETERMINED] = SIGNET_CERTIFICATE_UNDETERMINED,
    };
    struct signet_revocation_status view = {
        .status = states[status->state],
        .crl = status->crl,
        .crl_brought = sg_pool_holds_own_crl(brought, status->crl),
        .delta = status->delta,
        .delta_brought = sg_pool_holds_own_crl(brought, status->delta),
        .revocation_date = SIGNET_TIME_UNKNOWN,
        .invalidity_date = SIGNET_TIME_UNKNOWN};

    if (status->state != SG_REVOCATION_REVOKED)
        return view;
    view.revocation_date = status->revocation_date;
    view.invalidity_date = status->invalidity_date;
    view.reason = sg_crl_reason_name(status->reason);
    return view;
}

/* A name that has been written before: nearly always a certificate's issuer is the subject of the
 * next. */
struct written_name {
    struct signet_span der;
    const char *text;
};

/* All but addresses and revocation. */
static bool view_object(const struct signet_certificate *certificate,
                        const struct written_name *above, struct sg_arena *arena,
                        struct signet_path_certificate *out)
{
    bool same = above->text != NULL && sg_span_equal(above->der, certificate->issuer.der);
    out->certificate = certificate;
    out->subject = sg_shown_name(&certificate->subject, arena);
    out->issuer = same ? above->text : sg_shown_name(&certificate->issuer, arena);
    out->serial = sg_shown_integer(certificate->serial, arena);
    out->key = sg_shown_key(&certificate->spki, arena);
    out->signature_algorithm = sg_shown_algorithm(&certificate->signature_algorithm, arena);
    return out->subject != NULL && out->issuer != NULL && out->serial != NULL && out->key != NULL &&
           out->signature_algorithm != NULL;
}

static const struct sg_revocation_status unchecked = {.state = SG_REVOCATION_NOT_CHECKED};

static bool view_certificate(const struct sg_candidate *candidate, size_t index,
                             const struct signet_pool *brought, const struct written_name *above,
                             struct sg_arena *arena, struct signet_path_certificate *out)
{
    const struct signet_certificate *certificate = candidate->path.certificates[index];
    out->revocation = sg_status_view(
        candidate->revocation != NULL ? &candidate->revocation[index] : &unchecked, brought);
    return view_object(certificate, above, arena, out) &&
           sg_address_view(certificate, arena, &out->addresses, &out->num_addresses);
}

/* From the anchor down, since each names the one above; ABOVE is the anchor's name. */
static bool view_certificates(const struct sg_candidate *candidate,
                              const struct signet_pool *brought, struct written_name above,
                              struct sg_arena *arena, struct signet_candidate *out)
{
    struct signet_path_certificate *list = sg_arena_array(arena, candidate->path.num, sizeof *list);

    if (list == NULL)
        return false;
    for (size_t i = candidate->path.num; i-- > 0;) {
        if (!view_certificate(candidate, i, brought, &above, arena, &list[i]))
            return false;
        above = (struct written_name){list[i].certificate->subject.der, list[i].subject};
    }
    out->certificates = list;
    out->num_certificates = candidate->path.num;
    return true;
}

static bool view_anchor(const struct sg_anchor *anchor, struct sg_arena *arena,
                        struct signet_candidate *out)
{
    struct signet_path_anchor *view = sg_arena_alloc(arena, sizeof *view);

    if (view == NULL)
        return false;
    view->subject = sg_shown_name(&anchor->subject, arena);
    view->certificate = anchor->certificate;
    out->anchor = view;
    return view->subject != NULL;
}

static bool view_policies(const struct sg_path_output *output, struct sg_arena *arena,
                          struct signet_candidate *out)
{
    const char **list = sg_arena_array(arena, output->num_policies, sizeof(*list));

    if (list == NULL)
        return false;
    for (size_t i = 0; i < output->num_policies; i++) {
        list[i] = sg_shown_oid(output->policies[i], arena);
        if (list[i] == NULL)
            return false;
    }
    out->policies = list;
    out->num_policies = output->num_policies;
    return true;
}

static bool view_candidate(struct sg_candidate *candidate, const struct signet_pool *brought,
                           struct sg_arena *arena, struct signet_candidate *out)
{
    out->verdict = candidate->verdict;
    out->complete = candidate->complete;
    out->findings = sg_findings_view_in(&candidate->findings, arena);
    struct written_name above = {{NULL, 0}, NULL};
    if (candidate->complete) {
        if (!view_anchor(candidate->path.anchor, arena, out) ||
            !view_policies(&candidate->output, arena, out))
            return false;
        above = (struct written_name){candidate->path.anchor->subject.der, out->anchor->subject};
    }
    return view_certificates(candidate, brought, above, arena, out);
}

const struct signet_candidates *sg_candidate_view(const struct sg_path_result *result,
                                                  const struct signet_pool *brought,
                                                  struct sg_arena *arena)
{
    struct signet_candidates *view = sg_arena_alloc(arena, sizeof *view);
    struct signet_candidate *items = sg_arena_array(arena, result->num_tried, sizeof *items);

    if (view == NULL || items == NULL)
        return NULL;
    for (size_t i = 0; i < result->num_tried; i++)
        if (!view_candidate(result->tried[i], brought, arena, &items[i]))
            return NULL;
    *view = (struct signet_candidates){items, result->num_tried, result->num_judged};
    return view;
}

const struct signet_candidates *sg_candidate_view_none(const struct signet_certificate *certificate,
                                                       enum signet_verdict verdict,
                                                       struct signet_findings findings,
                                                       struct sg_arena *arena)
{
    struct signet_candidates *view = sg_arena_alloc(arena, sizeof(*view));
    struct signet_candidate *item = sg_arena_alloc(arena, sizeof(*item));
    struct signet_path_certificate *object = sg_arena_alloc(arena, sizeof(*object));
    if (view == NULL || item == NULL || object == NULL ||
        !view_object(certificate, &(struct written_name){.text = NULL}, arena, object))
        return NULL;
    object->revocation = sg_status_view(&unchecked, NULL);
    *item = (struct signet_candidate){
        .verdict = verdict, .certificates = object, .num_certificates = 1, .findings = findings};
    *view = (struct signet_candidates){item, 1, 0};
    return view;
}

const char *signet_status_of_certificate_name(enum signet_status_of_certificate status)
{
    static const char *const names[] = {
        [SIGNET_CERTIFICATE_NOT_CHECKED] = "not-checked",
        [SIGNET_CERTIFICATE_NOT_REVOKED] = "good",
        [SIGNET_CERTIFICATE_REVOKED] = "revoked",
        [SIGNET_CERTIFICATE_UNDETERMINED] = "undetermined",
    };

    return names[status];
}
