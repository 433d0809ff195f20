/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Keys encrypted under keys: AES key wrap (RFC 3394, RFC 3565) and the one of Triple DES (RFC 3217)
 * for old mail.
 */
#ifndef SG_CRYPTO_KEY_WRAP_H
#define SG_CRYPTO_KEY_WRAP_H

#include "crypto/key_library.h"
#include "crypto/private_key.h"

/* How long a key that wraps by WRAP is; 0: not known. */
size_t sg_key_wrap_len(enum sg_oid wrap);

/* Appends KEY under KEK. */
SIGNET_MUST_CHECK enum sg_key_answer sg_key_wrap(struct sg_key_library *library, enum sg_oid wrap,
                                                 struct signet_span kek, struct signet_span key,
                                                 struct sg_buffer *wrapped);

/*
 * The key of KEY_LEN octets in WRAPPED. What is none gives a random one, as RSA does (see
 * sg_key_decrypt): wrong keys come to light in the content only.
 */
SIGNET_MUST_CHECK enum sg_key_answer sg_key_unwrap(struct sg_key_library *library, enum sg_oid wrap,
                                                   struct signet_span kek,
                                                   struct signet_span wrapped, size_t key_len,
                                                   struct sg_secret *key);

#endif
