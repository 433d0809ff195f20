/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Encrypting a key to an RSA key: RSAES-PKCS1-v1_5 (RFC 3370 4.2.1) and RSAES-OAEP (RFC 3560, RFC
 * 4055 4.1).
 */
#ifndef SG_CRYPTO_KEY_TRANSPORT_H
#define SG_CRYPTO_KEY_TRANSPORT_H

#include "crypto/key_library.h"
#include "crypto/private_key.h"

/* What ALGORITHM says. False: another one, or parameters of another form. The label is borrowed. */
SIGNET_MUST_CHECK bool sg_key_transport_read(const struct sg_algorithm *algorithm,
                                             struct sg_key_transport *transport);

/* Appends the AlgorithmIdentifier. A transport without label. */
void sg_key_transport_put(struct sg_buffer *der, const struct sg_key_transport *transport);

/* Appends KEY encrypted to PEER; LIBRARY has the random numbers. SG_KEY_CANNOT: no RSA key, or too
 * short a one. */
SIGNET_MUST_CHECK enum sg_key_answer
sg_key_transport_encrypt(struct sg_key_library *library, struct sg_crypto *crypto,
                         const struct sg_spki *peer, const struct sg_key_transport *transport,
                         struct signet_span key, struct sg_buffer *encrypted);

#endif
