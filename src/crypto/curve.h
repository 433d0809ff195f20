/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The named curves (RFC 5480 2.1.1.1, RFC 5639): all over prime fields and of prime order.
 */
#ifndef SG_CRYPTO_CURVE_H
#define SG_CRYPTO_CURVE_H

#include "asn1/oid.h"
#include "crypto/crypto.h"

#include <openssl/ec.h>

#define SG_NUM_CURVES 9

/* Of the field, as people name the curve. 0 for an unknown one. */
unsigned sg_curve_bits(enum sg_oid curve);

/* The group, made once per context; borrowed. NULL when memory is out or CURVE is unknown. */
const EC_GROUP *sg_curve_group(struct sg_crypto *crypto, enum sg_oid curve);

#endif
