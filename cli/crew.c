/* SPDX-License-Identifier: Apache-2.0 */
#include "crew.h"

#include "crew_process.h"
#include "message.h"
#include "output.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>

/* Octets of answers that wait, beyond which only the process with the next one is listened to. */
#define MAX_WAITING ((size_t)64 << 20)
/* Where answers come one after another, they are looked for so often. */
enum { DOZE_MS = 10 };

struct text {
    char *octets;
    size_t len;
};

/* What one task gave. */
struct place {
    bool done;
    struct crew_answer answer;
    struct text after; /* what the caller said between this task and the next */
};

struct member {
    bool opened, closed;
};

struct crew {
    struct crew_work work;
    struct crew_queue *queue;
    struct crew_process processes[MAX_CREW];
    struct member members[MAX_CREW];
    size_t num, most, num_alive;
    bool told_opening, any_opened;
    bool ending;        /* there are no more tasks */
    bool news;          /* something came lately */
    bool output_failed; /* nobody reads on */
    struct place places[CREW_WINDOW];
    size_t num_open; /* tasks that were given and are not done */
    size_t waiting;  /* octets of answers that are not shown yet */
    FILE *said_file; /* what the caller says */
    struct text said;
    struct text before; /* what he said before the first task */
    enum exit_status status;
};

static struct place *place_at(struct crew *crew, uint64_t index)
{
    return &crew->places[index % CREW_WINDOW];
}

static bool is_alive(const struct crew *crew, size_t index)
{
    return crew->processes[index].id > 0;
}

/* The task was given, and is not done. */
static bool is_open(struct crew *crew, uint64_t index)
{
    return index >= crew_queue_first(crew->queue) && index < crew_queue_next(crew->queue) &&
           !place_at(crew, index)->done;
}

/* --- showing */

static void show(struct crew *crew, struct crew_answer *answer)
{
    const struct signet_span out = {(const uint8_t *)answer->said, answer->head.out_len};
    const struct signet_sink *sink = output_sink();

    if (out.len > 0 && !crew->output_failed)
        crew->output_failed = !sink->write(sink->context, out); /* told by output_finish */
    if (answer->head.error_len > 0)
        fwrite(answer->said + out.len, 1, answer->head.error_len, stderr);
    crew->status = exit_worse(crew->status, answer->head.status);
    free(answer->said);
    answer->said = NULL;
}

static void show_text(struct text *text)
{
    if (text->len > 0)
        fwrite(text->octets, 1, text->len, stderr);
    free(text->octets);
    *text = (struct text){NULL, 0};
}

/* What is said of the opening comes before all. */
static void show_done(struct crew *crew)
{
    uint64_t first = crew_queue_first(crew->queue);

    for (; crew->any_opened && first < crew_queue_next(crew->queue); first++) {
        struct place *place = place_at(crew, first);

        if (!place->done)
            return;
        crew->waiting -= place->answer.head.out_len + place->answer.head.error_len;
        show(crew, &place->answer);
        show_text(&place->after);
        place->done = false;
        crew_queue_drop_first(crew->queue);
    }
}

static void settle(struct crew *crew, const struct crew_answer *answer)
{
    struct place *place = place_at(crew, answer->head.about);

    place->done = true;
    place->answer = *answer;
    crew->num_open--;
    crew->waiting += answer->head.out_len + answer->head.error_len;
    show_done(crew);
}

/* --- what the caller says */

static bool listen_to_caller(struct crew *crew)
{
    crew->said_file = open_memstream(&crew->said.octets, &crew->said.len);
    message_to(crew->said_file);
    return crew->said_file != NULL;
}

/* What was said since the last call; begins to listen anew. */
static struct text take_said(struct crew *crew)
{
    struct text said = {NULL, 0};

    if (crew->said_file == NULL || fflush(crew->said_file) != 0 || crew->said.len == 0)
        return said;
    (void)fclose(crew->said_file);
    said = crew->said;
    crew->said = (struct text){NULL, 0};
    (void)listen_to_caller(crew);
    return said;
}

static void append(struct text *text, struct text more)
{
    char *grown = realloc(text->octets, text->len + more.len);

    if (grown != NULL) {
        memcpy(grown + text->len, more.octets, more.len);
        *text = (struct text){grown, text->len + more.len};
    }
    free(more.octets);
}

/* What was said stands behind the last task that was given. */
static void place_said(struct crew *crew)
{
    uint64_t next = crew_queue_next(crew->queue);
    struct text said = take_said(crew);

    if (said.len == 0)
        return;
    if (next > crew_queue_first(crew->queue))
        append(&place_at(crew, next - 1)->after, said);
    else if (crew->any_opened)
        show_text(&said);
    else
        append(&crew->before, said);
}

/* The task at INDEX was not done. */
static void settle_failed(struct crew *crew, uint64_t index, const char *what, const char *why)
{
    struct crew_answer answer = {{index, EXIT_TROUBLE, 0, 0}, NULL};
    struct text said;

    place_said(crew);
    message_error("%s: %s%s", crew_queue_task(crew->queue, index).file, what, why);
    said = take_said(crew);
    answer.said = said.octets;
    answer.head.error_len = said.len;
    settle(crew, &answer);
}

static void settle_all_failed(struct crew *crew)
{
    uint64_t next = crew_queue_next(crew->queue);

    for (uint64_t index = crew_queue_first(crew->queue); index < next; index++)
        if (is_open(crew, index))
            settle_failed(crew, index, "there was no process to judge it", "");
}

/* --- the processes */

/* Not in the order of what is judged. */
static void tell_at_once(struct crew *crew, const char *what, const char *why)
{
    message_to(NULL);
    message_error("%s%s", what, why);
    message_to(crew->said_file);
}

static bool start_member(struct crew *crew, size_t index)
{
    crew->members[index] = (struct member){.opened = false};
    if (!crew_process_start(&crew->processes[index], &crew->work, crew->queue, index,
                            crew->processes, crew->num)) {
        tell_at_once(crew, "a process cannot be started: ", strerror(errno));
        return false;
    }
    crew->num_alive++;
    return true;
}

/* No more than can have something to do. */
static void start_another(struct crew *crew)
{
    if (crew->num == crew->most || crew->num_open <= crew->num_alive)
        return;
    if (start_member(crew, crew->num))
        crew->num++;
    else
        crew->most = crew->num;
}

/* Its task is what it died of; another process takes its place. One that could not even be opened
 * is not replaced. */
static void bury(struct crew *crew, size_t index, int number)
{
    struct member dead = crew->members[index];
    uint64_t next = crew_queue_next(crew->queue);
    char why[128] = " ended before it was done";

    crew->num_alive--;
    if (number != 0)
        snprintf(why, sizeof why, " was ended by signal %d (%s)", number, strsignal(number));
    if (!dead.opened && number != 0)
        tell_at_once(crew, "a process that was to judge", why);
    if (!dead.opened || (crew->ending && !dead.closed))
        crew->status = EXIT_TROUBLE;
    for (uint64_t i = crew_queue_first(crew->queue); i < next; i++)
        if (is_open(crew, i) && crew_queue_is_taken_by(crew->queue, i, index))
            settle_failed(crew, i, "the process that judged it", why);
    crew_queue_mend(crew->queue);
    if (dead.opened && !crew->ending)
        (void)start_member(crew, index);
    if (crew->num_alive == 0 && crew->any_opened)
        settle_all_failed(crew);
}

/* --- answers */

/* All say the same when they open: it is told once, unless it is that they cannot. */
static void take_opening(struct crew *crew, size_t index, struct crew_answer *answer)
{
    bool good = answer->head.status == EXIT_GOOD;

    if (crew->told_opening && (good || !crew->any_opened))
        answer->head.out_len = answer->head.error_len = 0;
    show(crew, answer);
    crew->members[index].opened = good;
    crew->told_opening = true;
    if (!good || crew->any_opened)
        return;
    crew->any_opened = true;
    show_text(&crew->before);
    show_done(crew);
}

/* False: it is about a task that this process does not have. */
static bool take_answer(struct crew *crew, size_t index, struct crew_answer *answer)
{
    if (answer->head.about == CREW_OPENING) {
        take_opening(crew, index, answer);
        return true;
    }
    if (answer->head.about == CREW_CLOSING) {
        crew->members[index].closed = true;
        show(crew, answer);
        return true;
    }
    if (!is_open(crew, answer->head.about) ||
        !crew_queue_is_taken_by(crew->queue, answer->head.about, index)) {
        free(answer->said);
        return false;
    }
    settle(crew, answer);
    return true;
}

/* It has the first task that is not done. */
static bool has_first(const struct crew *crew, size_t index)
{
    uint64_t first = crew_queue_first(crew->queue);

    return first < crew_queue_next(crew->queue) &&
           crew_queue_is_taken_by(crew->queue, first, index);
}

static bool is_awaited(const struct crew *crew, size_t index)
{
    return is_alive(crew, index) &&
           (crew->waiting < MAX_WAITING || has_first(crew, index) || !crew->members[index].opened);
}

/* Answers that are there. False: from now on nothing can be believed. */
static bool take_answers(struct crew *crew, size_t index)
{
    struct crew_answer answer;

    while (is_awaited(crew, index)) {
        enum crew_taken taken = crew_process_take(&crew->processes[index], &answer);

        if (taken == CREW_NOTHING)
            return true;
        crew->news = true;
        if (taken == CREW_BROKEN || !take_answer(crew, index, &answer))
            return false;
    }
    return true;
}

static void collect(struct crew *crew)
{
    crew->news = false;
    for (size_t i = 0; i < crew->num; i++)
        if (is_alive(crew, i) && !take_answers(crew, i))
            bury(crew, i, crew_process_kill(&crew->processes[i]));
}

/* What it said before is there still. */
static void lose(struct crew *crew, size_t index)
{
    struct crew_answer answer;

    while (crew_process_take(&crew->processes[index], &answer) == CREW_ANSWER)
        if (!take_answer(crew, index, &answer))
            break;
    bury(crew, index, crew_process_wait(&crew->processes[index]));
}

/* --- sleeping */

static bool has_answers(const struct crew *crew)
{
    for (size_t i = 0; i < crew->num; i++)
        if (is_awaited(crew, i) && crew_process_has_said(&crew->processes[i]))
            return true;
    return false;
}

/* Where answers came lately, more will come, and all of them are taken at once a little later. */
static void sleep_for(struct crew *crew, struct pollfd *ends, size_t num)
{
    int timeout_ms = crew->news ? DOZE_MS : -1;

    if (!output_flush())
        crew->output_failed = true;
    crew_queue_sleep(crew->queue, crew->news ? CREW_DOZING : CREW_LISTENING);
    if (!crew->news && has_answers(crew))
        timeout_ms = 0;
    if (poll(ends, num, timeout_ms) < 0)
        for (size_t i = 0; i < num; i++)
            ends[i].revents = 0;
    crew_queue_sleep(crew->queue, CREW_AWAKE);
}

/* Sleeps until there is something to be done, or something comes from FD (-1: nothing does). True:
 * it has come. */
static bool await(struct crew *crew, int fd)
{
    struct pollfd ends[MAX_CREW + 1];

    for (size_t i = 0; i < crew->num; i++)
        ends[i] = (struct pollfd){is_alive(crew, i) ? crew->processes[i].bell : -1, POLLIN, 0};
    ends[crew->num] = (struct pollfd){fd, POLLIN, 0};
    sleep_for(crew, ends, crew->num + 1);
    for (size_t i = 0; i < crew->num; i++)
        if (ends[i].revents != 0 && !crew_process_heard(&crew->processes[i]))
            lose(crew, i);
    collect(crew);
    return ends[crew->num].revents != 0;
}

/* --- giving */

static bool can_go_on(const struct crew *crew)
{
    return crew->num_alive > 0 && !crew->output_failed;
}

bool crew_await(struct crew *crew, int fd)
{
    place_said(crew);
    while (can_go_on(crew) && !await(crew, fd))
        continue;
    return can_go_on(crew);
}

bool crew_give(struct crew *crew, const struct task *task)
{
    /* No name of a file. */
    if (strlen(task->file) >= PATH_MAX) {
        message_error("%s: %s", task->file, strerror(ENAMETOOLONG));
        crew->status = EXIT_TROUBLE;
        return can_go_on(crew);
    }
    place_said(crew);
    while (can_go_on(crew) && !crew_queue_has_room(crew->queue, task))
        (void)await(crew, -1);
    if (!can_go_on(crew))
        return false;
    crew_queue_put(crew->queue, task);
    crew->num_open++;
    start_another(crew);
    return true;
}

/* --- the whole */

struct crew *crew_start(const struct crew_work *work, size_t num)
{
    struct crew *crew = calloc(1, sizeof *crew);

    if (crew != NULL)
        crew->queue = crew_queue_new();
    if (crew == NULL || crew->queue == NULL || !listen_to_caller(crew)) {
        message_status("start", SIGNET_ERR_MEMORY);
        if (crew != NULL)
            crew_queue_free(crew->queue);
        free(crew);
        return NULL;
    }
    crew->work = *work;
    crew->most = num;
    output_in_bulk();
    if (start_member(crew, 0))
        crew->num = 1;
    return crew;
}

/* What was not shown is lost with what nobody reads, or where no process could judge. */
static void release(struct crew *crew)
{
    uint64_t next = crew_queue_next(crew->queue);

    for (uint64_t i = crew_queue_first(crew->queue); i < next; i++) {
        free(place_at(crew, i)->answer.said);
        free(place_at(crew, i)->after.octets);
    }
    message_to(NULL);
    if (crew->said_file != NULL)
        fclose(crew->said_file);
    free(crew->said.octets);
    free(crew->before.octets);
    crew_queue_free(crew->queue);
    free(crew);
}

enum exit_status crew_finish(struct crew *crew)
{
    enum exit_status status;
    bool complete;

    place_said(crew);
    while (can_go_on(crew) && (crew->num_open > 0 || !crew->told_opening))
        (void)await(crew, -1);
    complete = crew->any_opened && crew->num_open == 0;
    crew->ending = true;
    crew_queue_end(crew->queue, !complete);
    while (crew->num_alive > 0)
        (void)await(crew, -1);
    status = complete ? crew->status : EXIT_TROUBLE;
    release(crew);
    return status;
}
