/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a process of a crew does with its life.
 */
#ifndef CLI_CREW_WORKER_H
#define CLI_CREW_WORKER_H

#include "crew_process.h"

struct crew_worker {
    const struct crew_work *work;
    struct crew_queue *queue;
    size_t number; /* in QUEUE */
    struct octet_ring answers;
    int bell;
};

/* Opens, does tasks until there are no more, closes, and ends the process. */
_Noreturn void crew_worker_live(struct crew_worker *worker);

#endif
