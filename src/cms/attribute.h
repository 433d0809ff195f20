/* SPDX-License-Identifier: Apache-2.0 */
/*
 * CMS attributes (RFC 5652 5.3, 11; RFC 2634, 5035, 6211, 8551 2.5), from DER (normalised where the
 * message had BER).
 */
#ifndef SG_CMS_ATTRIBUTE_H
#define SG_CMS_ATTRIBUTE_H

#include "asn1/der.h"
#include "asn1/oid.h"
#include "base/arena.h"

struct sg_cms_attribute {
    struct signet_span type_octets;
    enum sg_oid type;
    struct signet_span values; /* content octets of SET OF AttributeValue */
    size_t num_values;
    struct signet_span value; /* the first value, whole element; {NULL,0} for none */
};

struct sg_cms_attributes {
    const struct sg_cms_attribute *items;
    size_t num;
};

/* CONTENT: content octets of SET OF Attribute. False with ERROR unset: memory is out. */
SIGNET_MUST_CHECK bool sg_cms_attributes_parse(struct signet_span content, struct sg_arena *arena,
                                               struct sg_cms_attributes *out,
                                               struct signet_parse_error *error);

/* The first of TYPE; NULL for none. *COUNT (may be NULL) is how many there are. */
const struct sg_cms_attribute *sg_cms_attribute_find(const struct sg_cms_attributes *attributes,
                                                     enum sg_oid type, size_t *count);

/* OCTETS are one whole DER SET OF Attribute with at least one in it, and nothing else. */
bool sg_cms_attributes_valid(struct signet_span octets);

/* Walks the values of a parsed attribute, whole elements, in the order they stand. */
struct sg_cms_values {
    struct signet_span rest;
};
static inline struct sg_cms_values sg_cms_values_begin(const struct sg_cms_attribute *attribute)
{
    return (struct sg_cms_values){attribute->values};
}
bool sg_cms_values_next(struct sg_cms_values *values, struct signet_span *value);

/*
 * SET (a whole DER SET OF Attribute, parsed without error) with the attributes, and the values of
 * each, in the order that DER has for a SET OF (X.690 11.6). SET itself when it is in order
 * already, else a copy in the arena, of the same length. False: memory is out.
 */
SIGNET_MUST_CHECK bool sg_cms_attributes_sort(struct signet_span set, struct sg_arena *arena,
                                              struct signet_span *out);

#endif
