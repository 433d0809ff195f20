/* SPDX-License-Identifier: Apache-2.0 */
#include "consent.h"
#include "message.h"
#include "named_object.h"
#include "output.h"
#include "verb.h"

#include <inttypes.h>

static struct signet_span sha256_of(const struct named_object *object)
{
    return (struct signet_span){object->sha256, sizeof object->sha256};
}

static enum signet_status show(void *context, const struct signet_record *record)
{
    return signet_report_record(record, NULL, false, context, output_sink());
}

/* What goes is shown. A private key may be the only copy there is. */
static bool is_agreed(const struct database *database, const struct options *options,
                      const struct named_object *object)
{
    struct signet_report_options report = output_options(options, NULL);
    const struct signet_store_query query = {.kinds = 1u << object->kind,
                                             .sha256 = sha256_of(object)};

    return database_told(database,
                         signet_store_find(database->store, &query, show, &report, NULL)) &&
           (!object->own || consent_given(options, "remove this certificate with its private key"));
}

static enum exit_status remove_one(const struct database *database, const struct options *options,
                                   const char *word)
{
    static const enum exit_status statuses[] = {
        [NAMED_ONE] = EXIT_TROUBLE, [NAMED_NONE] = EXIT_ABSENT, [NAMED_TROUBLE] = EXIT_TROUBLE};
    struct named_object object;
    enum named_result result = named_object_find(&object, database, 0, word);
    enum exit_status status = statuses[result];

    if (result == NAMED_ONE && is_agreed(database, options, &object) &&
        database_told(database,
                      signet_store_remove(database->store, object.kind, sha256_of(&object), NULL)))
        status = EXIT_DONE;
    named_object_free(&object);
    return status;
}

static enum signet_status write_superseded(const struct signet_superseded *removed)
{
    const struct signet_report_member members[] = {
        {"superseded", NULL, (int64_t)removed->num},
        {"octets", NULL, (int64_t)removed->octets},
    };

    return signet_report_members(members, sizeof members / sizeof *members, output_sink());
}

static enum exit_status remove_superseded(const struct database *database,
                                          const struct options *options)
{
    signet_time now = database_now(options);
    signet_time before = options->before == SIGNET_TIME_UNKNOWN ? now : options->before;
    struct signet_superseded removed;
    enum signet_status status =
        signet_store_superseded(database->store, before, now, true, &removed);

    if (!database_told(database, status))
        return EXIT_TROUBLE;
    if (options->json)
        return write_superseded(&removed) == SIGNET_OK ? EXIT_DONE : EXIT_TROUBLE;
    output_line("%zu superseded CRL%s of %" PRIu64 " KB taken out", removed.num,
                removed.num == 1 ? "" : "s", (removed.octets + 999) / 1000);
    return EXIT_DONE;
}

static bool is_asked_well(const struct options *options)
{
    if (options->before != SIGNET_TIME_UNKNOWN && !options->superseded)
        message_error("--before says which superseded CRLs are meant: give --superseded, too");
    else if (options->num_files == 0 && !options->superseded)
        message_error("remove: no input given; usage: signet remove %s", verb_remove.usage);
    else
        return true;
    return false;
}

static enum exit_status run(struct options *options)
{
    struct database database = {.store = NULL};
    enum exit_status status = EXIT_DONE;

    if (!is_asked_well(options))
        return EXIT_TROUBLE;
    if (!database_open(&database, options, SIGNET_STORE_WRITE))
        status = EXIT_TROUBLE;
    for (size_t i = 0; i < options->num_files && database.store != NULL; i++)
        status = exit_worse(status, remove_one(&database, options, options->files[i]));
    if (options->superseded && database.store != NULL)
        status = exit_worse(status, remove_superseded(&database, options));
    database_close(&database);
    return status;
}

const struct verb verb_remove = {"remove", VERB_REMOVE, run, "[options] [FINGERPRINT...]",
                                 "take objects out of the database"};
