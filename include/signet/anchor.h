/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The terms on which an anchor is trusted. RFC 5280 6.2 lets different anchors carry different
 * inputs to path validation; RFC 5914 and 5937 say what an anchor may be limited to.
 */
#ifndef SIGNET_ANCHOR_H
#define SIGNET_ANCHOR_H

#include "signet/policy.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What mail an anchor is trusted for. */
#define SIGNET_ANCHOR_SIGN    (1u << 0)
#define SIGNET_ANCHOR_ENCRYPT (1u << 1)
#define SIGNET_ANCHOR_MAIL    (SIGNET_ANCHOR_SIGN | SIGNET_ANCHOR_ENCRYPT)

/* All spans and strings are copied when an anchor is added, borrowed when one is asked for. */
struct signet_anchor_terms {
    unsigned purposes; /* SIGNET_ANCHOR_…: a path for another purpose does not end here */
    /* Nobody has said that it is fit for mail, as with a bundle of web roots: each path that ends
     * here says so. */
    bool purpose_unknown;
    /* The constraints in its own certificate (pathLen, nameConstraints, policies) apply (RFC 5937).
     */
    bool honour_constraints;
    /* What the CA issued after this is not believed: an end entity whose notBefore is later does
     * not end here. SIGNET_TIME_UNKNOWN: no such date. */
    signet_time distrust_after;
    /* RFC 5280 6.1.1 (h), (i): DER of GeneralSubtrees (the SEQUENCE), applied beside the policy's;
     * {NULL,0}: none. */
    struct signet_span permitted_subtrees, excluded_subtrees;
    /* RFC 5280 6.1.1 (c), (e)-(g), beside the policy's: what either demands holds. POLICIES are
     * dotted OIDs; none means any-policy. */
    const char *const *policies;
    size_t num_policies;
    bool require_explicit_policy, inhibit_policy_mapping, inhibit_any_policy;
    /* How hard CRLs are demanded below this anchor (RFC 3850 4.1), in place of the policy's mode.
     */
    bool has_revocation;
    enum signet_revocation revocation;
};

/* Name and key alone: all of mail, no constraints, no date, the policy's revocation mode. */
SIGNET_API void signet_anchor_terms_init(struct signet_anchor_terms *terms);

#ifdef __cplusplus
}
#endif

#endif
