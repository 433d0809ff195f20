/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Certificate revocation lists: v1 and v2 (RFC 5280 5), immutable and reference-counted.
 */
#ifndef SIGNET_CRL_H
#define SIGNET_CRL_H

#include "signet/base.h"

#ifdef __cplusplus
extern "C" {
#endif

struct signet_crl;

/* Reads one DER CRL, all of BYTES, which are copied. SIGNET_ERR_PARSE sets ERROR (may be NULL). */
SIGNET_API SIGNET_MUST_CHECK enum signet_status signet_crl_parse(struct signet_span bytes,
                                                                 struct signet_crl **crl,
                                                                 struct signet_parse_error *error);

/*
 * The same without the copy, for lists of many megabytes: BYTES stay where they are (a mapped file)
 * until the last reference is gone, then RELEASE(CONTEXT) is called once; it is called on failure
 * too. RELEASE may be NULL.
 */
SIGNET_API SIGNET_MUST_CHECK enum signet_status
signet_crl_parse_borrowed(struct signet_span bytes, void (*release)(void *context), void *context,
                          struct signet_crl **crl, struct signet_parse_error *error);

SIGNET_API struct signet_crl *signet_crl_ref(const struct signet_crl *crl);
SIGNET_API void signet_crl_unref(struct signet_crl *crl); /* NULL is legal */

/* Of an excerpt: octets that its issuer has never signed, see below. */
SIGNET_API struct signet_span signet_crl_der(const struct signet_crl *crl);
/* As for certificates. */
SIGNET_API size_t signet_crl_issuer(const struct signet_crl *crl, char *text, size_t size);
SIGNET_API signet_time signet_crl_this_update(const struct signet_crl *crl);
/* SIGNET_TIME_UNKNOWN when absent. */
SIGNET_API signet_time signet_crl_next_update(const struct signet_crl *crl);
/* Of an excerpt: those of the whole. */
SIGNET_API size_t signet_crl_num_entries(const struct signet_crl *crl);

/*
 * A store gives of a long CRL only what tells of the certificates in question: its frame and a few
 * of its entries. It answers for these as the whole would.
 */
SIGNET_API bool signet_crl_is_excerpt(const struct signet_crl *crl);

#ifdef __cplusplus
}
#endif

#endif
