/* SPDX-License-Identifier: Apache-2.0 */
/*
 * authorityInfoAccess and subjectInfoAccess (RFC 5280 4.2.2): walks over values that have passed
 * their check.
 */
#ifndef SG_X509_ACCESS_H
#define SG_X509_ACCESS_H

#include "asn1/oid.h"
#include "x509/general_name.h"

struct sg_access_description {
    enum sg_oid method; /* SG_OID_AD_CA_ISSUERS and so on */
    struct signet_span method_octets;
    struct sg_general_name location;
};
struct sg_access_descriptions {
    struct signet_span rest;
};
/* {NULL,0} gives none. */
struct sg_access_descriptions sg_access_descriptions_begin(struct signet_span value);
bool sg_access_descriptions_next(struct sg_access_descriptions *descriptions,
                                 struct sg_access_description *out);

#endif
