/* SPDX-License-Identifier: Apache-2.0 */
#include "report/record_report.h"
#include "report/text_parts.h"

#include <string.h>

/* Octets of a fingerprint on one line: enough to name the object with. */
#define SHORT_LEN 8
/* Characters of a date within RFC 3339. */
#define DATE_LEN 10

static void write_time(struct sg_emit *emit, signet_time time, size_t len)
{
    char text[SIGNET_TIME_TEXT_SIZE];
    size_t all;

    signet_time_format(time, text);
    all = strlen(text);
    sg_emit_bytes(emit, (struct signet_span){(const uint8_t *)text, all < len ? all : len});
}

static void write_date(struct sg_emit *emit, signet_time time)
{
    write_time(emit, time, time == SIGNET_TIME_UNKNOWN ? SIZE_MAX : DATE_LEN);
}

static void write_safe(struct sg_emit *emit, const char *text)
{
    sg_emit_safe(emit, (struct signet_span){(const uint8_t *)text, strlen(text)});
}

static void write_short_hex(struct sg_emit *emit, struct signet_span sha256)
{
    sg_emit_hex(emit,
                (struct signet_span){sha256.ptr, sha256.len < SHORT_LEN ? sha256.len : SHORT_LEN});
}

/* "import root.pem" */
static void write_origin(struct sg_emit *emit, const struct signet_origin *origin)
{
    sg_emit_text(emit, signet_origin_kind_name(origin->kind));
    if (origin->detail != NULL && origin->detail[0] != '\0') {
        sg_emit_text(emit, " ");
        write_safe(emit, origin->detail);
    }
}

static void write_addresses(struct sg_emit *emit, const struct sg_record_view *view)
{
    for (size_t i = 0; i < view->num_addresses; i++) {
        sg_emit_text(emit, i == 0 ? "  <" : ", <");
        sg_emit_text(emit, view->addresses[i].text);
        sg_emit_text(emit, view->addresses[i].usable ? ">" : "> (malformed)");
    }
}

static void write_why(struct sg_emit *emit, const struct signet_stored_anchor *anchor)
{
    if (anchor->why != NULL && anchor->why[0] != '\0') {
        sg_emit_text(emit, ": ");
        write_safe(emit, anchor->why);
    }
}

static void write_anchor_since(struct sg_emit *emit, const struct signet_stored_anchor *anchor)
{
    bool trusted = anchor->distrusted == SIGNET_TIME_UNKNOWN;

    sg_emit_text(emit, trusted ? "; trusted " : "; distrusted ");
    write_date(emit, trusted ? anchor->origin.since : anchor->distrusted);
    if (anchor->terms.purpose_unknown)
        sg_emit_text(emit, ", web roots, no mail purpose known");
    write_why(emit, anchor);
}

static void write_history(struct sg_emit *emit, const struct signet_record *record)
{
    sg_emit_text(emit, "  [");
    write_origin(emit, &record->origin);
    sg_emit_text(emit, ", ");
    write_date(emit, record->origin.since);
    if (record->anchor != NULL)
        write_anchor_since(emit, record->anchor);
    sg_emit_text(emit, "]");
}

static void write_entries(struct sg_emit *emit, const struct signet_crl *crl)
{
    size_t num = signet_crl_num_entries(crl);

    sg_emit_printf(emit, "  %zu entr%s", num, num == 1 ? "y" : "ies");
}

static void write_line(struct sg_text *text, const struct sg_record_view *view)
{
    struct sg_emit *emit = text->emit;

    sg_emit_text(emit, view->standing);
    sg_emit_blanks(emit, 13 - strlen(view->standing));
    write_short_hex(emit, view->sha256);
    sg_emit_text(emit, "  ");
    write_date(emit, view->from);
    sg_emit_text(emit, "..");
    write_date(emit, view->until);
    sg_emit_text(emit, "  ");
    sg_emit_text(emit, view->name);
    write_addresses(emit, view);
    if (view->record->crl != NULL)
        write_entries(emit, view->record->crl);
    if (view->record->origin.detail != NULL)
        write_history(emit, view->record);
    sg_emit_text(emit, "\n");
}

static void write_period(struct sg_text *text, const struct sg_record_view *view)
{
    sg_text_label(text, view->record->kind == SIGNET_RECORD_CRL ? "issued" : "valid");
    write_time(text->emit, view->from, SIZE_MAX);
    if (view->until != SIGNET_TIME_UNKNOWN) {
        sg_emit_text(text->emit, view->record->kind == SIGNET_RECORD_CRL ? ", next " : " to ");
        write_time(text->emit, view->until, SIZE_MAX);
    }
    sg_emit_text(text->emit, "\n");
}

static void write_subtrees(struct sg_text *text, const char *label, const char *const *items,
                           size_t num)
{
    if (num == 0)
        return;
    sg_text_label(text, label);
    for (size_t i = 0; i < num; i++) {
        sg_emit_text(text->emit, i == 0 ? "" : ", ");
        sg_emit_text(text->emit, items[i]);
    }
    sg_emit_text(text->emit, "\n");
}

static const char *purposes_text(const struct signet_anchor_terms *terms)
{
    static const char *const words[] = {
        [0] = "nothing",
        [SIGNET_ANCHOR_SIGN] = "signed mail",
        [SIGNET_ANCHOR_ENCRYPT] = "encrypted mail",
        [SIGNET_ANCHOR_MAIL] = "signed and encrypted mail",
    };

    return words[terms->purposes & SIGNET_ANCHOR_MAIL];
}

static void write_terms(struct sg_text *text, const struct sg_record_view *view)
{
    static const char *const demands[] = {[SIGNET_REVOCATION_REQUIRE] = "required below it",
                                          [SIGNET_REVOCATION_PREFER] = "preferred below it",
                                          [SIGNET_REVOCATION_OFF] = "not checked below it"};
    const struct signet_stored_anchor *anchor = view->record->anchor;
    const struct signet_anchor_terms *terms = &anchor->terms;

    if (anchor->origin.since != SIGNET_TIME_UNKNOWN) {
        sg_text_label(text, "trusted");
        write_time(text->emit, anchor->origin.since, SIZE_MAX);
        sg_emit_text(text->emit, ", ");
        write_origin(text->emit, &anchor->origin);
        write_why(text->emit, anchor);
        sg_emit_text(text->emit, "\n");
    }
    if (anchor->distrusted != SIGNET_TIME_UNKNOWN) {
        sg_text_label(text, "distrusted");
        write_time(text->emit, anchor->distrusted, SIZE_MAX);
        sg_emit_text(text->emit, "\n");
    }
    sg_text_line(text, "for",
                 terms->purpose_unknown ? "web roots, no mail purpose known"
                                        : purposes_text(terms));
    write_subtrees(text, "within", view->permitted, view->num_permitted);
    write_subtrees(text, "not within", view->excluded, view->num_excluded);
    if (!terms->honour_constraints)
        sg_text_line(text, "limits", "those in its own certificate are set aside");
    if (terms->distrust_after != SIGNET_TIME_UNKNOWN) {
        sg_text_label(text, "issued until");
        write_time(text->emit, terms->distrust_after, SIZE_MAX);
        sg_emit_text(text->emit, "\n");
    }
    if (terms->has_revocation)
        sg_text_line(text, "revocation", demands[terms->revocation]);
}

static void write_certificate(struct sg_text *text, const struct sg_record_view *view)
{
    if (view->issuer != NULL)
        sg_text_line(text, "issuer",
                     strcmp(view->issuer, view->name) == 0 ? "itself" : view->issuer);
    sg_text_line(text, "serial", view->serial);
    sg_text_line(text, "key", view->key);
    if (view->record->kind == SIGNET_RECORD_CERTIFICATE)
        sg_text_line(text, "CA", view->is_ca ? "yes" : "no");
    if (view->record->own)
        sg_text_line(text, "private key", "stored, encrypted");
}

static void write_block(struct sg_text *text, const struct sg_record_view *view)
{
    struct sg_emit *emit = text->emit;

    sg_emit_text(emit, view->name);
    write_addresses(emit, view);
    sg_emit_text(emit, "\n");
    if (view->record->origin.detail != NULL)
        sg_text_line(text, "kind", view->standing);
    sg_text_label(text, "sha256");
    sg_emit_hex(emit, view->sha256);
    sg_emit_text(emit, "\n");
    write_period(text, view);
    write_certificate(text, view);
    if (view->record->crl != NULL) {
        sg_text_label(text, "entries");
        sg_emit_printf(emit, "%zu\n", signet_crl_num_entries(view->record->crl));
    }
    if (view->record->origin.detail != NULL) {
        sg_text_label(text, "origin");
        write_origin(emit, &view->record->origin);
        sg_emit_text(emit, ", ");
        write_time(emit, view->record->origin.since, SIZE_MAX);
        sg_emit_text(emit, "\n");
    }
    if (view->record->anchor != NULL)
        write_terms(text, view);
}

static void write_candidate(struct sg_text *text, const struct signet_choice_candidate *candidate)
{
    sg_emit_text(text->emit, "    ");
    sg_text_verdict(text, candidate->verdict, 0);
    sg_emit_text(text->emit, "  ");
    sg_text_wrap(text, candidate->why, 4);
}

void sg_record_write_text(const struct sg_record_view *view,
                          const struct signet_choice_candidate *candidate, bool chosen,
                          const struct signet_report_options *options, struct sg_emit *emit)
{
    struct sg_text text = {emit, options};

    if (candidate != NULL)
        sg_emit_text(emit, chosen ? "* " : "  ");
    if (options->explain)
        write_block(&text, view);
    else
        write_line(&text, view);
    if (candidate != NULL)
        write_candidate(&text, candidate);
    if (options->explain)
        sg_emit_text(emit, "\n"); /* between blocks */
}

void sg_binding_write_text(const struct signet_binding *binding,
                           const struct signet_report_options *options, struct sg_emit *emit)
{
    const char *kind = signet_binding_kind_name(binding->kind);

    (void)options;
    sg_emit_text(emit, kind);
    sg_emit_blanks(emit, strlen(kind) < 11 ? 13 - strlen(kind) : 2);
    write_short_hex(emit, binding->sha256);
    sg_emit_text(emit, "  ");
    write_safe(emit, binding->address);
    sg_emit_text(emit, "  [");
    write_date(emit, binding->since);
    if (binding->why != NULL && binding->why[0] != '\0') {
        sg_emit_text(emit, ": ");
        write_safe(emit, binding->why);
    }
    sg_emit_text(emit, "]\n");
}
