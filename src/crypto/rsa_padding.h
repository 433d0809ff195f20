/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What stands around a message before it is encrypted with RSA.
 */
#ifndef SG_CRYPTO_RSA_PADDING_H
#define SG_CRYPTO_RSA_PADDING_H

#include "crypto/key_transport.h"
#include "crypto/rsa.h"

/* EME-PKCS1-v1_5 (RFC 8017 7.2.1 step 2): MESSAGE to LEN octets in BLOCK. */
SIGNET_MUST_CHECK enum sg_key_answer sg_rsa_pad_pkcs1(struct sg_key_library *library,
                                                      struct sg_crypto *crypto,
                                                      struct signet_span message, size_t len,
                                                      uint8_t block[SG_RSA_MAX_OCTETS]);

/* EME-OAEP (7.1.1 step 2) with an empty label. SG_KEY_CANNOT, as above: there is no room for the
 * message. */
SIGNET_MUST_CHECK enum sg_key_answer sg_rsa_pad_oaep(struct sg_key_library *library,
                                                     struct sg_crypto *crypto,
                                                     const struct sg_key_transport *transport,
                                                     struct signet_span message, size_t len,
                                                     uint8_t block[SG_RSA_MAX_OCTETS]);

#endif
