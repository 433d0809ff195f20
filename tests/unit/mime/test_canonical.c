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

/* Every text of up to seven octets of a, CR, LF. */
static void is_idempotent(void **state)
{
    (void)state;
    for (size_t number = 0; number < 2187; number++) {
        uint8_t text[7];
        size_t rest = number;
        for (size_t i = 0; i < sizeof(text); i++, rest /= 3)
            text[i] = (uint8_t) "a\r\n"[rest % 3];
        struct signet_span once = canonical(sg_test_copy(text, sizeof(text)), false);
        assert_span_equal(canonical(once, false), once);
        for (size_t i = 0; i < once.len; i++)
            assert_true(once.ptr[i] != '\n' || (i > 0 && once.ptr[i - 1] == '\r'));
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

static struct signet_span canonical_plainly(struct signet_span bytes)
{
    uint8_t *out = sg_test_keep(malloc(2 * bytes.len + 1));
    size_t len = 0;
    for (size_t i = 0; i < bytes.len; i++) {
        if (bytes.ptr[i] == '\n' && (i == 0 || bytes.ptr[i - 1] != '\r'))
            out[len++] = '\r';
        out[len++] = bytes.ptr[i];
    }
    return sg_span(out, len);
}

/* Of all lengths around those of words, blocks and pieces. */
static void makes_what_the_plain_definition_makes(void **state)
{
    static const size_t rarities[] = {1, 3, 20, 100, 9000};
    static const char *const odd[] = {"\n", "\r", "\r\n", "\r\n\n\n"};
    uint64_t seed = 0x5eed;
    (void)state;
    for (size_t i = 0; i < 2000; i++) {
        size_t len = i % 40 == 0 ? SG_CANONICAL_PIECE_LEN * (i % 3) + random_below(&seed, 70)
                                 : random_below(&seed, 300);
        struct signet_span text = random_text(&seed, len, sg_span_text("ab-"),
                                              sg_span_text(odd[i % 4]), rarities[i / 4 % 5]);
        assert_span_equal(canonical(text, false), canonical_plainly(text));
    }
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
            assert_span_equal(canonical(bytes, false), canonical_plainly(bytes));
        }
    }
}

SG_TEST_MAIN(SG_TEST("C-MIME-7", makes_every_line_end_crlf), SG_TEST("C-MIME-7", is_idempotent),
             SG_TEST("C-MIME-7", copies_nothing),
             SG_TEST("C-MIME-7", makes_what_the_plain_definition_makes),
             SG_TEST("C-MIME-7", sees_line_ends_between_pieces))
