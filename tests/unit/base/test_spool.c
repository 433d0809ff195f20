/* SPDX-License-Identifier: Apache-2.0 */
#include "base/spool.h"

#include "fault.h"
#include "test.h"
#include "test_scratch.h"

#define LARGE (3 * SIGNET_SCRATCH_MIN_LEN)

/* The octet that belongs at AT. */
static uint8_t octet_at(size_t at)
{
    return (uint8_t)(at ^ at >> 8 ^ at >> 16);
}

static struct signet_span text(size_t len)
{
    uint8_t *octets = sg_test_keep(malloc(len + 1));
    for (size_t i = 0; i < len; i++)
        octets[i] = octet_at(i);
    return sg_span(octets, len);
}

/* TEXT in spans of PIECE octets. */
static bool add_in_pieces(struct sg_spool *spool, struct signet_span text, size_t piece)
{
    bool added = true;
    for (size_t at = 0; at < text.len && added; at += piece)
        added = sg_spool_add(spool, sg_span_first(sg_span_from(text, at), piece));
    return added;
}

/* An arena and its scratch. */
struct desk {
    struct test_scratch paper;
    struct signet_scratch scratch;
    struct sg_arena arena;
};

/* MAX is the arena's. DESK is not to be moved afterwards. */
static void desk_begin(struct desk *desk, struct test_scratch paper, size_t max)
{
    desk->paper = paper;
    desk->scratch = test_scratch_of(&desk->paper);
    sg_arena_init(&desk->arena, max);
    desk->arena.scratch = &desk->scratch;
}

static void keeps_what_is_small_on_the_heap(void **state)
{
    struct desk desk;
    struct signet_span small = text(1000), out;
    struct sg_spool spool;
    (void)state;
    desk_begin(&desk, test_scratch_new(SIZE_MAX), 8192);
    assert_true(sg_spool_begin(&spool, &desk.arena, 1200));
    assert_true(add_in_pieces(&spool, small, 7));
    assert_true(sg_spool_finish(&spool, &out));
    assert_span_equal(out, small);
    assert_true(sg_spool_begin(&spool, &desk.arena, 0));
    assert_true(sg_spool_finish(&spool, &out));
    assert_non_null(out.ptr);
    assert_int_equal(out.len, 0);
    assert_int_equal(desk.paper.num_opened, 0);
    sg_arena_clear(&desk.arena);
}

/* Far over the arena's maximum, which does not count files. */
static void writes_what_is_large_to_a_file(void **state)
{
    static const size_t pieces[] = {1, 4096, 100003, SG_SPOOL_PIECE_LEN, LARGE};
    struct signet_span large = text(LARGE), out;
    (void)state;
    for (size_t i = 0; i < SG_NUM(pieces); i++) {
        struct desk desk;
        struct sg_spool spool;
        desk_begin(&desk, test_scratch_new(SIZE_MAX), 8192);
        assert_true(sg_spool_begin(&spool, &desk.arena, LARGE));
        assert_true(add_in_pieces(&spool, large, pieces[i]));
        assert_true(sg_spool_finish(&spool, &out));
        assert_span_equal(out, large);
        assert_int_equal(desk.paper.num_appends, LARGE / SG_SPOOL_PIECE_LEN);
        assert_int_equal(desk.paper.num_mapped, 1);
        assert_true(desk.arena.used <= 8192);
        sg_arena_clear(&desk.arena);
        assert_int_equal(desk.paper.num_open, 0);
        assert_ptr_equal(desk.arena.scratch, &desk.scratch);
    }
}

/* As decoders do it that write in place. */
static void gives_room_to_write_to(void **state)
{
    enum { WANTED = 100, USED = 64 };
    struct desk desk;
    struct sg_spool spool;
    struct signet_span out;
    size_t len = 0;
    (void)state;
    desk_begin(&desk, test_scratch_new(SIZE_MAX), 8192);
    assert_true(sg_spool_begin(&spool, &desk.arena, LARGE));
    while (len < LARGE) {
        assert_true(sg_spool_reserve(&spool, WANTED));
        assert_true(spool.room >= (LARGE - len < WANTED ? LARGE - len : WANTED));
        for (size_t i = 0; i < USED; i++)
            sg_spool_next(&spool)[i] = octet_at(len + i);
        sg_spool_count(&spool, USED);
        len += USED;
    }
    assert_true(sg_spool_finish(&spool, &out));
    assert_span_equal(out, text(LARGE));
    sg_arena_clear(&desk.arena);
}

static void keeps_on_the_heap_what_turns_out_small(void **state)
{
    static const size_t lens[] = {0, 1, SG_SPOOL_PIECE_LEN};
    (void)state;
    for (size_t i = 0; i < SG_NUM(lens); i++) {
        struct desk desk;
        struct signet_span few = text(lens[i]), out;
        struct sg_spool spool;
        desk_begin(&desk, test_scratch_new(SIZE_MAX), LARGE);
        assert_true(sg_spool_begin(&spool, &desk.arena, LARGE));
        assert_true(sg_spool_add(&spool, few));
        assert_true(sg_spool_finish(&spool, &out));
        assert_non_null(out.ptr);
        assert_span_equal(out, few);
        assert_int_equal(desk.paper.num_appends, 0);
        assert_int_equal(desk.paper.num_open, 0);
        sg_arena_clear(&desk.arena);
    }
}

/* The disk is full from the start, in the middle, or at the end. */
static void goes_on_in_memory_when_the_disk_is_full(void **state)
{
    struct signet_span large = text(LARGE), out;
    (void)state;
    for (size_t room = 0; room < LARGE; room += SG_SPOOL_PIECE_LEN) {
        struct desk desk;
        struct sg_spool spool;
        desk_begin(&desk, test_scratch_new(room), LARGE + 8192);
        assert_true(sg_spool_begin(&spool, &desk.arena, LARGE));
        assert_true(add_in_pieces(&spool, large, 5000));
        assert_true(sg_spool_finish(&spool, &out));
        assert_span_equal(out, large);
        assert_int_equal(desk.paper.num_octets, room);
        assert_int_equal(desk.paper.num_open, 0); /* what is full is not kept full */
        sg_arena_clear(&desk.arena);
    }
}

/* LIMIT when the heap may not have it either; memory when what was written cannot be read. */
static void fails_where_there_is_no_room_at_all(void **state)
{
    static const struct {
        size_t files, octets, max;
        bool unmappable;
        enum signet_status status;
    } rows[] = {
        {0, SIZE_MAX, LARGE - 1, false, SIGNET_ERR_LIMIT},
        {1, LARGE - 1, LARGE - 1, false, SIGNET_ERR_LIMIT},
        {1, 0, LARGE - 1, false, SIGNET_ERR_LIMIT},
        {1, SIZE_MAX, 2 * LARGE, true, SIGNET_ERR_MEMORY},
        {1, LARGE - 1, 2 * LARGE, true, SIGNET_ERR_MEMORY},
    };
    struct signet_span large = text(LARGE), out;
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        const struct test_scratch paper = {.files_left = rows[i].files,
                                           .octets_left = rows[i].octets,
                                           .unmappable = rows[i].unmappable};
        struct desk desk;
        struct sg_spool spool;
        desk_begin(&desk, paper, rows[i].max);
        bool good =
            sg_spool_begin(&spool, &desk.arena, LARGE) && add_in_pieces(&spool, large, 9999);
        assert_false(sg_spool_finish(&spool, &out) && good);
        assert_null(out.ptr);
        assert_int_equal(sg_arena_status(&desk.arena), rows[i].status);
        assert_false(sg_spool_add(&spool, large));
        assert_false(sg_spool_reserve(&spool, 1));
        sg_arena_clear(&desk.arena);
        assert_int_equal(desk.paper.num_open, 0);
    }
}

/* Input that grew since it was counted. */
static void takes_no_more_than_it_may(void **state)
{
    static const size_t max_lens[] = {0, 10, LARGE};
    struct signet_span more = text(LARGE + 100), out;
    (void)state;
    for (size_t i = 0; i < SG_NUM(max_lens); i++) {
        struct desk desk;
        struct sg_spool spool;
        desk_begin(&desk, test_scratch_new(SIZE_MAX), 8192);
        assert_true(sg_spool_begin(&spool, &desk.arena, max_lens[i]));
        assert_true(add_in_pieces(&spool, more, 4099));
        assert_true(sg_spool_finish(&spool, &out));
        assert_span_equal(out, sg_span_first(more, max_lens[i]));
        sg_arena_clear(&desk.arena);
    }
}

static void writes_to_memory_that_it_is_given(void **state)
{
    uint8_t room[10];
    struct sg_spool spool;
    struct signet_span out;
    (void)state;
    sg_spool_begin_at(&spool, room, sizeof(room));
    assert_true(sg_spool_add(&spool, sg_span_text("0123")));
    assert_true(sg_spool_reserve(&spool, 100));
    assert_int_equal(spool.room, 6);
    assert_true(sg_spool_add(&spool, sg_span_text("456789more")));
    assert_true(sg_spool_finish(&spool, &out));
    assert_ptr_equal(out.ptr, room);
    assert_span_text(out, "0123456789");
}

/* Each has a mapping; no file stays open for writing beside them. */
static void has_many_at_a_time(void **state)
{
    enum { NUM = 50 };
    struct desk desk;
    struct signet_span large = text(SIGNET_SCRATCH_MIN_LEN), outs[NUM];
    (void)state;
    desk_begin(&desk, test_scratch_new(SIZE_MAX), 8192);
    for (size_t i = 0; i < NUM; i++) {
        struct sg_spool spool;
        assert_true(sg_spool_begin(&spool, &desk.arena, large.len));
        assert_true(sg_spool_add(&spool, large));
        assert_true(sg_spool_finish(&spool, &outs[i]));
        assert_int_equal(desk.paper.num_mapped, desk.paper.num_open);
    }
    for (size_t i = 0; i < NUM; i++)
        assert_span_equal(outs[i], large);
    sg_arena_clear(&desk.arena);
    assert_int_equal(desk.paper.num_open, 0);
}

static bool use(struct sg_arena *arena, struct signet_span large)
{
    struct sg_spool spool;
    struct signet_span out;
    bool good = sg_spool_begin(&spool, arena, large.len) && add_in_pieces(&spool, large, 50000);
    return sg_spool_finish(&spool, &out) && good && sg_span_equal(out, large);
}

static void survives_every_failing_allocation(void **state)
{
    struct signet_span large = text(LARGE);
    (void)state;
    /* With room on the disk, and with too little. */
    for (size_t octets = LARGE; octets > LARGE / 2 - 1; octets -= LARGE / 2) {
        bool done = false;
        size_t num_failed = 0;
        for (size_t n = 0; !done; n++) {
            struct desk desk;
            desk_begin(&desk, test_scratch_new(octets), 2 * LARGE);
            fault_begin(n);
            done = use(&desk.arena, large);
            fault_end();
            if (!done)
                assert_int_equal(sg_arena_status(&desk.arena), SIGNET_ERR_MEMORY);
            num_failed += !done;
            sg_arena_clear(&desk.arena);
            assert_int_equal(desk.paper.num_open, 0);
        }
        assert_true(num_failed > 0);
    }
}

SG_TEST_MAIN(SG_TEST("", keeps_what_is_small_on_the_heap),
             SG_TEST("E-9", writes_what_is_large_to_a_file), SG_TEST("", gives_room_to_write_to),
             SG_TEST("", keeps_on_the_heap_what_turns_out_small),
             SG_TEST("E-9", goes_on_in_memory_when_the_disk_is_full),
             SG_TEST("E-9", fails_where_there_is_no_room_at_all),
             SG_TEST("", takes_no_more_than_it_may), SG_TEST("", writes_to_memory_that_it_is_given),
             SG_TEST("E-9", has_many_at_a_time), SG_TEST("", survives_every_failing_allocation))
