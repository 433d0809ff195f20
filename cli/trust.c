/* SPDX-License-Identifier: Apache-2.0 */
#include "certificate_list.h"
#include "consent.h"
#include "dropped_anchors.h"
#include "message.h"
#include "output.h"
#include "trust_terms.h"
#include "verb.h"

#include <stdio.h>
#include <stdlib.h>

/* More certificates than this are shown in one line each. */
enum { MAX_BLOCKS = 10 };

struct trusting {
    struct options *options;
    struct database database;
    struct signet_anchor_terms terms; /* of all, but for the system's own dates */
    struct signet_origin origin;
    struct certificate_list list;
    signet_time *distrust_after; /* one for each of LIST; NULL: the terms' */
    struct signet_token_report report;
    struct certificate_list dropped; /* by the system's set since it was taken */
};

static struct signet_anchor_terms terms_of(const struct trusting *trusting, size_t index)
{
    struct signet_anchor_terms terms = trusting->terms;

    if (trusting->distrust_after != NULL &&
        trusting->distrust_after[index] != SIGNET_TIME_UNKNOWN &&
        (terms.distrust_after == SIGNET_TIME_UNKNOWN ||
         trusting->distrust_after[index] < terms.distrust_after))
        terms.distrust_after = trusting->distrust_after[index];
    return terms;
}

/* --- where the certificates are from */

static bool find_words(struct trusting *trusting, enum exit_status *status)
{
    const struct options *options = trusting->options;
    enum named_result result = NAMED_ONE;

    if (!database_open_if_any(&trusting->database, options, SIGNET_STORE_READ, false))
        return false;
    for (size_t i = 0; i < options->num_files && result == NAMED_ONE; i++)
        result = certificate_list_find(&trusting->list, &trusting->database, options->files[i]);
    database_close(&trusting->database);
    if (result == NAMED_NONE)
        *status = EXIT_ABSENT;
    trusting->origin =
        (struct signet_origin){SIGNET_ORIGIN_IMPORT, options->files[0], database_now(options)};
    return result == NAMED_ONE;
}

static bool find_bundle(struct trusting *trusting)
{
    const struct options *options = trusting->options;

    trusting->terms.purpose_unknown = true;
    trusting->origin =
        (struct signet_origin){SIGNET_ORIGIN_SYSTEM, options->bundle, database_now(options)};
    return certificate_list_read(&trusting->list, options->bundle);
}

static enum signet_status take_system(void *context, const struct signet_token_certificate *found)
{
    struct trusting *trusting = context;
    size_t num = trusting->list.num;
    signet_time *grown;

    if (found->trust != SIGNET_TOKEN_TRUSTED)
        return SIGNET_OK;
    grown = realloc(trusting->distrust_after, (num + 1) * sizeof *grown);
    if (grown == NULL)
        return SIGNET_ERR_MEMORY;
    trusting->distrust_after = grown;
    grown[num] = found->terms.distrust_after;
    return certificate_list_add(&trusting->list, found->certificate) ? SIGNET_OK
                                                                     : SIGNET_ERR_MEMORY;
}

static bool find_dropped(struct trusting *trusting)
{
    bool done =
        database_open_if_any(&trusting->database, trusting->options, SIGNET_STORE_READ, false) &&
        dropped_anchors_find(&trusting->database, &trusting->list, &trusting->dropped);

    database_close(&trusting->database);
    return done;
}

static bool find_system(struct trusting *trusting)
{
    const struct options *options = trusting->options;
    enum signet_status status =
        signet_token_anchors(options->module, take_system, trusting, &trusting->report);

    if (status == SIGNET_ERR_IO)
        message_error("%s", trusting->report.text);
    else if (status != SIGNET_OK)
        message_status("system", status);
    else if (trusting->list.num == 0)
        message_error("%s: holds no trust anchor for mail", trusting->report.module);
    trusting->origin = (struct signet_origin){
        SIGNET_ORIGIN_SYSTEM,
        trusting->report.library[0] != '\0' ? trusting->report.library : trusting->report.module,
        database_now(options)};
    return status == SIGNET_OK && trusting->list.num > 0 && find_dropped(trusting);
}

static bool find(struct trusting *trusting, enum exit_status *status)
{
    const struct options *options = trusting->options;
    int sources = (options->num_files > 0) + options->system + (options->bundle != NULL);

    if (sources != 1) {
        message_error("trust: name what to trust by one of FILE or FINGERPRINT, --system, "
                      "--bundle FILE");
        return false;
    }
    if (options->system)
        return find_system(trusting);
    return options->bundle != NULL ? find_bundle(trusting) : find_words(trusting, status);
}

/* --- showing and doing */

/* DONE: as it is in the database now, else as a proposal, without when and from where. */
static enum signet_status show(const struct trusting *trusting, size_t index, bool done,
                               const struct signet_report_options *report,
                               const struct signet_sink *sink)
{
    const struct signet_origin none = {SIGNET_ORIGIN_IMPORT, NULL, SIGNET_TIME_UNKNOWN};
    const struct signet_certificate *certificate = trusting->list.items[index];
    const struct signet_stored_anchor anchor = {
        .terms = terms_of(trusting, index),
        .why = trusting->options->why == NULL ? "" : trusting->options->why,
        .origin = done ? trusting->origin : none,
        .distrusted = SIGNET_TIME_UNKNOWN,
    };
    const struct signet_record record = {
        .kind = SIGNET_RECORD_CERTIFICATE,
        .sha256 = signet_certificate_sha256(certificate),
        .origin = done ? trusting->origin : none,
        .der_len = signet_certificate_der(certificate).len,
        .certificate = certificate,
        .anchor = &anchor,
    };

    return signet_report_record(&record, NULL, false, report, sink);
}

/* With --json the objects are written when it is done. */
static bool show_all(const struct trusting *trusting)
{
    struct signet_report_options report = output_options(trusting->options, NULL);
    enum signet_status status = SIGNET_OK;

    report.explain = trusting->list.num <= MAX_BLOCKS;
    report.format = SIGNET_FORMAT_TEXT;
    for (size_t i = 0; i < trusting->list.num && status == SIGNET_OK; i++)
        status = show(trusting, i, false, &report,
                      trusting->options->json ? output_error_sink() : output_sink());
    if (status != SIGNET_OK && status != SIGNET_ERR_IO)
        message_status("trust", status);
    return status == SIGNET_OK;
}

/* Terms that judging could not use are not stored. */
static bool are_usable(const struct trusting *trusting)
{
    struct signet_pool *pool = signet_pool_new(NULL);
    const struct signet_anchor_terms terms = terms_of(trusting, 0);
    enum signet_status status = pool == NULL
                                    ? SIGNET_ERR_MEMORY
                                    : signet_pool_add_anchor(pool, trusting->list.items[0], &terms);

    signet_pool_free(pool);
    if (status == SIGNET_ERR_ARGUMENT)
        message_error("trust: a value of --policy, --domain or the subtrees is not usable");
    else if (status != SIGNET_OK)
        message_status("trust", status);
    return status == SIGNET_OK;
}

/* So many names that each stands on a line of its own. */
static void warn_of_dropped(const struct trusting *trusting)
{
    for (size_t i = 0; i < trusting->dropped.num; i++) {
        char subject[512];

        signet_certificate_subject(trusting->dropped.items[i], subject, sizeof subject);
        message_warning("no longer in the system's set, and to be distrusted: %s", subject);
    }
}

static bool is_agreed(const struct trusting *trusting)
{
    char question[128];

    warn_of_dropped(trusting);
    if (trusting->dropped.num > 0) {
        snprintf(question, sizeof question, "trust these %zu certificates, and distrust %zu",
                 trusting->list.num, trusting->dropped.num);
        return consent_given(trusting->options, question);
    }
    if (trusting->list.num == 1)
        return consent_given(trusting->options, "trust this certificate");
    snprintf(question, sizeof question, "trust these %zu certificates", trusting->list.num);
    return consent_given(trusting->options, question);
}

static enum signet_status find_distrusted(void *context, const struct signet_record *record)
{
    *(bool *)context = record->anchor != NULL && record->anchor->distrusted != SIGNET_TIME_UNKNOWN;
    return SIGNET_OK;
}

/* What the user distrusted once is not brought back by a whole set. */
static enum signet_status trust_one(const struct trusting *trusting, size_t index, size_t *num_kept)
{
    const struct signet_certificate *certificate = trusting->list.items[index];
    const struct signet_anchor_terms terms = terms_of(trusting, index);
    const struct signet_store_query query = {.kinds = 1u << SIGNET_RECORD_CERTIFICATE,
                                             .sha256 = signet_certificate_sha256(certificate)};
    struct signet_store *store = trusting->database.store;
    bool distrusted = false;

    if (trusting->options->num_files == 0) {
        enum signet_status status =
            signet_store_find(store, &query, find_distrusted, &distrusted, NULL);

        if (status != SIGNET_OK || distrusted) {
            *num_kept += distrusted;
            return status;
        }
    }
    return signet_store_trust(store, certificate, &terms,
                              trusting->options->why == NULL ? "" : trusting->options->why,
                              &trusting->origin);
}

static enum signet_status trust_all(const struct trusting *trusting, size_t *num_kept)
{
    enum signet_status status = signet_store_begin(trusting->database.store);

    for (size_t i = 0; i < trusting->list.num && status == SIGNET_OK; i++)
        status = trust_one(trusting, i, num_kept);
    if (status == SIGNET_OK)
        status = dropped_anchors_distrust(&trusting->database, &trusting->dropped,
                                          database_now(trusting->options));
    return status == SIGNET_OK ? signet_store_commit(trusting->database.store) : status;
}

static enum signet_status tell_done(const struct trusting *trusting, size_t num_kept)
{
    struct signet_report_options report = output_options(trusting->options, NULL);
    enum signet_status status = SIGNET_OK;
    size_t num = trusting->list.num - num_kept;

    if (num_kept > 0)
        message_warning("%zu of them were distrusted before, and stay so; name one by its "
                        "fingerprint to trust it again",
                        num_kept);
    if (trusting->options->json)
        for (size_t i = 0; i < trusting->list.num && status == SIGNET_OK; i++)
            status = show(trusting, i, true, &report, output_sink());
    else
        output_line("%zu certificate%s trusted from now on", num, num == 1 ? " is" : "s are");
    return status;
}

static enum exit_status trust(struct trusting *trusting)
{
    enum exit_status status = EXIT_TROUBLE;
    size_t num_kept = 0;

    if (!trust_terms_make(trusting->options, &trusting->terms) || !find(trusting, &status))
        return status;
    if (!are_usable(trusting))
        return EXIT_TROUBLE;
    if ((!trusting->options->json || !trusting->options->yes) && !show_all(trusting))
        return EXIT_TROUBLE;
    if (!is_agreed(trusting) ||
        !database_open(&trusting->database, trusting->options, SIGNET_STORE_CREATE) ||
        !database_told(&trusting->database, trust_all(trusting, &num_kept)))
        return EXIT_TROUBLE;
    return tell_done(trusting, num_kept) == SIGNET_OK ? EXIT_DONE : EXIT_TROUBLE;
}

static enum exit_status run(struct options *options)
{
    struct trusting trusting = {.options = options};
    enum exit_status status = trust(&trusting);

    database_close(&trusting.database);
    certificate_list_free(&trusting.list);
    certificate_list_free(&trusting.dropped);
    free(trusting.distrust_after);
    trust_terms_free(&trusting.terms);
    return status;
}

const struct verb verb_trust = {"trust", VERB_TRUST, run, "[options] FILE|FINGERPRINT...",
                                "make certificates trust anchors, after you have seen them"};
