/* SPDX-License-Identifier: Apache-2.0 */
#include "report/json_parts.h"
#include "report/sources.h"
#include "report/subject.h"
#include "report/text_parts.h"
#include "signet/sign.h"

#include <string.h>

static const struct signet_candidate *best_of(const struct signet_sign_candidate *candidate)
{
    return &signet_path_result_candidates(candidate->path)->items[0];
}

/* --- JSON */

static void write_json_reasons(struct sg_json *json, unsigned reasons)
{
    sg_json_list(json, "against");
    for (unsigned i = 0; i < SIGNET_NUM_FORCES; i++)
        if ((reasons & 1u << i) != 0)
            sg_json_string(json, NULL, signet_force_name(i));
    sg_json_end(json);
}

static void write_json_name(struct sg_json *json, const char *key,
                            const struct signet_certificate *certificate)
{
    char subject[SG_SUBJECT_SIZE];

    if (certificate == NULL) {
        sg_json_null(json, key);
        return;
    }
    sg_subject_take(json->emit, certificate, subject);
    sg_json_object(json, key);
    sg_json_string(json, "subject", subject);
    sg_json_hex(json, "sha256", signet_certificate_sha256(certificate));
    sg_json_end(json);
}

static void write_json_candidate(struct sg_json *json,
                                 const struct signet_sign_candidate *candidate, bool chosen)
{
    sg_json_object(json, NULL);
    sg_json_string(json, "verdict", signet_verdict_name(candidate->verdict));
    sg_json_boolean(json, "chosen", chosen);
    sg_json_string(json, "why", candidate->why);
    write_json_reasons(json, candidate->against);
    sg_json_certificate(json, "certificate", &best_of(candidate)->certificates[0]);
    sg_json_end(json);
}

static void write_json_enclosed(struct sg_json *json, const struct signet_sign_plan *plan)
{
    size_t num;
    const struct signet_certificate *const *chain = signet_sign_plan_chain(plan, &num);

    sg_json_list(json, "chain");
    for (size_t i = 0; i < num; i++)
        write_json_name(json, NULL, chain[i]);
    sg_json_end(json);
    signet_sign_plan_crls(plan, &num);
    sg_json_number(json, "crls", (int64_t)num);
    write_json_name(json, "encrypt_to", signet_sign_plan_encrypt_to(plan));
}

static void write_json(const struct signet_sign_plan *plan,
                       const struct signet_report_options *options, struct sg_emit *emit)
{
    struct sg_json json;
    size_t num;
    const struct signet_sign_candidate *all = signet_sign_plan_candidates(plan, &num);
    bool ready = signet_sign_plan_ready(plan);

    sg_json_init(&json, emit);
    sg_json_object(&json, NULL);
    sg_json_bytes(&json, "input",
                  (struct signet_span){(const uint8_t *)options->input, strlen(options->input)});
    sg_json_boolean(&json, "ready", ready);
    sg_json_string(&json, "verdict", signet_verdict_name(signet_sign_plan_verdict(plan)));
    write_json_reasons(&json, signet_sign_plan_against(plan));
    sg_json_string(&json, "algorithm", signet_sign_plan_algorithm(plan));
    sg_json_list(&json, "candidates");
    for (size_t i = 0; i < num; i++)
        write_json_candidate(&json, &all[i], ready && i == 0);
    sg_json_end(&json);
    write_json_enclosed(&json, plan);
    sg_json_findings(&json, "findings", signet_sign_plan_findings(plan));
    sg_json_sources(&json, options);
    sg_json_end(&json);
    sg_emit_text(emit, "\n");
}

/* --- text */

static void write_reasons(struct sg_text *text, unsigned reasons)
{
    const char *separator = " ";

    sg_text_label(text, "plan");
    sg_emit_text(text->emit, "nothing is signed");
    if (reasons != 0)
        sg_emit_text(text->emit, "; what may be set aside:");
    for (unsigned i = 0; i < SIGNET_NUM_FORCES; i++) {
        if ((reasons & 1u << i) == 0)
            continue;
        sg_emit_text(text->emit, separator);
        sg_emit_text(text->emit, signet_force_name(i));
        separator = ", ";
    }
    sg_emit_text(text->emit, "\n");
}

static void write_name(struct sg_text *text, const char *label,
                       const struct signet_certificate *certificate)
{
    char subject[SG_SUBJECT_SIZE];

    if (certificate == NULL)
        return;
    sg_subject_take(text->emit, certificate, subject);
    sg_text_line(text, label, subject);
}

static void write_candidate(struct sg_text *text, const struct signet_sign_candidate *candidate,
                            const char *label)
{
    write_name(text, label, candidate->certificate);
    sg_text_label(text, "");
    sg_emit_text(text->emit, "sha256 ");
    sg_emit_hex(text->emit, signet_certificate_sha256(candidate->certificate));
    sg_emit_text(text->emit, "\n");
    sg_text_line(text, "", candidate->why);
}

static void write_enclosed(struct sg_text *text, const struct signet_sign_plan *plan)
{
    size_t num;
    const struct signet_certificate *const *chain = signet_sign_plan_chain(plan, &num);

    for (size_t i = 0; i < num; i++)
        write_name(text, i == 0 ? "goes along" : "", chain[i]);
    signet_sign_plan_crls(plan, &num);
    if (num > 0) {
        sg_text_label(text, "");
        sg_emit_printf(text->emit, "%zu CRL%s\n", num, num == 1 ? "" : "s");
    }
    write_name(text, "encrypt to", signet_sign_plan_encrypt_to(plan));
}

static void write_text(const struct signet_sign_plan *plan,
                       const struct signet_report_options *options, struct sg_emit *emit)
{
    struct sg_text text = {emit, options};
    struct signet_findings findings = signet_sign_plan_findings(plan);
    size_t num;
    const struct signet_sign_candidate *all = signet_sign_plan_candidates(plan, &num);
    bool ready = signet_sign_plan_ready(plan);

    sg_text_headline(&text, signet_sign_plan_verdict(plan), &findings, 1);
    if (ready)
        sg_text_line(&text, "plan", "ready to sign");
    else
        write_reasons(&text, signet_sign_plan_against(plan));
    if (num > 0)
        write_candidate(&text, &all[0], ready ? "signer" : "best");
    if (ready) {
        sg_text_line(&text, "algorithm", signet_sign_plan_algorithm(plan));
        write_enclosed(&text, plan);
    }
    sg_text_findings(&text, findings);
    for (size_t i = 1; i < num; i++)
        write_candidate(&text, &all[i], "not");
    sg_text_sources(&text);
}

enum signet_status signet_report_sign_plan(const struct signet_sign_plan *plan,
                                           const struct signet_report_options *options,
                                           const struct signet_sink *sink)
{
    struct sg_emit emit;

    sg_emit_init(&emit, sink);
    if (options->format == SIGNET_FORMAT_JSON)
        write_json(plan, options, &emit);
    else
        write_text(plan, options, &emit);
    return sg_emit_finish(&emit);
}
