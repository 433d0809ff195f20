/* SPDX-License-Identifier: Apache-2.0 */
#include "bundle/pem.h"
#include "fault.h"
#include "test.h"

enum { ARENA_LEN = 1 << 20 };

struct wanted {
    const char *label, *octets;
    size_t offset;
    bool clean;
};

static void expect(const char *text, const struct wanted *wanted, size_t num)
{
    struct sg_arena arena;
    struct sg_pem_block block;
    struct sg_pem pem = sg_pem_begin(text_bytes(text));
    sg_arena_init(&arena, ARENA_LEN);
    for (size_t i = 0; i < num; i++) {
        if (!sg_pem_next(&pem, &arena, &block))
            fail_msg("only %zu blocks in: %s", i, text);
        assert_span_text(block.label, wanted[i].label);
        assert_span_equal(block.octets, hex(wanted[i].octets));
        assert_int_equal(block.clean, wanted[i].clean);
    }
    assert_false(sg_pem_next(&pem, &arena, &block));
    assert_false(arena.failed);
    sg_arena_clear(&arena);
}

#define BLOCK(label, text) "-----BEGIN " label "-----\n" text "\n-----END " label "-----\n"

static void reads_blocks_with_anything_around_them(void **state)
{
    static const struct wanted one[] = {{"CERTIFICATE", "30 00", 0, true}};
    static const struct wanted two[] = {{"CERTIFICATE", "30 00", 0, true}, {"X", "01", 0, true}};
    (void)state;
    expect(BLOCK("CERTIFICATE", "MAA="), one, 1);
    expect("words: and lines\n\n" BLOCK("CERTIFICATE", "MAA="), one, 1);
    expect("-----BEGIN CERTIFICATE-----\r\nMAA=\r\n-----END CERTIFICATE-----\r\n", one, 1);
    expect("  -----BEGIN CERTIFICATE-----  \n M A\nA = \n\t-----END CERTIFICATE-----", one, 1);
    expect(BLOCK("CERTIFICATE", "MAA=") "between\n" BLOCK("X", "AQ=="), two, 2);
    expect(BLOCK("CERTIFICATE", "Proc-Type: 4,ENCRYPTED\nDEK-Info: X\n\nMAA="), one, 1);
    expect("", NULL, 0);
    expect("no block\n----BEGIN X-----\n", NULL, 0);
}

static void tells_what_is_odd_in_a_block(void **state)
{
    static const struct wanted unclean[] = {{"X", "01", 0, false}};
    static const struct wanted empty[] = {{"X", "", 0, true}};
    (void)state;
    expect("-----BEGIN X-----\nAQ==\n", unclean, 1);                   /* no end */
    expect("-----BEGIN X-----\nAQ==\n-----END Y-----\n", unclean, 1);  /* another end */
    expect("-----BEGIN X-----\nA!Q==\n-----END X-----\n", unclean, 1); /* foreign characters */
    expect("-----BEGIN X-----\n-----END X-----\n", empty, 1);
}

static void counts_offsets_from_where_the_rest_began(void **state)
{
    struct sg_arena arena;
    struct sg_pem_block block;
    struct sg_pem pem = sg_pem_begin(text_bytes("abc\n" BLOCK("X", "AQ==")));
    (void)state;
    sg_arena_init(&arena, ARENA_LEN);
    assert_true(sg_pem_next(&pem, &arena, &block));
    assert_int_equal(block.offset, 4);
    sg_arena_clear(&arena);
}

static void ends_when_memory_is_out(void **state)
{
    struct sg_arena arena;
    struct sg_pem_block block;
    struct sg_pem pem = sg_pem_begin(text_bytes(BLOCK("X", "AQ==")));
    (void)state;
    sg_arena_init(&arena, ARENA_LEN);
    fault_begin(0);
    assert_false(sg_pem_next(&pem, &arena, &block));
    fault_end();
    assert_true(arena.failed);
    sg_arena_clear(&arena);
}

SG_TEST_MAIN(SG_TEST("C-CO-3", reads_blocks_with_anything_around_them),
             SG_TEST("C-CO-3", tells_what_is_odd_in_a_block),
             SG_TEST("C-CO-3", counts_offsets_from_where_the_rest_began),
             SG_TEST("", ends_when_memory_is_out))
