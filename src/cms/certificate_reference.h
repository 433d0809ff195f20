/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How CMS points at a certificate: issuer and serial number, or a subject key identifier (RFC
 * 5652 5.3, 10.2.4; RFC 8551 2.5.3).
 */
#ifndef SG_CMS_CERTIFICATE_REFERENCE_H
#define SG_CMS_CERTIFICATE_REFERENCE_H

#include "base/arena.h"
#include "crypto/crypto.h"
#include "x509/certificate.h"
#include "x509/dump.h"
#include "x509/name.h"

struct sg_certificate_reference {
    bool by_key_id;
    struct signet_span key_id; /* its octets */
    struct sg_name issuer;     /* with canonical form, in the arena */
    struct signet_span serial; /* content octets of the INTEGER */
};

/* A Name with its canonical form in the arena. False with arena->failed: memory is out. */
SIGNET_MUST_CHECK bool sg_reference_name_parse(struct sg_der *der, struct sg_arena *arena,
                                               struct sg_name *out, const char *expected);

/* The two fields of an IssuerAndSerialNumber, all that FIELDS has. The same for memory. */
SIGNET_MUST_CHECK bool sg_reference_parse(struct sg_der *fields, struct sg_arena *arena,
                                          struct sg_certificate_reference *out);

/*
 * CHOICE { issuerAndSerialNumber IssuerAndSerialNumber, subjectKeyIdentifier [0] OCTET STRING }:
 * SignerIdentifier and RecipientIdentifier (RFC 5652 5.3, 6.2.1). EXPECTED names it in an error.
 * The same for memory.
 */
SIGNET_MUST_CHECK bool sg_reference_parse_choice(struct sg_der *der, struct sg_arena *arena,
                                                 struct sg_certificate_reference *out,
                                                 const char *expected);

/*
 * CERTIFICATE is one that REFERENCE points at. For a certificate without the subjectKeyIdentifier
 * extension the identifier is taken as the SHA-1 of its key bits (RFC 5280 4.2.1.2 (1)). Never
 * matches when memory is out.
 */
bool sg_reference_matches(struct sg_crypto *crypto,
                          const struct sg_certificate_reference *reference,
                          const struct signet_certificate *certificate);

/* Writes "issuer" and "serial", or "key_id", into the map that is open. */
void sg_reference_dump(const struct sg_certificate_reference *reference, struct sg_dump *dump);

#endif
