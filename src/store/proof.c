/* SPDX-License-Identifier: Apache-2.0 */
#include "store/proof.h"

#include "crypto/signature.h"
#include "path/judgement.h"
#include "store/keys.h"

/* One object held against the keys of its issuers. */
struct trial {
    struct sg_proof_keys *keys;
    struct sg_signed_object object;
    const struct sg_name *issuer;
    const struct sg_aki *aki;
    struct sg_proof *proof;
    struct sg_arena arena;
    struct sg_signature_algorithm algorithm;
    bool hashed;
    struct sg_digest_value digest; /* of the object, when HASHED */
    uint8_t tried[SG_PROOF_MAX_KEYS][32];
    size_t num_tried, cost;
    bool verified, limited, uncomputed, refuted; /* of some of the keys */
    bool named, of_name; /* there is a certificate with the key identifier, one with the name */
};

/* --- what names a key */

/* KEY_ID is a hash of the key of SPKI: RFC 5280 4.2.1.2 (1), RFC 7093 2. Nobody finds another key
 * with this identifier, as everybody can for one that is any number. */
static enum signet_status is_hash_of(struct sg_crypto *crypto, struct signet_span key_id,
                                     const struct sg_spki *spki, bool *is)
{
    static const struct {
        enum sg_digest_type digest;
        bool whole; /* of SubjectPublicKeyInfo, not of the bits in it */
    } methods[] = {
        {SG_DIGEST_SHA1, false},   {SG_DIGEST_SHA256, false}, {SG_DIGEST_SHA384, false},
        {SG_DIGEST_SHA512, false}, {SG_DIGEST_SHA1, true},    {SG_DIGEST_SHA256, true},
        {SG_DIGEST_SHA384, true},  {SG_DIGEST_SHA512, true},
    };
    enum { MIN_LEN = 20 };
    struct sg_digest_value value;
    *is = false;
    for (size_t i = 0; i < sizeof(methods) / sizeof(methods[0]) && !*is; i++) {
        if (!sg_digest_compute(crypto, methods[i].digest,
                               methods[i].whole ? spki->full : spki->key_bits, &value))
            return SIGNET_ERR_MEMORY;
        *is = key_id.len >= MIN_LEN && key_id.len <= value.len &&
              memcmp(key_id.ptr, value.octets, key_id.len) == 0;
    }
    return SIGNET_OK;
}

static bool has_key_id(const struct trial *trial, const struct signet_certificate *issuer)
{
    return trial->aki->key_id.ptr != NULL && issuer->ski.ptr != NULL &&
           sg_span_equal(trial->aki->key_id, issuer->ski);
}

/* The key did not make the signature. ITSELF: the object's own certificate. */
static enum signet_status refute(struct trial *trial, const struct sg_proof_key *key, bool itself)
{
    bool names = itself && has_key_id(trial, key->certificate);
    enum signet_status status = SIGNET_OK;
    if (key->donor != NULL) {
        trial->uncomputed = true; /* another issuer may hand down other parameters */
        return SIGNET_OK;
    }
    if (!names && trial->aki->key_id.ptr != NULL && trial->proof->issuer == NULL)
        status =
            is_hash_of(trial->keys->crypto, trial->aki->key_id, &key->certificate->spki, &names);
    if (names && trial->proof->issuer == NULL)
        trial->proof->issuer = signet_certificate_ref(key->certificate);
    return status;
}

/* --- one key */

static bool was_tried(const struct trial *trial, const struct sg_proof_key *key)
{
    for (size_t i = 0; i < trial->num_tried; i++) {
        if (memcmp(trial->tried[i], key->sha256, sizeof(key->sha256)) == 0)
            return true;
    }
    return false;
}

static bool is_wanted(const struct trial *trial, const struct sg_proof_key *key)
{
    const uint8_t *only = trial->proof->only;
    return only == NULL || memcmp(only, key->sha256, sizeof(key->sha256)) == 0;
}

/* An object is hashed once for all keys; EdDSA signs no digest that could be. */
static enum sg_signature_check verify(struct trial *trial, const struct sg_proof_key *key)
{
    struct sg_crypto *crypto = trial->keys->crypto;
    const struct sg_signed_object *object = &trial->object;
    if (trial->algorithm.scheme == SG_SCHEME_EDDSA ||
        !sg_digest_supported(crypto, trial->algorithm.digest))
        return sg_signature_verify(crypto, &trial->algorithm, key->key, object->tbs,
                                   object->signature);
    if (!trial->hashed)
        trial->hashed =
            sg_digest_compute(crypto, trial->algorithm.digest, object->tbs, &trial->digest);
    return trial->hashed ? sg_signature_verify_digest(crypto, &trial->algorithm, key->key,
                                                      &trial->digest, object->signature)
                         : SG_SIGNATURE_NO_MEMORY;
}

static enum signet_status compute(struct trial *trial, const struct sg_proof_key *key, bool itself)
{
    enum sg_signature_check check = verify(trial, key);
    if (check == SG_SIGNATURE_NO_MEMORY)
        return SIGNET_ERR_MEMORY;
    trial->refuted |= check == SG_SIGNATURE_INVALID;
    if (check == SG_SIGNATURE_INVALID)
        return refute(trial, key, itself);
    trial->verified = check == SG_SIGNATURE_VALID;
    trial->uncomputed |= check == SG_SIGNATURE_UNSUPPORTED;
    if (trial->verified)
        memcpy(trial->proof->key, key->sha256, sizeof(key->sha256));
    return SIGNET_OK;
}

static enum signet_status try(struct trial *trial, struct sg_proof_key *key, bool itself)
{
    const struct sg_spki *spki = &key->certificate->spki;
    size_t cost = sg_key_cost(spki, sg_proof_key_parameters(key));
    if (!sg_name_equal(&key->certificate->subject, trial->issuer))
        return SIGNET_OK;
    trial->of_name = true;
    trial->named |= has_key_id(trial, key->certificate);
    if (trial->num_tried == SG_PROOF_MAX_KEYS || cost > SG_PROOF_MAX_COST - trial->cost) {
        trial->limited = true;
        return SIGNET_OK;
    }
    enum signet_status status = sg_proof_key_make(trial->keys, key);
    if (status != SIGNET_OK || !is_wanted(trial, key) || was_tried(trial, key))
        return status;
    memcpy(trial->tried[trial->num_tried++], key->sha256, sizeof(key->sha256));
    if (key->check != SG_KEY_OK) {
        /* What it inherits may be another's. */
        trial->uncomputed |= key->check != SG_KEY_MALFORMED || key->donor != NULL;
        return SIGNET_OK;
    }
    trial->cost += cost;
    return compute(trial, key, itself);
}

/* --- all of them */

static enum signet_status try_range(struct trial *trial, const struct sg_store_key_range *range)
{
    struct signet_store *store = trial->keys->store;
    struct sg_store_ids ids = {0};
    enum signet_status status = store->backend->key_list_some(
        store->db, range->first, range->last, SG_PROOF_MAX_CANDIDATES, &trial->arena, &ids);
    for (size_t i = 0; i < ids.num && status == SIGNET_OK && !trial->verified; i++) {
        struct sg_proof_key *key;
        status = sg_proof_keys_get(trial->keys, ids.items[i], &key);
        if (status == SIGNET_OK && key != NULL)
            status = try(trial, key, false);
    }
    trial->limited |= !trial->verified && ids.num == SG_PROOF_MAX_CANDIDATES;
    return status;
}

static enum signet_status try_key_id(struct trial *trial)
{
    struct sg_store_key_range range;
    if (trial->aki->key_id.ptr == NULL)
        return SIGNET_OK;
    return sg_store_key_id(trial->aki->key_id, &range) ? try_range(trial, &range)
                                                       : SIGNET_ERR_MEMORY;
}

static enum signet_status try_name(struct trial *trial)
{
    struct sg_store_key_range range;
    return sg_store_key_subject(trial->issuer, &range) ? try_range(trial, &range)
                                                       : SIGNET_ERR_MEMORY;
}

static enum signet_status try_itself(struct trial *trial,
                                     const struct signet_certificate *certificate)
{
    struct sg_proof_key key = {.certificate = signet_certificate_ref(certificate)};
    enum signet_status status = try(trial, &key, true);
    sg_proof_key_clear(&key);
    return status;
}

/* What names its key is false only when no other key is left that may have made it: issuers get
 * key identifiers wrong. */
static enum signet_proof conclude(const struct trial *trial)
{
    if (trial->verified)
        return SIGNET_PROOF_VERIFIED;
    if (trial->proof->only != NULL && trial->refuted)
        return SIGNET_PROOF_FALSE;
    if (trial->limited)
        return SIGNET_PROOF_LIMIT;
    if (trial->uncomputed)
        return SIGNET_PROOF_UNSUPPORTED;
    if (trial->proof->issuer != NULL)
        return SIGNET_PROOF_FALSE;
    return trial->of_name && (trial->named || trial->aki->key_id.ptr == NULL)
               ? SIGNET_PROOF_OTHER_ISSUER
               : SIGNET_PROOF_NO_ISSUER;
}

/* The algorithm says how to compute. RFC 9925: there may be nothing to compute. */
static bool is_computable(struct trial *trial)
{
    struct signet_parse_error error = {0};
    return sg_signature_algorithm_parse(trial->object.algorithm, &trial->algorithm, &error) &&
           trial->algorithm.scheme != SG_SCHEME_UNKNOWN &&
           trial->algorithm.scheme != SG_SCHEME_UNSIGNED;
}

/* CERTIFICATE: the object where it is one that may have signed itself, else NULL. */
static enum signet_status hold(struct trial *trial, const struct signet_certificate *certificate)
{
    enum signet_status status = SIGNET_OK;
    if (!is_computable(trial)) {
        trial->proof->outcome = SIGNET_PROOF_UNSUPPORTED;
        return SIGNET_OK;
    }
    sg_arena_init(&trial->arena, SG_STORE_MAX_WORK);
    if (certificate != NULL)
        status = try_itself(trial, certificate);
    if (status == SIGNET_OK && !trial->verified)
        status = try_key_id(trial);
    if (status == SIGNET_OK && !trial->verified)
        status = try_name(trial);
    sg_arena_clear(&trial->arena);
    trial->proof->outcome = conclude(trial);
    return status;
}

enum signet_status sg_proof_of_certificate(struct sg_proof_keys *keys,
                                           const struct signet_certificate *certificate,
                                           struct sg_proof *proof)
{
    struct trial trial = {.keys = keys,
                          .object = sg_signed_certificate(certificate),
                          .issuer = &certificate->issuer,
                          .aki = &certificate->aki,
                          .proof = proof};
    return hold(&trial, certificate->self_issued ? certificate : NULL);
}

enum signet_status sg_proof_of_crl(struct sg_proof_keys *keys, const struct signet_crl *crl,
                                   struct sg_proof *proof)
{
    struct trial trial = {.keys = keys,
                          .object = sg_signed_crl(crl),
                          .issuer = &crl->issuer,
                          .aki = &crl->aki,
                          .proof = proof};
    return hold(&trial, NULL);
}

void sg_proof_clear(struct sg_proof *proof)
{
    signet_certificate_unref(proof->issuer);
    *proof = (struct sg_proof){0};
}

enum signet_status sg_proof_note(struct signet_store *store, int64_t object,
                                 const struct sg_proof *proof)
{
    if (proof->outcome != SIGNET_PROOF_VERIFIED)
        return SIGNET_OK;
    return store->backend->fact_put(store->db, object, sg_span(proof->key, sizeof(proof->key)));
}
