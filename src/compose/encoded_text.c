/* SPDX-License-Identifier: Apache-2.0 */
#include "compose/field_line.h"

#include "base/span.h"
#include "base/text.h"

#define WORD_MAX 75
#define PREFIX   "=?UTF-8?Q?"
/* Of a word: what is left for the text itself. */
#define ROOM (WORD_MAX - (sizeof(PREFIX) - 1) - 2)
/* Octets that base64 makes as many characters of. */
#define ROOM_BASE64 (ROOM / 4 * 3)

/* What a Q word may hold as it is, in a phrase too (RFC 2047 5 (3)). */
static bool is_q_literal(uint8_t byte)
{
    uint8_t lower = sg_ascii_lower(byte);
    return (lower >= 'a' && lower <= 'z') || (byte >= '0' && byte <= '9') ||
           (byte != '\0' && strchr("!*+-/", byte) != NULL);
}

static size_t q_len(struct signet_span text)
{
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++)
        len += is_q_literal(text.ptr[i]) || text.ptr[i] == ' ' ? 1 : 3;
    return len;
}

static size_t base64_len(struct signet_span text)
{
    return (text.len + 2) / 3 * 4;
}

static size_t put_q(uint8_t *out, struct signet_span text)
{
    static const char digits[] = "0123456789ABCDEF";
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++) {
        uint8_t byte = text.ptr[i];
        if (is_q_literal(byte) || byte == ' ') {
            out[len++] = byte == ' ' ? '_' : byte;
            continue;
        }
        out[len++] = '=';
        out[len++] = (uint8_t)digits[byte >> 4];
        out[len++] = (uint8_t)digits[byte & 15];
    }
    return len;
}

static size_t put_base64(uint8_t *out, struct signet_span text)
{
    static const char alphabet[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    size_t len = 0;
    for (size_t i = 0; i < text.len; i += 3) {
        size_t num = text.len - i < 3 ? text.len - i : 3;
        uint32_t bits = 0;
        for (size_t k = 0; k < 3; k++)
            bits = bits << 8 | (k < num ? text.ptr[i + k] : 0);
        for (size_t k = 0; k < 4; k++)
            out[len++] = k <= num ? (uint8_t)alphabet[bits >> (18 - 6 * k) & 63] : '=';
    }
    return len;
}

/* The longest beginning of TEXT, at least one character, that one word takes. */
static struct signet_span take_piece(struct signet_span text, bool base64)
{
    size_t len = 0;
    while (len < text.len) {
        uint32_t code_point;
        size_t step = sg_utf8_decode(sg_span_from(text, len), &code_point);
        step = step > 0 ? step : 1;
        struct signet_span more = sg_span_first(text, len + step);
        if (len > 0 && (base64 ? more.len > ROOM_BASE64 : q_len(more) > ROOM))
            break;
        len += step;
    }
    return sg_span_first(text, len);
}

void sg_field_line_add_encoded(struct sg_field_line *line, struct signet_span text)
{
    bool base64 = base64_len(text) < q_len(text);
    while (text.len > 0) {
        struct signet_span piece = take_piece(text, base64);
        uint8_t word[WORD_MAX + 16];
        memcpy(word, PREFIX, sizeof(PREFIX) - 1);
        word[sizeof(PREFIX) - 3] = base64 ? 'B' : 'Q';
        size_t len = sizeof(PREFIX) - 1;
        len += base64 ? put_base64(word + len, piece) : put_q(word + len, piece);
        word[len++] = '?';
        word[len++] = '=';
        /* Two octets less than the usual line: RFC 2047 2 allows 76. */
        line->column += line->column + 1 + len > SG_FOLD_MAX - 2 ? SG_FOLD_MAX : 0;
        sg_field_line_add_word(line, sg_span(word, len));
        text = sg_span_from(text, piece.len);
    }
}
