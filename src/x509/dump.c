/* SPDX-License-Identifier: Apache-2.0 */
#include "x509/dump.h"

#include "asn1/integer.h"

#include "base/span.h"

void sg_dump_map(struct sg_dump *dump, const char *key)
{
    dump->writer->begin_map(dump, key);
}

void sg_dump_list(struct sg_dump *dump, const char *key)
{
    dump->writer->begin_list(dump, key);
}

void sg_dump_end(struct sg_dump *dump)
{
    dump->writer->end(dump);
}

void sg_dump_text(struct sg_dump *dump, const char *key, struct signet_span utf8)
{
    dump->writer->text(dump, key, utf8);
}

void sg_dump_string(struct sg_dump *dump, const char *key, const char *text)
{
    dump->writer->text(dump, key, sg_span_text(text));
}

void sg_dump_hex(struct sg_dump *dump, const char *key, struct signet_span bytes)
{
    dump->writer->hex(dump, key, bytes);
}

void sg_dump_oid(struct sg_dump *dump, const char *key, struct signet_span octets)
{
    dump->writer->oid(dump, key, octets);
}

void sg_dump_number(struct sg_dump *dump, const char *key, int64_t number)
{
    dump->writer->number(dump, key, number);
}

void sg_dump_boolean(struct sg_dump *dump, const char *key, bool value)
{
    dump->writer->boolean(dump, key, value);
}

void sg_dump_time(struct sg_dump *dump, const char *key, signet_time time)
{
    dump->writer->time(dump, key, time);
}

void sg_dump_name(struct sg_dump *dump, const char *key, const struct sg_name *name)
{
    dump->writer->name(dump, key, name);
}

/* Numbers that are longer than this are shown as octets: no serial is, by any standard. */
#define MAX_INTEGER_LEN 4096

void sg_dump_integer(struct sg_dump *dump, const char *key, struct signet_span octets)
{
    struct sg_buffer text;

    sg_buffer_init(&text, 2 * MAX_INTEGER_LEN + 1);
    if (octets.len <= MAX_INTEGER_LEN)
        sg_integer_add_hex(&text, octets);
    if (text.status == SIGNET_OK && text.len > 0)
        sg_dump_text(dump, key, sg_buffer_span(&text));
    else
        sg_dump_hex(dump, key, octets);
    dump->failed |= text.status == SIGNET_ERR_MEMORY;
    sg_buffer_free(&text);
}
