/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The crew with two processes that are none: one answers at once, the other only when nobody
 * listens to the first.
 */
#include "crew.h"

#include "crew_process.h"
#include "output.h"
#include "test.h"

#include <poll.h>

enum { SLOW, FAST, NUM_PROCESSES, FIRST_FD = 100, NUM_TASKS = 40 };

/* Four of these are as much as may wait. Nobody writes into them, so that they cost nothing. */
#define ANSWER_LEN ((size_t)16 << 20)

static struct {
    size_t num_started;
    struct {
        bool opened;
        size_t given[NUM_TASKS], num_given, num_taken;
    } processes[NUM_PROCESSES];
    size_t num_before_slow; /* answers of the fast one before the first of the slow one */
    size_t shown[NUM_TASKS], num_shown;
} scene;

static bool has_answer(int index)
{
    return !scene.processes[index].opened ||
           scene.processes[index].num_taken < scene.processes[index].num_given;
}

int __wrap_poll(struct pollfd *ends, nfds_t num, int timeout_ms);

int __wrap_poll(struct pollfd *ends, nfds_t num, int timeout_ms)
{
    int num_ready = 0;

    (void)timeout_ms;
    assert_int_equal(num, NUM_PROCESSES);
    for (int i = NUM_PROCESSES - 1; i >= 0; i--) {
        bool waits = i == SLOW && scene.processes[i].opened && num_ready > 0;

        ends[i].revents = ends[i].fd >= 0 && has_answer(i) && !waits ? POLLIN : 0;
        num_ready += ends[i].revents != 0;
    }
    assert_true(num_ready > 0);
    return num_ready;
}

bool crew_process_start(struct crew_process *process, const struct crew_work *work,
                        const struct crew_process *before, size_t num_before)
{
    int number = (int)scene.num_started++;

    (void)work, (void)before, (void)num_before;
    *process = (struct crew_process){number + 1, -1, FIRST_FD + number};
    return true;
}

bool crew_process_give(const struct crew_process *process, const struct task *task)
{
    int index = process->answers - FIRST_FD;

    scene.processes[index].given[scene.processes[index].num_given++] = task->number;
    return true;
}

bool crew_process_take(const struct crew_process *process, struct crew_answer *answer)
{
    int index = process->answers - FIRST_FD;
    size_t out_len = 0;

    if (!has_answer(index))
        return false;
    if (scene.processes[index].opened) {
        /* Its length says whose answer it is. */
        out_len = ANSWER_LEN + scene.processes[index].given[scene.processes[index].num_taken++];
        scene.num_before_slow += index == FAST && scene.processes[SLOW].num_taken == 0;
    }
    scene.processes[index].opened = true;
    *answer = (struct crew_answer){EXIT_GOOD, malloc(out_len + 1), out_len, 0};
    return answer->said != NULL;
}

void crew_process_end(struct crew_process *process)
{
    (void)process;
}

int crew_process_wait(struct crew_process *process)
{
    process->id = -1;
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

static void leaves_in_the_pipes_what_is_too_much(void **state)
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

SG_TEST_MAIN(SG_TEST("", leaves_in_the_pipes_what_is_too_much))
