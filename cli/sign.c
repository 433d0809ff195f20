/* SPDX-License-Identifier: Apache-2.0 */
/* `signet sign`: signs a mail or a file as recipients will believe it, or says why not. */
#include "input.h"
#include "message.h"
#include "signing.h"

static enum exit_status run(struct options *options)
{
    const char *name = options->num_files > 0 ? options->files[0] : "-";
    struct input input = {{NULL, 0}, NULL};
    struct signing signing;
    enum exit_status status = EXIT_TROUBLE;

    if (options->num_files > 1) {
        message_error("sign: one message at a time");
        return EXIT_TROUBLE;
    }
    if (!input_open(&input, name))
        return EXIT_TROUBLE;
    if (signing_open(&signing, options))
        status = signing_write(&signing, input.bytes, name);
    signing_close(&signing);
    if (!input_is_unchanged(&input, name))
        status = EXIT_TROUBLE;
    input_close(&input);
    return status;
}

const struct verb verb_sign = {"sign", VERB_SIGN, run, "[options] [MESSAGE]",
                               "sign a mail or a file with an own certificate"};
