/* SPDX-License-Identifier: Apache-2.0 */
#include "base/span.h"
#include "base/text.h"
#include "compose/field_line.h"

#include <stdio.h>

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

size_t sg_field_quote(uint8_t *out, struct signet_span text)
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
static void add_section(struct sg_field_line *line, const struct sg_field_param *param,
                        unsigned number, size_t *at, bool only)
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
    sg_field_line_add_word(line, sg_span(word, len));
}

/* How many octets VALUE has when written in one section. */
static size_t extended_len(struct signet_span value)
{
    size_t len = 0;
    for (size_t i = 0; i < value.len; i++)
        len += is_token_octet(value.ptr[i]) && strchr("*'%", value.ptr[i]) == NULL ? 1 : 3;
    return len;
}

static void add_extended(struct sg_field_line *line, const struct sg_field_param *param)
{
    bool only = extended_len(param->value) <= SECTION_MAX;
    size_t at = 0;
    unsigned number = 0;
    do
        add_section(line, param, number++, &at, only);
    while (at < param->value.len);
}

static void add_param(struct sg_field_line *line, const struct sg_field_param *param)
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
        len += sg_field_quote(word + len, param->value);
    }
    sg_field_line_add_word(line, sg_span(word, len));
}

enum signet_status sg_field_add_params(struct sg_writer *writer, const char *name,
                                       struct signet_span value,
                                       const struct sg_field_param *params, size_t num,
                                       struct sg_compose_error *error)
{
    if (!is_type(value))
        return sg_field_refuse(error, name, "its value is no type");
    for (size_t i = 0; i < num; i++) {
        const char *why = sg_field_why_unfit(params[i].value);
        if (!is_token(params[i].name) || params[i].name.len > SG_MIME_MAX_PARAM_LEN)
            why = "a parameter has no proper name";
        /* As many as a reader takes, RFC 2231's sections counted. */
        if (params[i].value.len > (size_t)SG_MIME_MAX_PARAMS * SECTION_MAX / 6)
            why = "a parameter is too long";
        if (why != NULL)
            return sg_field_refuse(error, name, why);
    }
    struct sg_field_line line = sg_field_line_begin(writer, name);
    sg_field_line_add_word(&line, value);
    for (size_t i = 0; i < num; i++) {
        sg_writer_add_byte(writer, ';');
        line.column++;
        add_param(&line, &params[i]);
    }
    return sg_field_line_end(writer);
}
