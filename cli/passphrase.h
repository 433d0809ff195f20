/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The passphrase of keys: from --passphrase-fd or --passphrase-file, else from the command that
 * signet.conf names, else asked for on a terminal without showing it. Never an argument, which
 * everybody on the machine can read.
 */
#ifndef CLI_PASSPHRASE_H
#define CLI_PASSPHRASE_H

#include "options.h"

struct passphrase {
    char *text; /* from malloc; NULL: not asked for yet */
    size_t len;
};

/* Asks once; what was got is kept. WHAT is what it is for, as the prompt names it; NEW asks twice.
 * False: there is none (told). */
bool passphrase_get(struct passphrase *passphrase, const struct options *options, const char *what,
                    bool new);

struct signet_span passphrase_span(const struct passphrase *passphrase);

/* Wipes it. */
void passphrase_free(struct passphrase *passphrase);

#endif
