/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A private key in a token: the operations of crypto/private_key.h, done where the key is.
 */
#ifndef SG_TOKEN_KEY_H
#define SG_TOKEN_KEY_H

#include "crypto/implicit_rejection.h"
#include "crypto/private_key.h"
#include "token/slot.h"

struct sg_token_key {
    struct sg_slot slot;
    struct sg_object object;
    struct signet_span public_der; /* in the slot's arena */
    struct sg_spki spki;
    bool always_authenticate;
    struct sg_crypto *crypto;       /* for what is checked here */
    struct sg_key_library *library; /* NULL until something is decrypted */
    uint8_t rejection[SG_REJECTION_SECRET_LEN];
};

/* What a module's answer means to whoever uses the key. */
enum sg_key_answer sg_token_answer(CK_RV status);

/* Begun with INIT (C_SignInit, C_DecryptInit), with the PIN where the key wants it each time. */
SIGNET_MUST_CHECK enum sg_key_answer
sg_token_begin(struct sg_token_key *key, CK_MECHANISM *mechanism,
               CK_RV (*init)(CK_SESSION_HANDLE, CK_MECHANISM *, CK_OBJECT_HANDLE));

/* How PKCS#11 names TYPE, as a mechanism and for MGF1. False: it is not for new signatures. */
bool sg_token_digest(enum sg_digest_type type, CK_MECHANISM_TYPE *mechanism,
                     CK_RSA_PKCS_MGF_TYPE *mask);

/* The operations, each in its own file. STATE is a struct sg_token_key. */
enum sg_key_answer sg_token_key_sign(void *state, const struct sg_signature_algorithm *algorithm,
                                     const struct sg_digest_value *digest,
                                     struct signet_span message, struct sg_buffer *signature);
enum sg_key_answer sg_token_key_decrypt(void *state, const struct sg_key_transport *transport,
                                        struct signet_span encrypted, size_t plain_len,
                                        struct sg_secret *plain);
enum sg_key_answer sg_token_key_agree(void *state, const struct sg_spki *peer,
                                      struct sg_secret *shared);

#endif
