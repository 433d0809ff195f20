/* SPDX-License-Identifier: Apache-2.0 */
/*
 * signingCertificate and signingCertificateV2: the certificate that the signer says it signed with
 * (RFC 2634 5.4, RFC 5035 3 to 6).
 */
#ifndef SG_CMS_SIGNING_CERTIFICATE_H
#define SG_CMS_SIGNING_CERTIFICATE_H

#include "asn1/der.h"
#include "crypto/digest.h"
#include "crypto/public_key.h"

/* ESSCertID, or ESSCertIDv2. */
struct sg_ess_cert_id {
    struct sg_algorithm hash_algorithm; /* .full absent: the default of the attribute's version */
    enum sg_digest_type hash;           /* SG_DIGEST_NONE when unknown */
    struct signet_span cert_hash;
    struct signet_span
        issuer; /* content octets of GeneralNames; {NULL,0} when issuerSerial is absent */
    struct signet_span serial; /* content octets of the INTEGER */
};

/* The value of one of the two attributes, checked to its end. */
struct sg_signing_certificate {
    bool v2;
    struct signet_span certs;    /* content octets of SEQUENCE OF ESSCertID */
    struct signet_span policies; /* the whole element; {NULL,0} when absent */
};

/* VALUE: one whole attribute value. False when it is not of the attribute's syntax, or names no
 * certificate. */
bool sg_signing_certificate_parse(struct signet_span value, bool v2,
                                  struct sg_signing_certificate *out);

/* Walks the certificates; the first is the signer's (RFC 5035 4). */
struct sg_ess_cert_ids {
    struct signet_span rest;
    bool v2;
};
static inline struct sg_ess_cert_ids
sg_ess_cert_ids_begin(const struct sg_signing_certificate *signing_certificate)
{
    return (struct sg_ess_cert_ids){signing_certificate->certs, signing_certificate->v2};
}
bool sg_ess_cert_ids_next(struct sg_ess_cert_ids *walk, struct sg_ess_cert_id *out);

#endif
