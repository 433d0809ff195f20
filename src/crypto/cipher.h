/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Content encryption (RFC 3370 5, RFC 3565, RFC 5084, RFC 8103): the ciphers that mail is written
 * with, and those of old mail that are only read.
 */
#ifndef SG_CRYPTO_CIPHER_H
#define SG_CRYPTO_CIPHER_H

#include "asn1/octets.h"
#include "base/buffer.h"
#include "crypto/key_library.h"
#include "crypto/private_key.h"
#include "crypto/public_key.h"
#include "crypto/secret.h"

#define SG_CIPHER_MAX_IV_LEN  16
#define SG_CIPHER_MAX_TAG_LEN 16
#define SG_CIPHER_MAX_KEY_LEN 32

struct sg_cipher_kind {
    enum sg_oid oid;
    const char *name;         /* "AES-256-GCM" */
    const char *library_name; /* the crypto library's */
    unsigned rc2_bits;        /* effective key bits, of RC2 alone */
    size_t key_len, iv_len;
    size_t block_len; /* what is padded to (RFC 5652 6.3); 1: nothing is */
    bool authenticated;
    bool weak;   /* never chosen for anybody (E-42), and told when read */
    bool legacy; /* of the crypto library's legacy provider; read only */
};

/* A cipher with its public parameters. */
struct sg_cipher {
    const struct sg_cipher_kind *kind;
    uint8_t iv[SG_CIPHER_MAX_IV_LEN];
    size_t tag_len; /* 0 unless authenticated */
};

/* The kind that new mail is written with; NULL for one that is read only, or none. */
const struct sg_cipher_kind *sg_cipher_kind_find(enum sg_oid oid);

/* What ALGORITHM says. False: not known, or its parameters are none of that cipher. */
SIGNET_MUST_CHECK bool sg_cipher_read(const struct sg_algorithm *algorithm,
                                      struct sg_cipher *cipher);

/* KIND with a new random vector. False: the crypto library failed. */
SIGNET_MUST_CHECK bool sg_cipher_choose(struct sg_key_library *library,
                                        const struct sg_cipher_kind *kind,
                                        struct sg_cipher *cipher);

/* Appends the AlgorithmIdentifier. */
void sg_cipher_put(struct sg_buffer *der, const struct sg_cipher *cipher);

/* How long the ciphertext of LEN octets is, without tag; SIZE_MAX: too long to say. */
size_t sg_cipher_len(const struct sg_cipher_kind *kind, size_t len);

/* Encrypting under way. */
struct sg_encryption;

/* KEY has the kind's length. AUTHENTICATED: what else the tag is over (RFC 5083 2.2). */
SIGNET_MUST_CHECK enum sg_key_answer sg_encryption_new(struct sg_key_library *library,
                                                       const struct sg_cipher *cipher,
                                                       struct signet_span key,
                                                       struct signet_span authenticated,
                                                       struct sg_encryption **encryption);
void sg_encryption_free(struct sg_encryption *encryption); /* NULL is legal */

/* Encrypts some octets and hands what comes out to SINK. SIGNET_ERR_IO: the sink refused. */
SIGNET_MUST_CHECK enum signet_status sg_encryption_add(struct sg_encryption *encryption,
                                                       struct signet_span plain,
                                                       const struct signet_sink *sink);
/* The same for what is left; TAG gets cipher->tag_len octets. */
SIGNET_MUST_CHECK enum signet_status sg_encryption_finish(struct sg_encryption *encryption,
                                                          const struct signet_sink *sink,
                                                          uint8_t tag[SG_CIPHER_MAX_TAG_LEN]);

/*
 * Decrypts CIPHERTEXT. SG_KEY_DONE with *INTACT false and PLAIN empty: the tag
 * is wrong, or the padding. Nothing is given out before that is known, and both take as long as
 * success, so that how it failed tells nobody anything.
 */
SIGNET_MUST_CHECK enum sg_key_answer
sg_cipher_decrypt(struct sg_key_library *library, const struct sg_cipher *cipher,
                  struct signet_span key, struct signet_span authenticated,
                  const struct sg_octets *ciphertext, struct signet_span tag,
                  struct sg_secret *plain, bool *intact);

#endif
