/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Positive numbers between DER and the crypto library. A magnitude is a span of big-endian octets
 * whose first is not zero.
 */
#ifndef SG_CRYPTO_NUMBER_H
#define SG_CRYPTO_NUMBER_H

#include "asn1/der.h"
#include "crypto/digest.h"

#include <openssl/bn.h>

/* An INTEGER greater than zero, as a magnitude in the input. */
SIGNET_MUST_CHECK bool sg_number_read(struct sg_der *der, struct signet_span *magnitude,
                                      const char *expected);

/* UINT_MAX for more than that. */
unsigned sg_number_bits(struct signet_span magnitude);
bool sg_number_is_odd(struct signet_span magnitude);
bool sg_number_is_one(struct signet_span magnitude);

/* NULL when memory is out. The caller has bounded MAGNITUDE. */
BIGNUM *sg_number_new(struct signet_span magnitude);
/* The same into a number at hand. */
SIGNET_MUST_CHECK bool sg_number_set(BIGNUM *number, struct signet_span magnitude);

/* The leftmost bits of DIGEST, as many as ORDER has (FIPS 186-4 4.6, 6.4). False when memory is
 * out. */
SIGNET_MUST_CHECK bool sg_number_set_digest(BIGNUM *number, const struct sg_digest_value *digest,
                                            const BIGNUM *order);

#endif
