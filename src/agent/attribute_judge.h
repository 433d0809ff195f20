/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Judging one attribute certificate for one holder (RFC 5755 5).
 */
#ifndef SG_AGENT_ATTRIBUTE_JUDGE_H
#define SG_AGENT_ATTRIBUTE_JUDGE_H

#include "path/judgement.h"
#include "signet/attribute.h"

/* Somebody who is known by a certificate. */
struct sg_attribute_holder {
    const struct signet_certificate *certificate; /* NULL: not at hand */
    enum signet_verdict verdict; /* of its path and of what proves that the holder has its key */
};

/* Fills OUT, all in the judgement's arena. False: memory is out. */
SIGNET_MUST_CHECK bool sg_attributes_judge(struct sg_judgement *judgement,
                                           const struct signet_attribute_certificate *certificate,
                                           const struct sg_attribute_holder *holder,
                                           struct signet_attributes *out);

#endif
