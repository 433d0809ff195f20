/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The kinds of public keys: what each keeps, and how it is made from a SubjectPublicKeyInfo.
 */
#ifndef SG_CRYPTO_KEY_H
#define SG_CRYPTO_KEY_H

#include "crypto/pss_parameters.h"
#include "crypto/public_key.h"
#include "crypto/signature.h"

#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/evp.h>

/* Whatever the caller allows, nothing longer is computed with: where OpenSSL stops, too. */
#define SG_KEY_MAX_BITS 16384

/* A modulus made ready for computing takes a third of a verification: it is done once, and not
 * before the first, as many keys are only looked at. */
struct sg_modulus {
    BN_MONT_CTX *montgomery;
    bool ready;
};

struct sg_rsa_key {
    BIGNUM *n, *e;
    struct sg_modulus *modulus; /* of n */
    size_t len;                 /* octets of n */
    bool restricted;            /* an RSASSA-PSS key with parameters (RFC 4055 3.3, case 3) */
    struct sg_pss_parameters pss;
};

struct sg_dsa_key {
    BIGNUM *p, *q, *g, *y;
    BN_MONT_CTX *montgomery; /* of p */
};

struct sg_ec_key {
    const EC_GROUP *group; /* the context's */
    EC_POINT *point;
};

struct sg_public_key {
    enum sg_key_type type;
    enum sg_oid algorithm; /* as its SubjectPublicKeyInfo names it */
    unsigned bits;
    union {
        struct sg_rsa_key rsa; /* SG_KEY_RSA, SG_KEY_RSA_PSS */
        struct sg_dsa_key dsa; /* SG_KEY_DSA */
        struct sg_ec_key ec;   /* SG_KEY_EC */
        EVP_PKEY *edwards;     /* SG_KEY_ED25519, SG_KEY_ED448 */
    } as;                      /* nothing for keys that verify no signatures */
};

struct sg_key_source {
    const struct sg_spki *spki;
    struct signet_span
        parameters; /* whole element, its own or inherited; {NULL,0} when there are none */
    size_t max_bits;
};

/*
 * Sets KEY's bits and its own member of the union. KEY is zeroed before; whatever the answer, what
 * was made so far is freed by the clear function of the kind.
 */
enum sg_key_check sg_rsa_key_init(struct sg_crypto *crypto, const struct sg_key_source *source,
                                  struct sg_public_key *key);
enum sg_key_check sg_dsa_key_init(struct sg_crypto *crypto, const struct sg_key_source *source,
                                  struct sg_public_key *key);
enum sg_key_check sg_dh_key_init(struct sg_crypto *crypto, const struct sg_key_source *source,
                                 struct sg_public_key *key);
enum sg_key_check sg_ec_key_init(struct sg_crypto *crypto, const struct sg_key_source *source,
                                 struct sg_public_key *key);
enum sg_key_check sg_edwards_key_init(struct sg_crypto *crypto, const struct sg_key_source *source,
                                      struct sg_public_key *key);
enum sg_key_check sg_montgomery_key_init(struct sg_crypto *crypto,
                                         const struct sg_key_source *source,
                                         struct sg_public_key *key);
void sg_rsa_key_clear(struct sg_public_key *key);
void sg_dsa_key_clear(struct sg_public_key *key);
void sg_ec_key_clear(struct sg_public_key *key);
void sg_edwards_key_clear(struct sg_public_key *key);

/*
 * One signature. The caller has seen to it that ALGORITHM suits KEY and is supported, and that
 * DIGEST is of its type.
 */
enum sg_signature_check sg_rsa_pkcs1_verify(struct sg_crypto *crypto,
                                            const struct sg_signature_algorithm *algorithm,
                                            const struct sg_public_key *key,
                                            const struct sg_digest_value *digest,
                                            struct signet_span signature);
enum sg_signature_check sg_rsa_pss_verify(struct sg_crypto *crypto,
                                          const struct sg_signature_algorithm *algorithm,
                                          const struct sg_public_key *key,
                                          const struct sg_digest_value *digest,
                                          struct signet_span signature);
enum sg_signature_check sg_dsa_verify(struct sg_crypto *crypto,
                                      const struct sg_signature_algorithm *algorithm,
                                      const struct sg_public_key *key,
                                      const struct sg_digest_value *digest,
                                      struct signet_span signature);
enum sg_signature_check sg_ecdsa_verify(struct sg_crypto *crypto,
                                        const struct sg_signature_algorithm *algorithm,
                                        const struct sg_public_key *key,
                                        const struct sg_digest_value *digest,
                                        struct signet_span signature);
/* EdDSA takes the message itself. */
enum sg_signature_check sg_edwards_verify(struct sg_crypto *crypto, const struct sg_public_key *key,
                                          struct signet_span message, struct signet_span signature);

#endif
