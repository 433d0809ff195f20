/* SPDX-License-Identifier: Apache-2.0 */
#include "report/json.h"
#include "report/subject.h"
#include "report/text_parts.h"
#include "signet/certificate.h"
#include "signet/crl.h"

#include <string.h>

enum { NAME_SIZE = SG_SUBJECT_SIZE };

static struct signet_span span_of(const char *text)
{
    return (struct signet_span){(const uint8_t *)text, text == NULL ? 0 : strlen(text)};
}

/* As sg_subject_take. */
static void take_issuer(struct sg_emit *emit, const struct signet_crl *crl, char name[NAME_SIZE])
{
    if (signet_crl_issuer(crl, name, NAME_SIZE) == 0)
        sg_emit_check(emit, SIGNET_ERR_MEMORY);
}

static const char *rules_name(unsigned rules)
{
    return rules == SIGNET_LINT_PKIX ? "pkix" : rules == SIGNET_LINT_SMIME ? "smime" : "br";
}

/* --- JSON */

static void write_json_certificate(struct sg_json *json, size_t index,
                                   const struct signet_lint_certificate *certificate)
{
    char name[NAME_SIZE];

    sg_subject_take(json->emit, certificate->certificate, name);
    sg_json_object(json, NULL);
    sg_json_number(json, "index", (int64_t)index);
    sg_json_string(json, "subject", name);
    sg_json_hex(json, "sha256", signet_certificate_sha256(certificate->certificate));
    if (certificate->issuer < 0)
        sg_json_null(json, "issued_by");
    else
        sg_json_number(json, "issued_by", certificate->issuer);
    sg_json_string(json, "validation", certificate->validation);
    sg_json_string(json, "generation", certificate->generation);
    sg_json_end(json);
}

static void write_json_crl(struct sg_json *json, size_t index, const struct signet_crl *crl)
{
    char name[NAME_SIZE];

    take_issuer(json->emit, crl, name);
    sg_json_object(json, NULL);
    sg_json_number(json, "index", (int64_t)index);
    sg_json_string(json, "issuer", name);
    sg_json_time(json, "this_update", signet_crl_this_update(crl));
    sg_json_end(json);
}

static void write_json_finding(struct sg_json *json, const struct signet_lint_finding *finding)
{
    sg_json_object(json, NULL);
    sg_json_string(json, "id", finding->id);
    sg_json_string(json, "rules", rules_name(finding->rules));
    sg_json_string(json, "severity", signet_severity_name(finding->severity));
    sg_json_string(json, "object", signet_object_name(finding->object));
    sg_json_number(json, "index", (int64_t)finding->index);
    sg_json_string(json, "rule", finding->rule);
    sg_json_string(json, "text", finding->text);
    sg_json_end(json);
}

static void write_json(const struct signet_lint_result *result,
                       const struct signet_report_options *options, struct sg_emit *emit)
{
    struct sg_json json;

    sg_json_init(&json, emit);
    sg_json_object(&json, NULL);
    sg_json_bytes(&json, "input", span_of(options->input));
    sg_json_list(&json, "certificates");
    for (size_t i = 0; i < signet_lint_num_certificates(result); i++)
        write_json_certificate(&json, i, signet_lint_certificate(result, i));
    sg_json_end(&json);
    sg_json_list(&json, "crls");
    for (size_t i = 0; i < signet_lint_num_crls(result); i++)
        write_json_crl(&json, i, signet_lint_crl(result, i));
    sg_json_end(&json);
    sg_json_list(&json, "findings");
    for (size_t i = 0; i < signet_lint_num_findings(result); i++)
        write_json_finding(&json, signet_lint_finding(result, i));
    sg_json_end(&json);
    sg_json_number(&json, "errors", (int64_t)signet_lint_count(result, SIGNET_SEVERITY_ERROR));
    sg_json_number(&json, "warnings", (int64_t)signet_lint_count(result, SIGNET_SEVERITY_WARNING));
    sg_json_end(&json);
    sg_emit_text(emit, "\n");
}

/* --- text */

/* The findings of one object, which stand together, from *NEXT on. */
static void write_findings(struct sg_text *text, const struct signet_lint_result *result,
                           enum signet_object object, size_t index, size_t *next)
{
    static const char *const colors[] = {[SIGNET_SEVERITY_INFO] = "\033[36m",
                                         [SIGNET_SEVERITY_WARNING] = "\033[33m",
                                         [SIGNET_SEVERITY_ERROR] = "\033[31m"};
    size_t num = signet_lint_num_findings(result), first = *next;

    for (; *next < num; (*next)++) {
        const struct signet_lint_finding *finding = signet_lint_finding(result, *next);

        if (finding->object != object || finding->index != index)
            break;
        sg_emit_text(text->emit, "  ");
        sg_emit_text(text->emit, text->options->color ? colors[finding->severity] : "");
        sg_emit_printf(text->emit, "%-8s", signet_severity_name(finding->severity));
        sg_emit_text(text->emit, text->options->color ? "\033[0m" : "");
        sg_emit_printf(text->emit, "%s  [%s]\n", finding->id, finding->rule);
        sg_emit_blanks(text->emit, 10);
        sg_text_wrap(text, finding->text, 10);
    }
    if (*next == first)
        sg_emit_text(text->emit, "  no rule is broken\n");
}

static void write_certificate(struct sg_text *text, size_t index,
                              const struct signet_lint_certificate *certificate)
{
    char name[NAME_SIZE];

    sg_subject_take(text->emit, certificate->certificate, name);
    sg_emit_printf(text->emit, "certificate %zu  ", index);
    sg_emit_text(text->emit, name);
    sg_emit_text(text->emit, "\n");
    if (certificate->validation != NULL)
        sg_emit_printf(text->emit, "  S/MIME Baseline Requirements: %s validated, %s generation\n",
                       certificate->validation, certificate->generation);
}

static void write_text(const struct signet_lint_result *result,
                       const struct signet_report_options *options, struct sg_emit *emit)
{
    struct sg_text text = {emit, options};
    char name[NAME_SIZE];
    size_t next = 0;

    sg_emit_safe(emit, span_of(options->input));
    sg_emit_printf(emit, ": %zu errors, %zu warnings\n",
                   signet_lint_count(result, SIGNET_SEVERITY_ERROR),
                   signet_lint_count(result, SIGNET_SEVERITY_WARNING));
    for (size_t i = 0; i < signet_lint_num_certificates(result); i++) {
        write_certificate(&text, i, signet_lint_certificate(result, i));
        write_findings(&text, result, SIGNET_OBJECT_CERTIFICATE, i, &next);
    }
    for (size_t i = 0; i < signet_lint_num_crls(result); i++) {
        take_issuer(emit, signet_lint_crl(result, i), name);
        sg_emit_printf(emit, "CRL %zu  ", i);
        sg_emit_text(emit, name);
        sg_emit_text(emit, "\n");
        write_findings(&text, result, SIGNET_OBJECT_CRL, i, &next);
    }
}

enum signet_status signet_report_lint(const struct signet_lint_result *result,
                                      const struct signet_report_options *options,
                                      const struct signet_sink *sink)
{
    struct sg_emit emit;

    sg_emit_init(&emit, sink);
    if (options->format == SIGNET_FORMAT_JSON)
        write_json(result, options, &emit);
    else
        write_text(result, options, &emit);
    return sg_emit_finish(&emit);
}
