/* SPDX-License-Identifier: Apache-2.0 */
#include "sink.h"

#include "compose/encode.h"
#include "mime/transfer.h"

static struct signet_span written(struct signet_span bytes, bool lines)
{
    struct kept kept;
    sg_base64_write(keep_begin(&kept), bytes, lines);
    return keep_end(&kept);
}

static void writes_what_rfc_4648_prints(void **state)
{
    (void)state;
    static const struct {
        const char *text, *encoded;
    } rows[] = {
        {"", ""},
        {"f", "Zg==\r\n"},
        {"fo", "Zm8=\r\n"},
        {"foo", "Zm9v\r\n"},
        {"foob", "Zm9vYg==\r\n"},
        {"fooba", "Zm9vYmE=\r\n"},
        {"foobar", "Zm9vYmFy\r\n"},
    };
    for (size_t i = 0; i < SG_NUM(rows); i++)
        assert_span_text(written(text_bytes(rows[i].text), false), rows[i].encoded);
    assert_span_text(written(text_bytes("a\nb\r\n"), true), "YQ0KYg0K\r\n");
    assert_span_text(written(text_bytes("a\nb\r\n"), false), "YQpiDQo=\r\n");
}

/* Every length, in pieces of every size: decoded by our reader it is the same. */
static void is_read_back_whatever_the_pieces(void **state)
{
    (void)state;
    uint8_t octets[200];
    for (size_t i = 0; i < sizeof(octets); i++)
        octets[i] = (uint8_t)(i * 37);
    struct sg_arena arena;
    sg_arena_init(&arena, (size_t)1 << 24);
    for (size_t len = 0; len < sizeof(octets); len++) {
        struct kept kept;
        struct sg_base64 base64 = sg_base64_begin(keep_begin(&kept));
        size_t piece = len % 7 + 1;
        for (size_t at = 0; at < len; at += piece)
            sg_base64_add(&base64, sg_span(octets + at, len - at < piece ? len - at : piece));
        sg_base64_end(&base64);
        struct signet_span text = keep_end(&kept), decoded;
        bool clean;
        assert_true(sg_base64_decode(text, &arena, &decoded, &clean));
        assert_true(clean);
        assert_span_equal(decoded, sg_span(octets, len));
        for (size_t i = 0, column = 0; i < text.len; i++) {
            column = text.ptr[i] == '\n' ? 0 : column + 1;
            assert_true(column <= 77); /* with the CR */
        }
    }
    sg_arena_clear(&arena);
}

/* Lines of nineteen groups each, as RFC 2045 6.8 has them: written octet by octet. */
static struct signet_span encoded_plainly(struct signet_span octets)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    uint8_t *text = sg_test_keep(malloc(octets.len * 2 + 8));
    size_t len = 0, column = 0;
    for (size_t i = 0; i < octets.len; i += 3) {
        size_t num = octets.len - i < 3 ? octets.len - i : 3;
        uint32_t bits = 0;
        for (size_t k = 0; k < 3; k++)
            bits = bits << 8 | (k < num ? octets.ptr[i + k] : 0);
        for (size_t k = 0; k < 4; k++, column++)
            text[len++] = (uint8_t)(k <= num ? digits[bits >> (18 - 6 * k) & 63] : '=');
        if (column == 76 || i + 3 >= octets.len) {
            memcpy(text + len, "\r\n", 2);
            len += 2;
            column = 0;
        }
    }
    return sg_span(text, len);
}

static void writes_what_the_plain_definition_writes(void **state)
{
    static uint8_t octets[3000];
    uint32_t chance = 1;
    (void)state;
    for (size_t i = 0; i < sizeof(octets); i++) {
        chance = chance * 1103515245 + 12345;
        octets[i] = (uint8_t)(chance >> 16);
    }
    for (size_t round = 0; round < 600; round++) {
        struct kept kept;
        struct signet_span whole = sg_span(octets, round * 5), rest = whole;
        struct sg_base64 base64 = sg_base64_begin(keep_begin(&kept));
        while (rest.len > 0) {
            chance = chance * 1103515245 + 12345;
            size_t piece = (chance >> 16) % (round % 3 == 0 ? 5 : 200);
            sg_base64_add(&base64, sg_span_first(rest, piece));
            rest = sg_span_from(rest, piece);
        }
        sg_base64_end(&base64);
        assert_span_equal(keep_end(&kept), encoded_plainly(whole));
    }
}

static void mends_without_decoding(void **state)
{
    (void)state;
    struct kept kept;
    sg_base64_mend(keep_begin(&kept), text_bytes("Z m\xe9"
                                                 "9v\n\r\n!\r=\n="));
    assert_span_text(keep_end(&kept), "Zm9v==\r\n");
    sg_base64_mend(keep_begin(&kept), repeat(text_bytes(""), 'A', 153));
    struct signet_span text = keep_end(&kept);
    assert_int_equal(text.len, 76 + 2 + 76 + 2 + 1 + 2);
    sg_base64_mend(keep_begin(&kept), text_bytes(" \n"));
    assert_int_equal(keep_end(&kept).len, 0);
}

SG_TEST_MAIN(SG_TEST("C-MIME-9", writes_what_the_plain_definition_writes),
             SG_TEST("", writes_what_rfc_4648_prints),
             SG_TEST("C-MIME-13", is_read_back_whatever_the_pieces),
             SG_TEST("", mends_without_decoding))
