/* SPDX-License-Identifier: Apache-2.0 */
#include "base/buffer.h"
#include "mime/transfer.h"
#include "random_text.h"

static struct signet_span canonical(struct signet_span bytes, bool verbatim)
{
    struct sg_buffer text;
    sg_buffer_init(&text, 1 << 20);
    struct sg_canonical chunks;
    sg_canonical_begin(&chunks, bytes);
    chunks.verbatim = verbatim;
    struct signet_span chunk;
    while (sg_canonical_next(&chunks, &chunk)) {
        assert_true(chunk.len > 0);
        sg_buffer_add(&text, chunk);
    }
    assert_int_equal(text.status, SIGNET_OK);
    struct signet_span copy = sg_test_copy(text.ptr, text.len);
    sg_buffer_free(&text);
    return copy;
}

static void makes_every_line_end_crlf(void **state)
{
    static const struct {
        const char *text, *out;
    } rows[] = {
        {"", ""},
        {"a", "a"},
        {"\n", "\r\n"},
        {"\r\n", "\r\n"},
        {"\n\n\n", "\r\n\r\n\r\n"},
        {"a\nb\n", "a\r\nb\r\n"},
        {"a\r\nb\r\n", "a\r\nb\r\n"},
        {"a\nb\r\nc\n", "a\r\nb\r\nc\r\n"},
        {"a\r\nb\nc", "a\r\nb\r\nc"},
        {"a\r\r\nb", "a\r\r\nb"},
        {"a\rb", "a\rb"}, /* a lone CR is no line end */
        {"a\r", "a\r"},
        {"\r", "\r"},
        {"\n\r", "\r\n\r"},
        {"\n\r\n", "\r\n\r\n"},
        {"a \t\n", "a \t\r\n"}, /* trailing blanks count */
        {"a\n\n", "a\r\n\r\n"}, /* so do trailing empty lines */
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct signet_span once = canonical(text_bytes(rows[i].text), false);
        assert_span_text(once, rows[i].out);
        assert_span_equal(canonical(once, false), once);
        assert_span_text(canonical(text_bytes(rows[i].text), true), rows[i].text);
    }
}

/* What comes, octet by octet. */
struct octets {
    struct sg_canonical chunks;
    struct signet_span chunk;
};

static int next_octet(struct octets *octets)
{
    if (octets->chunk.len == 0 && !sg_canonical_next(&octets->chunks, &octets->chunk))
        return -1;
    uint8_t octet = octets->chunk.ptr[0];
    octets->chunk = sg_span_from(octets->chunk, 1);
    return octet;
}

static void assert_made_canonical(struct signet_span bytes)
{
    struct octets out = {0};
    sg_canonical_begin(&out.chunks, bytes);
    for (size_t i = 0; i < bytes.len; i++) {
        if (bytes.ptr[i] == '\n' && (i == 0 || bytes.ptr[i - 1] != '\r'))
            assert_int_equal(next_octet(&out), '\r');
        assert_int_equal(next_octet(&out), bytes.ptr[i]);
    }
    assert_int_equal(next_octet(&out), -1);
}

/* Every text of up to nine octets of a, CR, LF: as it is, and among others where blocks are. */
static void is_right_for_every_short_text(void **state)
{
    enum { MAX_LEN = 9, FRAME_LEN = 260, NUM_PLACES = 4 };
    static const size_t places[NUM_PLACES] = {1, 60, 63, 125};
    uint8_t frame[FRAME_LEN];
    (void)state;
    for (size_t len = 0, num = 1; len <= MAX_LEN; len++, num *= 3) {
        for (size_t number = 0; number < num; number++) {
            size_t rest = number, place = places[number % NUM_PLACES];
            memset(frame, 'x', sizeof(frame));
            for (size_t i = 0; i < len; i++, rest /= 3)
                frame[place + i] = (uint8_t) "a\r\n"[rest % 3];
            assert_made_canonical(sg_span(frame + place, len));
            assert_made_canonical(sg_span(frame, sizeof(frame)));
        }
    }
}

static void copies_nothing(void **state)
{
    struct signet_span bytes = text_bytes("a\r\nb\r\nc\r\n");
    struct sg_canonical chunks;
    sg_canonical_begin(&chunks, bytes);
    struct signet_span chunk;
    (void)state;
    assert_true(sg_canonical_next(&chunks, &chunk));
    assert_ptr_equal(chunk.ptr, bytes.ptr);
    assert_int_equal(chunk.len, bytes.len);
    assert_false(sg_canonical_next(&chunks, &chunk));
    assert_false(sg_canonical_next(&chunks, &chunk));
}

/* Of LEN octets: stretches with few line ends, with many, and with nothing else. */
static struct signet_span random_lines(uint64_t *seed, size_t len)
{
    static const size_t rarities[] = {1, 3, 8, 20, 60, 100, 9000};
    static const char *const odd[] = {"\n", "\n", "\r", "\r\n", "\r\n\n\n"};
    uint8_t *text = sg_test_keep(malloc(len + 1));
    for (size_t i = 0, num; i < len; i += num) {
        num = random_below(seed, 300) + 1;
        num = num < len - i ? num : len - i;
        const char *ends = odd[random_below(seed, SG_NUM(odd))];
        size_t rarity = rarities[random_below(seed, SG_NUM(rarities))];
        struct signet_span stretch =
            random_text(seed, num, sg_span_text("ab-"), sg_span_text(ends), rarity);
        memcpy(text + i, stretch.ptr, num);
    }
    return sg_test_copy(text, len);
}

/* Of all lengths around those of blocks and pieces, wherever they begin in memory. */
static void makes_what_the_plain_definition_makes(void **state)
{
    uint64_t seed = 0x5eed;
    (void)state;
    for (size_t i = 0; i < 2000; i++) {
        size_t len = i % 20 == 0 ? SG_CANONICAL_PIECE_LEN * (i / 20 % 3) : 0;
        struct signet_span text = random_lines(&seed, len + 128 + random_below(&seed, 300));
        text = sg_span_from(text, random_below(&seed, 128));
        assert_made_canonical(text);
        assert_span_equal(canonical(text, true), text);
    }
}

/* Twice the length of a piece is all that there is room for. */
static void has_room_for_pieces_of_line_ends(void **state)
{
    (void)state;
    for (size_t len = 1; len <= SG_CANONICAL_PIECE_LEN; len = len * 2 + 1)
        assert_made_canonical(repeat(sg_span_text(""), '\n', len));
    assert_made_canonical(repeat(sg_span_text("x"), '\n', 2 * SG_CANONICAL_PIECE_LEN));
}

/* A line end in each place around that where one piece ends and the next begins. */
static void sees_line_ends_between_pieces(void **state)
{
    static const char *const ends[] = {"\n", "\r\n", "\n\n", "\r\r\n", "\r\n\n"};
    static uint8_t text[3 * SG_CANONICAL_PIECE_LEN];
    (void)state;
    for (size_t i = 0; i < SG_NUM(ends); i++) {
        for (size_t at = SG_CANONICAL_PIECE_LEN - 70; at < SG_CANONICAL_PIECE_LEN + 70; at++) {
            struct signet_span bytes = sg_span(text, sizeof(text));
            memset(text, 'x', sizeof(text));
            memcpy(text + at, ends[i], strlen(ends[i]));
            assert_made_canonical(bytes);
        }
    }
}

SG_TEST_MAIN(SG_TEST("C-MIME-7", makes_every_line_end_crlf),
             SG_TEST("C-MIME-7", is_right_for_every_short_text),
             SG_TEST("C-MIME-7", copies_nothing),
             SG_TEST("C-MIME-7", makes_what_the_plain_definition_makes),
             SG_TEST("C-MIME-7", has_room_for_pieces_of_line_ends),
             SG_TEST("C-MIME-7", sees_line_ends_between_pieces))
