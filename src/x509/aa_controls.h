/* SPDX-License-Identifier: Apache-2.0 */
/*
 * aaControls (RFC 5755 7.4): in the certificates of CAs and of issuers of attribute certificates,
 * which attributes these may certify.
 */
#ifndef SG_X509_AA_CONTROLS_H
#define SG_X509_AA_CONTROLS_H

#include "x509/certificate.h"

struct sg_aa_controls {
    int64_t path_len;             /* CAs between this certificate and the issuer; -1: no limit */
    struct signet_span permitted; /* content octets of SEQUENCE OF OBJECT IDENTIFIER, {NULL,0}: */
    struct signet_span excluded;  /* absent */
    bool permit_unspecified;
};

/* The extension of CERTIFICATE. False: it has none, or a malformed one. */
bool sg_aa_controls_get(const struct signet_certificate *certificate, struct sg_aa_controls *out);

/* An attribute of type OID (content octets) may be certified. */
bool sg_aa_controls_permit(const struct sg_aa_controls *controls, struct signet_span oid);

#endif
