/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What `path` and every signer share: a policy that is fit to judge by, and the best path for a
 * certificate with the RFC 3850 duties.
 */
#ifndef SG_AGENT_PATH_JUDGE_H
#define SG_AGENT_PATH_JUDGE_H

#include "path/build.h"

/* The time is set, every OID text is one, and so is every name of a target. */
bool sg_policy_usable(const struct signet_policy *policy);

/* What a result may take that only says that there was not enough memory for another. */
#define SG_GIVEN_UP_MEMORY ((size_t)1 << 18)

/* Tells that the judgement took more memory than POLICY allows. */
void sg_memory_limit_tell(const struct signet_policy *policy, struct sg_where where,
                          struct sg_findings *findings);

/*
 * Builds paths for CERTIFICATE and appends to FINDINGS those of the best one and of the end
 * entity's use (duty.h). False: memory is out.
 */
SIGNET_MUST_CHECK bool sg_path_judge(struct sg_judgement *judgement,
                                     const struct signet_certificate *certificate,
                                     struct sg_findings *findings, struct sg_path_result *result);

#endif
