/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The process signet-fetch, as its parent sees it.
 */
#ifndef SG_FETCH_HELPER_H
#define SG_FETCH_HELPER_H

#include "fetch/frame_stream.h"

#include <sys/types.h>

struct sg_fetch_helper {
    pid_t pid;
    int fd; /* our end of the socket pair; -1: there is no helper */
    struct sg_inbox inbox;
    struct sg_outbox outbox;
};

void sg_fetch_helper_init(struct sg_fetch_helper *helper);
/*
 * Runs PROGRAM with an empty environment, the socket as its standard input and nothing else open
 * but standard error, and hands it RULES. 0, or an errno: it could not be started.
 */
SIGNET_MUST_CHECK int sg_fetch_helper_start(struct sg_fetch_helper *helper, const char *program,
                                            const struct signet_fetch_rules *rules);
/* Ends it, whatever it does, and leaves no zombie. */
void sg_fetch_helper_stop(struct sg_fetch_helper *helper);

#endif
