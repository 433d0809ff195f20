/* SPDX-License-Identifier: Apache-2.0 */
/* `signet refresh`: brings the CRLs of stored certificates up to date, for a timer. */
#include "material.h"
#include "message.h"
#include "output.h"
#include "verb.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

/* Certificates judged together: their CRLs are asked for side by side. */
enum { BATCH = 64 };

struct refreshing {
    struct options *options;
    struct material *material;
    struct signet_certificate **certificates; /* all of the database */
    size_t num, cap;
    int64_t within; /* seconds */
    size_t num_found, num_current, num_failed, num_stale;
    enum exit_status status;
};

struct batch {
    struct signet_path_result *results[BATCH];
    size_t num;
    struct signet_pool *pool;
    struct signet_retrieval *retrieval;
};

static enum signet_status take(void *context, const struct signet_record *record)
{
    struct refreshing *refreshing = context;

    if (refreshing->num == refreshing->cap) {
        size_t cap = refreshing->cap == 0 ? 64 : refreshing->cap * 2;
        struct signet_certificate **grown = realloc(refreshing->certificates, cap * sizeof(*grown));

        if (grown == NULL)
            return SIGNET_ERR_MEMORY;
        refreshing->certificates = grown;
        refreshing->cap = cap;
    }
    refreshing->certificates[refreshing->num++] = signet_certificate_ref(record->certificate);
    return SIGNET_OK;
}

static bool is_of_crl(const struct signet_need *need)
{
    return need->kind == SIGNET_NEED_CRL || need->kind == SIGNET_NEED_DELTA_CRL;
}

/* Only CRLs, and not those that hold for long enough. */
static bool is_due(const struct refreshing *refreshing, const struct signet_need *need)
{
    signet_time end;

    if (!is_of_crl(need))
        return false;
    if (need->missing || need->crl == NULL)
        return true;
    end = signet_crl_next_update(need->crl);
    return end == SIGNET_TIME_UNKNOWN ||
           end - refreshing->within <= refreshing->material->retrieving.now;
}

static enum signet_status start(struct batch *batch, const struct signet_need *need,
                                size_t *num_added)
{
    size_t added;
    enum signet_status status = signet_retrieval_start(batch->retrieval, need, 1, &added);

    *num_added += added;
    return status;
}

/* Asks for what the paths of BATCH need: NETWORK, of CRLs; else of the database alone. */
static enum signet_status ask(struct refreshing *refreshing, struct batch *batch, bool network,
                              size_t *num_added)
{
    enum signet_status status = SIGNET_OK;

    *num_added = 0;
    for (size_t i = 0; i < batch->num && status == SIGNET_OK; i++) {
        size_t num, added = 0;
        const struct signet_need *needs = signet_path_result_needs(batch->results[i], &num);

        if (!network)
            status =
                signet_store_supply(refreshing->material->database.store,
                                    refreshing->material->context, needs, num, batch->pool, &added);
        *num_added += added;
        for (size_t j = 0; network && j < num && status == SIGNET_OK; j++)
            if (is_due(refreshing, &needs[j]))
                status = start(batch, &needs[j], num_added);
    }
    return status;
}

static enum signet_status update(struct batch *batch)
{
    enum signet_status status = SIGNET_OK;

    for (size_t i = 0; i < batch->num && status == SIGNET_OK; i++)
        status = signet_path_result_update(batch->results[i]);
    return status;
}

static enum signet_status judge(struct refreshing *refreshing, struct batch *batch, size_t first)
{
    struct signet_policy policy = refreshing->options->policy;
    enum signet_status status = SIGNET_OK;

    policy.purpose = SIGNET_PURPOSE_ANY;
    policy.revocation = SIGNET_REVOCATION_REQUIRE;
    for (size_t i = first; i < refreshing->num && batch->num < BATCH && status == SIGNET_OK; i++) {
        status = signet_path_verify(refreshing->material->context, refreshing->certificates[i],
                                    batch->pool, &policy, &batch->results[batch->num]);
        batch->num += status == SIGNET_OK;
    }
    return status;
}

/* Rounds with the database: first the paths, then the CRLs that they ask for. */
static enum signet_status build(struct refreshing *refreshing, struct batch *batch)
{
    enum signet_status status = SIGNET_OK;
    size_t num_added = 1;

    for (size_t round = 0; round < 16 && num_added > 0 && status == SIGNET_OK; round++) {
        status = ask(refreshing, batch, false, &num_added);
        if (status == SIGNET_OK && num_added > 0)
            status = update(batch);
    }
    return status;
}

/* Each request has its own time limit, so that all of them end. */
static enum signet_status await(struct batch *batch, bool *any)
{
    enum signet_status status = SIGNET_OK;

    while (status == SIGNET_OK && signet_retrieval_num_pending(batch->retrieval) > 0) {
        size_t num_added = 0;

        status = signet_retrieval_poll(batch->retrieval, 60000, &num_added);
        *any = *any || num_added > 0;
    }
    return status;
}

static enum signet_status fetch(struct refreshing *refreshing, struct batch *batch)
{
    bool any = true;
    enum signet_status status = SIGNET_OK;

    /* A new CRL may have a signer whose own status is to be known, and so on. */
    for (size_t round = 0; round < 8 && any && status == SIGNET_OK; round++) {
        size_t num_added;

        any = false;
        status = ask(refreshing, batch, true, &num_added);
        any = num_added > 0;
        if (status == SIGNET_OK)
            status = await(batch, &any);
        if (status == SIGNET_OK && any)
            status = update(batch);
    }
    return status;
}

/* What is still missing or over in spite of all. */
static void count(struct refreshing *refreshing, const struct batch *batch)
{
    size_t num;
    const struct signet_retrieved *sources = signet_retrieval_sources(batch->retrieval, &num);

    for (size_t i = 0; i < num; i++) {
        if (sources[i].from != SIGNET_FROM_NETWORK)
            continue;
        refreshing->num_found += sources[i].outcome == SIGNET_RETRIEVE_FOUND;
        refreshing->num_current += sources[i].outcome == SIGNET_RETRIEVE_UNCHANGED;
        if (sources[i].outcome == SIGNET_RETRIEVE_FOUND ||
            sources[i].outcome == SIGNET_RETRIEVE_UNCHANGED)
            continue;
        refreshing->num_failed++;
        message_warning("%s: %s: %s", sources[i].url,
                        signet_retrieve_outcome_name(sources[i].outcome), sources[i].reason);
    }
    for (size_t i = 0; i < batch->num; i++) {
        const struct signet_need *needs = signet_path_result_needs(batch->results[i], &num);
        bool stale = false;

        for (size_t j = 0; j < num; j++)
            stale = stale || (is_of_crl(&needs[j]) && needs[j].missing && needs[j].anchored &&
                              needs[j].num_urls > 0);
        refreshing->num_stale += stale;
    }
}

static enum signet_status refresh_batch(struct refreshing *refreshing, size_t first,
                                        size_t *num_done)
{
    struct material *material = refreshing->material;
    struct batch batch = {.pool = signet_pool_new(material->pool)};
    enum signet_status status =
        batch.pool == NULL
            ? SIGNET_ERR_MEMORY
            : signet_retrieval_new(material->retrieving.retriever, material->context, batch.pool,
                                   material->retrieving.now, &batch.retrieval);

    if (status == SIGNET_OK)
        status = judge(refreshing, &batch, first);
    if (status == SIGNET_OK)
        status = build(refreshing, &batch);
    if (status == SIGNET_OK)
        status = fetch(refreshing, &batch);
    if (status == SIGNET_OK)
        count(refreshing, &batch);
    *num_done = batch.num;
    signet_retrieval_free(batch.retrieval);
    for (size_t i = 0; i < batch.num; i++)
        signet_path_result_free(batch.results[i]);
    signet_pool_free(batch.pool);
    return status;
}

static enum signet_status refresh_all(struct refreshing *refreshing)
{
    const struct signet_store_query query = {.kinds = 1u << SIGNET_RECORD_CERTIFICATE};
    enum signet_status status =
        signet_store_find(refreshing->material->database.store, &query, take, refreshing, NULL);
    size_t num_done = 0;

    for (size_t i = 0; i < refreshing->num && status == SIGNET_OK; i += num_done) {
        message_progress_step("refreshed", i, refreshing->num);
        status = refresh_batch(refreshing, i, &num_done);
    }
    message_progress_end();
    return status;
}

static enum exit_status report(const struct refreshing *refreshing)
{
    const struct signet_report_member members[] = {
        {"certificates", NULL, (int64_t)refreshing->num},
        {"found", NULL, (int64_t)refreshing->num_found},
        {"unchanged", NULL, (int64_t)refreshing->num_current},
        {"failed", NULL, (int64_t)refreshing->num_failed},
        {"stale", NULL, (int64_t)refreshing->num_stale},
    };

    enum signet_status status = SIGNET_OK;

    if (refreshing->options->json)
        status = signet_report_members(members, sizeof members / sizeof *members, output_sink());
    else
        output_line("%zu certificates: %zu new CRLs, %zu unchanged, %zu locations failed; "
                    "%zu certificates without a current CRL",
                    refreshing->num, refreshing->num_found, refreshing->num_current,
                    refreshing->num_failed, refreshing->num_stale);
    if (status != SIGNET_OK)
        return EXIT_TROUBLE;
    return refreshing->num_stale > 0 ? EXIT_UNKNOWN : EXIT_DONE;
}

static enum exit_status run_with(struct refreshing *refreshing)
{
    enum signet_status status = refresh_all(refreshing);

    for (size_t i = 0; i < refreshing->num; i++)
        signet_certificate_unref(refreshing->certificates[i]);
    free(refreshing->certificates);
    if (!database_told(&refreshing->material->database, status))
        return EXIT_TROUBLE;
    return report(refreshing);
}

/* The bounds on what one message may cause are not meant for what the user asks for. */
static bool lift_bounds(struct options *options)
{
    static const struct {
        enum config_key key;
        const char *value;
    } rows[] = {
        {KEY_REQUESTS, "1000000"},
        {KEY_HOSTS, "1000000"},
        {KEY_BYTES, "1024G"},
        {KEY_RECENT, "10m"}, /* what this run has asked already */
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (!config_set(&options->config, rows[i].key, rows[i].value, "refresh"))
            return false;
    return true;
}

/* A timer on a new machine has nothing to complain about. */
static enum exit_status nothing_to_do(const struct database *database)
{
    message_warning(
        "%s: there is no certificate database yet, so nothing to refresh; 'signet import' "
        "and 'signet trust' make one",
        database->file);
    return EXIT_DONE;
}

static enum exit_status run(struct options *options)
{
    struct material material;
    struct refreshing refreshing = {.options = options, .material = &material};
    enum exit_status status = EXIT_TROUBLE;

    refreshing.within = config_number(&options->config, KEY_MARGIN) / 1000;
    if (!lift_bounds(options) || !material_open(&material, options))
        status = EXIT_TROUBLE;
    else if (material.database.missing)
        status = nothing_to_do(&material.database);
    else if (material.database.store == NULL)
        message_error("refresh: the certificate database cannot be used");
    else if (material.retrieving.fetcher == NULL)
        message_error("refresh: the network is not to be used (--offline, or signet.conf)");
    else
        status = run_with(&refreshing);
    material_close(&material);
    return status;
}

const struct verb verb_refresh = {"refresh", VERB_REFRESH, run, "[options]",
                                  "bring the CRLs of stored certificates up to date"};
