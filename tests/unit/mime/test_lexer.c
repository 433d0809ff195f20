/* SPDX-License-Identifier: Apache-2.0 */
#include "mime/lexer.h"
#include "test.h"

static void skips_blanks_and_nested_comments(void **state)
{
    static const struct {
        const char *text, *rest;
        bool malformed;
    } rows[] = {
        {"", "", false},
        {" \t x", "x", false},
        {"(a)x", "x", false},
        {" (a (b) c) (d)x", "x", false},
        {"(a \\) b)x", "x", false},
        {"(\"(\")x", "", true}, /* quotes mean nothing in a comment */
        {"(a", "", true},
        {"(a\\", "", true},
        {"((a)", "", true},
        {")x", ")x", false},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct sg_lexer lexer = {.rest = text_bytes(rows[i].text)};
        sg_lexer_skip_cfws(&lexer);
        assert_span_text(lexer.rest, rows[i].rest);
        assert_int_equal(lexer.malformed, rows[i].malformed);
    }
}

static void bears_a_million_open_parentheses(void **state)
{
    struct sg_lexer lexer = {.rest = repeat(text_bytes(""), '(', 1000000)};
    (void)state;
    sg_lexer_skip_cfws(&lexer);
    assert_true(sg_lexer_at_end(&lexer));
    assert_true(lexer.malformed);
}

static void reads_quoted_strings(void **state)
{
    static const struct {
        const char *text, *inside, *unquoted, *rest;
        bool malformed;
    } rows[] = {
        {"\"a b\"x", "a b", "a b", "x", false},
        {"\"\"x", "", "", "x", false},
        {"\"a\\\"b\\\\\"x", "a\\\"b\\\\", "a\"b\\", "x", false},
        {"\"a", "a", "a", "", true},
        {"\"a\\", "a\\", "a\\", "", true},
        {"\"", "", "", "", true},
    };
    struct sg_arena arena;
    (void)state;
    sg_arena_init(&arena, 4096);
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct sg_lexer lexer = {.rest = text_bytes(rows[i].text)};
        struct signet_span inside = sg_lexer_quoted(&lexer);
        assert_span_text(inside, rows[i].inside);
        assert_span_text(sg_lexer_unquote(inside, &arena), rows[i].unquoted);
        assert_span_text(lexer.rest, rows[i].rest);
        assert_int_equal(lexer.malformed, rows[i].malformed);
    }
    sg_arena_clear(&arena);
}

static void unquoting_needs_memory_only_for_escapes(void **state)
{
    struct sg_arena arena;
    (void)state;
    sg_arena_init(&arena, 0);
    assert_span_text(sg_lexer_unquote(text_bytes("ab"), &arena), "ab");
    assert_false(arena.failed);
    assert_null(sg_lexer_unquote(text_bytes("a\\b"), &arena).ptr);
    assert_true(arena.failed);
}

static void sees_control_characters(void **state)
{
    (void)state;
    assert_false(sg_lexer_has_control(text_bytes("a\tb \xc3\xbc \xff")));
    assert_true(sg_lexer_has_control(sg_test_copy("a\0b", 3)));
    assert_true(sg_lexer_has_control(text_bytes("a\rb")));
    assert_true(sg_lexer_has_control(text_bytes("a\x7f")));
    assert_true(sg_lexer_has_control(text_bytes("\x1b[31m")));
}

SG_TEST_MAIN(SG_TEST("E-15", skips_blanks_and_nested_comments),
             SG_TEST("E-15", bears_a_million_open_parentheses), SG_TEST("", reads_quoted_strings),
             SG_TEST("", unquoting_needs_memory_only_for_escapes),
             SG_TEST("E-15", sees_control_characters))
