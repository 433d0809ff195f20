/* SPDX-License-Identifier: Apache-2.0 */
#include "octet_ring.h"

#include "test.h"

#include <sys/wait.h>
#include <unistd.h>

/* The octet at a place in all that is ever put. */
static uint8_t octet_at(size_t at)
{
    return (uint8_t)(at * 31 + at / 251);
}

static void fill(uint8_t *octets, size_t at, size_t len)
{
    for (size_t i = 0; i < len; i++)
        octets[i] = octet_at(at + i);
}

static void assert_octets(const uint8_t *octets, size_t at, size_t len)
{
    for (size_t i = 0; i < len; i++)
        assert_int_equal(octets[i], octet_at(at + i));
}

/* Both ends in one process, which each have a place of their own. */
struct ends {
    struct octet_ring in, out;
};

static struct ends make_ends(void)
{
    struct ends ends;

    assert_true(octet_ring_make(&ends.in));
    ends.out = ends.in;
    return ends;
}

static void takes_no_more_than_there_is_room_for(void **state)
{
    static uint8_t octets[OCTET_RING_SIZE + 1];
    struct ends ends = make_ends();

    (void)state;
    assert_false(octet_ring_has(&ends.out));
    assert_int_equal(octet_ring_take(&ends.out, octets, 1), 0);
    fill(octets, 0, sizeof octets);
    assert_int_equal(octet_ring_put(&ends.in, octets, 0), 0);
    assert_int_equal(octet_ring_put(&ends.in, octets, sizeof octets), OCTET_RING_SIZE);
    assert_int_equal(octet_ring_put(&ends.in, octets, 1), 0);
    assert_int_equal(octet_ring_waiting(&ends.in), OCTET_RING_SIZE);
    assert_true(octet_ring_has(&ends.out));
    memset(octets, 0, sizeof octets);
    assert_int_equal(octet_ring_take(&ends.out, octets, sizeof octets), OCTET_RING_SIZE);
    assert_octets(octets, 0, OCTET_RING_SIZE);
    assert_int_equal(octet_ring_waiting(&ends.in), 0);
    octet_ring_unmap(&ends.in);
}

static void goes_round_at_every_place(void **state)
{
    uint8_t octets[4099];
    struct ends ends = make_ends();
    size_t at = 0;

    (void)state;
    while (at < 20 * OCTET_RING_SIZE) {
        size_t len = 1 + at % sizeof octets;

        fill(octets, at, len);
        assert_int_equal(octet_ring_put(&ends.in, octets, len), len);
        memset(octets, 0, len);
        assert_int_equal(octet_ring_take(&ends.out, octets, len / 2), len / 2);
        assert_int_equal(octet_ring_take(&ends.out, octets + len / 2, sizeof octets - len / 2),
                         len - len / 2);
        assert_octets(octets, at, len);
        at += len;
    }
    octet_ring_unmap(&ends.in);
}

/* What cannot be put at once is put while somebody else takes; more than the ring holds. */
static void the_end_of_a_process_gets_all_that_another_puts(void **state)
{
    enum { LEN = 8 << 20 };
    struct ends ends = make_ends();
    uint8_t *octets = malloc(LEN);
    size_t at = 0;
    int state_of_child;
    pid_t child;

    (void)state;
    assert_non_null(octets);
    fill(octets, 0, LEN);
    child = fork();
    if (child == 0) {
        while (at < LEN) {
            at += octet_ring_put(&ends.in, octets + at, LEN - at);
            octet_ring_await_room(&ends.in);
        }
        _exit(0);
    }
    memset(octets, 0, LEN);
    while (at < LEN)
        at += octet_ring_take(&ends.out, octets + at, LEN - at);
    /* It waits for room a last time, or not, as it has come. */
    assert_int_equal(waitpid(child, &state_of_child, 0), child);
    assert_int_equal(state_of_child, 0);
    assert_octets(octets, 0, LEN);
    free(octets);
    octet_ring_unmap(&ends.in);
}

/* Whoever puts may be out of his mind. */
static void reads_nothing_outside_of_the_ring(void **state)
{
    static uint8_t octets[2 * OCTET_RING_SIZE];
    struct ends ends = make_ends();

    (void)state;
    ends.in.at = UINT64_MAX / 2;
    assert_int_equal(octet_ring_put(&ends.in, octets, 1), 0);
    ends.in.at = 0;
    assert_int_equal(octet_ring_put(&ends.in, octets, 1), 1);
    ends.out.at = UINT64_MAX - 5;
    assert_int_equal(octet_ring_take(&ends.out, octets, sizeof octets), 7);
    ends.out.at = UINT64_MAX / 3;
    assert_int_equal(octet_ring_take(&ends.out, octets, sizeof octets), OCTET_RING_SIZE);
    octet_ring_unmap(&ends.in);
}

SG_TEST_MAIN(SG_TEST("", takes_no_more_than_there_is_room_for),
             SG_TEST("", goes_round_at_every_place),
             SG_TEST("", the_end_of_a_process_gets_all_that_another_puts),
             SG_TEST("E-9", reads_nothing_outside_of_the_ring))
