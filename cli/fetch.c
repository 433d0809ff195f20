/* SPDX-License-Identifier: Apache-2.0 */
/* `signet fetch`: looks correspondents' certificates up, and keeps what holds. */
#include "looking.h"
#include "message.h"
#include "output.h"
#include "verb.h"

static enum exit_status report(const struct looking *looking, const struct options *given)
{
    struct signet_report_options options = output_options(given, looking->address);
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
    return looking->found != NULL ? EXIT_DONE : worst;
}

static enum exit_status look_up(const struct options *options, struct material *material,
                                struct signet_pool *pool, const char *address)
{
    struct looking looking;
    struct signet_policy policy = options->policy;
    enum exit_status exit = EXIT_TROUBLE;
    enum signet_status status;

    if (!options->has_purpose)
        policy.purpose = SIGNET_PURPOSE_ENCRYPT;
    status = looking_up(&looking, material, pool, &policy, address,
                        monotonic_ms() + material->retrieving.deadline_ms);
    if (status == SIGNET_ERR_ARGUMENT)
        message_error("%s: is no mail address, as in alice@example.com", address);
    else if (status != SIGNET_OK)
        message_status(address, status);
    else
        exit = report(&looking, options);
    looking_free(&looking);
    return exit;
}

static enum exit_status fetch(const struct options *options, struct material *material,
                              const char *address)
{
    struct signet_pool *pool = signet_pool_new(material->pool);
    enum exit_status exit = EXIT_TROUBLE;

    if (pool == NULL)
        message_status(address, SIGNET_ERR_MEMORY);
    else
        exit = look_up(options, material, pool, address);
    signet_pool_free(pool);
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
