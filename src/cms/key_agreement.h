/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The key that both sides of a key agreement derive to wrap the content encryption key with (RFC
 * 5652 6.2.2): DH (RFC 2631, RFC 3370 4.1), ECDH (RFC 5753 3.1), X25519 and X448 (RFC 8418).
 */
#ifndef SG_CMS_KEY_AGREEMENT_H
#define SG_CMS_KEY_AGREEMENT_H

#include "crypto/key_derivation.h"
#include "crypto/public_key.h"

struct sg_agreement {
    enum sg_derivation derivation;
    enum sg_digest_type digest;
    struct sg_algorithm wrap; /* the parameter of the scheme */
    size_t kek_len;
};

/* What a keyEncryptionAlgorithm says. False: a scheme or a wrap that is not known. */
SIGNET_MUST_CHECK bool sg_agreement_read(const struct sg_algorithm *algorithm,
                                         struct sg_agreement *agreement);

/* Appends the keyEncryptionAlgorithm that suits a key of TYPE and CURVE for a content encryption
 * key of KEY_LEN octets, of Triple DES or not. False: no such key agrees on anything. */
SIGNET_MUST_CHECK bool sg_agreement_put(struct sg_buffer *der, const struct sg_spki *peer,
                                        size_t key_len, bool triple_des);

/* SECRET is what sg_key_agree gives; UKM {NULL,0} for none. */
SIGNET_MUST_CHECK enum sg_key_answer
sg_agreement_derive(struct sg_key_library *library, const struct sg_agreement *agreement,
                    struct signet_span secret, struct signet_span ukm, struct sg_secret *kek);

#endif
