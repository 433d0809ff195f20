/* SPDX-License-Identifier: Apache-2.0 */
/* Whatever can be composed is fit for 7 bits and read back as the same octets; composed again it is
 * the same again. A header field of any value is one field, and its value is read back. */
#include "base/buffer.h"
#include "base/text.h"
#include "compose/field.h"
#include "compose/mail.h"
#include "compose/survey.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct sg_mime_limits limits = {120, 12000};

static void check(bool ok)
{
    if (!ok)
        abort();
}

static bool keep(void *context, struct signet_span bytes)
{
    sg_buffer_add(context, bytes);
    return true;
}

struct output {
    struct sg_buffer buffer;
    struct signet_sink sink;
    struct sg_writer writer;
};

static struct sg_writer *output_begin(struct output *output)
{
    sg_buffer_init(&output->buffer, (size_t)1 << 28);
    output->sink = (struct signet_sink){keep, &output->buffer};
    sg_writer_init(&output->writer, &output->sink);
    return &output->writer;
}

static struct signet_span output_end(struct output *output)
{
    check(sg_writer_finish(&output->writer) == SIGNET_OK);
    check(output->buffer.status == SIGNET_OK);
    return sg_buffer_span(&output->buffer);
}

static bool is_canonical(struct signet_span entity)
{
    for (size_t i = 0; i < entity.len; i++) {
        if (entity.ptr[i] == '\n' && (i == 0 || entity.ptr[i - 1] != '\r'))
            return false;
    }
    struct sg_survey survey = sg_survey_make(entity);
    return sg_survey_is_7bit(&survey);
}

/* The mail around ENTITY, read. */
static void check_mail(const struct sg_content *content, struct signet_span entity,
                       struct sg_arena *arena)
{
    struct output mail;
    char separator[SG_SEPARATOR_SIZE];
    check(sg_separator_choose(content, entity, separator) == SIGNET_OK);
    check(sg_mail_write_signed(content, true, "sha-256", separator, entity, output_begin(&mail),
                               NULL) == SIGNET_OK);
    struct sg_part *part;
    check(sg_part_parse(output_end(&mail), &limits, arena, &part));
    check(sg_part_is(part, "multipart", "signed") && part->num_children == 2);
    check(!part->headers.malformed && !part->ambiguous && !part->unterminated);
    check(sg_span_equal(part->children[0].raw, entity));
    struct signet_span signature;
    bool clean;
    check(sg_part_decode(&part->children[1], arena, &signature, &clean) && clean);
    check(sg_span_equal(signature, entity));
    sg_buffer_free(&mail.buffer);
}

static void check_again(struct signet_span entity, struct sg_arena *arena)
{
    struct output message, again;
    struct sg_content content;
    sg_writer_add_text(output_begin(&message), "A: b\r\n");
    sg_writer_add(&message.writer, entity);
    check(sg_content_prepare(output_end(&message), arena, &content, NULL) == SIGNET_OK);
    sg_content_write(&content, output_begin(&again));
    check(sg_span_equal(output_end(&again), entity));
    sg_buffer_free(&again.buffer);
    sg_buffer_free(&message.buffer);
}

static void check_message(struct signet_span message, struct sg_arena *arena)
{
    struct sg_content content;
    struct sg_compose_error error = {NULL, NULL};
    enum signet_status status = sg_content_prepare(message, arena, &content, &error);
    check(status == SIGNET_OK || error.why != NULL);
    if (status != SIGNET_OK)
        return;
    struct output entity;
    sg_content_write(&content, output_begin(&entity));
    struct signet_span octets = output_end(&entity);
    check(is_canonical(octets));
    check_mail(&content, octets, arena);
    check_again(octets, arena);
    sg_buffer_free(&entity.buffer);
}

/* The one field that FIELD is. */
static struct sg_header only_field(struct signet_span field, struct sg_arena *arena)
{
    struct sg_headers headers;
    size_t len;
    check(sg_headers_parse(field, arena, &headers, &len));
    check(headers.num == 1 && !headers.malformed && len == field.len);
    return headers.items[0];
}

static void check_field(struct signet_span value, struct sg_arena *arena)
{
    struct output field;
    struct sg_writer *writer = output_begin(&field);
    if (sg_field_add_text(writer, "S", value, SG_FIELD_ASCII, NULL) == SIGNET_OK) {
        struct signet_span text = output_end(&field);
        check(sg_text_is_ascii(text));
        (void)only_field(text, arena);
    }
    sg_buffer_free(&field.buffer);

    const struct sg_field_param param = {sg_span_text("n"), value};
    writer = output_begin(&field);
    if (sg_field_add_params(writer, "C", sg_span_text("a/b"), &param, 1, NULL) == SIGNET_OK) {
        struct sg_header header = only_field(output_end(&field), arena);
        struct sg_mime_value read;
        check(sg_mime_value_parse(header.value, arena, &read) && !read.malformed);
        check(read.num_params == 1 && sg_span_equal(read.params[0].value, value));
    }
    sg_buffer_free(&field.buffer);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct sg_arena arena;
    sg_arena_init(&arena, (size_t)1 << 28);
    check_message(sg_span(data, size), &arena);
    check_field(sg_span(data, size < 300 ? size : 300), &arena);
    check(!arena.failed);
    sg_arena_clear(&arena);
    return 0;
}
