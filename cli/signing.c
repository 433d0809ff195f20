/* SPDX-License-Identifier: Apache-2.0 */
#include "signing.h"

#include "bundle_file.h"
#include "message.h"
#include "output.h"
#include "output_file.h"

#include <stdlib.h>

/* --- attribute certificates */

static enum signet_status take_attributes(void *context,
                                          struct signet_attribute_certificate *certificate)
{
    struct signing *signing = context;
    struct signet_attribute_certificate **grown = realloc(
        (void *)signing->attributes, (signing->num_attributes + 1) * sizeof(*signing->attributes));

    if (grown == NULL)
        return SIGNET_ERR_MEMORY;
    signing->attributes = grown;
    grown[signing->num_attributes++] = signet_attribute_certificate_ref(certificate);
    return SIGNET_OK;
}

static bool read_attributes(struct signing *signing, const char *file)
{
    const struct signet_bundle_callbacks callbacks = {.attribute_certificate = take_attributes,
                                                      .context = signing};
    struct signet_parse_error error = {0, "an attribute certificate", NULL};
    size_t num_bad = 0, num_before = signing->num_attributes;
    enum signet_status status = bundle_file_read(file, &callbacks, &num_bad, &error);

    if (status == SIGNET_OK && signing->num_attributes == num_before)
        status = SIGNET_ERR_PARSE;
    return bundle_file_told(file, status, &error);
}

bool signing_open(struct signing *signing, struct options *options)
{
    *signing = (struct signing){.options = options};
    if (!material_open(&signing->material, options))
        return false;
    for (size_t i = 0; i < options->attribute_files.num; i++)
        if (!read_attributes(signing, options->attribute_files.items[i]))
            return false;
    return own_set_open(&signing->own, options, &signing->material);
}

void signing_close(struct signing *signing)
{
    own_set_close(&signing->own);
    material_close(&signing->material);
    for (size_t i = 0; i < signing->num_attributes; i++)
        signet_attribute_certificate_unref(signing->attributes[i]);
    free((void *)signing->attributes);
}

/* --- planning */

static struct signet_sign_options wishes(const struct signing *signing)
{
    static const enum signet_sign_form forms[2][2] = {{SIGNET_SIGN_CLEAR, SIGNET_SIGN_OPAQUE},
                                                      {SIGNET_SIGN_BARE, SIGNET_SIGN_BARE_OPAQUE}};
    const struct options *options = signing->options;
    struct signet_sign_options wishes = options->sign;

    wishes.form = forms[options->bare][options->opaque];
    wishes.time = SIGNET_TIME_UNKNOWN;
    wishes.attribute_certificates =
        (const struct signet_attribute_certificate *const *)signing->attributes;
    wishes.num_attribute_certificates = signing->num_attributes;
    return wishes;
}

/* NULL: told. */
static struct signet_sign_plan *make_plan(struct signing *signing, struct signet_span message,
                                          const char *name)
{
    struct material *material = &signing->material;
    const struct signet_sign_options options = wishes(signing);
    struct signet_sign_plan *plan = NULL;
    struct signet_send_error error = {{0}};
    enum signet_status status =
        signet_sign_plan_new(material->context, message, signing->own.items, signing->own.num,
                             material->pool, &signing->options->policy, &options, &plan, &error);

    if (status == SIGNET_OK) {
        status =
            retrieving_settle_sign(&material->retrieving, material->context, material->pool, plan);
        if (material_settled(material, status))
            return plan;
        signet_sign_plan_free(plan);
    }
    if (error.text[0] != '\0')
        message_error("%s: %s", name, error.text);
    else
        message_status(name, status);
    return NULL;
}

static bool report(struct signing *signing, const struct signet_sign_plan *plan, const char *name,
                   const struct signet_sink *sink)
{
    struct signet_report_options options = output_options(signing->options, name);
    enum signet_status status;

    options.sources = retrieving_sources(&signing->material.retrieving, &options.num_sources);
    status = signet_report_sign_plan(plan, &options, sink);
    if (status != SIGNET_OK && status != SIGNET_ERR_IO)
        message_status(name, status);
    return status == SIGNET_OK;
}

/* --- writing */

static void warn_of_forced(const struct signet_sign_plan *plan)
{
    struct signet_findings findings = signet_sign_plan_findings(plan);

    for (size_t i = 0; i < findings.num; i++)
        if (findings.items[i].effect > SIGNET_VERDICT_GOOD)
            message_warning("%s", findings.items[i].text);
}

static enum exit_status write_signed(struct signing *signing, struct signet_sign_plan *plan,
                                     const char *name)
{
    const struct options *options = signing->options;
    size_t num;
    struct signet_key *key =
        own_set_key(&signing->own, signet_sign_plan_candidates(plan, &num)->certificate);
    struct output_file file;
    struct signet_sink sink;
    enum signet_status status;

    if (key == NULL)
        return EXIT_TROUBLE;
    if (!output_file_open(&file, options->output, options->overwrite, false)) {
        signet_key_unref(key);
        return EXIT_TROUBLE;
    }
    sink = output_file_sink(&file);
    status = signet_sign_plan_write(plan, key, &sink);
    signet_key_unref(key);
    if (status == SIGNET_ERR_CRYPTO)
        message_error("%s: the private key could not be used", name);
    else if (status != SIGNET_OK && status != SIGNET_ERR_IO)
        message_status(name, status);
    if (!output_file_close(&file, status == SIGNET_OK) || status != SIGNET_OK)
        return EXIT_TROUBLE;
    warn_of_forced(plan);
    return EXIT_DONE;
}

static enum exit_status carry_out(struct signing *signing, struct signet_sign_plan *plan,
                                  const char *name)
{
    bool ready = signet_sign_plan_ready(plan);

    if (signing->options->plan) {
        if (!report(signing, plan, name, output_sink()))
            return EXIT_TROUBLE;
        return ready ? EXIT_DONE : exit_of_verdict(signet_sign_plan_verdict(plan));
    }
    if (ready)
        return write_signed(signing, plan, name);
    message_error("%s: nothing is signed, as a recipient would not believe it:", name);
    return report(signing, plan, name, output_error_sink())
               ? exit_of_verdict(signet_sign_plan_verdict(plan))
               : EXIT_TROUBLE;
}

enum exit_status signing_write(struct signing *signing, struct signet_span message,
                               const char *name)
{
    struct signet_sign_plan *plan = make_plan(signing, message, name);
    enum exit_status status = plan != NULL ? carry_out(signing, plan, name) : EXIT_TROUBLE;

    signet_sign_plan_free(plan);
    material_remember(&signing->material);
    return status;
}

/* --- for what goes on with it */

static enum exit_status gather(struct signing *signing, struct signet_sign_plan *plan,
                               const char *name, struct gathered *signed_)
{
    size_t num;
    struct signet_key *key =
        own_set_key(&signing->own, signet_sign_plan_candidates(plan, &num)->certificate);
    const struct signet_sink sink = gathered_sink(signed_);
    enum signet_status status;

    if (key == NULL)
        return EXIT_TROUBLE;
    status = signet_sign_plan_write(plan, key, &sink);
    signet_key_unref(key);
    if (status == SIGNET_ERR_CRYPTO)
        message_error("%s: the private key could not be used", name);
    else if (status != SIGNET_OK)
        message_status(name, status == SIGNET_ERR_IO ? SIGNET_ERR_MEMORY : status);
    return status == SIGNET_OK ? EXIT_DONE : EXIT_TROUBLE;
}

enum exit_status signing_gather(struct signing *signing, struct signet_span message,
                                const char *name, struct gathered *signed_)
{
    struct signet_sign_plan *plan = make_plan(signing, message, name);
    enum exit_status status = EXIT_TROUBLE;

    if (plan != NULL && signet_sign_plan_ready(plan)) {
        status = gather(signing, plan, name, signed_);
    } else if (plan != NULL) {
        message_error("%s: nothing is signed, as a recipient would not believe it:", name);
        if (report(signing, plan, name, output_error_sink()))
            status = EXIT_BAD;
    }
    signet_sign_plan_free(plan);
    return status;
}
