/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the verbs that sign have in common: a plan, what it lacks, and the writing when nothing
 * speaks against it.
 */
#ifndef CLI_SIGNING_H
#define CLI_SIGNING_H

#include "gather.h"
#include "own_set.h"
#include "verb.h"

struct signing {
    struct options *options;
    struct material material;
    struct own_set own;
    struct signet_attribute_certificate **attributes; /* references */
    size_t num_attributes;
};

/* False: told. To be closed in any case. */
bool signing_open(struct signing *signing, struct options *options);
void signing_close(struct signing *signing);

/* Signs MESSAGE, read from NAME, and writes it where --output says; or shows the plan. Nothing is
 * written when something speaks against it, which is told. */
enum exit_status signing_write(struct signing *signing, struct signet_span message,
                               const char *name);

/* The same into memory, whatever --output and --plan say. EXIT_DONE: SIGNED has it. */
enum exit_status signing_gather(struct signing *signing, struct signet_span message,
                                const char *name, struct gathered *signed_);

#endif
