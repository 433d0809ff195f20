/* SPDX-License-Identifier: Apache-2.0 */
/*
 * SMIMEA and CERT records (RFC 8162, RFC 6698 2.1, RFC 4398 2): RDATA that DNSSEC has proven.
 */
#ifndef SG_RETRIEVE_SMIMEA_H
#define SG_RETRIEVE_SMIMEA_H

#include "agent/context.h"
#include "x509/certificate.h"

/* RFC 6698 7.2 to 7.4. */
enum { SG_SMIMEA_PKIX_TA = 0, SG_SMIMEA_PKIX_EE, SG_SMIMEA_DANE_TA, SG_SMIMEA_DANE_EE };
enum { SG_SMIMEA_WHOLE = 0, SG_SMIMEA_KEY };
enum { SG_SMIMEA_EXACT = 0, SG_SMIMEA_SHA256, SG_SMIMEA_SHA512 };

struct sg_smimea {
    uint8_t usage, selector, matching;
    struct signet_span data;
};

/* False: RDATA is too short, or has values that nobody has defined: such a record is passed over
 * (RFC 6698 4.1). DATA points into RDATA. */
SIGNET_MUST_CHECK bool sg_smimea_parse(struct signet_span rdata, struct sg_smimea *out);

/* The record speaks of the end entity, not of a CA above it. */
bool sg_smimea_is_of_end_entity(const struct sg_smimea *record);

/* The record is of CERTIFICATE. False with *FAILED: the crypto library gave up. */
bool sg_smimea_matches(const struct sg_smimea *record, struct sg_crypto *crypto,
                       const struct signet_certificate *certificate, bool *failed);

/* The whole certificate in a record; {NULL,0}: it has a digest or a key. */
struct signet_span sg_smimea_certificate(const struct sg_smimea *record);

/* The certificate in the RDATA of a CERT record of type PKIX; {NULL,0}: it is of another type. */
struct signet_span sg_cert_record_certificate(struct signet_span rdata);

#endif
