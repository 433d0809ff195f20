/* SPDX-License-Identifier: Apache-2.0 */
#include "report/json_parts.h"
#include "report/sources.h"
#include "report/subject.h"
#include "report/text_parts.h"
#include "signet/decrypt.h"
#include "signet/encrypt.h"

#include <string.h>

static enum signet_verdict worst_of(struct signet_findings findings)
{
    enum signet_verdict worst = SIGNET_VERDICT_GOOD;

    for (size_t i = 0; i < findings.num; i++)
        if (findings.items[i].effect > worst)
            worst = findings.items[i].effect;
    return worst;
}

static const char *cipher_name(const struct signet_encrypt_plan *plan)
{
    enum signet_cipher cipher = signet_encrypt_plan_cipher(plan);

    return cipher == SIGNET_CIPHER_AUTO ? NULL : signet_cipher_name(cipher);
}

/* --- JSON */

static void write_json_certificate(struct sg_json *json, const char *key,
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
    sg_json_time(json, "not_after", signet_certificate_not_after(certificate));
    sg_json_end(json);
}

static void write_json_candidate(struct sg_json *json,
                                 const struct signet_choice_candidate *candidate)
{
    sg_json_object(json, NULL);
    sg_json_string(json, "verdict", signet_verdict_name(candidate->verdict));
    sg_json_string(json, "why", candidate->why);
    write_json_certificate(json, "certificate", candidate->certificate);
    sg_json_end(json);
}

static void write_json_recipient(struct sg_json *json,
                                 const struct signet_encrypt_recipient *recipient)
{
    sg_json_object(json, NULL);
    sg_json_string(json, "address", recipient->address);
    sg_json_string(json, "field", signet_recipient_field_name(recipient->field));
    write_json_certificate(json, "certificate", recipient->certificate);
    sg_json_string(json, "method", recipient->method);
    sg_json_string(json, "why", recipient->why);
    sg_json_list(json, "candidates");
    for (size_t i = 0; i < recipient->num_candidates; i++)
        write_json_candidate(json, &recipient->candidates[i]);
    sg_json_end(json);
    sg_json_end(json);
}

static void begin_json(struct sg_json *json, struct sg_emit *emit,
                       const struct signet_report_options *options)
{
    sg_json_init(json, emit);
    sg_json_object(json, NULL);
    sg_json_bytes(json, "input",
                  (struct signet_span){(const uint8_t *)options->input, strlen(options->input)});
}

static void write_json(const struct signet_encrypt_plan *plan,
                       const struct signet_report_options *options, struct sg_emit *emit)
{
    struct sg_json json;
    size_t num;
    const struct signet_encrypt_recipient *all = signet_encrypt_plan_recipients(plan, &num);

    begin_json(&json, emit, options);
    sg_json_boolean(&json, "ready", signet_encrypt_plan_ready(plan));
    sg_json_string(&json, "cipher", cipher_name(plan));
    sg_json_list(&json, "recipients");
    for (size_t i = 0; i < num; i++)
        write_json_recipient(&json, &all[i]);
    sg_json_end(&json);
    sg_json_findings(&json, "findings", signet_encrypt_plan_findings(plan));
    sg_json_sources(&json, options);
    sg_json_end(&json);
    sg_emit_text(emit, "\n");
}

/* --- text */

static void write_certificate(struct sg_text *text, const struct signet_certificate *certificate)
{
    char subject[SG_SUBJECT_SIZE];

    sg_subject_take(text->emit, certificate, subject);
    sg_text_line(text, "", subject);
    sg_text_label(text, "");
    sg_emit_text(text->emit, "sha256 ");
    sg_emit_hex(text->emit, signet_certificate_sha256(certificate));
    sg_emit_text(text->emit, "\n");
}

/* RFC 3850 5: whom it goes to is shown with the fingerprint, against mistakes. */
static void write_recipient(struct sg_text *text, const struct signet_encrypt_recipient *recipient)
{
    sg_text_line(text, signet_recipient_field_name(recipient->field), recipient->address);
    if (recipient->certificate != NULL) {
        write_certificate(text, recipient->certificate);
        sg_text_line(text, "", recipient->method);
    }
    sg_text_line(text, "", recipient->why);
    for (size_t i = 0; text->options->explain && i < recipient->num_candidates; i++) {
        if (recipient->candidates[i].certificate == recipient->certificate)
            continue;
        sg_text_label(text, "not");
        sg_emit_hex(text->emit, signet_certificate_sha256(recipient->candidates[i].certificate));
        sg_emit_text(text->emit, "\n");
        sg_text_line(text, "", recipient->candidates[i].why);
    }
}

static void write_text(const struct signet_encrypt_plan *plan,
                       const struct signet_report_options *options, struct sg_emit *emit)
{
    struct sg_text text = {emit, options};
    struct signet_findings findings = signet_encrypt_plan_findings(plan);
    size_t num;
    const struct signet_encrypt_recipient *all = signet_encrypt_plan_recipients(plan, &num);

    sg_text_headline(&text, worst_of(findings), &findings, 1);
    sg_text_line(&text, "plan",
                 signet_encrypt_plan_ready(plan) ? "ready to encrypt" : "nothing is encrypted");
    if (cipher_name(plan) != NULL)
        sg_text_line(&text, "cipher", cipher_name(plan));
    for (size_t i = 0; i < num; i++)
        write_recipient(&text, &all[i]);
    sg_text_findings(&text, findings);
    sg_text_sources(&text);
}

enum signet_status signet_report_encrypt_plan(const struct signet_encrypt_plan *plan,
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

/* --- what was opened */

static const struct signet_certificate *certificate_of(const struct signet_decrypted *decrypted)
{
    const struct signet_own_key *key = signet_decrypted_key(decrypted);

    return key == NULL ? NULL : key->certificate;
}

static void write_decrypted_json(const struct signet_decrypted *decrypted,
                                 const struct signet_report_options *options, struct sg_emit *emit)
{
    struct sg_json json;

    begin_json(&json, emit, options);
    sg_json_string(&json, "outcome",
                   signet_decrypt_outcome_name(signet_decrypted_outcome(decrypted)));
    sg_json_string(&json, "cipher", signet_decrypted_cipher(decrypted));
    sg_json_boolean(&json, "authenticated", signet_decrypted_authenticated(decrypted));
    write_json_certificate(&json, "certificate", certificate_of(decrypted));
    sg_json_findings(&json, "findings", signet_decrypted_findings(decrypted));
    sg_json_end(&json);
    sg_emit_text(emit, "\n");
}

static void write_decrypted_text(const struct signet_decrypted *decrypted,
                                 const struct signet_report_options *options, struct sg_emit *emit)
{
    static const char *const outcomes[] = {
        [SIGNET_DECRYPT_OPENED] = "decrypted",
        [SIGNET_DECRYPT_NONE] = "nothing in it is encrypted",
        [SIGNET_DECRYPT_NO_KEY] = "not decrypted: no key",
        [SIGNET_DECRYPT_FAILED] = "not decrypted",
    };
    struct sg_text text = {emit, options};
    struct signet_findings findings = signet_decrypted_findings(decrypted);

    sg_text_headline(&text, worst_of(findings), &findings, 1);
    sg_text_line(&text, "outcome", outcomes[signet_decrypted_outcome(decrypted)]);
    if (signet_decrypted_cipher(decrypted) != NULL)
        sg_text_line(&text, "cipher", signet_decrypted_cipher(decrypted));
    if (certificate_of(decrypted) != NULL) {
        sg_text_line(&text, "key", "of the certificate");
        write_certificate(&text, certificate_of(decrypted));
    }
    sg_text_findings(&text, findings);
}

enum signet_status signet_report_decrypted(const struct signet_decrypted *decrypted,
                                           const struct signet_report_options *options,
                                           const struct signet_sink *sink)
{
    struct sg_emit emit;

    sg_emit_init(&emit, sink);
    if (options->format == SIGNET_FORMAT_JSON)
        write_decrypted_json(decrypted, options, &emit);
    else
        write_decrypted_text(decrypted, options, &emit);
    return sg_emit_finish(&emit);
}
