/* SPDX-License-Identifier: Apache-2.0 */
#include "signet/report.h"

#include "report/dump_json.h"
#include "report/dump_text.h"
#include "report/record_report.h"
#include "report/report_json.h"
#include "report/report_text.h"
#include "report/show.h"

/* The formats: one row each. */
static const struct format {
    void (*message)(const struct signet_message_result *result,
                    const struct signet_report_options *options, struct sg_emit *emit);
    void (*path)(const struct signet_path_result *result,
                 const struct signet_report_options *options, struct sg_emit *emit);
    void (*record)(const struct sg_record_view *view,
                   const struct signet_choice_candidate *candidate, bool chosen,
                   const struct signet_report_options *options, struct sg_emit *emit);
    void (*binding)(const struct signet_binding *binding,
                    const struct signet_report_options *options, struct sg_emit *emit);
} formats[] = {
    [SIGNET_FORMAT_TEXT] = {sg_message_write_text, sg_path_write_text, sg_record_write_text,
                            sg_binding_write_text},
    [SIGNET_FORMAT_JSON] = {sg_message_write_json, sg_path_write_json, sg_record_write_json,
                            sg_binding_write_json},
};

enum signet_status signet_report_message(const struct signet_message_result *result,
                                         const struct signet_report_options *options,
                                         const struct signet_sink *sink)
{
    struct sg_emit emit;

    sg_emit_init(&emit, sink);
    formats[options->format].message(result, options, &emit);
    return sg_emit_finish(&emit);
}

enum signet_status signet_report_path(const struct signet_path_result *result,
                                      const struct signet_report_options *options,
                                      const struct signet_sink *sink)
{
    struct sg_emit emit;

    sg_emit_init(&emit, sink);
    formats[options->format].path(result, options, &emit);
    return sg_emit_finish(&emit);
}

/* Bytes of working memory: a record is some lines, however many addresses it has. */
#define RECORD_MEMORY ((size_t)64 << 20)

enum signet_status signet_report_record(const struct signet_record *record,
                                        const struct signet_choice_candidate *candidate,
                                        bool chosen, const struct signet_report_options *options,
                                        const struct signet_sink *sink)
{
    struct sg_record_view view;
    struct sg_arena arena;
    struct sg_emit emit;

    sg_arena_init(&arena, RECORD_MEMORY);
    sg_emit_init(&emit, sink);
    if (sg_record_view_make(record, &arena, &view))
        formats[options->format].record(&view, candidate, chosen, options, &emit);
    else
        sg_emit_check(&emit, SIGNET_ERR_MEMORY);
    sg_arena_clear(&arena);
    return sg_emit_finish(&emit);
}

enum signet_status signet_report_binding(const struct signet_binding *binding,
                                         const struct signet_report_options *options,
                                         const struct signet_sink *sink)
{
    struct sg_emit emit;

    sg_emit_init(&emit, sink);
    formats[options->format].binding(binding, options, &emit);
    return sg_emit_finish(&emit);
}

/* Bytes of working memory beyond a multiple of the input: base64 and copies of a message's parts.
 */
#define SHOW_MEMORY ((size_t)1 << 30)

static enum signet_status show(struct sg_dump *dump, struct signet_span bytes, size_t max_entries,
                               const char *input, bool *all_read, struct signet_parse_error *error)
{
    struct sg_show show = {.dump = dump, .max_entries = max_entries, .all_read = true};
    sg_arena_init(&show.arena, SHOW_MEMORY);
    show.uncompressing = sg_uncompressing_begin(&show.arena, SHOW_MEMORY / 2);
    sg_dump_map(dump, NULL);
    sg_dump_string(dump, "input", input == NULL ? "" : input);
    bool done = sg_show_any(&show, bytes) && !dump->failed;
    sg_dump_end(dump);
    enum signet_status status = sg_arena_status(&show.arena);
    if (status == SIGNET_OK && !done)
        status = SIGNET_ERR_MEMORY;
    sg_arena_clear(&show.arena);
    *all_read = show.all_read;
    if (error != NULL)
        *error = show.error;
    return status;
}

enum signet_status signet_report_show(struct signet_span bytes, size_t max_entries,
                                      const struct signet_report_options *options,
                                      const struct signet_sink *sink, bool *all_read,
                                      struct signet_parse_error *error)
{
    struct sg_dump_json json;
    struct sg_dump_text text;
    struct sg_dump *dump = options->format == SIGNET_FORMAT_JSON ? &json.dump : &text.dump;
    struct sg_emit emit;
    enum signet_status status, written;

    sg_emit_init(&emit, sink);
    sg_dump_json_init(&json, &emit);
    sg_dump_text_init(&text, &emit);
    status = show(dump, bytes, max_entries, options->input, all_read, error);
    if (options->format == SIGNET_FORMAT_JSON)
        sg_emit_text(&emit, "\n");
    written = sg_emit_finish(&emit);
    return status != SIGNET_OK ? status : written;
}
