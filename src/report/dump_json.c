/* SPDX-License-Identifier: Apache-2.0 */
#include "report/dump_json.h"

#include "asn1/oid.h"
#include "x509/name.h"

static struct sg_json *json_of(struct sg_dump *dump)
{
    return &((struct sg_dump_json *)dump)->json;
}

static void begin_map(struct sg_dump *dump, const char *key)
{
    sg_json_object(json_of(dump), key);
}

static void begin_list(struct sg_dump *dump, const char *key)
{
    sg_json_list(json_of(dump), key);
}

static void end(struct sg_dump *dump)
{
    sg_json_end(json_of(dump));
}

static void text(struct sg_dump *dump, const char *key, struct signet_span utf8)
{
    sg_json_bytes(json_of(dump), key, utf8);
}

static void hex(struct sg_dump *dump, const char *key, struct signet_span bytes)
{
    sg_json_hex(json_of(dump), key, bytes);
}

/* What BUFFER holds is escaped already. */
static void finish_string(struct sg_dump *dump, const char *key, struct sg_buffer *buffer)
{
    sg_buffer_add_byte(buffer, 0);
    if (buffer->status == SIGNET_OK)
        sg_json_string(json_of(dump), key, (const char *)buffer->ptr);
    else
        json_of(dump)->emit->status = SIGNET_ERR_MEMORY;
    sg_buffer_free(buffer);
}

static void oid(struct sg_dump *dump, const char *key, struct signet_span octets)
{
    const char *name = sg_oid_name(sg_oid_find(octets));
    struct sg_buffer buffer;

    sg_buffer_init(&buffer, SIZE_MAX);
    sg_oid_add_dotted(&buffer, octets);
    if (name != NULL)
        sg_buffer_printf(&buffer, " (%s)", name);
    finish_string(dump, key, &buffer);
}

static void number(struct sg_dump *dump, const char *key, int64_t value)
{
    sg_json_number(json_of(dump), key, value);
}

static void boolean(struct sg_dump *dump, const char *key, bool value)
{
    sg_json_boolean(json_of(dump), key, value);
}

static void time(struct sg_dump *dump, const char *key, signet_time value)
{
    sg_json_time(json_of(dump), key, value);
}

static void name(struct sg_dump *dump, const char *key, const struct sg_name *value)
{
    struct sg_buffer buffer;

    sg_buffer_init(&buffer, SIZE_MAX);
    sg_name_add_text(&buffer, value);
    finish_string(dump, key, &buffer);
}

void sg_dump_json_init(struct sg_dump_json *dump, struct sg_emit *emit)
{
    static const struct sg_dump_writer writer = {
        begin_map, begin_list, end, text, hex, oid, number, boolean, time, name,
    };

    dump->dump = (struct sg_dump){.writer = &writer};
    sg_json_init(&dump->json, emit);
}
