/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which of several certificates of one address to use, and why not the others (RFC 3850 4; renewal
 * is the common case). The choice hangs on nothing but the contents of the store and the policy.
 */
#ifndef SIGNET_CHOICE_H
#define SIGNET_CHOICE_H

#include "signet/path.h"
#include "signet/store.h"

#ifdef __cplusplus
extern "C" {
#endif

struct signet_choice_candidate {
    const struct signet_certificate *certificate;
    const struct signet_origin *origin;
    bool bound;                       /* something binds the address to it beside its own names */
    enum signet_binding_kind binding; /* when BOUND */
    bool preferred;                   /* its holder asked to have mail encrypted to it */
    enum signet_verdict verdict;      /* of its path for policy->purpose and the address */
    const struct signet_path_result *path;
    const char *why; /* one sentence: why it was chosen, or why not */
};

struct signet_choice;

/*
 * Judges every certificate stored for ADDRESS under POLICY (purpose, time) with POOL beneath (NULL
 * for none) and ranks them: by verdict, then bound by the user, then preferred by the holder, then
 * the later notBefore, the later notAfter, the smaller fingerprint. The first is the choice when
 * its verdict is GOOD or WARN. A certificate that nothing proves is listed and never chosen
 * (E-41). SIGNET_ERR_ARGUMENT: ADDRESS is no addr-spec.
 */
SIGNET_API SIGNET_MUST_CHECK enum signet_status
signet_choice_make(struct signet_store *store, struct signet_context *context, const char *address,
                   const struct signet_pool *pool, const struct signet_policy *policy,
                   struct signet_choice **choice);
SIGNET_API void signet_choice_free(struct signet_choice *choice); /* NULL is legal */

/* NULL: none of the candidates can be used. */
SIGNET_API const struct signet_choice_candidate *
signet_choice_chosen(const struct signet_choice *choice);
/* All of them, best first. */
SIGNET_API const struct signet_choice_candidate *
signet_choice_candidates(const struct signet_choice *choice, size_t *num);

#ifdef __cplusplus
}
#endif

#endif
