/* SPDX-License-Identifier: Apache-2.0 */
#include "send/decrypted_mail.h"

/* A mail being put together: first only counted, then written. */
struct making {
    uint8_t *out; /* NULL: counted */
    size_t len;
};

static void add(struct making *making, struct signet_span octets)
{
    if (making->out != NULL && octets.len > 0)
        memcpy(making->out + making->len, octets.ptr, octets.len);
    making->len += octets.len;
}

static void add_field(struct making *making, const struct sg_header *field)
{
    add(making, field->name);
    add(making, sg_span_text(":"));
    add(making, field->value);
    add(making, sg_span_text("\r\n"));
}

static bool begins_with_word(struct signet_span text, const char *word)
{
    return sg_span_is_word(sg_span_first(text, strlen(word) < text.len ? strlen(word) : text.len),
                           word);
}

static bool describes_content(const struct sg_header *field)
{
    return begins_with_word(field->name, "Content-") ||
           sg_span_is_word(field->name, "MIME-Version");
}

/* The entity's header, or none: what begins with no field is all text. */
struct entity {
    struct sg_headers headers;
    struct signet_span body;
    bool protects; /* its fields stand for those outside */
};

static bool read_entity(struct signet_span inner, struct sg_arena *arena, struct entity *out)
{
    size_t header_len;
    *out = (struct entity){.body = inner};
    if (!sg_headers_parse(inner, arena, &out->headers, &header_len))
        return false;
    if (out->headers.malformed) {
        out->headers = (struct sg_headers){0};
        return true;
    }
    out->body = sg_span_from(inner, header_len);
    const struct sg_header *type = sg_header_find(&out->headers, "Content-Type", 0);
    struct sg_mime_value value;
    if (type == NULL)
        return true;
    if (!sg_mime_value_parse(type->value, arena, &value))
        return false;
    struct signet_span hp = sg_mime_param_find(&value, "hp");
    out->protects = sg_span_is_word(hp, "cipher") || sg_span_is_word(hp, "clear");
    return true;
}

static bool has_field(const struct sg_headers *headers, struct signet_span name)
{
    for (size_t i = 0; i < headers->num; i++) {
        if (sg_span_equal_ascii_case(headers->items[i].name, name))
            return true;
    }
    return false;
}

static void make(struct making *making, const struct sg_headers *outer, const struct entity *entity)
{
    for (size_t i = 0; i < outer->num; i++) {
        const struct sg_header *field = &outer->items[i];
        if (!describes_content(field) &&
            !(entity->protects && has_field(&entity->headers, field->name)))
            add_field(making, field);
    }
    add(making, sg_span_text("MIME-Version: 1.0\r\n"));
    for (size_t i = 0; i < entity->headers.num; i++) {
        const struct sg_header *field = &entity->headers.items[i];
        if (!sg_span_is_word(field->name, "MIME-Version") &&
            (entity->protects || describes_content(field)))
            add_field(making, field);
    }
    add(making, sg_span_text("\r\n"));
    add(making, entity->body);
}

bool sg_decrypted_mail_make(const struct sg_headers *outer, struct signet_span inner,
                            struct sg_arena *arena, struct sg_secret *mail)
{
    struct making making = {NULL, 0};
    struct entity entity;
    if (outer == NULL)
        return sg_secret_copy(inner, mail);
    if (!read_entity(inner, arena, &entity))
        return false;
    make(&making, outer, &entity);
    if (!sg_secret_new(making.len, mail))
        return false;
    making = (struct making){mail->ptr, 0};
    make(&making, outer, &entity);
    return true;
}
