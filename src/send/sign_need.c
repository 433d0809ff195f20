/* SPDX-License-Identifier: Apache-2.0 */
#include "send/path_worth.h"
#include "send/sign_plan.h"

/* What would have to be set aside first, whatever came. */
static bool is_settled(const struct signet_sign_plan *plan, const struct sg_own *own)
{
    const unsigned final = SIGNET_FORCE_ADDRESS | SIGNET_FORCE_VALIDITY | SIGNET_FORCE_USAGE;
    return own->view.other || (own->view.against & final & ~plan->options.forced) != 0;
}

/* The results whose needs count, at most two for each certificate. */
static size_t list_results(const struct signet_sign_plan *plan,
                           const struct signet_path_result **out)
{
    size_t num = 0;
    for (size_t i = 0; i < plan->num_own; i++) {
        const struct sg_own *own = &plan->own[i];
        if (!is_settled(plan, own))
            out[num++] = own->sign;
        if (own->encrypt != NULL && sg_path_worth_asking(own->encrypt))
            out[num++] = own->encrypt;
    }
    return num;
}

bool sg_sign_gather_needs(struct signet_sign_plan *plan)
{
    const struct signet_path_result **results =
        sg_arena_array(&plan->round, 2 * plan->num_own, sizeof(struct signet_path_result *));
    size_t num_results = results != NULL ? list_results(plan, results) : 0, total = 0, num;
    for (size_t i = 0; i < num_results; i++) {
        signet_path_result_needs(results[i], &num);
        total += num;
    }
    plan->needs = sg_arena_array(&plan->round, total, sizeof(*plan->needs));
    if (results == NULL || plan->needs == NULL)
        return false;
    for (size_t i = 0; i < num_results; i++) {
        const struct signet_need *needs = signet_path_result_needs(results[i], &num);
        if (num > 0)
            memcpy(plan->needs + plan->num_needs, needs, num * sizeof(*needs));
        plan->num_needs += num;
    }
    return true;
}
