/* SPDX-License-Identifier: Apache-2.0 */
#include "mime/encoded_word.h"
#include "test.h"

static void decodes_for_showing(void **state)
{
    static const struct {
        const char *text, *out;
    } rows[] = {
        {"", ""},
        {"plain", "plain"},
        {"=?utf-8?q?J=C3=B6rg?=", "J\xc3\xb6rg"},
        {"=?UTF-8?Q?a_b?=", "a b"},
        {"=?utf-8*en?q?a?=", "a"},
        {"=?us-ascii?b?YWJj?=", "abc"},
        {"=?ISO-8859-1?Q?J=F6rg?= <a@b>", "J\xc3\xb6rg <a@b>"},
        {"=?iso-8859-1?B?9g==?=", "\xc3\xb6"},
        {"x =?utf-8?q?a?= =?utf-8?q?b?= y", "x ab y"},
        {"=?utf-8?q?=C3?= \t =?utf-8?q?=B6?=", "\xc3\xb6"},
        {"=?utf-8?q?a?= x =?utf-8?q?b?=", "a x b"},
        {"=?utf-8?q?a?==?utf-8?q?b?=", "ab"},
        {"=?utf-8?q?"
         "?=",
         ""},
        {"=?koi8-r?q?a?=", "=?koi8-r?q?a?="}, /* not ours to read */
        {"=?utf-8?x?a?=", "=?utf-8?x?a?="},
        {"=?utf-8?q?a", "=?utf-8?q?a"},
        {"=?utf-8?q?a?", "=?utf-8?q?a?"},
        {"=?utf-8?q", "=?utf-8?q"},
        {"=?", "=?"},
        {"=", "="},
        {"=?=?=?=?=?=", "=?=?=?=?=?="},
        {"=?utf-8?q?a=4?=", "a=4"},
        {"=?utf-8?q?a=?=", "a="},
        {"=?utf-8?q?=FF?=", "\xff"},
    };
    struct sg_arena arena;
    (void)state;
    sg_arena_init(&arena, 1 << 16);
    for (size_t i = 0; i < SG_NUM(rows); i++)
        assert_span_text(sg_encoded_words_decode(text_bytes(rows[i].text), &arena), rows[i].out);
    sg_arena_clear(&arena);
}

static void grows_by_no_more_than_twice(void **state)
{
    struct sg_arena arena;
    (void)state;
    sg_arena_init(&arena, 1 << 20);
    struct signet_span text = repeat(text_bytes("=?iso-8859-1?q?"), 0xe9, 10000);
    uint8_t *whole = sg_test_keep(malloc(text.len + 2));
    memcpy(whole, text.ptr, text.len);
    memcpy(whole + text.len, "?=", 2);
    assert_int_equal(sg_encoded_words_decode(sg_span(whole, text.len + 2), &arena).len, 20000);
    sg_arena_clear(&arena);
}

static void tells_when_memory_is_out(void **state)
{
    static const char *const rows[] = {"=?utf-8?q?a?=", "=?utf-8?b?YWJj?="};
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        bool failed = true;
        for (size_t max = 0; failed; max++) {
            struct sg_arena arena;
            sg_arena_init(&arena, max);
            struct signet_span out = sg_encoded_words_decode(text_bytes(rows[i]), &arena);
            failed = arena.failed;
            assert_int_equal(out.ptr == NULL, failed);
            sg_arena_clear(&arena);
        }
    }
}

SG_TEST_MAIN(SG_TEST("E-15", decodes_for_showing), SG_TEST("", grows_by_no_more_than_twice),
             SG_TEST("", tells_when_memory_is_out))
