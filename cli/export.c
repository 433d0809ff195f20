/* SPDX-License-Identifier: Apache-2.0 */
#include "collection.h"
#include "export_pkcs12.h"
#include "message.h"
#include "output.h"
#include "output_file.h"
#include "verb.h"

#include <string.h>
#include <strings.h>
#include <unistd.h>

struct exporting {
    struct options *options;
    struct database database;
    struct collection collection;
};

static enum export_form form_by_name(const char *file)
{
    static const struct {
        const char *ending;
        enum export_form form;
    } endings[] = {
        {".p7c", FORM_P7C},  {".p7b", FORM_P7C}, {".p7m", FORM_P7C}, {".pem", FORM_PEM},
        {".crt", FORM_PEM},  {".der", FORM_DER}, {".cer", FORM_DER}, {".crl", FORM_DER},
        {".eml", FORM_MIME}, {".p12", FORM_P12}, {".pfx", FORM_P12},
    };
    const char *dot = file == NULL ? NULL : strrchr(file, '.');

    for (size_t i = 0; dot != NULL && i < sizeof endings / sizeof *endings; i++)
        if (strcasecmp(dot, endings[i].ending) == 0)
            return endings[i].form;
    return FORM_PEM;
}

static enum signet_status write_bundle(const struct exporting *exporting, enum export_form form,
                                       const struct signet_sink *sink)
{
    static const enum signet_bundle_form forms[] = {
        [FORM_P7C] = SIGNET_BUNDLE_CERTS_ONLY,
        [FORM_P7C_PEM] = SIGNET_BUNDLE_CERTS_ONLY_PEM,
        [FORM_MIME] = SIGNET_BUNDLE_CERTS_ONLY_MIME,
        [FORM_PEM] = SIGNET_BUNDLE_PEM,
        [FORM_DER] = SIGNET_BUNDLE_DER,
    };
    const struct collection *collection = &exporting->collection;
    const struct signet_bundle bundle = {
        .certificates = (const struct signet_certificate *const *)collection->certificates,
        .num_certificates = collection->num_certificates,
        .crls = (const struct signet_crl *const *)collection->crls,
        .num_crls = collection->num_crls,
        .attribute_certificates =
            (const struct signet_attribute_certificate *const *)collection->attribute_certificates,
        .num_attribute_certificates = collection->num_attribute_certificates,
    };
    const char *refusal = NULL;
    enum signet_status status = signet_bundle_write(&bundle, forms[form], sink, &refusal);

    if (status == SIGNET_ERR_ARGUMENT)
        message_error("export: %s", refusal);
    else
        output_told("export", status);
    return status;
}

static bool collect(struct exporting *exporting, enum export_form form, size_t *num)
{
    const struct options *options = exporting->options;
    struct collection *collection = &exporting->collection;
    struct selector selector;

    if (!selector_make(&selector, options->num_files == 0 ? NULL : options->files[0], options))
        return false;
    if (!selector.by_fingerprint)
        selector.query.kinds = 1u << SIGNET_RECORD_CERTIFICATE;
    if (form == FORM_P12)
        selector.query.own = true;
    collection->database = &exporting->database;
    return collection_select(collection, &selector, num) &&
           ((!options->chain && form != FORM_P12) || collection_add_chains(collection)) &&
           (!options->with_crls || collection_add_crls(collection)) &&
           collection_read_crls(collection);
}

static bool is_fit_for_output(const struct options *options, enum export_form form)
{
    bool binary = form == FORM_P7C || form == FORM_DER || form == FORM_P12;
    bool to_stdout = options->output == NULL || strcmp(options->output, "-") == 0;

    if (!binary || !to_stdout || !isatty(STDOUT_FILENO))
        return true;
    message_error("export: this form is not for a terminal; name a file with --output FILE");
    return false;
}

static enum exit_status write_out(struct exporting *exporting, enum export_form form)
{
    const struct options *options = exporting->options;
    struct output_file file;
    struct signet_sink sink;
    enum signet_status status;

    if (!is_fit_for_output(options, form) ||
        !output_file_open(&file, options->output, options->force, form == FORM_P12))
        return EXIT_TROUBLE;
    sink = output_file_sink(&file);
    status = form == FORM_P12 ? export_pkcs12(options, &exporting->collection, &sink)
                              : write_bundle(exporting, form, &sink);
    if (status == SIGNET_ERR_IO && file.name != NULL)
        message_error("%s: cannot be written", file.name);
    if (!output_file_close(&file, status == SIGNET_OK) || status != SIGNET_OK)
        return EXIT_TROUBLE;
    return EXIT_DONE;
}

static void say_summary(const struct exporting *exporting)
{
    const struct options *options = exporting->options;
    const struct signet_report_member members[] = {
        {"output", options->output, 0},
        {"certificates", NULL, (int64_t)exporting->collection.num_certificates},
        {"crls", NULL, (int64_t)exporting->collection.num_crls},
        {"attribute_certificates", NULL, (int64_t)exporting->collection.num_attribute_certificates},
    };

    if (options->output == NULL || strcmp(options->output, "-") == 0)
        return;
    if (options->json) {
        /* A failure stays with the stream, and is told at the end. */
        enum signet_status ignored = signet_report_members(members, 4, output_sink());

        (void)ignored;
        return;
    }
    output_line("%s: %zu certificate%s, %zu CRL%s", options->output,
                exporting->collection.num_certificates,
                exporting->collection.num_certificates == 1 ? "" : "s",
                exporting->collection.num_crls, exporting->collection.num_crls == 1 ? "" : "s");
}

static enum exit_status export_found(struct exporting *exporting)
{
    const struct options *options = exporting->options;
    enum export_form form =
        options->form == FORM_UNSAID ? form_by_name(options->output) : options->form;
    enum exit_status status;
    size_t num = 0;

    if (exporting->database.store != NULL && !collect(exporting, form, &num))
        return EXIT_TROUBLE;
    if (num == 0) {
        message_error("export: nothing in the database fits%s",
                      form == FORM_P12 ? ", and has its private key there" : "");
        return EXIT_ABSENT;
    }
    status = write_out(exporting, form);
    if (status == EXIT_DONE)
        say_summary(exporting);
    return status;
}

static enum exit_status run(struct options *options)
{
    struct exporting exporting = {.options = options};
    enum exit_status status = EXIT_TROUBLE;

    if (options->num_files > 1)
        message_error("export: one ADDRESS, TEXT or FINGERPRINT at a time");
    else if (database_open_if_any(&exporting.database, options, SIGNET_STORE_READ, true))
        status = export_found(&exporting);
    collection_free(&exporting.collection);
    database_close(&exporting.database);
    return status;
}

const struct verb verb_export = {"export", VERB_EXPORT, run, "[options] [ADDRESS|TEXT|FINGERPRINT]",
                                 "write certificates, whole chains and CRLs for other programs"};
