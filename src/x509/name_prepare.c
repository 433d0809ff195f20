/* SPDX-License-Identifier: Apache-2.0 */
#include "x509/name_prepare.h"

#include "asn1/der.h"
#include "asn1/string.h"
#include "base/text.h"
#include "x509/name_letters.h"

#include <stdlib.h>
#include <unicase.h>
#include <unictype.h>
#include <uninorm.h>

/* What happens to a code point (RFC 4518 2.2, 2.4). */
enum action { ACTION_KEEP = 0, ACTION_DROP, ACTION_SPACE, ACTION_REFUSE };

struct range {
    uint32_t first, last;
    enum action action;
};

/*
 * RFC 4518 2.2, and of 2.4 what is not unassigned. Control characters and directional marks,
 * which 2.2 drops, are refused instead: see the header. In order, for binary search.
 */
static const struct range mapped[] = {
    {0x0000, 0x0008, ACTION_REFUSE},     {0x0009, 0x000d, ACTION_SPACE},
    {0x000e, 0x001f, ACTION_REFUSE},     {0x0020, 0x0020, ACTION_SPACE},
    {0x007f, 0x0084, ACTION_REFUSE},     {0x0085, 0x0085, ACTION_SPACE},
    {0x0086, 0x009f, ACTION_REFUSE},     {0x00a0, 0x00a0, ACTION_SPACE},
    {0x00ad, 0x00ad, ACTION_DROP},       {0x034f, 0x034f, ACTION_DROP},
    {0x06dd, 0x06dd, ACTION_DROP},       {0x070f, 0x070f, ACTION_DROP},
    {0x1680, 0x1680, ACTION_SPACE},      {0x1806, 0x1806, ACTION_DROP},
    {0x180b, 0x180e, ACTION_DROP},       {0x2000, 0x200a, ACTION_SPACE},
    {0x200b, 0x200d, ACTION_DROP},       {0x200e, 0x200f, ACTION_REFUSE},
    {0x2028, 0x2029, ACTION_SPACE},      {0x202a, 0x202e, ACTION_REFUSE},
    {0x202f, 0x202f, ACTION_SPACE},      {0x205f, 0x205f, ACTION_SPACE},
    {0x2060, 0x2063, ACTION_DROP},       {0x206a, 0x206f, ACTION_REFUSE},
    {0x3000, 0x3000, ACTION_SPACE},      {0xd800, 0xdfff, ACTION_REFUSE},
    {0xe000, 0xf8ff, ACTION_REFUSE},     {0xfdd0, 0xfdef, ACTION_REFUSE},
    {0xfe00, 0xfe0f, ACTION_DROP},       {0xfeff, 0xfeff, ACTION_DROP},
    {0xfff9, 0xfffc, ACTION_DROP},       {0xfffd, 0xffff, ACTION_REFUSE},
    {0x1d173, 0x1d17a, ACTION_DROP},     {0xe0001, 0xe0001, ACTION_DROP},
    {0xe0020, 0xe007f, ACTION_DROP},     {0xf0000, 0xffffd, ACTION_REFUSE},
    {0x100000, 0x10fffd, ACTION_REFUSE},
};

static const struct range unassigned[] = {
#define RANGE(first, last) {first, last, ACTION_REFUSE},
#include "x509/name_unassigned.def"
#undef RANGE
};

static enum action find_action(const struct range *ranges, size_t num, uint32_t code_point)
{
    while (num > 0) {
        size_t half = num / 2;
        if (code_point < ranges[half].first) {
            num = half;
        } else if (code_point > ranges[half].last) {
            ranges += half + 1;
            num -= half + 1;
        } else {
            return ranges[half].action;
        }
    }
    return ACTION_KEEP;
}

static enum action action_for(uint32_t code_point)
{
    if ((code_point & 0xfffe) == 0xfffe)
        return ACTION_REFUSE;
    enum action action = find_action(mapped, sizeof(mapped) / sizeof(mapped[0]), code_point);
    if (action == ACTION_KEEP)
        action = find_action(unassigned, sizeof(unassigned) / sizeof(unassigned[0]), code_point);
    return action;
}

/* NFKC makes 18 characters of one; names whose forms grow more than any language's are compared by
 * octets, so that a form's memory is bounded by its name's. */
enum { MAX_GROWTH = 3, MAX_GROWN_LEN = 64 };

/* RFC 4518 2.6.1: blanks at both ends go, blanks inside become one. */
struct squeezer {
    struct sg_buffer *out;
    bool blank;   /* seen, and not yet written */
    bool started; /* something other than a blank was written */
};

static void squeeze(struct squeezer *squeezer, struct signet_span character)
{
    if (squeezer->blank && squeezer->started)
        sg_buffer_add_byte(squeezer->out, ' ');
    squeezer->blank = false;
    squeezer->started = true;
    sg_buffer_add(squeezer->out, character);
}

/* Visible ASCII in lower case, a space for what is blank; 0 for all else. */
static const uint8_t ascii_forms[256] =
    "\0\0\0\0\0\0\0\0\0     \0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
    " !\"#$%&'()*+,-./"
    "0123456789:;<=>?@abcdefghijklmnopqrstuvwxyz[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~";

enum { SHARP_S = 0xdf };

/* A common letter at the start of REST in small, in as many octets as it has: how many. 0: it is
 * none of these. */
static size_t fold_letter(struct signet_span rest, uint8_t *out)
{
    uint32_t code_point;
    size_t len = sg_utf8_decode(rest, &code_point);
    if (len < 2)
        return 0;
    if (code_point == SHARP_S) {
        out[0] = out[1] = 's';
        return len;
    }
    uint32_t folded = sg_letter_fold(code_point);
    return folded != 0 && sg_utf8_encode(folded, out) == len ? len : 0;
}

/* As many octets as there are in a word. Each has a high bit of its own to count with. */
enum { WORD_LEN = 8 };
#define EACH(octet) (UINT64_C(0x0101010101010101) * (octet))

/* WORD_LEN characters from FROM, in lower case, to TO. False: one is not visible ASCII and no
 * single blank. */
static bool fold_word(const uint8_t *from, uint8_t *to)
{
    uint64_t word;
    memcpy(&word, from, WORD_LEN);
    uint64_t below_blank = ~(word + EACH(0x80 - ' ')), above_tilde = word + EACH(0x80 - 0x7f);
    uint64_t blank = ~(word + EACH(0x7f - ' ')) & EACH(0x80);
    if (((word | below_blank | above_tilde) & EACH(0x80)) != 0 || (blank & blank << 8) != 0)
        return false;
    uint64_t capital = (word + EACH(0x80 - 'A')) & ~(word + EACH(0x7f - 'Z')) & EACH(0x80);
    word |= capital >> 2;
    memcpy(to, &word, WORD_LEN);
    return true;
}

/* VALUE is visible ASCII, and blanks within are single: its form, of the same length, a word at a
 * time. Words have an octet in common, so that no blanks meet between them. */
static bool fold_words(struct signet_span value, uint8_t *out)
{
    size_t at = 0;
    if (value.len == 0)
        return true;
    if (value.ptr[0] == ' ' || value.ptr[value.len - 1] == ' ')
        return false;
    if (value.len < WORD_LEN) {
        uint8_t word[WORD_LEN] = "filling!";
        memcpy(word, value.ptr, value.len);
        bool folded = fold_word(word, word);
        memcpy(out, word, value.len);
        return folded;
    }
    for (; at + WORD_LEN < value.len; at += WORD_LEN - 1) {
        if (!fold_word(value.ptr + at, out + at))
            return false;
    }
    return fold_word(value.ptr + value.len - WORD_LEN, out + value.len - WORD_LEN);
}

/* ASCII, and if IS_UTF8 letters. */
static bool prepare_plain(bool is_utf8, struct signet_span value, uint8_t *out, size_t *len)
{
    uint8_t *next = out;
    bool blank = false;
    if (fold_words(value, out)) {
        *len = value.len;
        return true;
    }
    for (size_t i = 0; i < value.len; i++) {
        uint8_t form = ascii_forms[value.ptr[i]];
        if (form == ' ') {
            blank = next > out;
            continue;
        }
        if (blank)
            *next++ = ' ';
        blank = false;
        *next = form;
        size_t letter_len = 1;
        if (form == 0)
            letter_len = is_utf8 ? fold_letter(sg_span_from(value, i), next) : 0;
        if (letter_len == 0)
            return false;
        next += letter_len;
        i += letter_len - 1;
    }
    *len = (size_t)(next - out);
    return true;
}

enum { PLAIN_BMP_ROOM = 256 };

/* A BMPString of nothing above U+07FF, which does not grow as UTF-8. */
static bool prepare_plain_bmp(struct signet_span value, uint8_t *out, size_t *len)
{
    uint8_t utf8[PLAIN_BMP_ROOM];
    size_t utf8_len = 0;
    if (value.len > sizeof(utf8) || value.len % 2 != 0)
        return false;
    for (size_t i = 0; i < value.len; i += 2) {
        uint32_t code_point = (uint32_t)value.ptr[i] << 8 | value.ptr[i + 1];
        if (code_point > 0x7ff)
            return false;
        utf8_len += sg_utf8_encode(code_point, utf8 + utf8_len);
    }
    return prepare_plain(true, sg_span(utf8, utf8_len), out, len);
}

bool sg_string_prepare_plain(uint32_t tag, struct signet_span value, uint8_t *out, size_t *len)
{
    if (tag == SG_TAG_BMP_STRING)
        return prepare_plain_bmp(value, out, len);
    return tag != SG_TAG_UNIVERSAL_STRING &&
           prepare_plain(tag == SG_TAG_UTF8_STRING, value, out, len);
}

/* RFC 4518 2.1 to 2.4: VALUE in UTF-8 with what is dropped gone and all blanks spaces. */
static enum sg_prepared map(uint32_t tag, struct signet_span value, struct sg_buffer *utf8,
                            struct sg_buffer *out)
{
    if (!sg_string_to_utf8(tag, value, utf8))
        return SG_PREPARED_REFUSED;
    for (struct signet_span rest = sg_buffer_span(utf8); rest.len > 0;) {
        uint32_t code_point;
        size_t len = sg_utf8_decode(rest, &code_point);
        enum action action = len > 0 ? action_for(code_point) : ACTION_REFUSE;
        if (action == ACTION_REFUSE)
            return SG_PREPARED_REFUSED;
        if (action == ACTION_SPACE)
            sg_buffer_add_byte(out, ' ');
        if (action == ACTION_KEEP)
            sg_buffer_add(out, sg_span_first(rest, len));
        rest = sg_span_from(rest, len);
    }
    return SG_PREPARED;
}

/*
 * Case folding and NFKC, twice: what NFKC takes apart can have upper case in it. Twice is what
 * table B.2 of RFC 3454 comes to. The result is malloc'ed; NULL when memory is out.
 */
static uint8_t *fold(struct signet_span utf8, size_t *len)
{
    size_t once_len;
    uint8_t *once = u8_casefold(utf8.ptr, utf8.len, NULL, UNINORM_NFKC, NULL, &once_len);
    if (once == NULL)
        return NULL;
    uint8_t *twice = u8_casefold(once, once_len, NULL, UNINORM_NFKC, NULL, len);
    free(once);
    return twice;
}

/* RFC 4518 2.6.1: a blank before a combining mark is none. */
static bool is_marked(struct signet_span after)
{
    uint32_t code_point;
    return sg_utf8_decode(after, &code_point) > 0 &&
           uc_is_general_category_withtable(code_point, UC_CATEGORY_MASK_M);
}

static void squeeze_utf8(struct signet_span rest, struct sg_buffer *out)
{
    struct squeezer squeezer = {.out = out};
    while (rest.len > 0) {
        uint32_t code_point;
        size_t len = sg_utf8_decode(rest, &code_point);
        struct signet_span character = sg_span_first(rest, len > 0 ? len : 1);
        rest = sg_span_from(rest, character.len);
        if (*character.ptr == ' ' && !is_marked(rest))
            squeezer.blank = true;
        else
            squeeze(&squeezer, character);
    }
}

static enum sg_prepared fold_and_squeeze(struct signet_span utf8, struct sg_buffer *out)
{
    if (utf8.len == 0)
        return SG_PREPARED;
    size_t len;
    uint8_t *folded = fold(utf8, &len);
    if (folded == NULL)
        return SG_PREPARED_NO_MEMORY;
    bool grown = len > MAX_GROWN_LEN && len / MAX_GROWTH > utf8.len;
    if (!grown)
        squeeze_utf8(sg_span(folded, len), out);
    free(folded);
    return grown ? SG_PREPARED_REFUSED : SG_PREPARED;
}

static enum sg_prepared prepare_unicode(uint32_t tag, struct signet_span value,
                                        struct sg_buffer *out)
{
    struct sg_buffer utf8, plain;
    sg_buffer_init(&utf8, (size_t)SG_PREPARE_MAX_LEN * 4);
    sg_buffer_init(&plain, (size_t)SG_PREPARE_MAX_LEN * 4);
    enum sg_prepared prepared = map(tag, value, &utf8, &plain);
    if (utf8.status != SIGNET_OK || plain.status != SIGNET_OK)
        prepared = SG_PREPARED_NO_MEMORY;
    if (prepared == SG_PREPARED)
        prepared = fold_and_squeeze(sg_buffer_span(&plain), out);
    sg_buffer_free(&utf8);
    sg_buffer_free(&plain);
    return prepared == SG_PREPARED && out->status != SIGNET_OK ? SG_PREPARED_NO_MEMORY : prepared;
}

enum sg_prepared sg_string_prepare(uint32_t tag, struct signet_span value, struct sg_buffer *out)
{
    uint8_t form[256];
    size_t len;
    if (value.len > SG_PREPARE_MAX_LEN)
        return SG_PREPARED_REFUSED;
    if (value.len > sizeof(form) || !sg_string_prepare_plain(tag, value, form, &len))
        return prepare_unicode(tag, value, out);
    sg_buffer_add(out, sg_span(form, len));
    return out->status == SIGNET_OK ? SG_PREPARED : SG_PREPARED_NO_MEMORY;
}
