/* SPDX-License-Identifier: Apache-2.0 */
/* `signet decrypt`: opens encrypted mail, then judges what was inside. */
#include "input.h"
#include "key_ring.h"
#include "message.h"
#include "output.h"
#include "output_file.h"
#include "scratch.h"
#include "verb.h"

struct decrypting {
    struct options *options;
    struct material material;
    struct key_ring ring;
    const char *name;
};

static bool put_out(struct decrypting *decrypting, struct signet_span message)
{
    struct output_file file;
    struct signet_sink sink;
    bool good;

    if (!output_file_open(&file, decrypting->options->output, decrypting->options->overwrite, true))
        return false;
    sink = output_file_sink(&file);
    good = message.len == 0 || sink.write(sink.context, message);
    return output_file_close(&file, good) && good;
}

/* What the signatures inside are worth, on standard error: what was decrypted is on standard
 * output. Without scratch: nothing that was encrypted goes to a file that nobody asked for. */
static enum exit_status judge(struct decrypting *decrypting, struct signet_span message)
{
    struct signet_report_options report = output_options(decrypting->options, decrypting->name);
    struct material *material = &decrypting->material;
    struct signet_message_result *result;
    enum exit_status exit = EXIT_TROUBLE;
    enum signet_status status;

    status = signet_message_verify(material->context, message, material->pool,
                                   &decrypting->options->policy, NULL, &result);
    if (status == SIGNET_ERR_PARSE)
        return EXIT_NONE; /* empty */
    if (!output_told(decrypting->name, status))
        return EXIT_TROUBLE;
    status =
        retrieving_settle_message(&material->retrieving, material->context, material->pool, result);
    if (material_settled(material, status)) {
        report.sources = retrieving_sources(&material->retrieving, &report.num_sources);
        if (output_told(decrypting->name,
                        signet_report_message(result, &report, output_error_sink())))
            exit = exit_of_verdict(signet_message_result_verdict(result));
    }
    signet_message_result_free(result);
    return exit;
}

static enum exit_status tell(struct decrypting *decrypting,
                             const struct signet_decrypted *decrypted)
{
    struct signet_report_options report = output_options(decrypting->options, decrypting->name);

    if (!output_told(decrypting->name,
                     signet_report_decrypted(decrypted, &report, output_error_sink())))
        return EXIT_TROUBLE;
    if (signet_decrypted_outcome(decrypted) == SIGNET_DECRYPT_NONE)
        return EXIT_NONE;
    if (signet_decrypted_outcome(decrypted) != SIGNET_DECRYPT_OPENED)
        return EXIT_UNKNOWN;
    if (!put_out(decrypting, signet_decrypted_message(decrypted)))
        return EXIT_TROUBLE;
    return judge(decrypting, signet_decrypted_message(decrypted));
}

static enum exit_status open_message(struct decrypting *decrypting, struct signet_span message)
{
    struct signet_own_keys keys = key_ring_keys(&decrypting->ring);
    struct signet_decrypted *decrypted;
    enum signet_status status =
        signet_decrypt(decrypting->material.context, message, &keys, decrypting->material.pool,
                       &decrypting->options->policy, &scratch_file, &decrypted);
    enum exit_status exit;

    if (!output_told(decrypting->name, status))
        return EXIT_TROUBLE;
    exit = decrypting->ring.locked && signet_decrypted_outcome(decrypted) != SIGNET_DECRYPT_OPENED
               ? EXIT_TROUBLE /* told */
               : tell(decrypting, decrypted);
    signet_decrypted_free(decrypted);
    return exit;
}

static enum exit_status run(struct options *options)
{
    struct decrypting decrypting = {.options = options};
    struct input input = {{NULL, 0}, NULL};
    enum exit_status status = EXIT_TROUBLE;

    if (options->num_files > 1) {
        message_error("decrypt: one message at a time");
        return EXIT_TROUBLE;
    }
    decrypting.name = options->num_files > 0 ? options->files[0] : "-";
    if (!input_open(&input, decrypting.name))
        return EXIT_TROUBLE;
    if (material_open(&decrypting.material, options)) {
        if (key_ring_open(&decrypting.ring, options, &decrypting.material))
            status = open_message(&decrypting, input.bytes);
        key_ring_close(&decrypting.ring);
        material_remember(&decrypting.material);
    }
    material_close(&decrypting.material);
    if (!input_is_unchanged(&input, decrypting.name))
        status = EXIT_TROUBLE;
    input_close(&input);
    return status;
}

const struct verb verb_decrypt = {"decrypt", VERB_DECRYPT, run, "[options] [MESSAGE]",
                                  "decrypt mail with an own key, and judge what is inside"};
