/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Private keys in tokens. The PIN comes from where passphrases come from, or from the file that the
 * URI's pin-source names; a wrong one is tried once in the life of the program.
 */
#ifndef CLI_TOKEN_KEY_H
#define CLI_TOKEN_KEY_H

#include "passphrase.h"

/* Must outlive the keys that were opened with it: some want their PIN at each use. */
struct token_access {
    struct passphrase pin;
    bool wrong; /* a token would not have it: it is given to none any more */
    const struct options *options;
};

/* The key that URI names; to be given back. NULL: told. */
struct signet_key *token_key_open(struct token_access *access, const struct options *options,
                                  const char *uri);

/* Tells the certificates of the token that URI speaks of that are for KEY. False: told, or the
 * status that TAKER gave is in *STATUS. */
bool token_key_certificates(struct token_access *access, const struct options *options,
                            const char *uri, const struct signet_key *key,
                            enum signet_status (*taker)(void *context,
                                                        struct signet_certificate *certificate),
                            void *context, enum signet_status *status);

void token_access_free(struct token_access *access); /* a zeroed one is legal */

#endif
