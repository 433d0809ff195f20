/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a decoded object says, as a tree of named values: written by the layers that know the
 * objects, rendered (text, JSON) by those that know the reader. Text values are raw: the renderer
 * escapes.
 */
#ifndef SG_X509_DUMP_H
#define SG_X509_DUMP_H

#include "signet/base.h"

struct sg_dump;
struct sg_name;

struct sg_dump_writer {
    void (*begin_map)(struct sg_dump *dump, const char *key); /* KEY is NULL inside a list */
    void (*begin_list)(struct sg_dump *dump, const char *key);
    void (*end)(struct sg_dump *dump);
    void (*text)(struct sg_dump *dump, const char *key, struct signet_span utf8);
    void (*hex)(struct sg_dump *dump, const char *key, struct signet_span bytes);
    void (*oid)(struct sg_dump *dump, const char *key, struct signet_span octets);
    void (*number)(struct sg_dump *dump, const char *key, int64_t number);
    void (*boolean)(struct sg_dump *dump, const char *key, bool value);
    void (*time)(struct sg_dump *dump, const char *key, signet_time time);
    /* A distinguished name: most renderers want sg_name_add_text, which escapes already. */
    void (*name)(struct sg_dump *dump, const char *key, const struct sg_name *name);
};

/* A renderer embeds this as its first member. */
struct sg_dump {
    const struct sg_dump_writer *writer;
    bool failed; /* memory was out: something is missing from what was written */
};

/* Short forms; KEY may be NULL inside a list. */
void sg_dump_map(struct sg_dump *dump, const char *key);
void sg_dump_list(struct sg_dump *dump, const char *key);
void sg_dump_end(struct sg_dump *dump);
void sg_dump_text(struct sg_dump *dump, const char *key, struct signet_span utf8);
void sg_dump_string(struct sg_dump *dump, const char *key, const char *text);
void sg_dump_hex(struct sg_dump *dump, const char *key, struct signet_span bytes);
void sg_dump_oid(struct sg_dump *dump, const char *key, struct signet_span octets);
void sg_dump_number(struct sg_dump *dump, const char *key, int64_t number);
void sg_dump_boolean(struct sg_dump *dump, const char *key, bool value);
/* Content octets of an INTEGER of any size, as sg_integer_add_hex writes them. */
void sg_dump_integer(struct sg_dump *dump, const char *key, struct signet_span octets);
void sg_dump_time(struct sg_dump *dump, const char *key, signet_time time);
void sg_dump_name(struct sg_dump *dump, const char *key, const struct sg_name *name);

#endif
