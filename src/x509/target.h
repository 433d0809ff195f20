/* SPDX-License-Identifier: Apache-2.0 */
/*
 * targetInformation of attribute certificates (RFC 5755 4.3.2): for whom one is meant.
 */
#ifndef SG_X509_TARGET_H
#define SG_X509_TARGET_H

#include "x509/attribute_certificate.h"
#include "x509/general_name.h"

enum sg_target_type {
    SG_TARGET_NAME = 0,
    SG_TARGET_GROUP = 1,
    SG_TARGET_CERTIFICATE = 2 /* not to be used (RFC 5755 4.3.2): nobody is one */
};

struct sg_target {
    enum sg_target_type type;
    bool has_name; /* always but for a certificate */
    struct sg_general_name name;
    struct sg_issuer_serial certificate; /* of a certificate only */
    struct sg_object_digest digest;
};

/* Walks the value of a targetInformation that has passed its check. Several Targets in it count as
 * one (RFC 5755 4.3.2). */
struct sg_targets {
    struct signet_span lists; /* further Targets */
    struct signet_span rest;  /* of the one under way */
};
struct sg_targets sg_targets_begin(struct signet_span value);
bool sg_targets_next(struct sg_targets *targets, struct sg_target *out);

#endif
