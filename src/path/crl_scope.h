/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which CRLs cover a certificate, and for which reasons: distribution points held against issuing
 * distribution points (RFC 5280 6.3.3 (b), (d)). Within src/path only.
 */
#ifndef SG_PATH_CRL_SCOPE_H
#define SG_PATH_CRL_SCOPE_H

#include "path/judgement.h"
#include "x509/general_name.h"

/* Names to compare: the value of a directoryName is its canonical form. */
struct sg_point_names {
    struct sg_general_name *items;
    size_t num, cap;
};

struct sg_crl_point {
    unsigned reasons;
    bool delegated;                    /* it has a cRLIssuer */
    struct sg_point_names crl_issuers; /* the names in it */
    /* distributionPoint, or the names in cRLIssuer where it has none ((b)(2)(i)). */
    struct sg_point_names names;
};

/* The distribution points of a certificate; the last one is the point that RFC 5280 6.3.3 assumes
 * at its end for CRLs outside of all others. */
struct sg_crl_points {
    const struct signet_certificate *certificate;
    bool for_attributes; /* it stands for an attribute certificate, see attribute_status.h */
    struct sg_crl_point *items;
    size_t num;
    const struct sg_name **issuers; /* whose CRLs may cover the certificate, each name once */
    size_t num_issuers;
};

/* Everything lives in ARENA. False: memory is out, or the budget of comparisons, and then *LIMIT is
 * set. */
SIGNET_MUST_CHECK bool sg_crl_points_init(struct sg_crl_points *points,
                                          struct sg_judgement *judgement, struct sg_arena *arena,
                                          const struct signet_certificate *certificate,
                                          bool *limit);

/*
 * The reasons for which CRL, complete or delta, covers the certificate through any of POINTS:
 * interim_reasons_mask, 0 for a CRL that is out of scope. False as above.
 */
SIGNET_MUST_CHECK bool sg_crl_points_reasons(const struct sg_crl_points *points,
                                             struct sg_judgement *judgement, struct sg_arena *arena,
                                             const struct signet_crl *crl, unsigned *reasons,
                                             bool *limit);

/* A total order of issuing distribution points; 0: the same one in all its fields (RFC 5280 5.2.4).
 */
int sg_issuing_distribution_point_compare(const struct sg_issuing_distribution_point *a,
                                          const struct sg_issuing_distribution_point *b);

#endif
