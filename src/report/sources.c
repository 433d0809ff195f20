/* SPDX-License-Identifier: Apache-2.0 */
#include "report/sources.h"

void sg_json_sources(struct sg_json *json, const struct signet_report_options *options)
{
    sg_json_list(json, "sources");
    for (size_t i = 0; i < options->num_sources; i++) {
        const struct signet_retrieved *source = &options->sources[i];

        sg_json_object(json, NULL);
        sg_json_string(json, "url", source->url);
        sg_json_string(json, "need", signet_need_kind_name(source->need));
        sg_json_string(json, "outcome", signet_retrieve_outcome_name(source->outcome));
        sg_json_string(json, "from", signet_retrieved_from_name(source->from));
        sg_json_string(json, "reason", source->reason);
        sg_json_number(json, "bytes", (int64_t)source->bytes);
        sg_json_end(json);
    }
    sg_json_end(json);
}

static void write_source(struct sg_text *text, const struct signet_retrieved *source)
{
    sg_emit_printf(text->emit, "  %-10s  %-9s  ", signet_retrieve_outcome_name(source->outcome),
                   signet_need_kind_name(source->need));
    sg_emit_text(text->emit, source->url);
    if (source->bytes > 0)
        sg_emit_printf(text->emit, " (%zu octets)", source->bytes);
    sg_emit_text(text->emit, "\n");
    if (source->reason[0] == '\0')
        return;
    sg_emit_blanks(text->emit, 25);
    sg_text_wrap(text, source->reason, 25);
}

static bool is_shown(const struct sg_text *text, const struct signet_retrieved *source)
{
    return text->options->explain || source->from != SIGNET_FROM_DATABASE;
}

void sg_text_sources(struct sg_text *text)
{
    const struct signet_report_options *options = text->options;
    bool begun = false;

    for (size_t i = 0; i < options->num_sources; i++) {
        if (!is_shown(text, &options->sources[i]))
            continue;
        if (!begun)
            sg_emit_text(text->emit, "\nSources:\n");
        begun = true;
        write_source(text, &options->sources[i]);
    }
}
