/* SPDX-License-Identifier: Apache-2.0 */
#include "report/json.h"

#include "base/text.h"

#include <inttypes.h>
#include <string.h>

void sg_json_init(struct sg_json *json, struct sg_emit *emit)
{
    *json = (struct sg_json){.emit = emit};
}

/* Quotes and backslashes; what sg_text_add_safe lets pass has no control characters. "</" is split
 * for those who paste JSON into HTML. */
static void write_escaped(struct sg_emit *emit, struct signet_span text)
{
    size_t begin = 0;

    for (size_t i = 0; i < text.len; i++) {
        uint8_t c = text.ptr[i];

        if (c != '"' && c != '\\' && c != '<' && c >= 0x20)
            continue;
        sg_emit_bytes(emit, (struct signet_span){text.ptr + begin, i - begin});
        if (c == '"' || c == '\\')
            sg_emit_printf(emit, "\\%c", c);
        else
            sg_emit_printf(emit, "\\u%04x", (unsigned)c);
        begin = i + 1;
    }
    sg_emit_bytes(emit, (struct signet_span){text.ptr + begin, text.len - begin});
}

static void write_string(struct sg_json *json, struct signet_span text)
{
    sg_emit_text(json->emit, "\"");
    write_escaped(json->emit, text);
    sg_emit_text(json->emit, "\"");
}

static struct signet_span span_of(const char *text)
{
    return (struct signet_span){(const uint8_t *)text, strlen(text)};
}

static void begin_value(struct sg_json *json, const char *key)
{
    if (json->comma)
        sg_emit_text(json->emit, ",");
    json->comma = true;
    if (key == NULL)
        return;
    write_string(json, span_of(key));
    sg_emit_text(json->emit, ":");
}

static void open(struct sg_json *json, const char *key, char opener, char closer)
{
    begin_value(json, key);
    sg_emit_printf(json->emit, "%c", opener);
    if (json->depth < SG_JSON_MAX_DEPTH)
        json->closers[json->depth] = closer;
    json->depth++;
    json->comma = false;
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
    if (json->depth < SG_JSON_MAX_DEPTH)
        sg_emit_printf(json->emit, "%c", json->closers[json->depth]);
    json->comma = true;
}

void sg_json_string(struct sg_json *json, const char *key, const char *text)
{
    if (text == NULL) {
        sg_json_null(json, key);
        return;
    }
    begin_value(json, key);
    write_string(json, span_of(text));
}

void sg_json_bytes(struct sg_json *json, const char *key, struct signet_span utf8)
{
    struct sg_buffer buffer;

    begin_value(json, key);
    sg_buffer_init(&buffer, SIZE_MAX);
    sg_text_add_safe(&buffer, utf8);
    if (buffer.status != SIGNET_OK)
        json->emit->status = SIGNET_ERR_MEMORY;
    write_string(json, sg_buffer_span(&buffer));
    sg_buffer_free(&buffer);
}

void sg_json_hex(struct sg_json *json, const char *key, struct signet_span bytes)
{
    struct sg_buffer buffer;

    begin_value(json, key);
    sg_buffer_init(&buffer, SIZE_MAX);
    sg_text_add_hex(&buffer, bytes, 0);
    if (buffer.status != SIGNET_OK)
        json->emit->status = SIGNET_ERR_MEMORY;
    write_string(json, sg_buffer_span(&buffer));
    sg_buffer_free(&buffer);
}

void sg_json_number(struct sg_json *json, const char *key, int64_t number)
{
    begin_value(json, key);
    sg_emit_printf(json->emit, "%" PRId64, number);
}

void sg_json_boolean(struct sg_json *json, const char *key, bool value)
{
    begin_value(json, key);
    sg_emit_text(json->emit, value ? "true" : "false");
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
    begin_value(json, key);
    sg_emit_text(json->emit, "null");
}
