/* SPDX-License-Identifier: Apache-2.0 */
#include "job.h"

#include "base/span.h"
#include "url.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum { MAX_REASON = 1024 };

void sg_desk_init(struct sg_desk *desk, const struct signet_fetch_rules *rules)
{
    *desk = (struct sg_desk){.rules = *rules, .nursery = -1};
    desk->end = &desk->jobs;
    /* Drained before anything else is done once it is fuller than FULL (see main.c). */
    sg_outbox_init(&desk->outbox, SIZE_MAX);
}

static void stop(struct sg_job *job)
{
    if (job->started)
        job->transport->stop(job);
    job->desk->num_started -= job->started;
    job->started = false;
}

static void free_first(struct sg_desk *desk, struct sg_job **link)
{
    struct sg_job *job = *link;
    *link = job->next;
    if (desk->end == &job->next)
        desk->end = link;
    stop(job);
    free(job->body);
    free(job);
}

void sg_desk_clear(struct sg_desk *desk)
{
    while (desk->jobs != NULL)
        free_first(desk, &desk->jobs);
    for (size_t i = 0; i < SG_NUM_TRANSPORTS; i++) {
        if (sg_transports[i] != NULL)
            sg_transports[i]->end(desk);
    }
    sg_outbox_clear(&desk->outbox);
    sg_loop_clear(&desk->loop);
}

/* By kind; for a URL by its scheme. SG_NUM_TRANSPORTS: none. */
static enum sg_transport_index choose(const struct signet_fetch_request *request)
{
    static const enum sg_transport_index by_kind[] = {
        [SIGNET_FETCH_URL] = SG_NUM_TRANSPORTS,
        [SIGNET_FETCH_LDAP_ADDRESS] = SG_TRANSPORT_LDAP,
        [SIGNET_FETCH_DNS_SMIMEA] = SG_TRANSPORT_DNS,
        [SIGNET_FETCH_DNS_CERT] = SG_TRANSPORT_DNS,
    };
    static const struct {
        const char *scheme;
        enum sg_transport_index transport;
    } by_scheme[] = {
        {"http", SG_TRANSPORT_HTTP},
        {"https", SG_TRANSPORT_HTTP},
        {"ldap", SG_TRANSPORT_LDAP},
        {"ldaps", SG_TRANSPORT_LDAP},
    };
    if (request->kind != SIGNET_FETCH_URL)
        return by_kind[request->kind];
    for (size_t i = 0; i < sizeof by_scheme / sizeof by_scheme[0]; i++) {
        if (sg_span_is_word(sg_url_scheme(request->url), by_scheme[i].scheme))
            return by_scheme[i].transport;
    }
    return SG_NUM_TRANSPORTS;
}

static void start(struct sg_job *job)
{
    static const char *const names[] = {"HTTP", "LDAP", "DNS"};
    enum sg_transport_index index = choose(&job->request);
    if (index == SG_NUM_TRANSPORTS) {
        sg_job_fail(job, SIGNET_FETCH_REFUSED, "only http, https, ldap and ldaps URLs are fetched");
        return;
    }
    if (sg_transports[index] == NULL) {
        sg_job_failf(job, SIGNET_FETCH_REFUSED, "signet-fetch was built without %s", names[index]);
        return;
    }
    job->transport = sg_transports[index];
    job->deadline = sg_loop_now_ms() + job->desk->rules.timeout_ms;
    job->started = true;
    job->desk->num_started++;
    job->transport->start(job);
}

/* The texts of a request are NUL-terminated inside of its body, of which the job needs a copy. */
static struct sg_job *new_job(struct sg_desk *desk, const struct sg_frame *frame)
{
    struct sg_job *job = calloc(1, sizeof(*job));
    uint8_t *body = malloc(frame->body.len + 1);
    if (job == NULL || body == NULL) {
        free(job);
        free(body);
        return NULL;
    }
    memcpy(body, frame->body.ptr, frame->body.len);
    *job = (struct sg_job){.desk = desk, .id = frame->id, .body = body};
    job->body_len = frame->body.len;
    return job;
}

static bool take_start(struct sg_desk *desk, const struct sg_frame *frame)
{
    struct sg_job *job = frame->body.len > 0 ? new_job(desk, frame) : NULL;
    if (job == NULL)
        return false;
    *desk->end = job;
    desk->end = &job->next;
    if (!sg_frame_read_start(sg_span(job->body, job->body_len), &job->request))
        return false;
    if (job->request.max_bytes == 0 || job->request.max_bytes > desk->rules.max_bytes)
        job->request.max_bytes = desk->rules.max_bytes;
    return true;
}

static bool take_cancel(struct sg_desk *desk, const struct sg_frame *frame)
{
    struct sg_job **link = &desk->jobs;
    while (*link != NULL && (*link)->id != frame->id)
        link = &(*link)->next;
    if (*link != NULL)
        free_first(desk, link);
    return frame->body.len == 0;
}

bool sg_desk_take(struct sg_desk *desk, const struct sg_frame *frame)
{
    static bool (*const take[])(struct sg_desk *, const struct sg_frame *) = {
        [SG_FRAME_START] = take_start,
        [SG_FRAME_CANCEL] = take_cancel,
        [SG_FRAME_END] = NULL,
    };
    return take[frame->type] != NULL && take[frame->type](desk, frame);
}

static int earlier(int a, int b)
{
    return a < 0 || (b >= 0 && b < a) ? b : a;
}

static int tick_jobs(struct sg_desk *desk)
{
    int64_t now = sg_loop_now_ms();
    int wait = -1;
    for (struct sg_job **link = &desk->jobs; *link != NULL;) {
        struct sg_job *job = *link;
        if (!job->ended && job->started && job->deadline <= now)
            sg_job_failf(job, SIGNET_FETCH_TIMED_OUT, "no answer within %u ms",
                         desk->rules.timeout_ms);
        if (!job->ended && !job->started && desk->num_started < desk->rules.max_parallel)
            start(job);
        if (job->ended) {
            free_first(desk, link);
            continue;
        }
        if (job->started && job->deadline > now)
            wait = earlier(wait, (int)(job->deadline - now));
        link = &job->next;
    }
    return wait;
}

int sg_desk_tick(struct sg_desk *desk)
{
    int wait = tick_jobs(desk);
    for (size_t i = 0; i < SG_NUM_TRANSPORTS; i++) {
        if (sg_transports[i] != NULL)
            wait = earlier(wait, sg_transports[i]->tick(desk));
    }
    /* What just ended is freed, and makes room for what waits. */
    for (const struct sg_job *job = desk->jobs; job != NULL; job = job->next) {
        if (job->ended)
            return 0;
    }
    return wait;
}

void sg_job_value(struct sg_job *job, const char *label)
{
    if (job->ended)
        return;
    if (!sg_frame_write_value(&job->desk->outbox.buffer, job->id, label))
        sg_job_fail(job, SIGNET_FETCH_FAILED, "a name in the answer is too long");
    job->num_values++;
}

static void too_large(struct sg_job *job)
{
    sg_job_failf(job, SIGNET_FETCH_TOO_LARGE, "the answer is larger than %zu octets",
                 job->request.max_bytes);
}

bool sg_job_data(struct sg_job *job, struct signet_span octets)
{
    if (job->ended)
        return false;
    /* The client counts 64 octets for each value after the first: see exchange.c. */
    size_t values = job->num_values > 1 ? (job->num_values - 1) * 64 : 0;
    size_t room = job->request.max_bytes - job->num_bytes;
    if (room < values || octets.len > room - values) {
        too_large(job);
        return false;
    }
    job->num_bytes += octets.len;
    sg_frame_write_data(&job->desk->outbox.buffer, job->id, octets);
    return true;
}

void sg_job_end(struct sg_job *job, const struct sg_frame_end *end)
{
    if (job->ended)
        return;
    job->ended = true;
    sg_frame_write_end(&job->desk->outbox.buffer, job->id, end);
}

void sg_job_fail(struct sg_job *job, enum signet_fetch_outcome outcome, const char *reason)
{
    sg_job_end(job, &(struct sg_frame_end){.outcome = outcome, .reason = reason});
}

void sg_job_failf(struct sg_job *job, enum signet_fetch_outcome outcome, const char *format, ...)
{
    char reason[MAX_REASON];
    va_list args;
    va_start(args, format);
    vsnprintf(reason, sizeof reason, format, args);
    va_end(args);
    sg_job_fail(job, outcome, reason);
}
