/* SPDX-License-Identifier: Apache-2.0 */
#include "agent/attribute_judge.h"

#include "agent/attribute_holder.h"
#include "agent/attribute_issuer.h"
#include "agent/attribute_target.h"
#include "agent/attribute_view.h"
#include "agent/candidate_view.h"
#include "agent/path_judge.h"
#include "path/attribute_status.h"

/* Everything known while one is judged. */
struct judging {
    struct sg_judgement *judgement;
    const struct signet_attribute_certificate *certificate;
    struct sg_findings findings;
    struct sg_attribute_authority authority;
    struct signet_attributes *out;
};

static void tell(struct judging *judging, enum sg_kind kind)
{
    sg_finding_add(&judging->findings, kind, sg_at(SIGNET_OBJECT_ATTRIBUTE_CERTIFICATE), NULL);
}

/* RFC 5755 5 (5): both ends count as valid. */
static void check_validity(struct judging *judging)
{
    const struct signet_attribute_certificate *certificate = judging->certificate;
    const struct signet_policy *policy = judging->judgement->policy;
    struct sg_where where = sg_at(SIGNET_OBJECT_ATTRIBUTE_CERTIFICATE);

    if (policy->time > certificate->not_after)
        sg_finding_add(
            &judging->findings, SG_KIND_AC_EXPIRED, where,
            SG_PARAMS(sg_time("not_after", certificate->not_after), sg_time("time", policy->time)));
    else if (policy->now != SIGNET_TIME_UNKNOWN && policy->now > certificate->not_after)
        sg_finding_add(&judging->findings, SG_KIND_AC_EXPIRED_SINCE, where,
                       SG_PARAMS(sg_time("not_after", certificate->not_after)));
    if (policy->time < certificate->not_before)
        sg_finding_add(&judging->findings, SG_KIND_AC_NOT_YET_VALID, where,
                       SG_PARAMS(sg_time("not_before", certificate->not_before),
                                 sg_time("time", policy->time)));
}

/* RFC 5755 5 (1): the holder's path must hold. What speaks against it is told with it. */
static void check_holder_proof(struct judging *judging, enum signet_verdict verdict)
{
    struct sg_findings_mark mark = sg_findings_mark(&judging->findings);

    if (verdict <= SIGNET_VERDICT_GOOD)
        return;
    sg_finding_add(&judging->findings, SG_KIND_AC_HOLDER_PROOF,
                   sg_at(SIGNET_OBJECT_ATTRIBUTE_CERTIFICATE),
                   SG_PARAMS(sg_string("verdict", signet_verdict_name(verdict))));
    sg_findings_cap(&judging->findings, mark, verdict);
}

static bool check_holder(struct judging *judging, const struct sg_attribute_holder *holder)
{
    static const struct {
        bool told;
        enum sg_kind kind;
    } kinds[] = {
        [SG_HOLDER_DIFFERS] = {true, SG_KIND_AC_HOLDER_DIFFERS},
        [SG_HOLDER_FITS] = {false, 0},
        [SG_HOLDER_WEAK] = {true, SG_KIND_AC_HOLDER_WEAK},
        [SG_HOLDER_UNSUPPORTED] = {true, SG_KIND_AC_HOLDER_UNSUPPORTED},
    };
    enum sg_holder_match match;

    if (holder->certificate == NULL) {
        tell(judging, SG_KIND_AC_HOLDER_ABSENT);
        return true;
    }
    if (!sg_holder_match(judging->judgement, judging->certificate, holder->certificate, &match))
        return false;
    if (kinds[match].told)
        tell(judging, kinds[match].kind);
    if (match != SG_HOLDER_DIFFERS)
        check_holder_proof(judging, holder->verdict);
    return true;
}

/* The anchor of the issuer's path may demand CRLs harder, or less, than the policy. */
static enum signet_revocation revocation_mode(const struct judging *judging)
{
    const struct sg_attribute_authority *authority = &judging->authority;
    const struct sg_anchor *anchor =
        authority->certificate != NULL ? authority->paths.best->path.anchor : NULL;
    struct signet_policy own;
    return sg_anchor_policy(anchor, judging->judgement->policy, &own)->revocation;
}

/* RFC 5755 6. With neither scheme nobody can ever say that it is not revoked, unless a CRL at hand
 * does. */
static bool check_status(struct judging *judging, struct sg_revocation_status *status)
{
    const struct signet_attribute_certificate *certificate = judging->certificate;
    const struct sg_attribute_authority *authority = &judging->authority;

    if (certificate->no_rev_avail) {
        tell(judging, SG_KIND_AC_NO_REV_AVAIL);
        return true;
    }
    if (revocation_mode(judging) == SIGNET_REVOCATION_OFF) {
        tell(judging, SG_KIND_REVOCATION_OFF);
        return true;
    }
    if (authority->certificate != NULL && authority->paths.best->complete &&
        !sg_attribute_status_check(judging->judgement, certificate, &authority->paths.best->path,
                                   &judging->findings, status))
        return false;
    if (status->state != SG_REVOCATION_GOOD && status->state != SG_REVOCATION_REVOKED &&
        !sg_attribute_certificate_has_pointer(certificate))
        tell(judging, SG_KIND_AC_STATUS_NO_SCHEME);
    return true;
}

static bool check_all(struct judging *judging, const struct sg_attribute_holder *holder,
                      struct sg_revocation_status *status)
{
    check_validity(judging);
    return check_holder(judging, holder) &&
           sg_target_check(judging->judgement, judging->certificate, &judging->findings) &&
           sg_attribute_issuer_check(judging->judgement, judging->certificate, &judging->findings,
                                     &judging->authority) &&
           check_status(judging, status);
}

static bool finish(struct judging *judging, const struct sg_revocation_status *status)
{
    struct sg_judgement *judgement = judging->judgement;
    struct signet_attributes *out = judging->out;

    if (judgement->budget.exhausted)
        tell(judging, SG_KIND_AC_LIMIT);
    out->verdict =
        sg_path_conclude(judging->authority.certificate != NULL ? &judging->authority.paths : NULL,
                         judgement->policy, &judging->findings);
    out->findings = sg_findings_view(&judging->findings);
    out->revocation = sg_status_view(status, NULL);
    if (judging->authority.certificate != NULL) {
        out->issuer_paths = sg_candidate_view(&judging->authority.paths, NULL, judgement->arena);
        if (out->issuer_paths == NULL)
            return false;
    }
    return sg_attributes_view(judging->certificate, &judging->authority, judgement->arena, out) &&
           !judging->findings.failed && !judgement->failed && !judgement->arena->failed;
}

bool sg_attributes_judge(struct sg_judgement *judgement,
                         const struct signet_attribute_certificate *certificate,
                         const struct sg_attribute_holder *holder, struct signet_attributes *out)
{
    struct judging judging = {.judgement = judgement, .certificate = certificate, .out = out};
    struct sg_revocation_status status = {.state = SG_REVOCATION_NOT_CHECKED};

    *out = (struct signet_attributes){.certificate = certificate};
    sg_findings_init(&judging.findings, judgement->arena);
    sg_attribute_certificate_check(certificate, &judging.findings);
    if (certificate->version == 1)
        tell(&judging, SG_KIND_AC_VERSION_1);
    else if (!check_all(&judging, holder, &status))
        return false;
    return finish(&judging, &status);
}
