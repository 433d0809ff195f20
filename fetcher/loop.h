/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One thread that waits for many descriptors.
 */
#ifndef SG_FETCHER_LOOP_H
#define SG_FETCHER_LOOP_H

#include "signet/base.h"

#include <poll.h>

typedef void sg_loop_ready(void *context, int fd, short revents);

struct sg_loop_watch {
    sg_loop_ready *ready;
    void *context;
};

struct sg_loop {
    struct pollfd *fds; /* .fd -1: a free place */
    struct sg_loop_watch *watches;
    size_t num, cap;
};

void sg_loop_clear(struct sg_loop *loop); /* a zeroed loop is legal */
/* READY is called with CONTEXT when one of EVENTS is there. Replaces what was said of FD before;
 * no EVENTS: FD is watched no more. Legal while READY runs. False: memory is out. */
SIGNET_MUST_CHECK bool sg_loop_watch(struct sg_loop *loop, int fd, short events,
                                     sg_loop_ready *ready, void *context);
void sg_loop_unwatch(struct sg_loop *loop, int fd);
/* Waits up to TIMEOUT_MS and calls who is concerned. */
void sg_loop_wait(struct sg_loop *loop, int timeout_ms);

/* CLOCK_MONOTONIC in milliseconds. */
int64_t sg_loop_now_ms(void);

#endif
