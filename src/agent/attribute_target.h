/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whether an attribute certificate is meant for the caller (RFC 5755 4.3.2).
 */
#ifndef SG_AGENT_ATTRIBUTE_TARGET_H
#define SG_AGENT_ATTRIBUTE_TARGET_H

#include "path/judgement.h"
#include "x509/attribute_certificate.h"

/*
 * Adds AC_TARGET findings when CERTIFICATE has targets and none of them is among those of the
 * judgement's policy: the caller's own names, and those of groups it belongs to. False: memory is
 * out.
 */
SIGNET_MUST_CHECK bool sg_target_check(struct sg_judgement *judgement,
                                       const struct signet_attribute_certificate *certificate,
                                       struct sg_findings *findings);

/* TEXT is the name of a target as a policy has it. Nothing speaks against it while memory is out:
 * reading it again for the judgement tells. */
SIGNET_MUST_CHECK bool sg_target_usable(const char *text);

#endif
