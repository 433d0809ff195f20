/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Writing JSON (RFC 8259) on one line: UTF-8, every string escaped so that it is safe in a
 * terminal, a log and HTML. What comes out is valid whatever goes in.
 */
#ifndef SG_REPORT_JSON_H
#define SG_REPORT_JSON_H

#include "report/emit.h"

/* Objects and lists within each other: a message nested as deep as a policy allows takes half of
 * it. What would be deeper is written as null, with all that is in it. */
#define SG_JSON_MAX_DEPTH 512

struct sg_json {
    struct sg_emit *emit;
    size_t depth; /* objects and lists under way; those over the maximum count */
    bool comma;   /* something stands before in this object or list */
    char closers[SG_JSON_MAX_DEPTH];
};

void sg_json_init(struct sg_json *json, struct sg_emit *emit);

/* KEY is NULL inside a list and at the top. */
void sg_json_object(struct sg_json *json, const char *key);
void sg_json_list(struct sg_json *json, const char *key);
void sg_json_end(struct sg_json *json);

/* Text of our own, or made fit for showing already. A NULL TEXT is null. */
void sg_json_string(struct sg_json *json, const char *key, const char *text);
void sg_json_escaped(struct sg_json *json, const char *key, struct signet_span text);
/* Octets of a stranger, meant to be UTF-8: made fit for showing by sg_text_add_safe. */
void sg_json_bytes(struct sg_json *json, const char *key, struct signet_span utf8);
void sg_json_hex(struct sg_json *json, const char *key, struct signet_span bytes);
/* Dotted, from its content octets. */
void sg_json_oid(struct sg_json *json, const char *key, struct signet_span octets);
void sg_json_number(struct sg_json *json, const char *key, int64_t number);
void sg_json_boolean(struct sg_json *json, const char *key, bool value);
/* RFC 3339; SIGNET_TIME_UNKNOWN is null. */
void sg_json_time(struct sg_json *json, const char *key, signet_time time);
void sg_json_null(struct sg_json *json, const char *key);

/* What BUFFER, which is freed, holds: fit for showing already. Its failure becomes the report's. */
void sg_json_buffer(struct sg_json *json, const char *key, struct sg_buffer *buffer);

#endif
