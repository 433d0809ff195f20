/* SPDX-License-Identifier: Apache-2.0 */
/* The signatures of what is stored, computed anew, and what was noted of them. */
#include "signet/intake.h"

#include "store/check.h"
#include "store/parts.h"
#include "store/proof.h"

#include <stdio.h>

struct proving {
    struct sg_store_checker checker;
    struct sg_proof_keys *keys;
    struct signet_signature_counts *counts;
};

enum { SHA256_LEN = 32, NAME_SIZE = 300, SENTENCE_SIZE = 3 * NAME_SIZE + 200 };

/* --- telling */

/* BEFORE and AFTER it the name of WHOSE (NULL: of nobody), of the object, which is named for people
 * as well. */
static void tell(struct proving *proving, const struct sg_store_loaded *loaded, const char *before,
                 const struct signet_certificate *whose, const char *after, bool mended)
{
    char name[SG_STORE_OBJECT_NAME_SIZE], issuer[NAME_SIZE], other[NAME_SIZE] = "";
    char subject[NAME_SIZE] = "", text[SENTENCE_SIZE];
    const struct signet_certificate *certificate = loaded->certificate;
    sg_store_object_name(&loaded->object, loaded->sha256, name);
    if (certificate != NULL)
        (void)sg_name_write_text(&certificate->subject, subject, sizeof(subject));
    (void)sg_name_write_text(certificate != NULL ? &certificate->issuer : &loaded->crl->issuer,
                             issuer, sizeof(issuer));
    if (whose != NULL)
        (void)sg_name_write_text(&whose->subject, other, sizeof(other));
    snprintf(text, sizeof(text), "%s%sissued by %s: %s%s%s", subject,
             certificate != NULL ? ", " : "", issuer, before, other, after);
    sg_store_checker_tell(&proving->checker, name, text, mended);
}

static void tell_false(struct proving *proving, const struct sg_store_loaded *loaded,
                       const struct sg_proof *proof)
{
    const struct signet_certificate *issuer = proof->issuer;
    if (loaded->certificate != NULL && sg_span_equal(issuer->der, loaded->certificate->der))
        tell(proving, loaded, "it says that it is signed with its own key, which is false", NULL,
             "", false);
    else
        tell(proving, loaded, "it names the key of ", issuer,
             ", which has not signed it: the signature is false", false);
}

/* --- one object */

/* By any key, or by the one that ONLY names. */
static enum signet_status prove(struct proving *proving, const struct sg_store_loaded *loaded,
                                const uint8_t *only, struct sg_proof *proof)
{
    *proof = (struct sg_proof){.only = only};
    return loaded->crl != NULL ? sg_proof_of_crl(proving->keys, loaded->crl, proof)
                               : sg_proof_of_certificate(proving->keys, loaded->certificate, proof);
}

/* *OUTCOME: of the fact that the key named KEY made it. PROOF is what was just computed. */
static enum signet_status prove_fact(struct proving *proving, const struct sg_store_loaded *loaded,
                                     const struct sg_proof *proof, const uint8_t *key,
                                     enum signet_proof *outcome)
{
    struct sg_proof again;
    *outcome = SIGNET_PROOF_VERIFIED;
    if (proof->outcome == SIGNET_PROOF_VERIFIED && memcmp(proof->key, key, sizeof(proof->key)) == 0)
        return SIGNET_OK;
    enum signet_status status = prove(proving, loaded, key, &again);
    *outcome = again.outcome;
    sg_proof_clear(&again);
    return status;
}

/* All that was noted goes, and what holds is noted again. */
static enum signet_status mend_facts(struct proving *proving, int64_t object,
                                     struct signet_span holding, const struct sg_proof *proof)
{
    struct signet_store *store = proving->checker.store;
    const struct sg_store_row row = {SG_STORE_ROW_FACT, .object = object, .name = ""};
    enum signet_status status = store->backend->row_mend(store->db, &row);
    if (status == SIGNET_OK)
        status = sg_proof_note(store, object, proof);
    for (; holding.len > 0 && status == SIGNET_OK; holding = sg_span_from(holding, SHA256_LEN))
        status = store->backend->fact_put(store->db, object, sg_span_first(holding, SHA256_LEN));
    return status;
}

static enum signet_status check_facts(struct proving *proving, struct sg_store_loaded *loaded,
                                      const struct sg_proof *proof)
{
    struct signet_store *store = proving->checker.store;
    struct signet_span keys;
    size_t num_false = 0, len = 0;
    int64_t object = loaded->object.id;
    enum signet_status status = store->backend->fact_list(store->db, object, &loaded->arena, &keys);
    uint8_t *holding = sg_arena_array(&loaded->arena, keys.len, 1);
    if (status == SIGNET_OK && holding == NULL && keys.len > 0)
        return sg_arena_status(&loaded->arena);
    for (; keys.len > 0 && status == SIGNET_OK; keys = sg_span_from(keys, SHA256_LEN)) {
        enum signet_proof outcome;
        status = prove_fact(proving, loaded, proof, keys.ptr, &outcome);
        num_false += outcome == SIGNET_PROOF_FALSE;
        proving->counts->num_facts_left +=
            outcome != SIGNET_PROOF_VERIFIED && outcome != SIGNET_PROOF_FALSE;
        if (outcome == SIGNET_PROOF_FALSE)
            continue;
        memcpy(holding + len, keys.ptr, SHA256_LEN);
        len += SHA256_LEN;
    }
    if (status != SIGNET_OK || num_false == 0)
        return status;
    tell(proving, loaded, "it is noted that a key verified its signature, which is not so", NULL,
         "", proving->checker.mend);
    return proving->checker.mend ? mend_facts(proving, object, sg_span(holding, len), proof)
                                 : SIGNET_OK;
}

static enum signet_status check_loaded(struct proving *proving, struct sg_store_loaded *loaded)
{
    struct sg_proof proof;
    enum signet_status status = prove(proving, loaded, NULL, &proof);
    if (status == SIGNET_OK) {
        proving->counts->proofs[proof.outcome]++;
        if (proof.outcome == SIGNET_PROOF_FALSE)
            tell_false(proving, loaded, &proof);
        status = check_facts(proving, loaded, &proof);
    }
    sg_proof_clear(&proof);
    return status;
}

static enum signet_status check_object(struct proving *proving, int64_t id)
{
    struct signet_store *store = proving->checker.store;
    struct sg_store_loaded loaded;
    enum signet_status status = sg_store_load(store, id, &loaded);
    if (status == SIGNET_OK)
        status = sg_store_parts_complete(store, &loaded);
    if (status == SIGNET_OK && loaded.attribute_certificate != NULL)
        proving->counts->num_attribute_certificates++;
    else if (status == SIGNET_OK && loaded.object.id != 0)
        status = check_loaded(proving, &loaded);
    sg_store_unload(&loaded);
    /* What is wrong with it, the check of the store tells. */
    bool lost = status == SIGNET_ERR_PARSE || sg_store_checker_is_damage(&proving->checker, status);
    proving->counts->num_unreadable += lost;
    return lost ? SIGNET_OK : status;
}

static enum signet_status check_all(struct proving *proving,
                                    const struct signet_store_progress *progress)
{
    struct sg_store_checker *checker = &proving->checker;
    enum signet_status status =
        checker->store->backend->object_list_all(checker->store->db, checker->arena, &checker->ids);
    size_t total = checker->ids.num;
    for (size_t i = 0; i < total && status == SIGNET_OK; i++) {
        status = check_object(proving, checker->ids.items[i]);
        if (progress != NULL && progress->tell != NULL && (i % 64 == 63 || i + 1 == total))
            progress->tell(progress->context, i + 1, total);
    }
    return status;
}

enum signet_status
signet_store_check_signatures(struct signet_store *store, bool mend,
                              void (*flaw)(void *context, const struct signet_store_flaw *flaw),
                              void *context, const struct signet_store_progress *progress,
                              struct signet_signature_counts *counts)
{
    struct sg_arena arena;
    struct proving proving = {.checker = {store, mend, flaw, context, .arena = &arena},
                              .counts = counts};
    *counts = (struct signet_signature_counts){.num_flaws = 0};
    if (store->depth > 0)
        return SIGNET_ERR_ARGUMENT;
    enum signet_status status = sg_proof_keys_new(store, &proving.keys);
    if (status != SIGNET_OK)
        return status;
    sg_arena_init(&arena, SG_STORE_MAX_WORK);
    status = mend ? sg_store_change(store) : sg_store_look(store);
    if (status == SIGNET_OK) {
        status = check_all(&proving, progress);
        status = mend ? sg_store_changed(store, status) : sg_store_looked(store, status);
    }
    counts->num_flaws = proving.checker.num_flaws;
    sg_arena_clear(&arena);
    sg_proof_keys_free(proving.keys);
    return status;
}
