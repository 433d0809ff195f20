/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The subject of a certificate for reports that need no more of it.
 */
#ifndef SG_REPORT_SUBJECT_H
#define SG_REPORT_SUBJECT_H

#include "report/emit.h"
#include "signet/certificate.h"

/* Names longer than this are cut. */
#define SG_SUBJECT_SIZE 1024

/* As RFC 4514 text, safe for a terminal; "" and EMIT failed where memory is out. */
void sg_subject_take(struct sg_emit *emit, const struct signet_certificate *certificate,
                     char subject[SG_SUBJECT_SIZE]);

#endif
