/* SPDX-License-Identifier: Apache-2.0 */
#include "mime/transfer.h"
#include "test.h"

static void decodes(void **state)
{
    static const struct {
        const char *text, *out;
        bool clean;
    } rows[] = {
        {"", "", true},
        {"abc", "abc", true},
        {"a=3Db=3db", "a=b=b", true},
        {"=41=42\r\n=43", "AB\r\nC", true},
        {"a=\r\nb=\nc", "abc", true},
        {"a= \t\r\nb", "ab", true},
        {"a=", "a", true},
        {"a \t\r\nb  \nc  ", "a\r\nb\nc", true}, /* RFC 2045 6.7 (3): blanks at a line's end go */
        {"a=20\r\nb", "a \r\nb", true},
        {"\r\n\r\n", "\r\n\r\n", true},
        {"a\rb", "a\rb", true},
        {"a=4", "a=4", false},
        {"a=4G", "a=4G", false},
        {"a==41", "a=A", false},
        {"a=b c", "a=b c", false},
        {"\xff=FF", "\xff\xff", true},
    };
    struct sg_arena arena;
    (void)state;
    sg_arena_init(&arena, 1 << 16);
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct signet_span out;
        bool clean;
        assert_true(sg_quoted_printable_decode(text_bytes(rows[i].text), &arena, &out, &clean));
        assert_span_text(out, rows[i].out);
        assert_int_equal(clean, rows[i].clean);
    }
    sg_arena_clear(&arena);
}

static void tells_when_memory_is_out(void **state)
{
    struct sg_arena arena;
    struct signet_span out;
    bool clean;
    (void)state;
    sg_arena_init(&arena, 0);
    assert_false(sg_quoted_printable_decode(text_bytes("a"), &arena, &out, &clean));
    assert_true(arena.failed);
}

SG_TEST_MAIN(SG_TEST("", decodes), SG_TEST("", tells_when_memory_is_out))
