/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the client asked for, from START to END, and the desk where all of it is kept: which are
 * under way, which wait, which have run out of time.
 */
#ifndef SG_FETCHER_JOB_H
#define SG_FETCHER_JOB_H

#include "fetch/frame_stream.h"
#include "loop.h"

struct sg_desk;
struct sg_job;

/* A way to fetch. Each has one state for all its jobs, made when first needed. */
struct sg_transport {
    const char *name;
    /* Begins JOB; it may end at once. */
    void (*start)(struct sg_job *job);
    /* JOB ended or was cancelled: nothing of it may go on, its state is freed. */
    void (*stop)(struct sg_job *job);
    /* Before each wait: does what is due, and gives how long may be waited, in ms; -1: for ever. */
    int (*tick)(struct sg_desk *desk);
    /* Frees the state for all. */
    void (*end)(struct sg_desk *desk);
};

enum sg_transport_index {
    SG_TRANSPORT_HTTP,
    SG_TRANSPORT_LDAP,
    SG_TRANSPORT_DNS,
    SG_NUM_TRANSPORTS
};

extern const struct sg_transport sg_transport_http, sg_transport_ldap, sg_transport_dns;
/* NULL where the build left it out. */
extern const struct sg_transport *const sg_transports[SG_NUM_TRANSPORTS];

struct sg_job {
    struct sg_job *next;
    struct sg_desk *desk;
    uint32_t id;
    uint8_t *body; /* of START, where the request's texts are */
    size_t body_len;
    struct signet_fetch_request request; /* max_bytes not 0 */
    const struct sg_transport *transport;
    void *state; /* the transport's */
    int64_t deadline;
    size_t num_bytes, num_values;
    bool started, ended;
};

struct sg_desk {
    struct signet_fetch_rules rules;
    struct sg_loop loop;
    struct sg_outbox outbox;
    struct sg_job *jobs; /* in the order of their coming */
    struct sg_job **end;
    unsigned num_started;
    void *states[SG_NUM_TRANSPORTS];
    int nursery; /* where workers are asked for; -1: none */
};

void sg_desk_init(struct sg_desk *desk, const struct signet_fetch_rules *rules);
void sg_desk_clear(struct sg_desk *desk);
/* Takes what the client sent. False: it must not have. */
SIGNET_MUST_CHECK bool sg_desk_take(struct sg_desk *desk, const struct sg_frame *frame);
/* Ends what is out of time, frees what ended, starts what waits. Gives how long may be waited, in
 * ms; -1: until something comes. */
int sg_desk_tick(struct sg_desk *desk);

/* Begins a value. */
void sg_job_value(struct sg_job *job, const char *label);
/* Octets of the value that was begun. False: it is more than was allowed, and JOB ended. */
SIGNET_MUST_CHECK bool sg_job_data(struct sg_job *job, struct signet_span octets);
/* The last word on JOB; ignored when there was one. Its memory stays until the next tick. */
void sg_job_end(struct sg_job *job, const struct sg_frame_end *end);
/* The same with nothing but a reason. */
void sg_job_fail(struct sg_job *job, enum signet_fetch_outcome outcome, const char *reason);
void sg_job_failf(struct sg_job *job, enum signet_fetch_outcome outcome, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
