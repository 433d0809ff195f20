/* SPDX-License-Identifier: Apache-2.0 */
#include "crew_worker.h"

#include "gather.h"
#include "message.h"
#include "output.h"

#include <stdlib.h>
#include <unistd.h>

/* Of what was said, kept for what is said next. */
enum { KEPT = 1 << 20 };

/* What is said meanwhile. */
struct saying {
    struct gathered out;
    FILE *error_file;
    char *error;
    size_t error_len;
    bool lost; /* there was no memory for some of it */
};

static bool say(void *context, struct signet_span bytes)
{
    struct saying *saying = context;
    const struct signet_sink sink = gathered_sink(&saying->out);

    saying->lost |= !sink.write(sink.context, bytes);
    return !saying->lost;
}

static bool begin_saying(struct saying *saying)
{
    if (saying->error_file == NULL)
        saying->error_file = open_memstream(&saying->error, &saying->error_len);
    else
        rewind(saying->error_file);
    message_to(saying->error_file);
    if (saying->out.cap > KEPT)
        gathered_free(&saying->out);
    saying->out.len = 0;
    return saying->error_file != NULL;
}

/* --- answering */

static void ring_bell(const struct crew_worker *worker)
{
    if (crew_queue_rouse(worker->queue))
        (void)!write(worker->bell, "", 1);
}

/* An answer of any length goes through a ring that is as large as it is. */
static void put(struct crew_worker *worker, const void *octets, size_t len)
{
    const char *at = octets;

    for (;;) {
        size_t num = octet_ring_put(&worker->answers, at, len);

        at += num;
        len -= num;
        if (len == 0)
            return;
        if (num == 0) {
            ring_bell(worker);
            octet_ring_await_room(&worker->answers);
        }
    }
}

/* Who listens is told each time; who dozes, when there would soon be no room. */
static void announce(const struct crew_worker *worker)
{
    enum crew_sleep sleep = crew_queue_sleeper(worker->queue);

    if (sleep == CREW_LISTENING ||
        (sleep == CREW_DOZING && octet_ring_waiting(&worker->answers) > OCTET_RING_SIZE / 2))
        ring_bell(worker);
}

/* Nothing is lost silently: where there was no room for what was said, the process ends. */
static bool answer(struct crew_worker *worker, struct saying *saying, uint64_t about,
                   enum exit_status status)
{
    bool complete = fflush(saying->error_file) == 0 && !ferror(saying->error_file) && !saying->lost;
    const struct crew_answer_head head = {about, status, saying->out.len, saying->error_len};

    if (!complete)
        return false;
    put(worker, &head, sizeof head);
    put(worker, saying->out.ptr, saying->out.len);
    put(worker, saying->error, saying->error_len);
    announce(worker);
    return true;
}

/* --- tasks */

/* Who gives them may not know that nobody has anything to do. */
static enum crew_turn take_task(struct crew_worker *worker, uint64_t *index, struct task *task)
{
    enum crew_turn turn = crew_queue_take(worker->queue, worker->number, false, index, task);

    if (turn == CREW_WAIT)
        ring_bell(worker);
    while (turn == CREW_WAIT)
        turn = crew_queue_take(worker->queue, worker->number, true, index, task);
    if (turn == CREW_TASK && crew_queue_runs_low(worker->queue, *index))
        ring_bell(worker);
    return turn;
}

static bool run_tasks(struct crew_worker *worker, struct saying *saying)
{
    const struct crew_work *work = worker->work;
    struct task task;
    uint64_t index;

    while (take_task(worker, &index, &task) == CREW_TASK)
        if (!begin_saying(saying) ||
            !answer(worker, saying, index, work->run(work->context, &task)))
            return false;
    return true;
}

static bool open_work(struct crew_worker *worker, struct saying *saying)
{
    bool opened = begin_saying(saying) && worker->work->open(worker->work->context);

    return saying->error_file != NULL &&
           answer(worker, saying, CREW_OPENING, opened ? EXIT_GOOD : EXIT_TROUBLE) && opened;
}

_Noreturn void crew_worker_live(struct crew_worker *worker)
{
    struct saying saying = {.error_file = NULL};
    const struct signet_sink sink = {say, &saying};
    bool good;

    output_to(&sink);
    good =
        crew_queue_join(worker->queue) && open_work(worker, &saying) && run_tasks(worker, &saying);
    good = begin_saying(&saying) && good;
    worker->work->close(worker->work->context);
    good = saying.error_file != NULL &&
           answer(worker, &saying, CREW_CLOSING, good ? EXIT_GOOD : EXIT_TROUBLE) && good;
    _exit(good ? EXIT_GOOD : EXIT_TROUBLE);
}
