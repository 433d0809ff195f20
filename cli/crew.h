/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Processes that judge side by side. Tasks are given in order, and what each writes appears in that
 * order, as if one process had done them all. Each process has a context and a database connection
 * of its own; one that dies takes only its task with it.
 */
#ifndef CLI_CREW_H
#define CLI_CREW_H

#include "verb.h"

/* One message. */
struct task {
    const char *file;
    size_t number;      /* of the message in an mbox, from 1; 0: the file as a whole */
    size_t offset, len; /* where it is in the mbox; of standard input only LEN */
};

/* What a process of the crew does, with CONTEXT as it was when the crew was made. What is written
 * meanwhile goes through output_sink() and message.h. */
struct crew_work {
    bool (*open)(void *context); /* false: told */
    enum exit_status (*run)(void *context, const struct task *task);
    void (*close)(void *context); /* also after OPEN failed */
    void *context;
};

struct crew;

/* At most MAX_CREW processes. NULL: told. */
enum { MAX_CREW = 256 };
struct crew *crew_start(const struct crew_work *work, size_t num);

/* Shows what is done, until something can be read from FD. False as of crew_give. */
bool crew_await(struct crew *crew, int fd);

/* Waits while too much is under way. What the caller itself says through message.h is shown between
 * what came before and what comes after. False: there is nobody left to do it. */
bool crew_give(struct crew *crew, const struct task *task);

/* Waits for all; the worst status of all. Frees CREW. */
enum exit_status crew_finish(struct crew *crew);

#endif
