/* SPDX-License-Identifier: Apache-2.0 */
#include "database.h"
#include "message.h"
#include "output.h"
#include "verb.h"

#include <inttypes.h>

struct checking {
    const struct options *options;
    size_t num_mended;
};

static void show_flaw(void *context, const struct signet_store_flaw *flaw)
{
    struct checking *checking = context;
    const struct signet_report_member members[] = {
        {"object", flaw->object, 0},
        {"text", flaw->text, 0},
        {"mended", NULL, flaw->mended},
    };

    checking->num_mended += flaw->mended;
    if (checking->options->json) {
        /* A failure stays with the stream, and is told at the end. */
        enum signet_status ignored = signet_report_members(members, 3, output_sink());

        (void)ignored;
        return;
    }
    output_line("%s%s%s%s", flaw->object, flaw->object[0] == '\0' ? "" : ": ", flaw->text,
                flaw->mended ? " (mended)" : "");
}

static void show_progress(void *context, size_t done, size_t total)
{
    (void)context;
    message_progress_step("checked", done, total);
}

/* Nothing is wrong with them, so JSON has no line for them. */
static bool tell_superseded(const struct database *database, const struct options *options)
{
    signet_time now = database_now(options);
    struct signet_superseded found;

    if (!database_told(database, signet_store_superseded(database->store, now, now, false, &found)))
        return false;
    if (found.num > 0 && !options->json)
        output_line("%zu superseded CRL%s of %" PRIu64 " KB: 'signet remove --superseded' takes "
                    "them out",
                    found.num, found.num == 1 ? "" : "s", (found.octets + 999) / 1000);
    return true;
}

static enum exit_status check(const struct database *database, const struct options *options)
{
    static const struct signet_store_progress progress = {show_progress, NULL};
    struct checking checking = {options, 0};
    size_t num = 0;
    enum signet_status status =
        signet_store_check(database->store, options->mend, show_flaw, &checking, &progress, &num);

    message_progress_end();
    if (!database_told(database, status))
        return EXIT_TROUBLE;
    if (num == 0 && !options->json)
        output_line("%s: no flaw", database->file);
    else if (num > 0)
        message_error("%s: %zu flaw%s, %zu mended%s", database->file, num, num == 1 ? "" : "s",
                      checking.num_mended,
                      checking.num_mended == num || options->mend
                          ? ""
                          : "; 'signet check --mend' puts right what can be");
    if (num == 0 && !tell_superseded(database, options))
        return EXIT_TROUBLE;
    return checking.num_mended == num ? EXIT_DONE : EXIT_ABSENT;
}

static enum exit_status run(struct options *options)
{
    struct database database = {.store = NULL};
    enum exit_status status = EXIT_TROUBLE;

    if (options->num_files > 0)
        message_error("check: takes no files; name the database with --store FILE");
    else if (database_open(&database, options,
                           options->mend ? SIGNET_STORE_WRITE : SIGNET_STORE_READ))
        status = check(&database, options);
    database.checked = true;
    database_close(&database);
    return status;
}

const struct verb verb_check = {"check", VERB_CHECK, run, "[options]",
                                "read the whole database and compare it with what it should be"};
