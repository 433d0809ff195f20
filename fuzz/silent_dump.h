/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A renderer that shows nothing, but looks at every octet and counts what is open.
 */
#ifndef SG_FUZZ_SILENT_DUMP_H
#define SG_FUZZ_SILENT_DUMP_H

#include "x509/dump.h"
#include "x509/name.h"

#include <stdlib.h>

static void check(bool ok)
{
    if (!ok)
        abort();
}

struct silent {
    struct sg_dump dump;
    size_t depth;
    unsigned sum;
};

static void look(struct sg_dump *dump, struct signet_span bytes)
{
    for (size_t i = 0; i < bytes.len; i++)
        ((struct silent *)dump)->sum += bytes.ptr[i];
}

static void open_one(struct sg_dump *dump, const char *key)
{
    (void)key;
    ((struct silent *)dump)->depth++;
}

static void close_one(struct sg_dump *dump)
{
    check(((struct silent *)dump)->depth-- > 0);
}

static void take_bytes(struct sg_dump *dump, const char *key, struct signet_span bytes)
{
    (void)key;
    look(dump, bytes);
}

static void take_number(struct sg_dump *dump, const char *key, int64_t number)
{
    (void)dump;
    (void)key;
    (void)number;
}

static void take_boolean(struct sg_dump *dump, const char *key, bool value)
{
    take_number(dump, key, value);
}

static void take_name(struct sg_dump *dump, const char *key, const struct sg_name *name)
{
    struct sg_buffer text;
    (void)key;
    sg_buffer_init(&text, (size_t)1 << 24);
    sg_name_add_text(&text, name);
    look(dump, sg_buffer_span(&text));
    sg_buffer_free(&text);
}

static const struct sg_dump_writer silent_writer = {
    open_one,   open_one,    close_one,    take_bytes,  take_bytes,
    take_bytes, take_number, take_boolean, take_number, take_name,
};

#endif
