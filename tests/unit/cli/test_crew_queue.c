/* SPDX-License-Identifier: Apache-2.0 */
#include "crew_queue.h"

#include "test.h"

#include <limits.h>
#include <sys/wait.h>
#include <unistd.h>

static struct crew_queue *make(void)
{
    struct crew_queue *queue = crew_queue_new();

    assert_non_null(queue);
    return queue;
}

static void put(struct crew_queue *queue, const char *file, size_t number)
{
    const struct task task = {file, number, 2 * number, 3 * number};

    assert_true(crew_queue_has_room(queue, &task));
    crew_queue_put(queue, &task);
}

static void assert_turn(struct crew_queue *queue, size_t process, enum crew_turn turn,
                        uint64_t expected)
{
    struct task task;
    uint64_t index;

    assert_int_equal(crew_queue_take(queue, process, false, &index, &task), turn);
    if (turn == CREW_TASK)
        assert_int_equal(index, expected);
}

static void gives_each_task_once_and_in_order(void **state)
{
    struct crew_queue *queue = make();
    struct task task;
    uint64_t index;

    (void)state;
    assert_turn(queue, 0, CREW_WAIT, 0);
    put(queue, "one", 7);
    put(queue, "", 0);
    assert_int_equal(crew_queue_take(queue, 3, false, &index, &task), CREW_TASK);
    assert_int_equal(index, 0);
    assert_string_equal(task.file, "one");
    assert_int_equal(task.number, 7);
    assert_int_equal(task.offset, 14);
    assert_int_equal(task.len, 21);
    assert_true(crew_queue_is_taken_by(queue, 0, 3));
    assert_false(crew_queue_is_taken_by(queue, 0, 2));
    assert_false(crew_queue_is_taken_by(queue, 1, 3));
    assert_turn(queue, 0, CREW_TASK, 1);
    assert_turn(queue, 0, CREW_WAIT, 0);
    assert_string_equal(crew_queue_task(queue, 1).file, "");
    crew_queue_free(queue);
}

static void has_room_again_when_the_first_is_over(void **state)
{
    struct crew_queue *queue = make();
    const struct task task = {.file = "more"};

    (void)state;
    for (size_t i = 0; i < CREW_WINDOW; i++)
        put(queue, "file", i);
    assert_false(crew_queue_has_room(queue, &task));
    for (size_t i = 0; i < 3 * CREW_WINDOW; i++) {
        assert_turn(queue, i % MAX_CREW, CREW_TASK, i);
        crew_queue_drop_first(queue);
        put(queue, "file", CREW_WINDOW + i);
        assert_false(crew_queue_has_room(queue, &task));
        assert_int_equal(crew_queue_task(queue, i + 1).number, i + 1);
    }
    assert_int_equal(crew_queue_next(queue) - crew_queue_first(queue), CREW_WINDOW);
    /* What another task had in the same place is no answer. */
    assert_false(crew_queue_is_taken_by(queue, 3 * CREW_WINDOW - 1, 0));
    crew_queue_free(queue);
}

/* Names of every length, one behind another, are what they were for as long as they are there. */
static void keeps_names_of_every_length(void **state)
{
    struct crew_queue *queue = make();
    char name[PATH_MAX + 1];
    struct task task = {.file = name};

    (void)state;
    for (size_t i = 0; i < 3000; i++) {
        size_t len = i * 37 % PATH_MAX;

        memset(name, 'a' + (int)(i % 26), len);
        name[len] = '\0';
        while (!crew_queue_has_room(queue, &task)) {
            uint64_t first = crew_queue_first(queue);
            const char *file = crew_queue_task(queue, first).file;

            assert_int_equal(strlen(file), first * 37 % PATH_MAX);
            for (size_t k = 0; file[k] != '\0'; k++)
                assert_int_equal(file[k], 'a' + (int)(first % 26));
            crew_queue_drop_first(queue);
        }
        crew_queue_put(queue, &task);
    }
    assert_true(crew_queue_next(queue) - crew_queue_first(queue) < CREW_WINDOW);
    memset(name, 'x', PATH_MAX);
    name[PATH_MAX] = '\0';
    while (crew_queue_first(queue) < crew_queue_next(queue))
        crew_queue_drop_first(queue);
    assert_false(crew_queue_has_room(queue, &task));
    crew_queue_free(queue);
}

/* Who takes has the names in memory that both can write to, whatever it promised. */
static void believes_nobody_about_what_was_given(void **state)
{
    struct crew_queue *queue = make();
    struct task task;
    uint64_t index;
    pid_t child;
    int status;

    (void)state;
    put(queue, "first", 1);
    put(queue, "second", 2);
    child = fork();
    if (child == 0) {
        if (crew_queue_take(queue, 0, false, &index, &task) == CREW_TASK)
            memset((char *)(uintptr_t)task.file, 'x', 100 << 10);
        _exit(0);
    }
    assert_true(child > 0 && waitpid(child, &status, 0) == child && status == 0);
    assert_true(crew_queue_is_taken_by(queue, 0, 0));
    assert_string_equal(crew_queue_task(queue, 0).file, "first");
    assert_string_equal(crew_queue_task(queue, 1).file, "second");
    crew_queue_free(queue);
}

static void ends_for_all_when_all_is_taken(void **state)
{
    struct crew_queue *queue = make();

    (void)state;
    put(queue, "a", 0);
    put(queue, "b", 0);
    crew_queue_end(queue, false);
    assert_turn(queue, 0, CREW_TASK, 0);
    assert_turn(queue, 1, CREW_TASK, 1);
    for (size_t i = 0; i < 5; i++)
        assert_turn(queue, i, CREW_END, 0);
    crew_queue_free(queue);
}

static void ends_at_once_where_that_is_wished(void **state)
{
    struct crew_queue *queue = make();

    (void)state;
    put(queue, "a", 0);
    crew_queue_end(queue, true);
    for (size_t i = 0; i < 5; i++)
        assert_turn(queue, i, CREW_END, 0);
    crew_queue_free(queue);
}

static void one_let_in_too_many_waits_again(void **state)
{
    struct crew_queue *queue = make();

    (void)state;
    crew_queue_mend(queue);
    assert_turn(queue, 0, CREW_WAIT, 0);
    put(queue, "a", 0);
    crew_queue_mend(queue);
    assert_turn(queue, 0, CREW_TASK, 0);
    crew_queue_end(queue, false);
    assert_turn(queue, 1, CREW_END, 0);
    assert_turn(queue, 0, CREW_END, 0);
    crew_queue_free(queue);
}

static void wakes_who_sleeps_once(void **state)
{
    struct crew_queue *queue = make();

    (void)state;
    assert_false(crew_queue_rouse(queue));
    crew_queue_sleep(queue, CREW_DOZING);
    assert_int_equal(crew_queue_sleeper(queue), CREW_DOZING);
    assert_true(crew_queue_rouse(queue));
    assert_false(crew_queue_rouse(queue));
    crew_queue_free(queue);
}

enum { NUM_PROCESSES = 4, NUM_TASKS = 50000 };

/* Says the index of each task that it takes. */
static pid_t start(struct crew_queue *queue, size_t number, int out)
{
    enum crew_turn turn;
    struct task task;
    uint64_t index;
    pid_t child = fork();

    if (child != 0)
        return child;
    if (!crew_queue_join(queue))
        _exit(1);
    while ((turn = crew_queue_take(queue, number, true, &index, &task)) != CREW_END)
        if (turn == CREW_TASK && (!crew_queue_is_taken_by(queue, index, number) ||
                                  write(out, &index, sizeof index) != sizeof index))
            _exit(1);
    _exit(0);
}

static void hear_of_one(struct crew_queue *queue, int in, bool *seen)
{
    uint64_t index;

    assert_int_equal(read(in, &index, sizeof index), sizeof index);
    assert_true(index < NUM_TASKS);
    assert_false(seen[index]);
    seen[index] = true;
    while (crew_queue_first(queue) < crew_queue_next(queue) && seen[crew_queue_first(queue)])
        crew_queue_drop_first(queue);
}

/* Each task is taken by exactly one of four processes. */
static void processes_share_tasks(void **state)
{
    static bool seen[NUM_TASKS];
    const struct task task = {.file = "mail"};
    struct crew_queue *queue = make();
    pid_t children[NUM_PROCESSES];
    int ends[2];

    (void)state;
    assert_int_equal(pipe(ends), 0);
    for (size_t i = 0; i < NUM_PROCESSES; i++)
        children[i] = start(queue, i, ends[1]);
    for (size_t i = 0; i < NUM_TASKS; i++) {
        while (!crew_queue_has_room(queue, &task))
            hear_of_one(queue, ends[0], seen);
        crew_queue_put(queue, &task);
    }
    crew_queue_end(queue, false);
    while (crew_queue_first(queue) < NUM_TASKS)
        hear_of_one(queue, ends[0], seen);
    for (size_t i = 0; i < NUM_PROCESSES; i++) {
        int state_of_child;

        assert_int_equal(waitpid(children[i], &state_of_child, 0), children[i]);
        assert_int_equal(state_of_child, 0);
    }
    close(ends[0]);
    close(ends[1]);
    crew_queue_free(queue);
}

SG_TEST_MAIN(SG_TEST("", gives_each_task_once_and_in_order),
             SG_TEST("", has_room_again_when_the_first_is_over),
             SG_TEST("E-9", keeps_names_of_every_length),
             SG_TEST("", believes_nobody_about_what_was_given),
             SG_TEST("", ends_for_all_when_all_is_taken),
             SG_TEST("", ends_at_once_where_that_is_wished),
             SG_TEST("", one_let_in_too_many_waits_again), SG_TEST("", wakes_who_sleeps_once),
             SG_TEST("", processes_share_tasks))
