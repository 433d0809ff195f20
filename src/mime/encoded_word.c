/* SPDX-License-Identifier: Apache-2.0 */
#include "mime/encoded_word.h"

#include "base/text.h"
#include "mime/hex.h"
#include "mime/transfer.h"

enum charset { CHARSET_OTHER = 0, CHARSET_UTF_8, CHARSET_LATIN_1 };

static const struct {
    const char *name;
    enum charset charset;
} charsets[] = {
    {"utf-8", CHARSET_UTF_8},
    {"utf8", CHARSET_UTF_8},
    {"us-ascii", CHARSET_UTF_8},
    {"iso-8859-1", CHARSET_LATIN_1},
};

struct word {
    enum charset charset;
    uint8_t encoding; /* 'b' or 'q' */
    struct signet_span text;
    size_t len; /* all of it, "=?" to "?=" */
};

/* NAME may have a language behind an asterisk (RFC 2231 5). */
static enum charset find_charset(struct signet_span name)
{
    const uint8_t *asterisk = name.len > 0 ? memchr(name.ptr, '*', name.len) : NULL;
    if (asterisk != NULL)
        name.len = (size_t)(asterisk - name.ptr);
    for (size_t i = 0; i < sizeof(charsets) / sizeof(charsets[0]); i++) {
        if (sg_span_is_word(name, charsets[i].name))
            return charsets[i].charset;
    }
    return CHARSET_OTHER;
}

/* What stands before the next question mark, and REST moved past it. */
static bool take_field(struct signet_span *rest, struct signet_span *field)
{
    const uint8_t *mark = rest->len > 0 ? memchr(rest->ptr, '?', rest->len) : NULL;
    if (mark == NULL)
        return false;
    *field = sg_span_first(*rest, (size_t)(mark - rest->ptr));
    *rest = sg_span_from(*rest, field->len + 1);
    return true;
}

/* TEXT starts with "=?". */
static bool parse_word(struct signet_span text, struct word *out)
{
    struct signet_span rest = sg_span_from(text, 2);
    struct signet_span charset;
    struct signet_span encoding;
    if (!take_field(&rest, &charset) || !take_field(&rest, &encoding) || encoding.len != 1)
        return false;
    if (!take_field(&rest, &out->text) || rest.len == 0 || rest.ptr[0] != '=')
        return false;
    out->charset = find_charset(charset);
    out->encoding = sg_ascii_lower(encoding.ptr[0]);
    out->len = (size_t)(rest.ptr + 1 - text.ptr);
    return out->charset != CHARSET_OTHER && (out->encoding == 'b' || out->encoding == 'q');
}

/* RFC 2047 4.2, into OUT, which has room for as much as TEXT. */
static size_t decode_q(struct signet_span text, uint8_t *out)
{
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++) {
        int octet = text.ptr[i] == '=' ? sg_hex_octet(text, i + 1) : -1;
        if (octet >= 0) {
            out[len++] = (uint8_t)octet;
            i += 2;
        } else {
            out[len++] = text.ptr[i] == '_' ? ' ' : text.ptr[i];
        }
    }
    return len;
}

static size_t add_charset(struct signet_span bytes, enum charset charset, uint8_t *out)
{
    if (charset != CHARSET_LATIN_1) {
        memcpy(out, bytes.ptr, bytes.len);
        return bytes.len;
    }
    size_t len = 0;
    for (size_t i = 0; i < bytes.len; i++)
        len += sg_utf8_encode(bytes.ptr[i], out + len);
    return len;
}

/* WORD decoded into OUT, which has room for twice its text. False: memory is out. */
static bool decode_word(const struct word *word, struct sg_arena *arena, uint8_t *out, size_t *len)
{
    struct signet_span bytes = {NULL, 0};
    bool clean;
    if (word->encoding == 'b') {
        if (!sg_base64_decode(word->text, arena, &bytes, &clean))
            return false;
    } else {
        uint8_t *text = sg_arena_alloc(arena, word->text.len);
        if (text == NULL)
            return false;
        bytes = sg_span(text, decode_q(word->text, text));
    }
    *len = add_charset(bytes, word->charset, out);
    return true;
}

static bool is_blank_only(struct signet_span text)
{
    return sg_span_trim(text).len == 0;
}

/* Octets of TEXT before the next encoded word, which is put into WORD; all of TEXT when there is
 * none. */
static size_t find_word(struct signet_span text, struct word *word)
{
    size_t at = 0;
    while (at < text.len) {
        const uint8_t *sign = memchr(text.ptr + at, '=', text.len - at);
        if (sign == NULL)
            break;
        at = (size_t)(sign - text.ptr);
        struct signet_span rest = sg_span_from(text, at);
        if (rest.len > 1 && rest.ptr[1] == '?' && parse_word(rest, word))
            return at;
        at++;
    }
    return text.len;
}

struct signet_span sg_encoded_words_decode(struct signet_span text, struct sg_arena *arena)
{
    struct word word;
    size_t gap_len = find_word(text, &word);
    if (gap_len == text.len)
        return text;
    uint8_t *out = sg_arena_array(arena, text.len, 2);
    if (out == NULL)
        return (struct signet_span){NULL, 0};

    size_t len = 0;
    bool after_word = false;
    for (;;) {
        struct signet_span gap = sg_span_first(text, gap_len);
        bool at_end = gap_len == text.len;
        if (at_end || !after_word || !is_blank_only(gap)) {
            memcpy(out + len, gap.ptr, gap.len);
            len += gap.len;
        }
        if (at_end)
            return sg_span(out, len);

        size_t word_len;
        if (!decode_word(&word, arena, out + len, &word_len))
            return (struct signet_span){NULL, 0};
        len += word_len;
        after_word = true;
        text = sg_span_from(text, gap_len + word.len);
        gap_len = find_word(text, &word);
    }
}
