/* SPDX-License-Identifier: Apache-2.0 */
#include "base/base64.h"
#include "base/buffer.h"
#include "test.h"

static bool keep(void *context, struct signet_span bytes)
{
    struct sg_buffer *kept = context;
    sg_buffer_add(kept, bytes);
    return kept->status == SIGNET_OK;
}

static void check(const char *octets, size_t piece_len, const char *line_end, const char *expected)
{
    struct sg_buffer kept;
    sg_buffer_init(&kept, 10000);
    const struct signet_sink sink = {keep, &kept};
    struct sg_base64_writer writer = sg_base64_writer_begin(&sink, line_end);
    struct signet_span rest = text_bytes(octets);
    while (rest.len > 0) {
        assert_true(sg_base64_writer_add(&writer, sg_span_first(rest, piece_len)));
        rest = sg_span_from(rest, piece_len);
    }
    assert_true(sg_base64_writer_finish(&writer));
    assert_span_text(sg_buffer_span(&kept), expected);
    sg_buffer_free(&kept);
}

/* RFC 4648 section 10, and lines. */
static void writes_what_the_standard_says(void **state)
{
    static const char *const rows[][2] = {
        {"", ""},
        {"f", "Zg==\n"},
        {"fo", "Zm8=\n"},
        {"foo", "Zm9v\n"},
        {"foob", "Zm9vYg==\n"},
        {"fooba", "Zm9vYmE=\n"},
        {"foobar", "Zm9vYmFy\n"},
        {"\077\077\077>>>", "Pz8/Pj4+\n"},
        {"000000000000000000000000000000000000000000000000",
         "MDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAw\n"},
        {"0000000000000000000000000000000000000000000000001",
         "MDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAw\nMQ==\n"},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        for (size_t piece_len = 1; piece_len < 50; piece_len++)
            check(rows[i][0], piece_len, "\n", rows[i][1]);
    }
    check("f", 1, "\r\n", "Zg==\r\n");
}

static void tells_of_a_full_sink(void **state)
{
    struct sg_buffer kept;
    sg_buffer_init(&kept, 10);
    const struct signet_sink sink = {keep, &kept};
    struct sg_base64_writer writer = sg_base64_writer_begin(&sink, "\n");
    (void)state;
    assert_false(sg_base64_writer_add(&writer, repeat(sg_span(NULL, 0), 'x', 48)));
    assert_true(sg_base64_writer_add(&writer, repeat(sg_span(NULL, 0), 'x', 47)));
    assert_false(sg_base64_writer_finish(&writer));
    sg_buffer_free(&kept);
}

SG_TEST_MAIN(SG_TEST("", writes_what_the_standard_says), SG_TEST("", tells_of_a_full_sink))
