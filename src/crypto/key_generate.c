/* SPDX-License-Identifier: Apache-2.0 */
/*
 * New keys: of a kind that has a name, or like another key.
 */
#include "base/span.h"
#include "crypto/key.h"
#include "crypto/software_key.h"

#include <limits.h>
#include <openssl/core_names.h>
#include <openssl/x509.h>

/* A generator by the algorithm's name, with its one parameter: BITS, or GROUP; 0 and NULL for
 * neither. NULL: the crypto library failed. */
static EVP_PKEY_CTX *new_named(struct sg_key_library *library, const char *algorithm, size_t bits,
                               const char *group)
{
    char *name = (char *)(uintptr_t)group; /* is only read */
    const OSSL_PARAM with_bits[] = {OSSL_PARAM_construct_size_t(OSSL_PKEY_PARAM_RSA_BITS, &bits),
                                    OSSL_PARAM_construct_end()};
    const OSSL_PARAM with_group[] = {
        group == NULL ? OSSL_PARAM_construct_end()
                      : OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, name, 0),
        OSSL_PARAM_construct_end()};
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_name(library->context, algorithm, NULL);
    if (context != NULL && EVP_PKEY_keygen_init(context) == 1 &&
        EVP_PKEY_CTX_set_params(context, bits > 0 ? with_bits : with_group) == 1)
        return context;
    EVP_PKEY_CTX_free(context);
    return NULL;
}

/* A generator for keys with the parameters of the public key LIKE. */
static EVP_PKEY_CTX *new_like(struct sg_key_library *library, const struct sg_spki *like)
{
    const unsigned char *der = like->full.ptr;
    if (like->type == SG_KEY_RSA)
        return new_named(library, "RSA", like->bits, NULL);
    EVP_PKEY *pattern = d2i_PUBKEY_ex(NULL, &der, (long)like->full.len, library->context, NULL);
    EVP_PKEY_CTX *context =
        pattern == NULL ? NULL : EVP_PKEY_CTX_new_from_pkey(library->context, pattern, NULL);
    EVP_PKEY_free(pattern);
    if (context != NULL && EVP_PKEY_keygen_init(context) == 1)
        return context;
    EVP_PKEY_CTX_free(context);
    return NULL;
}

/* GENERATOR is freed; NULL: it could not be made. */
static enum sg_key_answer generate(struct sg_key_library *library, EVP_PKEY_CTX *generator,
                                   struct signet_key **key)
{
    EVP_PKEY *pair = NULL;
    bool made = generator != NULL && EVP_PKEY_keygen(generator, &pair) == 1;
    EVP_PKEY_CTX_free(generator);
    return made ? sg_software_key_new(library, pair, key) : sg_software_key_failure();
}

enum sg_key_answer sg_key_generate(struct sg_key_library *library, const struct sg_spki *like,
                                   struct signet_key **key)
{
    *key = NULL;
    if (like->type == SG_KEY_UNKNOWN || like->type == SG_KEY_DSA || like->type == SG_KEY_RSA_PSS ||
        like->bits == 0 || like->bits > SG_KEY_MAX_BITS || like->full.len > LONG_MAX)
        return SG_KEY_CANNOT;
    return generate(library, new_like(library, like), key);
}

static const struct kind_row {
    const char *kind, *algorithm;
    size_t bits;
    const char *group;
} kinds[] = {
    {"rsa2048", "RSA", 2048, NULL},  {"rsa3072", "RSA", 3072, NULL}, {"rsa4096", "RSA", 4096, NULL},
    {"p256", "EC", 0, "P-256"},      {"p384", "EC", 0, "P-384"},     {"p521", "EC", 0, "P-521"},
    {"ed25519", "ED25519", 0, NULL}, {"ed448", "ED448", 0, NULL},    {"x25519", "X25519", 0, NULL},
    {"x448", "X448", 0, NULL},
};

static enum signet_status generate_kind(const struct kind_row *row, struct signet_key **key)
{
    struct sg_key_library *library = sg_key_library_new();
    if (library == NULL)
        return SIGNET_ERR_MEMORY;
    EVP_PKEY_CTX *generator = new_named(library, row->algorithm, row->bits, row->group);
    enum sg_key_answer answer = generate(library, generator, key);
    sg_key_library_unref(library);
    if (answer == SG_KEY_DONE)
        return SIGNET_OK;
    return answer == SG_KEY_NEEDS_MEMORY ? SIGNET_ERR_MEMORY : SIGNET_ERR_CRYPTO;
}

enum signet_status signet_key_generate(const char *kind, struct signet_key **key)
{
    *key = NULL;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (strcmp(kinds[i].kind, kind) == 0)
            return generate_kind(&kinds[i], key);
    }
    return SIGNET_ERR_ARGUMENT;
}
