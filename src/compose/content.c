/* SPDX-License-Identifier: Apache-2.0 */
#include "compose/content.h"

#include "compose/content_header.h"
#include "compose/content_plan.h"
#include "compose/encode.h"
#include "compose/field.h"

static enum signet_status refuse(struct sg_compose_error *error, const char *why)
{
    return sg_compose_fail(error, "", why, SIGNET_ERR_PARSE);
}

/* Why no two readers would agree about MESSAGE's header, or NULL. */
static const char *why_bad_header(const struct sg_part *message)
{
    const struct sg_headers *headers = &message->headers;
    if (headers->num == 0)
        return "it has no header: put at least a From line and an empty line in front";
    if (headers->malformed)
        return "its header ends in a line that is no field, or has an octet that no header may "
               "have";
    if (sg_header_count(headers, "Content-Type") > 1 ||
        sg_header_count(headers, "Content-Transfer-Encoding") > 1)
        return "its header describes the content twice";
    return NULL;
}

enum signet_status sg_content_prepare(struct signet_span message, struct sg_arena *arena,
                                      struct sg_content *content, struct sg_compose_error *error)
{
    const struct sg_mime_limits limits = {SG_CONTENT_MAX_DEPTH, SG_CONTENT_MAX_PARTS};
    struct sg_part *root;
    if (!sg_part_parse(message, &limits, arena, &root))
        return sg_arena_status(arena);
    content->message = root;
    const char *why = why_bad_header(root);
    if (why != NULL)
        return refuse(error, why);
    enum signet_status status = sg_content_plan(content, arena, error);
    return status == SIGNET_OK ? sg_content_check_outer(content, error) : status;
}

/* Where writing stands: parts above the one being written, and the next child of each. */
struct level {
    const struct sg_content_part *part;
    size_t next;
};

static void write_delimiter(struct sg_writer *writer, const struct sg_part *multipart, bool closing)
{
    sg_writer_add_text(writer, "--");
    sg_writer_add(writer, sg_mime_param_find(&multipart->type, "boundary"));
    sg_writer_add_text(writer, closing ? "--" : "\r\n");
}

static void write_filler(struct sg_writer *writer, struct signet_span filler)
{
    if (sg_content_keeps_filler(filler))
        sg_writer_add_lines(writer, filler);
}

static void write_body(struct sg_writer *writer, const struct sg_content_part *plan)
{
    struct signet_span body = plan->part->body;
    if (plan->form == SG_CONTENT_QUOTED_PRINTABLE)
        sg_quoted_printable_write(writer, body);
    else if (plan->form == SG_CONTENT_MEND && plan->part->encoding == SG_ENCODING_BASE64)
        sg_base64_mend(writer, body);
    else if (plan->form == SG_CONTENT_MEND)
        sg_quoted_printable_mend(writer, body);
    else if (plan->form == SG_CONTENT_BASE64 || plan->form == SG_CONTENT_BASE64_LINES ||
             plan->form == SG_CONTENT_WRAPPED)
        sg_base64_write(writer, body, plan->form != SG_CONTENT_BASE64);
    else
        sg_writer_add_lines(writer, body);
}

static void write_header(struct sg_writer *writer, const struct sg_content_part *plan)
{
    for (size_t i = 0; i < plan->num_fields; i++) {
        const struct sg_content_field *field = &plan->fields[i];
        if (field->copied != NULL)
            sg_field_copy(writer, field->copied);
        else
            sg_writer_add(writer, field->text);
    }
    sg_writer_add_text(writer, "\r\n");
}

/* The part, or with CHILDREN what stands before its children. */
static void open_part(struct sg_writer *writer, const struct sg_content_part *plan)
{
    if (plan->form == SG_CONTENT_AS_IS && plan->part->parent != NULL) {
        sg_writer_add_lines(writer, plan->part->raw);
        return;
    }
    write_header(writer, plan);
    if (plan->form != SG_CONTENT_CHILDREN) {
        write_body(writer, plan);
        return;
    }
    const struct sg_part *part = plan->part;
    if (sg_part_is(part, "multipart", NULL) && part->preamble.len > 0 &&
        sg_content_keeps_filler(part->preamble)) {
        sg_writer_add_lines(writer, part->preamble);
        sg_writer_add_text(writer, "\r\n");
    }
}

static void close_part(struct sg_writer *writer, const struct sg_part *part)
{
    if (!sg_part_is(part, "multipart", NULL))
        return;
    sg_writer_add_text(writer, "\r\n");
    write_delimiter(writer, part, true);
    sg_writer_add_text(writer, "\r\n");
    write_filler(writer, part->epilogue);
}

void sg_content_write(const struct sg_content *content, struct sg_writer *writer)
{
    struct level levels[SG_CONTENT_MAX_DEPTH + 2];
    size_t depth = 0;
    open_part(writer, &content->root);
    if (content->root.form == SG_CONTENT_CHILDREN)
        levels[depth++] = (struct level){&content->root, 0};
    while (depth > 0) {
        struct level *level = &levels[depth - 1];
        const struct sg_part *part = level->part->part;
        if (level->next == part->num_children) {
            close_part(writer, part);
            depth--;
            continue;
        }
        const struct sg_content_part *child = &level->part->children[level->next++];
        if (sg_part_is(part, "multipart", NULL)) {
            if (level->next > 1)
                sg_writer_add_text(writer, "\r\n");
            write_delimiter(writer, part, false);
        }
        open_part(writer, child);
        if (child->form == SG_CONTENT_CHILDREN)
            levels[depth++] = (struct level){child, 0};
    }
}
