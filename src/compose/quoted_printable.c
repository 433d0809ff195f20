/* SPDX-License-Identifier: Apache-2.0 */
#include "compose/encode.h"
#include "compose/line.h"
#include "mime/hex.h"

/* The "=" of a soft line break is the 76th. */
#define LINE_LEN 75

struct line_writer {
    struct sg_writer *writer;
    size_t column;
};

static void soft_break(struct line_writer *line)
{
    sg_writer_add_text(line->writer, "=\r\n");
    line->column = 0;
}

static void put_literal(struct line_writer *line, uint8_t byte)
{
    sg_writer_add_byte(line->writer, byte);
    line->column++;
}

static void put_escape(struct line_writer *line, uint8_t byte)
{
    static const char digits[] = "0123456789ABCDEF";
    if (line->column + 3 > LINE_LEN)
        soft_break(line);
    const uint8_t escape[3] = {'=', (uint8_t)digits[byte >> 4], (uint8_t)digits[byte & 15]};
    sg_writer_add(line->writer, sg_span(escape, sizeof(escape)));
    line->column += sizeof(escape);
}

/* REST, where a line of the output begins, would mean something to a transport or a reader. */
static bool acts_at_start(struct signet_span rest)
{
    return rest.ptr[0] == '.' || sg_span_begins(rest, "--") || sg_span_begins(rest, "From ");
}

/* One octet, the first of REST, which goes to the end of the line. */
static void put_octet(struct line_writer *line, struct signet_span rest)
{
    uint8_t byte = rest.ptr[0];
    bool literal = (byte >= 0x20 && byte < 0x7f && byte != '=') || byte == '\t';
    bool ends_blank = sg_is_blank(byte) && rest.len == 1;
    if (literal && !ends_blank && line->column + 1 > LINE_LEN)
        soft_break(line);
    if (literal && !ends_blank && !(line->column == 0 && acts_at_start(rest)))
        put_literal(line, byte);
    else
        put_escape(line, byte);
}

void sg_quoted_printable_write(struct sg_writer *writer, struct signet_span bytes)
{
    struct line_writer line = {writer, 0};
    for (bool ended; bytes.len > 0;) {
        struct signet_span rest = sg_line_take(&bytes, &ended);
        for (; rest.len > 0; rest = sg_span_from(rest, 1))
            put_octet(&line, rest);
        if (ended)
            sg_writer_add_text(writer, "\r\n");
        line.column = 0;
    }
}

/* One line of quoted-printable; false: it ended in a soft line break. */
static bool mend_line(struct line_writer *line, struct signet_span rest)
{
    while (rest.len > 0) {
        int octet = rest.ptr[0] == '=' ? sg_hex_octet(rest, 1) : -1;
        if (rest.ptr[0] == '=' && rest.len == 1)
            return false;
        if (octet >= 0)
            put_escape(line, (uint8_t)octet);
        else
            put_octet(line, rest);
        rest = sg_span_from(rest, octet >= 0 ? 3 : 1);
    }
    return true;
}

void sg_quoted_printable_mend(struct sg_writer *writer, struct signet_span text)
{
    struct line_writer line = {writer, 0};
    for (bool ended; text.len > 0;) {
        struct signet_span rest = sg_line_trim(sg_line_take(&text, &ended));
        if (!mend_line(&line, rest)) {
            soft_break(&line);
            continue;
        }
        if (ended)
            sg_writer_add_text(writer, "\r\n");
        line.column = 0;
    }
}
