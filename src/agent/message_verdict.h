/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The verdict of a message from those of its signers (E-33): who speaks for it, whom another
 * signature of the same signer or a good signature around them relieves, and what they cover.
 */
#ifndef SG_AGENT_MESSAGE_VERDICT_H
#define SG_AGENT_MESSAGE_VERDICT_H

#include "agent/layer.h"
#include "signet/message.h"

/* Every signer of every layer, judged. */
struct sg_judged_signers {
    const struct sg_layers *layers;
    struct signet_signer *items;
    size_t *layer_of; /* of each signer: index of its layer */
    size_t num;
};

/*
 * The worst verdict among those who speak for the message, NONE where nobody signed it. Adds
 * findings about those who do not. Work is linear in signers and layers. False: memory is out.
 */
SIGNET_MUST_CHECK bool sg_verdict_of_signers(const struct sg_judged_signers *signers,
                                             struct sg_findings *findings,
                                             enum signet_verdict *verdict);

#endif
