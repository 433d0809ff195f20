/* SPDX-License-Identifier: Apache-2.0 */
#include "material.h"
#include "message.h"
#include "output.h"
#include "selector.h"
#include "verb.h"

struct listing {
    struct options *options;
    struct database database;
    struct signet_report_options report;
};

static enum signet_status show(void *context, const struct signet_record *record)
{
    struct listing *listing = context;

    return signet_report_record(record, NULL, false, &listing->report, output_sink());
}

static enum exit_status list_objects(struct listing *listing, const char *word)
{
    struct selector selector;
    size_t num;

    if (!selector_make(&selector, word, listing->options))
        return EXIT_TROUBLE;
    selector.query.distrusted = true;
    if (!selector_walk(&selector, &listing->database, show, listing, &num))
        return EXIT_TROUBLE;
    if (num == 0 && selector.by_fingerprint) { /* letters from a to f are words as well */
        selector.by_fingerprint = false;
        selector.query.sha256 = (struct signet_span){NULL, 0};
        selector.query.text = word;
        if (!selector_walk(&selector, &listing->database, show, listing, &num))
            return EXIT_TROUBLE;
    }
    if (num > 0 || word == NULL)
        return EXIT_DONE;
    message_error("%s: nothing in the database fits", word);
    return EXIT_ABSENT;
}

/* --- the certificates of an address, and which of them would be used */

struct showing_candidate {
    const struct listing *listing;
    const struct signet_choice_candidate *candidate;
    bool chosen;
};

static enum signet_status show_candidate(void *context, const struct signet_record *record)
{
    const struct showing_candidate *showing = context;

    return signet_report_record(record, showing->candidate, showing->chosen,
                                &showing->listing->report, output_sink());
}

static enum signet_status show_choice(struct listing *listing, const struct signet_choice *choice,
                                      size_t *num)
{
    const struct signet_choice_candidate *candidates = signet_choice_candidates(choice, num);
    enum signet_status status = SIGNET_OK;

    for (size_t i = 0; i < *num && status == SIGNET_OK; i++) {
        struct showing_candidate showing = {listing, &candidates[i],
                                            signet_choice_chosen(choice) == &candidates[i]};
        const struct signet_store_query query = {
            .kinds = 1u << SIGNET_RECORD_CERTIFICATE,
            .sha256 = signet_certificate_sha256(candidates[i].certificate),
        };

        status = signet_store_find(listing->database.store, &query, show_candidate, &showing, NULL);
        if (status == SIGNET_OK && listing->options->explain && !listing->options->json &&
            candidates[i].path != NULL)
            status = signet_report_path(candidates[i].path, &listing->report, output_sink());
    }
    return status;
}

static enum exit_status choose(struct listing *listing, const struct material *material,
                               const char *address)
{
    struct signet_choice *choice = NULL;
    size_t num = 0;
    enum signet_status status =
        signet_choice_make(listing->database.store, material->context, address, material->pool,
                           &listing->options->policy, &choice);

    if (status == SIGNET_ERR_ARGUMENT) {
        message_error("%s: is no mail address", address);
        return EXIT_TROUBLE;
    }
    if (status == SIGNET_OK)
        status = show_choice(listing, choice, &num);
    signet_choice_free(choice);
    if (!database_told(&listing->database, status))
        return EXIT_TROUBLE;
    if (num > 0)
        return EXIT_DONE;
    message_error("%s: no certificate in the database is for this address", address);
    return EXIT_ABSENT;
}

static enum exit_status list_address(struct listing *listing, const char *address)
{
    struct material material;
    enum exit_status status = EXIT_TROUBLE;

    if (!listing->options->has_purpose) /* what an address is looked up for */
        listing->options->policy.purpose = SIGNET_PURPOSE_ENCRYPT;
    listing->report.input = address;
    listing->options->no_store = listing->options->offline = true; /* it is open already */
    if (material_open(&material, listing->options))
        status = choose(listing, &material, address);
    material_close(&material);
    return status;
}

/* --- what binds addresses to certificates */

struct listing_bindings {
    const struct listing *listing;
    const struct fingerprint *fingerprint; /* NULL: of every certificate */
    size_t num;
};

static enum signet_status show_binding(void *context, const struct signet_binding *binding)
{
    struct listing_bindings *bindings = context;

    if (bindings->fingerprint != NULL &&
        !fingerprint_matches(bindings->fingerprint, binding->sha256))
        return SIGNET_OK;
    bindings->num++;
    return signet_report_binding(binding, &bindings->listing->report, output_sink());
}

static enum exit_status list_bindings(struct listing *listing, const char *word)
{
    struct listing_bindings bindings = {listing, NULL, 0};
    struct fingerprint fingerprint;
    const char *address = word != NULL && selector_is_address(word) ? word : NULL;
    enum signet_status status;

    if (word != NULL && address == NULL) {
        if (!fingerprint_read(&fingerprint, word)) {
            message_error("%s: is neither a mail address nor a fingerprint", word);
            return EXIT_TROUBLE;
        }
        bindings.fingerprint = &fingerprint;
    }
    status = signet_store_bindings(listing->database.store, address, (struct signet_span){NULL, 0},
                                   show_binding, &bindings);
    if (!database_told(&listing->database, status))
        return EXIT_TROUBLE;
    if (bindings.num > 0 || word == NULL)
        return EXIT_DONE;
    message_error("%s: nothing is bound to it", word);
    return EXIT_ABSENT;
}

static bool is_narrowed(const struct options *options)
{
    return options->only_anchors || options->only_crls || options->only_own ||
           options->issuer != NULL || options->serial != NULL || options->key_id != NULL;
}

static enum exit_status list(struct listing *listing)
{
    struct options *options = listing->options;
    const char *word = options->num_files == 0 ? NULL : options->files[0];

    if (options->num_files > 1) {
        message_error("list: one ADDRESS, TEXT or FINGERPRINT at a time");
        return EXIT_TROUBLE;
    }
    if (!database_open_if_any(&listing->database, options, SIGNET_STORE_READ, true))
        return EXIT_TROUBLE;
    if (listing->database.store == NULL)
        return word == NULL ? EXIT_DONE : EXIT_ABSENT;
    if (options->bindings)
        return list_bindings(listing, word);
    if (word != NULL && selector_is_address(word) && !is_narrowed(options))
        return list_address(listing, word);
    return list_objects(listing, word);
}

static enum exit_status run(struct options *options)
{
    struct listing listing = {.options = options, .report = output_options(options, NULL)};
    enum exit_status status = list(&listing);

    database_close(&listing.database);
    return status;
}

const struct verb verb_list = {"list", VERB_LIST, run, "[options] [ADDRESS|TEXT|FINGERPRINT]",
                               "show what the database holds"};
