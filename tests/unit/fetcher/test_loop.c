/* SPDX-License-Identifier: Apache-2.0 */
#include "loop.h"

#include "test.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

enum { NUM_PAIRS = 40 };

static struct sg_loop loop;
static int pairs[NUM_PAIRS][2];
static size_t num_called;

static void open_pairs(void)
{
    num_called = 0;
    for (size_t i = 0; i < NUM_PAIRS; i++)
        assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, pairs[i]), 0);
}

static void close_pairs(void)
{
    for (size_t i = 0; i < NUM_PAIRS; i++) {
        close(pairs[i][0]);
        close(pairs[i][1]);
    }
    sg_loop_clear(&loop);
}

static void count(void *context, int fd, short revents)
{
    char byte;
    (void)context;
    assert_true(revents & POLLIN);
    assert_int_equal(read(fd, &byte, 1), 1);
    num_called++;
}

static void calls_who_is_concerned(void **state)
{
    (void)state;
    open_pairs();
    for (size_t i = 0; i < NUM_PAIRS; i++)
        assert_true(sg_loop_watch(&loop, pairs[i][0], POLLIN, count, NULL));
    sg_loop_wait(&loop, 0);
    assert_int_equal(num_called, 0);
    for (size_t i = 0; i < NUM_PAIRS; i += 2)
        assert_int_equal(write(pairs[i][1], "x", 1), 1);
    sg_loop_wait(&loop, 1000);
    assert_int_equal(num_called, NUM_PAIRS / 2);
    sg_loop_wait(&loop, 0);
    assert_int_equal(num_called, NUM_PAIRS / 2);
    close_pairs();
}

static void who_is_not_watched_is_not_called(void **state)
{
    (void)state;
    open_pairs();
    assert_true(sg_loop_watch(&loop, pairs[0][0], POLLIN, count, NULL));
    assert_true(sg_loop_watch(&loop, pairs[1][0], POLLIN, count, NULL));
    assert_int_equal(write(pairs[0][1], "x", 1), 1);
    sg_loop_unwatch(&loop, pairs[0][0]);
    sg_loop_unwatch(&loop, 12345);
    sg_loop_wait(&loop, 0);
    assert_int_equal(num_called, 0);
    assert_true(sg_loop_watch(&loop, pairs[0][0], POLLIN, count, NULL));
    assert_true(sg_loop_watch(&loop, pairs[0][0], 0, count, NULL));
    sg_loop_wait(&loop, 0);
    assert_int_equal(num_called, 0);
    close_pairs();
}

/* Ends its own watch and the next one's, and begins many, while the loop is at it. */
static void upset(void *context, int fd, short revents)
{
    (void)context, (void)revents;
    num_called++;
    sg_loop_unwatch(&loop, fd);
    sg_loop_unwatch(&loop, pairs[1][0]);
    for (size_t i = 2; i < NUM_PAIRS; i++)
        assert_true(sg_loop_watch(&loop, pairs[i][0], POLLIN, count, NULL));
}

static void watches_may_change_while_they_are_called(void **state)
{
    (void)state;
    open_pairs();
    assert_true(sg_loop_watch(&loop, pairs[0][0], POLLIN, upset, NULL));
    assert_true(sg_loop_watch(&loop, pairs[1][0], POLLIN, count, NULL));
    for (size_t i = 0; i < NUM_PAIRS; i++)
        assert_int_equal(write(pairs[i][1], "x", 1), 1);
    sg_loop_wait(&loop, 1000);
    assert_int_equal(num_called, 1);
    sg_loop_wait(&loop, 1000);
    assert_int_equal(num_called, 1 + NUM_PAIRS - 2);
    close_pairs();
}

SG_TEST_MAIN(SG_TEST("", calls_who_is_concerned), SG_TEST("", who_is_not_watched_is_not_called),
             SG_TEST("", watches_may_change_while_they_are_called))
