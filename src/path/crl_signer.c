/* SPDX-License-Identifier: Apache-2.0 */
#include "path/crl_signer.h"

#include "path/build.h"
#include "path/crl_told.h"
#include "path/reach.h"
#include "path/table.h"

/* Keys held against one CRL, the most promising ones: junk in numbers must not eat up the budget
 * that sound CRLs need (E-28). */
enum { MAX_HOLDERS = 16 };

/* What is known of a certificate as the signer of a CRL under an anchor. */
enum vouching {
    VOUCHING_UNKNOWN = 0,
    VOUCHING_PENDING, /* being found out right now, further up the stack */
    VOUCHING_SOUND,
    VOUCHING_WEAK, /* sound but for a short key or an old digest on the way */
    VOUCHING_FAILED
};

struct voucher {
    const struct signet_crl *crl;
    const struct signet_certificate *certificate;
    const struct sg_anchor *anchor;
    signet_time time; /* for which the path is judged */
    enum vouching state;
    bool by_itself; /* its own status rests on the CRL that it signed */
    struct signet_span parameters;
    enum sg_kind fault; /* FAILED: why, and in words */
    const char *why;
};

/* Once for each judgement: CRLs of one signer are many, certificates of one CA, too. */
struct sg_crl_signers {
    uint64_t seed;
    struct sg_table vouchers;
    bool cut; /* a circle or the depth ended the search somewhere: a failure from it may be no
                 failure elsewhere */
};

/* Somebody who may have signed: a certificate, or the anchor when it is NULL. */
struct holder {
    const struct signet_certificate *certificate;
    const struct sg_spki *spki;
    size_t index; /* in the path; path->num for the anchor; SIZE_MAX: not above the certificate */
    int score;
};

/* The search for the signer of one CRL. */
struct hunt {
    struct sg_status_search *search;
    const struct signet_crl *crl;
    struct sg_findings *findings;
    struct holder holders[MAX_HOLDERS]; /* best first */
    size_t num;
    /* The most telling of the faults so far. */
    enum sg_kind fault;
    const struct signet_certificate *faulty;
    const char *why;
};

/* --- vouchers */

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
    const struct voucher *a = item, *b = key;
    return a->crl == b->crl && a->certificate == b->certificate && a->anchor == b->anchor &&
           a->time == b->time;
}

/* NULL: memory is out. */
static struct voucher *get_voucher(struct sg_judgement *judgement, const struct voucher *wanted)
{
    const uintptr_t key[] = {(uintptr_t)wanted->crl, (uintptr_t)wanted->certificate,
                             (uintptr_t)wanted->anchor, (uintptr_t)wanted->time};
    struct sg_crl_signers *signers = get_signers(judgement);
    if (signers == NULL)
        return NULL;
    uint64_t hash = sg_span_hash(sg_span(key, sizeof(key)), signers->seed);
    struct voucher *found = sg_table_find(&signers->vouchers, hash, same_voucher, wanted);
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

static void take_path(struct voucher *voucher, const struct sg_candidate *best)
{
    voucher->state = VOUCHING_FAILED;
    voucher->fault = SG_KIND_CRL_SIGNER_UNPROVEN;
    voucher->why = worst_text(best);
    if (!best->complete || best->verdict > SIGNET_VERDICT_WEAK)
        return;
    voucher->state = best->verdict == SIGNET_VERDICT_WEAK ? VOUCHING_WEAK : VOUCHING_SOUND;
    voucher->parameters = sg_path_inherited_parameters(&best->path, 0);
}

/* The path of the holder of VOUCHER, to the same anchor. Policies, names and uses that the caller
 * asks for concern the certificate judged, not who signs CRLs. False: memory is out. */
static bool build_path(struct sg_status_search *search, struct voucher *voucher)
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
    judgement->policy = &own;
    bool built = sg_path_build(judgement, &request, &result);
    judgement->policy = policy;
    if (built)
        take_path(voucher, result.best);
    return built;
}

/* B-CRL-21: a failure that comes from cutting a circle short is not remembered. */
static bool prove(struct sg_status_search *search, struct voucher *voucher)
{
    struct sg_crl_signers *signers = search->judgement->crl_signers;
    bool cut_before = signers->cut;
    if (search->depth >= SG_REVOCATION_MAX_DEPTH) {
        signers->cut = true;
        voucher->state = VOUCHING_UNKNOWN;
        voucher->why = "";
        voucher->fault = SG_KIND_CRL_SIGNER_TOO_DEEP;
        return true;
    }
    signers->cut = false;
    voucher->state = VOUCHING_PENDING;
    if (!build_path(search, voucher))
        return false;
    if (voucher->state == VOUCHING_FAILED && signers->cut)
        voucher->state = VOUCHING_UNKNOWN;
    signers->cut |= cut_before;
    return true;
}

/* --- holders */

/* Hints order the search and never exclude (5.2.1, B-CRL-22). */
static int score_holder(const struct signet_crl *crl, const struct holder *holder)
{
    const struct signet_certificate *certificate = holder->certificate;
    int score = holder->index == SIZE_MAX ? 0 : 1;
    if (certificate == NULL)
        return score;
    if (crl->aki.key_id.ptr != NULL && certificate->ski.ptr != NULL)
        score += sg_span_equal(crl->aki.key_id, certificate->ski) ? 8 : -8;
    if (crl->aki.serial.ptr != NULL)
        score += sg_serial_equal(crl->aki.serial, certificate->serial) ? 4 : -1;
    if (certificate->has_key_usage && (certificate->key_usage & SG_KU_CRL_SIGN) != 0)
        score += 2;
    return score;
}

/* Keeps the best ones, of equal ones the first. */
static void add_holder(struct hunt *hunt, struct holder holder)
{
    size_t place = hunt->num;
    holder.score = score_holder(hunt->crl, &holder);
    while (place > 0 && holder.score > hunt->holders[place - 1].score)
        place--;
    if (place == MAX_HOLDERS)
        return;
    if (hunt->num < MAX_HOLDERS)
        hunt->num++;
    memmove(&hunt->holders[place + 1], &hunt->holders[place],
            (hunt->num - place - 1) * sizeof(holder));
    hunt->holders[place] = holder;
}

/* The path's certificates above the one in question, and its anchor. */
static void list_above(struct hunt *hunt)
{
    const struct sg_path *path = hunt->search->path;
    for (size_t i = hunt->search->index + 1; i < path->num; i++) {
        const struct signet_certificate *certificate = path->certificates[i];
        if (sg_name_equal(&certificate->subject, &hunt->crl->issuer))
            add_holder(hunt, (struct holder){certificate, &certificate->spki, i, 0});
    }
    if (sg_name_equal(&path->anchor->subject, &hunt->crl->issuer))
        add_holder(hunt,
                   (struct holder){path->anchor->certificate, &path->anchor->spki, path->num, 0});
}

static bool is_above(const struct sg_status_search *search,
                     const struct signet_certificate *certificate)
{
    for (size_t i = search->index + 1; i < search->path->num; i++) {
        if (search->path->certificates[i] == certificate)
            return true;
    }
    return false;
}

/* All others of that name. The certificate in question, which need not be in the pool, may be a CRL
 * signer's, too. */
static void list_others(struct hunt *hunt)
{
    struct sg_status_search *search = hunt->search;
    struct sg_pool_cursor cursor = sg_pool_subjects(search->judgement->pool, &hunt->crl->issuer);
    const struct signet_certificate *certificate = sg_status_certificate(search);
    if (sg_name_equal(&certificate->subject, &hunt->crl->issuer))
        add_holder(hunt, (struct holder){certificate, &certificate->spki, SIZE_MAX, 0});
    while ((certificate = sg_pool_subject_next(&cursor)) != NULL) {
        if (!sg_budget_comparisons(search->judgement, 1)) {
            search->limit = true;
            return;
        }
        if (!is_above(search, certificate))
            add_holder(hunt, (struct holder){certificate, &certificate->spki, SIZE_MAX, 0});
    }
}

/* --- E-19 */

enum usage { USAGE_GRANTED, USAGE_UNSAID, USAGE_DENIED };

/* What keyUsage says of signing CRLs. RFC 10007 wants it in version 3; versions 1 and 2 cannot have
 * it, nor can an anchor that is only a name and a key. */
static enum usage crl_signing(const struct signet_certificate *certificate)
{
    if (certificate == NULL)
        return USAGE_GRANTED;
    if (certificate->has_key_usage)
        return (certificate->key_usage & SG_KU_CRL_SIGN) != 0 ? USAGE_GRANTED : USAGE_DENIED;
    return certificate->version < 3 ? USAGE_GRANTED : USAGE_UNSAID;
}

static void blame(struct hunt *hunt, enum sg_kind fault, const struct holder *holder,
                  const char *why)
{
    hunt->fault = fault;
    hunt->faulty = holder->certificate;
    hunt->why = why;
}

/* The issuing CA itself may leave keyUsage out (RFC 5280), and an anchor is trusted for what it is,
 * not for what its certificate fails to say (E-20). */
static bool usage_suffices(struct hunt *hunt, const struct holder *holder)
{
    const struct sg_status_search *search = hunt->search;
    enum usage usage = crl_signing(holder->certificate);
    if (usage == USAGE_GRANTED || (usage == USAGE_UNSAID && holder->index == search->path->num))
        return true;
    bool own = holder->index != SIZE_MAX &&
               sg_name_equal(&hunt->crl->issuer, &sg_status_certificate(search)->issuer);
    if (usage == USAGE_DENIED || !own) {
        blame(hunt,
              usage == USAGE_DENIED ? SG_KIND_CRL_SIGNER_FORBIDDEN : SG_KIND_CRL_SIGNER_UNSAID,
              holder, "");
        return false;
    }
    sg_crl_tell(search, hunt->findings, SG_KIND_CRL_SIGNER_ASSUMED, hunt->crl, NULL);
    return true;
}

/* --- signatures */

static bool may_have_signed(struct hunt *hunt, const struct holder *holder, enum sg_fact fact)
{
    hunt->search->limit |= fact == SG_FACT_LIMIT;
    if (fact == SG_FACT_VALID)
        return true;
    if (fact == SG_FACT_KEY_PARAMS_MISSING)
        return holder->index == SIZE_MAX;
    if (sg_fact_may_hold(fact) && hunt->fault == SG_KIND_CRL_SIGNATURE_WRONG)
        blame(hunt, SG_KIND_CRL_SIGNATURE_UNSUPPORTED, holder, "");
    return false;
}

static enum sg_fact verify(struct hunt *hunt, const struct holder *holder,
                           struct signet_span parameters)
{
    struct sg_signed_object object = sg_signed_crl(hunt->crl);
    return sg_fact_verify(hunt->search->judgement, &object, holder->spki, parameters);
}

static void warn_of_voucher(struct hunt *hunt, const struct voucher *voucher)
{
    char issuer[SG_TOLD_SIZE];
    if (voucher->by_itself)
        sg_crl_tell(hunt->search, hunt->findings, SG_KIND_CRL_SIGNER_BY_ITSELF, hunt->crl, NULL);
    if (voucher->state != VOUCHING_WEAK)
        return;
    sg_crl_tell(
        hunt->search, hunt->findings, SG_KIND_CRL_SIGNER_WEAK, hunt->crl,
        SG_PARAMS(sg_told_name(hunt->findings, "issuer", &voucher->certificate->issuer, issuer),
                  sg_escaped("why", sg_span_text(voucher->why))));
}

/*
 * The status of HOLDER is being found out, and here is the CRL for whose sake. If it is HOLDER
 * itself that the CRL is asked about, the CRL may answer: listed there it is revoked, and a CA
 * whose only CRL key is certified by itself has nothing else to offer. Longer circles are cut.
 */
static bool vouch_pending(struct hunt *hunt, struct voucher *voucher, const struct holder *holder)
{
    if (sg_status_certificate(hunt->search) == holder->certificate) {
        voucher->by_itself = true;
        return true;
    }
    hunt->search->judgement->crl_signers->cut = true;
    blame(hunt, SG_KIND_CRL_SIGNER_CIRCULAR, holder, "");
    return false;
}

/* Who signed a CRL later than the time judged for is held against the time of signing: nobody need
 * have certified that key before (E-29). */
static signet_time time_to_vouch(const struct hunt *hunt)
{
    signet_time time = hunt->search->judgement->policy->time;
    return hunt->crl->this_update > time ? hunt->crl->this_update : time;
}

/* 6.3.3 (f) for a HOLDER that is not in the path. */
static bool vouch(struct hunt *hunt, const struct holder *holder, struct signet_span *parameters)
{
    struct sg_status_search *search = hunt->search;
    const struct voucher wanted = {.crl = hunt->crl,
                                   .certificate = holder->certificate,
                                   .anchor = search->path->anchor,
                                   .time = time_to_vouch(hunt)};
    struct voucher *voucher = get_voucher(search->judgement, &wanted);
    if (voucher == NULL) {
        search->judgement->failed = true;
        return false;
    }
    if (voucher->state == VOUCHING_PENDING)
        return vouch_pending(hunt, voucher, holder);
    if (voucher->state == VOUCHING_UNKNOWN && !prove(search, voucher))
        return false;
    if (voucher->state == VOUCHING_SOUND || voucher->state == VOUCHING_WEAK) {
        warn_of_voucher(hunt, voucher);
        *parameters = voucher->parameters;
        return true;
    }
    search->limit |= search->judgement->budget.exhausted;
    blame(hunt, voucher->fault, holder, voucher->why);
    return false;
}

static bool try_above(struct hunt *hunt, const struct holder *holder, struct sg_crl_signer *signer)
{
    struct signet_span parameters = sg_path_inherited_parameters(hunt->search->path, holder->index);
    *signer = (struct sg_crl_signer){holder->spki, parameters};
    return may_have_signed(hunt, holder, verify(hunt, holder, parameters)) &&
           usage_suffices(hunt, holder);
}

static bool try_other(struct hunt *hunt, const struct holder *holder, struct sg_crl_signer *signer)
{
    struct signet_span parameters = {NULL, 0};
    if (!may_have_signed(hunt, holder, verify(hunt, holder, parameters)) ||
        !usage_suffices(hunt, holder) || !vouch(hunt, holder, &parameters))
        return false;
    *signer = (struct sg_crl_signer){holder->spki, parameters};
    return verify(hunt, holder, parameters) == SG_FACT_VALID;
}

static bool try_holders(struct hunt *hunt, struct sg_crl_signer *signer)
{
    const struct sg_status_search *search = hunt->search;
    for (size_t i = 0; i < hunt->num && !search->limit && !search->judgement->failed; i++) {
        const struct holder *holder = &hunt->holders[i];
        if (holder->index != SIZE_MAX ? try_above(hunt, holder, signer)
                                      : try_other(hunt, holder, signer))
            return true;
    }
    return false;
}

static void tell_fault(struct hunt *hunt)
{
    const struct sg_name *by = &hunt->crl->issuer;
    char issuer[SG_TOLD_SIZE], holder[SG_TOLD_SIZE];
    if (hunt->faulty != NULL)
        by = &hunt->faulty->issuer;
    if (hunt->fault == SG_KIND_CRL_SIGNATURE_WRONG)
        sg_need_add_crl_signer(hunt->search->judgement, hunt->crl);
    sg_crl_tell(hunt->search, hunt->findings, hunt->fault, hunt->crl,
                SG_PARAMS(sg_told_name(hunt->findings, "issuer", &hunt->crl->issuer, issuer),
                          sg_told_name(hunt->findings, "holder", by, holder),
                          sg_escaped("why", sg_span_text(hunt->why))));
}

bool sg_crl_signer_find(struct sg_status_search *search, const struct signet_crl *crl,
                        struct sg_findings *findings, struct sg_crl_signer *signer)
{
    struct hunt hunt = {.search = search,
                        .crl = crl,
                        .findings = findings,
                        .fault = SG_KIND_CRL_SIGNATURE_WRONG,
                        .why = ""};
    /* Nearly always it is the issuer in the path. Strangers of its name are not even looked at. */
    list_above(&hunt);
    if (hunt.num > 0 && hunt.holders[0].score > 0 && try_holders(&hunt, signer))
        return true;
    list_others(&hunt);
    if (try_holders(&hunt, signer))
        return true;
    if (!search->judgement->failed && !search->limit)
        tell_fault(&hunt);
    return false;
}

bool sg_crl_signer_made(struct sg_status_search *search, const struct sg_crl_signer *signer,
                        const struct signet_crl *crl)
{
    struct sg_signed_object object = sg_signed_crl(crl);
    enum sg_fact fact =
        sg_fact_verify(search->judgement, &object, signer->spki, signer->parameters);
    search->limit |= fact == SG_FACT_LIMIT;
    return fact == SG_FACT_VALID;
}
