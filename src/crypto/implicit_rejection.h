/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What stands for a content encryption key that an RSA key could not decrypt. Whoever can tell
 * right padding from wrong can decrypt by asking often enough (Bleichenbacher, Manger); so there is
 * no such answer, but octets derived from a secret and the ciphertext, the same each time.
 */
#ifndef SG_CRYPTO_IMPLICIT_REJECTION_H
#define SG_CRYPTO_IMPLICIT_REJECTION_H

#include "crypto/key_library.h"

#define SG_REJECTION_SECRET_LEN 32

/* The longest that is made up: longer than any content encryption key. */
#define SG_REJECTION_MAX_LEN 1024

/* LEN octets: HMAC-SHA-256 of a counter and CIPHERTEXT under SECRET, block after block. */
SIGNET_MUST_CHECK bool sg_rejection_fill(struct sg_key_library *library,
                                         const uint8_t secret[SG_REJECTION_SECRET_LEN],
                                         struct signet_span ciphertext, uint8_t *out, size_t len);

/* OUT, which holds the substitute, becomes PLAIN unless WRONG is 1; it must be 0 or 1. Which of the
 * two shows in no branch and no address. */
void sg_rejection_choose(uint8_t *out, const uint8_t *plain, size_t len, uint32_t wrong);

#endif
