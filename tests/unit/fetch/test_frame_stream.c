/* SPDX-License-Identifier: Apache-2.0 */
#include "fetch/frame_stream.h"
#include "test.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

static int pair[2];

static void open_pair(void)
{
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
    fcntl(pair[0], F_SETFL, O_NONBLOCK);
    fcntl(pair[1], F_SETFL, O_NONBLOCK);
}

static void close_pair(void)
{
    close(pair[0]);
    close(pair[1]);
}

static void frames_come_through_a_socket_that_is_too_small_for_them(void **state)
{
    struct sg_outbox outbox;
    struct sg_inbox inbox = {0};
    struct signet_span octets = repeat(text_bytes(""), 'y', 2 << 20);
    size_t sum = 0;
    bool got;
    (void)state;
    open_pair();
    sg_outbox_init(&outbox, 4 << 20);
    sg_frame_write_data(&outbox.buffer, 5, octets);
    while (sum < octets.len) {
        enum sg_stream_state good = SG_STREAM_OPEN;
        struct sg_frame frame;
        assert_int_equal(sg_outbox_flush(&outbox, pair[0]), SG_STREAM_OPEN);
        assert_int_equal(sg_inbox_receive(&inbox, pair[1], &got), SG_STREAM_OPEN);
        assert_true(got);
        while (sg_inbox_next(&inbox, &frame, &good)) {
            assert_int_equal(frame.id, 5);
            assert_int_equal(frame.body.ptr[frame.body.len - 1], 'y');
            sum += frame.body.len;
        }
        assert_int_equal(good, SG_STREAM_OPEN);
    }
    assert_int_equal(sum, octets.len);
    assert_int_equal(sg_outbox_len(&outbox), 0);
    assert_int_equal(sg_inbox_receive(&inbox, pair[1], &got), SG_STREAM_OPEN);
    assert_false(got);
    sg_inbox_clear(&inbox);
    sg_outbox_clear(&outbox);
    close_pair();
}

static void frames_come_in_octet_by_octet(void **state)
{
    struct sg_buffer out;
    struct sg_inbox inbox = {0};
    struct sg_frame frame;
    enum sg_stream_state good = SG_STREAM_OPEN;
    bool got;
    (void)state;
    open_pair();
    sg_buffer_init(&out, 1000);
    sg_frame_write_cancel(&out, 1);
    sg_frame_write_data(&out, 2, text_bytes("x"));
    for (size_t i = 0; i < out.len; i++) {
        assert_int_equal(write(pair[0], out.ptr + i, 1), 1);
        assert_int_equal(sg_inbox_receive(&inbox, pair[1], &got), SG_STREAM_OPEN);
        bool whole = i + 1 == SG_FRAME_HEAD_LEN || i + 1 == out.len;
        assert_int_equal(sg_inbox_next(&inbox, &frame, &good), whole);
    }
    assert_int_equal(frame.id, 2);
    sg_buffer_free(&out);
    sg_inbox_clear(&inbox);
    close_pair();
}

static void nonsense_is_told_and_stays(void **state)
{
    struct sg_inbox inbox = {0};
    struct sg_frame frame;
    enum sg_stream_state good = SG_STREAM_OPEN;
    bool got;
    (void)state;
    open_pair();
    assert_int_equal(write(pair[0], "GET /", 5), 5);
    assert_int_equal(sg_inbox_receive(&inbox, pair[1], &got), SG_STREAM_OPEN);
    assert_false(sg_inbox_next(&inbox, &frame, &good));
    assert_int_equal(good, SG_STREAM_WRONG);
    sg_inbox_clear(&inbox);
    close_pair();
}

static void an_end_is_told_without_a_signal(void **state)
{
    struct sg_outbox outbox;
    struct sg_inbox inbox = {0};
    bool got;
    (void)state;
    open_pair();
    close(pair[0]);
    sg_outbox_init(&outbox, 1000);
    sg_frame_write_cancel(&outbox.buffer, 1);
    assert_int_equal(sg_outbox_flush(&outbox, pair[1]), SG_STREAM_CLOSED);
    assert_int_equal(sg_inbox_receive(&inbox, pair[1], &got), SG_STREAM_CLOSED);
    sg_inbox_clear(&inbox);
    sg_outbox_clear(&outbox);
    close(pair[1]);
}

static void what_does_not_fit_ends_the_conversation(void **state)
{
    struct sg_outbox outbox;
    (void)state;
    open_pair();
    sg_outbox_init(&outbox, 10);
    sg_frame_write_cancel(&outbox.buffer, 1);
    assert_int_equal(sg_outbox_flush(&outbox, pair[0]), SG_STREAM_CLOSED);
    sg_outbox_clear(&outbox);
    close_pair();
}

SG_TEST_MAIN(SG_TEST("", frames_come_through_a_socket_that_is_too_small_for_them),
             SG_TEST("", frames_come_in_octet_by_octet), SG_TEST("", nonsense_is_told_and_stays),
             SG_TEST("", an_end_is_told_without_a_signal),
             SG_TEST("", what_does_not_fit_ends_the_conversation))
