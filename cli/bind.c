/* SPDX-License-Identifier: Apache-2.0 */
#include "certificate_list.h"
#include "message.h"
#include "output.h"
#include "verb.h"

/* A certificate from a file is stored with it: a binding names what is in the database. */
static enum signet_status bind(const struct database *database, const struct options *options,
                               const struct signet_certificate *certificate,
                               struct signet_binding *binding)
{
    const struct signet_origin origin = {SIGNET_ORIGIN_IMPORT, options->files[1],
                                         database_now(options)};
    enum signet_status status = signet_store_begin(database->store);

    *binding = (struct signet_binding){
        .address = options->files[0],
        .sha256 = signet_certificate_sha256(certificate),
        .kind = SIGNET_BINDING_USER,
        .why = options->why == NULL ? "" : options->why,
        .since = database_now(options),
    };
    if (status == SIGNET_OK)
        status = signet_store_add_certificate(database->store, certificate, &origin, NULL);
    if (status == SIGNET_OK)
        status = signet_store_bind(database->store, binding);
    return status == SIGNET_OK ? signet_store_commit(database->store) : status;
}

static enum exit_status bind_one(const struct database *database, const struct options *options,
                                 const struct signet_certificate *certificate)
{
    struct signet_report_options report = output_options(options, NULL);
    struct signet_binding binding;
    enum signet_status status = bind(database, options, certificate, &binding);

    if (status == SIGNET_ERR_ARGUMENT) {
        message_error("%s: is no mail address", options->files[0]);
        return EXIT_TROUBLE;
    }
    if (!database_told(database, status))
        return EXIT_TROUBLE;
    status = signet_report_binding(&binding, &report, output_sink());
    return output_told("bind", status) ? EXIT_DONE : EXIT_TROUBLE;
}

static enum exit_status add(const struct database *database, const struct options *options)
{
    static const enum exit_status statuses[] = {
        [NAMED_ONE] = EXIT_DONE, [NAMED_NONE] = EXIT_ABSENT, [NAMED_TROUBLE] = EXIT_TROUBLE};
    struct certificate_list list = {NULL, 0, 0};
    enum named_result result = certificate_list_find(&list, database, options->files[1]);
    enum exit_status status = statuses[result];

    if (result == NAMED_ONE && list.num > 1) {
        message_error("%s: holds %zu certificates; an address is bound to one at a time",
                      options->files[1], list.num);
        status = EXIT_TROUBLE;
    } else if (result == NAMED_ONE) {
        status = bind_one(database, options, list.items[0]);
    }
    certificate_list_free(&list);
    return status;
}

static enum exit_status take_away(const struct database *database, const struct options *options)
{
    struct named_object object = {.certificate = NULL};
    struct signet_span sha256 = {NULL, 0};
    enum named_result result = NAMED_ONE;
    size_t num = 0;

    if (options->num_files == 2) {
        result = named_object_find(&object, database, 1u << SIGNET_RECORD_CERTIFICATE,
                                   options->files[1]);
        sha256 = (struct signet_span){object.sha256, sizeof object.sha256};
    }
    named_object_free(&object);
    if (result != NAMED_ONE)
        return result == NAMED_NONE ? EXIT_ABSENT : EXIT_TROUBLE;
    if (!database_told(database,
                       signet_store_unbind(database->store, options->files[0], sha256, &num)))
        return EXIT_TROUBLE;
    if (num > 0)
        return EXIT_DONE;
    message_error("%s: nothing is bound to it", options->files[0]);
    return EXIT_ABSENT;
}

static bool has_words(const struct options *options)
{
    bool fit = options->remove_binding ? options->num_files <= 2 : options->num_files == 2;

    if (!fit)
        message_error("bind: usage: signet bind ADDRESS FINGERPRINT|FILE, or signet bind --remove "
                      "ADDRESS [FINGERPRINT]");
    return fit;
}

static enum exit_status run(struct options *options)
{
    struct database database = {.store = NULL};
    enum exit_status status = EXIT_TROUBLE;

    if (has_words(options) &&
        database_open(&database, options,
                      options->remove_binding ? SIGNET_STORE_WRITE : SIGNET_STORE_CREATE))
        status = options->remove_binding ? take_away(&database, options) : add(&database, options);
    database_close(&database);
    return status;
}

const struct verb verb_bind = {"bind", VERB_BIND, run, "[options] ADDRESS FINGERPRINT|FILE",
                               "say that a certificate belongs to an address, whatever it says"};
