/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What DSA and ECDSA share: the signature's form.
 */
#ifndef SG_CRYPTO_DSS_H
#define SG_CRYPTO_DSS_H

#include "crypto/signature.h"

#include <openssl/bn.h>

/*
 * Dss-Sig-Value, ECDSA-Sig-Value (RFC 3279 2.2.2, 2.2.3): strict DER, 0 < r, s < ORDER.
 * SG_SIGNATURE_VALID when R and S are set.
 */
enum sg_signature_check sg_dss_read(struct signet_span signature, const BIGNUM *order, BIGNUM *r,
                                    BIGNUM *s);

#endif
