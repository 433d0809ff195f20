/* SPDX-License-Identifier: Apache-2.0 */
/*
 * All keys that mail may be encrypted to: those in files, or every one that the database ever got.
 * Those of the database are opened when a message names them, not before.
 */
#ifndef CLI_KEY_RING_H
#define CLI_KEY_RING_H

#include "material.h"
#include "own_key.h"
#include "token_key.h"

struct ring_key; /* where a key's octets are */

struct key_ring {
    const struct options *options;
    struct material *material;
    struct signet_own_key *items; /* references */
    struct ring_key *stored;      /* as many */
    size_t num, cap;
    struct signet_key *file_key; /* of --key */
    bool locked;                 /* a key that is named could not be opened (told) */
    struct passphrase passphrase;
    struct own_keys keys; /* for opening one */
    struct token_access token;
};

/* From --pkcs12, or --key and --cert, else the database. False: told. To be closed in any case. */
bool key_ring_open(struct key_ring *ring, const struct options *options, struct material *material);
struct signet_own_keys key_ring_keys(struct key_ring *ring);
void key_ring_close(struct key_ring *ring);

#endif
