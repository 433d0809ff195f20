/* SPDX-License-Identifier: Apache-2.0 */
#include "subtree.h"

#include "test.h"

static void encodes_general_subtrees(void **state)
{
    static const struct {
        const char *items[2];
        size_t num;
        const char *der;
    } rows[] = {
        {{"email:a.b"}, 1, "30 07 30 05 81 03 61 2e 62"},
        {{"dns:x", "uri:y"}, 2, "30 0a 30 03 82 01 78 30 03 86 01 79"},
        {{"dns:"}, 1, "30 04 30 02 82 00"},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        const char *items[] = {rows[i].items[0], rows[i].items[1]};
        const struct strings strings = {items, rows[i].num, rows[i].num};
        struct signet_span out;
        assert_true(subtrees_encode(&strings, &out));
        assert_span_equal(out, hex(rows[i].der));
        free((void *)(uintptr_t)out.ptr);
    }
}

static void writes_long_lengths(void **state)
{
    static const size_t lens[] = {0x7b, 0x7c, 0x7f, 0x80, 0xff, 0x100, 1023};
    (void)state;
    for (size_t i = 0; i < SG_NUM(lens); i++) {
        const char *item = as_text(repeat(text_bytes("dns:"), 'x', lens[i]));
        const struct strings strings = {&item, 1, 1};
        struct signet_span out;
        assert_true(subtrees_encode(&strings, &out));
        /* The octets after the heads are the name, and the heads are as long as they say. */
        assert_true(out.len > lens[i] + 5 && out.len < lens[i] + 13);
        assert_int_equal(out.ptr[out.len - 1], 'x');
        size_t head = out.ptr[1] == 0x82 ? 4 : out.ptr[1] == 0x81 ? 3 : 2;
        size_t len = head == 4   ? (size_t)out.ptr[2] << 8 | out.ptr[3]
                     : head == 3 ? out.ptr[2]
                                 : out.ptr[1];
        assert_int_equal(head + len, out.len);
        free((void *)(uintptr_t)out.ptr);
    }
}

static void none_gives_none(void **state)
{
    const struct strings strings = {NULL, 0, 0};
    struct signet_span out = text_bytes("x");
    (void)state;
    assert_true(subtrees_encode(&strings, &out));
    assert_null(out.ptr);
}

static void refuses_what_is_no_subtree(void **state)
{
    (void)state;
    const char *too_long = as_text(repeat(text_bytes("dns:"), 'x', 1024));
    const char *const rows[] = {"", "dns", "DNS:x", "ip:1.2.3.4", "x", too_long};
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        const char *item = rows[i];
        const struct strings strings = {&item, 1, 1};
        struct signet_span out;
        assert_false(subtrees_encode(&strings, &out));
        assert_null(out.ptr);
    }
}

SG_TEST_MAIN(SG_TEST("B-IN-2", encodes_general_subtrees), SG_TEST("B-IN-2", writes_long_lengths),
             SG_TEST("B-IN-2", none_gives_none), SG_TEST("B-IN-2", refuses_what_is_no_subtree))
