/* SPDX-License-Identifier: Apache-2.0 */
#include "agent/signer_certificate.h"

#include "agent/path_judge.h"

struct finder {
    struct sg_judgement *judgement;
    const struct sg_signer_info *signer;
    const struct sg_signer_content *content;
    bool verify;
    bool over_budget; /* some certificate could not be tried any more */
    struct sg_signer_certificate *best;
};

/* PARAMETERS: those in force for the key, own ones apart. False: memory is out. */
static bool compute(struct finder *finder, struct sg_signer_certificate *candidate,
                    struct signet_span parameters)
{
    struct sg_judgement *judgement = finder->judgement;
    struct sg_public_key *key;

    candidate->over_budget =
        !sg_budget_signature(judgement, sg_key_cost(&candidate->certificate->spki, parameters));
    finder->over_budget |= candidate->over_budget;
    if (candidate->over_budget)
        return true;
    candidate->computed = true;
    candidate->key = sg_public_key_new(judgement->crypto, &candidate->certificate->spki, parameters,
                                       judgement->policy->limits.max_key_bits, &key);
    if (candidate->key != SG_KEY_OK)
        return candidate->key != SG_KEY_NO_MEMORY;
    candidate->signature = sg_signer_verify(judgement->crypto, finder->signer, finder->content, key,
                                            &candidate->unsorted);
    sg_public_key_free(key);
    return candidate->signature != SG_SIGNATURE_NO_MEMORY;
}

static enum signet_verdict arithmetic_verdict(const struct sg_signer_certificate *certificate)
{
    if (certificate->certificate == NULL || !certificate->computed)
        return SIGNET_VERDICT_UNKNOWN;
    if (certificate->ess == SG_ESS_MISMATCH || certificate->key == SG_KEY_MALFORMED)
        return SIGNET_VERDICT_BAD;
    if (certificate->key != SG_KEY_OK || certificate->signature == SG_SIGNATURE_UNSUPPORTED)
        return SIGNET_VERDICT_UNKNOWN;
    return certificate->signature == SG_SIGNATURE_VALID ? SIGNET_VERDICT_GOOD : SIGNET_VERDICT_BAD;
}

enum signet_verdict sg_signer_signature_verdict(bool checks_hold,
                                                const struct sg_findings *findings,
                                                const struct sg_signer_certificate *certificate)
{
    static const enum signet_code bad[] = {SIGNET_CODE_SIG_BAD, SIGNET_CODE_DIGEST_MISMATCH,
                                           SIGNET_CODE_PARSE};

    if (checks_hold)
        return arithmetic_verdict(certificate);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (sg_findings_have(findings, bad[i]))
            return SIGNET_VERDICT_BAD;
    return SIGNET_VERDICT_UNKNOWN;
}

static void check_key(enum sg_key_check key, struct sg_findings *findings)
{
    static const struct {
        bool told;
        enum sg_kind kind;
    } kinds[] = {
        [SG_KEY_OK] = {false, 0},
        [SG_KEY_UNSUPPORTED] = {true, SG_KIND_SIGNER_KEY_UNKNOWN},
        [SG_KEY_MALFORMED] = {true, SG_KIND_SIGNER_KEY_MALFORMED},
        [SG_KEY_PARAMS_MISSING] = {true, SG_KIND_SIGNER_KEY_PARAMS_MISSING},
        [SG_KEY_TOO_LARGE] = {true, SG_KIND_SIGNER_KEY_TOO_LARGE},
        [SG_KEY_NO_MEMORY] = {false, 0},
    };

    if (kinds[key].told)
        sg_finding_add(findings, kinds[key].kind, sg_at(SIGNET_OBJECT_SIGNER), NULL);
}

void sg_signer_certificate_check(const struct sg_signer_info *signer,
                                 const struct sg_signer_certificate *certificate,
                                 struct sg_findings *findings)
{
    if (certificate->over_budget)
        sg_finding_add(findings, SG_KIND_SIGNER_LIMIT, sg_at(SIGNET_OBJECT_SIGNER), NULL);
    if (certificate->computed) {
        check_key(certificate->key, findings);
        if (certificate->key == SG_KEY_OK)
            sg_signer_check_signature(signer, certificate->signature, certificate->unsorted,
                                      findings);
    }
    sg_signer_check_ess(certificate->ess, findings);
}

/* Lower is better. One that the signature itself excludes comes late (RFC 5035 5, D-SIG-1), one
 * whose key did not make it last. */
static int rank(const struct sg_signer_certificate *candidate)
{
    int rank = (int)candidate->paths.best->verdict;

    if (candidate->ess == SG_ESS_MISMATCH)
        rank += 50;
    if (candidate->computed &&
        (candidate->key != SG_KEY_OK || candidate->signature == SG_SIGNATURE_UNSUPPORTED))
        rank += 100;
    else if (candidate->computed && candidate->signature != SG_SIGNATURE_VALID)
        rank += 200;
    return rank;
}

/* Its key may have to inherit parameters, which only its path brings (RFC 5280 6.1.4 (d) to (f)).
 */
static bool needs_path(const struct signet_certificate *certificate)
{
    return certificate->spki.type == SG_KEY_DSA && certificate->spki.parameters_absent;
}

/* Its key did not make the signature, and there is another to report: no path is worth a search. */
static bool is_decoy(const struct finder *finder, const struct sg_signer_certificate *candidate)
{
    return finder->best->certificate != NULL && candidate->computed &&
           (candidate->key != SG_KEY_OK || candidate->signature != SG_SIGNATURE_VALID);
}

/* The arithmetic first where it can be: a thousand namesakes then cost a signature each. False:
 * memory is out. */
static bool try_certificate(struct finder *finder, const struct signet_certificate *certificate)
{
    struct sg_signer_certificate candidate = {.certificate = certificate};
    struct sg_judgement *judgement = finder->judgement;
    bool late = needs_path(certificate);

    candidate.ess = sg_signer_ess_match(judgement->crypto, finder->signer, certificate);
    if (candidate.ess == SG_ESS_NO_MEMORY ||
        (finder->verify && !late && !compute(finder, &candidate, (struct signet_span){0})))
        return false;
    if (is_decoy(finder, &candidate) ||
        (candidate.over_budget && finder->best->certificate != NULL))
        return true;
    sg_findings_init(&candidate.findings, judgement->arena);
    if (!sg_path_judge(judgement, certificate, &candidate.findings, &candidate.paths) ||
        (finder->verify && late &&
         !compute(finder, &candidate, candidate.paths.best->output.working_parameters)))
        return false;
    if (finder->best->certificate == NULL || rank(&candidate) < rank(finder->best))
        *finder->best = candidate;
    return true;
}

static bool try_if_named(struct finder *finder, const struct signet_certificate *certificate)
{
    return !sg_signer_names(finder->judgement->crypto, finder->signer, certificate) ||
           try_certificate(finder, certificate);
}

static bool try_all(struct finder *finder)
{
    const struct sg_signer_info *signer = finder->signer;
    const struct signet_pool *pool = finder->judgement->pool;
    const struct signet_certificate *certificate;
    size_t num = signet_pool_num_certificates(pool);

    if (!signer->sid.by_key_id) {
        struct sg_pool_cursor cursor = sg_pool_issued(pool, &signer->sid.issuer);

        while ((certificate = sg_pool_issued_next(&cursor)) != NULL)
            if (!try_if_named(finder, certificate))
                return false;
        return true;
    }
    for (size_t i = 0; i < num; i++)
        if (!try_if_named(finder, sg_pool_certificate(pool, i)))
            return false;
    return true;
}

bool sg_signer_certificate_find(struct sg_judgement *judgement, const struct sg_signer_info *signer,
                                const struct sg_signer_content *content, bool verify,
                                struct sg_signer_certificate *out)
{
    struct finder finder = {judgement, signer, content, verify, false, out};

    *out = (struct sg_signer_certificate){0};
    if (!try_all(&finder))
        return false;
    /* The right one may be among those not tried: then it is not known that the signature is bad.
     */
    if (finder.over_budget && arithmetic_verdict(out) == SIGNET_VERDICT_BAD) {
        out->over_budget = true;
        out->computed = false;
    }
    return true;
}
