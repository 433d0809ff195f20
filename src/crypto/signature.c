/* SPDX-License-Identifier: Apache-2.0 */
#include "crypto/signature.h"

#include "crypto/context.h"
#include "crypto/key.h"

/* Schemes that sign a digest; the others have no row. */
static enum sg_signature_check (*const verify_digest[])(
    struct sg_crypto *crypto, const struct sg_signature_algorithm *algorithm,
    const struct sg_public_key *key, const struct sg_digest_value *digest,
    struct signet_span signature) = {
    [SG_SCHEME_UNKNOWN] = NULL,
    [SG_SCHEME_RSA_PKCS1] = sg_rsa_pkcs1_verify,
    [SG_SCHEME_RSA_PSS] = sg_rsa_pss_verify,
    [SG_SCHEME_DSA] = sg_dsa_verify,
    [SG_SCHEME_ECDSA] = sg_ecdsa_verify,
    [SG_SCHEME_EDDSA] = NULL,
    [SG_SCHEME_UNSIGNED] = NULL,
};

/* RFC 4055 3.3: an RSASSA-PSS key with parameters fixes all but the length of the salt, and of that
 * the minimum. An rsaEncryption key serves both schemes. */
static bool pss_key_suits(const struct sg_signature_algorithm *algorithm,
                          const struct sg_public_key *key)
{
    if (key->type == SG_KEY_RSA)
        return true;
    const struct sg_rsa_key *rsa = &key->as.rsa;
    return key->type == SG_KEY_RSA_PSS &&
           (!rsa->restricted ||
            (algorithm->digest == rsa->pss.digest && algorithm->mgf_digest == rsa->pss.mgf_digest &&
             algorithm->salt_len >= rsa->pss.salt_len));
}

static bool key_suits(const struct sg_signature_algorithm *algorithm,
                      const struct sg_public_key *key)
{
    if (algorithm->scheme == SG_SCHEME_RSA_PSS)
        return pss_key_suits(algorithm, key);
    /* RFC 5480 2.1.2: id-ecDH keys are for key agreement only. */
    return key->type == algorithm->key_type && key->algorithm != SG_OID_EC_DH;
}

/* SHAKE256 has an output of any length, and no document joins it to RSA in the way of a fixed
 * digest. */
static bool digest_usable(const struct sg_crypto *crypto, enum sg_signature_scheme scheme,
                          enum sg_digest_type type)
{
    bool rsa = scheme == SG_SCHEME_RSA_PKCS1 || scheme == SG_SCHEME_RSA_PSS;
    return sg_digest_supported(crypto, type) && !(rsa && type == SG_DIGEST_SHAKE256);
}

/* What can be said before any arithmetic: SG_SIGNATURE_VALID when nothing stands against it. */
static enum sg_signature_check check_combination(const struct sg_crypto *crypto,
                                                 const struct sg_signature_algorithm *algorithm,
                                                 const struct sg_public_key *key)
{
    enum sg_signature_scheme scheme = algorithm->scheme;
    if (scheme == SG_SCHEME_UNSIGNED)
        return SG_SIGNATURE_INVALID; /* RFC 9925: no signature at all */
    if (scheme == SG_SCHEME_UNKNOWN)
        return SG_SIGNATURE_UNSUPPORTED;
    if (scheme != SG_SCHEME_EDDSA && !digest_usable(crypto, scheme, algorithm->digest))
        return SG_SIGNATURE_UNSUPPORTED;
    if (scheme == SG_SCHEME_RSA_PSS && !digest_usable(crypto, scheme, algorithm->mgf_digest))
        return SG_SIGNATURE_UNSUPPORTED;
    return key_suits(algorithm, key) ? SG_SIGNATURE_VALID : SG_SIGNATURE_KEY_MISMATCH;
}

static enum sg_signature_check conclude(enum sg_signature_check check)
{
    if (check == SG_SIGNATURE_NO_MEMORY)
        (void)sg_crypto_drain();
    return check;
}

enum sg_signature_check sg_signature_verify_digest(struct sg_crypto *crypto,
                                                   const struct sg_signature_algorithm *algorithm,
                                                   const struct sg_public_key *key,
                                                   const struct sg_digest_value *digest,
                                                   struct signet_span signature)
{
    enum sg_signature_check check = check_combination(crypto, algorithm, key);
    if (check != SG_SIGNATURE_VALID)
        return check;
    if (verify_digest[algorithm->scheme] == NULL || digest->type != algorithm->digest)
        return SG_SIGNATURE_UNSUPPORTED;
    return conclude(verify_digest[algorithm->scheme](crypto, algorithm, key, digest, signature));
}

enum sg_signature_check sg_signature_verify(struct sg_crypto *crypto,
                                            const struct sg_signature_algorithm *algorithm,
                                            const struct sg_public_key *key,
                                            struct signet_span message,
                                            struct signet_span signature)
{
    enum sg_signature_check check = check_combination(crypto, algorithm, key);
    if (check != SG_SIGNATURE_VALID)
        return check;
    if (algorithm->scheme == SG_SCHEME_EDDSA)
        return conclude(sg_edwards_verify(crypto, key, message, signature));
    struct sg_digest_value digest;
    if (!sg_digest_compute(crypto, algorithm->digest, message, &digest))
        return SG_SIGNATURE_NO_MEMORY;
    return sg_signature_verify_digest(crypto, algorithm, key, &digest, signature);
}
