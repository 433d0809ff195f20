/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A renderer that writes a dump on one line: {key=value …} for maps, [value …] for lists.
 */
#ifndef SG_TESTS_UNIT_X509_LINE_DUMP_H
#define SG_TESTS_UNIT_X509_LINE_DUMP_H

#include "asn1/oid.h"
#include "base/text.h"
#include "test.h"
#include "x509/dump.h"
#include "x509/name.h"

struct line {
    struct sg_dump dump;
    struct sg_buffer text;
    char closing[32];
    size_t depth;
};

static inline struct sg_buffer *line_key(struct sg_dump *dump, const char *key)
{
    struct line *line = (struct line *)dump;
    if (line->text.len > 0 && strchr("{[", line->text.ptr[line->text.len - 1]) == NULL)
        sg_buffer_add_byte(&line->text, ' ');
    /* Keys are for maps, and lists have none. */
    if (line->depth > 0)
        assert_int_equal(key != NULL, line->closing[line->depth - 1] == '}');
    if (key != NULL)
        sg_buffer_printf(&line->text, "%s=", key);
    return &line->text;
}

static inline void line_open(struct sg_dump *dump, const char *key, char opening, char closing)
{
    struct line *line = (struct line *)dump;
    sg_buffer_add_byte(line_key(dump, key), (uint8_t)opening);
    assert_true(line->depth < sizeof(line->closing));
    line->closing[line->depth++] = closing;
}

static inline void line_map(struct sg_dump *dump, const char *key)
{
    line_open(dump, key, '{', '}');
}

static inline void line_list(struct sg_dump *dump, const char *key)
{
    line_open(dump, key, '[', ']');
}

static inline void line_end(struct sg_dump *dump)
{
    struct line *line = (struct line *)dump;
    assert_true(line->depth > 0);
    sg_buffer_add_byte(&line->text, (uint8_t)line->closing[--line->depth]);
}

static inline void line_text(struct sg_dump *dump, const char *key, struct signet_span utf8)
{
    sg_text_add_safe(line_key(dump, key), utf8);
}

static inline void line_hex(struct sg_dump *dump, const char *key, struct signet_span bytes)
{
    struct sg_buffer *text = line_key(dump, key);
    sg_buffer_add_byte(text, '#');
    if (bytes.len > 32)
        sg_buffer_printf(text, "%zu", bytes.len);
    else
        sg_text_add_hex(text, bytes, 0);
}

static inline void line_oid(struct sg_dump *dump, const char *key, struct signet_span octets)
{
    const char *name = sg_oid_name(sg_oid_find(octets));
    struct sg_buffer *text = line_key(dump, key);
    if (name != NULL)
        sg_buffer_add_text(text, name);
    else
        sg_oid_add_dotted(text, octets);
}

static inline void line_number(struct sg_dump *dump, const char *key, int64_t number)
{
    sg_buffer_printf(line_key(dump, key), "%lld", (long long)number);
}

static inline void line_boolean(struct sg_dump *dump, const char *key, bool value)
{
    sg_buffer_add_text(line_key(dump, key), value ? "yes" : "no");
}

static inline void line_time(struct sg_dump *dump, const char *key, signet_time time)
{
    char text[SIGNET_TIME_TEXT_SIZE];
    signet_time_format(time, text);
    sg_buffer_add_text(line_key(dump, key), text);
}

static inline void line_name(struct sg_dump *dump, const char *key, const struct sg_name *name)
{
    sg_name_add_text(line_key(dump, key), name);
}

static const struct sg_dump_writer line_writer = {
    line_map, line_list,   line_end,     line_text, line_hex,
    line_oid, line_number, line_boolean, line_time, line_name,
};

static inline void line_begin(struct line *line)
{
    *line = (struct line){.dump = {&line_writer}};
    sg_buffer_init(&line->text, 1 << 20);
    sg_dump_map(&line->dump, NULL);
}

/* The whole line as a C string. */
static inline const char *line_finish(struct line *line)
{
    sg_dump_end(&line->dump);
    assert_int_equal(line->depth, 0);
    const char *text = as_text(sg_buffer_span(&line->text));
    sg_buffer_free(&line->text);
    return text;
}

static inline void assert_contains(const char *text, const char *part)
{
    if (strstr(text, part) == NULL)
        fail_msg("\"%s\" is not in:\n%s", part, text);
}

#endif
