/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Agreeing on a secret with the holder of a public key, by a key that is made for it and gone
 * afterwards: one side of ECDH (RFC 5753), X25519 and X448 (RFC 8418) and DH (RFC 2631).
 */
#ifndef SG_CRYPTO_EPHEMERAL_H
#define SG_CRYPTO_EPHEMERAL_H

#include "crypto/key_library.h"
#include "crypto/private_key.h"

/*
 * Appends to KEY_BITS the public half of a new key of PEER's kind, curve and group, as a
 * SubjectPublicKeyInfo has it in its BIT STRING, and sets *SHARED to what that key and PEER agree
 * on, as sg_key_agree gives it. LIBRARY has the random numbers, CRYPTO keeps the curves.
 * SG_KEY_CANNOT: no such key agrees on anything, or PEER is no point of its curve. KEY_BITS' own
 * failure is latched there.
 */
SIGNET_MUST_CHECK enum sg_key_answer sg_ephemeral_agree(struct sg_key_library *library,
                                                        struct sg_crypto *crypto,
                                                        const struct sg_spki *peer,
                                                        struct sg_buffer *key_bits,
                                                        struct sg_secret *shared);

#endif
