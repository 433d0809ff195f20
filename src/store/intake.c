/* SPDX-License-Identifier: Apache-2.0 */
/* Objects into the store with their signatures checked. */
#include "signet/intake.h"

#include "store/parts.h"
#include "store/proof.h"

#include <stdlib.h>

/* An object that is stored, but whose issuer may still come. */
struct pending {
    int64_t object;
    uint64_t place;
};

struct signet_intake {
    struct signet_store *store;
    const struct signet_intake_terms *terms;
    struct sg_proof_keys *keys;
    struct pending *pending;
    size_t num_pending, cap;
    struct signet_intake_counts counts;
};

enum signet_status signet_intake_new(struct signet_store *store,
                                     const struct signet_intake_terms *terms,
                                     struct signet_intake **intake)
{
    struct signet_intake *made = calloc(1, sizeof(*made));
    *intake = NULL;
    if (made == NULL)
        return SIGNET_ERR_MEMORY;
    made->store = store;
    made->terms = terms;
    enum signet_status status = sg_proof_keys_new(store, &made->keys);
    if (status == SIGNET_OK)
        *intake = made;
    else
        free(made);
    return status;
}

void signet_intake_free(struct signet_intake *intake)
{
    if (intake == NULL)
        return;
    sg_proof_keys_free(intake->keys);
    free(intake->pending);
    free(intake);
}

static enum signet_status wait(struct signet_intake *intake, int64_t object, uint64_t place)
{
    enum { FIRST_CAP = 64 };
    if (intake->num_pending == intake->cap) {
        size_t cap = intake->cap == 0 ? FIRST_CAP : intake->cap * 2;
        struct pending *pending = cap > SIZE_MAX / sizeof(*pending)
                                      ? NULL
                                      : realloc(intake->pending, cap * sizeof(*pending));
        if (pending == NULL)
            return SIGNET_ERR_MEMORY;
        intake->pending = pending;
        intake->cap = cap;
    }
    intake->pending[intake->num_pending++] = (struct pending){object, place};
    return SIGNET_OK;
}

static enum signet_status prove(struct signet_intake *intake, const struct sg_store_loaded *loaded,
                                struct sg_proof *proof)
{
    *proof = (struct sg_proof){0};
    enum signet_status status =
        loaded->crl != NULL ? sg_proof_of_crl(intake->keys, loaded->crl, proof)
                            : sg_proof_of_certificate(intake->keys, loaded->certificate, proof);
    if (status == SIGNET_OK)
        status = sg_proof_note(intake->store, loaded->object.id, proof);
    return status;
}

/* --- as they come */

/* Only what holds is certain before all have come. */
static enum signet_status prove_first(struct signet_intake *intake,
                                      const struct sg_store_loaded *loaded, uint64_t place)
{
    struct sg_proof proof;
    enum signet_status status = prove(intake, loaded, &proof);
    if (status == SIGNET_OK && proof.outcome == SIGNET_PROOF_VERIFIED)
        intake->counts.proofs[SIGNET_PROOF_VERIFIED]++;
    else if (status == SIGNET_OK)
        status = wait(intake, loaded->object.id, place);
    sg_proof_clear(&proof);
    return status;
}

static enum signet_status take(struct signet_intake *intake, struct sg_store_loaded *loaded,
                               const struct signet_origin *origin, uint64_t place, bool *added)
{
    bool is_new = false;
    enum signet_status status = sg_store_change(intake->store);
    if (status != SIGNET_OK)
        return status;
    status = sg_store_add(intake->store, loaded, origin, &is_new);
    if (status == SIGNET_OK && is_new)
        status = prove_first(intake, loaded, place);
    status = sg_store_changed(intake->store, status);
    if (added != NULL)
        *added = status == SIGNET_OK && is_new;
    return status;
}

enum signet_status signet_intake_certificate(struct signet_intake *intake,
                                             const struct signet_certificate *certificate,
                                             const struct signet_origin *origin, uint64_t place,
                                             bool *added)
{
    struct sg_store_loaded loaded;
    sg_store_certificate_view(certificate, &loaded);
    return take(intake, &loaded, origin, place, added);
}

enum signet_status signet_intake_crl(struct signet_intake *intake, const struct signet_crl *crl,
                                     const struct signet_origin *origin, uint64_t place,
                                     bool *added)
{
    struct sg_store_loaded loaded;
    if (added != NULL)
        *added = false;
    enum signet_status status = sg_store_crl_view(crl, &loaded);
    return status == SIGNET_OK ? take(intake, &loaded, origin, place, added) : status;
}

/* --- when all have come */

static enum signet_status settle_false(struct signet_intake *intake, struct sg_store_loaded *loaded,
                                       uint64_t place, const struct sg_proof *proof)
{
    const struct signet_intake_terms *terms = intake->terms;
    enum signet_status status = sg_store_load_origin(intake->store, loaded);
    if (status != SIGNET_OK)
        return status;
    *(loaded->crl != NULL ? &intake->counts.num_false_crls
                          : &intake->counts.num_false_certificates) += 1;
    if (terms->tell_false != NULL)
        terms->tell_false(terms->context, &(struct signet_intake_false){
                                              .certificate = loaded->certificate,
                                              .crl = loaded->crl,
                                              .issuer = proof->issuer,
                                              .origin = &loaded->object.origin,
                                              .place = place,
                                          });
    if (terms->keep_false)
        return SIGNET_OK;
    sg_proof_keys_forget(intake->keys, loaded->object.id);
    return sg_store_drop(intake->store, loaded);
}

static enum signet_status settle_loaded(struct signet_intake *intake,
                                        struct sg_store_loaded *loaded, uint64_t place)
{
    struct sg_proof proof;
    enum signet_status status = prove(intake, loaded, &proof);
    if (status == SIGNET_OK) {
        intake->counts.proofs[proof.outcome]++;
        if (proof.outcome == SIGNET_PROOF_FALSE)
            status = settle_false(intake, loaded, place, &proof);
    }
    sg_proof_clear(&proof);
    return status;
}

/* One that has gone, or whose octets have, is told by those whose task that is. */
static enum signet_status settle(struct signet_intake *intake, const struct pending *pending)
{
    struct sg_store_loaded loaded;
    enum signet_status status = sg_store_load(intake->store, pending->object, &loaded);
    if (status == SIGNET_OK)
        status = sg_store_parts_complete(intake->store, &loaded);
    if (status == SIGNET_OK && loaded.object.id != 0)
        status = settle_loaded(intake, &loaded, pending->place);
    sg_store_unload(&loaded);
    return status == SIGNET_ERR_PARSE ? SIGNET_OK : status;
}

static enum signet_status settle_all(struct signet_intake *intake)
{
    const struct signet_store_progress *progress = intake->terms->progress;
    enum signet_status status = SIGNET_OK;
    for (size_t i = 0; i < intake->num_pending && status == SIGNET_OK; i++) {
        status = settle(intake, &intake->pending[i]);
        if (progress != NULL && progress->tell != NULL)
            progress->tell(progress->context, i + 1, intake->num_pending);
    }
    return status;
}

enum signet_status signet_intake_finish(struct signet_intake *intake,
                                        struct signet_intake_counts *counts)
{
    enum signet_status status = SIGNET_OK;
    if (intake->num_pending > 0)
        status = sg_store_change(intake->store);
    if (status == SIGNET_OK && intake->num_pending > 0)
        status = sg_store_changed(intake->store, settle_all(intake));
    *counts = intake->counts;
    intake->counts = (struct signet_intake_counts){0};
    intake->num_pending = 0;
    return status;
}
