/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ContentInfo (RFC 5652 3): what kind of CMS object it is. BER framing throughout.
 */
#ifndef SG_CMS_CONTENT_INFO_H
#define SG_CMS_CONTENT_INFO_H

#include "asn1/ber.h"
#include "asn1/oid.h"

struct sg_content_info {
    struct signet_span type_octets;
    enum sg_oid type;
    bool has_content;           /* PKCS #7 1.5 leaves it out for bare detached data */
    struct signet_span content; /* the element inside [0] EXPLICIT, whole */
    struct signet_span
        rest; /* octets after the object: line ends and padding of mail gateways, or junk */
};

/* Reads one ContentInfo at the start of BYTES. Trailing octets are handed out, not refused: the
 * caller judges them. */
SIGNET_MUST_CHECK bool sg_content_info_parse(struct signet_span bytes, struct sg_content_info *out,
                                             struct signet_parse_error *error);

#endif
