/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the user wants of the database: ADDRESS, TEXT or FINGERPRINT, and the options that narrow it
 * down.
 */
#ifndef CLI_SELECTOR_H
#define CLI_SELECTOR_H

#include "database.h"
#include "fingerprint.h"

struct selector {
    struct signet_store_query query;
    struct fingerprint fingerprint;
    bool by_fingerprint;
    const char *issuer; /* text within the issuer's name; NULL for any */
    uint8_t serial[64], key_id[64];
};

/* WORD may be NULL. A selector must not be moved: its query borrows from it. False: an option is
 * not what it should be (told). */
bool selector_make(struct selector *selector, const char *word, const struct options *options);

/* WORD is meant as a mail address. */
bool selector_is_address(const char *word);

/* Walks what is selected. *NUM: so much was. What cannot be read is told. */
bool selector_walk(const struct selector *selector, const struct database *database,
                   signet_record_taker *take, void *context, size_t *num);

#endif
