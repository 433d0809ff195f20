/* SPDX-License-Identifier: Apache-2.0 */
#include "input.h"
#include "keeping.h"
#include "mbox.h"
#include "message.h"
#include "output.h"
#include "scratch.h"
#include "verb.h"

#include <stdio.h>
#include <string.h>

struct verifying {
    struct options *options;
    struct material material;
    struct input content;
    enum exit_status status;
};

static void judge(struct verifying *verifying, struct signet_span message, const char *name)
{
    const struct signet_message_options options = {.content = verifying->content.bytes,
                                                   .attributes = verifying->options->attributes,
                                                   .scratch = &scratch_file};
    struct signet_report_options report = output_options(verifying->options, name);
    struct signet_message_result *result;
    enum signet_status status;

    status = signet_message_verify(verifying->material.context, message, verifying->material.pool,
                                   &verifying->options->policy, &options, &result);
    if (status == SIGNET_OK) {
        status =
            retrieving_settle_message(&verifying->material.retrieving, verifying->material.context,
                                      verifying->material.pool, result);
        if (material_settled(&verifying->material, status))
            status = SIGNET_OK;
        else
            signet_message_result_free(result);
    }
    if (status != SIGNET_OK) {
        if (status == SIGNET_ERR_PARSE)
            message_error("%s: there is nothing to judge in it: it is empty",
                          strcmp(name, "-") == 0 ? "standard input" : name);
        else
            message_status(name, status);
        verifying->status = EXIT_TROUBLE;
        return;
    }
    verifying->status =
        exit_worse(verifying->status, exit_of_verdict(signet_message_result_verdict(result)));
    report.sources = retrieving_sources(&verifying->material.retrieving, &report.num_sources);
    status = signet_report_message(result, &report, output_sink());
    keeping_message(&verifying->material, verifying->options, result, name);
    signet_message_result_free(result);
    if (!output_told(name, status))
        verifying->status = EXIT_TROUBLE;
}

static void judge_mbox(struct verifying *verifying, struct signet_span bytes, const char *file)
{
    struct mbox mbox = mbox_begin(bytes);
    struct signet_span message;
    size_t num = 0;

    while (mbox_next(&mbox, &message)) {
        char name[4096];

        snprintf(name, sizeof name, "%s#%zu", file, ++num);
        judge(verifying, message, name);
        message_progress("judged", mbox.offset, bytes.len);
    }
}

static bool judge_file(void *context, const char *file)
{
    struct verifying *verifying = context;
    struct input input = {{NULL, 0}, NULL};

    if (!input_open(&input, file)) {
        verifying->status = EXIT_TROUBLE;
        return true;
    }
    if (verifying->options->recursive && mbox_is(input.bytes))
        judge_mbox(verifying, input.bytes, file);
    else
        judge(verifying, input.bytes, file);
    input_close(&input);
    return true;
}

static void judge_argument(struct verifying *verifying, const char *file)
{
    if (!input_is_directory(file)) {
        judge_file(verifying, file);
    } else if (!verifying->options->recursive) {
        message_error("%s: is a directory; --recursive judges all messages in it", file);
        verifying->status = EXIT_TROUBLE;
    } else if (!input_walk(file, true, judge_file, verifying)) {
        verifying->status = EXIT_TROUBLE;
    }
}

static enum exit_status run(struct options *options)
{
    struct verifying verifying = {.options = options, .status = EXIT_GOOD};

    if (options->content != NULL && !input_open(&verifying.content, options->content))
        return EXIT_TROUBLE;
    if (!material_open(&verifying.material, options)) {
        verifying.status = EXIT_TROUBLE;
    } else {
        material_warn_without_anchor(&verifying.material, options);
        for (size_t i = 0; i < options->num_files; i++) {
            message_progress("judged", i, options->num_files);
            judge_argument(&verifying, options->files[i]);
        }
        message_progress_end();
        material_remember(&verifying.material);
    }
    material_close(&verifying.material);
    input_close(&verifying.content);
    return verifying.status;
}

const struct verb verb_verify = {"verify", VERB_VERIFY, run, "[options] MESSAGE...",
                                 "judge signed mail and bare CMS objects"};
