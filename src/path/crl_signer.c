/* SPDX-License-Identifier: Apache-2.0 */
#include "path/crl_signer.h"

#include "path/crl_told.h"
#include "path/crl_voucher.h"

/* Keys held against one CRL, the most promising ones: junk in numbers must not eat up the budget
 * that sound CRLs need (E-28). */
enum { MAX_HOLDERS = 16 };

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
    bool excerpt; /* some key may have signed the whole CRL, of which this is an excerpt */
};

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
    search->judgement->arena->failed |= cursor.failed;
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
    hunt->excerpt |= fact == SG_FACT_EXCERPT;
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

static void tell_voucher(struct hunt *hunt, const struct sg_crl_voucher *voucher)
{
    char issuer[SG_TOLD_SIZE];
    if (voucher->by_itself)
        sg_crl_tell(hunt->search, hunt->findings, SG_KIND_CRL_SIGNER_BY_ITSELF, hunt->crl, NULL);
    if (voucher->state != SG_VOUCHER_WEAK)
        return;
    sg_crl_tell(
        hunt->search, hunt->findings, SG_KIND_CRL_SIGNER_WEAK, hunt->crl,
        SG_PARAMS(sg_told_name(hunt->findings, "issuer", &voucher->certificate->issuer, issuer),
                  sg_escaped("why", sg_span_text(voucher->why))));
}

/* 6.3.3 (f) for a HOLDER that is not in the path. */
static bool is_proven(struct hunt *hunt, const struct holder *holder,
                      struct signet_span *parameters)
{
    struct sg_crl_voucher voucher;
    if (!sg_crl_voucher_get(hunt->search, hunt->crl, holder->certificate, &voucher))
        return false;
    if (voucher.state != SG_VOUCHER_SOUND && voucher.state != SG_VOUCHER_WEAK) {
        blame(hunt, voucher.fault, holder, voucher.why);
        return false;
    }
    tell_voucher(hunt, &voucher);
    *parameters = voucher.parameters;
    return true;
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
        !usage_suffices(hunt, holder) || !is_proven(hunt, holder, &parameters))
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
    if (hunt->excerpt)
        sg_need_add_whole_crl(hunt->search->judgement, hunt->crl,
                              sg_status_certificate(hunt->search));
    else if (hunt->fault == SG_KIND_CRL_SIGNATURE_WRONG)
        sg_need_add_crl_signer(hunt->search->judgement, hunt->crl);
    if (hunt->excerpt && hunt->fault == SG_KIND_CRL_SIGNATURE_WRONG)
        hunt->fault = SG_KIND_CRL_SIGNATURE_EXCERPT;
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
