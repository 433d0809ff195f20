/* SPDX-License-Identifier: Apache-2.0 */
/*
 * PKCS #8 (RFC 5208, 5958): private keys in DER, plain and encrypted.
 */
#ifndef SG_CRYPTO_PKCS8_H
#define SG_CRYPTO_PKCS8_H

#include "crypto/pbe.h"

/* DER is an EncryptedPrivateKeyInfo by its first fields. */
bool sg_pkcs8_is_encrypted(struct signet_span der);

/* A PrivateKeyInfo, or one of the older structures: RSAPrivateKey (RFC 8017 A.1.2), ECPrivateKey
 * (RFC 5915), DSAPrivateKey. */
SIGNET_MUST_CHECK enum signet_status sg_pkcs8_read(struct sg_opening *opening,
                                                   struct signet_span der, struct signet_key **key);

/* The same that has just been decrypted: octets without its structure mean a wrong passphrase. */
SIGNET_MUST_CHECK enum signet_status sg_pkcs8_read_decrypted(struct sg_opening *opening,
                                                             struct signet_span der,
                                                             struct signet_key **key);

/* An EncryptedPrivateKeyInfo. */
SIGNET_MUST_CHECK enum signet_status sg_pkcs8_read_encrypted(struct sg_opening *opening,
                                                             struct signet_span der,
                                                             struct signet_key **key);

/* Appends KEY to DER as an EncryptedPrivateKeyInfo. *TROUBLE as in signet_key_write. */
SIGNET_MUST_CHECK enum signet_status
sg_pkcs8_write_encrypted(const struct signet_key *key, struct sg_key_library *library,
                         const struct sg_pbe_form *form, struct signet_span passphrase,
                         struct sg_buffer *der, enum signet_key_trouble *trouble);

#endif
