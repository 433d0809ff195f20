/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The sMIMECapabilities attribute (RFC 8551 2.5.2): what a correspondent can read, in order of
 * preference.
 */
#ifndef SG_CMS_CAPABILITY_H
#define SG_CMS_CAPABILITY_H

#include "asn1/der.h"
#include "asn1/oid.h"

/* SMIMECapability. Unknown ones are capabilities like others: SG_OID_UNKNOWN. */
struct sg_capability {
    struct signet_span type_octets;
    enum sg_oid type;
    struct signet_span parameters; /* the whole element; {NULL,0} when absent */
};

struct sg_capabilities {
    struct signet_span rest;
};

/* VALUE: one whole value of the attribute, checked to its end. False when it is no SEQUENCE OF
 * SMIMECapability. */
bool sg_capabilities_parse(struct signet_span value, struct sg_capabilities *out);
bool sg_capabilities_next(struct sg_capabilities *capabilities, struct sg_capability *out);

/* The effective key bits that an RC2-CBC capability names (RFC 8551 2.5.2: a number of bits, unlike
 * the version number in an RC2 algorithm identifier); 0 when CAPABILITY is another one or names
 * none. */
uint32_t sg_capability_rc2_bits(const struct sg_capability *capability);

#endif
