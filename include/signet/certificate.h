/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Certificates: X.509 v1 to v3 (RFC 5280 4), immutable and reference-counted. Safe to share between
 * threads.
 */
#ifndef SIGNET_CERTIFICATE_H
#define SIGNET_CERTIFICATE_H

#include "signet/base.h"

#ifdef __cplusplus
extern "C" {
#endif

struct signet_certificate;

/*
 * Reads one DER certificate, all of BYTES, which are copied. SIGNET_ERR_PARSE sets ERROR (may be
 * NULL). What is readable but breaks a rule gives a certificate; judging it tells.
 */
SIGNET_API SIGNET_MUST_CHECK enum signet_status
signet_certificate_parse(struct signet_span bytes, struct signet_certificate **certificate,
                         struct signet_parse_error *error);

SIGNET_API struct signet_certificate *
signet_certificate_ref(const struct signet_certificate *certificate);
SIGNET_API void
signet_certificate_unref(struct signet_certificate *certificate); /* NULL is legal */

/* Borrowed: valid as long as the certificate. */
SIGNET_API struct signet_span signet_certificate_der(const struct signet_certificate *certificate);
/* Content octets of the serialNumber INTEGER (RFC 5280 4.1.2.2). */
SIGNET_API struct signet_span
signet_certificate_serial(const struct signet_certificate *certificate);
SIGNET_API struct signet_span
signet_certificate_sha256(const struct signet_certificate *certificate);
SIGNET_API signet_time signet_certificate_not_before(const struct signet_certificate *certificate);
SIGNET_API signet_time signet_certificate_not_after(const struct signet_certificate *certificate);

/* DER of the Names, to look for others with. Borrowed. */
SIGNET_API struct signet_span
signet_certificate_subject_name(const struct signet_certificate *certificate);
SIGNET_API struct signet_span
signet_certificate_issuer_name(const struct signet_certificate *certificate);

/*
 * The subject or issuer as RFC 4514 text, safe for a terminal. Written NUL-terminated into TEXT,
 * cut to SIZE bytes but not within a character; returns the length that the whole text has.
 */
SIGNET_API size_t signet_certificate_subject(const struct signet_certificate *certificate,
                                             char *text, size_t size);
SIGNET_API size_t signet_certificate_issuer(const struct signet_certificate *certificate,
                                            char *text, size_t size);

#ifdef __cplusplus
}
#endif

#endif
