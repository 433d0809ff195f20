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
    candidate->complete = true;
    judgement->policy = sg_anchor_policy(anchor, policy, &own);
    if (!judgement->vouching)
        sg_anchor_check(judgement, &candidate->path, &candidate->findings);
    sg_path_validate(judgement, &candidate->path, &candidate->findings, &candidate->output);
    candidate->revocation = sg_revocation_check(judgement, &candidate->path,
                                                request->revocation_depth, &candidate->findings);
    if (candidate->revocation == NULL)
        judgement->failed = true;
    candidate = conclude(judgement, candidate);
    judgement->policy = policy;
    return candidate;
}

static void add_no_path(struct sg_candidate *candidate)
{
    size_t last = candidate->path.num - 1;
    const struct signet_certificate *top = candidate->path.certificates[last];
    char subject[NAME_TEXT_SIZE], issuer[NAME_TEXT_SIZE];
    if (sg_name_write_text(&top->subject, subject, sizeof(subject)) == 0 ||
        sg_name_write_text(&top->issuer, issuer, sizeof(issuer)) == 0) {
        candidate->findings.failed = true;
        return;
    }
    sg_finding_add(&candidate->findings,
                   top->self_issued ? SG_KIND_NO_PATH_SELF_ISSUED : SG_KIND_NO_PATH,
                   sg_at_certificate(last),
                   SG_PARAMS(sg_escaped("subject", sg_span_text(subject)),
                             sg_escaped("issuer", sg_span_text(issuer))));
}

struct sg_candidate *sg_candidate_new_partial(struct sg_judgement *judgement,
                                              const struct signet_certificate *const *certificates,
                                              size_t num)
{
    struct sg_candidate *candidate = new_candidate(judgement, certificates, num);
    const struct signet_certificate *top = certificates[num - 1];
    if (candidate == NULL)
        return NULL;
    if (num > 1) {
        struct sg_anchor stand_in = {.subject = top->subject, .spki = top->spki};
        signet_anchor_terms_init(&stand_in.terms);
        struct sg_path below = {candidate->path.certificates, num - 1, &stand_in};
        sg_path_validate(judgement, &below, &candidate->findings, &candidate->output);
    }
    sg_certificate_check(top, num - 1, &candidate->findings);
    sg_path_check_validity(judgement, num - 1, top, &candidate->findings);
    candidate->output = (struct sg_path_output){0};
    add_no_path(candidate);
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
        const struct signet_finding *finding = &candidate->findings.items[i].finding;
        if (is_same_on_every_path(finding, modes_differ) && finding->effect > floor)
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
