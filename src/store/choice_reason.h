/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Why a certificate is chosen for an address or why not, in one plain sentence.
 */
#ifndef SG_STORE_CHOICE_REASON_H
#define SG_STORE_CHOICE_REASON_H

#include "base/arena.h"
#include "signet/choice.h"

/* CHOSEN is the best of NUM candidates, NULL where none can be used; it may be CANDIDATE itself.
 * In the arena. NULL: memory is out. */
SIGNET_MUST_CHECK const char *sg_choice_reason(const struct signet_choice_candidate *candidate,
                                               const struct signet_choice_candidate *chosen,
                                               size_t num, const struct signet_policy *policy,
                                               struct sg_arena *arena);

#endif
