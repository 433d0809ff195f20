/* SPDX-License-Identifier: Apache-2.0 */
/* `signet encrypt`: encrypts a mail to proven certificates of all its recipients, or says why not.
 */
#include "certificate_list.h"
#include "input.h"
#include "message.h"
#include "output.h"
#include "output_file.h"
#include "recipient_lookup.h"
#include "signing.h"

#include <stdlib.h>

struct encrypting {
    struct options *options;
    struct signing signing;    /* with --sign */
    struct material *material; /* the signer's, or OWN */
    struct material own;
    struct certificate_list certificates; /* given, and looked up */
    struct recipient_lookup lookup;       /* with --fetch */
    const char *name;
};

/* --- planning */

static bool wishes(struct encrypting *encrypting, struct strings *to,
                   struct signet_encrypt_options *wishes)
{
    const struct options *options = encrypting->options;

    for (size_t i = 0; i < options->to.num; i++)
        if (!strings_add(to, options->to.items[i]))
            return false;
    for (size_t i = 0; i < options->only_to.num; i++)
        if (!strings_add(to, options->only_to.items[i]))
            return false;
    *wishes = options->encrypt;
    wishes->only_given = options->only_to.num > 0;
    wishes->to = to->items;
    wishes->num_to = to->num;
    wishes->certificates = (const struct signet_certificate *const *)encrypting->certificates.items;
    wishes->num_certificates = encrypting->certificates.num;
    return true;
}

static enum signet_status plan_anew(struct encrypting *encrypting, struct signet_span message,
                                    struct strings *to, struct signet_encrypt_plan **plan,
                                    struct signet_send_error *error)
{
    const struct material *material = encrypting->material;
    struct signet_encrypt_options options;

    signet_encrypt_plan_free(*plan);
    *plan = NULL;
    to->num = 0;
    if (!wishes(encrypting, to, &options))
        return SIGNET_ERR_MEMORY;
    return signet_encrypt_plan_new(material->context, message, material->database.store,
                                   material->pool, &encrypting->options->policy, &options, plan,
                                   error);
}

/* Who lacks a certificate is looked up where the user wishes so. */
static enum signet_status complete(struct encrypting *encrypting, struct signet_span message,
                                   struct strings *to, struct signet_encrypt_plan **plan,
                                   struct signet_send_error *error)
{
    struct material *material = encrypting->material;
    size_t num_before = encrypting->certificates.num;
    enum signet_status status = SIGNET_OK;

    if (encrypting->options->fetch && material->retrieving.retriever != NULL)
        status = recipient_lookup_run(&encrypting->lookup, *plan, material,
                                      &encrypting->options->policy, &encrypting->certificates);
    if (status == SIGNET_OK && encrypting->certificates.num > num_before)
        status = plan_anew(encrypting, message, to, plan, error);
    if (status != SIGNET_OK)
        return status;
    return retrieving_settle_encrypt(&material->retrieving, material->context,
                                     signet_encrypt_plan_pool(*plan), *plan);
}

/* NULL: told. The plan borrows TO. */
static struct signet_encrypt_plan *make_plan(struct encrypting *encrypting,
                                             struct signet_span message, struct strings *to)
{
    struct signet_encrypt_plan *plan = NULL;
    struct signet_send_error error = {{0}};
    enum signet_status status = plan_anew(encrypting, message, to, &plan, &error);

    if (status == SIGNET_OK) {
        status = complete(encrypting, message, to, &plan, &error);
        if (material_settled(encrypting->material, status))
            return plan;
    }
    signet_encrypt_plan_free(plan);
    if (error.text[0] != '\0')
        message_error("%s: %s", encrypting->name, error.text);
    else
        message_status(encrypting->name, status);
    return NULL;
}

static bool report(struct encrypting *encrypting, const struct signet_encrypt_plan *plan,
                   const struct signet_sink *sink)
{
    struct signet_report_options options = output_options(encrypting->options, encrypting->name);
    enum signet_status status;

    options.sources = retrieving_sources(&encrypting->material->retrieving, &options.num_sources);
    status = recipient_lookup_tell(&encrypting->lookup, &options)
                 ? signet_report_encrypt_plan(plan, &options, sink)
                 : SIGNET_ERR_MEMORY;
    return output_told(encrypting->name, status);
}

/* --- writing */

static void warn(const struct signet_encrypt_plan *plan)
{
    struct signet_findings findings = signet_encrypt_plan_findings(plan);

    for (size_t i = 0; i < findings.num; i++)
        if (findings.items[i].effect > SIGNET_VERDICT_GOOD)
            message_warning("%s", findings.items[i].text);
}

static enum exit_status write_encrypted(struct encrypting *encrypting,
                                        struct signet_encrypt_plan *plan)
{
    const struct options *options = encrypting->options;
    struct output_file file;
    struct signet_sink sink;
    enum signet_status status;

    if (!output_file_open(&file, options->output, options->overwrite, false))
        return EXIT_TROUBLE;
    sink = output_file_sink(&file);
    status = signet_encrypt_plan_write(plan, &sink);
    output_told(encrypting->name, status);
    if (!output_file_close(&file, status == SIGNET_OK) || status != SIGNET_OK)
        return EXIT_TROUBLE;
    warn(plan);
    return EXIT_DONE;
}

static enum exit_status carry_out(struct encrypting *encrypting, struct signet_encrypt_plan *plan)
{
    bool ready = signet_encrypt_plan_ready(plan);

    if (encrypting->options->plan) {
        if (!report(encrypting, plan, output_sink()))
            return EXIT_TROUBLE;
        return ready ? EXIT_DONE : EXIT_BAD;
    }
    if (ready)
        return write_encrypted(encrypting, plan);
    message_error("%s: nothing is encrypted, and nothing written:", encrypting->name);
    return report(encrypting, plan, output_error_sink()) ? EXIT_BAD : EXIT_TROUBLE;
}

static enum exit_status encrypt(struct encrypting *encrypting, struct signet_span message)
{
    struct strings to = {NULL, 0, 0};
    struct signet_encrypt_plan *plan = make_plan(encrypting, message, &to);
    enum exit_status status = plan == NULL ? EXIT_TROUBLE : carry_out(encrypting, plan);

    signet_encrypt_plan_free(plan);
    material_remember(encrypting->material);
    free(to.items);
    return status;
}

/* RFC 8551 3.7: what is signed inside is seen only by those who can read it. */
static enum exit_status sign_and_encrypt(struct encrypting *encrypting, struct signet_span message)
{
    struct gathered signed_ = {NULL, 0, 0};
    enum exit_status status =
        signing_gather(&encrypting->signing, message, encrypting->name, &signed_);

    if (status == EXIT_DONE)
        status = encrypt(encrypting, gathered_span(&signed_));
    gathered_free(&signed_);
    return status;
}

/* --- all of it */

static bool open_material(struct encrypting *encrypting)
{
    struct options *options = encrypting->options;

    if (!options->sign_first && (options->key != NULL || options->pkcs12 != NULL)) {
        message_error("encrypt: --key and --pkcs12 say who signs; --sign signs");
        return false;
    }
    if (options->sign_first) {
        encrypting->material = &encrypting->signing.material;
        return signing_open(&encrypting->signing, options);
    }
    encrypting->material = &encrypting->own;
    return material_open(&encrypting->own, options);
}

/* What is looked up is to be kept, as by `signet fetch`. */
static void open_keeping(struct encrypting *encrypting)
{
    const struct options *options = encrypting->options;

    if (options->fetch && !options->no_store && encrypting->material->database.store == NULL)
        (void)material_create_database(encrypting->material, options);
}

static bool open_all(struct encrypting *encrypting)
{
    const struct strings *files = &encrypting->options->recipient_certs;

    if (!open_material(encrypting))
        return false;
    open_keeping(encrypting);
    for (size_t i = 0; i < files->num; i++)
        if (!certificate_list_read(&encrypting->certificates, files->items[i]))
            return false;
    return true;
}

static void close_all(struct encrypting *encrypting)
{
    recipient_lookup_free(&encrypting->lookup);
    if (encrypting->options->sign_first)
        signing_close(&encrypting->signing);
    else
        material_close(&encrypting->own);
    certificate_list_free(&encrypting->certificates);
}

static enum exit_status run(struct options *options)
{
    struct encrypting encrypting = {.options = options};
    struct input input = {{NULL, 0}, NULL};
    enum exit_status status = EXIT_TROUBLE;

    if (options->num_files > 1) {
        message_error("encrypt: one message at a time");
        return EXIT_TROUBLE;
    }
    recipient_lookup_init(&encrypting.lookup);
    encrypting.name = options->num_files > 0 ? options->files[0] : "-";
    if (!input_open_secret(&input, encrypting.name))
        return EXIT_TROUBLE;
    if (open_all(&encrypting))
        status = options->sign_first ? sign_and_encrypt(&encrypting, input.bytes)
                                     : encrypt(&encrypting, input.bytes);
    close_all(&encrypting);
    if (!input_is_unchanged(&input, encrypting.name))
        status = EXIT_TROUBLE;
    input_close(&input);
    return status;
}

const struct verb verb_encrypt = {"encrypt", VERB_ENCRYPT, run, "[options] [MESSAGE]",
                                  "encrypt mail to proven certificates of all recipients"};
