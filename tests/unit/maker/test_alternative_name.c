/* SPDX-License-Identifier: Apache-2.0 */
#include "fault.h"
#include "maker/alternative_name.h"
#include "test.h"

static void writes_addresses_as_the_standards_have_them(void **state)
{
    static const struct {
        const char *address, *name;
    } rows[] = {
        {"a@b.example", "81 0b 61 40 62 2e 65 78 61 6d 70 6c 65"},
        {"A@B.Example", "81 0b 41 40 62 2e 65 78 61 6d 70 6c 65"},
        {"\"a b\"@c", "81 07 22 61 20 62 22 40 63"},
        {"a@\xc3\xbc.example", "81 11 61 40 78 6e 2d 2d 74 64 61 2e 65 78 61 6d 70 6c 65"},
        {"\xc3\xbc@\xc3\xbc.example", "a0 20 06 08 2b 06 01 05 05 07 08 09 a0 14 0c 12 c3 bc 40 78 "
                                      "6e 2d 2d 74 64 61 2e 65 78 61 "
                                      "6d 70 6c 65"},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct sg_arena arena;
        struct sg_alternative_name name;
        struct sg_buffer der;
        struct signet_span wanted = hex(rows[i].name);
        sg_arena_init(&arena, 1 << 16);
        sg_buffer_init(&der, 1 << 16);
        assert_null(sg_alternative_name_read(text_bytes(rows[i].address), &arena, &name));
        sg_alternative_name_put(&der, &name);
        assert_int_equal(der.status, SIGNET_OK);
        assert_int_equal(der.len, wanted.len);
        assert_memory_equal(der.ptr, wanted.ptr, wanted.len);
        sg_buffer_free(&der);
        sg_arena_clear(&arena);
    }
}

static void refuses_what_is_no_address(void **state)
{
    static const char *const rows[] = {
        "",
        "alice",
        "alice@",
        "@b.example",
        "<a@b.example>",
        "a@b@c",
        "a@[192.0.2.1]",
        "a b@c.example",
        "a@b.example\n",
        "a@-\xe2\x80\xae.example",
        "a@b..c",
        "A <a@b.example>",
        "a@b.example ",
        "\xff@b.example",
        "\xef\xbb\xbf@b.example",
        "a@\xff.example",
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct sg_arena arena;
        struct sg_alternative_name name;
        sg_arena_init(&arena, 1 << 16);
        if (sg_alternative_name_read(text_bytes(rows[i]), &arena, &name) == NULL)
            fail_msg("\"%s\" was read", rows[i]);
        assert_false(arena.failed);
        sg_arena_clear(&arena);
    }
}

static void latches_that_memory_is_out(void **state)
{
    struct sg_arena arena;
    struct sg_alternative_name name;
    (void)state;
    for (size_t n = 0;; n++) {
        sg_arena_init(&arena, 1 << 16);
        fault_begin(n);
        const char *why =
            sg_alternative_name_read(sg_span_text("\xc3\xbc@\xc3\xbc.example"), &arena, &name);
        fault_end();
        bool failed = arena.failed;
        sg_arena_clear(&arena);
        if (!failed) {
            assert_null(why);
            assert_true(n > 0);
            return;
        }
    }
}

SG_TEST_MAIN(SG_TEST("D-ADR-1 A-3-3", writes_addresses_as_the_standards_have_them),
             SG_TEST("", refuses_what_is_no_address), SG_TEST("", latches_that_memory_is_out))
