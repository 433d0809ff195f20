/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The determination of one certificate's status, in the words of RFC 5280 6.3.2, and what its steps
 * say to each other. Within src/path only.
 */
#ifndef SG_PATH_STATUS_H
#define SG_PATH_STATUS_H

#include "path/revocation.h"

/* What a CRL in scope is good for. A revocation counts in all but the first. */
enum sg_crl_role {
    SG_CRL_REFUSED, /* not used at all */
    SG_CRL_STALE,   /* past its nextUpdate */
    SG_CRL_UNDATED, /* without nextUpdate, and too old to be believed without one */
    SG_CRL_CURRENT,
    SG_NUM_CRL_ROLES
};

struct sg_status_search {
    struct sg_judgement *judgement;
    const struct sg_path *path;
    size_t index;        /* of the certificate whose status is wanted */
    bool for_attributes; /* it stands for an attribute certificate, see attribute_status.h */
    bool anchored;       /* the path so far is one that reaches an anchor; see signet/need.h */
    unsigned depth;
    struct sg_arena *scratch; /* for what ends with this search */

    unsigned reasons[SG_NUM_CRL_ROLES]; /* reasons_mask, by the role of the CRLs that gave it */
    struct sg_revocation_status status; /* cert_status */
    /* A hold on a CRL that is not current: it may have ended since. */
    struct sg_revocation_status held;
    const struct signet_crl *listed_by; /* complete or delta: which of the two told of either */
    bool may_omit; /* a CRL that would settle it was issued when the certificate had expired */
    bool limit;    /* the budget was out before all CRLs were looked at: no answer is a good one */
    /* What was found about CRLs, apart by role: what is said of those that another one made
     * needless does not count. */
    struct sg_findings told[SG_NUM_CRL_ROLES];
};

static inline const struct signet_certificate *
sg_status_certificate(const struct sg_status_search *search)
{
    return search->path->certificates[search->index];
}

/* The latest moment that has come: a CRL dated after it is not from the past of anybody (E-29). */
static inline signet_time sg_status_clock(const struct sg_status_search *search)
{
    const struct signet_policy *policy = search->judgement->policy;
    return policy->now != SIGNET_TIME_UNKNOWN && policy->now > policy->time ? policy->now
                                                                            : policy->time;
}

/* revocation.c: determines the status of path->certificates[INDEX] and adds the findings. *STATUS
 * is "not checked" before. ANCHORED as in needs. Running out of memory is latched in the judgement.
 */
void sg_status_determine(struct sg_judgement *judgement, const struct sg_path *path, size_t index,
                         unsigned depth, bool for_attributes, bool anchored,
                         struct sg_findings *findings, struct sg_revocation_status *status);

#endif
