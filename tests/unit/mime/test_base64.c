/* SPDX-License-Identifier: Apache-2.0 */
#include "mime/transfer.h"
#include "test.h"

static void decodes(void **state)
{
    static const struct {
        const char *text, *bytes;
        bool clean;
    } rows[] = {
        {"", "", true},
        {"AA==", "00", true},
        {"AAE=", "00 01", true},
        {"AAEC", "00 01 02", true},
        {"+/+/", "fb ff bf", true},
        {"AAEC\r\nAwQF\r\n", "00 01 02 03 04 05", true},
        {"A\nA E\tC\r\n", "00 01 02", true},
        {"\r\n\r\nAA=\r\n=\r\n\r\n", "00", true},
        {"AA", "00", false}, /* padding missing */
        {"AAE", "00 01", false},
        {"A", "", false},
        {"AAECA", "00 01 02", false},
        {"AA=", "00", false},
        {"AA===", "00", false},
        {"AAE==", "00 01", false},
        {"AAEC=", "00 01 02", false},
        {"=", "", false},
        {"A===", "", false},
        {"AB==", "00", false}, /* bits that no octet takes */
        {"AAF=", "00 01", false},
        {"AA==AAEC", "00", false}, /* padding is the end */
        {"A*A=-=", "00", false},
        {"AA-EC", "00 01 02", false},
        {"AA\xff"
         "EC",
         "00 01 02", false},
        {"A_-A", "00", false}, /* not the URL alphabet */
        {"AAEC\r\n-- \r\n", "00 01 02", false},
    };
    struct sg_arena arena;
    (void)state;
    sg_arena_init(&arena, 1 << 16);
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct signet_span out;
        bool clean;
        assert_true(sg_base64_decode(text_bytes(rows[i].text), &arena, &out, &clean));
        assert_span_equal(out, hex(rows[i].bytes));
        if (clean != rows[i].clean)
            fail_msg("clean of \"%s\" is %d", rows[i].text, clean);
    }
    sg_arena_clear(&arena);
}

static void skips_nul(void **state)
{
    struct sg_arena arena;
    struct signet_span out;
    bool clean;
    (void)state;
    sg_arena_init(&arena, 4096);
    assert_true(sg_base64_decode(sg_test_copy("AA\0EC", 5), &arena, &out, &clean));
    assert_span_equal(out, hex("00 01 02"));
    assert_false(clean);
    sg_arena_clear(&arena);
}

/* Every octet at every place of a group, in lines of every length. */
static void decodes_what_an_encoder_writes(void **state)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    uint8_t bytes[771];
    char text[2 * sizeof(bytes)];
    struct sg_arena arena;
    (void)state;
    for (size_t i = 0; i < sizeof(bytes); i++)
        bytes[i] = (uint8_t)(i * 167 + i / 256);
    sg_arena_init(&arena, 1 << 20);
    for (size_t line_len = 60; line_len < 80; line_len++) {
        size_t len = 0, column = 0;
        for (size_t i = 0; i < sizeof(bytes) / 3 * 4; i++) {
            uint32_t group = (uint32_t)bytes[i / 4 * 3] << 16 |
                             (uint32_t)bytes[i / 4 * 3 + 1] << 8 | bytes[i / 4 * 3 + 2];
            text[len++] = digits[group >> (18 - 6 * (i % 4)) & 63];
            if (++column == line_len) {
                text[len++] = '\n';
                column = 0;
            }
        }
        struct signet_span out;
        bool clean;
        assert_true(sg_base64_decode(sg_test_copy(text, len), &arena, &out, &clean));
        assert_span_equal(out, sg_span(bytes, sizeof(bytes)));
        assert_true(clean);
    }
    sg_arena_clear(&arena);
}

static void tells_when_memory_is_out(void **state)
{
    struct sg_arena arena;
    struct signet_span out;
    bool clean;
    (void)state;
    sg_arena_init(&arena, 0);
    assert_false(sg_base64_decode(text_bytes("AAEC"), &arena, &out, &clean));
    assert_true(arena.failed);
}

SG_TEST_MAIN(SG_TEST("C-MIME-9", decodes), SG_TEST("", skips_nul),
             SG_TEST("", decodes_what_an_encoder_writes), SG_TEST("", tells_when_memory_is_out))
