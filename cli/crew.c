/* SPDX-License-Identifier: Apache-2.0 */
#include "crew.h"

#include "crew_process.h"
#include "message.h"
#include "output.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Tasks that a process has at most: one that it works on, and one so that it need not wait. */
enum { TASKS_EACH = 2 };
/* Tasks that are under way at most, or done and waiting for one before them. */
enum { WINDOW = 1024 };
/* Octets of answers that wait, beyond which only the process with the next one is read. */
#define MAX_WAITING ((size_t)64 << 20)

/* One place in the order. */
struct place {
    char *file; /* of a task; NULL: what was said between two tasks */
    struct task task;
    bool done;
    struct crew_answer answer;
};

struct member {
    bool opened;
    size_t places[TASKS_EACH]; /* the tasks that it has, in order */
    size_t num;
};

struct crew {
    struct crew_work work;
    struct crew_process processes[MAX_CREW];
    struct member members[MAX_CREW];
    size_t num, num_alive;
    bool told_opening, any_opened;
    bool output_failed; /* nobody reads on */
    struct place places[WINDOW];
    size_t first, next; /* the place to be shown next, and the one to be given next */
    size_t waiting;     /* octets of answers that are not shown yet */
    FILE *said_file;    /* what the caller says */
    char *said;
    size_t said_len;
    enum exit_status status;
    struct sigaction pipe_action; /* of SIGPIPE before */
};

static struct place *place_at(struct crew *crew, size_t index)
{
    return &crew->places[index % WINDOW];
}

static bool has_died(const struct crew *crew, size_t index)
{
    return crew->processes[index].id < 0;
}

/* --- showing */

static void show_answer(struct crew *crew, struct crew_answer *answer)
{
    const struct signet_span out = {(const uint8_t *)answer->said, answer->out_len};
    const struct signet_sink *sink = output_sink();

    if (out.len > 0)
        crew->output_failed |= !sink->write(sink->context, out); /* told by output_finish */
    fwrite(answer->said + answer->out_len, 1, answer->error_len, stderr);
    free(answer->said);
    answer->said = NULL;
}

static void show_done(struct crew *crew)
{
    while (crew->first < crew->next && place_at(crew, crew->first)->done) {
        struct place *place = place_at(crew, crew->first++);

        crew->status = exit_worse(crew->status, place->answer.status);
        crew->waiting -= place->answer.out_len + place->answer.error_len;
        if (place->answer.said != NULL)
            show_answer(crew, &place->answer);
        free(place->file);
        *place = (struct place){.file = NULL};
    }
}

static void settle(struct crew *crew, size_t index, const struct crew_answer *answer)
{
    struct place *place = place_at(crew, index);

    place->done = true;
    place->answer = *answer;
    crew->waiting += answer->out_len + answer->error_len;
    show_done(crew);
}

/* What was said since the last call becomes ANSWER's; begins to listen again. */
static bool take_said(struct crew *crew, struct crew_answer *answer)
{
    *answer = (struct crew_answer){.status = EXIT_GOOD};
    if (crew->said_file != NULL && fclose(crew->said_file) == 0 && crew->said_len > 0) {
        answer->said = crew->said;
        answer->error_len = crew->said_len;
    } else {
        free(crew->said);
    }
    crew->said = NULL;
    crew->said_len = 0;
    crew->said_file = open_memstream(&crew->said, &crew->said_len);
    message_to(crew->said_file);
    return answer->said != NULL;
}

/* The task at INDEX was not done. */
static void settle_failed(struct crew *crew, size_t index, const char *why)
{
    struct crew_answer answer;

    message_error("%s: %s", place_at(crew, index)->task.file, why);
    (void)take_said(crew, &answer);
    answer.status = EXIT_TROUBLE;
    settle(crew, index, &answer);
}

/* --- the processes */

static bool start_member(struct crew *crew, size_t index)
{
    crew->members[index] = (struct member){.opened = false};
    if (!crew_process_start(&crew->processes[index], &crew->work, crew->processes, crew->num))
        return false;
    crew->num_alive++;
    return true;
}

static void give_to(struct crew *crew, size_t index, size_t place)
{
    struct member *member = &crew->members[index];

    member->places[member->num++] = place;
    /* That it cannot be given is found when the answer does not come. */
    (void)crew_process_give(&crew->processes[index], &place_at(crew, place)->task);
}

/* Its first task is what it died of; another process takes its place and the others. One that could
 * not even be opened is not replaced. */
static void bury(struct crew *crew, size_t index)
{
    struct member dead = crew->members[index];
    int number = crew_process_wait(&crew->processes[index]);
    char why[128];

    crew->num_alive--;
    if (number != 0)
        snprintf(why, sizeof why, "the process that judged it was ended by signal %d (%s)", number,
                 strsignal(number));
    else
        snprintf(why, sizeof why, "the process that judged it ended before it was done");
    if (!dead.opened)
        crew->status = EXIT_TROUBLE;
    if (dead.opened && !start_member(crew, index))
        message_error("a process cannot be started: %s", strerror(errno));
    if (dead.num > 0 && dead.opened)
        settle_failed(crew, dead.places[0], why);
    for (size_t i = dead.opened ? 1 : 0; i < dead.num; i++) {
        if (!has_died(crew, index))
            give_to(crew, index, dead.places[i]);
        else
            settle_failed(crew, dead.places[i], "there was no process to judge it");
    }
}

/* All say the same when they open: it is told once, unless it is that they cannot. */
static void take_opening(struct crew *crew, size_t index, struct crew_answer *answer)
{
    crew->members[index].opened = answer->status == EXIT_GOOD;
    if (!crew->told_opening || (answer->status != EXIT_GOOD && crew->any_opened))
        show_answer(crew, answer);
    free(answer->said);
    crew->told_opening = true;
    crew->any_opened |= answer->status == EXIT_GOOD;
    crew->status = exit_worse(crew->status, answer->status);
}

static void take_answer(struct crew *crew, size_t index)
{
    struct member *member = &crew->members[index];
    struct crew_answer answer;

    if (!crew_process_take(&crew->processes[index], &answer)) {
        bury(crew, index);
    } else if (!member->opened) {
        take_opening(crew, index, &answer);
    } else {
        size_t place = member->places[0];

        memmove(member->places, member->places + 1, --member->num * sizeof *member->places);
        settle(crew, place, &answer);
    }
}

/* The process that has the first task that is not done. */
static bool has_first(const struct crew *crew, size_t index)
{
    const struct member *member = &crew->members[index];

    return member->num > 0 && member->places[0] == crew->first;
}

static bool is_awaited(const struct crew *crew, size_t index)
{
    if (has_died(crew, index))
        return false;
    return crew->waiting < MAX_WAITING || has_first(crew, index) || !crew->members[index].opened;
}

/* Waits for an answer of anybody. */
static void collect(struct crew *crew)
{
    struct pollfd ends[MAX_CREW];

    for (size_t i = 0; i < crew->num; i++)
        ends[i] = (struct pollfd){is_awaited(crew, i) ? crew->processes[i].answers : -1, POLLIN, 0};
    if (poll(ends, crew->num, -1) < 0)
        return;
    for (size_t i = 0; i < crew->num; i++)
        if (ends[i].revents != 0)
            take_answer(crew, i);
}

/* --- giving */

static size_t find_free(const struct crew *crew)
{
    size_t best = crew->num;

    for (size_t i = 0; i < crew->num; i++)
        if (!has_died(crew, i) && crew->members[i].opened && crew->members[i].num < TASKS_EACH &&
            (best == crew->num || crew->members[i].num < crew->members[best].num))
            best = i;
    return best;
}

/* Waits until there is a place in the order. */
static size_t reserve(struct crew *crew)
{
    while (crew->next - crew->first == WINDOW && crew->num_alive > 0)
        collect(crew);
    return crew->next++;
}

static void give_said(struct crew *crew)
{
    struct crew_answer answer;

    if (take_said(crew, &answer))
        settle(crew, reserve(crew), &answer);
}

static bool opens(struct crew *crew)
{
    while (!crew->told_opening && crew->num_alive > 0)
        collect(crew);
    return crew->num_alive > 0;
}

bool crew_give(struct crew *crew, const struct task *task)
{
    size_t index, place;

    if (!opens(crew) || crew->output_failed)
        return false;
    give_said(crew);
    while (crew->num_alive > 0 && find_free(crew) == crew->num)
        collect(crew);
    if (crew->num_alive == 0)
        return false;
    place = reserve(crew);
    *place_at(crew, place) = (struct place){.file = strdup(task->file), .task = *task};
    place_at(crew, place)->task.file = place_at(crew, place)->file;
    index = find_free(crew);
    if (place_at(crew, place)->file == NULL || index == crew->num) {
        place_at(crew, place)->task.file = "a message";
        settle_failed(crew, place, "there is no memory or no process to judge it");
        return index != crew->num;
    }
    give_to(crew, index, place);
    return true;
}

/* --- the whole */

struct crew *crew_start(const struct crew_work *work, size_t num)
{
    struct crew *crew = calloc(1, sizeof *crew);
    const struct sigaction ignore = {.sa_handler = SIG_IGN};
    struct crew_answer none;

    if (crew == NULL) {
        message_status("start", SIGNET_ERR_MEMORY);
        return NULL;
    }
    crew->work = *work;
    /* Whether a process is gone is seen by its pipe. */
    sigaction(SIGPIPE, &ignore, &crew->pipe_action);
    fflush(stdout);
    while (crew->num < num && start_member(crew, crew->num))
        crew->num++;
    if (crew->num < num)
        message_error("a process cannot be started: %s", strerror(errno));
    (void)take_said(crew, &none);
    return crew;
}

static void dismiss(struct crew *crew)
{
    for (size_t i = 0; i < crew->num; i++)
        if (!has_died(crew, i))
            crew_process_end(&crew->processes[i]);
    for (size_t i = 0; i < crew->num; i++) {
        struct crew_answer answer;

        if (has_died(crew, i))
            continue;
        while (crew_process_take(&crew->processes[i], &answer)) {
            if (!crew->members[i].opened) {
                take_opening(crew, i, &answer);
                continue;
            }
            crew->status = exit_worse(crew->status, answer.status);
            show_answer(crew, &answer);
        }
        if (crew_process_wait(&crew->processes[i]) != 0)
            crew->status = EXIT_TROUBLE;
    }
}

enum exit_status crew_finish(struct crew *crew)
{
    enum exit_status status;

    (void)opens(crew);
    give_said(crew);
    while (crew->first < crew->next && crew->num_alive > 0)
        collect(crew);
    message_to(NULL);
    if (crew->said_file != NULL)
        fclose(crew->said_file);
    free(crew->said);
    dismiss(crew);
    sigaction(SIGPIPE, &crew->pipe_action, NULL);
    status = crew->first < crew->next || crew->num_alive < 1 ? EXIT_TROUBLE : crew->status;
    free(crew);
    return status;
}
