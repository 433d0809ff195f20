/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What all processes of a crew have in common: tasks in order, of which each process takes the next
 * one, and whether the process that gives them wants to be woken. Each task is taken once, and who
 * has taken it stands there whatever becomes of him.
 */
#ifndef CLI_CREW_QUEUE_H
#define CLI_CREW_QUEUE_H

#include "crew.h"

#include <stdint.h>

/* Tasks that wait, are under way, or are done and wait for one before them, at most. */
enum { CREW_WINDOW = 1024 };

struct crew_queue;

/* NULL: errno says why. */
struct crew_queue *crew_queue_new(void);
void crew_queue_free(struct crew_queue *queue); /* NULL is legal */

/* --- who gives */

/* A name that is longer than any that can be opened never fits. */
bool crew_queue_has_room(const struct crew_queue *queue, const struct task *task);
/* There is room. The name is copied; its INDEX is one more than that of the task before. */
void crew_queue_put(struct crew_queue *queue, const struct task *task);

/* Tasks are in it from FIRST up to NEXT. */
uint64_t crew_queue_first(const struct crew_queue *queue);
uint64_t crew_queue_next(const struct crew_queue *queue);
struct task crew_queue_task(const struct crew_queue *queue, uint64_t index);
/* The first one is over. */
void crew_queue_drop_first(struct crew_queue *queue);

/* Process NUMBER has taken the task. */
bool crew_queue_is_taken_by(const struct crew_queue *queue, uint64_t index, size_t number);
/* A process may have died between being let in and taking a task: lets in one more. */
void crew_queue_mend(struct crew_queue *queue);
/* There will be no more. AT_ONCE: nor is what waits to be done. */
void crew_queue_end(struct crew_queue *queue, bool at_once);

/* What he wants to be woken for. */
enum crew_sleep {
    CREW_AWAKE,
    CREW_DOZING,   /* he wakes by himself; for what cannot wait so long */
    CREW_LISTENING /* for each answer */
};
void crew_queue_sleep(struct crew_queue *queue, enum crew_sleep how);

/* --- who takes */

/* From now on this process can take tasks, and change none. */
bool crew_queue_join(struct crew_queue *queue);

enum crew_turn {
    CREW_TASK,
    CREW_WAIT, /* there is none */
    CREW_END   /* there will be none */
};
/* The next task for process NUMBER, which borrows its name. WAIT: sleeps while there is none; may
 * say CREW_WAIT all the same. */
enum crew_turn crew_queue_take(struct crew_queue *queue, size_t number, bool wait, uint64_t *index,
                               struct task *task);

/* The last task but a few was taken, those behind INDEX being left. */
bool crew_queue_runs_low(const struct crew_queue *queue, uint64_t index);
enum crew_sleep crew_queue_sleeper(const struct crew_queue *queue);
/* He sleeps, and is to be woken by whoever is told so. */
bool crew_queue_rouse(struct crew_queue *queue);

#endif
