/* SPDX-License-Identifier: Apache-2.0 */
#include "mime/header.h"

#include "mime/encoded_word.h"

/* Octets of the first line of BYTES, its line end included. */
static size_t line_len(struct signet_span bytes)
{
    const uint8_t *end = bytes.len > 0 ? memchr(bytes.ptr, '\n', bytes.len) : NULL;
    return end != NULL ? (size_t)(end - bytes.ptr) + 1 : bytes.len;
}

static struct signet_span without_line_end(struct signet_span line)
{
    if (line.len > 0 && line.ptr[line.len - 1] == '\n') {
        line.len--;
        if (line.len > 0 && line.ptr[line.len - 1] == '\r')
            line.len--;
    }
    return line;
}

static bool is_blank(uint8_t byte)
{
    return byte == ' ' || byte == '\t';
}

/* Octets of the field name that LINE starts with (RFC 5322 3.6.8), 0 when it is no field. *COLON is
 * where its colon is, blanks before which are obsolete (4.5) but taken by every reader. Never looks
 * past the end of the line. */
static size_t name_len(struct signet_span line, size_t *colon)
{
    size_t len = 0;
    while (len < line.len && line.ptr[len] > ' ' && line.ptr[len] < 0x7f && line.ptr[len] != ':')
        len++;
    *colon = len;
    while (*colon < line.len && is_blank(line.ptr[*colon]))
        ++*colon;
    return *colon < line.len && line.ptr[*colon] == ':' ? len : 0;
}

/* The field that REST starts with, and REST moved past it. */
static bool take_field(struct signet_span *rest, struct sg_header *out)
{
    size_t colon;
    size_t name = name_len(*rest, &colon);
    if (name == 0)
        return false;
    size_t len = line_len(*rest);
    while (len < rest->len && is_blank(rest->ptr[len]))
        len += line_len(sg_span_from(*rest, len));

    out->name = sg_span_first(*rest, name);
    out->value = sg_span_from(without_line_end(sg_span_first(*rest, len)), colon + 1);
    *rest = sg_span_from(*rest, len);
    return true;
}

/* mbox's "From alice Sat Jan  3 …", and ">From " as some gateways write it. No field: no colon
 * after the first word. */
static struct signet_span skip_mbox_lines(struct signet_span bytes)
{
    for (;;) {
        struct signet_span line = bytes;
        size_t colon;
        if (line.len > 0 && line.ptr[0] == '>')
            line = sg_span_from(line, 1);
        if (!sg_span_equal(sg_span_first(line, 5), sg_span_text("From ")) ||
            name_len(line, &colon) > 0)
            return bytes;
        bytes = sg_span_from(bytes, line_len(bytes));
    }
}

static bool has_ambiguous_octet(struct signet_span block)
{
    if (block.len == 0)
        return false;
    if (memchr(block.ptr, '\0', block.len) != NULL)
        return true;
    const uint8_t *end = block.ptr + block.len;
    const uint8_t *cr = memchr(block.ptr, '\r', block.len);
    while (cr != NULL && cr + 1 < end) {
        if (cr[1] != '\n')
            return true;
        cr = memchr(cr + 1, '\r', (size_t)(end - cr - 1));
    }
    return cr != NULL;
}

static size_t count_fields(struct signet_span rest)
{
    struct sg_header header;
    size_t num = 0;
    while (num < SG_HEADERS_MAX && take_field(&rest, &header))
        num++;
    return num;
}

static size_t empty_line_len(struct signet_span rest)
{
    if (sg_span_equal(sg_span_first(rest, 2), sg_span_text("\r\n")))
        return 2;
    return rest.len > 0 && rest.ptr[0] == '\n';
}

/* Goes past the fields over the maximum, which are not kept. */
static bool skip_fields(struct signet_span *rest)
{
    struct sg_header header;
    bool any = false;
    while (take_field(rest, &header))
        any = true;
    return any;
}

bool sg_headers_parse(struct signet_span bytes, struct sg_arena *arena, struct sg_headers *out,
                      size_t *header_len)
{
    struct signet_span rest = skip_mbox_lines(bytes);
    size_t num = count_fields(rest);
    struct sg_header *items = sg_arena_array(arena, num, sizeof(*items));
    if (items == NULL)
        return false;
    for (size_t i = 0; i < num && take_field(&rest, &items[i]); i++)
        continue;
    bool too_many = skip_fields(&rest);

    size_t block_len = bytes.len - rest.len;
    size_t end_len = empty_line_len(rest);
    *header_len = block_len + end_len;
    *out = (struct sg_headers){items, num, false};
    out->malformed = too_many || (end_len == 0 && rest.len > 0) ||
                     has_ambiguous_octet(sg_span_first(bytes, block_len));
    return true;
}

const struct sg_header *sg_header_find(const struct sg_headers *headers, const char *name,
                                       size_t index)
{
    for (size_t i = 0; i < headers->num; i++) {
        if (sg_span_is_word(headers->items[i].name, name) && index-- == 0)
            return &headers->items[i];
    }
    return NULL;
}

size_t sg_header_count(const struct sg_headers *headers, const char *name)
{
    size_t num = 0;
    for (size_t i = 0; i < headers->num; i++)
        num += sg_span_is_word(headers->items[i].name, name);
    return num;
}

struct signet_span sg_header_unfold(struct signet_span value, struct sg_arena *arena)
{
    value = sg_span_trim(value);
    if (value.len == 0 || memchr(value.ptr, '\n', value.len) == NULL)
        return value;
    uint8_t *text = sg_arena_alloc(arena, value.len);
    if (text == NULL)
        return (struct signet_span){NULL, 0};

    size_t len = 0;
    while (value.len > 0) {
        size_t taken = line_len(value);
        struct signet_span line = without_line_end(sg_span_first(value, taken));
        memcpy(text + len, line.ptr, line.len);
        len += line.len;
        value = sg_span_from(value, taken);
    }
    return sg_span(text, len);
}

struct signet_span sg_header_display(struct signet_span value, struct sg_arena *arena)
{
    struct signet_span text = sg_header_unfold(value, arena);
    return text.ptr != NULL ? sg_encoded_words_decode(text, arena) : text;
}
