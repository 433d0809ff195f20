/* SPDX-License-Identifier: Apache-2.0 */
#include "report/text_parts.h"

#include "x509/crl.h"

#include <string.h>

#define LABEL_WIDTH 12

static const char *color_of(enum signet_verdict verdict)
{
    static const char *const colors[] = {
        [SIGNET_VERDICT_NONE] = "\033[1m",       [SIGNET_VERDICT_GOOD] = "\033[1;32m",
        [SIGNET_VERDICT_WARN] = "\033[1;33m",    [SIGNET_VERDICT_WEAK] = "\033[1;31m",
        [SIGNET_VERDICT_UNKNOWN] = "\033[1;35m", [SIGNET_VERDICT_BAD] = "\033[1;31m",
    };

    return colors[verdict];
}

/* Escape sequences take no column. */
static void write_escape(struct sg_text *text, const char *sequence)
{
    size_t column = text->emit->column;

    if (!text->options->color)
        return;
    sg_emit_text(text->emit, sequence);
    text->emit->column = column;
}

void sg_text_verdict(struct sg_text *text, enum signet_verdict verdict, unsigned width)
{
    const char *name = signet_verdict_name(verdict);

    write_escape(text, color_of(verdict));
    sg_emit_text(text->emit, name);
    write_escape(text, "\033[0m");
    for (size_t i = strlen(name); i < width; i++)
        sg_emit_text(text->emit, " ");
}

void sg_text_headline(struct sg_text *text, enum signet_verdict verdict,
                      const struct signet_findings *lists, size_t num_lists)
{
    const char *separator = ": ";
    bool named[SIGNET_NUM_CODES] = {false};

    sg_text_verdict(text, verdict, 0);
    sg_emit_text(text->emit, "  ");
    sg_emit_safe(text->emit, (struct signet_span){
                                 (const uint8_t *)text->options->input,
                                 text->options->input == NULL ? 0 : strlen(text->options->input)});
    for (size_t l = 0; l < num_lists; l++)
        for (size_t i = 0; i < lists[l].num; i++) {
            const struct signet_finding *finding = &lists[l].items[i];

            if (finding->severity == SIGNET_SEVERITY_INFO || named[finding->code])
                continue;
            named[finding->code] = true;
            sg_emit_text(text->emit, separator);
            sg_emit_text(text->emit, signet_code_name(finding->code));
            separator = ", ";
        }
    sg_emit_text(text->emit, "\n");
}

static void write_blanks(struct sg_text *text, size_t num)
{
    for (size_t i = 0; i < num; i++)
        sg_emit_text(text->emit, " ");
}

void sg_text_label(struct sg_text *text, const char *label)
{
    sg_emit_text(text->emit, "  ");
    sg_emit_text(text->emit, label);
    write_blanks(text, strlen(label) < LABEL_WIDTH ? LABEL_WIDTH - strlen(label) : 1);
}

static size_t count_characters(const char *text, size_t len)
{
    size_t num = 0;

    for (size_t i = 0; i < len; i++)
        num += ((unsigned char)text[i] & 0xc0) != 0x80;
    return num;
}

void sg_text_wrap(struct sg_text *text, const char *value, unsigned indent)
{
    bool first = true;

    while (*value != '\0') {
        size_t len = strcspn(value, " ");
        size_t room = text->options->width;

        if (!first && room != 0 && text->emit->column + 1 + count_characters(value, len) > room) {
            sg_emit_text(text->emit, "\n");
            write_blanks(text, indent);
        } else if (!first) {
            sg_emit_text(text->emit, " ");
        }
        sg_emit_bytes(text->emit, (struct signet_span){(const uint8_t *)value, len});
        value += len;
        value += *value == ' ';
        first = false;
    }
    sg_emit_text(text->emit, "\n");
}

void sg_text_line(struct sg_text *text, const char *label, const char *value)
{
    if (value == NULL)
        return;
    sg_text_label(text, label);
    sg_text_wrap(text, value, LABEL_WIDTH + 2);
}

static void write_object(struct sg_text *text, const struct signet_finding *finding)
{
    if (finding->certificate < 0)
        return;
    sg_emit_printf(text->emit, "%s%s %d: ", finding->object == SIGNET_OBJECT_CRL ? "CRL for " : "",
                   "certificate", finding->certificate);
}

static void write_finding(struct sg_text *text, const struct signet_finding *finding)
{
    sg_emit_text(text->emit, "  ");
    if (finding->effect == SIGNET_VERDICT_GOOD)
        sg_emit_text(text->emit, "note    "); /* GOOD would read like a verdict */
    else
        sg_text_verdict(text, finding->effect, 8);
    sg_emit_text(text->emit, signet_code_name(finding->code));
    sg_emit_printf(text->emit, "  [%s]\n", finding->rule);
    write_blanks(text, 10);
    write_object(text, finding);
    sg_text_wrap(text, finding->text, 10);
    if (finding->advice == NULL || finding->severity == SIGNET_SEVERITY_INFO)
        return;
    write_blanks(text, 10);
    sg_emit_text(text->emit, "-> ");
    sg_text_wrap(text, finding->advice, 13);
}

void sg_text_findings(struct sg_text *text, struct signet_findings findings)
{
    static const enum signet_severity order[] = {SIGNET_SEVERITY_ERROR, SIGNET_SEVERITY_WARNING,
                                                 SIGNET_SEVERITY_INFO};

    for (size_t s = 0; s < sizeof order / sizeof *order; s++)
        for (size_t i = 0; i < findings.num; i++)
            if (findings.items[i].severity == order[s])
                write_finding(text, &findings.items[i]);
}

static void write_time(struct sg_text *text, signet_time time)
{
    char buffer[SIGNET_TIME_TEXT_SIZE];

    signet_time_format(time, buffer);
    sg_emit_text(text->emit, buffer);
}

static void write_crl(struct sg_text *text, const char *before, const struct signet_crl *crl,
                      bool brought)
{
    char issuer[256];

    if (crl == NULL)
        return;
    if (signet_crl_issuer(crl, issuer, sizeof issuer) == 0)
        sg_emit_check(text->emit, SIGNET_ERR_MEMORY);
    sg_emit_printf(text->emit, "%s by ", before);
    sg_emit_text(text->emit, issuer);
    sg_emit_text(text->emit, " of ");
    write_time(text, signet_crl_this_update(crl));
    if (signet_crl_next_update(crl) != SIGNET_TIME_UNKNOWN) {
        sg_emit_text(text->emit, " until ");
        write_time(text, signet_crl_next_update(crl));
    }
    if (brought)
        sg_emit_text(text->emit, " (from the message)");
    else if (crl->has_sha256) /* as those that the store hands out */
        sg_emit_text(text->emit, " (from the database)");
}

static void write_status(struct sg_text *text, const struct signet_revocation_status *status)
{
    static const char *const words[] = {
        [SIGNET_CERTIFICATE_NOT_CHECKED] = "revocation not checked",
        [SIGNET_CERTIFICATE_NOT_REVOKED] = "not revoked",
        [SIGNET_CERTIFICATE_REVOKED] = "REVOKED",
        [SIGNET_CERTIFICATE_UNDETERMINED] = "revocation status unknown",
    };

    sg_emit_text(text->emit, words[status->status]);
    if (status->status == SIGNET_CERTIFICATE_REVOKED) {
        sg_emit_text(text->emit, " at ");
        write_time(text, status->revocation_date);
        sg_emit_printf(text->emit, " (%s)", status->reason);
    }
    write_crl(text, ", CRL", status->crl, status->crl_brought);
    write_crl(text, ", delta CRL", status->delta, status->delta_brought);
}

static void write_certificate(struct sg_text *text, const struct signet_path_certificate *c,
                              size_t index, size_t indent)
{
    write_blanks(text, indent);
    sg_emit_text(text->emit, "`- ");
    sg_emit_printf(text->emit, "%zu ", index);
    sg_emit_text(text->emit, c->subject);
    for (size_t i = 0; i < c->num_addresses; i++) {
        sg_emit_text(text->emit, i == 0 ? "  <" : ", <");
        sg_emit_text(text->emit, c->addresses[i].text);
        sg_emit_text(text->emit, c->addresses[i].usable ? ">" : "> (malformed)");
    }
    sg_emit_text(text->emit, "\n");
    write_blanks(text, indent + 5);
    write_time(text, signet_certificate_not_before(c->certificate));
    sg_emit_text(text->emit, " to ");
    write_time(text, signet_certificate_not_after(c->certificate));
    sg_emit_printf(text->emit, ", %s, serial ", c->key);
    sg_emit_text(text->emit, c->serial);
    sg_emit_text(text->emit, "\n");
    write_blanks(text, indent + 5);
    sg_emit_text(text->emit, "sha256 ");
    for (size_t i = 0; i < signet_certificate_sha256(c->certificate).len; i++)
        sg_emit_printf(text->emit, "%02x", signet_certificate_sha256(c->certificate).ptr[i]);
    sg_emit_text(text->emit, "\n");
    write_blanks(text, indent + 5);
    write_status(text, &c->revocation);
    sg_emit_text(text->emit, "\n");
}

/* Deep trees do not walk off the page. */
static size_t indent_of(size_t level)
{
    return 2 + (level < 12 ? level : 12) * 3;
}

void sg_text_path(struct sg_text *text, const struct signet_candidate *candidate)
{
    const struct signet_path_certificate *top =
        &candidate->certificates[candidate->num_certificates - 1];

    sg_emit_text(text->emit, "  ");
    if (candidate->anchor != NULL) {
        sg_emit_text(text->emit, candidate->anchor->subject);
        sg_emit_text(text->emit, "  (trust anchor)\n");
    } else {
        sg_emit_text(text->emit, "? ");
        sg_emit_text(text->emit, top->issuer);
        sg_emit_text(text->emit, "  (no trust anchor)\n");
    }
    for (size_t i = candidate->num_certificates; i-- > 0;)
        write_certificate(text, &candidate->certificates[i], i,
                          indent_of(candidate->num_certificates - 1 - i));
}

void sg_text_losers(struct sg_text *text, const struct signet_candidates *candidates)
{
    if (candidates->num_tried <= 1)
        return;
    sg_emit_printf(text->emit, "\n  %zu paths were tried; those that lost:\n",
                   candidates->num_tried);
    for (size_t i = 1; i < candidates->num; i++) {
        sg_emit_printf(text->emit, "\n  path %zu: ", i + 1);
        sg_text_verdict(text, candidates->items[i].verdict, 0);
        sg_emit_text(text->emit, "\n");
        sg_text_path(text, &candidates->items[i]);
        sg_text_findings(text, candidates->items[i].findings);
    }
}

static const char *worst_status(const struct signet_candidate *candidate)
{
    bool unknown = false, checked = false;

    for (size_t i = 0; i < candidate->num_certificates; i++) {
        enum signet_status_of_certificate status = candidate->certificates[i].revocation.status;

        if (status == SIGNET_CERTIFICATE_REVOKED)
            return "a certificate of the path is REVOKED";
        unknown |= status == SIGNET_CERTIFICATE_UNDETERMINED;
        checked |= status != SIGNET_CERTIFICATE_NOT_CHECKED;
    }
    if (unknown)
        return "the status of a certificate of the path is unknown";
    return checked ? "no certificate of the path is revoked" : "not checked";
}

void sg_text_path_lines(struct sg_text *text, const struct signet_candidate *candidate)
{
    sg_text_label(text, "path");
    if (candidate->anchor != NULL) {
        sg_emit_printf(text->emit, "%zu certificate%s to ", candidate->num_certificates,
                       candidate->num_certificates == 1 ? "" : "s");
        sg_text_wrap(text, candidate->anchor->subject, LABEL_WIDTH + 2);
    } else {
        sg_emit_text(text->emit, "does not reach a trust anchor\n");
    }
    sg_text_line(text, "revocation", worst_status(candidate));
}
