/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ldap and ldaps: a worker for each request, whose frames are held against the same rules as if
 * they came from outside.
 */
#include "base/span.h"
#include "job.h"
#include "nursery.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

struct channel {
    struct sg_inbox inbox;
    int fd;
};

/* False: no worker says this. */
static bool take(struct sg_job *job, const struct sg_frame *frame)
{
    const char *label;
    struct sg_frame_end end;
    bool known = frame->id == job->id;
    if (known && frame->type == SG_FRAME_VALUE && sg_frame_read_value(frame->body, &label)) {
        sg_job_value(job, label);
        return true;
    }
    if (known && frame->type == SG_FRAME_DATA) {
        (void)!sg_job_data(job, frame->body);
        return true;
    }
    if (known && frame->type == SG_FRAME_END && sg_frame_read_end(frame->body, &end)) {
        sg_job_end(job, &end);
        return true;
    }
    return false;
}

static void on_channel(void *context, int fd, short revents)
{
    struct sg_job *job = context;
    struct channel *channel = job->state;
    enum sg_stream_state frames = SG_STREAM_OPEN;
    struct sg_frame frame;
    bool got, good = true;
    (void)revents;
    enum sg_stream_state state = sg_inbox_receive(&channel->inbox, fd, &got);
    while (good && !job->ended && sg_inbox_next(&channel->inbox, &frame, &frames))
        good = take(job, &frame);
    if (!good || frames == SG_STREAM_WRONG || state == SG_STREAM_CLOSED)
        sg_job_fail(job, SIGNET_FETCH_FAILED, "the LDAP worker ended in the middle");
    if (job->ended)
        sg_loop_unwatch(&job->desk->loop, fd);
}

static int ask(struct sg_job *job)
{
    struct sg_buffer start;
    int fd = -1;
    sg_buffer_init(&start, SG_FRAME_MAX_LEN);
    if (sg_frame_write_start(&start, job->id, &job->request) && start.status == SIGNET_OK)
        fd = sg_nursery_ask(job->desk->nursery, sg_buffer_span(&start));
    sg_buffer_free(&start);
    return fd;
}

static void start(struct sg_job *job)
{
    struct channel *channel = calloc(1, sizeof(*channel));
    job->state = channel;
    if (channel != NULL)
        channel->fd = ask(job);
    if (channel == NULL || channel->fd < 0 || fcntl(channel->fd, F_SETFL, O_NONBLOCK) != 0 ||
        !sg_loop_watch(&job->desk->loop, channel->fd, POLLIN, on_channel, job))
        sg_job_fail(job, SIGNET_FETCH_FAILED, "no process for LDAP could be had");
}

static void stop(struct sg_job *job)
{
    struct channel *channel = job->state;
    if (channel == NULL)
        return;
    if (channel->fd >= 0) {
        sg_loop_unwatch(&job->desk->loop, channel->fd);
        close(channel->fd);
    }
    sg_inbox_clear(&channel->inbox);
    free(channel);
    job->state = NULL;
}

static int tick(struct sg_desk *desk)
{
    (void)desk;
    return -1;
}

static void end(struct sg_desk *desk)
{
    (void)desk;
}

const struct sg_transport sg_transport_ldap = {"LDAP", start, stop, tick, end};
