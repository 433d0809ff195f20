/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The revocation status of attribute certificates (RFC 5755 6): by the same CRLs and rules as that
 * of certificates (RFC 5280 6.3), with the issuer's certificate in the place of the CA's.
 */
#ifndef SG_PATH_ATTRIBUTE_STATUS_H
#define SG_PATH_ATTRIBUTE_STATUS_H

#include "path/revocation.h"
#include "x509/attribute_certificate.h"

/*
 * Determines the status of CERTIFICATE, whose issuer's path is ISSUER_PATH, and adds the findings
 * (objects ATTRIBUTE_CERTIFICATE and CRL). CRLs whose scope is other certificates never count.
 * False: memory is out.
 */
SIGNET_MUST_CHECK bool
sg_attribute_status_check(struct sg_judgement *judgement,
                          const struct signet_attribute_certificate *certificate,
                          const struct sg_path *issuer_path, struct sg_findings *findings,
                          struct sg_revocation_status *status);

#endif
