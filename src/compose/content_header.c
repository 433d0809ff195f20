/* SPDX-License-Identifier: Apache-2.0 */
#include "compose/content_header.h"

#include "base/buffer.h"
#include "base/text.h"
#include "compose/content_plan.h"
#include "compose/field.h"

/* What is added to the fields received: type, encoding, version. */
#define MAX_ADDED 3
/* Octets of a field's name that are shown, and of a type that is kept on one line. */
#define SHOWN_MAX 900

struct headline {
    struct sg_content_part *plan;
    struct sg_arena *arena;
    struct sg_compose_error *error;
    struct sg_content_field *fields;
    size_t num;
};

static enum signet_status refuse(const struct headline *headline, const struct sg_header *header,
                                 const char *why)
{
    const char *name =
        sg_arena_printf(headline->arena, "%.*s", (int)sg_span_first(header->name, SHOWN_MAX).len,
                        (const char *)header->name.ptr);
    if (name == NULL)
        return sg_arena_status(headline->arena);
    return sg_compose_fail(headline->error, name, why, SIGNET_ERR_PARSE);
}

static bool is_named(const struct sg_header *header, const char *name)
{
    return sg_span_is_word(header->name, name);
}

static bool write_buffer(void *context, struct signet_span bytes)
{
    struct sg_buffer *buffer = context;
    sg_buffer_add(buffer, bytes);
    return buffer->status == SIGNET_OK;
}

/* Writes HEADER anew into WRITER, all ASCII. */
static enum signet_status encode_field(const struct headline *headline, struct sg_writer *writer,
                                       const char *name, const struct sg_header *header)
{
    if (!is_named(header, "Content-Type") && !is_named(header, "Content-Disposition")) {
        struct signet_span text = sg_header_unfold(header->value, headline->arena);
        if (text.ptr == NULL)
            return sg_arena_status(headline->arena);
        return sg_field_add_text(writer, name, text, SG_FIELD_ASCII, headline->error);
    }
    struct sg_mime_value value;
    if (!sg_mime_value_parse(header->value, headline->arena, &value))
        return sg_arena_status(headline->arena);
    if (value.malformed)
        return refuse(headline, header, "it is not ASCII, and its syntax is not understood");
    struct sg_field_param *params =
        sg_arena_array(headline->arena, value.num_params, sizeof(*params));
    char *type = value.subtype.len > 0
                     ? sg_arena_printf(headline->arena, "%.*s/%.*s", (int)value.type.len,
                                       (const char *)value.type.ptr, (int)value.subtype.len,
                                       (const char *)value.subtype.ptr)
                     : sg_arena_printf(headline->arena, "%.*s", (int)value.type.len,
                                       (const char *)value.type.ptr);
    if (type == NULL || params == NULL)
        return sg_arena_status(headline->arena);
    for (size_t i = 0; i < value.num_params; i++)
        params[i] = (struct sg_field_param){value.params[i].name, value.params[i].value};
    return sg_field_add_params(writer, name, sg_span_text(type), params, value.num_params,
                               headline->error);
}

enum signet_status sg_content_encode_field(const struct sg_header *header, struct sg_arena *arena,
                                           struct sg_compose_error *error,
                                           struct sg_content_field *field)
{
    const struct headline headline = {NULL, arena, error, NULL, 0};
    const char *name =
        sg_arena_printf(arena, "%.*s", (int)header->name.len, (const char *)header->name.ptr);
    if (name == NULL)
        return sg_arena_status(arena);
    struct sg_buffer buffer;
    /* An octet becomes at most three, and a fold comes every few of them. */
    sg_buffer_init(&buffer, (size_t)4 * SG_HEADER_MAX_LEN);
    struct signet_sink sink = {write_buffer, &buffer};
    struct sg_writer writer;
    sg_writer_init(&writer, &sink);
    enum signet_status status = encode_field(&headline, &writer, name, header);
    if (status == SIGNET_OK && sg_writer_finish(&writer) != SIGNET_OK)
        status = buffer.status;
    *field = (struct sg_content_field){NULL, sg_arena_copy(arena, sg_buffer_span(&buffer))};
    sg_buffer_free(&buffer);
    if (status == SIGNET_OK && field->text.ptr == NULL)
        status = sg_arena_status(arena);
    return status == SIGNET_ERR_ARGUMENT ? SIGNET_ERR_PARSE : status;
}

static enum signet_status add_text(struct headline *headline, const char *text)
{
    if (text == NULL)
        return sg_arena_status(headline->arena);
    headline->fields[headline->num++] = (struct sg_content_field){NULL, sg_span_text(text)};
    return SIGNET_OK;
}

/* HEADER, a Content-Type, with the charset of its part behind what it says already. */
static enum signet_status add_charset(struct headline *headline, const struct sg_header *header)
{
    struct signet_span value = sg_header_unfold(header->value, headline->arena);
    if (value.ptr == NULL)
        return sg_arena_status(headline->arena);
    while (value.len > 0 && strchr("; \t", value.ptr[value.len - 1]) != NULL)
        value.len--;
    if (!sg_text_is_ascii(value) || value.len > SHOWN_MAX)
        return refuse(headline, header, "its part has no charset, and none can be added");
    return add_text(headline,
                    sg_arena_printf(headline->arena, "Content-Type: %.*s;\r\n charset=%s\r\n",
                                    (int)value.len, (const char *)value.ptr,
                                    headline->plan->charset));
}

static const char *new_encoding(const struct sg_content_part *plan)
{
    static const char *const encodings[] = {
        [SG_CONTENT_QUOTED_PRINTABLE] = "quoted-printable",
        [SG_CONTENT_BASE64] = "base64",
        [SG_CONTENT_BASE64_LINES] = "base64",
        [SG_CONTENT_WRAPPED] = "base64",
    };
    return encodings[plan->form];
}

/* HEADER does not go on: it says of the body what is not so any more, or it stays outside. */
static bool is_left_out(const struct sg_content_part *plan, const struct sg_header *header)
{
    const char *label;
    if (plan->part->parent == NULL && !sg_content_is_inner(header))
        return true;
    if (is_named(header, "Content-Type"))
        return plan->form == SG_CONTENT_WRAPPED;
    return is_named(header, "Content-Transfer-Encoding") &&
           (new_encoding(plan) != NULL || sg_content_is_labelled_wide(plan->part, &label));
}

static enum signet_status add_field(struct headline *headline, const struct sg_header *header)
{
    if (is_left_out(headline->plan, header))
        return SIGNET_OK;
    if (headline->plan->charset != NULL && is_named(header, "Content-Type"))
        return add_charset(headline, header);
    if (!sg_text_is_ascii(header->value))
        return sg_content_encode_field(header, headline->arena, headline->error,
                                       &headline->fields[headline->num++]);
    if (!sg_field_can_copy(header))
        return refuse(headline, header, "a line of it is too long, or it has a NUL or CR in it");
    headline->fields[headline->num++] = (struct sg_content_field){header, {NULL, 0}};
    return SIGNET_OK;
}

/* A type where the part is wrapped, or had none and needs one. */
static enum signet_status add_type(struct headline *headline)
{
    const struct sg_content_part *plan = headline->plan;
    if (plan->form == SG_CONTENT_WRAPPED && sg_utf8_valid(plan->part->body))
        return add_text(headline, "Content-Type: message/global\r\n");
    if (plan->form == SG_CONTENT_WRAPPED)
        return add_text(headline, "Content-Type: application/octet-stream; name=message.eml\r\n");
    if (sg_header_find(&plan->part->headers, "Content-Type", 0) != NULL)
        return SIGNET_OK;
    if (plan->charset != NULL)
        return add_text(headline,
                        sg_arena_printf(headline->arena, "Content-Type: text/plain; charset=%s\r\n",
                                        plan->charset));
    if (plan->part->parent == NULL)
        return add_text(headline, "Content-Type: text/plain\r\n");
    return SIGNET_OK;
}

static enum signet_status add_rest(struct headline *headline)
{
    const struct sg_content_part *plan = headline->plan;
    const struct sg_part *parent = plan->part->parent;
    enum signet_status status = add_type(headline);
    const char *encoding = new_encoding(plan);
    if (status == SIGNET_OK && encoding != NULL)
        status = add_text(headline, sg_arena_printf(headline->arena,
                                                    "Content-Transfer-Encoding: %s\r\n", encoding));
    /* A forwarded message that had no MIME in it has some now. */
    if (status == SIGNET_OK && parent != NULL && sg_part_holds_message(parent) &&
        sg_header_find(&plan->part->headers, "MIME-Version", 0) == NULL)
        status = add_text(headline, "MIME-Version: 1.0\r\n");
    return status;
}

enum signet_status sg_content_plan_header(struct sg_content_part *plan, struct sg_arena *arena,
                                          struct sg_compose_error *error)
{
    const struct sg_headers *headers = &plan->part->headers;
    struct headline headline = {plan, arena, error, NULL, 0};
    headline.fields = sg_arena_array(arena, headers->num + MAX_ADDED, sizeof(*headline.fields));
    if (headline.fields == NULL)
        return sg_arena_status(arena);
    for (size_t i = 0; i < headers->num; i++) {
        enum signet_status status = add_field(&headline, &headers->items[i]);
        if (status != SIGNET_OK)
            return status;
    }
    enum signet_status status = add_rest(&headline);
    plan->fields = headline.fields;
    plan->num_fields = headline.num;
    return status;
}

enum signet_status sg_content_check_outer(const struct sg_content *content,
                                          struct sg_compose_error *error)
{
    const struct sg_headers *headers = &content->message->headers;
    for (size_t i = 0; i < headers->num; i++) {
        if (!sg_content_is_inner(&headers->items[i]) && !sg_field_can_copy(&headers->items[i]))
            return sg_compose_fail(error, "", "a line of its header is too long, or has a CR in it",
                                   SIGNET_ERR_PARSE);
    }
    return SIGNET_OK;
}

void sg_content_write_outer(const struct sg_content *content, bool without_bcc,
                            struct sg_writer *writer)
{
    const struct sg_headers *headers = &content->message->headers;
    for (size_t i = 0; i < headers->num; i++) {
        const struct sg_header *header = &headers->items[i];
        bool left_out = sg_content_is_inner(header) || sg_content_is_dropped(header) ||
                        (without_bcc && is_named(header, "Bcc"));
        if (!left_out)
            sg_field_copy(writer, header);
    }
}
