/* SPDX-License-Identifier: Apache-2.0 */
#include "send/sign_plan.h"
#include "store/choice_reason.h"

#include <stdlib.h>

/* --- the order */

/* Those that cannot be used come after those that can; but before others of the same standing those
 * that are for the address: they are what the user meant. */
struct standing {
    int unfit, foreign;
    enum signet_verdict verdict;
};

struct ranked {
    struct sg_own own;
    struct standing standing;
};

static struct standing standing_of(const struct signet_sign_plan *plan, const struct sg_own *own)
{
    return (struct standing){.unfit = !sg_own_is_ready(plan, own),
                             .foreign = own->view.other ||
                                        own->view.address.result == SIGNET_ADDRESS_MISMATCH,
                             .verdict = own->view.verdict};
}

static int compare_numbers(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static int compare(const void *left, const void *right)
{
    const struct ranked *a = left, *b = right;
    const struct signet_certificate *x = a->own.certificate, *y = b->own.certificate;
    int order = compare_numbers(a->standing.unfit, b->standing.unfit);
    if (order == 0)
        order = compare_numbers(a->standing.foreign, b->standing.foreign);
    if (order == 0)
        order = compare_numbers((int64_t)a->standing.verdict, (int64_t)b->standing.verdict);
    if (order == 0)
        order = compare_numbers(y->not_before, x->not_before);
    if (order == 0)
        order = compare_numbers(y->not_after, x->not_after);
    return order != 0 ? order : memcmp(x->sha256, y->sha256, sizeof(x->sha256));
}

static bool sort(struct signet_sign_plan *plan)
{
    struct ranked *all = sg_arena_array(&plan->round, plan->num_own, sizeof(*all));
    if (all == NULL)
        return false;
    for (size_t i = 0; i < plan->num_own; i++)
        all[i] = (struct ranked){plan->own[i], standing_of(plan, &plan->own[i])};
    if (plan->num_own > 1)
        qsort(all, plan->num_own, sizeof(*all), compare);
    for (size_t i = 0; i < plan->num_own; i++)
        plan->own[i] = all[i].own;
    return true;
}

/* --- and why */

static const char *explain_foreign(const struct signet_sign_plan *plan, const struct sg_own *own,
                                   struct sg_arena *arena)
{
    const struct signet_address_check *check = &own->view.address;
    const char *wanted = plan->options.from != NULL && plan->named.asked ? plan->options.from
                         : check->num_header > 0                         ? check->header[0]
                                                                         : "the sender";
    return check->num_certificate > 0 ? sg_arena_printf(arena, "it is for %s, not for %s",
                                                        check->certificate[0].text, wanted)
                                      : sg_arena_printf(arena, "it is not for %s", wanted);
}

/* The first of what speaks against OWN beside its path; NULL for nothing. */
static const char *first_against(const struct sg_own *own)
{
    for (size_t i = 0; i < own->address.num; i++) {
        if (own->address.items[i].effect > SIGNET_VERDICT_WARN)
            return own->address.items[i].text;
    }
    return NULL;
}

/* The words of the choice among a correspondent's certificates. */
static const char *explain_path(const struct signet_sign_plan *plan, const struct sg_own *own,
                                struct sg_arena *arena)
{
    struct signet_choice_candidate chosen = {.certificate = plan->own[0].certificate,
                                             .verdict = plan->own[0].view.verdict,
                                             .path = plan->own[0].sign};
    struct signet_choice_candidate candidate = {
        .certificate = own->certificate, .verdict = own->view.verdict, .path = own->sign};
    struct signet_policy policy = plan->policy;
    policy.purpose = SIGNET_PURPOSE_SIGN;
    return own == &plan->own[0]
               ? sg_choice_reason(&chosen, &chosen, plan->num_own, &policy, arena)
               : sg_choice_reason(&candidate, &chosen, plan->num_own, &policy, arena);
}

static const char *explain(const struct signet_sign_plan *plan, const struct sg_own *own,
                           struct sg_arena *arena)
{
    const char *text = first_against(own);
    if (text != NULL && own->view.address.result == SIGNET_ADDRESS_MISMATCH)
        text = explain_foreign(plan, own, arena);
    if (text == NULL)
        text = explain_path(plan, own, arena);
    return text != NULL && own == &plan->own[0] && own->view.against != 0 &&
                   sg_own_is_ready(plan, own)
               ? sg_arena_printf(arena, "taken all the same: %s", text)
               : text;
}

bool sg_own_rank(struct signet_sign_plan *plan)
{
    struct signet_sign_candidate *views =
        sg_arena_array(&plan->round, plan->num_own, sizeof(*views));
    if (views == NULL || !sort(plan))
        return false;
    for (size_t i = 0; i < plan->num_own; i++) {
        plan->own[i].view.why = explain(plan, &plan->own[i], &plan->round);
        if (plan->own[i].view.why == NULL)
            return false;
        views[i] = plan->own[i].view;
    }
    plan->candidates = views;
    return true;
}
