/* SPDX-License-Identifier: Apache-2.0 */
#include "input.h"
#include "message.h"
#include "output.h"
#include "verb.h"

static enum exit_status show_file(const struct options *options, const char *file)
{
    struct signet_report_options report = output_options(options, file);
    struct signet_parse_error error = {0, NULL, NULL};
    struct input input = {{NULL, 0}, NULL};
    enum signet_status status;
    bool all_read = false, unchanged;

    if (!input_open(&input, file))
        return EXIT_TROUBLE;
    status = signet_report_show(input.bytes, options->crl_entries, &report, output_sink(),
                                &all_read, &error);
    unchanged = input_is_unchanged(&input, file);
    input_close(&input);
    if (status == SIGNET_ERR_PARSE || (status == SIGNET_OK && !all_read))
        message_parse_error(file, &error);
    else if (status != SIGNET_OK && status != SIGNET_ERR_IO)
        message_status(file, status);
    return status == SIGNET_OK && all_read && unchanged ? EXIT_GOOD : EXIT_TROUBLE;
}

static enum exit_status run(struct options *options)
{
    enum exit_status worst = EXIT_GOOD;

    for (size_t i = 0; i < options->num_files; i++)
        worst = exit_worse(worst, show_file(options, options->files[i]));
    return worst;
}

const struct verb verb_show = {
    "show", VERB_SHOW, run, "[options] FILE...",
    "decode certificates, CRLs, attribute certificates, CMS objects and messages"};
