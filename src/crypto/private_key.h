/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Private keys, whatever holds them: a table of functions behind each, so that software and a token
 * are used alike.
 */
#ifndef SG_CRYPTO_PRIVATE_KEY_H
#define SG_CRYPTO_PRIVATE_KEY_H

#include "base/buffer.h"
#include "crypto/key_library.h"
#include "crypto/public_key.h"
#include "crypto/secret.h"
#include "crypto/signature.h"
#include "signet/key.h"

#include <stdatomic.h>

enum sg_key_answer {
    SG_KEY_DONE = 0,
    SG_KEY_CANNOT,      /* not with this kind of key, or not by what holds it */
    SG_KEY_DENIED,      /* whoever holds it said no: wrong PIN, login needed, token gone */
    SG_KEY_FAILED,      /* its library failed */
    SG_KEY_NEEDS_MEMORY /* memory is out */
};

/* How a content encryption key was encrypted to an RSA key (RFC 3370 4.2.1, RFC 3560). */
struct sg_key_transport {
    bool oaep;
    enum sg_digest_type digest, mgf_digest; /* of RSAES-OAEP */
    struct signet_span label;               /* of RSAES-OAEP; empty as a rule */
};

struct sg_key_methods {
    const char *holder; /* "file", "token": for people */

    /* Appends a signature by ALGORITHM, which suits the key's type and is supported. DIGEST: of the
     * message by algorithm->digest; for EdDSA NULL, then MESSAGE is the message. ECDSA:
     * Ecdsa-Sig-Value (RFC 3279 2.2.3). */
    enum sg_key_answer (*sign)(void *state, const struct sg_signature_algorithm *algorithm,
                               const struct sg_digest_value *digest, struct signet_span message,
                               struct sg_buffer *signature);

    /* See sg_key_decrypt. */
    enum sg_key_answer (*decrypt)(void *state, const struct sg_key_transport *transport,
                                  struct signet_span encrypted, size_t plain_len,
                                  struct sg_secret *plain);

    /* See sg_key_agree. */
    enum sg_key_answer (*agree)(void *state, const struct sg_spki *peer, struct sg_secret *shared);

    /* PrivateKeyInfo (RFC 5958). NULL: cannot be had. */
    enum sg_key_answer (*hand_out)(void *state, struct sg_secret *pkcs8);

    /* See sg_key_library_for; borrowed. NULL: it has none. */
    struct sg_key_library *(*library)(void *state);

    void (*free)(void *state);
};

struct signet_key {
    atomic_uint references;
    const struct sg_key_methods *methods;
    void *state;
    struct sg_spki spki; /* its spans lie in PUBLIC_DER */
    uint8_t *public_der;
};

/*
 * A key behind METHODS, which must outlive it, with one reference. PUBLIC_DER, one
 * SubjectPublicKeyInfo, is copied. The key takes STATE over, also when this fails: NULL, *NO_MEMORY
 * or PUBLIC_DER cannot be read.
 */
SIGNET_MUST_CHECK struct signet_key *sg_key_new(const struct sg_key_methods *methods, void *state,
                                                struct signet_span public_der, bool *no_memory);

/* The crypto library as KEY computes with it, else a new one: to make one ready takes longer than
 * to use it. With a reference of its own. NULL: memory is out. */
SIGNET_MUST_CHECK struct sg_key_library *sg_key_library_for(const struct signet_key *key);

/* KEY signs by ALGORITHM as far as its type says. */
bool sg_key_suits(const struct signet_key *key, const struct sg_signature_algorithm *algorithm);

/*
 * Appends KEY's signature over MESSAGE to SIGNATURE. CRYPTO computes the digest where there is one.
 * SIGNATURE's own failure is latched there.
 */
SIGNET_MUST_CHECK enum sg_key_answer sg_key_sign(const struct signet_key *key,
                                                 struct sg_crypto *crypto,
                                                 const struct sg_signature_algorithm *algorithm,
                                                 struct signet_span message,
                                                 struct sg_buffer *signature);

/* The same over a digest computed elsewhere, of type algorithm->digest. Not for EdDSA. */
SIGNET_MUST_CHECK enum sg_key_answer
sg_key_sign_digest(const struct signet_key *key, const struct sg_signature_algorithm *algorithm,
                   const struct sg_digest_value *digest, struct sg_buffer *signature);

/*
 * Decrypts a content encryption key of PLAIN_LEN octets. There is no failure that an attacker could
 * make and see: what is not such a key gives octets of that length that look random and are the
 * same each time (implicit rejection), so that it fails where every wrong key fails, in the
 * content.
 */
SIGNET_MUST_CHECK enum sg_key_answer sg_key_decrypt(const struct signet_key *key,
                                                    const struct sg_key_transport *transport,
                                                    struct signet_span encrypted, size_t plain_len,
                                                    struct sg_secret *plain);

/*
 * The shared secret with the holder of PEER (ECDH with cofactor 1, X25519, X448, DH; RFC 5753, RFC
 * 8418, RFC 2631), as the key derivation takes it: for ECDH the x coordinate, for DH padded to p's
 * length. SG_KEY_CANNOT: PEER is a key of another kind, group or curve, or no point of it.
 */
SIGNET_MUST_CHECK enum sg_key_answer
sg_key_agree(const struct signet_key *key, const struct sg_spki *peer, struct sg_secret *shared);

/* A new key in software, which LIBRARY computes with, of the same kind, curve and group as LIKE,
 * such as the ephemeral key of an agreement with its holder. RSA gets as many bits. */
SIGNET_MUST_CHECK enum sg_key_answer sg_key_generate(struct sg_key_library *library,
                                                     const struct sg_spki *like,
                                                     struct signet_key **key);

#endif
