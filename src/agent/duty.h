/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What RFC 3850 section 4.4 asks of the certificates of a path beyond RFC 5280: that the end entity
 * may be used for this, and that no CA is limited to other things than mail.
 */
#ifndef SG_AGENT_DUTY_H
#define SG_AGENT_DUTY_H

#include "path/validate.h"

/*
 * Key usage (4.4.2), extended key usage (4.4.4) and what the policy demands more of the end entity,
 * for policy->purpose; extended key usage in CA certificates (E-21).
 */
void sg_duty_check(const struct sg_path *path, const struct signet_policy *policy,
                   struct sg_findings *findings);

#endif
