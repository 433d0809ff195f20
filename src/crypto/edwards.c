/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Ed25519 and Ed448 (RFC 8032) by the provider; the keys of X25519 and X448 for their form only.
 * All as RFC 8410 has them: no parameters, a key of fixed length.
 */
#include "crypto/context.h"
#include "crypto/hash.h"
#include "crypto/key.h"

static const struct edwards_row {
    const char *name;
    size_t key_len;
} rows[SG_NUM_KEY_TYPES] = {
    [SG_KEY_ED25519] = {"ED25519", 32},
    [SG_KEY_ED448] = {"ED448", 57},
    [SG_KEY_X25519] = {"X25519", 32},
    [SG_KEY_X448] = {"X448", 56},
};

/* Also all there is to check of X25519 and X448 keys: RFC 7748 takes every string of the length. */
enum sg_key_check sg_montgomery_key_init(struct sg_crypto *crypto,
                                         const struct sg_key_source *source,
                                         struct sg_public_key *key)
{
    (void)crypto;
    const struct sg_spki *spki = source->spki;
    key->bits = spki->bits;
    bool form_right =
        spki->algorithm.parameters.ptr == NULL || sg_algorithm_parameters_null(&spki->algorithm);
    return form_right && spki->key_bits.len == rows[spki->type].key_len ? SG_KEY_OK
                                                                        : SG_KEY_MALFORMED;
}

enum sg_key_check sg_edwards_key_init(struct sg_crypto *crypto, const struct sg_key_source *source,
                                      struct sg_public_key *key)
{
    const struct sg_spki *spki = source->spki;
    enum sg_key_check check = sg_montgomery_key_init(crypto, source, key);
    OSSL_LIB_CTX *library = check == SG_KEY_OK ? sg_crypto_library(crypto) : NULL;
    if (library != NULL)
        key->as.edwards = EVP_PKEY_new_raw_public_key_ex(library, rows[spki->type].name, NULL,
                                                         spki->key_bits.ptr, spki->key_bits.len);
    return check == SG_KEY_OK && key->as.edwards == NULL ? SG_KEY_NO_MEMORY : check;
}

void sg_edwards_key_clear(struct sg_public_key *key)
{
    EVP_PKEY_free(key->as.edwards);
}

/* The provider says 0 to a bad signature and to a lack of memory: so is there what it had to take?
 */
static bool memory_suffices(struct sg_crypto *crypto)
{
    union sg_hash_state probe;
    if (!sg_hash_evp.begin(&probe, crypto, SG_DIGEST_SHA512))
        return false;
    sg_hash_evp.abandon(&probe);
    return true;
}

enum sg_signature_check sg_edwards_verify(struct sg_crypto *crypto, const struct sg_public_key *key,
                                          struct signet_span message, struct signet_span signature)
{
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    bool ready =
        context != NULL && EVP_DigestVerifyInit_ex(context, NULL, NULL, sg_crypto_library(crypto),
                                                   NULL, key->as.edwards, NULL) == 1;
    bool valid = ready && EVP_DigestVerify(context, signature.ptr, signature.len, message.ptr,
                                           message.len) == 1;
    EVP_MD_CTX_free(context);
    if (valid)
        return SG_SIGNATURE_VALID;
    (void)sg_crypto_drain();
    return ready && memory_suffices(crypto) ? SG_SIGNATURE_INVALID : SG_SIGNATURE_NO_MEMORY;
}
