/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Private keys in memory, computed with by the crypto library.
 */
#ifndef SG_CRYPTO_SOFTWARE_KEY_H
#define SG_CRYPTO_SOFTWARE_KEY_H

#include "crypto/key_library.h"
#include "crypto/private_key.h"

#include <openssl/evp.h>

struct sg_software_key {
    struct sg_key_library *library;
    EVP_PKEY *pair;
};

/* Takes PAIR over, which is freed whatever the answer. SG_KEY_CANNOT: a kind of key that is not
 * known; SG_KEY_FAILED: its halves do not belong together. */
SIGNET_MUST_CHECK enum sg_key_answer sg_software_key_new(struct sg_key_library *library,
                                                         EVP_PKEY *pair, struct signet_key **key);

/* What a failed call to the crypto library was: to be asked once after each. */
enum sg_key_answer sg_software_key_failure(void);

/* The operations, each in its own file. */
enum sg_key_answer sg_software_key_sign(void *state, const struct sg_signature_algorithm *algorithm,
                                        const struct sg_digest_value *digest,
                                        struct signet_span message, struct sg_buffer *signature);
enum sg_key_answer sg_software_key_decrypt(void *state, const struct sg_key_transport *transport,
                                           struct signet_span encrypted, size_t plain_len,
                                           struct sg_secret *plain);
enum sg_key_answer sg_software_key_agree(void *state, const struct sg_spki *peer,
                                         struct sg_secret *shared);

#endif
