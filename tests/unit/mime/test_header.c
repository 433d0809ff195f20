/* SPDX-License-Identifier: Apache-2.0 */
#include "mime/header.h"
#include "test.h"

static struct sg_arena arena;

static struct sg_headers parsed(struct signet_span bytes, size_t *header_len)
{
    struct sg_headers headers;
    assert_true(sg_headers_parse(bytes, &arena, &headers, header_len));
    return headers;
}

static void begin(void)
{
    sg_arena_init(&arena, 1 << 24);
}

static void end(void)
{
    assert_false(arena.failed);
    sg_arena_clear(&arena);
}

static void finds_where_the_body_begins(void **state)
{
    static const struct {
        const char *text;
        size_t num, header_len;
        bool malformed;
    } rows[] = {
        {"", 0, 0, false},
        {"\n", 0, 1, false}, /* a part without headers starts with an empty line */
        {"\r\nbody", 0, 2, false},
        {"A: b\n\nbody", 1, 6, false},
        {"A: b\r\n\r\nbody", 1, 8, false},
        {"A: b\nB: c\r\n\nbody", 2, 12, false}, /* mixed line ends */
        {"A: b\n", 1, 5, false},
        {"A: b", 1, 4, false},
        {"A: b\n c\n\td\n\nbody", 1, 12, false},
        {"A: b\n \n\nbody", 1, 8, false}, /* a line of blanks goes on with the field */
        {"A:\n\nbody", 1, 4, false},
        {"A : b\n\nbody", 1, 7, false},
        {"From a@b Sat Jan  3 00:00:00 2026\nA: b\n\nbody", 1, 40, false},
        {">From a@b Sat\nFrom c\nA: b\n\nbody", 1, 27, false},
        {"From: a@b\n\nbody", 1, 11, false},
        {"From : a@b\n\nbody", 1, 12, false},
        {"body\n", 0, 0, true},
        {" A: b\n\nbody", 0, 0, true},
        {": b\n\nbody", 0, 0, true},
        {"A: b\nno field\nC: d\n\n", 1, 5, true},
        {"A: b\nFrom a@b Sat\nC: d\n\n", 1, 5, true},
        {"A: b\nB\xc3\xbc: c\n\n", 1, 5, true},
        {"A: b\r\n\r\r\nC: d\n\n", 1, 6, true},
        {"A: b\rFrom: c\n\n", 1, 14, true}, /* some readers take a lone CR for a line end */
        {"A: b\r", 1, 5, true},
    };
    (void)state;
    begin();
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        size_t header_len;
        struct sg_headers headers = parsed(text_bytes(rows[i].text), &header_len);
        if (headers.num != rows[i].num || header_len != rows[i].header_len ||
            headers.malformed != rows[i].malformed)
            fail_msg("\"%s\": %zu fields, body at %zu, malformed %d", rows[i].text, headers.num,
                     header_len, headers.malformed);
    }
    end();
}

static void keeps_names_and_values_as_received(void **state)
{
    size_t header_len;
    (void)state;
    begin();
    struct sg_headers headers =
        parsed(text_bytes("FROM : a\r\n b\r\nfrom:c\nX:\nY: \xe4\xff \n\n"), &header_len);
    assert_int_equal(headers.num, 4);
    assert_false(headers.malformed);
    assert_span_text(headers.items[0].name, "FROM");
    assert_span_text(headers.items[0].value, " a\r\n b");
    assert_span_text(headers.items[1].value, "c");
    assert_span_text(headers.items[2].value, "");
    assert_span_text(headers.items[3].value, " \xe4\xff ");

    assert_int_equal(sg_header_count(&headers, "From"), 2);
    assert_int_equal(sg_header_count(&headers, "Fro"), 0);
    assert_ptr_equal(sg_header_find(&headers, "from", 1), &headers.items[1]);
    assert_null(sg_header_find(&headers, "from", 2));
    assert_null(sg_header_find(&headers, "To", 0));
    end();
}

static void sees_a_nul(void **state)
{
    size_t header_len;
    (void)state;
    begin();
    assert_true(parsed(sg_test_copy("A: b\0c\n\n", 8), &header_len).malformed);
    assert_false(parsed(sg_test_copy("A: b\n\n\0", 7), &header_len).malformed);
    end();
}

static struct signet_span fields(const char *field, size_t num)
{
    size_t len = strlen(field);
    uint8_t *text = sg_test_keep(malloc(len * num + 1));
    for (size_t i = 0; i < num; i++)
        memcpy(text + i * len, field, len);
    return sg_span(text, len * num);
}

static void reads_thousands_of_fields(void **state)
{
    size_t header_len;
    (void)state;
    begin();
    struct signet_span bytes = fields("A:b\r\n", SG_HEADERS_MAX);
    struct sg_headers headers = parsed(bytes, &header_len);
    assert_int_equal(headers.num, SG_HEADERS_MAX);
    assert_int_equal(header_len, bytes.len);
    assert_false(headers.malformed);

    bytes = fields("A:b\r\n", SG_HEADERS_MAX + 2);
    headers = parsed(bytes, &header_len);
    assert_int_equal(headers.num, SG_HEADERS_MAX);
    assert_int_equal(header_len, bytes.len);
    assert_true(headers.malformed);
    end();
}

static void reads_endless_lines_and_folds(void **state)
{
    size_t header_len;
    (void)state;
    begin();
    struct sg_headers headers = parsed(repeat(text_bytes("A:"), 'x', 1 << 20), &header_len);
    assert_int_equal(headers.items[0].value.len, 1 << 20);

    struct signet_span folds = fields("\n x", 100000);
    uint8_t *field = sg_test_keep(malloc(folds.len + 2));
    memcpy(field, "A:", 2);
    memcpy(field + 2, folds.ptr, folds.len);
    headers = parsed(sg_span(field, folds.len + 2), &header_len);
    assert_int_equal(headers.num, 1);
    assert_int_equal(sg_header_unfold(headers.items[0].value, &arena).len, 200000 - 1);
    end();
}

static void unfolds(void **state)
{
    static const struct {
        const char *value, *out;
    } rows[] = {
        {" a", "a"},      {" a\r\n b", "a b"},        {"a\n\tb\r\n  c \r\n ", "a\tb  c"},
        {" \r\n a", "a"}, {"\r\n \r\n ", ""},         {"", ""},
        {"a\rb", "a\rb"}, {"a (c\r\n d)", "a (c d)"}, {"\"a\r\n b\"", "\"a b\""},
    };
    (void)state;
    begin();
    for (size_t i = 0; i < SG_NUM(rows); i++)
        assert_span_text(sg_header_unfold(text_bytes(rows[i].value), &arena), rows[i].out);
    end();
}

static void shows_encoded_words_decoded(void **state)
{
    (void)state;
    begin();
    assert_span_text(
        sg_header_display(text_bytes(" =?utf-8?q?J=C3=B6rg?=\r\n =?utf-8?q?s?= x"), &arena),
        "J\xc3\xb6rgs x");
    assert_span_text(sg_header_display(text_bytes(" raw \xf6"), &arena), "raw \xf6");
    end();
}

static void tells_when_memory_is_out(void **state)
{
    struct sg_headers headers;
    size_t header_len;
    (void)state;
    sg_arena_init(&arena, 0);
    assert_false(sg_headers_parse(text_bytes("A: b\n"), &arena, &headers, &header_len));
    assert_null(sg_header_unfold(text_bytes("a\n b"), &arena).ptr);
    assert_null(sg_header_display(text_bytes("a\n b"), &arena).ptr);
    assert_true(arena.failed);
}

SG_TEST_MAIN(SG_TEST("C-MIME-7", finds_where_the_body_begins),
             SG_TEST("E-11 D-ADR-4", keeps_names_and_values_as_received),
             SG_TEST("E-15", sees_a_nul), SG_TEST("", reads_thousands_of_fields),
             SG_TEST("", reads_endless_lines_and_folds), SG_TEST("", unfolds),
             SG_TEST("E-15", shows_encoded_words_decoded), SG_TEST("", tells_when_memory_is_out))
