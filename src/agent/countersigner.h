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

/* Sets countersigners of OUT. False: memory is out. */
SIGNET_MUST_CHECK bool sg_countersigners_judge(struct sg_judgement *judgement,
                                               const struct sg_signer_info *signer,
                                               struct signet_signer *out);

#endif
