/* SPDX-License-Identifier: Apache-2.0 */
/* An attribute certificate from octets: an object or an error, never both; all that it says is
 * walked. */
#include "silent_dump.h"
#include "x509/attribute_certificate.h"
#include "x509/privilege.h"
#include "x509/target.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define ARENA_LEN ((size_t)1 << 26)

static bool lies_within(struct signet_span inner, struct signet_span outer)
{
    return inner.ptr == NULL ||
           (inner.ptr >= outer.ptr && inner.ptr + inner.len <= outer.ptr + outer.len);
}

static void check_fields(const struct signet_attribute_certificate *certificate)
{
    const struct signet_span fields[] = {
        certificate->info,
        certificate->signature,
        certificate->holder.base.names,
        certificate->holder.names,
        certificate->holder.digest.value,
        certificate->issuer.names,
        certificate->serial,
        certificate->attributes,
        certificate->issuer_unique_id,
        certificate->extensions,
        certificate->targets,
    };
    for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
        check(lies_within(fields[i], certificate->der));
    check((certificate->issuer.name.der.ptr != NULL) ==
          (certificate->issuer.name.canonical.ptr != NULL));
}

static void walk_attributes(const struct signet_attribute_certificate *certificate)
{
    struct sg_privileges privileges = sg_privileges_begin(certificate->attributes);
    struct sg_privilege privilege;
    struct sg_buffer text;
    size_t num = 0;
    sg_buffer_init(&text, 1 << 20);
    for (; sg_privileges_next(&privileges, &privilege); num++) {
        struct sg_privilege_texts texts = sg_privilege_texts_begin(&privilege);
        while (sg_privilege_texts_next(&texts, &text))
            text.len = 0;
    }
    check(num == certificate->num_attributes);
    sg_buffer_free(&text);
}

static void walk_targets(const struct signet_attribute_certificate *certificate)
{
    struct sg_targets targets = sg_targets_begin(certificate->targets);
    struct sg_target target;
    while (sg_targets_next(&targets, &target))
        check(target.has_name || target.type == SG_TARGET_CERTIFICATE);
}

static void judge(const struct signet_attribute_certificate *certificate)
{
    struct sg_arena arena;
    struct sg_findings findings;
    sg_arena_init(&arena, ARENA_LEN);
    sg_findings_init(&findings, &arena);
    sg_attribute_certificate_check(certificate, &findings);
    sg_arena_clear(&arena);
}

static void show(const struct signet_attribute_certificate *certificate)
{
    struct silent silent = {.dump = {&silent_writer}};
    char text[64];
    sg_attribute_certificate_dump(certificate, &silent.dump);
    check(silent.depth == 0);
    check(signet_attribute_certificate_holder(certificate, text, sizeof text) > 0);
    check(signet_attribute_certificate_issuer(certificate, text, sizeof text) > 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct signet_attribute_certificate *certificate;
    struct signet_parse_error error;
    enum signet_status status =
        signet_attribute_certificate_parse(sg_span(data, size), &certificate, &error);
    check((status == SIGNET_OK) == (certificate != NULL));
    check((status == SIGNET_ERR_PARSE) == (error.expected != NULL));
    check(error.offset <= size);
    if (certificate == NULL)
        return 0;
    check(sg_span_equal(certificate->der, sg_span(data, size)));
    check_fields(certificate);
    walk_attributes(certificate);
    walk_targets(certificate);
    judge(certificate);
    show(certificate);
    signet_attribute_certificate_unref(certificate);
    return 0;
}
