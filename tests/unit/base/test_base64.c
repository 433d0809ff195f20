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

/* All that two octets can be, at each place of what is worked on together. */
static void writes_every_digit_at_every_place(void **state)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    enum { NUM = 9, OCTETS = 3 * NUM };
    (void)state;
    for (size_t at = 0; at + 1 < OCTETS; at++) {
        for (unsigned value = 0; value < 65536; value += at % 3 == 0 ? 1 : 17) {
            uint8_t in[OCTETS], out[4 * NUM + 1];
            memset(in, (int)(value >> 3 & 255), sizeof(in));
            in[at] = (uint8_t)(value >> 8);
            in[at + 1] = (uint8_t)value;
            out[4 * NUM] = '!';
            sg_base64_encode(in, NUM, out);
            for (size_t i = 0; i < 4 * NUM; i++) {
                const uint8_t *group = in + i / 4 * 3;
                uint32_t bits = (uint32_t)group[0] << 16 | (uint32_t)group[1] << 8 | group[2];
                assert_int_equal(out[i], digits[bits >> (18 - 6 * (i % 4)) & 63]);
            }
            assert_int_equal(out[4 * NUM], '!');
        }
    }
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

SG_TEST_MAIN(SG_TEST("", writes_what_the_standard_says),
             SG_TEST("", writes_every_digit_at_every_place), SG_TEST("", tells_of_a_full_sink))
