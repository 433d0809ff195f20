/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Attribute certificates: version 2 of RFC 5755 (RFC 3281), immutable and reference-counted. Safe
 * to share between threads. They say what somebody may do, not who somebody is: no verdict on a
 * message or a path depends on one (RFC 3850 2.3).
 */
#ifndef SIGNET_ATTRIBUTE_CERTIFICATE_H
#define SIGNET_ATTRIBUTE_CERTIFICATE_H

#include "signet/base.h"

#ifdef __cplusplus
extern "C" {
#endif

struct signet_attribute_certificate;

/*
 * Reads one DER attribute certificate, all of BYTES, which are copied. Version 1 (X.509 of 1997) is
 * read as well, to be shown; no judgement accepts one. SIGNET_ERR_PARSE sets ERROR (may be NULL).
 * What is readable but breaks a rule gives an attribute certificate; judging it tells.
 */
SIGNET_API SIGNET_MUST_CHECK enum signet_status
signet_attribute_certificate_parse(struct signet_span bytes,
                                   struct signet_attribute_certificate **certificate,
                                   struct signet_parse_error *error);

SIGNET_API struct signet_attribute_certificate *
signet_attribute_certificate_ref(const struct signet_attribute_certificate *certificate);
SIGNET_API void signet_attribute_certificate_unref(
    struct signet_attribute_certificate *certificate); /* NULL is legal */

/* Borrowed: valid as long as the attribute certificate. */
SIGNET_API struct signet_span
signet_attribute_certificate_der(const struct signet_attribute_certificate *certificate);
/* 2, or 1 for what is never used. */
SIGNET_API int
signet_attribute_certificate_version(const struct signet_attribute_certificate *certificate);
/* Content octets of the serialNumber INTEGER, unique with the issuer (RFC 5755 4.2.5). */
SIGNET_API struct signet_span
signet_attribute_certificate_serial(const struct signet_attribute_certificate *certificate);
SIGNET_API struct signet_span
signet_attribute_certificate_sha256(const struct signet_attribute_certificate *certificate);
SIGNET_API signet_time
signet_attribute_certificate_not_before(const struct signet_attribute_certificate *certificate);
SIGNET_API signet_time
signet_attribute_certificate_not_after(const struct signet_attribute_certificate *certificate);

/*
 * Whom it is about and who issued it, safe for a terminal: the holder as "serial 01 of CN=CA", the
 * names of the entity, or a digest; the issuer as RFC 4514 text. Written NUL-terminated into TEXT,
 * cut to SIZE bytes; returns the length that the whole text has, 0 when memory is out.
 */
SIGNET_API size_t signet_attribute_certificate_holder(
    const struct signet_attribute_certificate *certificate, char *text, size_t size);
SIGNET_API size_t signet_attribute_certificate_issuer(
    const struct signet_attribute_certificate *certificate, char *text, size_t size);

#ifdef __cplusplus
}
#endif

#endif
