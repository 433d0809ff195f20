/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Countersignatures (RFC 5652 11.4): signatures over a signature. Each gets a line of its own and
 * takes no part in the verdict.
 */
#ifndef SG_AGENT_COUNTERSIGNER_H
#define SG_AGENT_COUNTERSIGNER_H

#include "cms/signed_data.h"
#include "path/judgement.h"
#include "signet/message.h"

/*
 * Sets countersigners of OUT, with what is left of the budget: so they come after all signers. Adds
 * how many could not be judged any more to *NUM_LEFT. False: memory is out.
 */
SIGNET_MUST_CHECK bool sg_countersigners_judge(struct sg_judgement *judgement,
                                               const struct sg_signer_info *signer,
                                               struct signet_signer *out, size_t *num_left);

#endif
