/* SPDX-License-Identifier: Apache-2.0 */
/* `signet fetch`: looks correspondents' certificates up, and keeps what holds. */
#include "material.h"
#include "message.h"
#include "output.h"
#include "verb.h"

#include <limits.h>

/* Candidates of one address: more are not judged. */
enum { MAX_VERDICTS = 64 };

struct looking {
    struct options *options;
    struct material *material;
    struct signet_pool *pool;
    struct signet_lookup *lookup;
    const char *address;
    struct signet_policy policy;
    struct signet_lookup_verdict verdicts[MAX_VERDICTS];
    size_t num;
    bool found;
};

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
    looking->found = verdict->chosen;
    if (!verdict->chosen || candidate->place == SIGNET_PLACE_DATABASE)
        return SIGNET_OK;
    status = signet_lookup_bind(looking->lookup, number, result, &verdict->bound);
    if (status != SIGNET_ERR_IO)
        return status;
    (void)database_warned(&material->database, status);
    return SIGNET_OK;
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

static enum signet_status ask_places(struct looking *looking)
{
    int64_t until = monotonic_ms() + looking->material->retrieving.deadline_ms;
    enum signet_status status = SIGNET_OK;
    size_t num, judged = 0;
    bool any = true;

    while (status == SIGNET_OK && any && !looking->found) {
        enum signet_place place;

        status = signet_lookup_next(looking->lookup, &place, &any);
        if (status == SIGNET_OK)
            status = await(looking, until);
        signet_lookup_candidates(looking->lookup, &num);
        for (; status == SIGNET_OK && judged < num && judged < MAX_VERDICTS && !looking->found;
             judged++)
            status =
                judge(looking, judged, &signet_lookup_candidates(looking->lookup, &num)[judged]);
    }
    return status;
}

static enum exit_status report(struct looking *looking)
{
    struct signet_report_options options = output_options(looking->options, looking->address);
    size_t num;
    const struct signet_retrieved *sources = signet_lookup_sources(looking->lookup, &num);
    enum exit_status worst = EXIT_ABSENT;
    enum signet_status status;

    for (size_t i = 0; i < num; i++)
        if (sources[i].outcome != SIGNET_RETRIEVE_ABSENT &&
            sources[i].outcome != SIGNET_RETRIEVE_FOUND)
            worst = EXIT_UNKNOWN;
    for (size_t i = 0; i < looking->num; i++)
        if (signet_path_result_verdict(looking->verdicts[i].path) == SIGNET_VERDICT_UNKNOWN)
            worst = EXIT_UNKNOWN;
    options.sources = sources;
    options.num_sources = num;
    status = signet_report_lookup(looking->address, looking->verdicts, looking->num, &options,
                                  output_sink());
    if (!output_told(looking->address, status))
        return EXIT_TROUBLE;
    return looking->found ? EXIT_DONE : worst;
}

static enum exit_status look_up(struct looking *looking)
{
    struct material *material = looking->material;
    enum exit_status exit = EXIT_TROUBLE;
    enum signet_status status =
        signet_lookup_new(material->retrieving.retriever, material->context, looking->address,
                          looking->pool, material->retrieving.now, &looking->lookup);

    if (status == SIGNET_ERR_ARGUMENT)
        message_error("%s: is no mail address, as in alice@example.com", looking->address);
    else if (status == SIGNET_OK)
        status = ask_places(looking);
    if (status == SIGNET_OK)
        exit = report(looking);
    else if (status != SIGNET_ERR_ARGUMENT)
        message_status(looking->address, status);
    for (size_t i = 0; i < looking->num; i++)
        signet_path_result_free((struct signet_path_result *)(uintptr_t)looking->verdicts[i].path);
    signet_lookup_free(looking->lookup);
    return exit;
}

static enum exit_status fetch(struct options *options, struct material *material,
                              const char *address)
{
    struct looking looking = {.options = options,
                              .material = material,
                              .pool = signet_pool_new(material->pool),
                              .address = address,
                              .policy = options->policy};
    enum exit_status exit = EXIT_TROUBLE;

    looking.policy.email = address;
    if (!options->has_purpose)
        looking.policy.purpose = SIGNET_PURPOSE_ENCRYPT;
    if (looking.pool == NULL)
        message_status(address, SIGNET_ERR_MEMORY);
    else
        exit = look_up(&looking);
    signet_pool_free(looking.pool);
    return exit;
}

static enum exit_status run(struct options *options)
{
    struct material material;
    enum exit_status status = EXIT_DONE;

    if (!material_open(&material, options))
        status = EXIT_TROUBLE;
    else if (!options->no_store && material.database.store == NULL)
        (void)material_create_database(&material, options);
    if (status == EXIT_DONE && material.retrieving.retriever == NULL) {
        message_error("fetch: with neither a database nor the network there is no place to ask");
        status = EXIT_TROUBLE;
    }
    for (size_t i = 0; i < options->num_files && material.retrieving.retriever != NULL; i++)
        status = exit_worse(status, fetch(options, &material, options->files[i]));
    material_close(&material);
    return status;
}

const struct verb verb_fetch = {"fetch", VERB_FETCH, run, "[options] ADDRESS...",
                                "look up correspondents' certificates, and keep what holds"};
