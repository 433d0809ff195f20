/* SPDX-License-Identifier: Apache-2.0 */
#include "fetch/frame.h"

#include "base/span.h"
#include "base/text.h"

/* Reading a body: each getter is false once something did not fit. */
struct cursor {
    struct signet_span rest;
    bool wrong;
};

static uint64_t get_number(struct cursor *cursor, size_t len, uint64_t max)
{
    uint64_t number = 0;
    if (cursor->wrong || cursor->rest.len < len) {
        cursor->wrong = true;
        return 0;
    }
    for (size_t i = 0; i < len; i++)
        number = number << 8 | cursor->rest.ptr[i];
    cursor->rest = sg_span_from(cursor->rest, len);
    cursor->wrong = number > max;
    return cursor->wrong ? 0 : number;
}

/* A text is its length, its octets and a NUL, so that it can be used where it stands. */
static const char *get_text(struct cursor *cursor)
{
    size_t len = (size_t)get_number(cursor, 2, SG_FRAME_MAX_TEXT);
    const uint8_t *text = cursor->rest.ptr;
    if (cursor->wrong || cursor->rest.len <= len || memchr(text, 0, len + 1) != text + len) {
        cursor->wrong = true;
        return "";
    }
    cursor->rest = sg_span_from(cursor->rest, len + 1);
    return (const char *)text;
}

static const char *get_optional(struct cursor *cursor)
{
    const char *text = get_text(cursor);
    return *text != '\0' ? text : NULL;
}

static bool done(const struct cursor *cursor)
{
    return !cursor->wrong && cursor->rest.len == 0;
}

enum sg_frame_read sg_frame_parse(struct signet_span bytes, struct sg_frame *frame, size_t *len)
{
    struct cursor cursor = {.rest = sg_span_first(bytes, SG_FRAME_HEAD_LEN)};
    if (bytes.len > 0 && bytes.ptr[0] != SG_FRAME_VERSION)
        return SG_FRAME_READ_WRONG;
    if (bytes.len < SG_FRAME_HEAD_LEN)
        return SG_FRAME_READ_SHORT;
    get_number(&cursor, 1, SG_FRAME_VERSION);
    uint64_t type = get_number(&cursor, 1, SG_FRAME_END);
    get_number(&cursor, 2, 0);
    uint32_t id = (uint32_t)get_number(&cursor, 4, UINT32_MAX);
    size_t body_len = (size_t)get_number(&cursor, 4, SG_FRAME_MAX_BODY);
    if (cursor.wrong || type < SG_FRAME_RULES || (id == 0) != (type == SG_FRAME_RULES))
        return SG_FRAME_READ_WRONG;
    if (bytes.len - SG_FRAME_HEAD_LEN < body_len)
        return SG_FRAME_READ_SHORT;
    *frame = (struct sg_frame){(enum sg_frame_type)type, id,
                               sg_span_first(sg_span_from(bytes, SG_FRAME_HEAD_LEN), body_len)};
    *len = SG_FRAME_HEAD_LEN + body_len;
    return SG_FRAME_READ_WHOLE;
}

bool sg_frame_read_rules(struct signet_span body, struct signet_fetch_rules *rules)
{
    struct cursor cursor = {.rest = body};
    rules->max_bytes = (size_t)get_number(&cursor, 8, SIZE_MAX);
    rules->max_redirects = (unsigned)get_number(&cursor, 4, UINT32_MAX);
    rules->max_parallel = (unsigned)get_number(&cursor, 4, SG_FRAME_MAX_PARALLEL);
    rules->timeout_ms = (unsigned)get_number(&cursor, 4, INT32_MAX);
    rules->allow_private = get_number(&cursor, 1, 1) != 0;
    rules->ldap_tls =
        (enum signet_fetch_ldap_tls)get_number(&cursor, 1, SIGNET_FETCH_LDAP_TLS_NEVER);
    rules->proxy = get_optional(&cursor);
    rules->ca_file = get_optional(&cursor);
    rules->dns_anchor_file = get_optional(&cursor);
    rules->dns_forward = get_optional(&cursor);
    return done(&cursor);
}

bool sg_frame_read_start(struct signet_span body, struct signet_fetch_request *request)
{
    struct cursor cursor = {.rest = body};
    request->kind = (enum signet_fetch_kind)get_number(&cursor, 1, SIGNET_FETCH_DNS_CERT);
    request->own_place = get_number(&cursor, 1, 1) != 0;
    request->max_bytes = (size_t)get_number(&cursor, 8, SIZE_MAX);
    request->url = get_text(&cursor);
    request->address = get_text(&cursor);
    request->etag = get_text(&cursor);
    request->last_modified = get_text(&cursor);
    return done(&cursor);
}

bool sg_frame_read_value(struct signet_span body, const char **label)
{
    struct cursor cursor = {.rest = body};
    *label = get_text(&cursor);
    return done(&cursor);
}

bool sg_frame_read_end(struct signet_span body, struct sg_frame_end *end)
{
    struct cursor cursor = {.rest = body};
    end->outcome = (enum signet_fetch_outcome)get_number(&cursor, 1, SIGNET_FETCH_GONE);
    end->reason = get_text(&cursor);
    end->final_url = get_text(&cursor);
    end->content_type = get_text(&cursor);
    end->etag = get_text(&cursor);
    end->last_modified = get_text(&cursor);
    return done(&cursor);
}

static void add_number(struct sg_buffer *out, size_t len, uint64_t number)
{
    while (len-- > 0)
        sg_buffer_add_byte(out, (uint8_t)(number >> (8 * len)));
}

static void add_head(struct sg_buffer *out, enum sg_frame_type type, uint32_t id, size_t body_len)
{
    add_number(out, 1, SG_FRAME_VERSION);
    add_number(out, 1, type);
    add_number(out, 2, 0);
    add_number(out, 4, id);
    add_number(out, 4, body_len);
}

static size_t text_len(const char *text)
{
    return text != NULL ? strlen(text) : 0;
}

static void add_text(struct sg_buffer *out, struct signet_span text)
{
    add_number(out, 2, text.len);
    sg_buffer_add(out, text);
    sg_buffer_add_byte(out, 0);
}

/* The octets of NUM texts in a body. False: one of them is too long. */
static bool measure(const char *const *texts, size_t num, size_t *len)
{
    for (size_t i = 0; i < num; i++) {
        if (text_len(texts[i]) > SG_FRAME_MAX_TEXT)
            return false;
        *len += 2 + text_len(texts[i]) + 1;
    }
    return true;
}

static void add_texts(struct sg_buffer *out, const char *const *texts, size_t num)
{
    for (size_t i = 0; i < num; i++)
        add_text(out, sg_span(texts[i], text_len(texts[i])));
}

bool sg_frame_write_rules(struct sg_buffer *out, const struct signet_fetch_rules *rules)
{
    const char *texts[] = {rules->proxy, rules->ca_file, rules->dns_anchor_file,
                           rules->dns_forward};
    size_t len = 8 + 4 + 4 + 4 + 1 + 1;
    if (!measure(texts, 4, &len))
        return false;
    add_head(out, SG_FRAME_RULES, 0, len);
    add_number(out, 8, rules->max_bytes);
    add_number(out, 4, rules->max_redirects);
    add_number(out, 4, rules->max_parallel);
    add_number(out, 4, rules->timeout_ms);
    add_number(out, 1, rules->allow_private);
    add_number(out, 1, rules->ldap_tls);
    add_texts(out, texts, 4);
    return true;
}

bool sg_frame_write_start(struct sg_buffer *out, uint32_t id,
                          const struct signet_fetch_request *request)
{
    const char *texts[] = {request->url, request->address, request->etag, request->last_modified};
    size_t len = 1 + 1 + 8;
    if (!measure(texts, 4, &len))
        return false;
    add_head(out, SG_FRAME_START, id, len);
    add_number(out, 1, request->kind);
    add_number(out, 1, request->own_place);
    add_number(out, 8, request->max_bytes);
    add_texts(out, texts, 4);
    return true;
}

void sg_frame_write_cancel(struct sg_buffer *out, uint32_t id)
{
    add_head(out, SG_FRAME_CANCEL, id, 0);
}

bool sg_frame_write_value(struct sg_buffer *out, uint32_t id, const char *label)
{
    size_t len = 0;
    if (!measure(&label, 1, &len))
        return false;
    add_head(out, SG_FRAME_VALUE, id, len);
    add_texts(out, &label, 1);
    return true;
}

void sg_frame_write_data(struct sg_buffer *out, uint32_t id, struct signet_span octets)
{
    while (octets.len > 0) {
        struct signet_span piece = sg_span_first(octets, SG_FRAME_MAX_BODY);
        add_head(out, SG_FRAME_DATA, id, piece.len);
        sg_buffer_add(out, piece);
        octets = sg_span_from(octets, piece.len);
    }
}

void sg_frame_write_end(struct sg_buffer *out, uint32_t id, const struct sg_frame_end *end)
{
    const char *const texts[] = {end->reason, end->final_url, end->content_type, end->etag,
                                 end->last_modified};
    struct signet_span cut[5];
    size_t len = 1;
    for (size_t i = 0; i < 5; i++) {
        cut[i] = sg_text_cut(sg_span(texts[i], text_len(texts[i])), SG_FRAME_MAX_TEXT);
        len += 2 + cut[i].len + 1;
    }
    add_head(out, SG_FRAME_END, id, len);
    add_number(out, 1, end->outcome);
    for (size_t i = 0; i < 5; i++)
        add_text(out, cut[i]);
}
