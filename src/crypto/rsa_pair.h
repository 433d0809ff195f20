/* SPDX-License-Identifier: Apache-2.0 */
/*
 * RSA private keys (RFC 8017 3.2) without the crypto library's decoders and encoders, whose making
 * ready takes longer than to compute with the key.
 */
#ifndef SG_CRYPTO_RSA_PAIR_H
#define SG_CRYPTO_RSA_PAIR_H

#include "base/buffer.h"
#include "crypto/key_library.h"
#include "crypto/private_key.h"

#include <openssl/evp.h>

/* A PrivateKeyInfo (RFC 5208) with an RSAPrivateKey of two primes, or that alone. SG_KEY_CANNOT:
 * it is something else, which the crypto library may know. *PAIR is set on SG_KEY_DONE only. */
SIGNET_MUST_CHECK enum sg_key_answer sg_rsa_pair_read(struct sg_key_library *library,
                                                      struct signet_span der, EVP_PKEY **pair);

/* All its numbers belong together, as arithmetic shows. False says nothing: more than two primes,
 * numbers left out, or one that the crypto library does without. */
bool sg_rsa_pair_is_proven(EVP_PKEY *pair);

/* Its SubjectPublicKeyInfo. False, DER untouched: PAIR is of another kind. */
SIGNET_MUST_CHECK bool sg_rsa_pair_put_public(EVP_PKEY *pair, struct sg_buffer *der);

#endif
