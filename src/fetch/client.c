/* SPDX-License-Identifier: Apache-2.0 */
#include "base/span.h"
#include "fetch/exchange.h"
#include "fetch/helper.h"
#include "fetch/rules.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { MAX_RULES = 128 * 1024, MAX_TROUBLE = 512, MAX_ROUNDS = 256 };

/* What one call of signet_fetcher_start asked for. */
struct ticket {
    struct ticket *next;
    uint32_t id;
    struct sg_fetch_exchange *exchange;
};

struct signet_fetcher {
    struct sg_arena arena; /* of what is kept for the fetcher's life */
    const char *program;
    struct signet_fetch_rules rules;
    struct sg_fetch_helper helper;
    struct ticket *tickets; /* oldest first */
    struct ticket **end;    /* where the next is linked */
    size_t num_tickets;
    struct sg_fetch_exchange *exchanges; /* all that tickets hold */
    uint32_t last_id, last_wire_id;
    struct signet_fetch_answer answer; /* what the caller borrows */
    struct sg_fetch_exchange *borrowed;
    char trouble[MAX_TROUBLE];
};

enum signet_status signet_fetcher_new(const char *program, const struct signet_fetch_rules *rules,
                                      struct signet_fetcher **out)
{
    if (!sg_fetch_rules_valid(rules))
        return SIGNET_ERR_ARGUMENT;
    struct signet_fetcher *fetcher = calloc(1, sizeof(*fetcher));
    if (fetcher == NULL)
        return SIGNET_ERR_MEMORY;
    fetcher->end = &fetcher->tickets;
    sg_arena_init(&fetcher->arena, MAX_RULES);
    sg_fetch_helper_init(&fetcher->helper);
    fetcher->program =
        sg_fetch_text_copy(&fetcher->arena, program != NULL ? program : SIGNET_FETCH_PROGRAM);
    sg_fetch_rules_copy(&fetcher->arena, rules, &fetcher->rules);
    enum signet_status status = sg_arena_status(&fetcher->arena);
    if (status != SIGNET_OK) {
        signet_fetcher_free(fetcher);
        return status;
    }
    *out = fetcher;
    return SIGNET_OK;
}

static void release(struct signet_fetcher *fetcher, struct sg_fetch_exchange *exchange)
{
    if (exchange == NULL || --exchange->num_shared > 0)
        return;
    struct sg_fetch_exchange **link = &fetcher->exchanges;
    while (*link != exchange)
        link = &(*link)->next;
    *link = exchange->next;
    if (!exchange->done && fetcher->helper.fd >= 0) {
        sg_frame_write_cancel(&fetcher->helper.outbox.buffer, exchange->id);
        /* A helper that ended is noticed when the next answer is waited for. */
        (void)!sg_outbox_flush(&fetcher->helper.outbox, fetcher->helper.fd);
    }
    sg_fetch_exchange_free(exchange);
}

/* Takes the ticket at LINK out of the list and gives the exchange that it held. */
static struct sg_fetch_exchange *take_ticket(struct signet_fetcher *fetcher, struct ticket **link)
{
    struct ticket *ticket = *link;
    struct sg_fetch_exchange *exchange = ticket->exchange;
    *link = ticket->next;
    if (fetcher->end == &ticket->next)
        fetcher->end = link;
    fetcher->num_tickets--;
    free(ticket);
    return exchange;
}

void signet_fetcher_free(struct signet_fetcher *fetcher)
{
    if (fetcher == NULL)
        return;
    sg_fetch_helper_stop(&fetcher->helper);
    release(fetcher, fetcher->borrowed);
    while (fetcher->tickets != NULL)
        release(fetcher, take_ticket(fetcher, &fetcher->tickets));
    sg_arena_clear(&fetcher->arena);
    free(fetcher);
}

/* Every request that has no answer yet gets GONE. */
static void lose_helper(struct signet_fetcher *fetcher, const char *reason)
{
    sg_fetch_helper_stop(&fetcher->helper);
    for (struct sg_fetch_exchange *e = fetcher->exchanges; e != NULL; e = e->next) {
        if (!e->done)
            sg_fetch_exchange_conclude(e, SIGNET_FETCH_GONE, reason);
    }
}

static struct sg_fetch_exchange *find_exchange(struct signet_fetcher *fetcher, uint32_t id)
{
    struct sg_fetch_exchange *exchange = fetcher->exchanges;
    while (exchange != NULL && exchange->id != id)
        exchange = exchange->next;
    return exchange;
}

/* False: the helper says what it must not. Frames of an exchange that was cancelled meanwhile, or
 * ended for want of memory, may still arrive. */
static bool take_frames(struct signet_fetcher *fetcher)
{
    enum sg_stream_state state = SG_STREAM_OPEN;
    struct sg_frame frame;
    while (sg_inbox_next(&fetcher->helper.inbox, &frame, &state)) {
        struct sg_fetch_exchange *exchange = find_exchange(fetcher, frame.id);
        if (frame.type < SG_FRAME_VALUE)
            return false;
        if (exchange != NULL && !exchange->done && !sg_fetch_exchange_take(exchange, &frame))
            return false;
    }
    return state != SG_STREAM_WRONG;
}

/* Sends and takes what can be without waiting; of a helper that never stops talking, a part. */
static void converse(struct signet_fetcher *fetcher)
{
    struct sg_fetch_helper *helper = &fetcher->helper;
    bool got = helper->fd >= 0;
    for (int round = 0; got && round < MAX_ROUNDS; round++) {
        enum sg_stream_state sent = sg_outbox_flush(&helper->outbox, helper->fd);
        enum sg_stream_state state = sg_inbox_receive(&helper->inbox, helper->fd, &got);
        if (!take_frames(fetcher)) {
            lose_helper(fetcher, "signet-fetch answered what is no answer and was ended");
            return;
        }
        if (state == SG_STREAM_CLOSED || (sent == SG_STREAM_CLOSED && !got)) {
            lose_helper(fetcher, "signet-fetch ended");
            return;
        }
    }
}

static enum signet_status ensure_helper(struct signet_fetcher *fetcher)
{
    if (fetcher->helper.fd >= 0)
        return SIGNET_OK;
    int error = sg_fetch_helper_start(&fetcher->helper, fetcher->program, &fetcher->rules);
    if (error == 0)
        return SIGNET_OK;
    if (error == ENOMEM)
        return SIGNET_ERR_MEMORY;
    snprintf(fetcher->trouble, sizeof fetcher->trouble, "%.300s cannot be started: error %d (%s)",
             fetcher->program, error,
             error == ENOENT ? "there is no such file"
                             : (error == EACCES ? "it may not be run" : "see errno(3)"));
    return SIGNET_ERR_IO;
}

static bool is_text(const char *text)
{
    return text == NULL || strlen(text) <= SG_FRAME_MAX_TEXT;
}

/* A URL of any length may stand in a certificate, and a validator be what a server said: that is
 * no fault of the caller's. */
static const char *unsendable(const struct signet_fetch_request *request)
{
    if (!is_text(request->url))
        return "the URL is longer than 8192 octets";
    if (!is_text(request->address))
        return "the address is longer than 8192 octets";
    if (!is_text(request->etag) || !is_text(request->last_modified))
        return "what is known of the last answer is longer than 8192 octets";
    return NULL;
}

static struct sg_fetch_exchange *find_same(const struct signet_fetcher *fetcher,
                                           const struct sg_fetch_exchange *fresh)
{
    struct sg_fetch_exchange *exchange = fetcher->exchanges;
    while (exchange != NULL && (exchange->done || !sg_fetch_exchange_same(exchange, fresh)))
        exchange = exchange->next;
    return exchange;
}

/* One that does not fit is not asked for, and what is under way goes on. */
static enum signet_status write_start(struct sg_buffer *out,
                                      const struct sg_fetch_exchange *exchange)
{
    size_t len = out->len;
    if (!sg_frame_write_start(out, exchange->id, &exchange->request))
        return SIGNET_ERR_ARGUMENT;
    enum signet_status status = out->status;
    if (status != SIGNET_OK) {
        out->len = len;
        out->status = SIGNET_OK;
    }
    return status;
}

static enum signet_status send_start(struct signet_fetcher *fetcher,
                                     struct sg_fetch_exchange *exchange)
{
    enum signet_status status = ensure_helper(fetcher);
    if (status != SIGNET_OK)
        return status;
    if (++fetcher->last_wire_id == 0)
        fetcher->last_wire_id = 1;
    exchange->id = fetcher->last_wire_id;
    return write_start(&fetcher->helper.outbox.buffer, exchange);
}

/* The exchange that will answer REQUEST: one under way, or a new one. */
static enum signet_status find_or_begin(struct signet_fetcher *fetcher,
                                        const struct signet_fetch_request *request,
                                        struct sg_fetch_exchange **out)
{
    static const struct signet_fetch_request nothing;
    const char *problem = unsendable(request);
    struct sg_fetch_exchange *fresh =
        sg_fetch_exchange_new(problem == NULL ? request : &nothing, fetcher->rules.max_bytes);
    if (fresh == NULL)
        return SIGNET_ERR_MEMORY;
    *out = find_same(fetcher, fresh);
    if (*out != NULL) {
        sg_fetch_exchange_free(fresh);
        return SIGNET_OK;
    }
    enum signet_status status = SIGNET_OK;
    if (problem != NULL)
        sg_fetch_exchange_conclude(fresh, SIGNET_FETCH_REFUSED, problem);
    else
        status = send_start(fetcher, fresh);
    if (status != SIGNET_OK) {
        sg_fetch_exchange_free(fresh);
        return status;
    }
    fresh->next = fetcher->exchanges;
    fetcher->exchanges = *out = fresh;
    return SIGNET_OK;
}

static void add_ticket(struct signet_fetcher *fetcher, struct ticket *ticket,
                       struct sg_fetch_exchange *exchange)
{
    if (++fetcher->last_id == 0)
        fetcher->last_id = 1;
    *ticket = (struct ticket){.id = fetcher->last_id, .exchange = exchange};
    *fetcher->end = ticket;
    fetcher->end = &ticket->next;
    exchange->num_shared++;
    fetcher->num_tickets++;
}

enum signet_status signet_fetcher_start(struct signet_fetcher *fetcher,
                                        const struct signet_fetch_request *request, uint32_t *id)
{
    struct sg_fetch_exchange *exchange = NULL;
    if (request->kind > SIGNET_FETCH_DNS_CERT)
        return SIGNET_ERR_ARGUMENT;
    struct ticket *ticket = malloc(sizeof(*ticket));
    if (ticket == NULL)
        return SIGNET_ERR_MEMORY;
    enum signet_status status = find_or_begin(fetcher, request, &exchange);
    if (status != SIGNET_OK) {
        free(ticket);
        return status;
    }
    add_ticket(fetcher, ticket, exchange);
    *id = ticket->id;
    converse(fetcher);
    return SIGNET_OK;
}

void signet_fetcher_cancel(struct signet_fetcher *fetcher, uint32_t id)
{
    struct ticket **link = &fetcher->tickets;
    while (*link != NULL && (*link)->id != id)
        link = &(*link)->next;
    if (*link != NULL)
        release(fetcher, take_ticket(fetcher, link));
}

size_t signet_fetcher_num_pending(const struct signet_fetcher *fetcher)
{
    return fetcher->num_tickets;
}

int signet_fetcher_fd(const struct signet_fetcher *fetcher)
{
    return fetcher->helper.fd;
}

const char *signet_fetcher_trouble(const struct signet_fetcher *fetcher)
{
    return fetcher->trouble;
}

/* The oldest request whose answer is there. */
static const struct signet_fetch_answer *next_answer(struct signet_fetcher *fetcher)
{
    struct ticket **link = &fetcher->tickets;
    while (*link != NULL && !(*link)->exchange->done)
        link = &(*link)->next;
    if (*link == NULL)
        return NULL;
    uint32_t id = (*link)->id;
    struct sg_fetch_exchange *exchange = take_ticket(fetcher, link);
    fetcher->borrowed = exchange;
    fetcher->answer = (struct signet_fetch_answer){
        .id = id,
        .outcome = exchange->end.outcome,
        .reason = exchange->end.reason,
        .final_url = exchange->end.final_url,
        .content_type = exchange->end.content_type,
        .etag = exchange->end.etag,
        .last_modified = exchange->end.last_modified,
        .values = exchange->values,
        .num_values = exchange->num_values,
    };
    return &fetcher->answer;
}

static int64_t now_ms(void)
{
    struct timespec now = {0};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void wait_for_helper(const struct sg_fetch_helper *helper, int64_t timeout_ms)
{
    short events = POLLIN;
    if (sg_outbox_len(&helper->outbox) > 0)
        events |= POLLOUT;
    struct pollfd fd = {.fd = helper->fd, .events = events};
    /* An interruption is as good as an event: what can be done is tried, then waited again. */
    (void)!poll(&fd, 1, (int)timeout_ms);
}

enum signet_status signet_fetcher_poll(struct signet_fetcher *fetcher, int timeout_ms,
                                       const struct signet_fetch_answer **answer)
{
    release(fetcher, fetcher->borrowed);
    fetcher->borrowed = NULL;
    int64_t deadline = timeout_ms > 0 ? now_ms() + timeout_ms : 0;
    for (;;) {
        converse(fetcher);
        *answer = next_answer(fetcher);
        if (*answer != NULL || fetcher->helper.fd < 0 || fetcher->tickets == NULL)
            return SIGNET_OK;
        int64_t left = timeout_ms > 0 ? deadline - now_ms() : 0;
        if (left <= 0)
            return SIGNET_OK;
        wait_for_helper(&fetcher->helper, left);
    }
}
