/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The object identifiers that signet knows, from oids.def, and their texts.
 */
#ifndef SG_ASN1_OID_H
#define SG_ASN1_OID_H

#include "base/buffer.h"
#include "signet/base.h"

enum sg_oid {
    SG_OID_UNKNOWN = 0,
#define OID(symbol, octets, name) SG_OID_##symbol,
#include "asn1/oids.def"
#undef OID
    SG_NUM_OIDS
};

/* By content octets. SG_OID_UNKNOWN when oids.def has no such row. */
enum sg_oid sg_oid_find(struct signet_span octets);

/* The content octets. SG_OID_UNKNOWN gives {NULL,0}. */
struct signet_span sg_oid_octets(enum sg_oid oid);

/* The standard's name, such as "emailAddress" or "sha256WithRSAEncryption". NULL for
 * SG_OID_UNKNOWN. */
const char *sg_oid_name(enum sg_oid oid);

/* Appends the dotted form; "(invalid OID 0x…)" for octets that are none. Arcs of any size;
 * over 512 octets only their number is told. */
void sg_oid_add_dotted(struct sg_buffer *buffer, struct signet_span octets);

/* Reads dotted text into OUT (at most CAP octets); returns the length, 0 when TEXT is no OID or too
 * long. */
size_t sg_oid_from_dotted(const char *text, uint8_t *out, size_t cap);

#endif
