/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Trust anchors (RFC 5280 6.1.1 (d)) and the terms on which they are trusted.
 */
#ifndef SG_PATH_ANCHOR_H
#define SG_PATH_ANCHOR_H

#include "signet/anchor.h"
#include "x509/certificate.h"

struct sg_anchor {
    struct sg_name subject;
    struct sg_spki spki;                          /* with its parameters, if any */
    const struct signet_certificate *certificate; /* NULL for an anchor given as name and key */
    struct signet_anchor_terms terms;             /* what they point to is the pool's */
};

/*
 * Copies TERMS, NULL for the initial ones, into OUT, which then points into *BLOCK, to be freed
 * with free(); NULL where nothing is pointed to. SIGNET_ERR_ARGUMENT: subtrees or a policy cannot
 * be read.
 */
SIGNET_MUST_CHECK enum signet_status sg_anchor_terms_copy(const struct signet_anchor_terms *terms,
                                                          struct signet_anchor_terms *out,
                                                          void **block);

/* POLICY, or where the terms of ANCHOR (may be NULL) set another revocation mode (RFC 3850 4.1), a
 * copy of it in *OWN with that mode. */
const struct signet_policy *sg_anchor_policy(const struct sg_anchor *anchor,
                                             const struct signet_policy *policy,
                                             struct signet_policy *own);

#endif
