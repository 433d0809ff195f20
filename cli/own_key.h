/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Private keys on their way into the database, encrypted under the passphrase that opened their
 * file.
 */
#ifndef CLI_OWN_KEY_H
#define CLI_OWN_KEY_H

#include "database.h"
#include "passphrase.h"

struct own_keys {
    const struct options *options;
    const struct database *database;
    struct passphrase *passphrase;
    const char *file; /* under way */
    const char *uri;  /* of the token that the key is in; NULL: it is encrypted and stored */
    signet_time since;
    size_t num_new, num_known, num_left; /* left: no certificate is there for it */
    bool failed;                         /* told */
};

/* CERTIFICATE NULL: any in the database that the key fits. */
enum signet_status own_key_store(struct own_keys *keys, const struct signet_key *key,
                                 const struct signet_certificate *certificate);

/* Nobody else can read or change FILE, which holds a private key (RFC 3850 5), as far as its mode
 * says. False: told. */
bool own_key_is_private(const char *file);

/* The private key in BYTES, a PKCS #8 or PEM file; none is SIGNET_OK and *FOUND false. What is
 * wrong is told, and gives SIGNET_ERR_PARSE. */
enum signet_status own_key_read(struct own_keys *keys, struct signet_span bytes, bool *found);

/* Opens with OPEN(CONTEXT, passphrase, &trouble): without a passphrase, then with the one that
 * there is or that is asked for, until it fits. */
enum signet_status own_key_open(struct own_keys *keys,
                                enum signet_status (*open)(void *context,
                                                           struct signet_span passphrase,
                                                           enum signet_key_trouble *trouble),
                                void *context, enum signet_key_trouble *trouble);

#endif
