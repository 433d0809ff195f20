/* SPDX-License-Identifier: Apache-2.0 */
#include "input.h"
#include "message.h"
#include "output.h"
#include "verb.h"

#include <stdlib.h>

/* The objects of one file, as references. */
struct objects {
    struct signet_certificate **certificates;
    size_t num_certificates, cap_certificates;
    struct signet_crl **crls;
    size_t num_crls, cap_crls;
};

/* Makes room for item NUM in a list of pointers. */
static bool grow(void **items, size_t num, size_t *cap)
{
    size_t wanted = *cap == 0 ? 16 : *cap * 2;
    void *grown;

    if (num < *cap)
        return true;
    grown = reallocarray(*items, wanted, sizeof(void *));
    if (grown == NULL)
        return false;
    *items = grown;
    *cap = wanted;
    return true;
}

static enum signet_status take_certificate(void *context, struct signet_certificate *certificate)
{
    struct objects *objects = context;
    void *items = objects->certificates;

    if (!grow(&items, objects->num_certificates, &objects->cap_certificates))
        return SIGNET_ERR_MEMORY;
    objects->certificates = items;
    objects->certificates[objects->num_certificates++] = signet_certificate_ref(certificate);
    return SIGNET_OK;
}

static enum signet_status take_crl(void *context, struct signet_crl *crl)
{
    struct objects *objects = context;
    void *items = objects->crls;

    if (!grow(&items, objects->num_crls, &objects->cap_crls))
        return SIGNET_ERR_MEMORY;
    objects->crls = items;
    objects->crls[objects->num_crls++] = signet_crl_ref(crl);
    return SIGNET_OK;
}

static void objects_free(struct objects *objects)
{
    for (size_t i = 0; i < objects->num_certificates; i++)
        signet_certificate_unref(objects->certificates[i]);
    for (size_t i = 0; i < objects->num_crls; i++)
        signet_crl_unref(objects->crls[i]);
    free(objects->certificates);
    free(objects->crls);
}

static enum exit_status lint_objects(const struct options *options, const char *file,
                                     const struct objects *objects)
{
    const struct signet_lint_input input = {
        .certificates = (const struct signet_certificate *const *)objects->certificates,
        .num_certificates = objects->num_certificates,
        .crls = (const struct signet_crl *const *)objects->crls,
        .num_crls = objects->num_crls,
        .rules = options->lint_rules,
    };
    struct signet_report_options report = output_options(options, file);
    struct signet_lint_result *result;
    enum signet_status status = signet_lint_run(&input, &result);
    enum exit_status outcome = EXIT_TROUBLE;

    if (status == SIGNET_OK) {
        outcome = signet_lint_count(result, SIGNET_SEVERITY_ERROR) > 0 ? EXIT_BAD : EXIT_GOOD;
        status = signet_report_lint(result, &report, output_sink());
        signet_lint_free(result);
    }
    return output_told(file, status) ? outcome : EXIT_TROUBLE;
}

static enum exit_status lint_file(const struct options *options, const char *file)
{
    struct signet_parse_error error = {0, NULL, NULL};
    struct objects objects = {.certificates = NULL};
    const struct signet_bundle_callbacks callbacks = {
        .certificate = take_certificate, .crl = take_crl, .context = &objects, .bytes_stay = true};
    struct input input = {{NULL, 0}, NULL};
    enum exit_status outcome = EXIT_TROUBLE;
    enum signet_status status;
    size_t num_bad = 0;

    if (!input_open(&input, file))
        return EXIT_TROUBLE;
    status = signet_bundle_read(input.bytes, &callbacks, &num_bad, &error);
    if (status == SIGNET_ERR_PARSE || (status == SIGNET_OK && num_bad > 0))
        message_parse_error(file, &error);
    else if (status != SIGNET_OK)
        message_status(file, status);
    if (status == SIGNET_OK && objects.num_certificates + objects.num_crls > 0)
        outcome = lint_objects(options, file, &objects);
    else if (status == SIGNET_OK && num_bad == 0)
        message_error("%s: there is neither a certificate nor a CRL in it", file);
    if (!input_is_unchanged(&input, file))
        outcome = EXIT_TROUBLE;
    objects_free(&objects);
    input_close(&input);
    return num_bad > 0 ? EXIT_TROUBLE : outcome;
}

static enum exit_status run(struct options *options)
{
    enum exit_status worst = EXIT_GOOD;

    for (size_t i = 0; i < options->num_files; i++)
        worst = exit_worse(worst, lint_file(options, options->files[i]));
    return worst;
}

const struct verb verb_lint = {
    "lint", VERB_LINT, run, "[options] FILE...",
    "tell which rules of PKIX, S/MIME and CAs a certificate, CRL or chain breaks"};
