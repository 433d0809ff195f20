/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What follows from all that CRLs said of one certificate. Within src/path only.
 */
#ifndef SG_PATH_STATUS_REPORT_H
#define SG_PATH_STATUS_REPORT_H

#include "path/crl_choice.h"

/*
 * Sets search->status (RFC 5280 6.3.3, at its end) and adds to *FINDINGS: the revocation, or why
 * the status is not known, and what was told of CRLs, which is information where another one
 * settled it. Adds needs.
 */
void sg_status_conclude(struct sg_status_search *search, const struct sg_crl_points *points,
                        const struct sg_crl_choice *choice, struct sg_findings *findings);

#endif
