/* SPDX-License-Identifier: Apache-2.0 */
#include "base/span.h"
#include "retrieve/keep.h"
#include "retrieve/location.h"
#include "retrieve/rules.h"
#include "retrieve/task.h"
#include "retrieve/trace.h"

#include <stdlib.h>

/* Copies of needs and locations, and the list of sources: far more than honest messages need. */
#define MAX_MEMORY ((size_t)16 << 20)

enum { MAX_TASKS = 512 };

/* One location that was asked, for however many tasks. */
struct request {
    const char *url;
    uint32_t id;
    size_t max_bytes;
    bool pending, good;
    size_t row;
};

struct signet_retrieval {
    struct signet_retriever *retriever;
    struct signet_context *context;
    struct signet_pool *pool;
    signet_time now;
    struct sg_arena arena;
    struct sg_trace trace;
    struct sg_addresses addresses;
    struct sg_task *tasks;
    size_t num_tasks, cap_tasks;
    struct request *requests;
    size_t num_requests, cap_requests;
    struct sg_location *hosts; /* that were asked */
    size_t num_hosts, cap_hosts;
    size_t num_issuers; /* requests for issuers */
    size_t num_bytes;   /* received */
    bool broken;        /* there is no helper to be had */
};

/* Needs and locations beyond the memory that one verdict may take are passed over: the list of
 * sources ends there, and what they would have brought is missing. */
static enum signet_status room_status(const struct signet_retrieval *retrieval)
{
    return retrieval->arena.failed && !retrieval->arena.at_max ? SIGNET_ERR_MEMORY : SIGNET_OK;
}

enum signet_status signet_retrieval_new(struct signet_retriever *retriever,
                                        struct signet_context *context, struct signet_pool *pool,
                                        signet_time now, struct signet_retrieval **retrieval)
{
    struct signet_retrieval *made = calloc(1, sizeof *made);

    *retrieval = made;
    if (made == NULL)
        return SIGNET_ERR_MEMORY;
    sg_arena_init(&made->arena, MAX_MEMORY);
    made->trace.arena = &made->arena;
    made->retriever = retriever;
    made->context = context;
    made->pool = pool;
    made->now = now;
    return SIGNET_OK;
}

void signet_retrieval_free(struct signet_retrieval *retrieval)
{
    if (retrieval == NULL)
        return;
    for (size_t i = 0; i < retrieval->num_requests; i++)
        if (retrieval->requests[i].pending)
            signet_fetcher_cancel(retrieval->retriever->fetcher, retrieval->requests[i].id);
    sg_arena_clear(&retrieval->arena);
    free(retrieval);
}

enum signet_status signet_retrieval_add_address(struct signet_retrieval *retrieval,
                                                const char *address)
{
    struct sg_addresses *addresses = &retrieval->addresses;
    void *items = addresses->items;

    for (size_t i = 0; i < addresses->num; i++)
        if (strcmp(addresses->items[i], address) == 0)
            return SIGNET_OK;
    if (!sg_arena_grow(&retrieval->arena, &items, &addresses->cap, addresses->num,
                       sizeof *addresses->items))
        return room_status(retrieval);
    addresses->items = items;
    addresses->items[addresses->num] = sg_arena_text(&retrieval->arena, address);
    if (addresses->items[addresses->num] == NULL)
        return room_status(retrieval);
    addresses->num++;
    return SIGNET_OK;
}

const struct signet_retrieved *signet_retrieval_sources(const struct signet_retrieval *retrieval,
                                                        size_t *num)
{
    *num = retrieval->trace.num;
    return retrieval->trace.rows;
}

size_t signet_retrieval_num_pending(const struct signet_retrieval *retrieval)
{
    size_t num = 0;

    for (size_t i = 0; i < retrieval->num_requests; i++)
        num += retrieval->requests[i].pending;
    return num;
}

/* --- places ---------------------------------------------------------------------------------- */

static void note(struct signet_retrieval *retrieval, const struct sg_task *task, const char *url,
                 enum signet_retrieve_outcome outcome, const char *reason)
{
    sg_trace_add(&retrieval->trace, url,
                 &(struct signet_retrieved){.need = task->wanted.kind,
                                            .outcome = outcome,
                                            .from = SIGNET_FROM_MEMORY,
                                            .reason = reason});
}

/* The request that has been made of TARGET; SIZE_MAX: none. */
static size_t find_request(const struct signet_retrieval *retrieval, const char *url)
{
    for (size_t i = 0; i < retrieval->num_requests; i++)
        if (strcmp(retrieval->requests[i].url, url) == 0)
            return i;
    return SIZE_MAX;
}

static bool knows_host(const struct signet_retrieval *retrieval, const struct sg_location *location)
{
    for (size_t i = 0; i < retrieval->num_hosts; i++)
        if (sg_location_same_host(&retrieval->hosts[i], location))
            return true;
    return false;
}

/* The bound that keeps URL from being asked; NULL: none. */
static const char *find_bound(const struct signet_retrieval *retrieval, const struct sg_task *task,
                              const char *url)
{
    const struct signet_retrieve_rules *rules = &retrieval->retriever->rules;
    struct sg_location location;

    if (retrieval->num_requests >= rules->max_requests)
        return "the number of requests for one verdict is used up";
    if (task->wanted.kind == SIGNET_NEED_ISSUER && retrieval->num_issuers >= rules->max_issuers)
        return "the number of requests for issuers for one verdict is used up";
    if (retrieval->num_bytes >= rules->max_bytes)
        return "the number of octets for one verdict is used up";
    if (retrieval->num_hosts >= rules->max_hosts &&
        sg_location_read(sg_span_text(url), &location) == NULL && !knows_host(retrieval, &location))
        return "the number of servers for one verdict is used up";
    return NULL;
}

static enum signet_status count_host(struct signet_retrieval *retrieval, const char *url)
{
    struct sg_location location;
    void *hosts = retrieval->hosts;

    if (sg_location_read(sg_span_text(url), &location) != NULL || knows_host(retrieval, &location))
        return SIGNET_OK;
    if (!sg_arena_grow(&retrieval->arena, &hosts, &retrieval->cap_hosts, retrieval->num_hosts,
                       sizeof *retrieval->hosts))
        return room_status(retrieval);
    retrieval->hosts = hosts;
    retrieval->hosts[retrieval->num_hosts++] = location;
    return SIGNET_OK;
}

/* --- requests -------------------------------------------------------------------------------- */

static enum signet_status notice_record(void *context, const struct signet_record *record)
{
    (void)record;
    *(bool *)context = true;
    return SIGNET_OK;
}

/* The object that came last is still there: a server may say that it has not changed. */
static bool is_stored(struct signet_store *store, const struct signet_source *source)
{
    const struct signet_store_query query = {.sha256 = source->sha256};
    bool found = false;

    return store != NULL && source->sha256.len == 32 &&
           signet_store_find(store, &query, notice_record, &found, NULL) == SIGNET_OK && found;
}

/* SOURCE, as known: its octets are the store's until the next call, and copied by the fetcher. */
static enum signet_status launch(struct signet_retrieval *retrieval, struct sg_task *task,
                                 const struct sg_target *target, const struct signet_source *source)
{
    const struct signet_retrieve_rules *rules = &retrieval->retriever->rules;
    size_t room = rules->max_bytes - retrieval->num_bytes;
    struct signet_fetch_request asked = {
        .kind = target->kind,
        .url = target->url,
        .address = target->address,
        .etag = source == NULL ? NULL : source->etag,
        .last_modified = source == NULL ? NULL : source->last_modified,
        .max_bytes = room < rules->max_object_bytes ? room : rules->max_object_bytes,
        .own_place = target->own};
    void *requests = retrieval->requests;
    struct request *request;
    enum signet_status status;

    if (!sg_arena_grow(&retrieval->arena, &requests, &retrieval->cap_requests,
                       retrieval->num_requests, sizeof *retrieval->requests))
        return room_status(retrieval);
    retrieval->requests = requests;
    request = &retrieval->requests[retrieval->num_requests];
    *request = (struct request){.url = target->url, .max_bytes = asked.max_bytes};
    request->row = sg_trace_add(
        &retrieval->trace, target->url,
        &(struct signet_retrieved){.need = task->wanted.kind, .from = SIGNET_FROM_NETWORK});
    status = signet_fetcher_start(retrieval->retriever->fetcher, &asked, &request->id);
    if (status == SIGNET_ERR_IO) {
        retrieval->broken = true;
        sg_trace_conclude(&retrieval->trace, request->row, SIGNET_RETRIEVE_FAILED,
                          signet_fetcher_trouble(retrieval->retriever->fetcher), 0);
    }
    if (status != SIGNET_OK)
        return status == SIGNET_ERR_IO ? SIGNET_OK : status;
    request->pending = true;
    task->request = retrieval->num_requests++;
    retrieval->num_issuers += task->wanted.kind == SIGNET_NEED_ISSUER;
    return count_host(retrieval, target->url);
}

static bool is_within(signet_time past, signet_time now, int64_t seconds)
{
    return past != SIGNET_TIME_UNKNOWN && past <= now && now - past < seconds;
}

/* *ASK: nothing that is known of the location speaks against it. What is missing although its place
 * was asked is not there; it is asked again as soon as a failure would be. */
static enum signet_status consult_memory(struct signet_retrieval *retrieval, struct sg_task *task,
                                         const struct sg_target *target,
                                         struct signet_source *source, bool *known, bool *ask)
{
    const struct signet_retrieve_rules *rules = &retrieval->retriever->rules;
    int64_t recent = task->missing ? rules->failure_memory : rules->recent;
    enum signet_status status =
        sg_source_memory_find(&retrieval->retriever->memory, target->url, source, known);

    *ask = true;
    if (status != SIGNET_OK || !*known)
        return status;
    if (is_within(source->failed, retrieval->now, rules->failure_memory)) {
        note(retrieval, task, target->url, SIGNET_RETRIEVE_REMEMBERED, source->reason);
        *ask = false;
    } else if (is_within(source->fetched, retrieval->now, recent)) {
        note(retrieval, task, target->url, SIGNET_RETRIEVE_RECENT, "asked a short time ago");
        *ask = false;
        task->finished = !task->missing;
    }
    return SIGNET_OK;
}

/* Asks TARGET, or says why not. The task waits when its request is under way. */
static enum signet_status attempt(struct signet_retrieval *retrieval, struct sg_task *task,
                                  const struct sg_target *target)
{
    size_t earlier = find_request(retrieval, target->url);
    struct signet_source source;
    const char *bound;
    bool known, ask;
    enum signet_status status;

    if (earlier != SIZE_MAX) {
        if (retrieval->requests[earlier].pending)
            task->request = earlier;
        else
            task->finished = retrieval->requests[earlier].good;
        return SIGNET_OK;
    }
    if (target->refusal != NULL) {
        note(retrieval, task, target->url, SIGNET_RETRIEVE_REFUSED, target->refusal);
        return SIGNET_OK;
    }
    bound = find_bound(retrieval, task, target->url);
    if (bound != NULL) {
        note(retrieval, task, target->url, SIGNET_RETRIEVE_LEFT_OUT, bound);
        return SIGNET_OK;
    }
    status = consult_memory(retrieval, task, target, &source, &known, &ask);
    if (status != SIGNET_OK || !ask)
        return status;
    known = known && is_stored(retrieval->retriever->store, &source);
    /* Looking the object up has used the store's texts up. */
    if (known)
        status = sg_source_memory_find(&retrieval->retriever->memory, target->url, &source, &known);
    return status == SIGNET_OK ? launch(retrieval, task, target, known ? &source : NULL) : status;
}

/* Goes on to the next place until one is being asked. */
static enum signet_status advance(struct signet_retrieval *retrieval, struct sg_task *task)
{
    enum signet_status status = SIGNET_OK;

    task->request = SIZE_MAX;
    while (status == SIGNET_OK && !task->finished && task->request == SIZE_MAX &&
           task->next < task->num_targets && !retrieval->broken)
        status = attempt(retrieval, task, &task->targets[task->next++]);
    if (task->request == SIZE_MAX)
        task->finished = true;
    return status;
}

/* --- start ----------------------------------------------------------------------------------- */

static enum signet_status ask_store(struct signet_retrieval *retrieval,
                                    const struct signet_need *need, size_t *num_added)
{
    struct signet_store *store = retrieval->retriever->store;
    size_t num = 0;
    enum signet_status status =
        signet_store_supply(store, retrieval->context, need, 1, retrieval->pool, &num);

    if (status == SIGNET_ERR_IO) {
        sg_trace_add(&retrieval->trace, "database",
                     &(struct signet_retrieved){.need = need->kind,
                                                .outcome = SIGNET_RETRIEVE_FAILED,
                                                .from = SIGNET_FROM_DATABASE,
                                                .reason = signet_store_trouble_text(store)});
        return SIGNET_OK;
    }
    if (status != SIGNET_OK)
        return status;
    if (num > 0 || need->missing)
        sg_trace_database(&retrieval->trace, need->kind, num);
    *num_added += num;
    return SIGNET_OK;
}

static bool has_task(const struct signet_retrieval *retrieval, const struct sg_task *task)
{
    for (size_t i = 0; i < retrieval->num_tasks; i++)
        if (sg_task_equal(&retrieval->tasks[i], task))
            return true;
    return false;
}

static enum signet_status start_task(struct signet_retrieval *retrieval,
                                     const struct signet_need *need)
{
    const struct signet_retrieve_rules *rules = &retrieval->retriever->rules;
    void *tasks = retrieval->tasks;
    struct sg_task task;

    if (retrieval->num_tasks == MAX_TASKS || sg_need_is_recent(need, rules, retrieval->now))
        return SIGNET_OK;
    if (!sg_task_init(&task, &retrieval->arena, rules, need, &retrieval->addresses))
        return room_status(retrieval);
    if (task.num_targets == 0 || has_task(retrieval, &task))
        return SIGNET_OK;
    if (!sg_arena_grow(&retrieval->arena, &tasks, &retrieval->cap_tasks, retrieval->num_tasks,
                       sizeof *retrieval->tasks))
        return room_status(retrieval);
    retrieval->tasks = tasks;
    retrieval->tasks[retrieval->num_tasks] = task;
    return advance(retrieval, &retrieval->tasks[retrieval->num_tasks++]);
}

/* A CRL is missing of a path that reaches an anchor. */
static bool is_crl_missing(const struct signet_need *needs, size_t num)
{
    bool any = false;

    for (size_t i = 0; i < num; i++)
        any = any || (needs[i].missing && needs[i].anchored);
    return any;
}

static enum signet_status start_missing(struct signet_retrieval *retrieval,
                                        const struct signet_need *needs, size_t num)
{
    enum signet_status status = SIGNET_OK;

    for (size_t i = 0; i < num && status == SIGNET_OK; i++)
        if (needs[i].missing)
            status = start_task(retrieval, &needs[i]);
    return status;
}

/* Other issuers, for a way round what speaks against a path, are not looked for while it lacks a
 * CRL: most paths lack nothing else, and a server that certificates name need not learn that a
 * message is being read. */
static enum signet_status start_others(struct signet_retrieval *retrieval,
                                       const struct signet_need *needs, size_t num)
{
    bool crl_missing = is_crl_missing(needs, num);
    enum signet_status status = SIGNET_OK;

    for (size_t i = 0; i < num && status == SIGNET_OK; i++)
        if (!needs[i].missing && (needs[i].kind != SIGNET_NEED_ISSUER || !crl_missing))
            status = start_task(retrieval, &needs[i]);
    return status;
}

enum signet_status signet_retrieval_start(struct signet_retrieval *retrieval,
                                          const struct signet_need *needs, size_t num,
                                          size_t *num_added)
{
    enum signet_status status = SIGNET_OK;

    *num_added = 0;
    for (size_t i = 0; i < num && retrieval->retriever->store != NULL && status == SIGNET_OK; i++)
        status = ask_store(retrieval, &needs[i], num_added);
    if (status == SIGNET_OK && *num_added == 0 && retrieval->retriever->fetcher != NULL) {
        status = start_missing(retrieval, needs, num);
        if (status == SIGNET_OK)
            status = start_others(retrieval, needs, num);
    }
    return status == SIGNET_OK ? room_status(retrieval) : status;
}

/* --- answers --------------------------------------------------------------------------------- */

static size_t count_bytes(const struct signet_fetch_answer *answer)
{
    size_t num = 0;

    for (size_t i = 0; i < answer->num_values; i++)
        num += answer->values[i].octets.len;
    return num;
}

/* What TASK asked for is taken out of ANSWER. *GOOD: there was some of it. */
static enum signet_status take_for_task(struct signet_retrieval *retrieval,
                                        const struct request *request, const struct sg_task *task,
                                        const struct signet_fetch_answer *answer, bool *good,
                                        size_t *num_added)
{
    struct signet_retriever *retriever = retrieval->retriever;
    const struct signet_origin origin = {SIGNET_ORIGIN_FETCH, request->url, retrieval->now};
    struct sg_catch catch = {.reason = ""};
    enum signet_status status =
        sg_catch_read(&catch, &task->wanted, answer->values, answer->num_values);

    *good = catch.num_certificates + catch.num_crls > 0;
    if (status == SIGNET_OK)
        status = sg_catch_keep(&catch, retrieval->pool, retriever->store, &origin, num_added);
    if (status == SIGNET_OK && *good)
        status =
            sg_source_answered(&retriever->memory, request->url, answer, &catch, retrieval->now);
    sg_trace_conclude(&retrieval->trace, request->row,
                      *good ? SIGNET_RETRIEVE_FOUND : SIGNET_RETRIEVE_INVALID, catch.reason,
                      count_bytes(answer));
    sg_catch_free(&catch);
    return status;
}

static enum signet_status take_answer(struct signet_retrieval *retrieval, size_t number,
                                      const struct signet_fetch_answer *answer, size_t *num_added)
{
    struct request *request = &retrieval->requests[number];
    enum signet_status status = SIGNET_OK;

    request->good = false;
    for (size_t i = 0; i < retrieval->num_tasks && status == SIGNET_OK; i++) {
        bool good = false;

        if (retrieval->tasks[i].request != number)
            continue;
        status = take_for_task(retrieval, request, &retrieval->tasks[i], answer, &good, num_added);
        retrieval->tasks[i].finished = good;
        request->good = request->good || good;
    }
    if (status == SIGNET_OK && !request->good)
        status = sg_source_failed(&retrieval->retriever->memory, request->url,
                                  "the answer was not what was asked for", retrieval->now);
    return status;
}

/* A helper that ended says nothing of the location; neither does a rule that may be changed. */
static bool is_memorable(enum signet_fetch_outcome outcome)
{
    return outcome != SIGNET_FETCH_GONE && outcome != SIGNET_FETCH_REFUSED;
}

static enum signet_status conclude(struct signet_retrieval *retrieval, size_t number,
                                   const struct signet_fetch_answer *answer, size_t *num_added)
{
    struct sg_source_memory *memory = &retrieval->retriever->memory;
    struct request *request = &retrieval->requests[number];

    request->pending = false;
    retrieval->num_bytes +=
        answer->outcome == SIGNET_FETCH_TOO_LARGE ? request->max_bytes : count_bytes(answer);
    if (answer->outcome == SIGNET_FETCH_DONE)
        return take_answer(retrieval, number, answer, num_added);
    sg_trace_conclude(&retrieval->trace, request->row, sg_outcome_of_fetch(answer->outcome),
                      answer->reason, count_bytes(answer));
    request->good = answer->outcome == SIGNET_FETCH_UNCHANGED;
    for (size_t i = 0; request->good && i < retrieval->num_tasks; i++)
        if (retrieval->tasks[i].request == number)
            retrieval->tasks[i].finished = true;
    if (request->good)
        return sg_source_unchanged(memory, request->url, retrieval->now);
    if (!is_memorable(answer->outcome))
        return SIGNET_OK;
    return sg_source_failed(memory, request->url, answer->reason, retrieval->now);
}

/* Those that waited for request NUMBER go on. */
static enum signet_status wake(struct signet_retrieval *retrieval, size_t number)
{
    enum signet_status status = SIGNET_OK;

    for (size_t i = 0; i < retrieval->num_tasks && status == SIGNET_OK; i++) {
        struct sg_task *task = &retrieval->tasks[i];

        if (task->request != number)
            continue;
        status = advance(retrieval, task);
    }
    return status;
}

static enum signet_status take(struct signet_retrieval *retrieval,
                               const struct signet_fetch_answer *answer, size_t *num_added)
{
    for (size_t i = 0; i < retrieval->num_requests; i++) {
        enum signet_status status;

        if (!retrieval->requests[i].pending || retrieval->requests[i].id != answer->id)
            continue;
        status = conclude(retrieval, i, answer, num_added);
        return status == SIGNET_OK ? wake(retrieval, i) : status;
    }
    return SIGNET_OK;
}

enum signet_status signet_retrieval_poll(struct signet_retrieval *retrieval, int timeout_ms,
                                         size_t *num_added)
{
    const struct signet_fetch_answer *answer;
    enum signet_status status = SIGNET_OK;

    *num_added = 0;
    while (signet_retrieval_num_pending(retrieval) > 0) {
        status = signet_fetcher_poll(retrieval->retriever->fetcher, timeout_ms, &answer);
        if (status != SIGNET_OK || answer == NULL)
            break;
        status = take(retrieval, answer, num_added);
        if (status != SIGNET_OK)
            break;
        timeout_ms = 0;
    }
    return status == SIGNET_OK ? room_status(retrieval) : status;
}

enum signet_status signet_retrieval_give_up(struct signet_retrieval *retrieval)
{
    static const char reason[] = "no answer before the deadline";
    enum signet_status status = SIGNET_OK;

    for (size_t i = 0; i < retrieval->num_requests; i++) {
        struct request *request = &retrieval->requests[i];

        if (!request->pending)
            continue;
        signet_fetcher_cancel(retrieval->retriever->fetcher, request->id);
        request->pending = false;
        sg_trace_conclude(&retrieval->trace, request->row, SIGNET_RETRIEVE_TIMED_OUT, reason, 0);
        if (status == SIGNET_OK)
            status = sg_source_failed(&retrieval->retriever->memory, request->url, reason,
                                      retrieval->now);
    }
    for (size_t i = 0; i < retrieval->num_tasks; i++)
        retrieval->tasks[i].finished = true;
    return status == SIGNET_OK ? room_status(retrieval) : status;
}
