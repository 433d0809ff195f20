/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Writing JSON (RFC 8259) on one line: UTF-8, every string escaped so that it is safe in a
 * terminal, a log and HTML.
 */
#ifndef SG_REPORT_JSON_H
#define SG_REPORT_JSON_H

#include "report/emit.h"

/* Objects and lists nested deeper than this are not written (objects that we show nest less). */
#define SG_JSON_MAX_DEPTH 64

struct sg_json {
    struct sg_emit *emit;
    unsigned depth;
    bool comma; /* something stands before in this object or list */
    char closers[SG_JSON_MAX_DEPTH];
};

void sg_json_init(struct sg_json *json, struct sg_emit *emit);

/* KEY is NULL inside a list and at the top. */
void sg_json_object(struct sg_json *json, const char *key);
void sg_json_list(struct sg_json *json, const char *key);
void sg_json_end(struct sg_json *json);

/* A NULL TEXT is null. */
void sg_json_string(struct sg_json *json, const char *key, const char *text);
/* Octets meant to be UTF-8; what is not is escaped as by sg_text_add_safe. */
void sg_json_bytes(struct sg_json *json, const char *key, struct signet_span utf8);
void sg_json_hex(struct sg_json *json, const char *key, struct signet_span bytes);
void sg_json_number(struct sg_json *json, const char *key, int64_t number);
void sg_json_boolean(struct sg_json *json, const char *key, bool value);
/* RFC 3339; SIGNET_TIME_UNKNOWN is null. */
void sg_json_time(struct sg_json *json, const char *key, signet_time time);
void sg_json_null(struct sg_json *json, const char *key);

#endif
