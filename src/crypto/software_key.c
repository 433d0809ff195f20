/* SPDX-License-Identifier: Apache-2.0 */
#include "crypto/software_key.h"

#include "base/span.h"
#include "crypto/context.h"
#include "crypto/rsa.h"
#include "crypto/rsa_pair.h"

#include <openssl/err.h>
#include <openssl/x509.h>
#include <stdlib.h>

enum sg_key_answer sg_software_key_failure(void)
{
    /* A verification that fails leaves no error behind. */
    bool told = ERR_peek_error() != 0;
    return told && sg_crypto_drain() ? SG_KEY_NEEDS_MEMORY : SG_KEY_FAILED;
}

static enum sg_key_answer hand_out(void *state, struct sg_secret *pkcs8)
{
    struct sg_software_key *own = state;
    *pkcs8 = (struct sg_secret){.ptr = NULL};
    PKCS8_PRIV_KEY_INFO *info = EVP_PKEY2PKCS8(own->pair);
    int len = info == NULL ? -1 : i2d_PKCS8_PRIV_KEY_INFO(info, NULL);
    enum sg_key_answer answer = SG_KEY_DONE;
    if (len <= 0)
        answer = sg_software_key_failure();
    else if (!sg_secret_new((size_t)len, pkcs8))
        answer = SG_KEY_NEEDS_MEMORY;
    else
        (void)i2d_PKCS8_PRIV_KEY_INFO(info, &(unsigned char *){pkcs8->ptr});
    PKCS8_PRIV_KEY_INFO_free(info);
    return answer;
}

static struct sg_key_library *library_of(void *state)
{
    struct sg_software_key *own = state;
    return own->library;
}

static void free_state(void *state)
{
    struct sg_software_key *own = state;
    EVP_PKEY_free(own->pair);
    sg_key_library_unref(own->library);
    free(own);
}

static const struct sg_key_methods methods = {
    .holder = "file",
    .sign = sg_software_key_sign,
    .decrypt = sg_software_key_decrypt,
    .agree = sg_software_key_agree,
    .hand_out = hand_out,
    .library = library_of,
    .free = free_state,
};

/* A signature made and verified. */
static bool can_verify_own(struct sg_key_library *library, EVP_PKEY *pair)
{
    static const uint8_t message[] = "whatever";
    uint8_t signature[SG_RSA_MAX_OCTETS];
    size_t len = sizeof signature;
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    bool fit =
        context != NULL &&
        EVP_DigestSignInit_ex(context, NULL, NULL, library->context, NULL, pair, NULL) == 1 &&
        EVP_DigestSign(context, signature, &len, message, sizeof message) == 1;
    EVP_MD_CTX_free(context);
    context = fit ? EVP_MD_CTX_new() : NULL;
    fit = context != NULL &&
          EVP_DigestVerifyInit_ex(context, NULL, NULL, library->context, NULL, pair, NULL) == 1 &&
          EVP_DigestVerify(context, signature, len, message, sizeof message) == 1;
    EVP_MD_CTX_free(context);
    return fit;
}

static bool can_sign(enum sg_key_type type)
{
    static const bool signing[SG_NUM_KEY_TYPES] = {
        [SG_KEY_RSA] = true, [SG_KEY_RSA_PSS] = true, [SG_KEY_DSA] = true,
        [SG_KEY_EC] = true,  [SG_KEY_ED25519] = true, [SG_KEY_ED448] = true,
    };
    return signing[type];
}

/*
 * Damage in one of the numbers would else come to light only with whoever gets what was signed.
 * Kinds that do not sign have their public half computed from the other by whoever reads them.
 */
static bool halves_fit(struct sg_key_library *library, EVP_PKEY *pair, enum sg_key_type type)
{
    return !can_sign(type) || sg_rsa_pair_is_proven(pair) || can_verify_own(library, pair);
}

/* The SubjectPublicKeyInfo of PAIR. */
static enum sg_key_answer put_public(EVP_PKEY *pair, struct sg_buffer *der)
{
    unsigned char *octets = NULL;
    if (!sg_rsa_pair_put_public(pair, der)) {
        int len = i2d_PUBKEY(pair, &octets);
        if (len <= 0)
            return sg_software_key_failure();
        sg_buffer_add(der, sg_span(octets, (size_t)len));
        OPENSSL_free(octets);
    }
    if (der->status == SIGNET_OK)
        return SG_KEY_DONE;
    return der->status == SIGNET_ERR_MEMORY ? SG_KEY_NEEDS_MEMORY : SG_KEY_FAILED;
}

/* The state and the key around PAIR, which the state owns. */
static enum sg_key_answer wrap(struct sg_key_library *library, EVP_PKEY *pair,
                               struct signet_span public_der, struct signet_key **key)
{
    struct sg_software_key *own = malloc(sizeof *own);
    bool no_memory;
    if (own == NULL) {
        EVP_PKEY_free(pair);
        return SG_KEY_NEEDS_MEMORY;
    }
    *own = (struct sg_software_key){sg_key_library_ref(library), pair};
    *key = sg_key_new(&methods, own, public_der, &no_memory);
    if (*key == NULL)
        return no_memory ? SG_KEY_NEEDS_MEMORY : SG_KEY_FAILED;
    return SG_KEY_DONE;
}

/* With its public half, and no more. PAIR is freed if it fails. */
static enum sg_key_answer make(struct sg_key_library *library, EVP_PKEY *pair,
                               struct signet_key **key)
{
    struct sg_buffer public_der;
    sg_buffer_init(&public_der, SIGNET_KEY_MAX_LEN);
    enum sg_key_answer answer = put_public(pair, &public_der);
    if (answer == SG_KEY_DONE)
        answer = wrap(library, pair, sg_buffer_span(&public_der), key);
    else
        EVP_PKEY_free(pair);
    sg_buffer_free(&public_der);
    return answer;
}

enum sg_key_answer sg_software_key_new(struct sg_key_library *library, EVP_PKEY *pair,
                                       struct signet_key **key)
{
    *key = NULL;
    if (EVP_PKEY_get_bits(pair) > SG_KEY_MAX_BITS) {
        EVP_PKEY_free(pair);
        return SG_KEY_CANNOT;
    }
    enum sg_key_answer answer = make(library, pair, key);
    if (answer != SG_KEY_DONE)
        return answer;
    if ((*key)->spki.type == SG_KEY_UNKNOWN || (*key)->spki.bits == 0)
        answer = SG_KEY_CANNOT;
    else if (!halves_fit(library, pair, (*key)->spki.type))
        answer = sg_software_key_failure();
    if (answer == SG_KEY_DONE)
        return SG_KEY_DONE;
    signet_key_unref(*key);
    *key = NULL;
    return answer;
}
