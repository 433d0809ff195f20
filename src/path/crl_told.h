/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How findings speak of CRLs and of certificates without a status. Within src/path only.
 */
#ifndef SG_PATH_CRL_TOLD_H
#define SG_PATH_CRL_TOLD_H

#include "path/status.h"

/* Room for what is told of an object; what is cut off longer names is in the object itself. */
#define SG_TOLD_SIZE 320

/* A parameter called PARAM that names a person or CA, written into TEXT. Latches findings->failed
 * when memory is out. */
struct signet_param sg_told_name(struct sg_findings *findings, const char *param,
                                 const struct sg_name *name, char text[SG_TOLD_SIZE]);

/* The same for a CRL: "CRL 12 of CN=CA,O=Example", "delta CRL 13 of …", "CRL of …". */
struct signet_param sg_told_crl(struct sg_findings *findings, const char *param,
                                const struct signet_crl *crl, char text[SG_TOLD_SIZE]);

/* Adds a finding of KIND about CRL, in so far as it concerns the certificate of SEARCH: {crl}, and
 * PARAMS, at most three. */
void sg_crl_tell(const struct sg_status_search *search, struct sg_findings *findings,
                 enum sg_kind kind, const struct signet_crl *crl,
                 const struct signet_param *params);

#endif
