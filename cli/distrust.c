/* SPDX-License-Identifier: Apache-2.0 */
#include "certificate_list.h"
#include "message.h"
#include "output.h"
#include "verb.h"

static enum signet_status show(void *context, const struct signet_record *record)
{
    return signet_report_record(record, NULL, false, context, output_sink());
}

static enum exit_status distrust_one(const struct database *database, const struct options *options,
                                     const struct signet_certificate *certificate)
{
    struct signet_report_options report = output_options(options, NULL);
    const struct signet_store_query query = {.kinds = 1u << SIGNET_RECORD_CERTIFICATE,
                                             .sha256 = signet_certificate_sha256(certificate)};
    char subject[512];
    bool found = false;

    if (!database_told(database, signet_store_distrust(database->store, query.sha256,
                                                       options->why == NULL ? "" : options->why,
                                                       database_now(options), &found)) ||
        (found &&
         !database_told(database, signet_store_find(database->store, &query, show, &report, NULL))))
        return EXIT_TROUBLE;
    if (found)
        return EXIT_DONE;
    signet_certificate_subject(certificate, subject, sizeof subject);
    message_error("%s: was not trusted", subject);
    return EXIT_ABSENT;
}

static enum exit_status distrust(const struct database *database, const struct options *options,
                                 const char *word)
{
    static const enum exit_status statuses[] = {
        [NAMED_ONE] = EXIT_DONE, [NAMED_NONE] = EXIT_ABSENT, [NAMED_TROUBLE] = EXIT_TROUBLE};
    struct certificate_list list = {NULL, 0, 0};
    enum named_result result = certificate_list_find(&list, database, word);
    enum exit_status status = statuses[result];

    for (size_t i = 0; i < list.num && result == NAMED_ONE; i++)
        status = exit_worse(status, distrust_one(database, options, list.items[i]));
    certificate_list_free(&list);
    return status;
}

static enum exit_status run(struct options *options)
{
    struct database database = {.store = NULL};
    enum exit_status status = EXIT_DONE;

    if (!database_open(&database, options, SIGNET_STORE_WRITE))
        status = EXIT_TROUBLE;
    for (size_t i = 0; i < options->num_files && database.store != NULL; i++)
        status = exit_worse(status, distrust(&database, options, options->files[i]));
    database_close(&database);
    return status;
}

const struct verb verb_distrust = {"distrust", VERB_DISTRUST, run, "[options] FINGERPRINT|FILE...",
                                   "take trust back from an anchor, and remember that"};
