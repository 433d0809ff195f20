/* SPDX-License-Identifier: Apache-2.0 */
#include "fault.h"
#include "sink.h"

struct fixture {
    struct kept_text kept;
    struct signet_sink sink;
    struct sg_emit emit;
};

static struct fixture *begin(void)
{
    struct fixture *f = sg_test_keep(calloc(1, sizeof(*f)));
    f->sink = (struct signet_sink){keep_bytes, &f->kept};
    sg_emit_init(&f->emit, &f->sink);
    return f;
}

static void hands_over_when_full_and_at_the_end(void **state)
{
    struct fixture *f = begin();
    (void)state;
    sg_emit_text(&f->emit, "a");
    assert_int_equal(f->kept.num_writes, 0);
    sg_emit_bytes(&f->emit, repeat(hex(""), 'b', SG_EMIT_SIZE - 1));
    assert_int_equal(f->kept.num_writes, 0);
    sg_emit_text(&f->emit, "c");
    assert_int_equal(f->kept.num_writes, 1);
    sg_emit_bytes(&f->emit, repeat(hex(""), 'd', SG_EMIT_SIZE + 1)); /* larger than the room */
    assert_int_equal(f->kept.num_writes, 3);
    assert_int_equal(sg_emit_finish(&f->emit), SIGNET_OK);
    assert_int_equal(f->kept.len, 1 + SG_EMIT_SIZE - 1 + 1 + SG_EMIT_SIZE + 1);
    assert_int_equal(f->kept.text[SG_EMIT_SIZE], 'c');
}

static void writes_each_form(void **state)
{
    struct fixture *f = begin();
    (void)state;
    sg_emit_printf(&f->emit, "%d-%s", 7, "x");
    sg_emit_blanks(&f->emit, 3);
    sg_emit_hex(&f->emit, hex("00 ff"));
    sg_emit_safe(&f->emit, hex("61 1b 5c ff"));
    sg_emit_bytes(&f->emit, sg_span(NULL, 0));
    assert_int_equal(sg_emit_finish(&f->emit), SIGNET_OK);
    assert_string_equal(f->kept.text, "7-x   00ffa\\x1b\\\\\\xff");
}

static void counts_characters_of_the_line(void **state)
{
    struct fixture *f = begin();
    (void)state;
    sg_emit_text(&f->emit, "ab\nü€x");
    assert_int_equal(f->emit.column, 3);
    sg_emit_text(&f->emit, "\n");
    assert_int_equal(f->emit.column, 0);
    assert_int_equal(sg_emit_finish(&f->emit), SIGNET_OK);
}

static void the_first_failure_stays(void **state)
{
    struct fixture *f = begin();
    (void)state;
    sg_emit_text(&f->emit, "lost");
    f->kept.refuses = true;
    assert_int_equal(sg_emit_finish(&f->emit), SIGNET_ERR_IO);
    sg_emit_check(&f->emit, SIGNET_ERR_MEMORY);
    f->kept.refuses = false;
    sg_emit_text(&f->emit, "more");
    assert_int_equal(sg_emit_finish(&f->emit), SIGNET_ERR_IO);
    assert_int_equal(f->kept.len, 0);
    assert_int_equal(f->kept.num_writes, 1);
}

static void lost_memory_is_an_error(void **state)
{
    struct fixture *f = begin();
    (void)state;
    fault_begin(0);
    sg_emit_safe(&f->emit, sg_span("abc", 3));
    fault_end();
    assert_int_equal(sg_emit_finish(&f->emit), SIGNET_ERR_MEMORY);
}

SG_TEST_MAIN(SG_TEST("", hands_over_when_full_and_at_the_end), SG_TEST("", writes_each_form),
             SG_TEST("", counts_characters_of_the_line), SG_TEST("", the_first_failure_stays),
             SG_TEST("", lost_memory_is_an_error))
