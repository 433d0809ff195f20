/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Candidates: judging one complete path, and which of two is the better answer.
 */
#ifndef SG_PATH_CANDIDATE_H
#define SG_PATH_CANDIDATE_H

#include "path/build.h"

/*
 * Judges the path CERTIFICATES (NUM, end entity first; copied) under ANCHOR: validation, then
 * revocation. With a false signature above the target, or on the target by a key that nobody
 * vouches for, it is no path: an incomplete candidate that ends there. NULL: memory is out.
 */
SIGNET_MUST_CHECK struct sg_candidate *
sg_candidate_new(struct sg_judgement *judgement, const struct sg_path_request *request,
                 const struct signet_certificate *const *certificates, size_t num,
                 const struct sg_anchor *anchor);

/*
 * The furthest partial path: what can be said without an anchor, and NO_TRUST_PATH. The last
 * certificate stands in for the anchor of those below it; only what the target says of itself
 * counts. NULL: memory is out.
 */
SIGNET_MUST_CHECK struct sg_candidate *
sg_candidate_new_partial(struct sg_judgement *judgement,
                         const struct signet_certificate *const *certificates, size_t num);

/* A is the better answer: milder verdict, then fewer findings that count, then the shorter path. */
bool sg_candidate_better(const struct sg_candidate *a, const struct sg_candidate *b);

/* FINDING follows from the octets of the one certificate that it is about, and from time and
 * policy: it is the same on every path. */
bool sg_finding_is_own(const struct signet_finding *finding);

/*
 * The worst effect among those findings that every path of this target has: its own validity,
 * extensions, key, digest and revocation. No other path can have a milder verdict. MODES_DIFFER:
 * anchors may switch the revocation check off by themselves.
 */
enum signet_verdict sg_candidate_floor(const struct sg_candidate *candidate, bool modes_differ);

/* FINDING is about the revocation status of a certificate. */
bool sg_finding_is_status(const struct signet_finding *finding);

#endif
