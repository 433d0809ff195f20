/* SPDX-License-Identifier: Apache-2.0 */
#include "maker/lint.h"

#include "finding/sentence.h"
#include "maker/lint_checks.h"
#include "maker/lint_policy.h"

#include <stdlib.h>

/* What may be said of a file: an object takes some hundred octets for each of its findings. */
#define MAX_MEMORY ((size_t)256 << 20)

enum { MAX_SENTENCE = 4096 };

static const struct sg_lint_row rows[] = {
#define RULE(id, whose, severity, place, function, rule, sentence)                                 \
    {id,                                                                                           \
     SIGNET_LINT_##whose,                                                                          \
     SIGNET_SEVERITY_##severity,                                                                   \
     SG_LINT_##place,                                                                              \
     sg_lint_check_##function,                                                                     \
     rule,                                                                                         \
     sentence},
#include "maker/lint_rules.def"
#undef RULE
};

struct signet_lint_result {
    struct sg_arena arena;
    struct sg_lint lint;
    struct signet_lint_certificate *certificates;
    size_t num_certificates;
    const struct signet_crl **crls;
    size_t num_crls;
};

static const char *sentence_of(struct sg_lint *lint, const char *sentence,
                               const struct signet_param *params)
{
    struct sg_buffer text;
    sg_buffer_init(&text, MAX_SENTENCE);
    sg_sentence_add(&text, sentence, params);
    const char *copy =
        text.status == SIGNET_ERR_MEMORY
            ? NULL
            : sg_arena_printf(lint->arena, "%.*s", (int)text.len, (const char *)text.ptr);
    lint->arena->failed = lint->arena->failed || copy == NULL;
    sg_buffer_free(&text);
    return copy;
}

void sg_lint_say(struct sg_lint *lint, const struct sg_lint_row *row,
                 const struct sg_lint_subject *subject, const struct signet_param *params)
{
    void *items = lint->findings;
    const char *text = sentence_of(lint, row->sentence, params);
    if (text == NULL ||
        !sg_arena_grow(lint->arena, &items, &lint->cap, lint->num, sizeof *lint->findings))
        return;
    lint->findings = items;
    lint->findings[lint->num++] = (struct signet_lint_finding){
        .id = row->id,
        .rules = row->rules,
        .severity = row->severity,
        .object = subject->certificate != NULL ? SIGNET_OBJECT_CERTIFICATE : SIGNET_OBJECT_CRL,
        .index = subject->index,
        .rule = row->rule,
        .text = text,
    };
}

bool sg_lint_extension(struct signet_span extensions, const uint8_t *origin, enum sg_oid oid,
                       struct sg_extension *out)
{
    struct sg_extensions all = {extensions, origin};
    while (sg_extensions_next(&all, out)) {
        if (out->oid == oid)
            return true;
    }
    return false;
}

static bool applies(const struct sg_lint_row *row, const struct sg_lint_subject *subject,
                    unsigned rules)
{
    bool certificate = subject->certificate != NULL;
    if ((rules & SIGNET_LINT_BR_CLAIMED) != 0 && subject->num_br_policies > 0)
        rules |= SIGNET_LINT_BR;
    if ((row->rules & rules) == 0)
        return false;
    switch (row->place) {
    case SG_LINT_CERTIFICATE:
        return certificate;
    case SG_LINT_CA:
        return certificate && subject->is_ca;
    case SG_LINT_END_ENTITY:
        return certificate && !subject->is_ca;
    case SG_LINT_ISSUED:
        return certificate && subject->issuer != NULL;
    case SG_LINT_CRL:
        return !certificate;
    }
    return false;
}

static void check(struct sg_lint *lint, const struct sg_lint_subject *subject)
{
    sg_lint_notes(lint, subject);
    for (size_t i = 0; i < sizeof rows / sizeof *rows && !lint->arena->failed; i++)
        if (applies(&rows[i], subject, lint->rules))
            rows[i].check(lint, &rows[i], subject);
}

/* --- the subjects */

static void read_certificate(struct sg_lint *lint, const struct signet_certificate *certificate,
                             struct sg_lint_subject *subject)
{
    struct signet_parse_error error = {0, NULL, NULL};
    subject->certificate = certificate;
    subject->is_ca = certificate->is_ca || (certificate->has_key_usage &&
                                            (certificate->key_usage & SG_KU_KEY_CERT_SIGN) != 0);
    subject->algorithm_read = sg_signature_algorithm_parse(&certificate->signature_algorithm,
                                                           &subject->algorithm, &error);
    sg_br_policy_read(subject);
    if (!sg_certificate_addresses(certificate, lint->arena, &subject->addresses))
        lint->arena->failed = true;
}

static void read_crl(const struct signet_crl *crl, struct sg_lint_subject *subject)
{
    struct signet_parse_error error = {0, NULL, NULL};
    subject->crl = crl;
    subject->algorithm_read =
        sg_signature_algorithm_parse(&crl->signature_algorithm, &subject->algorithm, &error);
}

static void read_subjects(struct sg_lint *lint, const struct signet_lint_input *input,
                          struct sg_lint_subject *subjects)
{
    for (size_t i = 0; i < input->num_certificates; i++) {
        subjects[i].index = i;
        read_certificate(lint, input->certificates[i], &subjects[i]);
    }
    for (size_t i = 0; i < input->num_crls; i++) {
        subjects[input->num_certificates + i].index = i;
        read_crl(input->crls[i], &subjects[input->num_certificates + i]);
    }
}

/* --- the result */

/* References: whoever reads the result needs no input any more. */
static void keep_objects(struct signet_lint_result *result, const struct signet_lint_input *input,
                         const struct sg_lint_subject *subjects)
{
    for (size_t i = 0; i < input->num_certificates; i++)
        result->certificates[result->num_certificates++] = (struct signet_lint_certificate){
            .certificate = signet_certificate_ref(input->certificates[i]),
            .issuer = subjects[i].issued_by == NULL || subjects[i].signature_wrong
                          ? -1
                          : (int)subjects[i].issued_by->index,
            .validation = sg_br_validation_name(subjects[i].validation),
            .generation = sg_br_generation_name(subjects[i].generation),
        };
    for (size_t i = 0; i < input->num_crls; i++)
        result->crls[result->num_crls++] = signet_crl_ref(input->crls[i]);
}

static void run(struct signet_lint_result *result, const struct signet_lint_input *input)
{
    struct sg_arena *arena = &result->arena;
    size_t num = input->num_certificates + input->num_crls;
    struct sg_lint_subject *subjects = sg_arena_array(arena, num + 1, sizeof *subjects);
    result->certificates =
        sg_arena_array(arena, input->num_certificates + 1, sizeof *result->certificates);
    result->crls = sg_arena_array(arena, input->num_crls + 1, sizeof *result->crls);
    if (subjects == NULL || result->certificates == NULL || result->crls == NULL)
        return;
    read_subjects(&result->lint, input, subjects);
    sg_lint_link(&result->lint, subjects, input->num_certificates, input->num_crls);
    for (size_t i = 0; i < num && !arena->failed; i++)
        check(&result->lint, &subjects[i]);
    keep_objects(result, input, subjects);
}

enum signet_status signet_lint_run(const struct signet_lint_input *input,
                                   struct signet_lint_result **result)
{
    struct signet_lint_result *made = calloc(1, sizeof *made);
    enum signet_status status;
    *result = NULL;
    if (made == NULL)
        return SIGNET_ERR_MEMORY;
    sg_arena_init(&made->arena, MAX_MEMORY);
    made->lint.arena = &made->arena;
    made->lint.rules = input->rules != 0
                           ? input->rules
                           : SIGNET_LINT_PKIX | SIGNET_LINT_SMIME | SIGNET_LINT_BR_CLAIMED;
    status = sg_crypto_new(&made->lint.crypto);
    if (status == SIGNET_OK)
        run(made, input);
    if (status == SIGNET_OK && made->arena.failed)
        status = sg_arena_status(&made->arena);
    sg_crypto_free(made->lint.crypto);
    if (status == SIGNET_OK)
        *result = made;
    else
        signet_lint_free(made);
    return status;
}

void signet_lint_free(struct signet_lint_result *result)
{
    if (result == NULL)
        return;
    for (size_t i = 0; i < result->num_certificates; i++)
        signet_certificate_unref(
            (struct signet_certificate *)(uintptr_t)result->certificates[i].certificate);
    for (size_t i = 0; i < result->num_crls; i++)
        signet_crl_unref((struct signet_crl *)(uintptr_t)result->crls[i]);
    sg_arena_clear(&result->arena);
    free(result);
}

size_t signet_lint_num_findings(const struct signet_lint_result *result)
{
    return result->lint.num;
}

const struct signet_lint_finding *signet_lint_finding(const struct signet_lint_result *result,
                                                      size_t index)
{
    return &result->lint.findings[index];
}

size_t signet_lint_num_certificates(const struct signet_lint_result *result)
{
    return result->num_certificates;
}

const struct signet_lint_certificate *
signet_lint_certificate(const struct signet_lint_result *result, size_t index)
{
    return &result->certificates[index];
}

size_t signet_lint_num_crls(const struct signet_lint_result *result)
{
    return result->num_crls;
}

const struct signet_crl *signet_lint_crl(const struct signet_lint_result *result, size_t index)
{
    return result->crls[index];
}

size_t signet_lint_count(const struct signet_lint_result *result, enum signet_severity severity)
{
    size_t num = 0;
    for (size_t i = 0; i < result->lint.num; i++)
        num += result->lint.findings[i].severity == severity;
    return num;
}
