/* SPDX-License-Identifier: Apache-2.0 */
#include "mime/encoded_word.h"
#include "mime/header.h"
#include "mime/hex.h"
#include "mime/lexer.h"

/* A parameter as written. */
struct raw_param {
    struct signet_span name; /* before the first asterisk that RFC 2231 gives a meaning */
    struct signet_span value;
    int section;  /* RFC 2231 3: "name*2"; -1 where there is none */
    bool percent; /* RFC 2231 4: "name*" or "name*2*" */
};

struct reader {
    struct sg_lexer lexer;
    struct sg_arena *arena;
    struct raw_param *raw;
    size_t num_raw;
    bool malformed;
};

/* RFC 2045 5.1 token, without "*" having a special place. */
static bool is_token(uint8_t byte)
{
    return byte > ' ' && byte < 0x7f && strchr("()<>@,;:\\\"/[]?=", byte) == NULL;
}

/* What an unquoted value may hold: more than a token, as no octet here can be taken for anything
 * else. */
static bool is_value(uint8_t byte)
{
    return byte > ' ' && byte != 0x7f && strchr("();\"", byte) == NULL;
}

/* The rest up to the next semicolon outside of quotes, trimmed. */
static struct signet_span take_until_semicolon(struct sg_lexer *lexer)
{
    const uint8_t *start = lexer->rest.ptr;
    while (!sg_lexer_at_end(lexer) && !sg_lexer_sees(lexer, ';')) {
        if (sg_lexer_sees(lexer, '"'))
            sg_lexer_quoted(lexer);
        else
            sg_lexer_advance(lexer, 1);
    }
    return sg_span_trim(sg_span(start, (size_t)(lexer->rest.ptr - start)));
}

static bool at_param_end(struct sg_lexer *lexer)
{
    sg_lexer_skip_cfws(lexer);
    return sg_lexer_at_end(lexer) || sg_lexer_sees(lexer, ';');
}

/* False: memory is out. */
static bool read_param_value(struct reader *reader, struct signet_span *out)
{
    struct sg_lexer *lexer = &reader->lexer;
    sg_lexer_skip_cfws(lexer);
    struct sg_lexer start = *lexer;
    if (sg_lexer_sees(lexer, '"')) {
        *out = sg_lexer_unquote(sg_lexer_quoted(lexer), reader->arena);
        if (out->ptr == NULL)
            return false;
        if (at_param_end(lexer))
            return true;
        reader->malformed = true;
        take_until_semicolon(lexer);
        return true;
    }

    *out = sg_lexer_run(lexer, is_value);
    if (at_param_end(lexer))
        return true;
    reader->malformed = true;
    *lexer = start;
    *out = take_until_semicolon(lexer);
    return true;
}

/* "3" or "12"; no more than that many sections make sense. -1 when it is no section number. */
static int section_number(struct signet_span text)
{
    if (text.len == 0 || text.len > 3 || (text.len > 1 && text.ptr[0] == '0'))
        return -1;
    int number = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] < '0' || text.ptr[i] > '9')
            return -1;
        number = number * 10 + (text.ptr[i] - '0');
    }
    return number;
}

/* "name", "name*", "name*3", "name*3*" (RFC 2231 7). A name of another form is a plain one. */
static void read_param_name(struct signet_span name, struct raw_param *out)
{
    *out = (struct raw_param){.name = name, .section = -1};
    const uint8_t *asterisk = name.len > 0 ? memchr(name.ptr, '*', name.len) : NULL;
    if (asterisk == NULL)
        return;
    struct signet_span base = sg_span_first(name, (size_t)(asterisk - name.ptr));
    struct signet_span after = sg_span_from(name, base.len + 1);
    bool percent = after.len == 0 || after.ptr[after.len - 1] == '*';
    if (percent && after.len > 0)
        after.len--;
    int section = section_number(after);
    if (section < 0 && after.len > 0)
        return;
    *out = (struct raw_param){.name = base, .section = section, .percent = percent};
}

/* One parameter, up to its semicolon. False: memory is out. */
static bool read_param(struct reader *reader)
{
    struct sg_lexer *lexer = &reader->lexer;
    struct raw_param param;
    read_param_name(sg_lexer_run(lexer, is_token), &param);
    sg_lexer_skip_cfws(lexer);
    if (param.name.len == 0 || param.name.len > SG_MIME_MAX_PARAM_LEN ||
        reader->num_raw == SG_MIME_MAX_PARAMS || !sg_lexer_take(lexer, '=')) {
        reader->malformed = true;
        take_until_semicolon(lexer);
        return true;
    }
    if (!read_param_value(reader, &param.value))
        return false;
    reader->raw[reader->num_raw++] = param;
    return true;
}

/* False: memory is out. */
static bool read_params(struct reader *reader)
{
    struct sg_lexer *lexer = &reader->lexer;
    if (!at_param_end(lexer)) {
        reader->malformed = true;
        take_until_semicolon(lexer);
    }
    while (sg_lexer_take(lexer, ';')) {
        if (!at_param_end(lexer) && !read_param(reader))
            return false;
    }
    return true;
}

static const struct raw_param *find_section(const struct reader *reader, struct signet_span name,
                                            int section)
{
    for (size_t i = 0; i < reader->num_raw; i++) {
        if (reader->raw[i].section == section &&
            sg_span_equal_ascii_case(reader->raw[i].name, name))
            return &reader->raw[i];
    }
    return NULL;
}

/* Into OUT, which has room for as much as VALUE. */
static size_t decode_percent(struct signet_span value, uint8_t *out)
{
    size_t len = 0;
    for (size_t i = 0; i < value.len; i++) {
        int octet = value.ptr[i] == '%' ? sg_hex_octet(value, i + 1) : -1;
        out[len++] = octet >= 0 ? (uint8_t)octet : value.ptr[i];
        i += octet >= 0 ? 2 : 0;
    }
    return len;
}

/* Without "charset'language'" (RFC 2231 4), which only the first section has. */
static struct signet_span without_charset(struct signet_span value)
{
    for (int i = 0; i < 2; i++) {
        const uint8_t *quote = value.len > 0 ? memchr(value.ptr, '\'', value.len) : NULL;
        if (quote == NULL)
            return value;
        value = sg_span_from(value, (size_t)(quote - value.ptr) + 1);
    }
    return value;
}

/* The INDEXth section of the value that starts with FIRST. Of several section 0 of one name only
 * the first has others behind it, so that joining is done once. */
static const struct raw_param *section_of(const struct reader *reader,
                                          const struct raw_param *first, int index)
{
    if (index == 0)
        return first;
    if (first->section != 0 || find_section(reader, first->name, 0) != first)
        return NULL;
    return find_section(reader, first->name, index);
}

static size_t decode_section(const struct raw_param *param, bool is_first, uint8_t *out)
{
    if (param->percent)
        return decode_percent(is_first ? without_charset(param->value) : param->value, out);
    memcpy(out, param->value.ptr, param->value.len);
    return param->value.len;
}

/* The value that starts with FIRST (section 0, or a lone one), with the sections that follow it.
 * {NULL,0}: memory is out. */
static struct signet_span join_sections(struct reader *reader, const struct raw_param *first)
{
    const struct raw_param *param;
    size_t room = 0;
    for (int i = 0; (param = section_of(reader, first, i)) != NULL; i++)
        room += param->value.len;
    uint8_t *text = sg_arena_alloc(reader->arena, room);
    if (text == NULL)
        return (struct signet_span){NULL, 0};

    size_t len = 0;
    for (int i = 0; (param = section_of(reader, first, i)) != NULL; i++)
        len += decode_section(param, i == 0, text + len);
    return sg_span(text, len);
}

static bool is_file_name(struct signet_span name)
{
    return sg_span_is_word(name, "name") || sg_span_is_word(name, "filename");
}

/* False: memory is out. */
static bool finish_param(struct reader *reader, const struct raw_param *raw,
                         struct sg_mime_param *out)
{
    *out = (struct sg_mime_param){.name = raw->name, .value = raw->value};
    out->extended = raw->percent || raw->section >= 0;
    if (out->extended)
        out->value = join_sections(reader, raw);
    else if (is_file_name(raw->name))
        out->value = sg_encoded_words_decode(raw->value, reader->arena);
    return out->value.ptr != NULL;
}

/* False: memory is out. */
static bool finish(struct reader *reader, struct sg_mime_value *out)
{
    struct sg_mime_param *params = sg_arena_array(reader->arena, reader->num_raw, sizeof(*params));
    if (params == NULL)
        return false;
    size_t num = 0;
    for (size_t i = 0; i < reader->num_raw; i++) {
        const struct raw_param *raw = &reader->raw[i];
        if (raw->section > 0) {
            reader->malformed |= find_section(reader, raw->name, raw->section - 1) == NULL;
            continue;
        }
        if (!finish_param(reader, raw, &params[num++]))
            return false;
    }
    out->params = params;
    out->num_params = num;
    out->malformed = reader->malformed || reader->lexer.malformed;
    return true;
}

static void read_type(struct reader *reader, struct sg_mime_value *out)
{
    struct sg_lexer *lexer = &reader->lexer;
    sg_lexer_skip_cfws(lexer);
    out->type = sg_lexer_run(lexer, is_token);
    sg_lexer_skip_cfws(lexer);
    if (sg_lexer_take(lexer, '/')) {
        sg_lexer_skip_cfws(lexer);
        out->subtype = sg_lexer_run(lexer, is_token);
        reader->malformed |= out->subtype.len == 0;
    }
    reader->malformed |= out->type.len == 0;
}

bool sg_mime_value_parse(struct signet_span value, struct sg_arena *arena,
                         struct sg_mime_value *out)
{
    struct raw_param raw[SG_MIME_MAX_PARAMS];
    struct reader reader = {.arena = arena, .raw = raw};
    reader.malformed = value.len > SG_HEADER_MAX_LEN;
    reader.lexer.rest = sg_header_unfold(sg_span_first(value, SG_HEADER_MAX_LEN), arena);
    if (reader.lexer.rest.ptr == NULL)
        return false;
    reader.malformed |= sg_lexer_has_control(reader.lexer.rest);

    *out = (struct sg_mime_value){0};
    read_type(&reader, out);
    return read_params(&reader) && finish(&reader, out);
}

struct signet_span sg_mime_param_find(const struct sg_mime_value *value, const char *name)
{
    for (size_t i = 0; i < value->num_params; i++) {
        if (sg_span_is_word(value->params[i].name, name))
            return value->params[i].value;
    }
    return (struct signet_span){NULL, 0};
}

size_t sg_mime_param_count(const struct sg_mime_value *value, const char *name)
{
    size_t num = 0;
    for (size_t i = 0; i < value->num_params; i++)
        num += sg_span_is_word(value->params[i].name, name);
    return num;
}
