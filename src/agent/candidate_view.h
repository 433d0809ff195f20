/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Paths as results show them: from the builder's candidates to the public structs, in the arena.
 */
#ifndef SG_AGENT_CANDIDATE_VIEW_H
#define SG_AGENT_CANDIDATE_VIEW_H

#include "path/build.h"
#include "signet/path.h"

/* BROUGHT: the pool of what the judged message brought, to tell where a CRL is from; NULL for none.
 */
struct signet_revocation_status sg_status_view(const struct sg_revocation_status *status,
                                               const struct signet_pool *brought);

/* NULL: memory is out. NUM_TRIED is how many paths were judged. BROUGHT as above. */
SIGNET_MUST_CHECK const struct signet_candidates *
sg_candidate_view(const struct sg_path_result *result, const struct signet_pool *brought,
                  struct sg_arena *arena);

/* In place of paths that could not be looked for: CERTIFICATE alone, without its addresses, of
 * which there may be any number. NULL: memory is out. */
SIGNET_MUST_CHECK const struct signet_candidates *
sg_candidate_view_none(const struct signet_certificate *certificate, enum signet_verdict verdict,
                       struct signet_findings findings, struct sg_arena *arena);

#endif
