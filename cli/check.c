/* SPDX-License-Identifier: Apache-2.0 */
#include "database.h"
#include "message.h"
#include "output.h"
#include "proof_counts.h"
#include "verb.h"

#include <inttypes.h>

struct checking {
    const struct database *database;
    const struct options *options;
    size_t num, num_mended; /* flaws */
};

static void show_flaw(void *context, const struct signet_store_flaw *flaw)
{
    struct checking *checking = context;
    const struct signet_report_member members[] = {
        {"object", flaw->object, 0},
        {"text", flaw->text, 0},
        {"mended", NULL, flaw->mended},
    };

    checking->num++;
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

static bool check_objects(struct checking *checking)
{
    static const struct signet_store_progress progress = {show_progress, NULL};
    enum signet_status status = signet_store_check(
        checking->database->store, checking->options->mend, show_flaw, checking, &progress, NULL);

    message_progress_end();
    return database_told(checking->database, status);
}

/* --- signatures */

static void show_signatures(void *context, size_t done, size_t total)
{
    (void)context;
    message_progress_step("signatures", done, total);
}

static void write_counts(const struct signet_signature_counts *counts)
{
    enum { NUM_OTHERS = 2 };
    struct signet_report_member members[PROOF_COUNTS_MEMBERS + NUM_OTHERS];

    proof_counts_members(counts->proofs, members);
    members[PROOF_COUNTS_MEMBERS] = (struct signet_report_member){
        "attribute_certificates", NULL, (int64_t)counts->num_attribute_certificates};
    members[PROOF_COUNTS_MEMBERS + 1] =
        (struct signet_report_member){"remembered", NULL, (int64_t)counts->num_facts_left};
    /* A failure stays with the stream, and is told at the end. */
    enum signet_status ignored =
        signet_report_members(members, sizeof members / sizeof *members, output_sink());

    (void)ignored;
}

static void say_counts(const struct signet_signature_counts *counts)
{
    proof_counts_say(counts->proofs);
    if (counts->num_attribute_certificates > 0)
        output_line("%zu of attribute certificates not checked",
                    counts->num_attribute_certificates);
    if (counts->num_facts_left > 0)
        output_line("%zu remembered whose key is not in the database", counts->num_facts_left);
}

/* What was found to be damaged is not written to. */
static bool check_signatures(struct checking *checking)
{
    static const struct signet_store_progress progress = {show_signatures, NULL};
    bool mends = checking->options->mend && checking->num_mended == checking->num;
    struct signet_signature_counts counts;
    enum signet_status status = signet_store_check_signatures(
        checking->database->store, mends, show_flaw, checking, &progress, &counts);

    message_progress_end();
    if (!database_told(checking->database, status))
        return false;
    if (checking->options->json)
        write_counts(&counts);
    else
        say_counts(&counts);
    return true;
}

/* --- all of it */

static void say_flaws(const struct checking *checking)
{
    size_t num = checking->num, num_mended = checking->num_mended;

    if (num == 0 && !checking->options->json)
        output_line("%s: no flaw", checking->database->file);
    else if (num > 0)
        message_error("%s: %zu flaw%s, %zu mended%s", checking->database->file, num,
                      num == 1 ? "" : "s", num_mended,
                      num_mended == num || checking->options->mend
                          ? ""
                          : "; 'signet check --mend' puts right what can be");
}

static enum exit_status check(const struct database *database, const struct options *options)
{
    struct checking checking = {database, options, 0, 0};

    if (!check_objects(&checking) || (options->signatures && !check_signatures(&checking)))
        return EXIT_TROUBLE;
    say_flaws(&checking);
    if (checking.num == 0 && !tell_superseded(database, options))
        return EXIT_TROUBLE;
    return checking.num_mended == checking.num ? EXIT_DONE : EXIT_ABSENT;
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
