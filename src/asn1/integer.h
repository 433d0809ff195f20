/* SPDX-License-Identifier: Apache-2.0 */
/*
 * INTEGERs too large for a machine word, as serial numbers and CRL numbers are.
 */
#ifndef SG_ASN1_INTEGER_H
#define SG_ASN1_INTEGER_H

#include "base/buffer.h"

/*
 * Appends the number whose two's complement content octets are OCTETS (of any length): lower-case
 * hexadecimal, whole octets, no leading zero octet, a sign where it is negative: "ff" is 255, "-01"
 * is -1 (RFC 5280 4.1.2.2 wants the odd ones handled gracefully, so never shown as another's).
 */
void sg_integer_add_hex(struct sg_buffer *buffer, struct signet_span octets);

#endif
