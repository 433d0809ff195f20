/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Keys from shared secrets: the functions of X9.63 (RFC 5753 7.2, SEC 1 3.6.1), X9.42 (RFC 2631
 * 2.1.2) and HKDF (RFC 5869).
 */
#ifndef SG_CRYPTO_KEY_DERIVATION_H
#define SG_CRYPTO_KEY_DERIVATION_H

#include "crypto/digest.h"
#include "crypto/key_library.h"
#include "crypto/private_key.h"

enum sg_derivation { SG_DERIVE_X963 = 0, SG_DERIVE_X942, SG_DERIVE_HKDF };

/* INFO as the function has it: SharedInfo for X9.63; for X9.42 OtherInfo, in which the 4 octets at
 * COUNTER_AT count the blocks; info of HKDF, whose salt is empty. *KEY gets KEY_LEN octets. */
SIGNET_MUST_CHECK enum sg_key_answer
sg_key_derive(struct sg_key_library *library, enum sg_derivation derivation,
              enum sg_digest_type digest, struct signet_span secret, struct signet_span info,
              size_t counter_at, size_t key_len, struct sg_secret *key);

#endif
