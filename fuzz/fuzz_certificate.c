/* SPDX-License-Identifier: Apache-2.0 */
/* A certificate from octets: an object or an error, never both; judged and shown without a slip. */
#include "silent_dump.h"
#include "x509/certificate.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define ARENA_LEN ((size_t)1 << 26)

static void check_names(const struct signet_certificate *certificate)
{
    const struct sg_name *issuer = &certificate->issuer, *subject = &certificate->subject;
    check(sg_name_equal(issuer, issuer) && sg_name_within(subject, subject));
    check(sg_name_equal(issuer, subject) == certificate->self_issued);
    check(!sg_span_equal(issuer->der, subject->der) || certificate->self_issued);
}

static void judge(const struct signet_certificate *certificate)
{
    struct sg_arena arena;
    struct sg_findings findings;
    struct signet_policy policy;
    sg_arena_init(&arena, ARENA_LEN);
    sg_findings_init(&findings, &arena);
    sg_certificate_check(certificate, 0, &findings);
    signet_policy_init(&policy);
    enum signet_verdict verdict = sg_findings_conclude(&findings, &policy);
    check(findings.failed || !certificate->notes.dropped || verdict == SIGNET_VERDICT_BAD);
    sg_arena_clear(&arena);
}

static void show(const struct signet_certificate *certificate)
{
    struct silent silent = {.dump = {&silent_writer}};
    sg_certificate_dump(certificate, &silent.dump);
    check(silent.depth == 0);
}

/* A pool files certificates under their outlines, and has to know as much of them. */
static void check_outline(struct signet_span octets, const struct signet_certificate *certificate,
                          enum signet_status status, const struct signet_parse_error *error)
{
    struct sg_certificate_outline outline;
    struct signet_parse_error other;
    check(sg_certificate_outline_read(octets, &outline, &other) == status);
    check(other.expected == error->expected && other.offset == error->offset);
    if (certificate == NULL)
        return;
    check(sg_span_equal(outline.issuer.der, certificate->issuer.der));
    check(sg_span_equal(outline.subject.der, certificate->subject.der));
    check(sg_span_equal(outline.serial, certificate->serial));
    check(sg_span_equal(outline.ski, certificate->ski));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct signet_certificate *certificate;
    struct signet_parse_error error;
    enum signet_status status = signet_certificate_parse(sg_span(data, size), &certificate, &error);
    check((status == SIGNET_OK) == (certificate != NULL));
    check((status == SIGNET_ERR_PARSE) == (error.expected != NULL));
    check(error.offset <= size);
    check_outline(sg_span(data, size), certificate, status, &error);
    if (certificate == NULL)
        return 0;
    check(sg_span_equal(signet_certificate_der(certificate), sg_span(data, size)));
    check_names(certificate);
    judge(certificate);
    show(certificate);
    signet_certificate_unref(certificate);
    return 0;
}
