/* SPDX-License-Identifier: Apache-2.0 */
#include "bundle_file.h"
#include "input.h"
#include "material.h"
#include "message.h"
#include "output.h"
#include "verb.h"

/* The first certificate of a file is the one asked for; all others in it may be intermediates. */
struct target {
    struct signet_certificate *certificate;
    struct signet_pool *pool;
};

struct judging {
    struct material *material;
    struct options *options;
    const char *file;
    const struct input *input; /* FILE */
    bool changed;              /* what MATERIAL rests on, while it was judged */
    enum exit_status status;
};

static enum signet_status take_certificate(void *context, struct signet_certificate *certificate)
{
    struct target *target = context;

    if (target->certificate == NULL) {
        target->certificate = signet_certificate_ref(certificate);
        return SIGNET_OK;
    }
    return signet_pool_add_certificate(target->pool, certificate);
}

static bool read_target(struct target *target, struct signet_span bytes, const char *file)
{
    const struct signet_bundle_callbacks callbacks = {.certificate = take_certificate,
                                                      .context = target};
    struct signet_parse_error error = {0, NULL, NULL};
    size_t num_bad = 0;
    enum signet_status status = signet_bundle_read(bytes, &callbacks, &num_bad, &error);

    return bundle_file_told_certificates(file, status, target->certificate != NULL, num_bad,
                                         &error);
}

static void judge(struct judging *judging, const struct target *target)
{
    struct material *material = judging->material;
    struct signet_report_options report = output_options(judging->options, judging->file);
    struct signet_path_result *result;
    enum signet_status status = signet_path_verify(
        material->context, target->certificate, target->pool, &judging->options->policy, &result);

    if (status == SIGNET_OK) {
        status =
            retrieving_settle_path(&material->retrieving, material->context, target->pool, result);
        if (material_settled(material, status))
            status = SIGNET_OK;
        else
            signet_path_result_free(result);
    }
    if (status != SIGNET_OK) {
        message_status(judging->file, status);
        return;
    }
    judging->changed = !material_is_unchanged(material);
    if (!judging->changed && input_is_unchanged(judging->input, judging->file)) {
        report.sources = retrieving_sources(&material->retrieving, &report.num_sources);
        if (output_told(judging->file, signet_report_path(result, &report, output_sink())))
            judging->status = exit_of_verdict(signet_path_result_verdict(result));
    }
    signet_path_result_free(result);
}

static void judge_once(struct judging *judging)
{
    struct target target = {NULL, signet_pool_new(judging->material->pool)};

    if (target.pool == NULL)
        message_status(judging->file, SIGNET_ERR_MEMORY);
    else if (read_target(&target, judging->input->bytes, judging->file))
        judge(judging, &target);
    signet_certificate_unref(target.certificate);
    signet_pool_free(target.pool);
}

/* Where the files that the verdict rests on were changed, nothing counts; once more with those
 * files in memory, it does. */
static enum exit_status judge_file(struct material *material, struct options *options,
                                   const char *file)
{
    struct input input = {{NULL, 0}, NULL};
    struct judging judging = {material, options, file, &input, false, EXIT_TROUBLE};

    if (!input_open(&input, file))
        return EXIT_TROUBLE;
    if (material_is_unchanged(material) || material_renew(material, options))
        judge_once(&judging);
    if (judging.changed && material_renew(material, options))
        judge_once(&judging);
    input_close(&input);
    return judging.status;
}

static enum exit_status run(struct options *options)
{
    struct material material;
    enum exit_status status = EXIT_GOOD;

    if (!material_open_in_place(&material, options)) {
        status = EXIT_TROUBLE;
    } else {
        material_warn_without_anchor(&material, options);
        for (size_t i = 0; i < options->num_files; i++)
            status = exit_worse(status, judge_file(&material, options, options->files[i]));
        material_remember(&material);
    }
    material_close(&material);
    return status;
}

const struct verb verb_path = {"path", VERB_PATH, run, "[options] CERTIFICATE...",
                               "build and validate a path from a certificate to an anchor"};
