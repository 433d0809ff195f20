/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What RFC 3850 section 4.4 asks of the end entity of a path beyond RFC 5280: that its key may be
 * used for this. That no CA is limited to other things than mail (E-21) is path/validate.c's
 * matter, since another path may do without that CA.
 */
#ifndef SG_AGENT_DUTY_H
#define SG_AGENT_DUTY_H

#include "path/validate.h"

/*
 * Key usage (4.4.2, RFC 2632 4.4.2.1) held against the kind of the end entity's key and the
 * policy's purpose; extended key usage (4.4.4) and what the policy demands more.
 */
void sg_duty_check(const struct sg_path *path, const struct signet_policy *policy,
                   struct sg_findings *findings);

#endif
