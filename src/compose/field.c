/* SPDX-License-Identifier: Apache-2.0 */
#include "compose/field.h"

#include "address/mailbox.h"
#include "base/text.h"
#include "base/time.h"
#include "compose/encoded_text.h"
#include "compose/line.h"
#include "compose/survey.h"

#include <stdio.h>

static struct sg_line begin_field(struct sg_writer *writer, const char *name)
{
    sg_writer_add_text(writer, name);
    sg_writer_add_byte(writer, ':');
    return (struct sg_line){writer, strlen(name) + 1};
}

static enum signet_status end_field(struct sg_writer *writer)
{
    sg_writer_add_text(writer, "\r\n");
    return writer->status;
}

/* Why VALUE goes into no field; NULL: it does. A tab is a blank. */
static const char *why_unfit(struct signet_span value)
{
    for (size_t i = 0; i < value.len; i++) {
        if (value.ptr[i] == '\r' || value.ptr[i] == '\n')
            return "it has a line end in it";
        if ((value.ptr[i] < 0x20 && value.ptr[i] != '\t') || value.ptr[i] == 0x7f)
            return "it has a control character in it";
    }
    return sg_utf8_valid(value) ? NULL : "it is not UTF-8";
}

static enum signet_status refuse(struct sg_compose_error *error, const char *name, const char *why)
{
    return sg_compose_fail(error, name, why, SIGNET_ERR_ARGUMENT);
}

/* Takes the next run of octets that are blanks, or are none, off *REST. */
static struct signet_span take_run(struct signet_span *rest, bool blanks)
{
    size_t len = 0;
    while (len < rest->len && sg_is_blank(rest->ptr[len]) == blanks)
        len++;
    struct signet_span run = sg_span_first(*rest, len);
    *rest = sg_span_from(*rest, len);
    return run;
}

/* What of VALUE must be encoded: from the first word that must to the last; blanks between encoded
 * words would be lost. Empty: nothing. */
static struct signet_span to_encode(struct signet_span value, enum sg_field_charset charset)
{
    struct signet_span rest = value, found = {NULL, 0};
    while (rest.len > 0) {
        struct signet_span word = take_run(&rest, false);
        if (sg_word_needs_encoding(word, charset)) {
            const uint8_t *first = found.ptr != NULL ? found.ptr : word.ptr;
            found = sg_span(first, (size_t)(word.ptr + word.len - first));
        }
        take_run(&rest, true);
    }
    return found;
}

#define MAX_BLANKS 16

/* Words with the blanks between them as they are; a fold adds a line end only. */
static void add_words(struct sg_line *line, struct signet_span text)
{
    bool first = true;
    for (struct signet_span rest = sg_line_trim(text); rest.len > 0; first = false) {
        struct signet_span blanks = take_run(&rest, true), word = take_run(&rest, false);
        /* One blank is what sg_line_add_word puts. */
        struct signet_span all =
            first && blanks.len == 0 ? word : sg_span(blanks.ptr + 1, blanks.len - 1 + word.len);
        sg_line_add_word(line, all);
    }
}

enum signet_status sg_field_add_text(struct sg_writer *writer, const char *name,
                                     struct signet_span value, enum sg_field_charset charset,
                                     struct sg_compose_error *error)
{
    const char *why = why_unfit(value);
    if (why != NULL)
        return refuse(error, name, why);
    struct sg_line line = begin_field(writer, name);
    value = sg_span_trim(value);
    struct signet_span encoded = to_encode(value, charset);
    if (encoded.len == 0) {
        add_words(&line, value);
        return end_field(writer);
    }
    add_words(&line, sg_span_first(value, (size_t)(encoded.ptr - value.ptr)));
    sg_line_add_encoded(&line, encoded);
    struct signet_span after = sg_span_from(value, (size_t)(encoded.ptr - value.ptr) + encoded.len);
    add_words(&line, after);
    return end_field(writer);
}

static bool is_token_octet(uint8_t byte)
{
    return byte > ' ' && byte < 0x7f && strchr("()<>@,;:\\\"/[]?=", byte) == NULL;
}

static bool is_token(struct signet_span text)
{
    bool token = text.len > 0;
    for (size_t i = 0; token && i < text.len; i++)
        token = is_token_octet(text.ptr[i]);
    return token;
}

/* Token, or token "/" token. */
static bool is_type(struct signet_span value)
{
    const uint8_t *slash = value.len > 0 ? memchr(value.ptr, '/', value.len) : NULL;
    if (slash == NULL)
        return is_token(value);
    size_t at = (size_t)(slash - value.ptr);
    return is_token(sg_span_first(value, at)) && is_token(sg_span_from(value, at + 1));
}

/* TEXT in quotes. */
static size_t quote(uint8_t *out, struct signet_span text)
{
    size_t len = 0;
    out[len++] = '"';
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '"' || text.ptr[i] == '\\')
            out[len++] = '\\';
        out[len++] = text.ptr[i];
    }
    out[len++] = '"';
    return len;
}

/* Longer values, and what is not ASCII, go by RFC 2231. */
#define PLAIN_PARAM_MAX 120
#define SECTION_MAX     40

/* One section "name*N*=…" of VALUE from *AT on. */
static void add_section(struct sg_line *line, const struct sg_field_param *param, unsigned number,
                        size_t *at, bool only)
{
    static const char digits[] = "0123456789ABCDEF";
    uint8_t word[SG_MIME_MAX_PARAM_LEN + 24 + 3 * SECTION_MAX];
    memcpy(word, param->name.ptr, param->name.len);
    size_t len = param->name.len;
    char suffix[24];
    int suffix_len =
        only ? snprintf(suffix, sizeof(suffix), "*=UTF-8''")
             : snprintf(suffix, sizeof(suffix), "*%u*=%s", number, number == 0 ? "UTF-8''" : "");
    memcpy(word + len, suffix, (size_t)suffix_len);
    len += (size_t)suffix_len;
    for (size_t used = 0; *at < param->value.len && used < SECTION_MAX; (*at)++) {
        uint8_t byte = param->value.ptr[*at];
        if (is_token_octet(byte) && strchr("*'%", byte) == NULL) {
            word[len++] = byte;
            used++;
            continue;
        }
        word[len++] = '%';
        word[len++] = (uint8_t)digits[byte >> 4];
        word[len++] = (uint8_t)digits[byte & 15];
        used += 3;
    }
    if (*at < param->value.len)
        word[len++] = ';';
    sg_line_add_word(line, sg_span(word, len));
}

/* How many octets VALUE has when written in one section. */
static size_t extended_len(struct signet_span value)
{
    size_t len = 0;
    for (size_t i = 0; i < value.len; i++)
        len += is_token_octet(value.ptr[i]) && strchr("*'%", value.ptr[i]) == NULL ? 1 : 3;
    return len;
}

static void add_extended(struct sg_line *line, const struct sg_field_param *param)
{
    bool only = extended_len(param->value) <= SECTION_MAX;
    size_t at = 0;
    unsigned number = 0;
    do
        add_section(line, param, number++, &at, only);
    while (at < param->value.len);
}

static void add_param(struct sg_line *line, const struct sg_field_param *param)
{
    if (!sg_text_is_ascii(param->value) || param->value.len > PLAIN_PARAM_MAX) {
        add_extended(line, param);
        return;
    }
    uint8_t word[SG_MIME_MAX_PARAM_LEN + 2 * PLAIN_PARAM_MAX + 4];
    memcpy(word, param->name.ptr, param->name.len);
    size_t len = param->name.len;
    word[len++] = '=';
    if (is_token(param->value)) {
        memcpy(word + len, param->value.ptr, param->value.len);
        len += param->value.len;
    } else {
        len += quote(word + len, param->value);
    }
    sg_line_add_word(line, sg_span(word, len));
}

enum signet_status sg_field_add_params(struct sg_writer *writer, const char *name,
                                       struct signet_span value,
                                       const struct sg_field_param *params, size_t num,
                                       struct sg_compose_error *error)
{
    if (!is_type(value))
        return refuse(error, name, "its value is no type");
    for (size_t i = 0; i < num; i++) {
        const char *why = why_unfit(params[i].value);
        if (!is_token(params[i].name) || params[i].name.len > SG_MIME_MAX_PARAM_LEN)
            why = "a parameter has no proper name";
        /* As many as a reader takes, RFC 2231's sections counted. */
        if (params[i].value.len > (size_t)SG_MIME_MAX_PARAMS * SECTION_MAX / 6)
            why = "a parameter is too long";
        if (why != NULL)
            return refuse(error, name, why);
    }
    struct sg_line line = begin_field(writer, name);
    sg_line_add_word(&line, value);
    for (size_t i = 0; i < num; i++) {
        sg_writer_add_byte(writer, ';');
        line.column++;
        add_param(&line, &params[i]);
    }
    return end_field(writer);
}

static bool is_phrase(struct signet_span text)
{
    bool phrase = text.len > 0;
    for (size_t i = 0; phrase && i < text.len; i++)
        phrase = text.ptr[i] == ' ' || (text.ptr[i] < 0x80 && sg_mailbox_is_atext(text.ptr[i]));
    return phrase;
}

/* A quoted string is one word, as it may not be folded without a change of what it says. */
#define QUOTED_MAX 60

static void add_display(struct sg_line *line, struct signet_span display,
                        enum sg_field_charset charset)
{
    bool plain = to_encode(display, charset).len == 0;
    uint8_t word[2 * QUOTED_MAX + 2];
    if (plain && is_phrase(display))
        add_words(line, display);
    else if (plain && display.len <= QUOTED_MAX)
        sg_line_add_word(line, sg_span(word, quote(word, display)));
    else if (display.len > 0)
        sg_line_add_encoded(line, display);
}

static void add_mailbox(struct sg_line *line, const struct sg_field_mailbox *mailbox,
                        enum sg_field_charset charset, bool last)
{
    struct signet_span display = sg_span_trim(mailbox->display);
    add_display(line, display, charset);
    uint8_t word[SG_MAILBOX_MAX_LEN + 3];
    size_t len = 0;
    if (display.len > 0)
        word[len++] = '<';
    memcpy(word + len, mailbox->address.ptr, mailbox->address.len);
    len += mailbox->address.len;
    if (display.len > 0)
        word[len++] = '>';
    if (!last)
        word[len++] = ',';
    sg_line_add_word(line, sg_span(word, len));
}

/* Why MAILBOX cannot be written; NULL: it can. */
static const char *why_no_mailbox(const struct sg_field_mailbox *mailbox,
                                  enum sg_field_charset charset, struct sg_arena *arena)
{
    struct sg_mailbox parsed;
    if (mailbox->address.len > SG_MAILBOX_MAX_LEN ||
        !sg_mailbox_parse(mailbox->address, arena, &parsed))
        return "an address is none";
    if (charset == SG_FIELD_ASCII && !sg_text_is_ascii(mailbox->address))
        return "an address is not ASCII, and the mail is not sent as UTF-8";
    return why_unfit(mailbox->display);
}

enum signet_status sg_field_add_mailboxes(struct sg_writer *writer, const char *name,
                                          const struct sg_field_mailbox *mailboxes, size_t num,
                                          enum sg_field_charset charset, struct sg_arena *arena,
                                          struct sg_compose_error *error)
{
    for (size_t i = 0; i < num; i++) {
        const char *why = why_no_mailbox(&mailboxes[i], charset, arena);
        if (arena->failed)
            return sg_arena_status(arena);
        if (why != NULL)
            return refuse(error, name, why);
    }
    if (num == 0)
        return refuse(error, name, "it has no address");
    struct sg_line line = begin_field(writer, name);
    for (size_t i = 0; i < num; i++)
        add_mailbox(&line, &mailboxes[i], charset, i + 1 == num);
    return end_field(writer);
}

enum signet_status sg_field_add_date(struct sg_writer *writer, const char *name, signet_time time,
                                     struct sg_compose_error *error)
{
    static const char days[] = "ThuFriSatSunMonTueWed";
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    /* 1900-01-01, the first year of RFC 5322 3.3, to 9999-12-31. */
    if (time < INT64_C(-2208988800) || time > SG_TIME_NO_END)
        return refuse(error, name, "its time is unknown or out of range");
    struct sg_civil civil;
    sg_time_to_civil(time, &civil);
    int64_t day = (time >= 0 ? time : time - 86399) / 86400;
    int weekday = (int)((day % 7 + 7) % 7);
    char text[64];
    int len = snprintf(text, sizeof(text), "%.3s, %d %.3s %04d %02d:%02d:%02d +0000",
                       days + (ptrdiff_t)3 * weekday, civil.day,
                       months + (ptrdiff_t)3 * (civil.month - 1), civil.year, civil.hour,
                       civil.minute, civil.second);
    struct sg_line line = begin_field(writer, name);
    sg_line_add_word(&line, sg_span(text, (size_t)len));
    return end_field(writer);
}

/* dot-atom-text, or on the right a domain literal without blanks. */
static bool is_id_side(struct signet_span side, bool right)
{
    bool literal = right && side.len > 2 && side.ptr[0] == '[' && side.ptr[side.len - 1] == ']';
    bool good = side.len > 0;
    for (size_t i = literal ? 1 : 0; good && i < side.len - (literal ? 1 : 0); i++) {
        uint8_t byte = side.ptr[i];
        bool dot = byte == '.' && i > 0 && i + 1 < side.len && side.ptr[i - 1] != '.';
        good = byte < 0x80 && (dot || sg_mailbox_is_atext(byte) || (literal && byte == ':'));
    }
    return good;
}

enum signet_status sg_field_add_message_id(struct sg_writer *writer, const char *name,
                                           struct signet_span id, struct sg_compose_error *error)
{
    const uint8_t *at = id.len > 0 ? memchr(id.ptr, '@', id.len) : NULL;
    size_t left = at != NULL ? (size_t)(at - id.ptr) : 0;
    if (at == NULL || id.len > SG_LINE_MAX - 32 || !is_id_side(sg_span_first(id, left), false) ||
        !is_id_side(sg_span_from(id, left + 1), true))
        return refuse(error, name, "it is no message identifier");
    struct sg_line line = begin_field(writer, name);
    line.column += line.column + id.len + 3 > SG_FOLD_MAX ? SG_FOLD_MAX : 0;
    sg_writer_add_text(writer, line.column > SG_FOLD_MAX ? "\r\n <" : " <");
    sg_writer_add(writer, id);
    sg_writer_add_byte(writer, '>');
    return end_field(writer);
}

/* Where a line of more than SG_LINE_MAX octets can be folded: before its last blank that keeps the
 * first part short enough and not blank. 0: nowhere. */
static size_t fold_at(struct signet_span line, size_t already)
{
    size_t max = SG_LINE_MAX - already;
    for (size_t at = line.len < max ? line.len : max; at > 1; at--) {
        bool before = at < line.len && sg_is_blank(line.ptr[at]);
        if (before && sg_span_trim(sg_span_first(line, at)).len > 0)
            return at;
    }
    return 0;
}

/* Writes one line, or with WRITER NULL only says whether it can be. ALREADY: octets before it. */
static bool copy_line(struct sg_writer *writer, struct signet_span line, size_t already)
{
    while (line.len > SG_LINE_MAX - already) {
        size_t at = fold_at(line, already);
        if (at == 0)
            return false;
        if (writer != NULL) {
            sg_writer_add(writer, sg_line_trim(sg_span_first(line, at)));
            sg_writer_add_text(writer, "\r\n");
        }
        line = sg_span_from(line, at);
        already = 0;
    }
    if (writer != NULL) {
        sg_writer_add(writer, line);
        sg_writer_add_text(writer, "\r\n");
    }
    return true;
}

static bool copy_value(struct sg_writer *writer, const struct sg_header *header)
{
    struct signet_span rest = header->value;
    size_t already = header->name.len + 1;
    bool first = true, good = true;
    for (bool ended; good && (first || rest.len > 0); first = false) {
        struct signet_span line = sg_line_trim(sg_line_take(&rest, &ended));
        /* A line of blanks would look like the end of the header. */
        if (first || line.len > 0)
            good = copy_line(writer, line, first ? already : 0);
    }
    return good;
}

bool sg_field_can_copy(const struct sg_header *header)
{
    struct signet_span rest = header->value;
    bool good = header->name.len < SG_LINE_MAX / 2 &&
                (rest.len == 0 || memchr(rest.ptr, '\0', rest.len) == NULL);
    for (bool ended; good && rest.len > 0;) {
        struct signet_span line = sg_line_take(&rest, &ended);
        good = line.len == 0 || memchr(line.ptr, '\r', line.len) == NULL;
    }
    return good && copy_value(NULL, header);
}

void sg_field_copy(struct sg_writer *writer, const struct sg_header *header)
{
    sg_writer_add(writer, header->name);
    sg_writer_add_byte(writer, ':');
    (void)copy_value(writer, header);
}
