/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The crew with two processes that are none: one answers at once, the other only when nobody
 * listens to the first.
 */
#include "crew.h"

#include "crew_process.h"
#include "crew_queue.h"
#include "output.h"
#include "test.h"

#include <poll.h>

enum { SLOW, FAST, NUM_PROCESSES, FIRST_FD = 100, NUM_TASKS = 40 };

/* Four of these are as much as may wait. Nobody writes into them, so that they cost nothing. */
#define ANSWER_LEN ((size_t)16 << 20)

static struct {
    struct crew_queue *queue;
    size_t num_started;
    bool fast_answered; /* since the last poll */
    bool fast_rests;    /* it did not, before the last poll */
    struct {
        bool opened, has_task, closed;
        uint64_t task;
    } processes[NUM_PROCESSES];
    size_t num_slow,
        num_before_slow; /* answers of the slow one; of the fast one before the first */
    size_t shown[NUM_TASKS], num_shown;
} scene;

static int index_of(const struct crew_process *process)
{
    return process->bell - FIRST_FD;
}

int __wrap_poll(struct pollfd *ends, nfds_t num, int timeout_ms);

int __wrap_poll(struct pollfd *ends, nfds_t num, int timeout_ms)
{
    (void)timeout_ms;
    assert_in_range(num, 2, NUM_PROCESSES + 1);
    for (nfds_t i = 0; i < num; i++)
        ends[i].revents = ends[i].fd >= 0 && scene.processes[i].closed ? POLLIN : 0;
    scene.fast_rests = scene.processes[FAST].opened && !scene.fast_answered;
    scene.fast_answered = false;
    return 1;
}

bool crew_process_start(struct crew_process *process, const struct crew_work *work,
                        struct crew_queue *queue, size_t number, const struct crew_process *before,
                        size_t num_before)
{
    (void)work, (void)before, (void)num_before;
    assert_int_equal(number, scene.num_started++);
    scene.queue = queue;
    *process = (struct crew_process){.id = (pid_t)number + 1, .bell = FIRST_FD + (int)number};
    return true;
}

bool crew_process_heard(const struct crew_process *process)
{
    return !scene.processes[index_of(process)].closed;
}

bool crew_process_has_said(const struct crew_process *process)
{
    (void)process;
    return false;
}

static enum crew_taken give_answer(struct crew_answer *answer, uint64_t about, size_t out_len)
{
    *answer = (struct crew_answer){{about, EXIT_GOOD, out_len, 0}, malloc(out_len + 1)};
    assert_non_null(answer->said);
    return CREW_ANSWER;
}

/* CREW_TASK once, for an answer of opening or of a task; CREW_END for that of closing. */
static enum crew_turn take_turn(int index)
{
    struct task task;

    if (!scene.processes[index].has_task) {
        enum crew_turn turn =
            crew_queue_take(scene.queue, (size_t)index, false, &scene.processes[index].task, &task);
        scene.processes[index].has_task = turn == CREW_TASK;
        return turn;
    }
    return CREW_TASK;
}

enum crew_taken crew_process_take(struct crew_process *process, struct crew_answer *answer)
{
    int index = index_of(process);
    enum crew_turn turn;

    if (!scene.processes[index].opened) {
        scene.processes[index].opened = true;
        return give_answer(answer, CREW_OPENING, 0);
    }
    turn = scene.processes[index].closed ? CREW_WAIT : take_turn(index);
    if (turn == CREW_WAIT || (turn == CREW_TASK && index == SLOW && !scene.fast_rests))
        return CREW_NOTHING;
    if (turn == CREW_END) {
        scene.processes[index].closed = true;
        return give_answer(answer, CREW_CLOSING, 0);
    }
    scene.processes[index].has_task = false;
    scene.fast_answered |= index == FAST;
    scene.fast_rests = false;
    scene.num_slow += index == SLOW;
    scene.num_before_slow += index == FAST && scene.num_slow == 0;
    /* Its length says whose answer it is. */
    return give_answer(answer, scene.processes[index].task,
                       ANSWER_LEN + scene.processes[index].task);
}

int crew_process_wait(struct crew_process *process)
{
    *process = (struct crew_process){.id = -1, .bell = -1};
    return 0;
}

int crew_process_kill(struct crew_process *process)
{
    (void)process;
    fail();
    return 0;
}

static bool show(void *context, struct signet_span octets)
{
    (void)context;
    assert_true(scene.num_shown < NUM_TASKS);
    scene.shown[scene.num_shown++] = octets.len - ANSWER_LEN;
    return true;
}

const struct signet_sink *output_sink(void)
{
    static const struct signet_sink sink = {show, NULL};

    return &sink;
}

bool output_flush(void)
{
    return true;
}

void output_in_bulk(void)
{
}

static void leaves_where_it_is_what_is_too_much(void **state)
{
    const struct crew_work nothing = {.context = NULL};
    struct crew *crew = crew_start(&nothing, NUM_PROCESSES);

    (void)state;
    assert_non_null(crew);
    for (size_t i = 0; i < NUM_TASKS; i++)
        assert_true(crew_give(crew, &(struct task){.file = "mail.mbox", .number = i}));
    assert_int_equal(crew_finish(crew), EXIT_GOOD);
    assert_int_equal(scene.num_before_slow, 4);
    assert_int_equal(scene.num_shown, NUM_TASKS);
    for (size_t i = 0; i < NUM_TASKS; i++)
        assert_int_equal(scene.shown[i], i);
}

SG_TEST_MAIN(SG_TEST("", leaves_where_it_is_what_is_too_much))
