/* SPDX-License-Identifier: Apache-2.0 */
#include "sink.h"

static void keeps_the_order_of_small_and_large_pieces(void **state)
{
    (void)state;
    const size_t lens[] = {0, 1, 4095, 1, 4096, 4097, 2, 10000, 3};
    struct kept kept;
    struct sg_writer *writer = keep_begin(&kept);
    uint8_t next = 0;
    size_t total = 0;
    for (size_t i = 0; i < SG_NUM(lens); i++) {
        uint8_t *piece = sg_test_keep(malloc(lens[i] + 1));
        for (size_t k = 0; k < lens[i]; k++)
            piece[k] = next++;
        sg_writer_add(writer, sg_span(piece, lens[i]));
        sg_writer_add_byte(writer, next++);
        total += lens[i] + 1;
    }
    struct signet_span all = keep_end(&kept);
    assert_int_equal(all.len, total);
    for (size_t i = 0; i < all.len; i++)
        assert_int_equal(all.ptr[i], (uint8_t)i);
}

static bool refuse_later(void *context, struct signet_span bytes)
{
    size_t *room = context;
    bool fits = bytes.len <= *room;
    *room -= fits ? bytes.len : 0;
    return fits;
}

static void tells_that_the_sink_refused(void **state)
{
    (void)state;
    for (size_t room = 0; room < 9000; room += 1000) {
        size_t left = room;
        struct signet_sink sink = {refuse_later, &left};
        struct sg_writer writer;
        sg_writer_init(&writer, &sink);
        for (size_t i = 0; i < 9000; i++)
            sg_writer_add_byte(&writer, 'x');
        assert_int_equal(sg_writer_finish(&writer), SIGNET_ERR_IO);
    }
}

static void ends_lines_in_crlf(void **state)
{
    (void)state;
    struct kept kept;
    sg_writer_add_lines(keep_begin(&kept), text_bytes("\na\nb\r\nc\rd\r\r\n\n"));
    assert_span_text(keep_end(&kept), "\r\na\r\nb\r\nc\rd\r\r\n\r\n");
}

SG_TEST_MAIN(SG_TEST("", keeps_the_order_of_small_and_large_pieces),
             SG_TEST("", tells_that_the_sink_refused), SG_TEST("C-MIME-7", ends_lines_in_crlf))
