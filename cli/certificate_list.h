/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Certificates that a command line names: by a file that holds them, or by a fingerprint of one in
 * the database.
 */
#ifndef CLI_CERTIFICATE_LIST_H
#define CLI_CERTIFICATE_LIST_H

#include "named_object.h"

struct certificate_list {
    struct signet_certificate **items; /* references */
    size_t num, cap;
};

/* Adds a reference. False: memory is out (not told). */
bool certificate_list_add(struct certificate_list *list,
                          const struct signet_certificate *certificate);

/* All of FILE, "-" for standard input. False: it cannot be read in full, or has none (told). */
bool certificate_list_read(struct certificate_list *list, const char *file);

/* WORD is the name of a file, else a fingerprint. DATABASE may be without a store. */
enum named_result certificate_list_find(struct certificate_list *list,
                                        const struct database *database, const char *word);

void certificate_list_free(struct certificate_list *list);

#endif
