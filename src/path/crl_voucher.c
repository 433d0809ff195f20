/* SPDX-License-Identifier: Apache-2.0 */
#include "path/crl_voucher.h"

#include "path/build.h"
#include "path/table.h"

/* One for each judgement. */
struct sg_crl_signers {
    uint64_t seed;
    struct sg_table vouchers;
    bool cut; /* a circle or the depth ended the search somewhere: a failure from it may be no
                 failure elsewhere */
};

static struct sg_crl_signers *get_signers(struct sg_judgement *judgement)
{
    struct sg_crl_signers *signers = judgement->crl_signers;
    if (signers != NULL)
        return signers;

    signers = sg_arena_alloc(judgement->arena, sizeof(*signers));
    if (signers == NULL)
        return NULL;
    signers->seed = sg_table_seed(signers);
    signers->vouchers.arena = judgement->arena;
    judgement->crl_signers = signers;
    return signers;
}

static bool same_voucher(const void *item, const void *key)
{
    const struct sg_crl_voucher *a = item, *b = key;
    return a->crl == b->crl && a->certificate == b->certificate && a->anchor == b->anchor &&
           a->time == b->time;
}

/* NULL: memory is out. */
static struct sg_crl_voucher *get_voucher(struct sg_judgement *judgement,
                                          const struct sg_crl_voucher *wanted)
{
    const uintptr_t key[] = {(uintptr_t)wanted->crl, (uintptr_t)wanted->certificate,
                             (uintptr_t)wanted->anchor, (uintptr_t)wanted->time};
    struct sg_crl_signers *signers = get_signers(judgement);
    if (signers == NULL)
        return NULL;
    uint64_t hash = sg_span_hash(sg_span(key, sizeof(key)), signers->seed);
    struct sg_crl_voucher *found = sg_table_find(&signers->vouchers, hash, same_voucher, wanted);
    if (found != NULL)
        return found;

    found = sg_arena_alloc(judgement->arena, sizeof(*found));
    if (found == NULL)
        return NULL;
    *found = *wanted;
    return sg_table_add(&signers->vouchers, hash, found) ? found : NULL;
}

/* What speaks most against CANDIDATE. */
static const char *worst_text(const struct sg_candidate *candidate)
{
    const struct signet_finding *worst = NULL;
    for (size_t i = 0; i < candidate->findings.num; i++) {
        const struct signet_finding *finding = &candidate->findings.items[i].finding;
        if (worst == NULL || finding->effect > worst->effect)
            worst = finding;
    }
    return worst != NULL ? worst->text : "no path was found";
}

static void take_path(struct sg_crl_voucher *voucher, const struct sg_candidate *best)
{
    voucher->state = SG_VOUCHER_FAILED;
    voucher->fault = SG_KIND_CRL_SIGNER_UNPROVEN;
    voucher->why = worst_text(best);
    if (!best->complete || best->verdict > SIGNET_VERDICT_WEAK)
        return;
    voucher->state = best->verdict == SIGNET_VERDICT_WEAK ? SG_VOUCHER_WEAK : SG_VOUCHER_SOUND;
    voucher->parameters = sg_path_inherited_parameters(&best->path, 0);
}

/* The path of the holder of VOUCHER, to the same anchor. Policies, names and uses that the caller
 * asks for concern the certificate judged, not who signs CRLs. False: memory is out. */
static bool build_path(struct sg_status_search *search, struct sg_crl_voucher *voucher)
{
    struct sg_judgement *judgement = search->judgement;
    const struct signet_policy *policy = judgement->policy;
    const struct sg_path_request request = {voucher->certificate, voucher->anchor,
                                            search->depth + 1};
    struct sg_path_result result;
    struct signet_policy own = *policy;
    own.time = voucher->time;
    own.purpose = SIGNET_PURPOSE_ANY;
    own.num_policies = 0;
    own.require_explicit_policy = own.inhibit_policy_mapping = own.inhibit_any_policy = false;
    own.permitted_subtrees = own.excluded_subtrees = sg_span(NULL, 0);
    bool vouching = judgement->vouching;
    judgement->policy = &own;
    judgement->vouching = true;
    bool built = sg_path_build(judgement, &request, &result);
    judgement->policy = policy;
    judgement->vouching = vouching;
    if (built)
        take_path(voucher, result.best);
    return built;
}

/* B-CRL-21: a failure that comes from cutting a circle short is not remembered. */
static bool prove(struct sg_status_search *search, struct sg_crl_voucher *voucher)
{
    struct sg_crl_signers *signers = search->judgement->crl_signers;
    bool cut_before = signers->cut;
    if (search->depth >= SG_REVOCATION_MAX_DEPTH) {
        signers->cut = true;
        voucher->state = SG_VOUCHER_UNKNOWN;
        voucher->why = "";
        voucher->fault = SG_KIND_CRL_SIGNER_TOO_DEEP;
        return true;
    }
    signers->cut = false;
    voucher->state = SG_VOUCHER_PENDING;
    if (!build_path(search, voucher))
        return false;
    if (voucher->state == SG_VOUCHER_FAILED && signers->cut)
        voucher->state = SG_VOUCHER_UNKNOWN;
    signers->cut |= cut_before;
    return true;
}

/*
 * The status of the signer is being found out, and here is the CRL for whose sake. If it is the
 * signer that the CRL is asked about, the CRL may answer: listed there it is revoked, and a CA
 * whose only CRL key is certified by itself has nothing else to offer. Longer circles are cut.
 */
static void close_circle(struct sg_status_search *search, struct sg_crl_voucher *voucher,
                         struct sg_crl_voucher *out)
{
    bool by_itself = sg_status_certificate(search) == voucher->certificate;
    voucher->by_itself |= by_itself;
    search->judgement->crl_signers->cut |= !by_itself;
    *out = *voucher;
    out->fault = SG_KIND_CRL_SIGNER_CIRCULAR;
    out->why = "";
    if (by_itself)
        out->state = SG_VOUCHER_SOUND;
}

/* Who signed a CRL later than the time judged for is held against the time of signing: nobody need
 * have certified that key before (E-29). */
static signet_time time_to_vouch(const struct sg_status_search *search,
                                 const struct signet_crl *crl)
{
    signet_time time = search->judgement->policy->time;
    return crl->this_update > time ? crl->this_update : time;
}

bool sg_crl_voucher_get(struct sg_status_search *search, const struct signet_crl *crl,
                        const struct signet_certificate *certificate, struct sg_crl_voucher *out)
{
    struct sg_judgement *judgement = search->judgement;
    const struct sg_crl_voucher wanted = {.crl = crl,
                                          .certificate = certificate,
                                          .anchor = search->path->anchor,
                                          .time = time_to_vouch(search, crl)};
    struct sg_crl_voucher *voucher = get_voucher(judgement, &wanted);
    if (voucher == NULL) {
        judgement->failed = true;
        return false;
    }
    if (voucher->state == SG_VOUCHER_PENDING) {
        close_circle(search, voucher, out);
        return true;
    }
    if (voucher->state == SG_VOUCHER_UNKNOWN && !prove(search, voucher))
        return false;
    if (voucher->state == SG_VOUCHER_UNKNOWN || voucher->state == SG_VOUCHER_FAILED)
        search->limit |= judgement->budget.exhausted;
    *out = *voucher;
    return true;
}
