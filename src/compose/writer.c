/* SPDX-License-Identifier: Apache-2.0 */
#include "compose/writer.h"

#include "base/span.h"
#include "mime/transfer.h"

void sg_writer_init(struct sg_writer *writer, const struct signet_sink *sink)
{
    writer->sink = sink;
    writer->status = SIGNET_OK;
    writer->filled = 0;
}

static void hand_over(struct sg_writer *writer, struct signet_span bytes)
{
    if (writer->status != SIGNET_OK || bytes.len == 0)
        return;
    if (!writer->sink->write(writer->sink->context, bytes))
        writer->status = SIGNET_ERR_IO;
}

static void flush(struct sg_writer *writer)
{
    hand_over(writer, sg_span(writer->buffer, writer->filled));
    writer->filled = 0;
}

void sg_writer_add(struct sg_writer *writer, struct signet_span bytes)
{
    if (bytes.len > sizeof(writer->buffer) - writer->filled)
        flush(writer);
    if (bytes.len > sizeof(writer->buffer)) {
        hand_over(writer, bytes);
    } else if (bytes.len > 0) {
        memcpy(writer->buffer + writer->filled, bytes.ptr, bytes.len);
        writer->filled += bytes.len;
    }
}

void sg_writer_add_byte(struct sg_writer *writer, uint8_t byte)
{
    if (writer->filled == sizeof(writer->buffer))
        flush(writer);
    writer->buffer[writer->filled++] = byte;
}

void sg_writer_add_text(struct sg_writer *writer, const char *text)
{
    sg_writer_add(writer, sg_span_text(text));
}

void sg_writer_add_lines(struct sg_writer *writer, struct signet_span bytes)
{
    struct sg_canonical lines;
    sg_canonical_begin(&lines, bytes);
    for (struct signet_span chunk; sg_canonical_next(&lines, &chunk);)
        sg_writer_add(writer, chunk);
}

enum signet_status sg_writer_finish(struct sg_writer *writer)
{
    flush(writer);
    return writer->status;
}
