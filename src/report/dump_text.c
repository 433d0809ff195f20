/* SPDX-License-Identifier: Apache-2.0 */
#include "report/dump_text.h"

#include "asn1/oid.h"
#include "base/text.h"
#include "x509/name.h"

#include <inttypes.h>

static struct sg_dump_text *text_of(struct sg_dump *dump)
{
    return (struct sg_dump_text *)dump;
}

/* Keys are C identifiers; a reader gets blanks. */
static void write_key(struct sg_emit *emit, const char *key)
{
    for (; *key != '\0'; key++)
        sg_emit_printf(emit, "%c", *key == '_' ? ' ' : *key);
}

/* "- " stands before each item of a list, two blanks deeper than the list's key; what follows in
 * an item that is a map or a list itself is aligned with its first line. */
static void begin_line(struct sg_dump *dump, const char *key)
{
    struct sg_dump_text *to = text_of(dump);
    bool starts = to->item_starts;
    sg_emit_blanks(to->emit, 2 * (size_t)(starts ? to->depth - 1 : to->depth));
    if (starts)
        sg_emit_text(to->emit, "- ");
    to->item_starts = false;
    if (key == NULL) {
        sg_emit_text(to->emit, "- ");
        return;
    }
    write_key(to->emit, key);
    sg_emit_text(to->emit, ": ");
}

static void end_line(struct sg_dump *dump)
{
    sg_emit_text(text_of(dump)->emit, "\n");
}

static void begin(struct sg_dump *dump, const char *key)
{
    struct sg_dump_text *to = text_of(dump);

    if (key != NULL) {
        begin_line(dump, key);
        end_line(dump);
    } else {
        to->item_starts = to->depth > 0;
    }
    to->depth++;
}

static void end(struct sg_dump *dump)
{
    text_of(dump)->depth--;
    text_of(dump)->item_starts = false;
}

static void text(struct sg_dump *dump, const char *key, struct signet_span utf8)
{
    begin_line(dump, key);
    sg_emit_safe(text_of(dump)->emit, utf8);
    end_line(dump);
}

static void finish_buffer(struct sg_dump *dump, const char *key, struct sg_buffer *buffer)
{
    begin_line(dump, key);
    if (buffer->status == SIGNET_OK)
        sg_emit_bytes(text_of(dump)->emit, sg_buffer_span(buffer));
    else
        text_of(dump)->emit->status = SIGNET_ERR_MEMORY;
    sg_buffer_free(buffer);
    end_line(dump);
}

static void hex(struct sg_dump *dump, const char *key, struct signet_span bytes)
{
    struct sg_buffer buffer;

    sg_buffer_init(&buffer, SIZE_MAX);
    sg_text_add_hex(&buffer, bytes, ':');
    finish_buffer(dump, key, &buffer);
}

static void oid(struct sg_dump *dump, const char *key, struct signet_span octets)
{
    const char *known = sg_oid_name(sg_oid_find(octets));
    struct sg_buffer buffer;

    sg_buffer_init(&buffer, SIZE_MAX);
    sg_oid_add_dotted(&buffer, octets);
    if (known != NULL)
        sg_buffer_printf(&buffer, " (%s)", known);
    finish_buffer(dump, key, &buffer);
}

static void number(struct sg_dump *dump, const char *key, int64_t value)
{
    begin_line(dump, key);
    sg_emit_printf(text_of(dump)->emit, "%" PRId64 "\n", value);
}

static void boolean(struct sg_dump *dump, const char *key, bool value)
{
    begin_line(dump, key);
    sg_emit_text(text_of(dump)->emit, value ? "yes\n" : "no\n");
}

static void time(struct sg_dump *dump, const char *key, signet_time value)
{
    char buffer[SIGNET_TIME_TEXT_SIZE];

    signet_time_format(value, buffer);
    begin_line(dump, key);
    sg_emit_printf(text_of(dump)->emit, "%s\n", buffer);
}

static void name(struct sg_dump *dump, const char *key, const struct sg_name *value)
{
    struct sg_buffer buffer;

    sg_buffer_init(&buffer, SIZE_MAX);
    sg_name_add_text(&buffer, value);
    finish_buffer(dump, key, &buffer);
}

void sg_dump_text_init(struct sg_dump_text *dump, struct sg_emit *emit)
{
    static const struct sg_dump_writer writer = {
        begin, begin, end, text, hex, oid, number, boolean, time, name,
    };

    *dump = (struct sg_dump_text){.emit = emit};
    dump->dump.writer = &writer;
}
