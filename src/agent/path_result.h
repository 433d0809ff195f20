/* SPDX-License-Identifier: Apache-2.0 */
/*
 * For whoever judges many certificates and keeps the results.
 */
#ifndef SG_AGENT_PATH_RESULT_H
#define SG_AGENT_PATH_RESULT_H

#include "path/key_ring.h"
#include "signet/path.h"

/* As signet_path_verify, with the keys that RING has got from others, and for others to come. RING
 * may be NULL, and outlives *RESULT. */
SIGNET_MUST_CHECK enum signet_status
sg_path_verify_with(struct signet_context *context, struct sg_key_ring *ring,
                    const struct signet_certificate *certificate, const struct signet_pool *pool,
                    const struct signet_policy *policy, struct signet_path_result **result);

/* Gives back what RESULT was found with and keeps what it shows. Another update finds out anew what
 * earlier rounds had, but for facts that the context remembers. */
void sg_path_result_settle(struct signet_path_result *result);

#endif
