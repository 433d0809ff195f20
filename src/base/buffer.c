/* SPDX-License-Identifier: Apache-2.0 */
#include "base/buffer.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_CAP = 64 };

void sg_buffer_init(struct sg_buffer *buffer, size_t max)
{
    *buffer = (struct sg_buffer){.max = max};
}

void sg_buffer_free(struct sg_buffer *buffer)
{
    free(buffer->ptr);
    sg_buffer_init(buffer, buffer->max);
}

static bool fail(struct sg_buffer *buffer, enum signet_status status)
{
    buffer->status = status;
    return false;
}

/* Room for LEN bytes more and one spare, which printf's NUL takes. */
static bool reserve(struct sg_buffer *buffer, size_t len)
{
    if (buffer->status != SIGNET_OK)
        return false;
    if (len > buffer->max - buffer->len || buffer->len + len == SIZE_MAX)
        return fail(buffer, SIGNET_ERR_LIMIT);

    size_t needed = buffer->len + len + 1;
    if (needed <= buffer->cap)
        return true;

    size_t cap = buffer->cap < FIRST_CAP / 2 ? FIRST_CAP : buffer->cap;
    cap = cap > SIZE_MAX / 2 ? SIZE_MAX : cap * 2;
    if (cap > buffer->max)
        cap = buffer->max;
    if (cap < needed)
        cap = needed;
    uint8_t *ptr = realloc(buffer->ptr, cap);
    if (ptr == NULL)
        return fail(buffer, SIGNET_ERR_MEMORY);
    buffer->ptr = ptr;
    buffer->cap = cap;
    return true;
}

void sg_buffer_add(struct sg_buffer *buffer, struct signet_span bytes)
{
    if (bytes.len == 0 || !reserve(buffer, bytes.len))
        return;
    memcpy(buffer->ptr + buffer->len, bytes.ptr, bytes.len);
    buffer->len += bytes.len;
}

void sg_buffer_add_byte(struct sg_buffer *buffer, uint8_t byte)
{
    if (reserve(buffer, 1))
        buffer->ptr[buffer->len++] = byte;
}

void sg_buffer_add_text(struct sg_buffer *buffer, const char *text)
{
    sg_buffer_add(buffer, (struct signet_span){(const uint8_t *)text, strlen(text)});
}

void sg_buffer_printf(struct sg_buffer *buffer, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int len = vsnprintf(NULL, 0, format, args);
    if (len < 0) {
        fail(buffer, SIGNET_ERR_LIMIT);
    } else if (reserve(buffer, (size_t)len)) {
        vsnprintf((char *)buffer->ptr + buffer->len, (size_t)len + 1, format, again);
        buffer->len += (size_t)len;
    }
    va_end(again);
    va_end(args);
}
