/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The one object in the database that a fingerprint names.
 */
#ifndef CLI_NAMED_OBJECT_H
#define CLI_NAMED_OBJECT_H

#include "database.h"
#include "fingerprint.h"

struct named_object {
    enum signet_record_kind kind;
    uint8_t sha256[32];
    bool own, anchor;
    struct signet_certificate *certificate; /* a reference; NULL for other kinds */
};

enum named_result { NAMED_ONE, NAMED_NONE, NAMED_TROUBLE };

/* The one object of KINDS (as in a query) whose fingerprint TEXT begins. Others than NAMED_ONE are
 * told; of an ambiguous one also the candidates. */
enum named_result named_object_find(struct named_object *object, const struct database *database,
                                    unsigned kinds, const char *text);
void named_object_free(struct named_object *object);

#endif
