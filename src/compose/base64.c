/* SPDX-License-Identifier: Apache-2.0 */
#include "base/base64.h"
#include "base/span.h"
#include "compose/encode.h"
#include "mime/transfer.h"

#define LINE_LEN 76

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

struct sg_base64 sg_base64_begin(struct sg_writer *writer)
{
    return (struct sg_base64){.writer = writer};
}

/* NUM octets, at most three, as four characters. */
static void put_group(struct sg_base64 *base64, const uint8_t *octets, size_t num)
{
    uint8_t in[3] = {0}, group[4];
    memcpy(in, octets, num);
    sg_base64_encode(in, 1, group);
    memset(group + num + 1, '=', sizeof(in) - num);
    sg_writer_add(base64->writer, sg_span(group, sizeof(group)));
    base64->column += sizeof(group);
    if (base64->column == LINE_LEN) {
        sg_writer_add_text(base64->writer, "\r\n");
        base64->column = 0;
    }
}

/* Whole groups of BYTES, as many as fit into the line. Returns the octets taken. */
static size_t put_groups(struct sg_base64 *base64, struct signet_span bytes)
{
    uint8_t line[LINE_LEN + 2];
    size_t num = (LINE_LEN - base64->column) / 4;
    num = bytes.len / 3 < num ? bytes.len / 3 : num;
    size_t len = num * 4;
    sg_base64_encode(bytes.ptr, num, line);
    base64->column += len;
    if (base64->column == LINE_LEN) {
        memcpy(line + len, "\r\n", 2);
        len += 2;
        base64->column = 0;
    }
    sg_writer_add(base64->writer, sg_span(line, len));
    return num * 3;
}

void sg_base64_add(struct sg_base64 *base64, struct signet_span bytes)
{
    size_t i = 0;
    for (; base64->num_pending > 0 && base64->num_pending < 3 && i < bytes.len; i++)
        base64->pending[base64->num_pending++] = bytes.ptr[i];
    if (base64->num_pending == 3) {
        put_group(base64, base64->pending, 3);
        base64->num_pending = 0;
    }
    while (bytes.len - i >= 3)
        i += put_groups(base64, sg_span_from(bytes, i));
    for (; i < bytes.len && base64->num_pending < 3; i++)
        base64->pending[base64->num_pending++] = bytes.ptr[i];
}

void sg_base64_end(struct sg_base64 *base64)
{
    if (base64->num_pending > 0)
        put_group(base64, base64->pending, base64->num_pending);
    base64->num_pending = 0;
    if (base64->column > 0)
        sg_writer_add_text(base64->writer, "\r\n");
    base64->column = 0;
}

void sg_base64_write(struct sg_writer *writer, struct signet_span bytes, bool lines)
{
    struct sg_base64 base64 = sg_base64_begin(writer);
    struct sg_canonical canonical;
    sg_canonical_begin(&canonical, bytes);
    canonical.verbatim = !lines;
    for (struct signet_span chunk; sg_canonical_next(&canonical, &chunk);)
        sg_base64_add(&base64, chunk);
    sg_base64_end(&base64);
}

void sg_base64_mend(struct sg_writer *writer, struct signet_span text)
{
    size_t column = 0;
    for (size_t i = 0; i < text.len; i++) {
        uint8_t byte = text.ptr[i];
        if (byte != '=' && (byte == '\0' || strchr(alphabet, byte) == NULL))
            continue;
        if (column == LINE_LEN)
            sg_writer_add_text(writer, "\r\n");
        column = column == LINE_LEN ? 1 : column + 1;
        sg_writer_add_byte(writer, byte);
    }
    if (column > 0)
        sg_writer_add_text(writer, "\r\n");
}
