/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the dates of CRLs and of their entries mean at the time judged for (RFC 5280 5.1.2.4,
 * 5.1.2.5, 6.3.3 (a)(1); B-CRL-3, B-CRL-4, E-29). Within src/path only.
 *
 * A CRL issued after the time judged for, but not in the future, is evidence of the past: it tells
 * what has come out since. So it is never stale, its entries count by their own dates, and it
 * proves nothing of certificates that it need not list any more.
 */
#ifndef SG_PATH_CRL_AGE_H
#define SG_PATH_CRL_AGE_H

#include "path/status.h"

/* Dated later than any clock has shown. */
bool sg_crl_is_from_future(const struct sg_status_search *search, const struct signet_crl *crl);

/* What CRL is good for by its dates: SG_CRL_STALE, UNDATED or CURRENT. *BY_AGE: it is current only
 * because the caller lets CRLs without nextUpdate be of some age. */
enum sg_crl_role sg_crl_role_by_dates(const struct sg_status_search *search,
                                      const struct signet_crl *crl, bool *by_age);

/* Issued after the certificate's expiry: entries are dropped then (5.2.4, 3.3). */
bool sg_crl_may_omit(const struct sg_status_search *search, const struct signet_crl *crl);

/* The entry of CRL says that the certificate was revoked at the time judged for. */
bool sg_crl_entry_counts(const struct sg_status_search *search, const struct signet_crl *crl,
                         const struct sg_crl_entry *entry);

#endif
