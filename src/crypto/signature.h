/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Signature algorithms and their verification.
 */
#ifndef SG_CRYPTO_SIGNATURE_H
#define SG_CRYPTO_SIGNATURE_H

#include "crypto/digest.h"
#include "crypto/public_key.h"

enum sg_signature_scheme {
    SG_SCHEME_UNKNOWN = 0,
    SG_SCHEME_RSA_PKCS1,
    SG_SCHEME_RSA_PSS,
    SG_SCHEME_DSA,
    SG_SCHEME_ECDSA,
    SG_SCHEME_EDDSA,
    SG_SCHEME_UNSIGNED /* id-alg-unsigned (RFC 9925): never passes as signed */
};

/* A signature algorithm with its parameters read and checked. */
struct sg_signature_algorithm {
    enum sg_signature_scheme scheme;
    enum sg_key_type key_type; /* the key it wants; RSASSA-PSS takes SG_KEY_RSA, too */
    /* SG_DIGEST_NONE: EdDSA, or a digest we do not know. */
    enum sg_digest_type digest;
    enum sg_digest_type mgf_digest; /* RSASSA-PSS */
    unsigned salt_len;              /* RSASSA-PSS */
    bool nonconforming_parameters;  /* NULL where absent is prescribed, or the reverse: tolerated */
    const char *name;               /* for people; static, or NULL when unknown */
};

/*
 * What ALGORITHM names, in a certificate or CRL (RFC 3279, 4055, 5758, 8410). Unknown OIDs give
 * SG_SCHEME_UNKNOWN and true. False when parameters are malformed for a known algorithm: ERROR says
 * where.
 */
SIGNET_MUST_CHECK bool sg_signature_algorithm_parse(const struct sg_algorithm *algorithm,
                                                    struct sg_signature_algorithm *out,
                                                    struct signet_parse_error *error);

/*
 * The same for a SignerInfo, where the digest stands apart (RFC 3370 3, RFC 5754 3, RFC 4056): the
 * key algorithms rsaEncryption, id-dsa, id-ecPublicKey are accepted beside the combined ones.
 * *DIGEST_DIFFERS: the combined algorithm names another digest than DIGEST.
 */
SIGNET_MUST_CHECK bool sg_signature_algorithm_parse_cms(const struct sg_algorithm *algorithm,
                                                        enum sg_digest_type digest,
                                                        struct sg_signature_algorithm *out,
                                                        bool *digest_differs,
                                                        struct signet_parse_error *error);

enum sg_signature_check {
    SG_SIGNATURE_VALID = 0,
    SG_SIGNATURE_INVALID,
    SG_SIGNATURE_UNSUPPORTED,  /* scheme or digest not supported: not the same as invalid */
    SG_SIGNATURE_KEY_MISMATCH, /* the key is of another type than the algorithm wants, or an
                                  RSASSA-PSS key forbids these parameters */
    SG_SIGNATURE_NO_MEMORY
};

/*
 * Over MESSAGE, hashed here. RSA: the whole encoded block is compared, never parsed (B-ALG-3). DSA,
 * ECDSA: r and s in range. No security level of the crypto library takes part: weak is told, not
 * computed away.
 */
SIGNET_MUST_CHECK enum sg_signature_check
sg_signature_verify(struct sg_crypto *crypto, const struct sg_signature_algorithm *algorithm,
                    const struct sg_public_key *key, struct signet_span message,
                    struct signet_span signature);

/* Over a digest computed elsewhere. SG_SIGNATURE_UNSUPPORTED for EdDSA, and for a digest of another
 * type than algorithm->digest. */
SIGNET_MUST_CHECK enum sg_signature_check
sg_signature_verify_digest(struct sg_crypto *crypto, const struct sg_signature_algorithm *algorithm,
                           const struct sg_public_key *key, const struct sg_digest_value *digest,
                           struct signet_span signature);

#endif
