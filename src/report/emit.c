/* SPDX-License-Identifier: Apache-2.0 */
#include "report/emit.h"

#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void sg_emit_init(struct sg_emit *emit, const struct signet_sink *sink)
{
    emit->sink = sink;
    emit->status = SIGNET_OK;
    emit->len = 0;
    emit->column = 0;
}

static void hand_over(struct sg_emit *emit, struct signet_span bytes)
{
    if (emit->status == SIGNET_OK && bytes.len > 0 &&
        !emit->sink->write(emit->sink->context, bytes))
        emit->status = SIGNET_ERR_IO;
}

static void flush(struct sg_emit *emit)
{
    hand_over(emit, (struct signet_span){emit->waiting, emit->len});
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
    sg_emit_bytes(emit, (struct signet_span){(const uint8_t *)text, strlen(text)});
}

void sg_emit_printf(struct sg_emit *emit, const char *format, ...)
{
    char text[512];
    va_list arguments;
    int len;

    va_start(arguments, format);
    len = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    if (len > 0)
        sg_emit_text(emit, text);
}

void sg_emit_safe(struct sg_emit *emit, struct signet_span bytes)
{
    struct sg_buffer buffer;

    sg_buffer_init(&buffer, SIZE_MAX);
    sg_text_add_safe(&buffer, bytes);
    if (buffer.status == SIGNET_OK)
        sg_emit_bytes(emit, sg_buffer_span(&buffer));
    else if (emit->status == SIGNET_OK)
        emit->status = SIGNET_ERR_MEMORY;
    sg_buffer_free(&buffer);
}

enum signet_status sg_emit_finish(struct sg_emit *emit)
{
    flush(emit);
    return emit->status;
}
