/* SPDX-License-Identifier: Apache-2.0 */
#include "agent/signer_certificate.h"

#include "agent/path_judge.h"

struct finder {
    struct sg_judgement *judgement;
    const struct sg_signer_info *signer;
    const struct sg_signer_content *content;
    const struct sg_sender *sender;
    bool verify;
    bool over_budget; /* some certificate could not be tried any more */
    size_t num_named; /* certificates that could be the signer's */
    struct sg_signer_certificate *best;
};

/* Whether a key made a signature over a content: a fact, whatever else is in the pool. Told apart
 * by where the signature lies in the message, and by what it was held against. */
struct signature_fact {
    struct signet_span signature, octets, spki, parameters;
    struct sg_digest_value digest; /* .len 0: not supported */
    enum sg_key_check key;
    enum sg_signature_check check;
    bool unsorted;
};

static bool same_fact(const void *item, const void *key)
{
    const struct signature_fact *a = item, *b = key;
    return a->signature.ptr == b->signature.ptr && a->signature.len == b->signature.len &&
           a->octets.ptr == b->octets.ptr && a->octets.len == b->octets.len &&
           a->digest.len == b->digest.len &&
           memcmp(a->digest.octets, b->digest.octets, a->digest.len) == 0 &&
           sg_span_equal(a->spki, b->spki) && sg_span_equal(a->parameters, b->parameters);
}

static struct signature_fact describe(const struct finder *finder,
                                      const struct signet_certificate *certificate,
                                      struct signet_span parameters)
{
    struct signature_fact fact = {.signature = finder->signer->signature,
                                  .octets = finder->content->octets,
                                  .spki = certificate->spki.full,
                                  .parameters = parameters};
    if (finder->content->digest != NULL)
        fact.digest = *finder->content->digest;
    return fact;
}

/* The arithmetic. False: memory is out. */
static bool find_out(struct finder *finder, const struct signet_certificate *certificate,
                     struct signature_fact *fact)
{
    struct sg_judgement *judgement = finder->judgement;
    struct sg_public_key *key;

    fact->key = sg_public_key_new(judgement->crypto, &certificate->spki, fact->parameters,
                                  judgement->policy->limits.max_key_bits, &key);
    if (fact->key != SG_KEY_OK)
        return fact->key != SG_KEY_NO_MEMORY;
    fact->check =
        sg_signer_verify(judgement->crypto, finder->signer, finder->content, key, &fact->unsorted);
    sg_public_key_free(key);
    return fact->check != SG_SIGNATURE_NO_MEMORY;
}

static bool remember(struct sg_table *facts, uint64_t hash, const struct signature_fact *fact)
{
    struct signature_fact *kept = sg_arena_alloc(facts->arena, sizeof(*kept));
    if (kept == NULL)
        return false;
    *kept = *fact;
    return sg_table_add(facts, hash, kept);
}

static void take_fact(struct sg_signer_certificate *candidate, const struct signature_fact *fact)
{
    candidate->computed = true;
    candidate->key = fact->key;
    candidate->signature = fact->check;
    candidate->unsorted = fact->unsorted;
}

/* PARAMETERS: those in force for the key, own ones apart. False: memory is out. */
static bool compute(struct finder *finder, struct sg_signer_certificate *candidate,
                    struct signet_span parameters)
{
    struct sg_judgement *judgement = finder->judgement;
    struct sg_table *facts = &judgement->signers;
    const struct signet_certificate *certificate = candidate->certificate;
    struct signature_fact fact = describe(finder, certificate, parameters);
    uint64_t hash = sg_span_hash(fact.spki, sg_table_seed(facts) ^ (uintptr_t)fact.signature.ptr);
    const struct signature_fact *known = sg_table_find(facts, hash, same_fact, &fact);

    if (known != NULL) {
        take_fact(candidate, known);
        return true;
    }
    candidate->over_budget =
        !sg_budget_signature(judgement, sg_key_cost(&certificate->spki, parameters));
    finder->over_budget |= candidate->over_budget;
    if (candidate->over_budget)
        return true;
    if (!find_out(finder, certificate, &fact))
        return false;
    take_fact(candidate, &fact);
    return remember(facts, hash, &fact);
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
    if (!sg_path_judge(judgement, certificate, finder->sender, &candidate.findings,
                       &candidate.paths) ||
        (finder->verify && late &&
         !compute(finder, &candidate, candidate.paths.best->output.working_parameters)))
        return false;
    if (finder->best->certificate == NULL || rank(&candidate) < rank(finder->best))
        *finder->best = candidate;
    return true;
}

static bool try_if_named(struct finder *finder, const struct signet_certificate *certificate)
{
    if (!sg_signer_names(finder->judgement->crypto, finder->signer, certificate))
        return true;
    finder->num_named++;
    return try_certificate(finder, certificate);
}

static bool try_issued(struct finder *finder)
{
    const struct sg_certificate_reference *sid = &finder->signer->sid;
    struct sg_pool_cursor cursor =
        sg_pool_issued_as(finder->judgement->pool, &sid->issuer, sid->serial);
    const struct signet_certificate *certificate;

    while ((certificate = sg_pool_issued_next(&cursor)) != NULL)
        if (!try_if_named(finder, certificate))
            return false;
    return !cursor.failed;
}

static bool try_key_ids(struct finder *finder, struct signet_span key_id)
{
    struct sg_pool_cursor cursor = sg_pool_key_ids(finder->judgement->pool, key_id);
    const struct signet_certificate *certificate;

    while ((certificate = sg_pool_key_id_next(&cursor)) != NULL)
        if (!try_if_named(finder, certificate))
            return false;
    return !cursor.failed;
}

/* A certificate that does not say its key identifier may have that of its key's SHA-1. */
static bool try_all(struct finder *finder)
{
    const struct sg_certificate_reference *sid = &finder->signer->sid;

    if (!sid->by_key_id)
        return try_issued(finder);
    return try_key_ids(finder, sid->key_id) && (sid->key_id.len != sg_digest_len(SG_DIGEST_SHA1) ||
                                                try_key_ids(finder, sg_span(NULL, 0)));
}

/* Of several the right one may be among those not tried. What speaks against any other, its address
 * say, then does not speak against the signer (E-9: never BAD). */
static void settle_for_none(struct finder *finder)
{
    struct sg_signer_certificate *best = finder->best;
    bool proven = best->computed && best->key == SG_KEY_OK && best->signature == SG_SIGNATURE_VALID;

    if (finder->over_budget && finder->num_named > 1 && !proven)
        *best = (struct sg_signer_certificate){.over_budget = true};
}

bool sg_signer_certificate_find(struct sg_judgement *judgement, const struct sg_signer_info *signer,
                                const struct sg_signer_content *content,
                                const struct sg_sender *sender, bool verify,
                                struct sg_signer_certificate *out)
{
    struct finder finder = {.judgement = judgement,
                            .signer = signer,
                            .content = content,
                            .sender = sender,
                            .verify = verify,
                            .best = out};

    *out = (struct sg_signer_certificate){0};
    if (!try_all(&finder))
        return false;
    settle_for_none(&finder);
    return true;
}
