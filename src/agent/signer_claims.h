/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a signer says of itself for those who answer: what its software can read, and which
 * certificate to encrypt to (RFC 8551 2.5.2, 2.5.3). Read, not judged.
 */
#ifndef SG_AGENT_SIGNER_CLAIMS_H
#define SG_AGENT_SIGNER_CLAIMS_H

#include "cms/signed_data.h"
#include "path/judgement.h"
#include "signet/message.h"

/* Sets capabilities and encryption_certificate of OUT from the signed attributes of SIGNER; the
 * certificate is one of the judgement's pool itself, not of its parents. False: memory is out. */
SIGNET_MUST_CHECK bool sg_signer_claims_read(struct sg_judgement *judgement,
                                             const struct sg_signer_info *signer,
                                             struct signet_signer *out);

#endif
