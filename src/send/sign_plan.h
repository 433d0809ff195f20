/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A plan to sign, inside: what was read of the message once, what is judged in each round.
 */
#ifndef SG_SEND_SIGN_PLAN_H
#define SG_SEND_SIGN_PLAN_H

#include "agent/address_match.h"
#include "compose/content.h"
#include "crypto/signature_algorithm_write.h"
#include "signet/sign.h"

/* An own certificate, judged for signing and, where the address is its own, for encrypting to it.
 */
struct sg_own {
    const struct signet_certificate *certificate;
    struct signet_path_result *sign, *encrypt; /* ENCRYPT may be NULL */
    struct signet_sign_candidate view;
    struct signet_findings address; /* about the address, the key and the wishes */
};

struct signet_sign_plan {
    struct sg_arena arena; /* of all rounds */
    struct sg_arena round; /* of the last one */
    struct signet_context *context;
    const struct signet_pool *pool;
    struct signet_policy policy;
    struct signet_sign_options options;
    struct sg_signature_wish wish;

    struct signet_span message;
    struct sg_content content; /* unless a bare form */
    struct sg_sender sender;   /* whom recipients will compare with */
    struct sg_sender named;    /* options->from; not asked where it is NULL or SENDER's */

    struct sg_own *own; /* best first */
    size_t num_own;

    /* The last round. */
    struct sg_findings notes;
    const struct signet_sign_candidate *candidates;
    const struct signet_certificate **chain;
    size_t num_chain, cap_chain;
    const struct signet_crl **crls;
    size_t num_crls, cap_crls;
    const struct signet_certificate *encrypt_to;
    const char *algorithm;
    struct signet_need *needs;
    size_t num_needs;
    struct signet_findings findings;
    bool refused; /* for another reason than the first candidate's */
};

static inline bool sg_sign_form_is_bare(enum signet_sign_form form)
{
    return form == SIGNET_SIGN_BARE || form == SIGNET_SIGN_BARE_OPAQUE;
}

/* The reasons against OWN that are not forced, or that cannot be. */
static inline bool sg_own_is_ready(const struct signet_sign_plan *plan, const struct sg_own *own)
{
    return !own->view.other && (own->view.against & ~plan->options.forced) == 0;
}

/* Whether the chosen one signs: its certificate names an address that is asked for, or none is. */
static inline const struct signet_candidate *sg_best_path(const struct signet_path_result *result)
{
    const struct signet_candidates *paths = signet_path_result_candidates(result);
    return paths->num > 0 ? &paths->items[0] : NULL;
}

/* sign_own.c: judges OWN, for the first time or again: paths, address, use. */
SIGNET_MUST_CHECK enum signet_status sg_own_judge(struct signet_sign_plan *plan,
                                                  struct sg_own *own);
/* Fit to be encrypted to, as its correspondents would judge. */
bool sg_own_can_decrypt(const struct sg_own *own);

/* sign_rank.c: puts the best first and says why of each. False: memory is out. */
SIGNET_MUST_CHECK bool sg_own_rank(struct signet_sign_plan *plan);

/* sign_enclosure.c: chooses what goes along and which certificate is preferred for encrypting.
 * False: memory is out. */
SIGNET_MUST_CHECK bool sg_sign_enclose(struct signet_sign_plan *plan);

/* sign_need.c: gathers the needs of all that may still be chosen. False: memory is out. */
SIGNET_MUST_CHECK bool sg_sign_gather_needs(struct signet_sign_plan *plan);

#endif
