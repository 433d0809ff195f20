/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Asking CRLs for one certificate (RFC 5280 6.3.3 (f) to (l)). Within src/path only.
 */
#ifndef SG_PATH_CRL_ANSWER_H
#define SG_PATH_CRL_ANSWER_H

#include "path/crl_choice.h"

/* Asks the CRLs of CHOICE until one says that the certificate is revoked, or all are asked. What
 * they say is in search->status, held, reasons, may_omit and told. */
void sg_crls_ask(struct sg_status_search *search, const struct sg_crl_choice *choice);

#endif
