/* SPDX-License-Identifier: Apache-2.0 */
#include "mime/boundary.h"
#include "random_text.h"

static void finds_delimiter_lines_only(void **state)
{
    static const struct {
        const char *body;
        long content_end; /* -1: no delimiter */
        size_t next;
        bool closing, ambiguous;
    } rows[] = {
        {"--b\n", 0, 4, false, false},
        {"--b\r\n", 0, 5, false, false},
        {"--b", 0, 3, false, false},
        {"--b\r", 0, 4, false, false},
        {"--b--", 0, 5, true, false},
        {"--b--\r\n", 0, 7, true, false},
        {"--b \t\n", 0, 6, false, false}, /* transport padding */
        {"--b-- \t\r\nx", 0, 9, true, false},
        {"a\n--b\n", 1, 6, false, false},
        {"a\r\n--b\n", 1, 7, false, false},
        {"a\r\r\n--b\n", 2, 8, false, false},
        {"a\n\n--b\n", 2, 7, false, false},
        {"\n--b\n", 0, 5, false, false},
        {"\r\n--b\n", 0, 6, false, false},
        {"a--b\n", -1, 0, false, false},
        {" --b\n", -1, 0, false, false},
        {"\r--b\n", -1, 0, false, true}, /* a lone CR ends no line */
        {"--bb\n", -1, 0, false, true},  /* goes on */
        {"--b-\n", -1, 0, false, true},
        {"--b--x\n", -1, 0, false, true},
        {"--b---\n", -1, 0, false, true},
        {"--b x\n", -1, 0, false, true},
        {"--b\rx\n", -1, 0, false, true},
        {"--B\n", -1, 0, false, false},
        {"-b\n", -1, 0, false, false},
        {"--", -1, 0, false, false},
        {"", -1, 0, false, false},
        {"--bb\n--b--x\n\n--b\nc", 12, 17, false, true},
    };
    struct sg_arena arena;
    struct sg_boundary boundary;
    (void)state;
    sg_arena_init(&arena, 4096);
    assert_true(sg_boundary_init(&boundary, text_bytes("b"), &arena));
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct sg_delimiter delimiter;
        boundary.ambiguous = false;
        bool found = sg_boundary_find(&boundary, text_bytes(rows[i].body), 0, &delimiter);
        if (found != (rows[i].content_end >= 0) || boundary.ambiguous != rows[i].ambiguous)
            fail_msg("\"%s\": %d, ambiguous %d", rows[i].body, found, boundary.ambiguous);
        if (!found)
            continue;
        assert_int_equal(delimiter.content_end, rows[i].content_end);
        assert_int_equal(delimiter.next, rows[i].next);
        assert_int_equal(delimiter.closing, rows[i].closing);
    }
    sg_arena_clear(&arena);
}

static void goes_on_where_it_is_told(void **state)
{
    struct signet_span body = text_bytes("--b\n--b\nx\n--b--\n");
    struct sg_arena arena;
    struct sg_boundary boundary;
    struct sg_delimiter delimiter;
    (void)state;
    sg_arena_init(&arena, 4096);
    assert_true(sg_boundary_init(&boundary, text_bytes("b"), &arena));
    assert_true(sg_boundary_find(&boundary, body, 4, &delimiter));
    assert_int_equal(delimiter.content_end, 3); /* before FROM: nothing is between the two lines */
    assert_int_equal(delimiter.next, 8);
    assert_true(sg_boundary_find(&boundary, body, 8, &delimiter));
    assert_int_equal(delimiter.content_end, 9);
    assert_true(delimiter.closing);
    assert_false(sg_boundary_find(&boundary, body, body.len, &delimiter));
    sg_arena_clear(&arena);
}

/* What follows the boundary's text ends the line: RFC 2046 5.1.1. */
static bool ends_line(struct signet_span rest, struct sg_delimiter *out, size_t *len)
{
    size_t at = 0;
    out->closing = rest.len >= 2 && memcmp(rest.ptr, "--", 2) == 0;
    at += out->closing ? 2 : 0;
    while (at < rest.len && (rest.ptr[at] == ' ' || rest.ptr[at] == '\t'))
        at++;
    at += at < rest.len && rest.ptr[at] == '\r';
    *len = at < rest.len ? at + 1 : at;
    return at == rest.len || rest.ptr[at] == '\n';
}

static bool find_plainly(struct signet_span needle, struct signet_span body, bool *ambiguous,
                         struct sg_delimiter *out)
{
    for (size_t at = 0; at < body.len; at++) {
        uint8_t before = at == 0 ? '\n' : body.ptr[at - 1];
        struct signet_span rest = sg_span_from(body, at);
        size_t len;
        if ((before != '\n' && before != '\r') ||
            !sg_span_equal(sg_span_first(rest, needle.len), needle))
            continue;
        if (before == '\n' && ends_line(sg_span_from(rest, needle.len), out, &len)) {
            out->next = at + needle.len + len;
            out->content_end = at > 0 ? at - 1 : 0;
            if (at > 1 && body.ptr[at - 2] == '\r')
                out->content_end = at - 2;
            return true;
        }
        *ambiguous = true;
    }
    return false;
}

static void finds_what_the_plain_definition_finds(void **state)
{
    static const char *const boundaries[] = {"b", "-", "--", "bb", "b b"};
    static const char *const usual[] = {"-b\r\n ", "x-", "xxxxxxxxx", "\n-"};
    static const size_t rarities[] = {2, 5, 30, 300};
    uint64_t seed = 0x5eed;
    (void)state;
    for (size_t i = 0; i < 20000; i++) {
        struct signet_span body =
            random_text(&seed, random_below(&seed, 260), sg_span_text(usual[i % 4]),
                        sg_span_text("\n--b\r\n--b-b- "), rarities[i / 4 % 4]);
        struct sg_arena arena;
        struct sg_boundary boundary;
        struct sg_delimiter found = {0}, plain = {0};
        bool ambiguous = false;
        sg_arena_init(&arena, 4096);
        assert_true(sg_boundary_init(&boundary, sg_span_text(boundaries[i % 5]), &arena));
        bool is_found = sg_boundary_find(&boundary, body, 0, &found);
        assert_int_equal(is_found, find_plainly(boundary.needle, body, &ambiguous, &plain));
        assert_int_equal(boundary.ambiguous, ambiguous);
        if (is_found) {
            assert_int_equal(found.content_end, plain.content_end);
            assert_int_equal(found.next, plain.next);
            assert_int_equal(found.closing, plain.closing);
        }
        sg_arena_clear(&arena);
    }
}

static void tells_when_memory_is_out(void **state)
{
    struct sg_arena arena;
    struct sg_boundary boundary;
    (void)state;
    sg_arena_init(&arena, 0);
    assert_false(sg_boundary_init(&boundary, text_bytes("b"), &arena));
    assert_true(arena.failed);
}

SG_TEST_MAIN(SG_TEST("C-MIME-7", finds_delimiter_lines_only), SG_TEST("", goes_on_where_it_is_told),
             SG_TEST("C-MIME-7", finds_what_the_plain_definition_finds),
             SG_TEST("", tells_when_memory_is_out))
