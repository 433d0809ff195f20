/* SPDX-License-Identifier: Apache-2.0 */
#include "report/json_parts.h"
#include "report/sources.h"

#include <string.h>

static struct signet_span span_of(const char *text)
{
    return (struct signet_span){(const uint8_t *)text, strlen(text)};
}

static const struct signet_candidate *best_of(const struct signet_lookup_verdict *verdict)
{
    return &signet_path_result_candidates(verdict->path)->items[0];
}

static void write_json_candidate(struct sg_json *json, const struct signet_lookup_verdict *verdict)
{
    sg_json_object(json, NULL);
    sg_json_string(json, "verdict", signet_verdict_name(signet_path_result_verdict(verdict->path)));
    sg_json_boolean(json, "chosen", verdict->chosen);
    sg_json_boolean(json, "bound", verdict->bound);
    sg_json_string(json, "place", signet_place_name(verdict->place));
    sg_json_string(json, "source", verdict->source);
    sg_json_string(json, "smimea", signet_smimea_result_name(verdict->smimea));
    sg_json_certificate(json, "certificate", &best_of(verdict)->certificates[0]);
    sg_json_findings(json, "findings", signet_path_result_findings(verdict->path));
    sg_json_end(json);
}

static void write_json(const char *address, const struct signet_lookup_verdict *verdicts,
                       size_t num, const struct signet_report_options *options,
                       struct sg_emit *emit)
{
    struct sg_json json;
    bool found = false;

    for (size_t i = 0; i < num; i++)
        found = found || verdicts[i].chosen;
    sg_json_init(&json, emit);
    sg_json_object(&json, NULL);
    sg_json_bytes(&json, "address", span_of(address));
    sg_json_boolean(&json, "found", found);
    sg_json_list(&json, "candidates");
    for (size_t i = 0; i < num; i++)
        write_json_candidate(&json, &verdicts[i]);
    sg_json_end(&json);
    sg_json_sources(&json, options);
    sg_json_end(&json);
    sg_emit_text(emit, "\n");
}

static const char *fate(const struct signet_lookup_verdict *verdict)
{
    if (verdict->bound)
        return "; bound to the address";
    if (verdict->chosen)
        return verdict->place == SIGNET_PLACE_DATABASE ? "; it is in the database" : "";
    if (verdict->smimea == SIGNET_SMIMEA_MISMATCH)
        return "; not used, as the domain's SMIMEA records name another certificate";
    return "; not used";
}

static void write_text_candidate(struct sg_text *text, const struct signet_lookup_verdict *verdict)
{
    sg_emit_text(text->emit, "  ");
    sg_text_verdict(text, signet_path_result_verdict(verdict->path), 7);
    sg_emit_text(text->emit, " ");
    sg_emit_text(text->emit, best_of(verdict)->certificates[0].subject);
    sg_emit_text(text->emit, "\n          sha256 ");
    sg_emit_hex(text->emit,
                signet_certificate_sha256(best_of(verdict)->certificates[0].certificate));
    sg_emit_text(text->emit, "\n          from ");
    sg_emit_text(text->emit, verdict->source);
    sg_emit_text(text->emit, fate(verdict));
    sg_emit_text(text->emit, "\n");
    if (!verdict->chosen || text->options->explain)
        sg_text_findings(text, signet_path_result_findings(verdict->path));
}

static void write_text(const char *address, const struct signet_lookup_verdict *verdicts,
                       size_t num, const struct signet_report_options *options,
                       struct sg_emit *emit)
{
    /* What the database had is of interest here. */
    struct signet_report_options all = *options;
    struct sg_text text = {emit, &all};

    all.explain = true;
    sg_emit_safe(emit, span_of(address));
    sg_emit_text(emit, num == 0 ? ": no certificate was found\n" : ":\n");
    text.options = options;
    for (size_t i = 0; i < num; i++)
        write_text_candidate(&text, &verdicts[i]);
    text.options = &all;
    sg_text_sources(&text);
}

enum signet_status signet_report_lookup(const char *address,
                                        const struct signet_lookup_verdict *verdicts, size_t num,
                                        const struct signet_report_options *options,
                                        const struct signet_sink *sink)
{
    struct sg_emit emit;

    sg_emit_init(&emit, sink);
    if (options->format == SIGNET_FORMAT_JSON)
        write_json(address, verdicts, num, options, &emit);
    else
        write_text(address, verdicts, num, options, &emit);
    return sg_emit_finish(&emit);
}
