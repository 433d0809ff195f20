/* SPDX-License-Identifier: Apache-2.0 */
#include "report/emit.h"

#include "base/span.h"
#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>

enum { MAX_PRINTED_LEN = 256 };

void sg_emit_init(struct sg_emit *emit, const struct signet_sink *sink)
{
    emit->sink = sink;
    emit->status = SIGNET_OK;
    emit->len = 0;
    emit->column = 0;
}

void sg_emit_check(struct sg_emit *emit, enum signet_status status)
{
    if (emit->status == SIGNET_OK)
        emit->status = status;
}

static void hand_over(struct sg_emit *emit, struct signet_span bytes)
{
    if (emit->status == SIGNET_OK && bytes.len > 0 &&
        !emit->sink->write(emit->sink->context, bytes))
        emit->status = SIGNET_ERR_IO;
}

static void flush(struct sg_emit *emit)
{
    hand_over(emit, sg_span(emit->waiting, emit->len));
    emit->len = 0;
}

static void count_columns(struct sg_emit *emit, struct signet_span bytes)
{
    for (size_t i = 0; i < bytes.len; i++) {
        if (bytes.ptr[i] == '\n')
            emit->column = 0;
        else if ((bytes.ptr[i] & 0xc0) != 0x80)
            emit->column++;
    }
}

void sg_emit_bytes(struct sg_emit *emit, struct signet_span bytes)
{
    if (bytes.len == 0)
        return;
    count_columns(emit, bytes);
    if (bytes.len > SG_EMIT_SIZE - emit->len)
        flush(emit);
    if (bytes.len > SG_EMIT_SIZE) {
        hand_over(emit, bytes);
        return;
    }
    memcpy(emit->waiting + emit->len, bytes.ptr, bytes.len);
    emit->len += bytes.len;
}

void sg_emit_text(struct sg_emit *emit, const char *text)
{
    sg_emit_bytes(emit, sg_span_text(text));
}

void sg_emit_printf(struct sg_emit *emit, const char *format, ...)
{
    char text[MAX_PRINTED_LEN + 1] = "";
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof(text), format, arguments);
    va_end(arguments);
    sg_emit_text(emit, text);
}

void sg_emit_blanks(struct sg_emit *emit, size_t num)
{
    for (; num > 0; num--)
        sg_emit_text(emit, " ");
}

static void add_and_free(struct sg_emit *emit, struct sg_buffer *buffer)
{
    sg_emit_check(emit, buffer->status);
    sg_emit_bytes(emit, sg_buffer_span(buffer));
    sg_buffer_free(buffer);
}

void sg_emit_hex(struct sg_emit *emit, struct signet_span bytes)
{
    struct sg_buffer buffer;
    sg_buffer_init(&buffer, SIZE_MAX);
    sg_text_add_hex(&buffer, bytes, 0);
    add_and_free(emit, &buffer);
}

void sg_emit_safe(struct sg_emit *emit, struct signet_span bytes)
{
    struct sg_buffer buffer;
    sg_buffer_init(&buffer, SIZE_MAX);
    sg_text_add_safe(&buffer, bytes);
    add_and_free(emit, &buffer);
}

enum signet_status sg_emit_finish(struct sg_emit *emit)
{
    flush(emit);
    return emit->status;
}
