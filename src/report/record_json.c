/* SPDX-License-Identifier: Apache-2.0 */
#include "report/json.h"
#include "report/record_report.h"

#include <string.h>

static struct signet_span span_of(const char *text)
{
    return text == NULL ? (struct signet_span){NULL, 0}
                        : (struct signet_span){(const uint8_t *)text, strlen(text)};
}

static void write_list(struct sg_json *json, const char *key, const char *const *items, size_t num)
{
    sg_json_list(json, key);
    for (size_t i = 0; i < num; i++)
        sg_json_string(json, NULL, items[i]);
    sg_json_end(json);
}

static void write_origin(struct sg_json *json, const struct signet_origin *origin)
{
    sg_json_object(json, "origin");
    sg_json_string(json, "kind", signet_origin_kind_name(origin->kind));
    sg_json_bytes(json, "detail", span_of(origin->detail == NULL ? "" : origin->detail));
    sg_json_time(json, "since", origin->since);
    sg_json_end(json);
}

static void write_purposes(struct sg_json *json, unsigned purposes)
{
    sg_json_list(json, "purposes");
    if ((purposes & SIGNET_ANCHOR_SIGN) != 0)
        sg_json_string(json, NULL, "sign");
    if ((purposes & SIGNET_ANCHOR_ENCRYPT) != 0)
        sg_json_string(json, NULL, "encrypt");
    sg_json_end(json);
}

static void write_anchor(struct sg_json *json, const struct sg_record_view *view)
{
    static const char *const demands[] = {[SIGNET_REVOCATION_REQUIRE] = "require",
                                          [SIGNET_REVOCATION_PREFER] = "prefer",
                                          [SIGNET_REVOCATION_OFF] = "off"};
    const struct signet_stored_anchor *anchor = view->record->anchor;
    const struct signet_anchor_terms *terms;

    if (anchor == NULL) {
        sg_json_null(json, "anchor");
        return;
    }
    terms = &anchor->terms;
    sg_json_object(json, "anchor");
    write_purposes(json, terms->purposes);
    sg_json_boolean(json, "purpose_unknown", terms->purpose_unknown);
    sg_json_boolean(json, "honour_constraints", terms->honour_constraints);
    sg_json_time(json, "distrust_after", terms->distrust_after);
    sg_json_string(json, "revocation", terms->has_revocation ? demands[terms->revocation] : NULL);
    write_list(json, "permitted", view->permitted, view->num_permitted);
    write_list(json, "excluded", view->excluded, view->num_excluded);
    write_list(json, "policies", terms->policies, terms->num_policies);
    sg_json_bytes(json, "why", span_of(anchor->why == NULL ? "" : anchor->why));
    write_origin(json, &anchor->origin);
    sg_json_time(json, "distrusted", anchor->distrusted);
    sg_json_end(json);
}

static void write_certificate(struct sg_json *json, const struct sg_record_view *view)
{
    sg_json_string(json, "subject", view->name);
    sg_json_string(json, "issuer", view->issuer);
    sg_json_string(json, "serial", view->serial);
    sg_json_time(json, "not_before", view->from);
    sg_json_time(json, "not_after", view->until);
    sg_json_list(json, "addresses");
    for (size_t i = 0; i < view->num_addresses; i++)
        sg_json_string(json, NULL, view->addresses[i].text);
    sg_json_end(json);
    sg_json_string(json, "key", view->key);
    sg_json_boolean(json, "ca", view->is_ca);
    sg_json_boolean(json, "own", view->record->own);
    write_anchor(json, view);
}

static void write_crl(struct sg_json *json, const struct sg_record_view *view)
{
    sg_json_string(json, "issuer", view->name);
    sg_json_time(json, "this_update", view->from);
    sg_json_time(json, "next_update", view->until);
    sg_json_number(json, "entries", (int64_t)signet_crl_num_entries(view->record->crl));
}

static void write_attribute_certificate(struct sg_json *json, const struct sg_record_view *view)
{
    sg_json_string(json, "holder", view->name);
    sg_json_string(json, "issuer", view->issuer);
    sg_json_string(json, "serial", view->serial);
    sg_json_time(json, "not_before", view->from);
    sg_json_time(json, "not_after", view->until);
}

void sg_record_write_json(const struct sg_record_view *view,
                          const struct signet_choice_candidate *candidate, bool chosen,
                          const struct signet_report_options *options, struct sg_emit *emit)
{
    static const struct {
        const char *name;
        void (*write)(struct sg_json *json, const struct sg_record_view *view);
    } kinds[] = {
        [SIGNET_RECORD_CERTIFICATE] = {"certificate", write_certificate},
        [SIGNET_RECORD_CRL] = {"crl", write_crl},
        [SIGNET_RECORD_ATTRIBUTE_CERTIFICATE] = {"attribute-certificate",
                                                 write_attribute_certificate},
    };
    struct sg_json json;

    (void)options;
    sg_json_init(&json, emit);
    sg_json_object(&json, NULL);
    sg_json_string(&json, "kind", kinds[view->record->kind].name);
    sg_json_hex(&json, "sha256", view->sha256);
    kinds[view->record->kind].write(&json, view);
    if (view->record->origin.detail != NULL)
        write_origin(&json, &view->record->origin);
    if (candidate != NULL) {
        sg_json_object(&json, "choice");
        sg_json_boolean(&json, "chosen", chosen);
        sg_json_string(&json, "verdict", signet_verdict_name(candidate->verdict));
        sg_json_string(&json, "binding",
                       candidate->bound ? signet_binding_kind_name(candidate->binding) : NULL);
        sg_json_boolean(&json, "preferred", candidate->preferred);
        sg_json_bytes(&json, "why", span_of(candidate->why));
        sg_json_end(&json);
    }
    sg_json_end(&json);
    sg_emit_text(emit, "\n");
}

void sg_binding_write_json(const struct signet_binding *binding,
                           const struct signet_report_options *options, struct sg_emit *emit)
{
    struct sg_json json;

    (void)options;
    sg_json_init(&json, emit);
    sg_json_object(&json, NULL);
    sg_json_string(&json, "kind", "binding");
    sg_json_bytes(&json, "address", span_of(binding->address));
    sg_json_hex(&json, "sha256", binding->sha256);
    sg_json_string(&json, "binding", signet_binding_kind_name(binding->kind));
    sg_json_bytes(&json, "why", span_of(binding->why == NULL ? "" : binding->why));
    sg_json_time(&json, "since", binding->since);
    sg_json_end(&json);
    sg_emit_text(emit, "\n");
}

enum signet_status signet_report_members(const struct signet_report_member *members, size_t num,
                                         const struct signet_sink *sink)
{
    struct sg_emit emit;
    struct sg_json json;

    sg_emit_init(&emit, sink);
    sg_json_init(&json, &emit);
    sg_json_object(&json, NULL);
    for (size_t i = 0; i < num; i++)
        if (members[i].text != NULL)
            sg_json_bytes(&json, members[i].name, span_of(members[i].text));
        else
            sg_json_number(&json, members[i].name, members[i].number);
    sg_json_end(&json);
    sg_emit_text(&emit, "\n");
    return sg_emit_finish(&emit);
}
