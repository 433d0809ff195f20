/* SPDX-License-Identifier: Apache-2.0 */
/*
 * DigestAlgorithmIdentifier (RFC 5652 10.1.1): which digest, and whether its parameters are in
 * order.
 */
#ifndef SG_CMS_DIGEST_ALGORITHM_H
#define SG_CMS_DIGEST_ALGORITHM_H

#include "crypto/digest.h"
#include "crypto/public_key.h"

/* SG_DIGEST_NONE when it is not known. */
enum sg_digest_type sg_digest_algorithm_type(const struct sg_algorithm *algorithm);

/*
 * The parameters are neither what is prescribed nor what readers must accept: NULL for MD2 and MD5,
 * absent or NULL for the others (RFC 3370 2, RFC 5754 2), the length for shake256-len (RFC
 * 8419 2.3).
 */
bool sg_digest_algorithm_is_odd(const struct sg_algorithm *algorithm);

#endif
