/* SPDX-License-Identifier: Apache-2.0 */
#include "consent.h"

#include "message.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

bool consent_given(const struct options *options, const char *question)
{
    char answer[16];

    if (options->yes)
        return true;
    if (!isatty(STDIN_FILENO) || !isatty(STDERR_FILENO)) {
        message_error("to %s needs your consent: look at what is shown, then give --yes", question);
        return false;
    }
    fflush(stdout); /* what is asked about stands before the question */
    fprintf(stderr, "%s? [y/N] ", question);
    fflush(stderr);
    if (fgets(answer, sizeof answer, stdin) != NULL &&
        (strcmp(answer, "y\n") == 0 || strcmp(answer, "yes\n") == 0))
        return true;
    message_error("nothing was changed");
    return false;
}
