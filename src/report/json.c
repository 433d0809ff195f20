/* SPDX-License-Identifier: Apache-2.0 */
#include "report/json.h"

#include "asn1/oid.h"
#include "base/span.h"
#include "base/text.h"

#include <inttypes.h>
#include <stdio.h>

void sg_json_init(struct sg_json *json, struct sg_emit *emit)
{
    *json = (struct sg_json){.emit = emit};
}

/* Nothing is written in what is too deep. */
static bool is_too_deep(const struct sg_json *json)
{
    return json->depth > SG_JSON_MAX_DEPTH;
}

/* What stands for the character at the start of TEXT; "" when it stands for itself. "<" is among
 * them for those who paste JSON into HTML, DEL for terminals. */
static const char *escape_of(uint8_t octet, char buffer[8])
{
    if (octet == '"' || octet == '\\')
        snprintf(buffer, 8, "\\%c", octet);
    else if (octet < 0x20 || octet == '<' || octet == 0x7f)
        snprintf(buffer, 8, "\\u%04x", (unsigned)octet);
    else
        buffer[0] = '\0';
    return buffer;
}

static void write_valid(struct sg_emit *emit, struct signet_span text)
{
    size_t begin = 0;
    sg_emit_text(emit, "\"");
    for (size_t i = 0; i < text.len; i++) {
        char buffer[8];
        const char *escape = escape_of(text.ptr[i], buffer);
        if (*escape == '\0')
            continue;
        sg_emit_bytes(emit, sg_span(text.ptr + begin, i - begin));
        sg_emit_text(emit, escape);
        begin = i + 1;
    }
    sg_emit_bytes(emit, sg_span_from(text, begin));
    sg_emit_text(emit, "\"");
}

/* A string must be UTF-8 (RFC 8259 8.1): what is not is escaped once more. */
static void write_string(struct sg_json *json, struct signet_span text)
{
    struct sg_buffer safe;
    if (sg_utf8_valid(text)) {
        write_valid(json->emit, text);
        return;
    }
    sg_buffer_init(&safe, SIZE_MAX);
    sg_text_add_safe(&safe, text);
    sg_emit_check(json->emit, safe.status);
    write_valid(json->emit, sg_buffer_span(&safe));
    sg_buffer_free(&safe);
}

/* False: it is in something too deep, so nothing is written. */
static bool begin_value(struct sg_json *json, const char *key)
{
    if (is_too_deep(json))
        return false;
    if (json->comma)
        sg_emit_text(json->emit, ",");
    json->comma = true;
    if (key != NULL) {
        write_string(json, sg_span_text(key));
        sg_emit_text(json->emit, ":");
    }
    return true;
}

static void open(struct sg_json *json, const char *key, char opener, char closer)
{
    if (json->depth == SG_JSON_MAX_DEPTH)
        sg_json_null(json, key);
    else if (begin_value(json, key)) {
        sg_emit_bytes(json->emit, sg_span(&opener, 1));
        json->closers[json->depth] = closer;
        json->comma = false;
    }
    json->depth++;
}

void sg_json_object(struct sg_json *json, const char *key)
{
    open(json, key, '{', '}');
}

void sg_json_list(struct sg_json *json, const char *key)
{
    open(json, key, '[', ']');
}

void sg_json_end(struct sg_json *json)
{
    json->depth--;
    if (json->depth >= SG_JSON_MAX_DEPTH)
        return;
    sg_emit_bytes(json->emit, sg_span(&json->closers[json->depth], 1));
    json->comma = true;
}

void sg_json_escaped(struct sg_json *json, const char *key, struct signet_span text)
{
    if (begin_value(json, key))
        write_string(json, text);
}

void sg_json_string(struct sg_json *json, const char *key, const char *text)
{
    if (text == NULL)
        sg_json_null(json, key);
    else
        sg_json_escaped(json, key, sg_span_text(text));
}

void sg_json_buffer(struct sg_json *json, const char *key, struct sg_buffer *buffer)
{
    sg_emit_check(json->emit, buffer->status);
    sg_json_escaped(json, key, sg_buffer_span(buffer));
    sg_buffer_free(buffer);
}

void sg_json_bytes(struct sg_json *json, const char *key, struct signet_span utf8)
{
    struct sg_buffer buffer;
    sg_buffer_init(&buffer, SIZE_MAX);
    sg_text_add_safe(&buffer, utf8);
    sg_json_buffer(json, key, &buffer);
}

void sg_json_hex(struct sg_json *json, const char *key, struct signet_span bytes)
{
    struct sg_buffer buffer;
    sg_buffer_init(&buffer, SIZE_MAX);
    sg_text_add_hex(&buffer, bytes, 0);
    sg_json_buffer(json, key, &buffer);
}

void sg_json_oid(struct sg_json *json, const char *key, struct signet_span octets)
{
    struct sg_buffer buffer;
    sg_buffer_init(&buffer, SIZE_MAX);
    sg_oid_add_dotted(&buffer, octets);
    sg_json_buffer(json, key, &buffer);
}

static void write_word(struct sg_json *json, const char *key, const char *word)
{
    if (begin_value(json, key))
        sg_emit_text(json->emit, word);
}

void sg_json_number(struct sg_json *json, const char *key, int64_t number)
{
    char text[24];
    snprintf(text, sizeof(text), "%" PRId64, number);
    write_word(json, key, text);
}

void sg_json_boolean(struct sg_json *json, const char *key, bool value)
{
    write_word(json, key, value ? "true" : "false");
}

void sg_json_time(struct sg_json *json, const char *key, signet_time time)
{
    char text[SIGNET_TIME_TEXT_SIZE];
    if (time == SIGNET_TIME_UNKNOWN) {
        sg_json_null(json, key);
        return;
    }
    signet_time_format(time, text);
    sg_json_string(json, key, text);
}

void sg_json_null(struct sg_json *json, const char *key)
{
    write_word(json, key, "null");
}
