/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which certificate a recipient's mail is encrypted to (RFC 3850 4.2, RFC 8551 2.5.3.1): of those
 * given and those at hand in the pool the best, else the store's choice.
 */
#include "agent/path_result.h"
#include "path/pool.h"
#include "send/encrypt_plan.h"
#include "store/choice_reason.h"

#include <stdlib.h>

/* Certificates of one address in the pool that are judged, and how often the store is asked for one
 * of them. */
enum { MAX_OWN = 64, MAX_ROUNDS = 16 };

static bool is_listed(const struct sg_addressee *addressee,
                      const struct signet_certificate *certificate)
{
    for (size_t i = 0; i < addressee->num_own; i++) {
        if (memcmp(addressee->own[i].certificate->sha256, certificate->sha256, 32) == 0)
            return true;
    }
    return false;
}

static bool is_usable(const struct signet_choice_candidate *candidate)
{
    return candidate->verdict == SIGNET_VERDICT_GOOD || candidate->verdict == SIGNET_VERDICT_WARN;
}

static struct signet_policy policy_for(const struct signet_encrypt_plan *plan,
                                       const struct sg_addressee *addressee)
{
    struct signet_policy policy = plan->policy;
    policy.purpose = SIGNET_PURPOSE_ENCRYPT;
    policy.email = addressee->address;
    return policy;
}

static bool take_place(struct signet_encrypt_plan *plan, struct sg_addressee *addressee)
{
    void *items = addressee->own;
    if (!sg_arena_grow(&plan->round, &items, &addressee->cap_own, addressee->num_own,
                       sizeof(*addressee->own)))
        return false;
    addressee->own = items;
    return true;
}

/* With what the store has of its CAs: what comes later for another must not be what was missing
 * here. */
static enum signet_status settle(struct signet_encrypt_plan *plan, struct signet_path_result *path)
{
    enum signet_status status = SIGNET_OK;
    size_t num_added = plan->choosing != NULL;
    for (size_t i = 0; i < MAX_ROUNDS && num_added > 0 && status == SIGNET_OK; i++) {
        size_t num;
        const struct signet_need *needs = signet_path_result_needs(path, &num);
        status = sg_choosing_supply(plan->choosing, needs, num, plan->brought, &num_added);
        if (status == SIGNET_OK && num_added > 0)
            status = signet_path_result_update(path);
    }
    return status;
}

static enum signet_status judge(struct signet_encrypt_plan *plan, struct sg_addressee *addressee,
                                const struct signet_certificate *certificate,
                                const struct signet_policy *policy)
{
    struct signet_path_result *path;
    if (addressee->num_own == MAX_OWN || is_listed(addressee, certificate))
        return SIGNET_OK;
    if (!take_place(plan, addressee))
        return SIGNET_ERR_MEMORY;
    enum signet_status status =
        sg_path_verify_with(plan->context, plan->ring, certificate, plan->brought, policy, &path);
    if (status != SIGNET_OK)
        return status;
    status = settle(plan, path);
    sg_path_result_settle(path);
    addressee->own[addressee->num_own++] = (struct signet_choice_candidate){
        .certificate = certificate, .verdict = signet_path_result_verdict(path), .path = path};
    return status;
}

static enum signet_status judge_named(struct signet_encrypt_plan *plan,
                                      struct sg_addressee *addressee, enum sg_named_from from)
{
    enum signet_status status = SIGNET_OK;
    const struct sg_named *named = addressee->named[from].first;
    if (named == NULL && addressee->given == NULL)
        return SIGNET_OK;
    struct signet_policy *policy = sg_arena_alloc(&plan->round, sizeof(*policy));
    if (policy == NULL)
        return SIGNET_ERR_MEMORY;
    *policy = policy_for(plan, addressee);
    if (addressee->given != NULL)
        return judge(plan, addressee, addressee->given, policy);
    for (; named != NULL && status == SIGNET_OK; named = named->next)
        status = judge(plan, addressee, named->certificate, policy);
    return status;
}

/* Of all at once: each certificate in the pool is looked at once in a round. */
static enum signet_status list_those_at_hand(struct signet_encrypt_plan *plan)
{
    const struct signet_certificate *certificate;
    if (plan->listed_at_hand)
        return SIGNET_OK;
    plan->listed_at_hand = true;
    for (size_t i = 0; (certificate = sg_pool_certificate(plan->brought, i)) != NULL; i++) {
        bool anybody;
        if (!sg_addressees_list_named(plan, certificate, SG_NAMED_AT_HAND, &plan->round, &anybody))
            return SIGNET_ERR_MEMORY;
    }
    return SIGNET_OK;
}

/* As signet_choice_make ranks what is no more than at hand. */
static int compare(const void *left, const void *right)
{
    const struct signet_choice_candidate *a = left, *b = right;
    const struct signet_certificate *x = a->certificate, *y = b->certificate;
    if (a->verdict != b->verdict)
        return a->verdict < b->verdict ? -1 : 1;
    if (x->not_before != y->not_before)
        return x->not_before > y->not_before ? -1 : 1;
    if (x->not_after != y->not_after)
        return x->not_after > y->not_after ? -1 : 1;
    return memcmp(x->sha256, y->sha256, sizeof(x->sha256));
}

static enum signet_status rank(struct signet_encrypt_plan *plan, struct sg_addressee *addressee)
{
    if (addressee->num_own == 0)
        return SIGNET_OK;
    struct signet_policy policy = policy_for(plan, addressee);
    qsort(addressee->own, addressee->num_own, sizeof(*addressee->own), compare);
    const struct signet_choice_candidate *best =
        is_usable(&addressee->own[0]) ? &addressee->own[0] : NULL;
    for (size_t i = 0; i < addressee->num_own; i++) {
        addressee->own[i].why =
            sg_choice_reason(&addressee->own[i], best, addressee->num_own, &policy, &plan->round);
        if (addressee->own[i].why == NULL)
            return SIGNET_ERR_MEMORY;
    }
    addressee->candidates = addressee->own;
    addressee->num_candidates = addressee->num_own;
    addressee->chosen = best;
    return SIGNET_OK;
}

static enum signet_status ask_store(struct signet_encrypt_plan *plan,
                                    struct sg_addressee *addressee)
{
    struct signet_policy policy = policy_for(plan, addressee);
    size_t num;
    enum signet_status status =
        sg_choosing_make(plan->choosing, addressee->address, &policy, &addressee->choice);
    if (status != SIGNET_OK)
        return status;
    const struct signet_choice_candidate *items = signet_choice_candidates(addressee->choice, &num);
    if (num == 0)
        return SIGNET_OK;
    addressee->candidates = items;
    addressee->num_candidates = num;
    addressee->chosen = signet_choice_chosen(addressee->choice);
    return SIGNET_OK;
}

enum signet_status sg_addressee_choose(struct signet_encrypt_plan *plan,
                                       struct sg_addressee *addressee)
{
    if (addressee->malformed)
        return SIGNET_OK;
    enum signet_status status = judge_named(plan, addressee, SG_NAMED_GIVEN);
    if (status == SIGNET_OK)
        status = rank(plan, addressee);
    if (status != SIGNET_OK || addressee->chosen != NULL || addressee->given != NULL)
        return status;
    if (plan->store != NULL)
        status = ask_store(plan, addressee);
    if (status != SIGNET_OK || addressee->chosen != NULL)
        return status;
    /* The store's candidates stay those shown, unless something else can be used. */
    struct sg_addressee before = *addressee;
    status = list_those_at_hand(plan);
    if (status == SIGNET_OK)
        status = judge_named(plan, addressee, SG_NAMED_AT_HAND);
    if (status == SIGNET_OK)
        status = rank(plan, addressee);
    if (addressee->chosen == NULL && before.num_candidates > 0) {
        addressee->candidates = before.candidates;
        addressee->num_candidates = before.num_candidates;
    }
    return status;
}

void sg_addressee_clear(struct sg_addressee *addressee)
{
    for (size_t i = 0; i < addressee->num_own; i++)
        signet_path_result_free((struct signet_path_result *)(uintptr_t)addressee->own[i].path);
    signet_choice_free(addressee->choice);
    addressee->own = NULL;
    addressee->num_own = 0;
    addressee->cap_own = 0;
    addressee->named[SG_NAMED_AT_HAND] = (struct sg_named_list){NULL, NULL};
    addressee->choice = NULL;
    addressee->candidates = NULL;
    addressee->num_candidates = 0;
    addressee->chosen = NULL;
    addressee->has_capabilities = false;
    addressee->oaep = false;
}
