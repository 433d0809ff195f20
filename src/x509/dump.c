/* SPDX-License-Identifier: Apache-2.0 */
#include "x509/dump.h"

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
