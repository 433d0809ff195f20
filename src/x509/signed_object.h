/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What certificates, CRLs and attribute certificates have in common: SIGNED{} of X.509, a body, the
 * algorithm and the signature over the body's octets (RFC 5280 4.1.1, 5.1.1; RFC 5755 4.1).
 */
#ifndef SG_X509_SIGNED_OBJECT_H
#define SG_X509_SIGNED_OBJECT_H

#include "crypto/public_key.h"

/*
 * Opens the body at the start of CONTENT, the object's content octets: *FULL is all of its octets,
 * which the signature covers, BODY a cursor over its fields. EXPECTED names it.
 */
SIGNET_MUST_CHECK bool sg_signed_body_open(struct sg_der *content, const char *expected,
                                           struct signet_span *full, struct sg_der *body);

/* signatureAlgorithm and signatureValue, and the end. *ALGORITHM is zeroed, or the one that the
 * body has, whose octets nearly always come again. *HALF_OCTETS: the value
 * does not consist of whole octets, so no algorithm has made it. */
SIGNET_MUST_CHECK bool sg_signed_signature_parse(struct sg_der *content,
                                                 struct sg_algorithm *algorithm,
                                                 struct signet_span *signature, bool *half_octets);

#endif
