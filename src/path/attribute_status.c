/* SPDX-License-Identifier: Apache-2.0 */
#include "path/attribute_status.h"

#include "path/crl_told.h"
#include "path/status.h"

/* What CRLs are asked with: the fields of an attribute certificate that RFC 5280 6.3 looks at, as
 * if a certificate had them. NULL: memory is out. */
static const struct signet_certificate *
make_stand_in(struct sg_arena *arena, const struct signet_attribute_certificate *certificate)
{
    struct signet_certificate *made = sg_arena_alloc(arena, sizeof(*made));
    if (made == NULL)
        return NULL;
    made->der = certificate->der;
    made->version = 3;
    made->serial = certificate->serial;
    made->issuer = made->subject = certificate->issuer.name;
    made->not_before = certificate->not_before;
    made->not_after = certificate->not_after;
    made->extensions = certificate->extensions;
    made->aki = certificate->aki;
    made->crl_distribution_points = certificate->crl_distribution_points;
    made->authority_info_access = certificate->authority_info_access;
    return made;
}

/* CERTIFICATE below the path of its issuer. False: memory is out. */
static bool make_path(struct sg_arena *arena,
                      const struct signet_attribute_certificate *certificate,
                      const struct sg_path *issuer_path, struct sg_path *out)
{
    const struct signet_certificate **list =
        sg_arena_array(arena, issuer_path->num + 1, sizeof(*list));
    if (list == NULL)
        return false;
    list[0] = make_stand_in(arena, certificate);
    memcpy(list + 1, issuer_path->certificates, issuer_path->num * sizeof(*list));
    *out = (struct sg_path){list, issuer_path->num + 1, issuer_path->anchor};
    return list[0] != NULL;
}

/* What is said of certificates, as it is said of attribute certificates. */
static const struct {
    enum sg_kind certificate, attributes;
} kinds[] = {
    {SG_KIND_CERT_REVOKED, SG_KIND_AC_REVOKED},
    {SG_KIND_CERT_REVOKED_SINCE, SG_KIND_AC_REVOKED},
    {SG_KIND_STATUS_NO_CRL, SG_KIND_AC_STATUS_NO_CRL},
    {SG_KIND_STATUS_NOT_COVERED, SG_KIND_AC_STATUS_OPEN},
    {SG_KIND_STATUS_DELTA_ALONE, SG_KIND_AC_STATUS_OPEN},
    {SG_KIND_STATUS_REASONS_OPEN, SG_KIND_AC_STATUS_OPEN},
    {SG_KIND_STATUS_NOT_SETTLED, SG_KIND_AC_STATUS_OPEN},
};

static bool translate(enum sg_kind kind, enum sg_kind *out)
{
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        if (kinds[i].certificate == kind) {
            *out = kinds[i].attributes;
            return true;
        }
    }
    return false;
}

static void add_translated(struct sg_findings *findings, enum sg_kind kind,
                           const struct sg_name *issuer, const struct sg_revocation_status *status)
{
    const struct signet_crl *crl = status->delta != NULL ? status->delta : status->crl;
    struct sg_where where = sg_at(SIGNET_OBJECT_ATTRIBUTE_CERTIFICATE);
    char text[SG_TOLD_SIZE];
    if (crl == NULL)
        sg_finding_add(findings, kind, where,
                       SG_PARAMS(sg_told_name(findings, "issuer", issuer, text)));
    else
        sg_finding_add(findings, kind, where,
                       SG_PARAMS(sg_time("date", status->revocation_date),
                                 sg_string("reason", sg_crl_reason_name(status->reason)),
                                 sg_told_crl(findings, "crl", crl, text)));
}

/* Hands over what TOLD says of the stand-in, at index 0 of its path, as said of what it stands for.
 */
static void append(struct sg_findings *findings, struct sg_findings *told,
                   const struct sg_name *issuer, const struct sg_revocation_status *status)
{
    size_t num = 0;
    enum sg_kind kind = SG_NUM_KINDS;
    bool translated = false;
    for (size_t i = 0; i < told->num; i++) {
        struct sg_finding_item *item = &told->items[i];
        if (translate(item->kind, &kind)) {
            translated = true;
            continue;
        }
        item->finding.certificate = -1;
        if (item->finding.object == SIGNET_OBJECT_CERTIFICATE)
            item->finding.object = SIGNET_OBJECT_ATTRIBUTE_CERTIFICATE;
        told->items[num++] = *item;
    }
    told->num = num;
    sg_findings_append(findings, told);
    if (translated)
        add_translated(findings, kind, issuer, status);
}

bool sg_attribute_status_check(struct sg_judgement *judgement,
                               const struct signet_attribute_certificate *certificate,
                               const struct sg_path *issuer_path, struct sg_findings *findings,
                               struct sg_revocation_status *status)
{
    struct sg_findings told;
    struct sg_path path;
    *status = (struct sg_revocation_status){.state = SG_REVOCATION_NOT_CHECKED,
                                            .revocation_date = SIGNET_TIME_UNKNOWN,
                                            .reason = SG_REASON_ABSENT,
                                            .invalidity_date = SIGNET_TIME_UNKNOWN};
    if (!make_path(judgement->arena, certificate, issuer_path, &path)) {
        judgement->failed = true;
        return false;
    }
    sg_findings_init(&told, judgement->arena);
    sg_status_determine(judgement, &path, 0, 0, true, false, &told, status);
    append(findings, &told, &certificate->issuer.name, status);
    return !judgement->failed && !told.failed;
}
