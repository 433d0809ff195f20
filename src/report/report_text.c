/* SPDX-License-Identifier: Apache-2.0 */
#include "report/report_text.h"

#include "report/sources.h"
#include "report/text_attributes.h"
#include "report/text_parts.h"

#include <string.h>

/* Signers whose codes the headline can tell apart from the message's. */
#define MAX_HEADLINE_LISTS 32

static void write_headline(struct sg_text *text, const struct signet_message_result *result)
{
    struct signet_findings lists[MAX_HEADLINE_LISTS];
    size_t num, num_lists = 0;
    const struct signet_signer *signers = signet_message_result_signers(result, &num);

    for (size_t i = 0; i < num && num_lists < MAX_HEADLINE_LISTS - 1; i++)
        lists[num_lists++] = signers[i].findings;
    lists[num_lists++] = signet_message_result_findings(result);
    sg_text_headline(text, signet_message_result_verdict(result), lists, num_lists);
}

static void write_time_line(struct sg_text *text, const char *label, signet_time time,
                            const char *after)
{
    char buffer[SIGNET_TIME_TEXT_SIZE];

    if (time == SIGNET_TIME_UNKNOWN)
        return;
    signet_time_format(time, buffer);
    sg_text_label(text, label);
    sg_emit_text(text->emit, buffer);
    sg_emit_text(text->emit, after);
    sg_emit_text(text->emit, "\n");
}

static void write_integrity(struct sg_text *text, const struct signet_signer *signer)
{
    static const char *const words[] = {
        [SIGNET_VERDICT_NONE] = "",
        [SIGNET_VERDICT_GOOD] = "the content is what was signed",
        [SIGNET_VERDICT_WARN] = "",
        [SIGNET_VERDICT_WEAK] = "",
        [SIGNET_VERDICT_UNKNOWN] = "the signature could not be verified",
        [SIGNET_VERDICT_BAD] = "the content or the signature is not the signer's",
    };

    sg_text_label(text, "integrity");
    sg_text_verdict(text, signer->signature, 0);
    sg_emit_text(text->emit, ", ");
    sg_text_wrap(text, words[signer->signature], 14);
}

static void write_list(struct sg_text *text, const char *const *items, size_t num)
{
    for (size_t i = 0; i < num; i++) {
        sg_emit_text(text->emit, i == 0 ? "" : ", ");
        sg_emit_text(text->emit, items[i]);
    }
}

/* On a mismatch both lists are shown (RFC 3850 3). */
static void write_address(struct sg_text *text, const struct signet_address_check *address)
{
    sg_text_label(text, "address");
    sg_emit_text(text->emit, signet_address_result_name(address->result));
    if (address->matched != NULL) {
        sg_emit_text(text->emit, ", ");
        sg_emit_text(text->emit, address->matched);
        sg_emit_printf(text->emit, " (%s%s)", address->field,
                       address->source != NULL && strcmp(address->source, "book") == 0
                           ? ", by your own word"
                           : "");
    } else {
        sg_emit_text(text->emit, ", message: ");
        write_list(text, address->header, address->num_header);
        sg_emit_text(text->emit,
                     address->num_header == 0 ? "none; certificate: " : "; certificate: ");
        for (size_t i = 0; i < address->num_certificate; i++) {
            sg_emit_text(text->emit, i == 0 ? "" : ", ");
            sg_emit_text(text->emit, address->certificate[i].text);
        }
        if (address->num_certificate == 0)
            sg_emit_text(text->emit, "none");
    }
    sg_emit_text(text->emit, "\n");
}

static void write_countersigners(struct sg_text *text, const struct signet_signer *signer)
{
    for (size_t i = 0; i < signer->num_countersigners; i++) {
        const struct signet_countersigner *countersigner = &signer->countersigners[i];

        sg_text_label(text, "countersign");
        sg_text_verdict(text, countersigner->signature, 0);
        sg_emit_text(text->emit, ", ");
        sg_text_wrap(text,
                     countersigner->subject == NULL ? "its certificate is not at hand"
                                                    : countersigner->subject,
                     14);
    }
}

static void write_signer_path(struct sg_text *text, const struct signet_signer *signer)
{
    if (signer->paths == NULL)
        return;
    sg_emit_text(text->emit, "\n");
    sg_text_path(text, &signer->paths->items[0]);
    if (text->options->explain)
        sg_text_losers(text, signer->paths);
}

static void write_signer(struct sg_text *text, const struct signet_signer *signer, size_t number,
                         size_t num)
{
    sg_emit_text(text->emit, "\n");
    if (num > 1) {
        sg_emit_printf(text->emit, "Signer %zu of %zu: ", number, num);
        sg_text_verdict(text, signer->verdict, 0);
        sg_emit_text(text->emit, "\n");
    }
    sg_text_line(text, "signer",
                 signer->paths == NULL ? signer->sid
                                       : signer->paths->items[0].certificates[0].subject);
    if (signer->part[0] != '\0') {
        sg_text_label(text, "signed part");
        sg_emit_text(text->emit, signer->part);
        sg_emit_printf(text->emit, " (%s)\n", signer->layer);
    }
    write_integrity(text, signer);
    write_address(text, &signer->address);
    if (signer->paths != NULL)
        sg_text_path_lines(text, &signer->paths->items[0]);
    sg_text_line(text, "strength", signer->algorithm);
    write_time_line(text, "claimed", signer->claimed_time,
                    " by the signer; claimed, not proven, and not used");
    write_countersigners(text, signer);
    if (signer->findings.num > 0)
        sg_emit_text(text->emit, "\n");
    sg_text_findings(text, signer->findings);
    write_signer_path(text, signer);
    sg_text_attributes(text, signer);
}

static void write_signed(struct sg_text *text, enum signet_coverage coverage)
{
    static const char *const words[] = {
        [SIGNET_SIGNED_NONE] = "nothing",
        [SIGNET_SIGNED_PART] = "only a part of what is shown",
        [SIGNET_SIGNED_WHOLE] = "all that is shown, except the header of the message",
    };

    sg_text_line(text, "signed", words[coverage]);
}

void sg_message_write_text(const struct signet_message_result *result,
                           const struct signet_report_options *options, struct sg_emit *emit)
{
    struct sg_text text = {emit, options};
    size_t num;
    const struct signet_signer *signers = signet_message_result_signers(result, &num);
    struct signet_findings findings = signet_message_result_findings(result);

    write_headline(&text, result);
    sg_text_line(&text, "from", signet_message_result_from(result));
    sg_text_line(&text, "subject", signet_message_result_subject(result));
    write_signed(&text, signet_message_result_signed(result));
    write_time_line(&text, "judged for", signet_message_result_time(result), "");
    if (findings.num > 0)
        sg_emit_text(emit, "\n");
    sg_text_findings(&text, findings);
    for (size_t i = 0; i < num; i++)
        write_signer(&text, &signers[i], i + 1, num);
    sg_text_sources(&text);
}

void sg_path_write_text(const struct signet_path_result *result,
                        const struct signet_report_options *options, struct sg_emit *emit)
{
    struct sg_text text = {emit, options};
    const struct signet_candidates *candidates = signet_path_result_candidates(result);
    const struct signet_candidate *best = &candidates->items[0];
    struct signet_findings findings = signet_path_result_findings(result);

    sg_text_headline(&text, signet_path_result_verdict(result), &findings, 1);
    sg_text_line(&text, "subject", best->certificates[0].subject);
    sg_text_path_lines(&text, best);
    if (best->num_policies > 0) {
        sg_text_label(&text, "policies");
        write_list(&text, best->policies, best->num_policies);
        sg_emit_text(emit, "\n");
    }
    write_time_line(&text, "judged for", signet_path_result_time(result), "");
    if (findings.num > 0)
        sg_emit_text(emit, "\n");
    sg_text_findings(&text, findings);
    sg_emit_text(emit, "\n");
    sg_text_path(&text, best);
    if (options->explain)
        sg_text_losers(&text, candidates);
    sg_text_sources(&text);
}
