/* SPDX-License-Identifier: Apache-2.0 */
#include "looking.h"

#include <limits.h>

/* Keeps CANDIDATE, which holds, unless that is where it was found. */
static enum signet_status bind(struct looking *looking, size_t number,
                               const struct signet_lookup_candidate *candidate,
                               struct signet_lookup_verdict *verdict)
{
    enum signet_status status;

    looking->found = candidate->certificate;
    if (candidate->place == SIGNET_PLACE_DATABASE)
        return SIGNET_OK;
    status = signet_lookup_bind(looking->lookup, number, verdict->path, &verdict->bound);
    if (status != SIGNET_ERR_IO)
        return status;
    (void)database_warned(&looking->material->database, status);
    return SIGNET_OK;
}

static enum signet_status judge(struct looking *looking, size_t number,
                                const struct signet_lookup_candidate *candidate)
{
    struct material *material = looking->material;
    struct signet_lookup_verdict *verdict = &looking->verdicts[looking->num];
    struct signet_path_result *result;
    enum signet_verdict found;
    enum signet_status status = signet_path_verify(material->context, candidate->certificate,
                                                   looking->pool, &looking->policy, &result);

    if (status != SIGNET_OK)
        return status;
    *verdict = (struct signet_lookup_verdict){
        .path = result, .place = candidate->place, .source = candidate->source};
    looking->num++;
    status =
        retrieving_settle_path(&material->retrieving, material->context, looking->pool, result);
    if (status == SIGNET_OK)
        status = signet_lookup_check(looking->lookup, result, &verdict->smimea);
    if (status != SIGNET_OK)
        return status;
    found = signet_path_result_verdict(result);
    verdict->chosen = (found == SIGNET_VERDICT_GOOD || found == SIGNET_VERDICT_WARN) &&
                      verdict->smimea != SIGNET_SMIMEA_MISMATCH;
    return verdict->chosen ? bind(looking, number, candidate, verdict) : SIGNET_OK;
}

/* Waits for all that the place was asked. */
static enum signet_status await(struct looking *looking, int64_t until)
{
    enum signet_status status = SIGNET_OK;

    while (status == SIGNET_OK && signet_lookup_num_pending(looking->lookup) > 0) {
        int64_t left = until - monotonic_ms();

        if (left <= 0)
            signet_lookup_give_up(looking->lookup);
        else
            status = signet_lookup_poll(looking->lookup, left < INT_MAX ? (int)left : INT_MAX);
    }
    return status;
}

static enum signet_status ask_places(struct looking *looking, int64_t until)
{
    enum signet_status status = SIGNET_OK;
    size_t num, judged = 0;
    bool any = true;

    while (status == SIGNET_OK && any && looking->found == NULL) {
        enum signet_place place;

        status = signet_lookup_next(looking->lookup, &place, &any);
        if (status == SIGNET_OK)
            status = await(looking, until);
        signet_lookup_candidates(looking->lookup, &num);
        for (; status == SIGNET_OK && judged < num && judged < LOOKING_MAX_VERDICTS &&
               looking->found == NULL;
             judged++)
            status =
                judge(looking, judged, &signet_lookup_candidates(looking->lookup, &num)[judged]);
    }
    return status;
}

enum signet_status looking_up(struct looking *looking, struct material *material,
                              struct signet_pool *pool, const struct signet_policy *policy,
                              const char *address, int64_t until_ms)
{
    enum signet_status status;

    *looking =
        (struct looking){.material = material, .pool = pool, .address = address, .policy = *policy};
    looking->policy.email = address;
    status = signet_lookup_new(material->retrieving.retriever, material->context, address, pool,
                               material->retrieving.now, &looking->lookup);
    return status == SIGNET_OK ? ask_places(looking, until_ms) : status;
}

void looking_free(struct looking *looking)
{
    for (size_t i = 0; i < looking->num; i++)
        signet_path_result_free((struct signet_path_result *)(uintptr_t)looking->verdicts[i].path);
    signet_lookup_free(looking->lookup);
    *looking = (struct looking){.material = NULL};
}
