/* SPDX-License-Identifier: Apache-2.0 */
#include "mime/base64.h"
#include "random_text.h"
#include "test_scratch.h"

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/* By every form that there is, which must agree. The octets are the last one's. */
static struct signet_span decode(struct signet_span text, struct sg_arena *arena, bool *clean)
{
    struct signet_span out = {NULL, 0};
    for (unsigned form = 0; form < SG_NUM_BASE64_FORMS; form++) {
        struct signet_span by_form;
        bool clean_by_form;
        if (!sg_base64_form_exists((enum sg_base64_form)form))
            continue;
        assert_true(
            sg_base64_decode_as((enum sg_base64_form)form, text, arena, &by_form, &clean_by_form));
        if (form == SG_BASE64_PORTABLE)
            *clean = clean_by_form;
        else
            assert_span_equal(by_form, out);
        assert_int_equal(clean_by_form, *clean);
        out = by_form;
    }
    return out;
}

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
        bool clean;
        struct signet_span out = decode(text_bytes(rows[i].text), &arena, &clean);
        assert_span_equal(out, hex(rows[i].bytes));
        if (clean != rows[i].clean)
            fail_msg("clean of \"%s\" is %d", rows[i].text, clean);
    }
    sg_arena_clear(&arena);
}

static void skips_nul(void **state)
{
    struct sg_arena arena;
    bool clean;
    (void)state;
    sg_arena_init(&arena, 4096);
    struct signet_span out = decode(sg_test_copy("AA\0EC", 5), &arena, &clean);
    assert_span_equal(out, hex("00 01 02"));
    assert_false(clean);
    sg_arena_clear(&arena);
}

/* BYTES in lines of LINE_LEN digits with LINE_END behind each that is full. */
static struct signet_span encode(struct signet_span bytes, size_t line_len, const char *line_end)
{
    size_t max = bytes.len / 3 * 4 + 4, len = 0, column = 0;
    uint8_t *text = sg_test_keep(malloc(max + max / line_len * strlen(line_end) + 1));
    for (size_t i = 0; i < (bytes.len + 2) / 3 * 4; i++) {
        size_t at = i / 4 * 3, left = bytes.len - at;
        uint32_t group = (uint32_t)bytes.ptr[at] << 16;
        group |= left > 1 ? (uint32_t)bytes.ptr[at + 1] << 8 : 0;
        group |= left > 2 ? bytes.ptr[at + 2] : 0;
        text[len++] = i % 4 > left ? '=' : (uint8_t)digits[group >> (18 - 6 * (i % 4)) & 63];
        if (++column == line_len) {
            memcpy(text + len, line_end, strlen(line_end));
            len += strlen(line_end);
            column = 0;
        }
    }
    return sg_test_copy(text, len);
}

static struct signet_span some_bytes(size_t len)
{
    uint8_t *bytes = sg_test_keep(malloc(len + 1));
    for (size_t i = 0; i < len; i++)
        bytes[i] = (uint8_t)(i * 167 + i / 256);
    return sg_test_copy(bytes, len);
}

/* Every octet at every place of a group, in lines of every length, with every tail. */
static void decodes_what_an_encoder_writes(void **state)
{
    static const char *const line_ends[] = {"\n", "\r\n", " \n"};
    (void)state;
    for (size_t line_len = 1; line_len < 140; line_len++) {
        for (size_t i = 0; i < SG_NUM(line_ends); i++) {
            struct signet_span bytes = some_bytes(771 + line_len % 3 + 9 * i);
            struct sg_arena arena;
            bool clean;
            sg_arena_init(&arena, 1 << 20);
            struct signet_span out = decode(encode(bytes, line_len, line_ends[i]), &arena, &clean);
            assert_span_equal(out, bytes);
            assert_true(clean);
            sg_arena_clear(&arena);
        }
    }
}

static void decodes_every_length(void **state)
{
    struct sg_arena arena;
    bool clean;
    (void)state;
    sg_arena_init(&arena, 1 << 20);
    for (size_t len = 0; len < 300; len++) {
        struct signet_span bytes = some_bytes(len);
        struct signet_span out = decode(encode(bytes, 1000, ""), &arena, &clean);
        assert_span_equal(out, bytes);
        assert_true(clean);
    }
    sg_arena_clear(&arena);
}

/* What goes to scratch in pieces, whose ends fall anywhere. */
static void decodes_what_is_large_in_pieces(void **state)
{
    static const struct {
        size_t line_len;
        const char *line_end;
    } rows[] = {{76, "\r\n"}, {64, "\n"}, {75, "\r\n"}, {1 << 22, ""}, {7, "\n \n"}};
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct test_scratch paper = test_scratch_new(SIZE_MAX);
        const struct signet_scratch scratch = test_scratch_of(&paper);
        struct signet_span bytes = some_bytes(1500000 + i);
        struct sg_arena arena;
        bool clean;
        sg_arena_init(&arena, 4096);
        arena.scratch = &scratch;
        struct signet_span out =
            decode(encode(bytes, rows[i].line_len, rows[i].line_end), &arena, &clean);
        assert_span_equal(out, bytes);
        assert_true(clean);
        assert_true(paper.num_mapped > 0);
        sg_arena_clear(&arena);
    }
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

/* NULL: OCTET is none. */
static const char *digit_of(uint8_t octet)
{
    return octet == '\0' ? NULL : strchr(digits, octet);
}

static void decode_plainly(struct signet_span text, struct plain *plain)
{
    size_t num_digits = 0, num_pads = 0, i = 0;
    uint32_t bits = 0;
    plain->len = 0;
    plain->clean = true;
    for (; i < text.len && text.ptr[i] != '='; i++) {
        const char *digit = digit_of(text.ptr[i]);
        if (digit == NULL) {
            plain->clean = plain->clean && is_blank(text.ptr[i]);
            continue;
        }
        bits = bits << 6 | (uint32_t)(digit - digits);
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
        bool clean;
        sg_arena_init(&arena, 1 << 16);
        decode_plainly(text, &plain);
        struct signet_span out = decode(text, &arena, &clean);
        assert_span_equal(out, sg_span(plain.out, plain.len));
        if (clean != plain.clean)
            fail_msg("clean of text %zu is %d", i, clean);
        sg_arena_clear(&arena);
    }
}

/* Two lines, of which the first has each octet there is at each place, alone among digits. */
static void sees_every_octet_at_every_place(void **state)
{
    static const size_t line_lens[] = {64, 76, 160};
    static struct plain plain;
    uint8_t text[2 * 162];
    (void)state;
    for (size_t i = 0; i < SG_NUM(line_lens); i++) {
        size_t whole = line_lens[i] + 2;
        for (size_t at = 0; at < whole * 256; at++) {
            struct signet_span span = sg_span(text, 2 * whole);
            struct sg_arena arena;
            bool clean;
            memset(text, 'Q', sizeof(text));
            memcpy(text + whole - 2, "\r\n", 2);
            memcpy(text + 2 * whole - 2, "\r\n", 2);
            text[at / 256] = (uint8_t)at;
            sg_arena_init(&arena, 1 << 14);
            decode_plainly(span, &plain);
            struct signet_span out = decode(span, &arena, &clean);
            assert_span_equal(out, sg_span(plain.out, plain.len));
            assert_int_equal(clean, plain.clean);
            sg_arena_clear(&arena);
        }
    }
}

/* A processor without any of them has none. */
static void has_a_form_for_every_processor(void **state)
{
    (void)state;
    assert_true(sg_base64_form_exists(SG_BASE64_PORTABLE));
    assert_false(sg_base64_form_exists(SG_NUM_BASE64_FORMS));
#if defined(__x86_64__)
    assert_int_equal(sg_base64_form_exists(SG_BASE64_AVX2), __builtin_cpu_supports("avx2") != 0);
#else
    assert_false(sg_base64_form_exists(SG_BASE64_AVX2));
#endif
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
             SG_TEST("", decodes_what_an_encoder_writes), SG_TEST("", decodes_every_length),
             SG_TEST("", decodes_what_is_large_in_pieces),
             SG_TEST("", has_a_form_for_every_processor),
             SG_TEST("C-MIME-9", decodes_as_the_plain_definition),
             SG_TEST("C-MIME-9", sees_every_octet_at_every_place),
             SG_TEST("", tells_when_memory_is_out))
