/* SPDX-License-Identifier: Apache-2.0 */
#include "store/proof_key.h"

#include "path/fact_memory.h"
#include "signet/policy.h"
#include "store/keys.h"

#include <stdlib.h>

/* Issuers above that are asked for DSA parameters, and certificates of each one's name. */
enum { MAX_CLIMB = 4, MAX_DONORS = 8 };

enum signet_status sg_proof_keys_new(struct signet_store *store, struct sg_proof_keys **keys)
{
    struct signet_policy policy;
    *keys = NULL;
    struct sg_proof_keys *made = calloc(1, sizeof(*made));
    if (made == NULL)
        return SIGNET_ERR_MEMORY;
    signet_policy_init(&policy);
    made->store = store;
    made->max_bits = policy.limits.max_key_bits;
    enum signet_status status = sg_crypto_new(&made->crypto);
    if (status == SIGNET_OK)
        *keys = made;
    else
        free(made);
    return status;
}

void sg_proof_key_clear(struct sg_proof_key *key)
{
    sg_public_key_free(key->key);
    signet_certificate_unref(key->certificate);
    signet_certificate_unref(key->donor);
    *key = (struct sg_proof_key){0};
}

void sg_proof_keys_free(struct sg_proof_keys *keys)
{
    if (keys == NULL)
        return;
    for (size_t i = 0; i < SG_PROOF_KEYS; i++)
        sg_proof_key_clear(&keys->places[i]);
    sg_crypto_free(keys->crypto);
    free(keys);
}

enum signet_status sg_proof_keys_get(struct sg_proof_keys *keys, int64_t object,
                                     struct sg_proof_key **key)
{
    struct sg_proof_key *place = &keys->places[(uint64_t)object % SG_PROOF_KEYS];
    struct sg_store_loaded loaded;
    *key = place;
    if (place->object == object)
        return SIGNET_OK;
    *key = NULL;
    sg_proof_key_clear(place);
    enum signet_status status = sg_store_load(keys->store, object, &loaded);
    if (status == SIGNET_OK && loaded.certificate != NULL) {
        place->object = object;
        place->certificate = signet_certificate_ref(loaded.certificate);
        *key = place;
    }
    sg_store_unload(&loaded);
    return status == SIGNET_ERR_PARSE ? SIGNET_OK : status;
}

void sg_proof_keys_forget(struct sg_proof_keys *keys, int64_t object)
{
    struct sg_proof_key *place = &keys->places[(uint64_t)object % SG_PROOF_KEYS];
    if (place->object == object)
        sg_proof_key_clear(place);
}

/* --- DSA parameters from above */

static bool lacks_parameters(const struct sg_spki *spki)
{
    return spki->type == SG_KEY_DSA && spki->parameters_absent;
}

/* An issuer of *CERTIFICATE with a DSA key takes its place; NULL there: none is stored. */
static enum signet_status climb(struct signet_store *store, struct sg_arena *arena,
                                struct signet_certificate **certificate)
{
    struct signet_certificate *child = *certificate;
    struct sg_store_key_range range;
    struct sg_store_ids ids = {0};
    *certificate = NULL;
    enum signet_status status =
        sg_store_key_subject(&child->issuer, &range) ? SIGNET_OK : SIGNET_ERR_MEMORY;
    if (status == SIGNET_OK)
        status = store->backend->key_list_some(store->db, range.first, range.last, MAX_DONORS,
                                               arena, &ids);
    for (size_t i = 0; i < ids.num && status == SIGNET_OK && *certificate == NULL; i++) {
        struct sg_store_loaded loaded;
        status = sg_store_load(store, ids.items[i], &loaded);
        const struct signet_certificate *found = status == SIGNET_OK ? loaded.certificate : NULL;
        if (found != NULL && found->spki.type == SG_KEY_DSA &&
            sg_name_equal(&found->subject, &child->issuer) &&
            !sg_span_equal(found->der, child->der))
            *certificate = signet_certificate_ref(found);
        sg_store_unload(&loaded);
        status = status == SIGNET_ERR_PARSE ? SIGNET_OK : status;
    }
    signet_certificate_unref(child);
    return status;
}

static enum signet_status find_donor(struct sg_proof_keys *keys, struct sg_proof_key *key)
{
    struct signet_certificate *above = signet_certificate_ref(key->certificate);
    struct sg_arena arena;
    enum signet_status status = SIGNET_OK;
    sg_arena_init(&arena, SG_STORE_MAX_WORK);
    for (size_t level = 0; status == SIGNET_OK && level < MAX_CLIMB && above != NULL &&
                           lacks_parameters(&above->spki);
         level++)
        status = climb(keys->store, &arena, &above);
    sg_arena_clear(&arena);
    if (above != NULL && !lacks_parameters(&above->spki))
        key->donor = above;
    else
        signet_certificate_unref(above);
    return status;
}

struct signet_span sg_proof_key_parameters(const struct sg_proof_key *key)
{
    return key->donor != NULL ? key->donor->spki.algorithm.parameters : sg_span(NULL, 0);
}

/* --- making */

enum signet_status sg_proof_key_make(struct sg_proof_keys *keys, struct sg_proof_key *key)
{
    const struct sg_spki *spki = &key->certificate->spki;
    enum signet_status status = SIGNET_OK;
    if (key->made)
        return SIGNET_OK;
    if (lacks_parameters(spki) && key->donor == NULL)
        status = find_donor(keys, key);
    if (status != SIGNET_OK)
        return status;
    const struct signet_span parameters = sg_proof_key_parameters(key);
    if (!sg_remembered_key(spki->full, parameters, key->sha256))
        return SIGNET_ERR_MEMORY;
    key->check = sg_public_key_new(keys->crypto, spki, parameters, keys->max_bits, &key->key);
    /* Missing parameters may come later. */
    key->made = key->check != SG_KEY_NO_MEMORY && key->check != SG_KEY_PARAMS_MISSING;
    return key->check != SG_KEY_NO_MEMORY ? SIGNET_OK : SIGNET_ERR_MEMORY;
}
