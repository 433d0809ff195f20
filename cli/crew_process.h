/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One process of a crew: started by fork, fed with tasks through one pipe, answering through
 * another. Both ends are the same program, so records are what memory holds.
 */
#ifndef CLI_CREW_PROCESS_H
#define CLI_CREW_PROCESS_H

#include "crew.h"

#include <sys/types.h>

struct crew_process {
    pid_t id;
    int tasks, answers; /* the ends that are ours; -1: closed */
};

/* What one task, or opening or closing, gave. */
struct crew_answer {
    enum exit_status status;
    char *said; /* OUT_LEN octets for standard output, then ERROR_LEN for standard error */
    size_t out_len, error_len;
};

/* BEFORE are the NUM_BEFORE processes that run already, whose pipes are not the new one's. False:
 * errno says why. */
bool crew_process_start(struct crew_process *process, const struct crew_work *work,
                        const struct crew_process *before, size_t num_before);

/* False: it is not there any more. */
bool crew_process_give(const struct crew_process *process, const struct task *task);

/* The next answer: first that of opening (status EXIT_GOOD or EXIT_TROUBLE), then one for each
 * task, and one of closing after crew_process_end. SAID is to be freed. False: it is not there any
 * more, or memory is out. */
bool crew_process_take(const struct crew_process *process, struct crew_answer *answer);

/* There are no more tasks. */
void crew_process_end(struct crew_process *process);

/* Waits until it is gone. 0, or the number of the signal that ended it. */
int crew_process_wait(struct crew_process *process);

#endif
