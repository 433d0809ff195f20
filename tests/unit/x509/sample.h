/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The objects that samples.py makes, by name.
 */
#ifndef SG_TESTS_UNIT_X509_SAMPLE_H
#define SG_TESTS_UNIT_X509_SAMPLE_H

#include "test.h"

#include "x509/certificate.h"
#include "x509/crl.h"
#include "x509/name.h"

#define SG_TEST_ARENA_LEN ((size_t)1 << 24)

struct sg_sample {
    const char *name;
    const unsigned char *octets;
    size_t len;
};

static const struct sg_sample sg_samples[] = {
#include "x509_samples.inc"
};

static inline const struct sg_sample *sg_sample_find(const char *name)
{
    for (size_t i = 0; i < SG_NUM(sg_samples); i++) {
        if (strcmp(sg_samples[i].name, name) == 0)
            return &sg_samples[i];
    }
    fail_msg("no sample \"%s\"", name);
    return NULL;
}

/* The octets of a sample, with nothing readable behind them. */
static inline struct signet_span sg_sample_octets(const struct sg_sample *one)
{
    return sg_test_copy(one->octets, one->len);
}

static inline struct signet_span sample(const char *name)
{
    return sg_sample_octets(sg_sample_find(name));
}

/* The next sample of GROUP after ONE (NULL: the first); NULL at the end. Fails when there is none
 * at all. */
static inline const struct sg_sample *sample_next(const char *group, const struct sg_sample *one)
{
    const struct sg_sample *next = one == NULL ? sg_samples : one + 1;
    for (; next < sg_samples + SG_NUM(sg_samples); next++) {
        size_t len = strlen(group);
        if (strncmp(next->name, group, len) == 0 && next->name[len] == ':')
            return next;
    }
    if (one == NULL)
        fail_msg("no sample of \"%s\"", group);
    return NULL;
}

/* The name that BYTES hold, canonical. */
static inline struct sg_name canonical_name(struct signet_span bytes)
{
    struct signet_parse_error error = {0};
    struct sg_der der = sg_der_begin(bytes, &error);
    struct sg_name name;
    struct sg_buffer form;
    sg_buffer_init(&form, 1 << 20);
    if (!sg_name_parse(&der, &name, "a name") || !sg_der_end(&der))
        fail_msg("no name: %s at %zu", error.expected, error.offset);
    assert_true(sg_name_add_canonical(&name, &form));
    sg_name_set_canonical(&name, sg_test_copy(form.ptr, form.len));
    sg_buffer_free(&form);
    return name;
}

static inline struct signet_certificate *certificate_of(const char *name)
{
    struct signet_certificate *certificate;
    struct signet_parse_error error;
    if (signet_certificate_parse(sample(name), &certificate, &error) != SIGNET_OK)
        fail_msg("%s: %s at %zu", name, error.expected, error.offset);
    assert_null(error.expected);
    return certificate;
}

static inline struct signet_crl *crl_of(const char *name)
{
    struct signet_crl *crl;
    struct signet_parse_error error;
    if (signet_crl_parse(sample(name), &crl, &error) != SIGNET_OK)
        fail_msg("%s: %s at %zu", name, error.expected, error.offset);
    assert_null(error.expected);
    return crl;
}

static inline bool sg_kinds_have(const enum sg_kind *kinds, size_t num, enum sg_kind kind)
{
    for (size_t i = 0; i < num; i++) {
        if (kinds[i] == kind)
            return true;
    }
    return false;
}

#define SG_TEST_MAX_KINDS 4

/* FINDINGS are those of KINDS, no more and no fewer. SG_NUM_KINDS stands for none. */
static inline void assert_kinds(const char *what, const struct sg_findings *findings,
                                const enum sg_kind *kinds, size_t num)
{
    assert_false(findings->failed);
    for (size_t i = 0; i < findings->num; i++) {
        if (!sg_kinds_have(kinds, num, findings->items[i].kind))
            fail_msg("%s: not wanted: %s", what, findings->items[i].finding.text);
        if (strchr(findings->items[i].finding.text, '{') != NULL)
            fail_msg("%s: a field is not filled: %s", what, findings->items[i].finding.text);
    }
    for (size_t i = 0; i < num; i++) {
        bool found = false;
        for (size_t j = 0; j < findings->num; j++)
            found |= findings->items[j].kind == kinds[i];
        if (!found && kinds[i] != SG_NUM_KINDS)
            fail_msg("%s: wanted finding %zu of the row is missing", what, i);
    }
}

#endif
