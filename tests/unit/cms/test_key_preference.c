/* SPDX-License-Identifier: Apache-2.0 */
#include "cms/key_preference.h"

#include "test.h"

#define NAME "30 0c 31 0a 30 08 06 03 55 04 03 0c 01 41"

static struct sg_arena arena;

static void begin(void)
{
    sg_arena_init(&arena, 1 << 16);
}

static void reads_the_three_forms(void **state)
{
    struct sg_certificate_reference reference;
    (void)state;
    begin();
    assert_true(sg_key_preference_parse(hex("a0 11 " NAME "02 01 05"), &arena, &reference));
    assert_false(reference.by_key_id);
    assert_span_equal(reference.serial, hex("05"));
    assert_span_equal(reference.issuer.der, hex(NAME));
    assert_true(reference.issuer.canonical.len > 0);

    assert_true(sg_key_preference_parse(hex("a1 04 04 02 ab cd"), &arena, &reference));
    assert_true(reference.by_key_id);
    assert_span_equal(reference.key_id, hex("ab cd"));
    assert_true(sg_key_preference_parse(hex("a1 1c 04 02 ab cd"
                                            "18 0f 32 30 32 36 30 36 30 31 30 30 30 30 30 30 5a"
                                            "30 05 06 03 2a 03 04"),
                                        &arena, &reference));
    assert_span_equal(reference.key_id, hex("ab cd"));

    assert_true(sg_key_preference_parse(hex("82 02 ab cd"), &arena, &reference));
    assert_true(reference.by_key_id);
    assert_span_equal(reference.key_id, hex("ab cd"));

    assert_true(
        sg_key_preference_parse_microsoft(hex("30 11 " NAME "02 01 05"), &arena, &reference));
    assert_span_equal(reference.serial, hex("05"));
    sg_arena_clear(&arena);
}

static void refuses_other_forms(void **state)
{
    static const char *const rows[] = {
        "",
        "30 11 " NAME "02 01 05",
        "a0 00",
        "a0 0e " NAME,
        "a0 13 " NAME "02 01 05 05 00",
        "a0 11 " NAME "02 01 05 00",
        "80 02 ab cd",
        "a1 00",
        "a1 06 04 02 ab cd 05 00",
        "82 02 ab cd 00",
        "a2 04 04 02 ab cd",
        "83 02 ab cd",
    };
    (void)state;
    begin();
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct sg_certificate_reference reference;
        if (sg_key_preference_parse(hex(rows[i]), &arena, &reference))
            fail_msg("%s was read", rows[i]);
    }
    assert_false(arena.failed);
    sg_arena_clear(&arena);
}

static void tells_missing_memory(void **state)
{
    struct sg_certificate_reference reference;
    (void)state;
    sg_arena_init(&arena, 1);
    assert_false(sg_key_preference_parse(hex("a0 11 " NAME "02 01 05"), &arena, &reference));
    assert_true(arena.failed);
    sg_arena_clear(&arena);
}

SG_TEST_MAIN(SG_TEST("C-AT-3", reads_the_three_forms), SG_TEST("C-AT-3", refuses_other_forms),
             SG_TEST("", tells_missing_memory))
