/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Distribution points: cRLDistributionPoints and freshestCRL (RFC 5280 4.2.1.13, 4.2.1.15),
 * issuingDistributionPoint (5.2.5).
 */
#ifndef SG_X509_DISTRIBUTION_POINT_H
#define SG_X509_DISTRIBUTION_POINT_H

#include "asn1/der.h"

/* ReasonFlags, bit n of the BIT STRING as 1 << n; bit 0 is "unused". */
#define SG_REASONS_ALL 0x1feu

struct sg_distribution_point {
    struct signet_span full_name; /* content octets of GeneralNames, {NULL,0} when absent */
    struct signet_span
        relative_name; /* content octets of a RelativeDistinguishedName (SET), or {NULL,0} */
    unsigned reasons;  /* SG_REASONS_ALL when absent */
    struct signet_span crl_issuer; /* content octets of GeneralNames, {NULL,0} when absent */
};

struct sg_distribution_points {
    struct signet_span rest;
};
/* VALUE is the value of a cRLDistributionPoints that has passed its check. {NULL,0} gives none. */
struct sg_distribution_points sg_distribution_points_begin(struct signet_span value);
bool sg_distribution_points_next(struct sg_distribution_points *points,
                                 struct sg_distribution_point *out);

struct sg_issuing_distribution_point {
    bool present;
    struct signet_span full_name, relative_name; /* as above */
    bool only_user_certs, only_ca_certs, only_attribute_certs, indirect_crl;
    bool has_reasons;
    unsigned reasons;     /* SG_REASONS_ALL when onlySomeReasons is absent */
    bool empty;           /* nothing in it, against RFC 5280 5.2.5: tolerated */
    bool default_spelled; /* a FALSE is written out, against X.690 11.5: tolerated */
};
SIGNET_MUST_CHECK bool
sg_issuing_distribution_point_parse(struct sg_der *value,
                                    struct sg_issuing_distribution_point *out);

#endif
