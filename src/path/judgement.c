/* SPDX-License-Identifier: Apache-2.0 */
#include "path/judgement.h"

#include "path/constraint_set.h"
#include "path/facts.h"

void sg_judgement_init(struct sg_judgement *judgement, struct sg_crypto *crypto,
                       struct sg_arena *arena, const struct signet_policy *policy,
                       const struct signet_pool *pool)
{
    *judgement = (struct sg_judgement){.crypto = crypto,
                                       .arena = arena,
                                       .policy = policy,
                                       .pool = pool,
                                       .paths = {.arena = arena},
                                       .signers = {.arena = arena}};
}

void sg_judgement_restart(struct sg_judgement *judgement)
{
    sg_constraint_cache_clear(judgement->constraints);
    judgement->constraints = NULL; /* an anchor's subtrees may have been replaced */
    judgement->crl_signers = NULL;
    judgement->paths = (struct sg_table){.arena = judgement->arena};
    judgement->budget = (struct sg_budget){0};
    judgement->num_needs = 0;
}

void sg_judgement_clear(struct sg_judgement *judgement)
{
    sg_facts_clear(judgement->facts);
    judgement->facts = NULL;
    sg_constraint_cache_clear(judgement->constraints);
    judgement->constraints = NULL;
}

/* Takes NUM of what USED counts. */
static bool take(struct sg_budget *budget, size_t *used, size_t max, size_t num, const char *which)
{
    if (*used <= max && num <= max - *used) {
        *used += num;
        return true;
    }
    *used = max;
    if (!budget->exhausted)
        budget->which = which;
    budget->exhausted = true;
    return false;
}

bool sg_budget_comparisons(struct sg_judgement *judgement, size_t num)
{
    struct sg_budget *budget = &judgement->budget;
    return take(budget, &budget->comparisons, judgement->policy->limits.max_comparisons, num,
                "comparisons");
}

bool sg_budget_step(struct sg_judgement *judgement)
{
    struct sg_budget *budget = &judgement->budget;
    return take(budget, &budget->steps, judgement->policy->limits.max_steps, 1, "steps");
}

bool sg_budget_path(struct sg_judgement *judgement)
{
    struct sg_budget *budget = &judgement->budget;
    return take(budget, &budget->paths, judgement->policy->limits.max_paths, 1, "paths");
}

bool sg_budget_signature(struct sg_judgement *judgement, size_t cost)
{
    struct sg_budget *budget = &judgement->budget;
    return take(budget, &budget->signatures, judgement->policy->limits.max_signatures, cost,
                "signatures");
}

/* Where A and B say that what is needed may be; a store may give CRLs that tell of one serial
 * number only. */
static bool same_places(enum sg_need_kind kind, const struct signet_certificate *a,
                        const struct signet_certificate *b)
{
    if (a == b || a == NULL || b == NULL || kind == SG_NEED_BINDING)
        return a == b;
    if (kind == SG_NEED_ISSUER)
        return sg_span_equal(a->authority_info_access, b->authority_info_access);
    if (!sg_span_equal(a->freshest_crl, b->freshest_crl))
        return false;
    return kind == SG_NEED_DELTA_CRL ||
           (sg_serial_equal(a->serial, b->serial) &&
            sg_span_equal(a->crl_distribution_points, b->crl_distribution_points));
}

static bool same_crl_places(enum sg_need_kind kind, const struct signet_crl *a,
                            const struct signet_crl *b)
{
    if (a == b || a == NULL || b == NULL || kind == SG_NEED_WHOLE_CRL)
        return a == b;
    return kind == SG_NEED_DELTA_CRL
               ? sg_span_equal(a->freshest_crl, b->freshest_crl)
               : sg_span_equal(a->authority_info_access, b->authority_info_access);
}

static bool same_name(const struct sg_name *a, const struct sg_name *b)
{
    return a == b || (a != NULL && b != NULL && sg_name_equal(a, b));
}

static bool same_need(const struct sg_need *a, const struct sg_need *b)
{
    return a->kind == b->kind && same_name(a->name, b->name) &&
           sg_span_equal(a->key_id, b->key_id) && sg_span_equal(a->serial, b->serial) &&
           same_places(a->kind, a->certificate, b->certificate) &&
           same_crl_places(a->kind, a->crl, b->crl);
}

void sg_need_add(struct sg_judgement *judgement, const struct sg_need *need)
{
    for (size_t i = 0; i < judgement->num_needs; i++) {
        struct sg_need *known = &judgement->needs[i];
        if (!same_need(known, need))
            continue;
        known->missing |= need->missing;
        known->anchored |= need->anchored;
        return;
    }
    if (judgement->num_needs == SG_MAX_NEEDS)
        return;

    void *needs = judgement->needs;
    if (!sg_arena_grow(judgement->arena, &needs, &judgement->cap_needs, judgement->num_needs,
                       sizeof(*need))) {
        judgement->failed = true;
        return;
    }
    judgement->needs = needs;
    judgement->needs[judgement->num_needs++] = *need;
}

void sg_need_add_crl_signer(struct sg_judgement *judgement, const struct signet_crl *crl)
{
    sg_need_add(judgement, &(struct sg_need){.kind = SG_NEED_ISSUER,
                                             .name = &crl->issuer,
                                             .key_id = crl->aki.key_id,
                                             .crl = crl});
}

static void add_for_crl(struct sg_judgement *judgement, enum sg_need_kind kind,
                        const struct signet_crl *crl, const struct signet_certificate *certificate)
{
    sg_need_add(judgement, &(struct sg_need){.kind = kind,
                                             .name = &crl->issuer,
                                             .key_id = crl->aki.key_id,
                                             .certificate = certificate,
                                             .crl = crl});
}

void sg_need_add_delta_crl(struct sg_judgement *judgement, const struct signet_crl *crl,
                           const struct signet_certificate *certificate)
{
    add_for_crl(judgement, SG_NEED_DELTA_CRL, crl, certificate);
}

void sg_need_add_whole_crl(struct sg_judgement *judgement, const struct signet_crl *crl,
                           const struct signet_certificate *certificate)
{
    add_for_crl(judgement, SG_NEED_WHOLE_CRL, crl, certificate);
}

void sg_needs_mark(struct sg_judgement *judgement, const struct signet_certificate *certificate,
                   const struct sg_name *issuer, bool missing, bool anchored)
{
    for (size_t i = 0; i < judgement->num_needs; i++) {
        struct sg_need *need = &judgement->needs[i];
        bool of_crl = need->kind == SG_NEED_CRL || need->kind == SG_NEED_DELTA_CRL ||
                      need->kind == SG_NEED_WHOLE_CRL;
        if (of_crl && same_places(need->kind, need->certificate, certificate)) {
            need->missing |= missing;
            need->anchored |= anchored;
        } else if (need->kind == SG_NEED_ISSUER && need->crl != NULL &&
                   sg_name_equal(need->name, issuer)) {
            need->missing |= missing;
        }
    }
}
