/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How findings speak of CRLs and of certificates without a status. Within src/path only.
 */
#ifndef SG_PATH_CRL_TOLD_H
#define SG_PATH_CRL_TOLD_H

#include "path/status.h"

/* The longest name in a sentence; what is cut is in the object. */
#define SG_TOLD_NAME_SIZE 256
#define SG_TOLD_CRL_SIZE  (SG_TOLD_NAME_SIZE + 64)

/* "CRL 12 of CN=CA,O=Example", "delta CRL 13 of …", "CRL of …" into TEXT. */
void sg_crl_describe(const struct signet_crl *crl, char text[SG_TOLD_CRL_SIZE]);

/* Adds a finding of KIND about CRL, in so far as it concerns the certificate of SEARCH: {crl}, and
 * PARAMS, at most three. */
void sg_crl_tell(const struct sg_status_search *search, struct sg_findings *findings,
                 enum sg_kind kind, const struct signet_crl *crl,
                 const struct signet_param *params);

#endif
