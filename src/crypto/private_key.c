/* SPDX-License-Identifier: Apache-2.0 */
#include "crypto/private_key.h"

#include "base/span.h"

#include <stdlib.h>

static bool take_public(struct signet_key *key, struct signet_span public_der)
{
    struct signet_parse_error error = {0, NULL, NULL};
    memcpy(key->public_der, public_der.ptr, public_der.len);
    struct sg_der der = sg_der_begin(sg_span(key->public_der, public_der.len), &error);
    return sg_spki_parse(&der, &key->spki) && sg_der_end(&der);
}

struct signet_key *sg_key_new(const struct sg_key_methods *methods, void *state,
                              struct signet_span public_der, bool *no_memory)
{
    struct signet_key *key = calloc(1, sizeof *key);
    uint8_t *copy = malloc(public_der.len > 0 ? public_der.len : 1);
    *no_memory = key == NULL || copy == NULL;
    if (*no_memory) {
        free(key);
        free(copy);
        methods->free(state);
        return NULL;
    }
    atomic_init(&key->references, 1);
    key->methods = methods;
    key->state = state;
    key->public_der = copy;
    if (public_der.len > 0 && take_public(key, public_der))
        return key;
    signet_key_unref(key);
    return NULL;
}

struct signet_key *signet_key_ref(const struct signet_key *key)
{
    /* Counting is no change that anybody sees. */
    struct signet_key *counted = (struct signet_key *)(uintptr_t)key;
    atomic_fetch_add_explicit(&counted->references, 1, memory_order_relaxed);
    return counted;
}

void signet_key_unref(struct signet_key *key)
{
    if (key == NULL || atomic_fetch_sub_explicit(&key->references, 1, memory_order_acq_rel) > 1)
        return;
    key->methods->free(key->state);
    free(key->public_der);
    free(key);
}

struct signet_span signet_key_public(const struct signet_key *key)
{
    return key->spki.full;
}

const char *signet_key_type(const struct signet_key *key)
{
    return sg_key_type_name(key->spki.type);
}

unsigned signet_key_bits(const struct signet_key *key)
{
    return key->spki.bits;
}

const char *signet_key_trouble_text(enum signet_key_trouble trouble)
{
    static const char *const texts[] = {
        [SIGNET_KEY_FINE] = "nothing is wrong with it",
        [SIGNET_KEY_NONE] = "there is no private key in it",
        [SIGNET_KEY_PASSPHRASE_NEEDED] = "it is encrypted and needs a passphrase",
        [SIGNET_KEY_PASSPHRASE_WRONG] = "the passphrase does not open it",
        [SIGNET_KEY_DAMAGED] = "it is damaged",
        [SIGNET_KEY_UNSUPPORTED] = "it is of a kind, or encrypted in a way, that is not supported",
        [SIGNET_KEY_TOO_COSTLY] =
            "opening it would take more work or memory than a file may ask for",
        [SIGNET_KEY_NOT_EXPORTABLE] = "it cannot leave the token that holds it",
    };
    size_t index = (size_t)trouble;
    return index < sizeof texts / sizeof *texts ? texts[index] : "something unknown is wrong";
}

struct sg_key_library *sg_key_library_for(const struct signet_key *key)
{
    struct sg_key_library *own =
        key->methods->library != NULL ? key->methods->library(key->state) : NULL;
    return own != NULL ? sg_key_library_ref(own) : sg_key_library_new();
}

bool sg_key_suits(const struct signet_key *key, const struct sg_signature_algorithm *algorithm)
{
    return key->spki.type == algorithm->key_type ||
           (algorithm->scheme == SG_SCHEME_RSA_PSS && key->spki.type == SG_KEY_RSA);
}

enum sg_key_answer sg_key_sign_digest(const struct signet_key *key,
                                      const struct sg_signature_algorithm *algorithm,
                                      const struct sg_digest_value *digest,
                                      struct sg_buffer *signature)
{
    if (key->methods->sign == NULL || !sg_key_suits(key, algorithm) ||
        digest->type != algorithm->digest || digest->type == SG_DIGEST_NONE)
        return SG_KEY_CANNOT;
    return key->methods->sign(key->state, algorithm, digest, sg_span(NULL, 0), signature);
}

enum sg_key_answer sg_key_sign(const struct signet_key *key, struct sg_crypto *crypto,
                               const struct sg_signature_algorithm *algorithm,
                               struct signet_span message, struct sg_buffer *signature)
{
    struct sg_digest_value digest;
    if (algorithm->scheme == SG_SCHEME_EDDSA)
        return key->methods->sign != NULL && sg_key_suits(key, algorithm)
                   ? key->methods->sign(key->state, algorithm, NULL, message, signature)
                   : SG_KEY_CANNOT;
    if (!sg_digest_supported(crypto, algorithm->digest))
        return SG_KEY_CANNOT;
    if (!sg_digest_compute(crypto, algorithm->digest, message, &digest))
        return SG_KEY_NEEDS_MEMORY;
    return sg_key_sign_digest(key, algorithm, &digest, signature);
}

enum sg_key_answer sg_key_decrypt(const struct signet_key *key,
                                  const struct sg_key_transport *transport,
                                  struct signet_span encrypted, size_t plain_len,
                                  struct sg_secret *plain)
{
    *plain = (struct sg_secret){.ptr = NULL};
    return key->methods->decrypt == NULL || key->spki.type != SG_KEY_RSA
               ? SG_KEY_CANNOT
               : key->methods->decrypt(key->state, transport, encrypted, plain_len, plain);
}

static bool can_agree(enum sg_key_type type)
{
    return type == SG_KEY_EC || type == SG_KEY_X25519 || type == SG_KEY_X448 || type == SG_KEY_DH;
}

enum sg_key_answer sg_key_agree(const struct signet_key *key, const struct sg_spki *peer,
                                struct sg_secret *shared)
{
    *shared = (struct sg_secret){.ptr = NULL};
    bool same_kind = key->spki.type == peer->type && key->spki.curve == peer->curve;
    return key->methods->agree == NULL || !same_kind || !can_agree(peer->type)
               ? SG_KEY_CANNOT
               : key->methods->agree(key->state, peer, shared);
}
