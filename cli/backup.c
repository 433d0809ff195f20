/* SPDX-License-Identifier: Apache-2.0 */
#include "database.h"
#include "message.h"
#include "output.h"
#include "verb.h"

#include <unistd.h>

static void show_progress(void *context, size_t done, size_t total)
{
    (void)context;
    message_progress_step("copied", done, total);
}

static enum exit_status back_up(const struct database *database, const struct options *options)
{
    static const struct signet_store_progress progress = {show_progress, NULL};
    const struct signet_report_member members[] = {{"input", database->file, 0},
                                                   {"output", options->files[0], 0}};
    enum signet_status status = signet_store_backup(database->store, options->files[0], &progress);

    message_progress_end();
    if (!database_told(database, status))
        return EXIT_TROUBLE;
    if (options->json)
        status = signet_report_members(members, 2, output_sink());
    else
        output_line("%s: a copy of %s", options->files[0], database->file);
    return status == SIGNET_OK ? EXIT_DONE : EXIT_TROUBLE;
}

static enum exit_status run(struct options *options)
{
    struct database database = {.store = NULL};
    enum exit_status status = EXIT_TROUBLE;

    if (options->num_files > 1)
        message_error("backup: one file at a time");
    else if (options->files[0][0] == '\0')
        message_error("backup: the name of the copy is empty");
    else if (access(options->files[0], F_OK) == 0)
        message_error("%s: exists already, and is not overwritten", options->files[0]);
    else if (database_open(&database, options, SIGNET_STORE_READ))
        status = back_up(&database, options);
    database_close(&database);
    return status;
}

const struct verb verb_backup = {"backup", VERB_BACKUP, run, "[options] FILE",
                                 "copy the database, also while others write to it"};
