/* SPDX-License-Identifier: Apache-2.0 */
/*
 * RSA decryption of content encryption keys: RSAES-PKCS1-v1_5 and RSAES-OAEP (RFC 8017 7).
 * What is wrong shows in no answer, branch or address (implicit_rejection.h).
 */
#include "base/span.h"
#include "crypto/context.h"
#include "crypto/hash.h"
#include "crypto/implicit_rejection.h"
#include "crypto/rsa.h"
#include "crypto/software_key.h"

#include <openssl/core_names.h>
#include <openssl/rsa.h>

/* A secret that is the same for the same key and of use for nothing else: SHA-256 of the private
 * exponent. */
static bool make_rejection_secret(const struct sg_software_key *own,
                                  uint8_t secret[SG_REJECTION_SECRET_LEN])
{
    uint8_t octets[SG_RSA_MAX_OCTETS];
    BIGNUM *exponent = NULL;
    int len = -1;
    if (EVP_PKEY_get_bn_param(own->pair, OSSL_PKEY_PARAM_RSA_D, &exponent) == 1 &&
        BN_num_bytes(exponent) <= SG_RSA_MAX_OCTETS)
        len = BN_bn2binpad(exponent, octets, SG_RSA_MAX_OCTETS);
    bool made = len > 0 && EVP_Q_digest(own->library->context, "SHA2-256", NULL, octets,
                                        (size_t)len, secret, NULL) == 1;
    sg_wipe(octets, sizeof octets);
    BN_clear_free(exponent);
    return made;
}

static bool make_substitute(const struct sg_software_key *own, struct signet_span ciphertext,
                            uint8_t *out, size_t len)
{
    uint8_t secret[SG_REJECTION_SECRET_LEN];
    bool made = make_rejection_secret(own, secret) &&
                sg_rejection_fill(own->library, secret, ciphertext, out, len);
    sg_wipe(secret, sizeof secret);
    return made;
}

/* 0 for 0, else 1; without a branch. */
static uint32_t is_not_zero(uint32_t value)
{
    return (value | (0u - value)) >> 31;
}

/*
 * EM = 00 02 PS 00 M (RFC 8017 7.2.1) with M of PLAIN_LEN octets: where the zero must stand is
 * known, so nothing is searched. 0 when it is so, else 1.
 */
static uint32_t padding_wrong(const uint8_t *block, size_t len, size_t plain_len)
{
    size_t separator = len - plain_len - 1;
    uint32_t wrong = is_not_zero(block[0]) | is_not_zero(block[1] ^ 2u);
    for (size_t i = 2; i < separator; i++)
        wrong |= 1u ^ is_not_zero(block[i]);
    return wrong | is_not_zero(block[separator]);
}

/* The RSA operation under PARAMS. False: not decrypted. */
static bool decrypt(const struct sg_software_key *own, const OSSL_PARAM *params,
                    struct signet_span encrypted, uint8_t block[SG_RSA_MAX_OCTETS], size_t *len)
{
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_pkey(own->library->context, own->pair, NULL);
    *len = SG_RSA_MAX_OCTETS;
    bool done = context != NULL && EVP_PKEY_decrypt_init(context) == 1 &&
                EVP_PKEY_CTX_set_params(context, params) == 1 &&
                EVP_PKEY_decrypt(context, block, len, encrypted.ptr, encrypted.len) == 1;
    EVP_PKEY_CTX_free(context);
    if (!done)
        (void)sg_crypto_drain();
    return done;
}

static void decrypt_pkcs1(const struct sg_software_key *own, struct signet_span encrypted,
                          uint8_t *out, size_t plain_len)
{
    static char none[] = "none";
    const OSSL_PARAM params[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_ASYM_CIPHER_PARAM_PAD_MODE, none, 0),
        OSSL_PARAM_construct_end()};
    uint8_t block[SG_RSA_MAX_OCTETS] = {0};
    size_t len;
    /* Whether there is a block at all, and whether so long a key fits in, is no secret. */
    if (decrypt(own, params, encrypted, block, &len) && len >= plain_len + 11)
        sg_rejection_choose(out, block + len - plain_len, plain_len,
                            padding_wrong(block, len, plain_len));
    sg_wipe(block, sizeof block);
}

static void decrypt_oaep(const struct sg_software_key *own,
                         const struct sg_key_transport *transport, struct signet_span encrypted,
                         uint8_t *out, size_t plain_len)
{
    static char oaep[] = "oaep";
    char *digest = (char *)(uintptr_t)sg_hash_evp_name(transport->digest);
    char *mask = (char *)(uintptr_t)sg_hash_evp_name(transport->mgf_digest);
    void *label = (void *)(uintptr_t)transport->label.ptr;
    const OSSL_PARAM params[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_ASYM_CIPHER_PARAM_PAD_MODE, oaep, 0),
        OSSL_PARAM_construct_utf8_string(OSSL_ASYM_CIPHER_PARAM_OAEP_DIGEST, digest, 0),
        OSSL_PARAM_construct_utf8_string(OSSL_ASYM_CIPHER_PARAM_MGF1_DIGEST, mask, 0),
        transport->label.len > 0
            ? OSSL_PARAM_construct_octet_string(OSSL_ASYM_CIPHER_PARAM_OAEP_LABEL, label,
                                                transport->label.len)
            : OSSL_PARAM_construct_end(),
        OSSL_PARAM_construct_end()};
    uint8_t block[SG_RSA_MAX_OCTETS] = {0};
    size_t len;
    if (decrypt(own, params, encrypted, block, &len) && len == plain_len)
        sg_rejection_choose(out, block, plain_len, 0);
    sg_wipe(block, sizeof block);
}

enum sg_key_answer sg_software_key_decrypt(void *state, const struct sg_key_transport *transport,
                                           struct signet_span encrypted, size_t plain_len,
                                           struct sg_secret *plain)
{
    const struct sg_software_key *own = state;
    if (plain_len > SG_REJECTION_MAX_LEN ||
        (transport->oaep && (sg_hash_evp_name(transport->digest) == NULL ||
                             sg_hash_evp_name(transport->mgf_digest) == NULL)))
        return SG_KEY_CANNOT;
    if (!sg_secret_new(plain_len, plain))
        return SG_KEY_NEEDS_MEMORY;
    if (!make_substitute(own, encrypted, plain->ptr, plain_len)) {
        sg_secret_free(plain);
        return sg_software_key_failure();
    }
    if (transport->oaep)
        decrypt_oaep(own, transport, encrypted, plain->ptr, plain_len);
    else
        decrypt_pkcs1(own, encrypted, plain->ptr, plain_len);
    return SG_KEY_DONE;
}
