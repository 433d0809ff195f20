/* SPDX-License-Identifier: Apache-2.0 */
#include "base/text.h"
#include "compose/content_header.h"
#include "compose/content_plan.h"
#include "compose/field.h"
#include "compose/line.h"

/* Octets of a Content-Type that is repeated on one line. */
#define TYPE_MAX 900

static bool is_one_of(struct signet_span name, const char *const *names)
{
    for (; *names != NULL; names++) {
        if (sg_span_is_word(name, *names))
            return true;
    }
    return false;
}

/* A field that the sender wrote for the reader (RFC 9788 1.1: non-structural). */
static bool is_repeated(const struct sg_header *header)
{
    static const char *const left_out[] = {"Bcc",    "Received", "Return-Path",    "Delivered-To",
                                           "Status", "X-Status", "DKIM-Signature", "HP-Outer",
                                           NULL};
    static const char *const encoded[] = {"Subject", "Comments", "Keywords", NULL};
    return !sg_content_is_inner(header) && !sg_content_is_dropped(header) &&
           !is_one_of(header->name, left_out) &&
           (sg_text_is_ascii(header->value) || is_one_of(header->name, encoded));
}

/* The value of a Content-Type that is one of CONTENT's fields, on one line. {NULL,0}: FIELD is
 * another, or memory is out. */
static struct signet_span type_value(const struct sg_content_field *field, struct sg_arena *arena)
{
    static const char name[] = "Content-Type:";
    if (field->copied != NULL)
        return sg_span_is_word(field->copied->name, "Content-Type")
                   ? sg_header_unfold(field->copied->value, arena)
                   : (struct signet_span){NULL, 0};
    if (!sg_span_is_word(sg_span_first(field->text, sizeof(name) - 1), name))
        return (struct signet_span){NULL, 0};
    return sg_header_unfold(sg_span_trim(sg_span_from(field->text, sizeof(name) - 1)), arena);
}

/* FIELD, with the parameter when it is the Content-Type. */
static enum signet_status add_parameter(struct sg_content_field *field, struct sg_arena *arena,
                                        struct sg_compose_error *error)
{
    struct signet_span value = type_value(field, arena);
    while (value.len > 0 && strchr("; \t", value.ptr[value.len - 1]) != NULL)
        value.len--;
    if (value.len == 0)
        return sg_arena_status(arena);
    if (value.len > TYPE_MAX)
        return sg_compose_fail(error, "Content-Type", "it is too long to take another parameter",
                               SIGNET_ERR_PARSE);
    const char *text = sg_arena_printf(arena, "Content-Type: %.*s;\r\n hp=\"clear\"\r\n",
                                       (int)value.len, (const char *)value.ptr);
    if (text == NULL)
        return sg_arena_status(arena);
    *field = (struct sg_content_field){NULL, sg_span_text(text)};
    return SIGNET_OK;
}

enum signet_status sg_content_protect(struct sg_content *content, struct sg_arena *arena,
                                      struct sg_compose_error *error)
{
    const struct sg_headers *headers = &content->message->headers;
    struct sg_content_part *root = &content->root;
    struct sg_content_field *fields =
        sg_arena_array(arena, headers->num + root->num_fields, sizeof(*fields));
    size_t num = 0;
    enum signet_status status = sg_arena_status(arena);
    for (size_t i = 0; status == SIGNET_OK && i < headers->num; i++) {
        const struct sg_header *header = &headers->items[i];
        if (!is_repeated(header))
            continue;
        if (sg_text_is_ascii(header->value))
            fields[num++] = (struct sg_content_field){header, {NULL, 0}};
        else
            status = sg_content_encode_field(header, arena, error, &fields[num++]);
    }
    for (size_t i = 0; status == SIGNET_OK && i < root->num_fields; i++) {
        fields[num] = root->fields[i];
        status = add_parameter(&fields[num++], arena, error);
    }
    if (status != SIGNET_OK)
        return status;
    root->fields = fields;
    root->num_fields = num;
    return SIGNET_OK;
}
