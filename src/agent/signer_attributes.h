/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The attribute certificates of a message and of its signers. Apart from everything else: no other
 * verdict looks at what is found here (RFC 3850 2.3).
 */
#ifndef SG_AGENT_SIGNER_ATTRIBUTES_H
#define SG_AGENT_SIGNER_ATTRIBUTES_H

#include "path/judgement.h"
#include "signet/message.h"

/* Tells which attribute certificates the message brought, in POOL above the caller's, that nobody
 * judged. False: memory is out. */
SIGNET_MUST_CHECK bool sg_attributes_tell(const struct signet_pool *pool,
                                          struct sg_findings *findings);

/*
 * Judges for each of the SIGNERS, with a budget apart, those attribute certificates of the
 * judgement's pool that name it, and those of the message that name no signer at all. More than are
 * worth it are told in FINDINGS. False: memory is out.
 */
SIGNET_MUST_CHECK bool sg_signer_attributes_judge(struct sg_judgement *judgement,
                                                  struct signet_signer *signers, size_t num_signers,
                                                  struct sg_findings *findings);

#endif
