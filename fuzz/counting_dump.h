/* SPDX-License-Identifier: Apache-2.0 */
/*
 * For fuzz targets: a check that ends the program, and a dump that only sees that what is opened is
 * closed, and touches all it is given.
 */
#ifndef FUZZ_COUNTING_DUMP_H
#define FUZZ_COUNTING_DUMP_H

#include "x509/dump.h"
#include "x509/name.h"

#include <stdlib.h>

static void check(bool ok)
{
    if (!ok)
        abort();
}

/* A renderer that only sees that what is opened is closed, and touches all it is given. */
struct counter {
    struct sg_dump dump;
    size_t depth;
    unsigned sum;
};

static void open_one(struct sg_dump *dump, const char *key)
{
    (void)key;
    ((struct counter *)dump)->depth++;
}

static void close_one(struct sg_dump *dump)
{
    check(((struct counter *)dump)->depth-- > 0);
}

static void see_bytes(struct sg_dump *dump, const char *key, struct signet_span bytes)
{
    (void)key;
    for (size_t i = 0; i < bytes.len; i++)
        ((struct counter *)dump)->sum += bytes.ptr[i];
}

static void see_number(struct sg_dump *dump, const char *key, int64_t number)
{
    (void)dump;
    (void)key;
    (void)number;
}

static void see_boolean(struct sg_dump *dump, const char *key, bool value)
{
    see_number(dump, key, value);
}

static void see_name(struct sg_dump *dump, const char *key, const struct sg_name *name)
{
    see_bytes(dump, key, name->der);
}

static const struct sg_dump_writer writer = {
    .begin_map = open_one,
    .begin_list = open_one,
    .end = close_one,
    .text = see_bytes,
    .hex = see_bytes,
    .oid = see_bytes,
    .number = see_number,
    .boolean = see_boolean,
    .time = see_number,
    .name = see_name,
};

#endif
