/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The RSA key and its public operation.
 */
#ifndef SG_CRYPTO_RSA_H
#define SG_CRYPTO_RSA_H

#include "crypto/key.h"

#define SG_RSA_MAX_OCTETS (SG_KEY_MAX_BITS / 8)

/* RSAPublicKey (RFC 8017 A.1.1): two magnitudes in KEY_BITS. */
SIGNET_MUST_CHECK bool sg_rsa_parse(struct signet_span key_bits, struct signet_span *n,
                                    struct signet_span *e);

/* RSAVP1, which is RSAEP, too (RFC 8017 5.2.2, 5.1.1): SIGNATURE to its KEY->len octets in BLOCK.
 * SG_SIGNATURE_VALID: computed; SG_SIGNATURE_INVALID: not a number below n, or not of n's length
 * (8.1.2, 8.2.2 step 1). */
enum sg_signature_check sg_rsa_recover(struct sg_crypto *crypto, const struct sg_rsa_key *key,
                                       struct signet_span signature,
                                       uint8_t block[SG_RSA_MAX_OCTETS]);

/* The same, but only whether the octets are one of NUM_BLOCKS, of KEY->len octets each, which
 * spares writing them: SG_SIGNATURE_VALID, else SG_SIGNATURE_INVALID. */
enum sg_signature_check sg_rsa_match(struct sg_crypto *crypto, const struct sg_rsa_key *key,
                                     struct signet_span signature, const struct signet_span *blocks,
                                     size_t num_blocks);

/* MGF1 (RFC 8017 B.2.1) of SEED, laid over DATA by exclusive or. False when memory is out. */
SIGNET_MUST_CHECK bool sg_rsa_mask(struct sg_crypto *crypto, enum sg_digest_type type,
                                   struct signet_span seed, uint8_t *data, size_t len);

#endif
