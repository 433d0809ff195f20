/* SPDX-License-Identifier: Apache-2.0 */
#include "base/buffer.h"
#include "mime/transfer.h"
#include "test.h"

static struct signet_span canonical(struct signet_span bytes, bool verbatim)
{
    struct sg_buffer text;
    sg_buffer_init(&text, 1 << 20);
    struct sg_canonical chunks = sg_canonical_begin(bytes);
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
    struct sg_canonical chunks = sg_canonical_begin(bytes);
    struct signet_span chunk;
    (void)state;
    assert_true(sg_canonical_next(&chunks, &chunk));
    assert_ptr_equal(chunk.ptr, bytes.ptr);
    assert_int_equal(chunk.len, bytes.len);
    assert_false(sg_canonical_next(&chunks, &chunk));
    assert_false(sg_canonical_next(&chunks, &chunk));
}

SG_TEST_MAIN(SG_TEST("C-MIME-7", makes_every_line_end_crlf), SG_TEST("C-MIME-7", is_idempotent),
             SG_TEST("C-MIME-7", copies_nothing))
