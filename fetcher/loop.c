/* SPDX-License-Identifier: Apache-2.0 */
#include "loop.h"

#include <stdlib.h>
#include <time.h>

void sg_loop_clear(struct sg_loop *loop)
{
    free(loop->fds);
    free(loop->watches);
    *loop = (struct sg_loop){0};
}

static size_t find(const struct sg_loop *loop, int fd)
{
    size_t i = 0;
    while (i < loop->num && loop->fds[i].fd != fd)
        i++;
    return i;
}

static bool grow(struct sg_loop *loop)
{
    size_t cap = loop->cap > 0 ? loop->cap * 2 : 16;
    struct pollfd *fds = realloc(loop->fds, cap * sizeof(*fds));
    if (fds == NULL)
        return false;
    loop->fds = fds;
    struct sg_loop_watch *watches = realloc(loop->watches, cap * sizeof(*watches));
    if (watches == NULL)
        return false;
    loop->watches = watches;
    loop->cap = cap;
    return true;
}

bool sg_loop_watch(struct sg_loop *loop, int fd, short events, sg_loop_ready *ready, void *context)
{
    size_t place = find(loop, fd);
    if (place == loop->num)
        place = find(loop, -1);
    if (place == loop->num) {
        if (loop->num == loop->cap && !grow(loop))
            return false;
        loop->num++;
    }
    loop->fds[place] = (struct pollfd){.fd = events != 0 ? fd : -1, .events = events};
    loop->watches[place] = (struct sg_loop_watch){ready, context};
    return true;
}

void sg_loop_unwatch(struct sg_loop *loop, int fd)
{
    size_t place = find(loop, fd);
    if (place < loop->num)
        loop->fds[place] = (struct pollfd){.fd = -1};
}

void sg_loop_wait(struct sg_loop *loop, int timeout_ms)
{
    if (poll(loop->fds, (nfds_t)loop->num, timeout_ms) <= 0)
        return;
    /* What a call adds or moves has no events yet. */
    for (size_t i = 0; i < loop->num; i++) {
        struct pollfd *fd = &loop->fds[i];
        short revents = fd->revents;
        fd->revents = 0;
        if (fd->fd >= 0 && revents != 0)
            loop->watches[i].ready(loop->watches[i].context, fd->fd, revents);
    }
}

int64_t sg_loop_now_ms(void)
{
    struct timespec now = {0};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}
