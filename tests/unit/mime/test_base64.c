/* SPDX-License-Identifier: Apache-2.0 */
#include "mime/transfer.h"
#include "random_text.h"

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

/* RFC 2045 6.8 and the contract of sg_part_decode, octet by octet. */
struct plain {
    uint8_t out[4096];
    size_t len;
    bool clean;
};

static bool is_blank(uint8_t octet)
{
    return octet == ' ' || octet == '\t' || octet == '\r' || octet == '\n';
}

static const char *digit_of(uint8_t octet)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    return octet == '\0' ? NULL : strchr(digits, octet) == NULL ? NULL : digits;
}

static void decode_plainly(struct signet_span text, struct plain *plain)
{
    size_t num_digits = 0, num_pads = 0, i = 0;
    uint32_t bits = 0;
    plain->len = 0;
    plain->clean = true;
    for (; i < text.len && text.ptr[i] != '='; i++) {
        const char *digits = digit_of(text.ptr[i]);
        if (digits == NULL) {
            plain->clean = plain->clean && is_blank(text.ptr[i]);
            continue;
        }
        bits = bits << 6 | (uint32_t)(strchr(digits, text.ptr[i]) - digits);
        if (++num_digits % 4 != 0)
            continue;
        for (unsigned shift = 24; shift > 0; shift -= 8)
            plain->out[plain->len++] = (uint8_t)(bits >> (shift - 8));
        bits = 0;
    }
    for (; i < text.len; i++) {
        num_pads += text.ptr[i] == '=';
        plain->clean = plain->clean && (text.ptr[i] == '=' || is_blank(text.ptr[i]));
    }
    size_t left = num_digits % 4;
    if (left == 2)
        plain->out[plain->len++] = (uint8_t)(bits >> 4);
    if (left == 3) {
        plain->out[plain->len++] = (uint8_t)(bits >> 10);
        plain->out[plain->len++] = (uint8_t)(bits >> 2);
    }
    bool zero = (left != 2 || bits % 16 == 0) && (left != 3 || bits % 4 == 0);
    plain->clean = plain->clean && zero && left != 1 && num_pads == (left == 0 ? 0 : 4 - left);
}

static void decodes_as_the_plain_definition(void **state)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    static const char *const odd[] = {"\n", "\r\n \t", "\n\n\n=", "\r\n=*-_.\v\x80\xff"};
    static struct plain plain;
    uint64_t seed = 0x5eed;
    (void)state;
    for (size_t i = 0; i < 4000; i++) {
        static const size_t rarities[] = {2, 9, 77, 400};
        struct signet_span text =
            random_text(&seed, random_below(&seed, i % 8 == 0 ? 2000 : 90), sg_span_text(digits),
                        sg_span_text(odd[i % 4]), rarities[i / 4 % 4]);
        struct sg_arena arena;
        struct signet_span out;
        bool clean;
        sg_arena_init(&arena, 1 << 16);
        decode_plainly(text, &plain);
        assert_true(sg_base64_decode(text, &arena, &out, &clean));
        assert_span_equal(out, sg_span(plain.out, plain.len));
        if (clean != plain.clean)
            fail_msg("clean of text %zu is %d", i, clean);
        sg_arena_clear(&arena);
    }
}

/* Lines of 76 with each octet there is at each place, alone among digits. */
static void sees_every_octet_at_every_place(void **state)
{
    static struct plain plain;
    uint8_t text[78 * 2];
    (void)state;
    for (size_t place = 0; place < 78; place++) {
        for (unsigned octet = 0; octet < 256; octet++) {
            struct sg_arena arena;
            struct signet_span out;
            bool clean;
            memset(text, 'Q', sizeof(text));
            memcpy(text + 76, "\r\n", 2);
            memcpy(text + 154, "\r\n", 2);
            text[place] = (uint8_t)octet;
            sg_arena_init(&arena, 4096);
            decode_plainly(sg_span(text, sizeof(text)), &plain);
            assert_true(sg_base64_decode(sg_span(text, sizeof(text)), &arena, &out, &clean));
            assert_span_equal(out, sg_span(plain.out, plain.len));
            assert_int_equal(clean, plain.clean);
            sg_arena_clear(&arena);
        }
    }
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
             SG_TEST("", decodes_what_an_encoder_writes),
             SG_TEST("C-MIME-9", decodes_as_the_plain_definition),
             SG_TEST("C-MIME-9", sees_every_octet_at_every_place),
             SG_TEST("", tells_when_memory_is_out))
