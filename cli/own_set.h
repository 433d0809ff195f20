/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The user's own certificates that could sign, and the key of the one that does.
 */
#ifndef CLI_OWN_SET_H
#define CLI_OWN_SET_H

#include "material.h"
#include "own_key.h"
#include "token_key.h"

struct own_set {
    const struct options *options;
    struct material *material;
    const struct signet_certificate **items; /* references */
    size_t num, cap;
    struct signet_key *key; /* from a file; NULL: keys are in the database */
    struct passphrase passphrase;
    struct own_keys keys; /* for opening one */
    struct token_access token;
};

/*
 * From --pkcs12, or --key and --cert, else those in the database whose keys are there, of which
 * --signer names one. What else is in the files goes into the pool. False: told.
 */
bool own_set_open(struct own_set *set, const struct options *options, struct material *material);
void own_set_close(struct own_set *set); /* a zeroed one is legal */

/* The key of CERTIFICATE; to be given back. NULL: told. */
struct signet_key *own_set_key(struct own_set *set, const struct signet_certificate *certificate);

#endif
