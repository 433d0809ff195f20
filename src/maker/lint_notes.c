/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What reading an object has noted, as rules that it breaks: the kinds of findings that are about a
 * certificate or a CRL alone, with their own rules and sentences.
 */
#include "maker/lint.h"

#define MAX_ID_LEN 64

/* Ids in lower case with hyphens: "cert-serial-negative". */
static const char *id_of(struct sg_lint *lint, enum sg_kind kind)
{
    static const char *const names[] = {
#define KIND(name, code, rule, text)                            #name,
#define KIND_AS(name, code, normal, strict, legacy, rule, text) #name,
#include "finding/kinds.def"
#undef KIND
#undef KIND_AS
    };
    char *id = sg_arena_printf(lint->arena, "%s", names[kind]);
    for (char *c = id; id != NULL && *c != '\0'; c++)
        *c = *c == '_' ? '-' : (char)sg_ascii_lower((uint8_t)*c);
    return id;
}

/* What signet does not know is no rule broken: a row of its own tells of critical extensions. */
static bool is_passed_over(enum sg_kind kind)
{
    return kind == SG_KIND_CERT_CRITICAL_UNKNOWN;
}

/* The two that RFC 5280 only asks to be critical: 4.2.1.3, 4.2.1.5. */
static bool should_be_critical(const struct signet_finding *finding)
{
    for (size_t i = 0; i < finding->num_params; i++) {
        const struct signet_param *param = &finding->params[i];
        enum sg_oid oid =
            param->type == SIGNET_PARAM_OID ? sg_oid_find(param->value.bytes) : SG_OID_UNKNOWN;
        if (oid == SG_OID_CE_KEY_USAGE || oid == SG_OID_CE_POLICY_MAPPINGS)
            return true;
    }
    return false;
}

static enum signet_severity severity_of(const struct sg_finding_item *item)
{
    bool warns =
        item->kind == SG_KIND_CERT_QUALIFIER_UNKNOWN ||
        item->kind == SG_KIND_CRL_CRITICAL_UNKNOWN ||
        item->kind == SG_KIND_CRL_ENTRY_CRITICAL_UNKNOWN ||
        (item->kind == SG_KIND_CERT_EXTENSION_NOT_CRITICAL && should_be_critical(&item->finding));
    return warns ? SIGNET_SEVERITY_WARNING : SIGNET_SEVERITY_ERROR;
}

static bool begins(const char *text, const char *start)
{
    return strncmp(text, start, strlen(start)) == 0;
}

static void tell(struct sg_lint *lint, const struct sg_lint_subject *subject,
                 const struct sg_finding_item *item)
{
    const struct signet_finding *finding = &item->finding;
    struct sg_lint_row row = {
        .rules = begins(finding->rule, "RFC 3850") ? SIGNET_LINT_SMIME : SIGNET_LINT_PKIX,
        .severity = severity_of(item),
        .rule = finding->rule,
        .sentence = "{text}",
    };
    if (is_passed_over(item->kind) || (lint->rules & row.rules) == 0)
        return;
    row.id = id_of(lint, item->kind);
    sg_lint_say(lint, &row, subject, SG_PARAMS(sg_escaped("text", sg_span_text(finding->text))));
}

void sg_lint_notes(struct sg_lint *lint, const struct sg_lint_subject *subject)
{
    struct sg_findings findings;
    sg_findings_init(&findings, lint->arena);
    if (subject->certificate != NULL)
        sg_certificate_check(subject->certificate, 0, &findings);
    else
        sg_crl_check(subject->crl, 0, &findings);
    for (size_t i = 0; i < findings.num; i++)
        tell(lint, subject, &findings.items[i]);
    lint->arena->failed = lint->arena->failed || findings.failed;
}
