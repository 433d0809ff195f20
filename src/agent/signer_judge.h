/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Judging one signer of a layer: its attributes, its certificate among the candidates, the
 * arithmetic, the path, the duties, the address.
 */
#ifndef SG_AGENT_SIGNER_JUDGE_H
#define SG_AGENT_SIGNER_JUDGE_H

#include "agent/address_match.h"
#include "agent/layer.h"
#include "path/judgement.h"

/* Fills OUT, all in the judgement's arena. False: memory is out. */
SIGNET_MUST_CHECK bool sg_signer_judge(struct sg_judgement *judgement, struct sg_layer *layer,
                                       const struct sg_signer_info *signer,
                                       const struct sg_sender *sender, struct signet_signer *out);

#endif
