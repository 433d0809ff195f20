/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What `path` and every signer share: a policy that is fit to judge by, and the best path for a
 * certificate with the RFC 3850 duties.
 */
#ifndef SG_AGENT_PATH_JUDGE_H
#define SG_AGENT_PATH_JUDGE_H

#include "agent/address_match.h"
#include "path/build.h"

/* The time is set, every OID text is one, and so is every name of a target. */
bool sg_policy_usable(const struct signet_policy *policy);

/* What a result may take that only says that there was not enough memory for another. */
#define SG_GIVEN_UP_MEMORY ((size_t)1 << 18)

/* Tells that the judgement took more memory than POLICY allows. */
void sg_memory_limit_tell(const struct signet_policy *policy, struct sg_where where,
                          struct sg_findings *findings);

/* The best path of RESULT ends at no anchor, or at none that is trusted for it. */
bool sg_path_lacks_anchor(const struct sg_path_result *result);

/*
 * Builds paths for CERTIFICATE and appends to FINDINGS those of the best one and of the end
 * entity's use (duty.h). One without a path that the user bound to an author of SENDER (may be
 * NULL) is judged by itself, and that is the best then (E-39). False: memory is out.
 */
SIGNET_MUST_CHECK bool sg_path_judge(struct sg_judgement *judgement,
                                     const struct signet_certificate *certificate,
                                     const struct sg_sender *sender, struct sg_findings *findings,
                                     struct sg_path_result *result);

/* Notes that what the user said of CERTIFICATE and an address may put right what speaks against it:
 * that the address check came to RESULT, or that there is no path. */
void sg_path_need_binding(struct sg_judgement *judgement,
                          const struct signet_certificate *certificate,
                          enum signet_address_result result, const struct sg_path_result *paths);

/* Concludes FINDINGS, all about one signer, under what is in force for the best path of RESULT
 * (NULL: there is none). */
enum signet_verdict sg_path_conclude(const struct sg_path_result *result,
                                     const struct signet_policy *policy,
                                     struct sg_findings *findings);

#endif
