/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Names such as nearly all are, for src/x509/name.c and name_canonical.c: what they have to do with
 * every name of a crowd, they do for these in few steps.
 */
#ifndef SG_X509_NAME_PLAIN_H
#define SG_X509_NAME_PLAIN_H

#include "asn1/der.h"

/* A RelativeDistinguishedName of one attribute, a string, in which all lengths have one octet. */
struct sg_plain_rdn {
    uint32_t tag;
    struct signet_span type, value; /* content octets; TYPE is not checked */
};

/* Of SET, SEQUENCE, OBJECT IDENTIFIER and string, each a tag and a length. */
enum { SG_PLAIN_RDN_HEADS_LEN = 8 };

/* Takes one off the front of REST. False, and nothing taken: it is of another kind, or no RDN. */
static inline bool sg_plain_rdn_take(struct signet_span *rest, struct sg_plain_rdn *out)
{
    const uint32_t strings =
        UINT32_C(1) << SG_TAG_UTF8_STRING | UINT32_C(1) << SG_TAG_NUMERIC_STRING |
        UINT32_C(1) << SG_TAG_PRINTABLE_STRING | UINT32_C(1) << SG_TAG_TELETEX_STRING |
        UINT32_C(1) << SG_TAG_IA5_STRING | UINT32_C(1) << SG_TAG_BMP_STRING;
    const uint8_t *at = rest->ptr;
    if (rest->len < SG_PLAIN_RDN_HEADS_LEN || at[0] != SG_TAG_SET || at[1] >= 0x80 ||
        at[1] > rest->len - 2 || at[2] != SG_TAG_SEQUENCE || at[3] + 2u != at[1] ||
        at[4] != SG_TAG_OID || at[5] + 4u > at[3])
        return false;
    const uint8_t *value = at + 6 + at[5];
    if (at[5] + 4u + value[1] != at[3] || value[0] >= 0x20 || (strings >> value[0] & 1) == 0)
        return false;
    *out = (struct sg_plain_rdn){value[0], {at + 6, at[5]}, {value + 2, value[1]}};
    *rest = (struct signet_span){at + 2 + at[1], rest->len - 2 - at[1]};
    return true;
}

#endif
