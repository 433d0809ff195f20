/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The CRLs at hand that may say something of a certificate, in the order in which they are asked:
 * scope by scope, in each the newest first (A-5-4, B-CRL-7, E-28). Within src/path only.
 */
#ifndef SG_PATH_CRL_CHOICE_H
#define SG_PATH_CRL_CHOICE_H

#include "path/crl_scope.h"
#include "path/status.h"

/* A CRL in scope. */
struct sg_crl_use {
    const struct signet_crl *crl;
    unsigned reasons; /* interim_reasons_mask */
};

struct sg_crl_choice {
    struct sg_crl_use *complete; /* sorted */
    size_t num_complete, cap_complete;
    struct sg_crl_use *deltas; /* the latest first */
    size_t num_deltas, cap_deltas;
    size_t num_seen; /* in scope or not */
};

/* Tells of CRLs that cannot be used for any status. False: memory is out, or the budget
 * (search->limit). */
SIGNET_MUST_CHECK bool sg_crl_choice_collect(struct sg_crl_choice *choice,
                                             struct sg_status_search *search,
                                             const struct sg_crl_points *points);

/*
 * Numbers are compared within one scope of one issuer. As nobody else can tell, CRLs that name
 * different keys, or have no number, are not of the same sequence.
 */
bool sg_crl_same_sequence(const struct signet_crl *a, const struct signet_crl *b);

/* By number, then by thisUpdate. Above 0: A is the newer one. Both are of one sequence. */
int sg_crl_compare_age(const struct signet_crl *a, const struct signet_crl *b);

#endif
