/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What DER and BER have in common: identifier and length octets, and the content octets of the
 * types whose rules are the same in both. For der.c and ber.c only.
 */
#ifndef SG_ASN1_ELEMENT_H
#define SG_ASN1_ELEMENT_H

#include "signet/base.h"

#define SG_TAG_CONSTRUCTED 0x20u

struct sg_header {
    uint32_t tag;   /* as in enum sg_tag */
    size_t tag_len; /* identifier octets */
    size_t len;     /* identifier and length octets */
    size_t content_len;
    bool indefinite; /* content_len is 0 and means nothing */
    bool minimal;    /* definite, and in the shortest form */
};

/*
 * Reads the header of the element at PTR; PTR <= END. Definite content is known to end by END.
 * Returns NULL, or what was expected at *AT. End-of-contents octets are no element.
 */
const char *sg_header_parse(const uint8_t *ptr, const uint8_t *end, struct sg_header *out,
                            const uint8_t **at);

/* True for the constructed form of a tag, high-tag-number forms included. */
bool sg_tag_is_constructed(uint32_t tag);

/* X.690 8.3.2: at least one octet, and the first nine bits not all equal. */
bool sg_integer_valid(struct signet_span content);

/* A valid INTEGER between 0 and UINT32_MAX. */
bool sg_integer_to_uint32(struct signet_span content, uint32_t *out);

#endif
