/* SPDX-License-Identifier: Apache-2.0 */
/*
 * EncapsulatedContentInfo (RFC 5652 5.2): what SignedData signs and CompressedData holds; and the
 * ContentInfo that PKCS #7 1.5 has in its place.
 */
#ifndef SG_CMS_ENCAPSULATED_CONTENT_H
#define SG_CMS_ENCAPSULATED_CONTENT_H

#include "asn1/ber.h"
#include "asn1/oid.h"
#include "x509/dump.h"

struct sg_encapsulated_content {
    struct signet_span type_octets;
    enum sg_oid type;
    bool present; /* eContent is there; it may be empty */
    struct sg_octets octets;
    /* PKCS #7 1.5 content of another type than OCTET STRING: OCTETS are its value (RFC 5652 5.2.1).
     */
    bool not_octets;
};

/* What eContent may be. */
enum sg_encapsulated_form {
    SG_ENCAPSULATED_OCTETS,
    SG_ENCAPSULATED_ANY /* PKCS #7 1.5 */
};

/* The next element of BODY. All is in the input, but content of another type that is not DER, which
 * is made DER in the arena. False: BODY's error says why, or arena->failed that memory is out. */
SIGNET_MUST_CHECK bool sg_encapsulated_content_parse(struct sg_ber *body,
                                                     enum sg_encapsulated_form form,
                                                     struct sg_arena *arena,
                                                     struct sg_encapsulated_content *out);

/* Its type and length, under the name "content". */
void sg_encapsulated_content_dump(const struct sg_encapsulated_content *content,
                                  struct sg_dump *dump);

#endif
