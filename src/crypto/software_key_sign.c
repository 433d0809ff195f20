/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Signatures: RSASSA-PKCS1-v1_5 and RSASSA-PSS (RFC 8017 8), ECDSA, EdDSA (RFC 8032).
 */
#include "base/span.h"
#include "crypto/hash.h"
#include "crypto/rsa.h"
#include "crypto/software_key.h"

#include <openssl/core_names.h>

/* The parameters of ALGORITHM. libcrypto copies the names, so that the casts lose nothing. */
static bool set_algorithm(EVP_PKEY_CTX *context, const struct sg_signature_algorithm *algorithm)
{
    char *digest = (char *)(uintptr_t)sg_hash_evp_name(algorithm->digest);
    char *mask = (char *)(uintptr_t)sg_hash_evp_name(algorithm->mgf_digest);
    static char pkcs1[] = "pkcs1", pss[] = "pss";
    int salt_len = (int)algorithm->salt_len;
    OSSL_PARAM params[5];
    size_t num = 0;
    params[num++] = OSSL_PARAM_construct_utf8_string(OSSL_SIGNATURE_PARAM_DIGEST, digest, 0);
    if (algorithm->scheme == SG_SCHEME_RSA_PKCS1)
        params[num++] = OSSL_PARAM_construct_utf8_string(OSSL_SIGNATURE_PARAM_PAD_MODE, pkcs1, 0);
    if (algorithm->scheme == SG_SCHEME_RSA_PSS) {
        params[num++] = OSSL_PARAM_construct_utf8_string(OSSL_SIGNATURE_PARAM_PAD_MODE, pss, 0);
        params[num++] = OSSL_PARAM_construct_utf8_string(OSSL_SIGNATURE_PARAM_MGF1_DIGEST, mask, 0);
        params[num++] = OSSL_PARAM_construct_int(OSSL_SIGNATURE_PARAM_PSS_SALTLEN, &salt_len);
    }
    params[num] = OSSL_PARAM_construct_end();
    return EVP_PKEY_CTX_set_params(context, params) == 1;
}

/* SG_RSA_MAX_OCTETS is more than a signature of any other kind has. */
static bool sign_digest(const struct sg_software_key *own,
                        const struct sg_signature_algorithm *algorithm,
                        const struct sg_digest_value *digest, uint8_t out[SG_RSA_MAX_OCTETS],
                        size_t *len)
{
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_pkey(own->library->context, own->pair, NULL);
    *len = SG_RSA_MAX_OCTETS;
    bool made = context != NULL && EVP_PKEY_sign_init(context) == 1 &&
                set_algorithm(context, algorithm) &&
                EVP_PKEY_sign(context, out, len, digest->octets, digest->len) == 1;
    EVP_PKEY_CTX_free(context);
    return made;
}

static bool sign_message(const struct sg_software_key *own, struct signet_span message,
                         uint8_t out[SG_RSA_MAX_OCTETS], size_t *len)
{
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    *len = SG_RSA_MAX_OCTETS;
    bool made = context != NULL &&
                EVP_DigestSignInit_ex(context, NULL, NULL, own->library->context, NULL, own->pair,
                                      NULL) == 1 &&
                EVP_DigestSign(context, out, len, message.ptr, message.len) == 1;
    EVP_MD_CTX_free(context);
    return made;
}

/* What may be made. DSA is read and verified, but nobody should get new signatures by it. */
static bool is_for_making(const struct sg_signature_algorithm *algorithm)
{
    if (algorithm->scheme == SG_SCHEME_EDDSA)
        return true;
    if (sg_hash_evp_name(algorithm->digest) == NULL || sg_digest_is_weak(algorithm->digest))
        return false;
    if (algorithm->scheme == SG_SCHEME_RSA_PSS)
        return sg_hash_evp_name(algorithm->mgf_digest) != NULL &&
               algorithm->salt_len <= SG_RSA_MAX_OCTETS;
    return algorithm->scheme == SG_SCHEME_RSA_PKCS1 || algorithm->scheme == SG_SCHEME_ECDSA;
}

enum sg_key_answer sg_software_key_sign(void *state, const struct sg_signature_algorithm *algorithm,
                                        const struct sg_digest_value *digest,
                                        struct signet_span message, struct sg_buffer *signature)
{
    uint8_t octets[SG_RSA_MAX_OCTETS];
    size_t len;
    if (!is_for_making(algorithm))
        return SG_KEY_CANNOT;
    bool made = algorithm->scheme == SG_SCHEME_EDDSA
                    ? sign_message(state, message, octets, &len)
                    : sign_digest(state, algorithm, digest, octets, &len);
    if (!made)
        return sg_software_key_failure();
    sg_buffer_add(signature, sg_span(octets, len));
    return SG_KEY_DONE;
}
