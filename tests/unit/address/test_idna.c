/* SPDX-License-Identifier: Apache-2.0 */
#include "address/host.h"
#include "address/idna.h"
#include "address/mailbox.h"
#include "test.h"

#include <idn2.h>

static int num_calls;
static bool memory_is_out;

int __real_idn2_lookup_u8(const uint8_t *src, uint8_t **out, int flags);
int __wrap_idn2_lookup_u8(const uint8_t *src, uint8_t **out, int flags);
int __real_idn2_to_unicode_8z8z(const char *src, char **out, int flags);
int __wrap_idn2_to_unicode_8z8z(const char *src, char **out, int flags);

int __wrap_idn2_lookup_u8(const uint8_t *src, uint8_t **out, int flags)
{
    num_calls++;
    return memory_is_out ? IDN2_MALLOC : __real_idn2_lookup_u8(src, out, flags);
}

int __wrap_idn2_to_unicode_8z8z(const char *src, char **out, int flags)
{
    num_calls++;
    return memory_is_out ? IDN2_MALLOC : __real_idn2_to_unicode_8z8z(src, out, flags);
}

static void is_not_called_for_ascii(void **state)
{
    struct sg_arena arena;
    struct sg_mailbox mailbox;
    (void)state;
    num_calls = 0;
    sg_arena_init(&arena, 1 << 16);
    assert_true(sg_host_equal(text_bytes("A.example"), text_bytes("a.example."), &arena));
    assert_true(
        sg_host_equal(text_bytes("XN--TDA.example"), text_bytes("xn--tda.example"), &arena));
    assert_span_text(sg_host_display(text_bytes("axn--tda.example"), &arena), "axn--tda.example");
    assert_true(sg_mailbox_parse(text_bytes("a@b.example"), &arena, &mailbox));
    assert_int_equal(num_calls, 0);
    assert_true(
        sg_host_equal(text_bytes("\xc3\xbc.example"), text_bytes("xn--tda.example"), &arena));
    assert_int_equal(num_calls, 1);
    sg_arena_clear(&arena);
}

static void tells_when_libidn2_lacks_memory(void **state)
{
    struct sg_arena arena;
    struct signet_span out;
    struct sg_mailbox mailbox;
    (void)state;
    memory_is_out = true;
    sg_arena_init(&arena, 1 << 16);
    assert_int_equal(sg_idna_to_ascii(text_bytes("\xc3\xbc"), &arena, &out), SG_IDNA_MEMORY);
    assert_true(arena.failed);
    arena.failed = false;
    assert_int_equal(sg_idna_to_unicode(text_bytes("xn--tda"), &arena, &out), SG_IDNA_MEMORY);
    assert_true(arena.failed);
    arena.failed = false;
    assert_false(sg_host_equal(text_bytes("\xc3\xbc"), text_bytes("xn--tda"), &arena));
    assert_true(arena.failed);
    arena.failed = false;
    assert_null(sg_host_display(text_bytes("xn--tda"), &arena).ptr);
    assert_true(arena.failed);
    arena.failed = false;
    assert_false(sg_mailbox_parse(text_bytes("a@\xc3\xbc.example"), &arena, &mailbox));
    assert_true(arena.failed);
    sg_arena_clear(&arena);
    memory_is_out = false;
}

static void refuses_labels_that_do_not_lead_back(void **state)
{
    static const char *const rows[] = {"xn--wca" /* an upper-case letter */,
                                       "xn--a",
                                       "xn--999999999",
                                       "xn--",
                                       "xn--fass-",
                                       "xn--bcher-KVA1"};
    struct sg_arena arena;
    struct signet_span out;
    (void)state;
    sg_arena_init(&arena, 1 << 16);
    for (size_t i = 0; i < SG_NUM(rows); i++)
        assert_int_equal(sg_idna_to_unicode(text_bytes(rows[i]), &arena, &out), SG_IDNA_REFUSED);
    assert_int_equal(sg_idna_to_unicode(repeat(text_bytes("xn--"), 'a', 5000), &arena, &out),
                     SG_IDNA_REFUSED);
    assert_int_equal(sg_idna_to_unicode(text_bytes("xn--tda"), &arena, &out), SG_IDNA_OK);
    assert_span_text(out, "\xc3\xbc");
    sg_arena_clear(&arena);
}

SG_TEST_MAIN(SG_TEST("", is_not_called_for_ascii), SG_TEST("", tells_when_libidn2_lacks_memory),
             SG_TEST("D-ADR-4", refuses_labels_that_do_not_lead_back))
