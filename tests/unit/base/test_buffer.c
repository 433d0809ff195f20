/* SPDX-License-Identifier: Apache-2.0 */
#include "base/buffer.h"
#include "fault.h"
#include "test.h"

static void collects_what_is_added(void **state)
{
    struct sg_buffer buffer;
    (void)state;
    sg_buffer_init(&buffer, 1000);
    sg_buffer_add_text(&buffer, "ab");
    sg_buffer_add_byte(&buffer, 'c');
    sg_buffer_add(&buffer, hex("64 00 65"));
    sg_buffer_add(&buffer, sg_span(NULL, 0));
    sg_buffer_printf(&buffer, "%d%s", 7, "x");
    sg_buffer_printf(&buffer, "%s", "");
    assert_int_equal(buffer.status, SIGNET_OK);
    assert_span_equal(sg_buffer_span(&buffer), hex("61 62 63 64 00 65 37 78"));
    sg_buffer_free(&buffer);
    assert_int_equal(buffer.len, 0);
    sg_buffer_free(&buffer);
}

static void grows_to_its_maximum_and_no_further(void **state)
{
    struct sg_buffer buffer;
    (void)state;
    sg_buffer_init(&buffer, 1000);
    for (size_t i = 0; i < 1000; i++)
        sg_buffer_add_byte(&buffer, (uint8_t)i);
    assert_int_equal(buffer.status, SIGNET_OK);
    assert_int_equal(buffer.len, 1000);
    assert_true(buffer.cap <= 1001);
    sg_buffer_add_byte(&buffer, 0);
    assert_int_equal(buffer.status, SIGNET_ERR_LIMIT);
    assert_int_equal(buffer.len, 1000);
    sg_buffer_free(&buffer);
}

static void a_failure_is_latched(void **state)
{
    struct sg_buffer buffer;
    (void)state;
    sg_buffer_init(&buffer, 4);
    sg_buffer_add_text(&buffer, "abc");
    sg_buffer_add_text(&buffer, "de");
    sg_buffer_add_text(&buffer, "f");
    sg_buffer_printf(&buffer, "g");
    assert_int_equal(buffer.status, SIGNET_ERR_LIMIT);
    assert_span_text(sg_buffer_span(&buffer), "abc");
    sg_buffer_free(&buffer);
    sg_buffer_add_text(&buffer, "abcd"); /* usable again, the same maximum */
    assert_span_text(sg_buffer_span(&buffer), "abcd");
    sg_buffer_printf(&buffer, "%s", "e");
    assert_int_equal(buffer.status, SIGNET_ERR_LIMIT);
    sg_buffer_free(&buffer);
}

static void holds_nothing_without_a_maximum(void **state)
{
    struct sg_buffer buffer = {0};
    (void)state;
    sg_buffer_add(&buffer, sg_span(NULL, 0));
    assert_int_equal(buffer.status, SIGNET_OK);
    sg_buffer_add_byte(&buffer, 1);
    assert_int_equal(buffer.status, SIGNET_ERR_LIMIT);
    sg_buffer_free(&buffer);
}

static void lengths_do_not_overflow(void **state)
{
    struct sg_buffer buffer;
    (void)state;
    sg_buffer_init(&buffer, SIZE_MAX);
    sg_buffer_add_byte(&buffer, 1);
    sg_buffer_add(&buffer, sg_span(buffer.ptr, SIZE_MAX - 1));
    assert_int_equal(buffer.status, SIGNET_ERR_LIMIT);
    sg_buffer_free(&buffer);
}

static enum signet_status use(struct sg_buffer *buffer)
{
    for (int i = 0; i < 100; i++)
        sg_buffer_printf(buffer, "%100d", i);
    return buffer->status;
}

static void survives_every_failing_allocation(void **state)
{
    struct sg_buffer buffer;
    size_t n = 0;
    (void)state;
    sg_buffer_init(&buffer, 100000);
    while (fault_begin(n), use(&buffer) != SIGNET_OK) {
        fault_end();
        assert_int_equal(buffer.status, SIGNET_ERR_MEMORY);
        sg_buffer_free(&buffer);
        assert_true(++n < 100);
    }
    fault_end();
    assert_true(n > 3);
    assert_int_equal(buffer.len, 10000);
    sg_buffer_free(&buffer);
}

SG_TEST_MAIN(SG_TEST("", collects_what_is_added), SG_TEST("", grows_to_its_maximum_and_no_further),
             SG_TEST("", a_failure_is_latched), SG_TEST("", holds_nothing_without_a_maximum),
             SG_TEST("", lengths_do_not_overflow), SG_TEST("", survives_every_failing_allocation))
