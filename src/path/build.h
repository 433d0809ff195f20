/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Path building (RFC 3850 2.3, RFC 5280 6): from one certificate to an anchor through an unordered
 * pool of any size. The builder proposes, validate.h and revocation.h judge. Every path tried is
 * kept with its findings.
 */
#ifndef SG_PATH_BUILD_H
#define SG_PATH_BUILD_H

#include "path/revocation.h"
#include "path/validate.h"

struct sg_path_request {
    const struct signet_certificate *target;
    /* For the signer of a CRL: its path must end at this very anchor (RFC 5280 6.3.3 (f)), NULL for
     * any. */
    const struct sg_anchor *only_anchor;
    unsigned revocation_depth; /* 0 for a caller's path; passed on to sg_revocation_check */
};

/* One path that was tried. */
struct sg_candidate {
    struct sg_path path;         /* as far as it holds together */
    struct sg_path proposed;     /* as it was tried, when by the search */
    struct sg_findings findings; /* concluded */
    enum signet_verdict verdict;
    struct sg_path_output output;
    struct sg_revocation_status *revocation; /* path.num items; NULL when not looked at */
    /* Ends at an anchor, and no certificate above the target is known to have a false signature. An
     * incomplete one is the furthest partial path, or leads up to such a certificate. */
    bool complete;
    bool pinned; /* by the user, see sg_candidate_new_pinned */
};

struct sg_path_result {
    const struct sg_candidate *best; /* never NULL unless judgement->failed */
    struct sg_candidate **tried;     /* best first */
    size_t num_tried;
    size_t num_judged; /* complete paths judged; more than num_tried when not all were kept */
};

/*
 * Always gives a best candidate: the best complete path (SIG_BAD where issuers of the target lead
 * to an anchor and none of them made its signature), or the furthest partial one with
 * NO_TRUST_PATH. What no anchor vouches for above the target does not speak against it: anybody can
 * make a certificate with the name and even the key of the one that is missing (ADR 0029). A target
 * that is itself an anchor's certificate is judged as the path of that one certificate under the
 * anchor. The same request of depth 0 again costs nothing. False: memory is out.
 */
SIGNET_MUST_CHECK bool sg_path_build(struct sg_judgement *judgement,
                                     const struct sg_path_request *request,
                                     struct sg_path_result *result);

/*
 * E-39: CERTIFICATE without a path, which the user bound to ADDRESS, by itself: its validity,
 * extensions and key count, and that nothing vouches for it is told. Not a complete path: a pin is
 * no anchor. NULL: memory is out.
 */
SIGNET_MUST_CHECK struct sg_candidate *
sg_candidate_new_pinned(struct sg_judgement *judgement,
                        const struct signet_certificate *certificate, struct signet_span address);

#endif
