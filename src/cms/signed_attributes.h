/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The signed attributes of a new signature (RFC 5652 11, RFC 8551 2.5, RFC 5035 3).
 */
#ifndef SG_CMS_SIGNED_ATTRIBUTES_H
#define SG_CMS_SIGNED_ATTRIBUTES_H

#include "base/buffer.h"
#include "crypto/digest.h"
#include "x509/certificate.h"

struct sg_new_attributes {
    enum sg_oid content_type;
    struct sg_digest_value digest;               /* of the content */
    signet_time signing_time;                    /* SIGNET_TIME_UNKNOWN: left out */
    struct signet_span capabilities;             /* SMIMECapabilities, whole; {NULL,0}: left out */
    const struct signet_certificate *encrypt_to; /* encryption key preference; NULL: left out */
    const struct signet_certificate *signer;     /* signingCertificateV2 */
};

/* Appends them as a SET OF Attribute in DER's order, as it is signed. */
void sg_signed_attributes_put(struct sg_buffer *der, const struct sg_new_attributes *attributes);

/* Appends SMIMECapabilities: algorithms without parameters, the best first (RFC 8551 2.5.2). */
void sg_capabilities_put(struct sg_buffer *der, const enum sg_oid *algorithms, size_t num);

/* Appends the two fields of IssuerAndSerialNumber. */
void sg_reference_put(struct sg_buffer *der, const struct signet_certificate *certificate);

#endif
