/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A certification request (PKCS #10, RFC 2986 4), as it was received.
 */
#ifndef SG_MAKER_CERTIFICATION_REQUEST_H
#define SG_MAKER_CERTIFICATION_REQUEST_H

#include "crypto/public_key.h"
#include "x509/dump.h"
#include "x509/name.h"

/* All of it spans into the request. */
struct sg_certification_request {
    struct signet_span der, info; /* INFO: what the signature covers */
    struct sg_name subject;       /* without its canonical form */
    struct sg_spki spki;
    struct signet_span attributes; /* content octets of the SET OF; {NULL,0} when absent */
    struct signet_span extensions; /* content octets of the Extensions asked for, or {NULL,0} */
    struct sg_algorithm signature_algorithm;
    struct signet_span signature;
};

/* All of DER. The syntax of each attribute and extension is checked, not what is in it. */
SIGNET_MUST_CHECK bool sg_certification_request_parse(struct signet_span der,
                                                      struct sg_certification_request *out,
                                                      struct signet_parse_error *error);

enum sg_possession {
    SG_POSSESSION_SHOWN = 0, /* the signature is the key's: whoever asks holds the private key */
    SG_POSSESSION_NOT_SHOWN,
    SG_POSSESSION_UNSUPPORTED, /* a key or an algorithm that is not known */
    SG_POSSESSION_NO_MEMORY
};
enum sg_possession sg_certification_request_verify(const struct sg_certification_request *request,
                                                   struct sg_crypto *crypto);

/* Writes all that REQUEST says as members of the map that is open. */
void sg_certification_request_dump(const struct sg_certification_request *request,
                                   struct sg_dump *dump);

#endif
