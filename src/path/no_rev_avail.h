/* SPDX-License-Identifier: Apache-2.0 */
/*
 * noRevAvail (RFC 9608): certificates of which nobody will ever tell whether they are revoked.
 * Within src/path only.
 */
#ifndef SG_PATH_NO_REV_AVAIL_H
#define SG_PATH_NO_REV_AVAIL_H

#include "path/judgement.h"

/* CERTIFICATE, at INDEX of the path, has the extension: tells so, or why it must not (D-REV-2). */
void sg_no_rev_avail_check(const struct signet_certificate *certificate, size_t index,
                           struct sg_findings *findings);

#endif
