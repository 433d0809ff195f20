/* SPDX-License-Identifier: Apache-2.0 */
#include "report/report_json.h"

#include "report/json_attributes.h"
#include "report/json_parts.h"
#include "report/sources.h"

#include <string.h>

static struct signet_span span_of(const char *text)
{
    return (struct signet_span){(const uint8_t *)text, text == NULL ? 0 : strlen(text)};
}

static void write_head(struct sg_json *json, const struct signet_report_options *options,
                       enum signet_verdict verdict, signet_time time)
{
    sg_json_bytes(json, "input", span_of(options->input));
    sg_json_string(json, "verdict", signet_verdict_name(verdict));
    sg_json_time(json, "time", time);
}

static void write_address(struct sg_json *json, const struct signet_address_check *address)
{
    sg_json_object(json, "address");
    sg_json_string(json, "result", signet_address_result_name(address->result));
    sg_json_list(json, "header");
    for (size_t i = 0; i < address->num_header; i++)
        sg_json_string(json, NULL, address->header[i]);
    sg_json_end(json);
    sg_json_list(json, "certificate");
    for (size_t i = 0; i < address->num_certificate; i++)
        sg_json_string(json, NULL, address->certificate[i].text);
    sg_json_end(json);
    sg_json_string(json, "matched", address->matched);
    sg_json_string(json, "field", address->field);
    sg_json_string(json, "source", address->source);
    sg_json_end(json);
}

static void write_countersigners(struct sg_json *json, const struct signet_signer *signer)
{
    if (signer->num_countersigners == 0)
        return;
    sg_json_list(json, "countersigners");
    for (size_t i = 0; i < signer->num_countersigners; i++) {
        const struct signet_countersigner *countersigner = &signer->countersigners[i];

        sg_json_object(json, NULL);
        sg_json_string(json, "signature", signet_verdict_name(countersigner->signature));
        sg_json_string(json, "subject", countersigner->subject);
        sg_json_findings(json, "findings", countersigner->findings);
        sg_json_end(json);
    }
    sg_json_end(json);
}

static void write_signer(struct sg_json *json, const struct signet_signer *signer, bool explain)
{
    sg_json_object(json, NULL);
    sg_json_string(json, "verdict", signet_verdict_name(signer->verdict));
    sg_json_string(json, "part", signer->part);
    sg_json_string(json, "layer", signer->layer);
    sg_json_string(json, "signature", signet_verdict_name(signer->signature));
    write_address(json, &signer->address);
    sg_json_string(json, "sid", signer->sid);
    sg_json_string(json, "algorithm", signer->algorithm);
    sg_json_time(json, "claimed_time", signer->claimed_time);
    if (signer->paths != NULL) {
        sg_json_certificate(json, "certificate", &signer->paths->items[0].certificates[0]);
        sg_json_candidates(json, signer->paths, explain);
    } else {
        sg_json_null(json, "certificate");
        sg_json_list(json, "path");
        sg_json_end(json);
    }
    write_countersigners(json, signer);
    sg_json_attributes(json, signer);
    sg_json_findings(json, "findings", signer->findings);
    sg_json_end(json);
}

void sg_message_write_json(const struct signet_message_result *result,
                           const struct signet_report_options *options, struct sg_emit *emit)
{
    struct sg_json json;
    size_t num;
    const struct signet_signer *signers = signet_message_result_signers(result, &num);

    sg_json_init(&json, emit);
    sg_json_object(&json, NULL);
    write_head(&json, options, signet_message_result_verdict(result),
               signet_message_result_time(result));
    sg_json_string(&json, "signed", signet_coverage_name(signet_message_result_signed(result)));
    sg_json_string(&json, "from", signet_message_result_from(result));
    sg_json_string(&json, "subject", signet_message_result_subject(result));
    sg_json_list(&json, "signers");
    for (size_t i = 0; i < num; i++)
        write_signer(&json, &signers[i], options->explain);
    sg_json_end(&json);
    sg_json_findings(&json, "findings", signet_message_result_findings(result));
    sg_json_sources(&json, options);
    sg_json_end(&json);
    sg_emit_text(emit, "\n");
}

void sg_path_write_json(const struct signet_path_result *result,
                        const struct signet_report_options *options, struct sg_emit *emit)
{
    struct sg_json json;

    sg_json_init(&json, emit);
    sg_json_object(&json, NULL);
    write_head(&json, options, signet_path_result_verdict(result), signet_path_result_time(result));
    sg_json_candidates(&json, signet_path_result_candidates(result), options->explain);
    sg_json_findings(&json, "findings", signet_path_result_findings(result));
    sg_json_sources(&json, options);
    sg_json_end(&json);
    sg_emit_text(emit, "\n");
}
