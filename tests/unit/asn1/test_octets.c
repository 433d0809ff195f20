/* SPDX-License-Identifier: Apache-2.0 */
#include "asn1/octets.h"

#include "asn1/ber.h"
#include "segments.h"
#include "test.h"
#include "test_scratch.h"

static struct sg_octets parse(struct signet_span input)
{
    struct signet_parse_error error = {0};
    struct sg_ber ber = sg_ber_begin(input, &error);
    struct sg_octets octets = {0};
    if (!sg_ber_octets(&ber, SG_TAG_OCTET_STRING, &octets, "octets"))
        fail_msg("%s at %zu", error.expected, error.offset);
    return octets;
}

/* "/" behind each segment. */
static const char *walk(struct sg_octets rest)
{
    static char text[256];
    struct signet_span segment;
    size_t len = 0;
    while (sg_octets_next(&rest, &segment)) {
        memcpy(text + len, segment.ptr, segment.len);
        len += segment.len;
        text[len++] = '/';
    }
    assert_false(sg_octets_next(&rest, &segment));
    text[len] = '\0';
    return text;
}

static void gives_segments_in_order(void **state)
{
    static const struct {
        const char *input, *segments;
    } rows[] = {
        {"04 03 61 62 63", "abc/"},
        {"04 00", "/"},
        {"24 00", ""},
        {"24 80 00 00", ""},
        {"24 05 04 00 04 01 61", "a/"},
        {"24 80 04 01 61 04 81 02 62 63 00 00", "a/bc/"},
        {"24 80 24 80 04 01 61 00 00 04 01 62 00 00", "a/b/"},
        {"24 0c 24 80 24 03 04 01 61 00 00 04 01 62", "a/b/"},
        {"24 80 24 80 24 80 00 00 00 00 24 00 04 00 00 00", ""},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct sg_octets octets = parse(hex(rows[i].input));
        assert_string_equal(walk(octets), rows[i].segments);
        assert_string_equal(walk(octets), rows[i].segments);
        assert_true(strlen(rows[i].segments) == octets.num + octets.len);
    }
    assert_string_equal(walk(sg_octets_of(text_bytes("all"))), "all/");
    assert_string_equal(walk((struct sg_octets){0}), "");
}

/* Every octet that BER is made of, changed behind the reader's back: nothing outside of the input
 * is read, and never more comes than there was. */
static void bears_input_that_changes(void **state)
{
    const struct signet_span before =
        hex("24 80 24 80 04 01 61 04 02 62 63 00 00 04 03 64 65 66 24 80 00 00 00 00");
    const struct sg_octets octets = parse(before);
    uint8_t *input = (uint8_t *)(uintptr_t)before.ptr;
    (void)state;
    for (size_t at = 0; at < before.len; at++) {
        uint8_t kept = input[at];
        for (unsigned octet = 0; octet < 256; octet++) {
            struct sg_octets rest = octets;
            struct signet_span segment;
            size_t len = 0;
            input[at] = (uint8_t)octet;
            while (sg_octets_next(&rest, &segment)) {
                assert_true(segment.ptr >= input &&
                            segment.ptr + segment.len <= input + before.len);
                len += segment.len;
            }
            assert_true(len <= octets.len);
        }
        input[at] = kept;
    }
}

static void joins_what_is_cut(void **state)
{
    const struct signet_span pieces[] = {text_bytes("ab"), text_bytes(""), text_bytes("cde")};
    const struct sg_octets cut = segments(pieces, 3), one = segments(pieces, 2);
    struct signet_span joined;
    struct sg_arena arena;
    (void)state;
    sg_arena_init(&arena, 4096);
    assert_true(sg_octets_join(&cut, &arena, &joined));
    assert_span_text(joined, "abcde");
    assert_true(sg_octets_join(&one, &arena, &joined));
    assert_span_text(joined, "ab");
    assert_ptr_equal(joined.ptr, one.encoding.ptr + 6); /* no copy */
    assert_true(sg_octets_join(&(struct sg_octets){0}, &arena, &joined));
    assert_non_null(joined.ptr);
    assert_int_equal(joined.len, 0);
    sg_arena_clear(&arena);
    sg_arena_init(&arena, 0);
    assert_false(sg_octets_join(&cut, &arena, &joined));
    assert_true(arena.failed);
    sg_arena_clear(&arena);
}

/* As openssl cuts a gigabyte: no memory for each segment, and the whole in scratch. */
static void joins_many_segments_in_scratch(void **state)
{
    enum { NUM = 1000, LEN = 4096 };
    static struct signet_span pieces[NUM];
    struct test_scratch paper = test_scratch_new(SIZE_MAX);
    const struct signet_scratch scratch = test_scratch_of(&paper);
    uint8_t *text = sg_test_keep(malloc((size_t)NUM * LEN));
    struct signet_span joined;
    struct sg_arena arena;
    (void)state;
    for (size_t i = 0; i < (size_t)NUM * LEN; i++)
        text[i] = (uint8_t)(i * 31 + i / LEN);
    for (size_t i = 0; i < NUM; i++)
        pieces[i] = sg_span(text + i * LEN, LEN);
    struct sg_octets octets = segments(pieces, NUM);
    sg_arena_init(&arena, 8192);
    arena.scratch = &scratch;
    assert_true(sg_octets_join(&octets, &arena, &joined));
    assert_span_equal(joined, sg_span(text, (size_t)NUM * LEN));
    assert_int_equal(paper.num_mapped, 1);
    assert_true(arena.used <= 8192);
    sg_arena_clear(&arena);
}

SG_TEST_MAIN(SG_TEST("C-SD-1", gives_segments_in_order), SG_TEST("", bears_input_that_changes),
             SG_TEST("", joins_what_is_cut), SG_TEST("E-9", joins_many_segments_in_scratch))
