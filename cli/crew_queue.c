/* SPDX-License-Identifier: Apache-2.0 */
#include "crew_queue.h"

#include <errno.h>
#include <limits.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

/* Octets of names. */
enum { NAMES = 256 << 10 };
/* So many tasks left are few. */
enum { LOW = CREW_WINDOW / 2 };

/* A word says of which task it is, and who has it: 0 nobody, else a process's number and 1. */
enum { OWNERS = 2 * MAX_CREW };

/* What is to come. */
enum { GOES_ON, ENDS, ENDS_AT_ONCE };

/* Written by all. */
struct shared {
    sem_t waiting; /* tasks that nobody was let in for */
    _Atomic uint64_t next_taken;
    _Atomic int sleep;
    _Atomic uint64_t owners[CREW_WINDOW];
};

struct slot {
    uint64_t name_at; /* in octets of names ever put */
    size_t number, offset, len;
};

struct tasks {
    struct slot slots[CREW_WINDOW];
    char names[NAMES];
};

/* Written by who gives, and by nobody else who keeps to what crew_queue_join says. */
struct given {
    _Atomic uint64_t next;
    _Atomic int ending;
    struct tasks tasks;
};

/* Who gives has memory of his own for what he gave: who takes may have been led astray by what he
 * judged, and is not believed about it. */
struct crew_queue {
    struct shared *shared;
    struct given *given;
    struct tasks *own;
    uint64_t first, next, names_end;
};

/* --- memory */

static void *map(size_t size)
{
    void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    return memory == MAP_FAILED ? NULL : memory;
}

struct crew_queue *crew_queue_new(void)
{
    struct crew_queue *queue = calloc(1, sizeof *queue);

    if (queue == NULL)
        return NULL;
    queue->shared = map(sizeof *queue->shared);
    queue->given = map(sizeof *queue->given);
    queue->own = calloc(1, sizeof *queue->own);
    if (queue->shared != NULL && queue->given != NULL && queue->own != NULL &&
        sem_init(&queue->shared->waiting, 1, 0) == 0)
        return queue;
    crew_queue_free(queue);
    return NULL;
}

void crew_queue_free(struct crew_queue *queue)
{
    if (queue == NULL)
        return;
    if (queue->shared != NULL)
        munmap(queue->shared, sizeof *queue->shared);
    if (queue->given != NULL)
        munmap(queue->given, sizeof *queue->given);
    free(queue->own);
    free(queue);
}

/* The name is SIZE octets. */
static void put_task(struct tasks *tasks, uint64_t index, const struct task *task, uint64_t name_at,
                     size_t size)
{
    memcpy(tasks->names + name_at % NAMES, task->file, size);
    tasks->slots[index % CREW_WINDOW] =
        (struct slot){name_at, task->number, task->offset, task->len};
}

static struct task get_task(const struct tasks *tasks, uint64_t index)
{
    const struct slot *slot = &tasks->slots[index % CREW_WINDOW];

    return (struct task){tasks->names + slot->name_at % NAMES, slot->number, slot->offset,
                         slot->len};
}

static _Atomic uint64_t *owner_at(const struct crew_queue *queue, uint64_t index)
{
    return &queue->shared->owners[index % CREW_WINDOW];
}

/* --- who gives */

uint64_t crew_queue_first(const struct crew_queue *queue)
{
    return queue->first;
}

uint64_t crew_queue_next(const struct crew_queue *queue)
{
    return queue->next;
}

/* Where a name of SIZE octets goes: it lies in one piece. */
static uint64_t place_name(const struct crew_queue *queue, size_t size)
{
    size_t left = NAMES - queue->names_end % NAMES;

    return left < size ? queue->names_end + left : queue->names_end;
}

bool crew_queue_has_room(const struct crew_queue *queue, const struct task *task)
{
    size_t size = strlen(task->file) + 1;
    uint64_t num = crew_queue_next(queue) - queue->first;

    if (size > PATH_MAX || num == CREW_WINDOW)
        return false;
    return num == 0 ||
           place_name(queue, size) + size - queue->own->slots[queue->first % CREW_WINDOW].name_at <=
               NAMES;
}

void crew_queue_put(struct crew_queue *queue, const struct task *task)
{
    size_t size = strlen(task->file) + 1;
    uint64_t index = queue->next++, name_at = place_name(queue, size);

    queue->names_end = name_at + size;
    put_task(queue->own, index, task, name_at, size);
    put_task(&queue->given->tasks, index, task, name_at, size);
    atomic_store(owner_at(queue, index), index * OWNERS);
    atomic_store(&queue->given->next, queue->next);
    sem_post(&queue->shared->waiting);
}

struct task crew_queue_task(const struct crew_queue *queue, uint64_t index)
{
    return get_task(queue->own, index);
}

void crew_queue_drop_first(struct crew_queue *queue)
{
    queue->first++;
}

bool crew_queue_is_taken_by(const struct crew_queue *queue, uint64_t index, size_t number)
{
    return atomic_load(owner_at(queue, index)) == index * OWNERS + number + 1;
}

void crew_queue_mend(struct crew_queue *queue)
{
    sem_post(&queue->shared->waiting);
}

void crew_queue_end(struct crew_queue *queue, bool at_once)
{
    atomic_store(&queue->given->ending, at_once ? ENDS_AT_ONCE : ENDS);
    sem_post(&queue->shared->waiting);
}

void crew_queue_sleep(struct crew_queue *queue, enum crew_sleep how)
{
    atomic_store(&queue->shared->sleep, how);
}

/* --- who takes */

bool crew_queue_join(struct crew_queue *queue)
{
    return mprotect(queue->given, sizeof *queue->given, PROT_READ) == 0;
}

static uint64_t next_given(const struct crew_queue *queue)
{
    return atomic_load(&queue->given->next);
}

/* Whoever finds that the next one is taken already says so for the other, who may have died. */
static bool take_next(struct crew_queue *queue, size_t number, uint64_t *index)
{
    struct shared *shared = queue->shared;

    for (;;) {
        uint64_t next = atomic_load(&shared->next_taken), free_word = next * OWNERS;
        uint64_t seen = next;
        bool mine;

        if (next == next_given(queue))
            return false;
        mine = atomic_compare_exchange_strong(owner_at(queue, next), &free_word,
                                              next * OWNERS + number + 1);
        atomic_compare_exchange_strong(&shared->next_taken, &seen, next + 1);
        if (mine) {
            *index = next;
            return true;
        }
    }
}

static bool enter(struct crew_queue *queue, bool wait)
{
    if (!wait)
        return sem_trywait(&queue->shared->waiting) == 0;
    while (sem_wait(&queue->shared->waiting) != 0)
        if (errno != EINTR)
            return false;
    return true;
}

/* Whoever leaves lets the next one in, to leave as well. */
enum crew_turn crew_queue_take(struct crew_queue *queue, size_t number, bool wait, uint64_t *index,
                               struct task *task)
{
    int ending;

    if (!enter(queue, wait))
        return CREW_WAIT;
    ending = atomic_load(&queue->given->ending);
    if (ending != ENDS_AT_ONCE && take_next(queue, number, index)) {
        *task = get_task(&queue->given->tasks, *index);
        return CREW_TASK;
    }
    if (ending == GOES_ON)
        return CREW_WAIT;
    sem_post(&queue->shared->waiting);
    return CREW_END;
}

bool crew_queue_runs_low(const struct crew_queue *queue, uint64_t index)
{
    return next_given(queue) - index == LOW;
}

enum crew_sleep crew_queue_sleeper(const struct crew_queue *queue)
{
    return (enum crew_sleep)atomic_load(&queue->shared->sleep);
}

bool crew_queue_rouse(struct crew_queue *queue)
{
    return atomic_load(&queue->shared->sleep) != CREW_AWAKE &&
           atomic_exchange(&queue->shared->sleep, CREW_AWAKE) != CREW_AWAKE;
}
