/* SPDX-License-Identifier: Apache-2.0 */
#include "path/candidate.h"

#include "path/anchor_check.h"

/* More of a name than a finding keeps. */
enum { NAME_TEXT_SIZE = 1100 };

static struct sg_candidate *new_candidate(struct sg_judgement *judgement,
                                          const struct signet_certificate *const *certificates,
                                          size_t num)
{
    struct sg_candidate *candidate = sg_arena_alloc(judgement->arena, sizeof(*candidate));
    const struct signet_certificate **copy =
        sg_arena_array(judgement->arena, num, sizeof(const struct signet_certificate *));
    if (candidate == NULL || copy == NULL) {
        judgement->failed = true;
        return NULL;
    }
    memcpy(copy, certificates, num * sizeof(const struct signet_certificate *));
    candidate->path.certificates = copy;
    candidate->path.num = num;
    sg_findings_init(&candidate->findings, judgement->arena);
    return candidate;
}

/* Sets the verdict; NULL when a finding was lost for want of memory. */
static struct sg_candidate *conclude(struct sg_judgement *judgement, struct sg_candidate *candidate)
{
    candidate->verdict = sg_findings_conclude(&candidate->findings, judgement->policy);
    if (candidate->findings.failed)
        judgement->failed = true;
    return judgement->failed ? NULL : candidate;
}

/* Of the certificate at INDEX, with its names. */
static void add_named(struct sg_candidate *candidate, enum sg_kind kind, size_t index)
{
    const struct signet_certificate *certificate = candidate->path.certificates[index];
    char subject[NAME_TEXT_SIZE], issuer[NAME_TEXT_SIZE];
    if (sg_name_write_text(&certificate->subject, subject, sizeof(subject)) == 0 ||
        sg_name_write_text(&certificate->issuer, issuer, sizeof(issuer)) == 0) {
        candidate->findings.failed = true;
        return;
    }
    sg_finding_add(&candidate->findings, kind, sg_at_certificate(index),
                   SG_PARAMS(sg_escaped("subject", sg_span_text(subject)),
                             sg_escaped("issuer", sg_span_text(issuer))));
}

/* --- what nobody vouches for */

/*
 * Anybody may have made what stands above the target, and have chosen what it says, whose serial
 * number it has, and what is above it: none of that has an effect worse than CAP. What the target
 * says of itself counts; its status where STATUS_COUNTS. Of findings that were dropped nobody knows
 * what they were about.
 */
static void cap_hearsay(struct sg_findings *findings, enum signet_verdict cap, bool status_counts)
{
    for (size_t i = 0; i < findings->num; i++) {
        struct sg_finding_item *item = &findings->items[i];
        bool counts = item->finding.certificate == 0 && sg_finding_is_own(&item->finding) &&
                      (status_counts || !sg_finding_is_status(&item->finding));
        if (!counts && item->cap > cap)
            item->cap = cap;
    }
    sg_findings_cap(findings, (struct sg_findings_mark){findings->num, 0}, SIGNET_VERDICT_UNKNOWN);
}

static bool is_made_by(struct sg_judgement *judgement, const struct sg_signed_object *object,
                       const struct sg_path *path, size_t index)
{
    return sg_fact_verify(judgement, object, &path->certificates[index]->spki,
                          sg_path_inherited_parameters(path, index)) == SG_FACT_VALID;
}

/* By the very key that made the target's signature: whosever that is, it is believed in both or in
 * neither. */
static bool is_revoked_by_issuer(struct sg_judgement *judgement,
                                 const struct sg_candidate *candidate)
{
    const struct sg_path *path = &candidate->path;
    const struct sg_revocation_status *status = &candidate->revocation[0];
    if (status->state != SG_REVOCATION_REVOKED || status->crl == NULL)
        return false;
    struct sg_signed_object target = sg_signed_certificate(path->certificates[0]);
    struct sg_signed_object crl = sg_signed_crl(status->crl);
    return is_made_by(judgement, &target, path, 1) && is_made_by(judgement, &crl, path, 1);
}

/* What can be said without an anchor. That no path was found is the caller's to add, afterwards. */
static void judge_unanchored(struct sg_judgement *judgement, struct sg_candidate *candidate)
{
    size_t last = candidate->path.num - 1;
    const struct signet_certificate *top = candidate->path.certificates[last];
    if (last > 0) {
        struct sg_anchor stand_in = {.subject = top->subject, .spki = top->spki};
        signet_anchor_terms_init(&stand_in.terms);
        struct sg_path below = {candidate->path.certificates, last, &stand_in};
        sg_path_validate(judgement, &below, &candidate->findings, &candidate->output);
    }
    sg_certificate_check(top, last, &candidate->findings);
    sg_path_check_validity(judgement, last, top, &candidate->findings);
    candidate->output = (struct sg_path_output){0};
    cap_hearsay(&candidate->findings, SIGNET_VERDICT_GOOD, false);
}

/* --- under an anchor */

/* False: it is no path, see sg_candidate_new. */
static bool judge_anchored(struct sg_judgement *judgement, const struct sg_path_request *request,
                           struct sg_candidate *candidate)
{
    const struct sg_path_output *output = &candidate->output;
    if (!judgement->vouching)
        sg_anchor_check(judgement, &candidate->path, &candidate->findings);
    sg_path_validate(judgement, &candidate->path, &candidate->findings, &candidate->output);
    if (output->num_unproven > 1 && output->num_false > 0)
        return false;
    candidate->revocation = sg_revocation_check(judgement, &candidate->path,
                                                request->revocation_depth, &candidate->findings);
    if (candidate->revocation == NULL)
        judgement->failed = true;
    else if (output->num_unproven > 1)
        cap_hearsay(&candidate->findings, SIGNET_VERDICT_UNKNOWN,
                    is_revoked_by_issuer(judgement, candidate));
    return true;
}

/* CANDIDATE, which turned out to be no path, as what is left of it. */
static void end_at_false(struct sg_judgement *judgement, struct sg_candidate *candidate)
{
    size_t last = candidate->output.num_false - 1;
    candidate->complete = false;
    candidate->path.num = last + 1;
    candidate->path.anchor = NULL;
    sg_findings_init(&candidate->findings, judgement->arena);
    judge_unanchored(judgement, candidate);
    if (last > 0)
        add_named(candidate, SG_KIND_CA_SIGNATURE_WRONG, last);
    add_named(candidate, SG_KIND_NO_PATH_BELOW, last > 0 ? last - 1 : 0);
}

struct sg_candidate *sg_candidate_new(struct sg_judgement *judgement,
                                      const struct sg_path_request *request,
                                      const struct signet_certificate *const *certificates,
                                      size_t num, const struct sg_anchor *anchor)
{
    struct sg_candidate *candidate = new_candidate(judgement, certificates, num);
    if (candidate == NULL)
        return NULL;
    const struct signet_policy *policy = judgement->policy;
    struct signet_policy own;
    candidate->path.anchor = anchor;
    candidate->proposed = candidate->path;
    candidate->complete = true;
    judgement->policy = sg_anchor_policy(anchor, policy, &own);
    bool is_path = judge_anchored(judgement, request, candidate);
    if (is_path)
        candidate = conclude(judgement, candidate);
    judgement->policy = policy;
    if (is_path)
        return candidate;
    end_at_false(judgement, candidate);
    return conclude(judgement, candidate);
}

struct sg_candidate *sg_candidate_new_partial(struct sg_judgement *judgement,
                                              const struct signet_certificate *const *certificates,
                                              size_t num)
{
    struct sg_candidate *candidate = new_candidate(judgement, certificates, num);
    bool self_issued = certificates[num - 1]->self_issued;
    if (candidate == NULL)
        return NULL;
    judge_unanchored(judgement, candidate);
    add_named(candidate, self_issued ? SG_KIND_NO_PATH_SELF_ISSUED : SG_KIND_NO_PATH, num - 1);
    return conclude(judgement, candidate);
}

struct sg_candidate *sg_candidate_new_pinned(struct sg_judgement *judgement,
                                             const struct signet_certificate *certificate,
                                             struct signet_span address)
{
    struct sg_candidate *candidate = new_candidate(judgement, &certificate, 1);
    if (candidate == NULL)
        return NULL;
    candidate->pinned = true;
    sg_path_check_alone(judgement, certificate, &candidate->findings);
    sg_finding_add(&candidate->findings, SG_KIND_PINNED, sg_at_certificate(0),
                   SG_PARAMS(sg_text("address", address)));
    return conclude(judgement, candidate);
}

static size_t count_effective(const struct sg_findings *findings)
{
    size_t num = 0;
    for (size_t i = 0; i < findings->num; i++) {
        if (findings->items[i].finding.effect > SIGNET_VERDICT_GOOD)
            num++;
    }
    return num;
}

bool sg_candidate_better(const struct sg_candidate *a, const struct sg_candidate *b)
{
    if (a->complete != b->complete)
        return a->complete;
    if (a->verdict != b->verdict)
        return a->verdict < b->verdict;
    size_t effective_a = count_effective(&a->findings);
    size_t effective_b = count_effective(&b->findings);
    if (effective_a != effective_b)
        return effective_a < effective_b;
    return a->path.num < b->path.num;
}

bool sg_finding_is_own(const struct signet_finding *finding)
{
    static const bool own[SIGNET_NUM_CODES] = {
        [SIGNET_CODE_CERT_EXPIRED] = true,  [SIGNET_CODE_CERT_NOT_YET_VALID] = true,
        [SIGNET_CODE_CERT_REVOKED] = true,  [SIGNET_CODE_CRIT_UNKNOWN] = true,
        [SIGNET_CODE_EKU_NESTING] = true,   [SIGNET_CODE_KU_FORBIDS] = true,
        [SIGNET_CODE_NONCONFORMING] = true, [SIGNET_CODE_NOT_A_CA] = true,
        [SIGNET_CODE_PARSE] = true,         [SIGNET_CODE_WEAK_ALG] = true,
        [SIGNET_CODE_WEAK_KEY] = true,
    };
    return own[finding->code] && finding->object == SIGNET_OBJECT_CERTIFICATE;
}

/* What is said of the end entity, and that revocation is off. */
static bool is_same_on_every_path(const struct signet_finding *finding, bool modes_differ)
{
    return (finding->code == SIGNET_CODE_REV_OFF && !modes_differ) ||
           (finding->certificate == 0 && sg_finding_is_own(finding));
}

enum signet_verdict sg_candidate_floor(const struct sg_candidate *candidate, bool modes_differ)
{
    enum signet_verdict floor = SIGNET_VERDICT_GOOD;
    for (size_t i = 0; i < candidate->findings.num; i++) {
        const struct sg_finding_item *item = &candidate->findings.items[i];
        const struct signet_finding *finding = &item->finding;
        if (!sg_finding_is_capped(item) && is_same_on_every_path(finding, modes_differ) &&
            finding->effect > floor)
            floor = finding->effect;
    }
    return floor;
}

bool sg_finding_is_status(const struct signet_finding *finding)
{
    static const bool status[SIGNET_NUM_CODES] = {
        [SIGNET_CODE_CERT_REVOKED] = true,
        [SIGNET_CODE_CRL_EXPIRED] = true,
        [SIGNET_CODE_CRL_INVALID] = true,
        [SIGNET_CODE_REV_UNAVAILABLE] = true,
    };
    return status[finding->code];
}
