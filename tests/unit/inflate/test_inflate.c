/* SPDX-License-Identifier: Apache-2.0 */
#include "inflate/inflate.h"

#include "fault.h"
#include "segments.h"
#include "test.h"

#define HELLO                                                                                      \
    "78 9c f3 48 cd c9 c9 d7 51 c8 40 a2 f4 78 b9 00 56 95 06 fa" /* Hello, hello, hello. */
#define HELLO_TEXT "Hello, hello, hello.\r\n"

/* A hundred thousand zeros in 120 octets. */
#define NUM_ZEROS 100000
static struct signet_span zeros(void)
{
    struct signet_span start = hex("78 da ed c1 31 01 00 00 00 c2 a0 f5 4f 6d 0d 0f a0");
    struct signet_span end = hex("80 57 03 86 af 00 01");
    struct signet_span all = repeat(start, 0, 120 - start.len);
    uint8_t *octets = sg_test_keep(malloc(all.len));
    memcpy(octets, all.ptr, all.len - end.len);
    memcpy(octets + all.len - end.len, end.ptr, end.len);
    return sg_test_copy(octets, all.len);
}

static enum sg_inflated inflate_into(struct signet_span octets, size_t max, uint8_t *out,
                                     size_t *len)
{
    enum sg_inflated result;
    struct sg_spool spool;
    if (out != NULL)
        sg_spool_begin_at(&spool, out, max);
    struct sg_octets whole = sg_octets_of(octets);
    assert_int_equal(sg_inflate(&whole, max, out == NULL ? NULL : &spool, len, &result), SIGNET_OK);
    return result;
}

static void inflates_what_it_counted_before(void **state)
{
    static const struct {
        const char *octets, *text;
    } rows[] = {
        {HELLO, HELLO_TEXT},
        {"78 9c 03 00 00 00 00 01", ""},
        {"78 01 01 02 00 fd ff 61 62 01 26 00 c4", "ab"}, /* stored, not compressed */
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        size_t len, again;
        assert_int_equal(inflate_into(hex(rows[i].octets), 1000, NULL, &len), SG_INFLATED_DONE);
        uint8_t *out = sg_test_keep(malloc(len + 1));
        assert_int_equal(inflate_into(hex(rows[i].octets), len, out, &again), SG_INFLATED_DONE);
        assert_int_equal(again, len);
        assert_span_text(sg_span(out, len), rows[i].text);
    }
}

/* RFC 5652 lets an OCTET STRING be cut anywhere. */
static void reads_segments_cut_anywhere(void **state)
{
    struct signet_span all = hex(HELLO), pieces[64];
    struct sg_octets octets;
    enum sg_inflated result;
    struct sg_spool spool;
    uint8_t out[64];
    size_t len;
    (void)state;
    for (size_t cut = 0; cut <= all.len; cut++) {
        pieces[0] = sg_span_first(all, cut);
        pieces[1] = sg_span(NULL, 0);
        pieces[2] = sg_span_from(all, cut);
        sg_spool_begin_at(&spool, out, sizeof out);
        octets = segments(pieces, 3);
        assert_int_equal(sg_inflate(&octets, sizeof out, &spool, &len, &result), SIGNET_OK);
        assert_int_equal(result, SG_INFLATED_DONE);
        assert_span_text(sg_span(out, len), HELLO_TEXT);
    }
    for (size_t i = 0; i < all.len; i++)
        pieces[i] = sg_test_copy(all.ptr + i, 1);
    sg_spool_begin_at(&spool, out, sizeof out);
    octets = segments(pieces, all.len);
    assert_int_equal(sg_inflate(&octets, sizeof out, &spool, &len, &result), SIGNET_OK);
    assert_int_equal(result, SG_INFLATED_DONE);
    assert_span_text(sg_span(out, len), HELLO_TEXT);
}

static void refuses_what_is_not_one_whole_stream(void **state)
{
    static const struct {
        const char *octets;
        enum sg_inflated result;
    } rows[] = {
        {"", SG_INFLATED_TRUNCATED},
        {"78", SG_INFLATED_TRUNCATED},
        {"78 9c", SG_INFLATED_TRUNCATED},
        {"78 9d 03 00 00 00 00 01", SG_INFLATED_HEADER}, /* FCHECK */
        {"88 98 03 00 00 00 00 01", SG_INFLATED_HEADER}, /* a window over 32 KB */
        {"79 18 03 00 00 00 00 01", SG_INFLATED_HEADER}, /* method 9 */
        {"f3 48 cd c9 c9 07 00", SG_INFLATED_HEADER},    /* deflate without zlib's header */
        {"1f 8b 08 00 00 00 00 00 02 03 f3 48 cd c9 c9 07 00 82 89 d1 f7 05 00 00 00",
         SG_INFLATED_HEADER}, /* gzip */
        {"78 bb 06 2c 02 15 cb 00 11 0a 60 12 00 19 91 04 49", SG_INFLATED_DICTIONARY},
        {"78 9c 07 00 00 00 00 01", SG_INFLATED_CORRUPT},                /* block type 3 */
        {"78 01 01 02 00 fd fe 61 62 01 26 00 c4", SG_INFLATED_CORRUPT}, /* NLEN */
        {"78 9c 03 00 00 00 00 02", SG_INFLATED_CHECKSUM},
        {"78 9c f3 48 cd c9 c9 d7 51 c8 40 a2 f4 78 b9 00 56 95 06 fb", SG_INFLATED_CHECKSUM},
        {HELLO " 00", SG_INFLATED_TRAILING},
        {HELLO " " HELLO, SG_INFLATED_TRAILING},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        size_t len;
        enum sg_inflated result = inflate_into(hex(rows[i].octets), 1000, NULL, &len);
        if (result != rows[i].result)
            fail_msg("%s: %d, expected %d", rows[i].octets, (int)result, (int)rows[i].result);
    }
}

static void says_truncated_wherever_it_is_cut(void **state)
{
    struct signet_span all = hex(HELLO), bomb = zeros();
    size_t len;
    (void)state;
    for (size_t cut = 0; cut < all.len; cut++)
        assert_int_equal(inflate_into(sg_test_copy(all.ptr, cut), 1000, NULL, &len),
                         SG_INFLATED_TRUNCATED);
    for (size_t cut = 0; cut < bomb.len; cut++)
        assert_int_equal(inflate_into(sg_test_copy(bomb.ptr, cut), NUM_ZEROS, NULL, &len),
                         SG_INFLATED_TRUNCATED);
}

static void stops_at_the_maximum(void **state)
{
    uint8_t *out = sg_test_keep(malloc(NUM_ZEROS));
    size_t len;
    (void)state;
    assert_int_equal(inflate_into(zeros(), NUM_ZEROS, out, &len), SG_INFLATED_DONE);
    assert_int_equal(len, NUM_ZEROS);
    for (size_t i = 0; i < NUM_ZEROS; i++)
        assert_int_equal(out[i], 0);
    static const size_t maxima[] = {0, 1, 16383, 16384, 16385, NUM_ZEROS - 1};
    for (size_t i = 0; i < SG_NUM(maxima); i++) {
        /* A block of its own: what is written past the maximum is seen. */
        uint8_t *room = sg_test_keep(malloc(maxima[i] + 1));
        assert_int_equal(inflate_into(zeros(), maxima[i], NULL, &len), SG_INFLATED_TOO_LARGE);
        assert_true(len <= maxima[i]);
        assert_int_equal(inflate_into(zeros(), maxima[i], room, &len), SG_INFLATED_TOO_LARGE);
        assert_true(len <= maxima[i]);
    }
}

static void survives_every_failing_allocation(void **state)
{
    const struct sg_octets octets = sg_octets_of(zeros());
    bool done = false;
    size_t num_failed = 0;
    (void)state;
    for (size_t n = 0; !done; n++) {
        enum sg_inflated result;
        size_t len;
        fault_begin(n);
        enum signet_status status = sg_inflate(&octets, NUM_ZEROS, NULL, &len, &result);
        fault_end();
        done = status == SIGNET_OK;
        num_failed += !done;
        if (done)
            assert_int_equal(result, SG_INFLATED_DONE);
        else
            assert_int_equal(status, SIGNET_ERR_MEMORY);
    }
    assert_true(num_failed >= 2);
}

SG_TEST_MAIN(SG_TEST("C-ENV-10", inflates_what_it_counted_before),
             SG_TEST("C-ENV-10", reads_segments_cut_anywhere),
             SG_TEST("C-ENV-10", refuses_what_is_not_one_whole_stream),
             SG_TEST("C-ENV-10", says_truncated_wherever_it_is_cut),
             SG_TEST("C-ENV-10 E-9", stops_at_the_maximum),
             SG_TEST("C-ENV-10", survives_every_failing_allocation))
