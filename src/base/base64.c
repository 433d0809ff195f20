/* SPDX-License-Identifier: Apache-2.0 */
#include "base/base64.h"

#include "base/span.h"

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

struct sg_base64_writer sg_base64_writer_begin(const struct signet_sink *sink, const char *line_end)
{
    return (struct sg_base64_writer){.sink = sink, .line_end = line_end};
}

/* One to three octets as four characters. */
static void write_group(const uint8_t *in, size_t num, char *out)
{
    uint32_t bits = (uint32_t)in[0] << 16 | (num > 1 ? (uint32_t)in[1] << 8 : 0) |
                    (num > 2 ? (uint32_t)in[2] : 0);
    out[0] = digits[bits >> 18];
    out[1] = digits[bits >> 12 & 63];
    out[2] = '=';
    out[3] = '=';
    if (num > 1)
        out[2] = digits[bits >> 6 & 63];
    if (num > 2)
        out[3] = digits[bits & 63];
}

static bool write_line(struct sg_base64_writer *writer)
{
    char text[SG_BASE64_LINE_OCTETS / 3 * 4 + 2];
    size_t len = 0;
    for (size_t i = 0; i < writer->line_len; i += 3, len += 4) {
        size_t left = writer->line_len - i;
        write_group(writer->line + i, left < 3 ? left : 3, text + len);
    }
    for (const char *end = writer->line_end; *end != '\0'; end++)
        text[len++] = *end;
    writer->line_len = 0;
    return writer->sink->write(writer->sink->context, sg_span(text, len));
}

bool sg_base64_writer_add(struct sg_base64_writer *writer, struct signet_span octets)
{
    while (octets.len > 0) {
        struct signet_span fitting =
            sg_span_first(octets, SG_BASE64_LINE_OCTETS - writer->line_len);
        memcpy(writer->line + writer->line_len, fitting.ptr, fitting.len);
        writer->line_len += fitting.len;
        octets = sg_span_from(octets, fitting.len);
        if (writer->line_len == SG_BASE64_LINE_OCTETS && !write_line(writer))
            return false;
    }
    return true;
}

bool sg_base64_writer_finish(struct sg_base64_writer *writer)
{
    return writer->line_len == 0 || write_line(writer);
}
