/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One process of a crew: started by fork, it takes tasks from the queue and answers through a ring.
 * Both ends are the same program, so records are what memory holds.
 */
#ifndef CLI_CREW_PROCESS_H
#define CLI_CREW_PROCESS_H

#include "crew.h"
#include "crew_queue.h"
#include "octet_ring.h"

#include <sys/types.h>

/* What an answer is about where it is not the task with that index. */
#define CREW_OPENING UINT64_MAX
#define CREW_CLOSING (UINT64_MAX - 1)

struct crew_answer_head {
    uint64_t about;
    enum exit_status status;
    size_t out_len, error_len;
};

/* What one task, or opening or closing, gave. */
struct crew_answer {
    struct crew_answer_head head;
    char *said; /* OUT_LEN octets for standard output, then ERROR_LEN for standard error */
};

struct crew_process {
    pid_t id; /* -1: there is none */
    int bell; /* an octet wakes whoever polls it; its end is the end of the process */
    struct octet_ring answers;
    struct crew_answer coming; /* in part */
    size_t len_come;
};

/* BEFORE are the NUM_BEFORE processes whose bells and answers are not the new one's, which is
 * NUMBER to QUEUE. False: errno says why. */
bool crew_process_start(struct crew_process *process, const struct crew_work *work,
                        struct crew_queue *queue, size_t number, const struct crew_process *before,
                        size_t num_before);

/* The bell was heard. False: the process is gone, or going. */
bool crew_process_heard(const struct crew_process *process);

/* There is some of an answer that was not taken. */
bool crew_process_has_said(const struct crew_process *process);

enum crew_taken { CREW_NOTHING, CREW_ANSWER, CREW_BROKEN };

/* The next answer, if it is there: first that of opening (status EXIT_GOOD or EXIT_TROUBLE), then
 * one for each task, and one of closing. SAID is to be freed. CREW_BROKEN: it is none, or memory is
 * out. */
enum crew_taken crew_process_take(struct crew_process *process, struct crew_answer *answer);

/* Waits until it is gone. 0, or the number of the signal that ended it. */
int crew_process_wait(struct crew_process *process);
/* Ends it. The same. */
int crew_process_kill(struct crew_process *process);

#endif
