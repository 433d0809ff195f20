/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Encryption under a passphrase: PBES1 and PBES2 (RFC 8018 6), the schemes of PKCS #12 (RFC 7292
 * appendix B), scrypt (RFC 7914).
 */
#ifndef SG_CRYPTO_PBE_H
#define SG_CRYPTO_PBE_H

#include "base/buffer.h"
#include "crypto/key_library.h"
#include "crypto/public_key.h"
#include "crypto/secret.h"
#include "signet/key.h"

/* A file being opened: what it may cost, and why it cannot be. */
struct sg_opening {
    struct sg_key_library *library;
    struct signet_span passphrase;
    bool has_passphrase; /* else it was not given */
    uint32_t work;       /* iterations that it may still ask for, over all its parts */
    enum signet_key_trouble trouble;
};

/* SIGNET_KEY_MAX_ITERATIONS of work. */
struct sg_opening sg_opening_begin(struct sg_key_library *library, struct signet_span passphrase);

/* Sets the trouble; returns SIGNET_ERR_LIMIT for SIGNET_KEY_TOO_COSTLY, else SIGNET_ERR_PARSE. */
enum signet_status sg_opening_fail(struct sg_opening *opening, enum signet_key_trouble trouble);

/* Takes ITERATIONS off the work, as a MAC does. */
SIGNET_MUST_CHECK enum signet_status sg_opening_work(struct sg_opening *opening,
                                                     uint32_t iterations);

/* What ENCRYPTED is under ALGORITHM. SIGNET_KEY_PASSPHRASE_WRONG: its padding is wrong; one wrong
 * passphrase of 256 is not found out here. */
SIGNET_MUST_CHECK enum signet_status sg_pbe_decrypt(struct sg_opening *opening,
                                                    const struct sg_algorithm *algorithm,
                                                    struct signet_span encrypted,
                                                    struct sg_secret *plain);

/* How something new is encrypted. */
enum sg_pbe_scheme {
    SG_PBE_PBKDF2 = 0, /* PBES2: PBKDF2-HMAC-SHA-256, AES-256-CBC */
    SG_PBE_SCRYPT,     /* PBES2: scrypt, AES-256-CBC */
    SG_PBE_OLD         /* pbeWithSHAAnd3-KeyTripleDES-CBC of PKCS #12, which the oldest read */
};
struct sg_pbe_form {
    enum sg_pbe_scheme scheme;
    uint32_t iterations; /* not for scrypt */
};

/* Appends the AlgorithmIdentifier of FORM, with new random values, to ALGORITHM, and what PLAIN is
 * under it to ENCRYPTED. */
SIGNET_MUST_CHECK enum signet_status
sg_pbe_encrypt(struct sg_key_library *library, const struct sg_pbe_form *form,
               struct signet_span passphrase, struct signet_span plain, struct sg_buffer *algorithm,
               struct sg_buffer *encrypted);

#endif
