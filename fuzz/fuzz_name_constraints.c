/* SPDX-License-Identifier: Apache-2.0 */
/*
 * GeneralSubtrees, then names: each name that lies within the permitted subtrees lies in the same
 * subtrees when they are excluded, and names of forms without a subtree are free. What the name
 * says is held, never what its octets do: no crash, no lost memory.
 */
#include "path/name_constraints.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool ok)
{
    if (!ok)
        abort();
}

struct bench {
    struct sg_arena arena;
    struct signet_policy policy;
    struct sg_judgement judgement;
};

/* How many findings CERTIFICATE's names get. */
static size_t num_findings(struct bench *bench, struct sg_subtrees permitted,
                           struct sg_subtrees excluded,
                           const struct signet_certificate *certificate)
{
    struct sg_findings findings;
    sg_findings_init(&findings, &bench->arena);
    struct sg_name_constraints *constraints = sg_name_constraints_new(&bench->judgement);
    check(constraints != NULL);
    sg_name_constraints_add(constraints, permitted, excluded);
    sg_name_constraints_check(constraints, certificate, 0, &findings);
    check(!bench->judgement.failed && !findings.failed);
    return findings.num + findings.num_dropped;
}

static bool has_form(struct sg_subtrees subtrees, enum sg_general_name_type form)
{
    struct sg_subtree subtree;
    while (sg_subtrees_next(&subtrees, &subtree)) {
        if (subtree.base.type == form)
            return true;
    }
    return false;
}

/* NAME is one GeneralName, whole. */
static void check_name(struct bench *bench, struct sg_subtrees subtrees, struct signet_span name,
                       const struct sg_general_name *parsed)
{
    const struct sg_subtrees none = {{NULL, 0}};
    const struct signet_certificate certificate = {.version = 3, .subject_alt_name = name};
    size_t outside = num_findings(bench, subtrees, none, &certificate);
    size_t inside = num_findings(bench, none, subtrees, &certificate);
    bool is_mail = parsed->type == SG_GN_OTHER &&
                   sg_oid_find(parsed->other_oid) == SG_OID_ON_SMTP_UTF8_MAILBOX;
    if (has_form(subtrees, parsed->type) || (is_mail && has_form(subtrees, SG_GN_RFC822)))
        check(outside > 0 || inside > 0);
    else
        check(outside == 0 && inside == 0);
    check(num_findings(bench, subtrees, subtrees, &certificate) >= (outside > 0 || inside > 0));
}

static void check_subject(struct bench *bench, struct sg_subtrees subtrees, struct sg_der *der)
{
    const struct sg_subtrees none = {{NULL, 0}};
    struct signet_certificate certificate = {.version = 3};
    struct sg_buffer buffer;
    sg_buffer_init(&buffer, (size_t)1 << 24);
    if (sg_name_parse(der, &certificate.subject, "a Name") &&
        sg_name_add_canonical(&certificate.subject, &buffer)) {
        sg_name_set_canonical(&certificate.subject, sg_buffer_span(&buffer));
        size_t outside = num_findings(bench, subtrees, none, &certificate);
        size_t inside = num_findings(bench, none, subtrees, &certificate);
        if (has_form(subtrees, SG_GN_DIRECTORY) && !sg_name_is_empty(&certificate.subject))
            check(outside > 0 || inside > 0);
    }
    sg_buffer_free(&buffer);
}

static void run(struct bench *bench, struct sg_der *der)
{
    struct sg_subtrees subtrees;
    struct sg_tlv element;
    if (!sg_subtrees_parse(der, &subtrees))
        return;
    for (int i = 0; i < 64 && !sg_der_done(der); i++) {
        if (sg_der_next_is(der, SG_TAG_SEQUENCE)) {
            check_subject(bench, subtrees, der);
            return;
        }
        struct sg_der name = *der;
        struct sg_general_name parsed;
        if (!sg_general_name_parse(&name, false, &parsed) || !sg_der_any(der, &element))
            return;
        check_name(bench, subtrees, element.full, &parsed);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct signet_parse_error error = {0};
    struct sg_der der = sg_der_begin(sg_span(data, size), &error);
    struct bench bench;
    if (size > 1 << 16)
        return 0;
    sg_arena_init(&bench.arena, (size_t)1 << 28);
    signet_policy_init(&bench.policy);
    sg_judgement_init(&bench.judgement, NULL, &bench.arena, &bench.policy, NULL);
    run(&bench, &der);
    sg_judgement_clear(&bench.judgement);
    sg_arena_clear(&bench.arena);
    return 0;
}
