/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Walking over elements that have been checked already. Within src/x509 only.
 */
#ifndef SG_X509_WALK_H
#define SG_X509_WALK_H

#include "asn1/der.h"

/* sg_walk for tags and lengths of any size. */
bool sg_walk_longer(struct signet_span *rest, struct sg_tlv *out);

/* Cuts the first element off REST. False at the end, and at what is no DER, so that no walk can run
 * away. */
static inline bool sg_walk(struct signet_span *rest, struct sg_tlv *out)
{
    /* A tag and a length of one octet each, as nearly all have: what sg_der_any would read. */
    const uint8_t *at = rest->ptr;
    if (rest->len < 2 || (at[0] & 0x1f) == 0x1f || at[1] >= 0x80 || at[1] > rest->len - 2)
        return sg_walk_longer(rest, out);
    size_t len = at[1];
    *out = (struct sg_tlv){at[0], {at, len + 2}, {at + 2, len}};
    *rest = (struct signet_span){at + len + 2, rest->len - len - 2};
    return true;
}

/* The content octets of ELEMENT, one whole element; {NULL,0} for {NULL,0}. */
struct signet_span sg_walk_into(struct signet_span element);

#endif
