/* SPDX-License-Identifier: Apache-2.0 */
#include "fault.h"
#include "signet/bundle.h"
#include "test.h"
#include "test_scratch.h"
#include "x509/crl.h"

static const struct sample {
    const char *name;
    const unsigned char *octets;
    size_t len;
} samples[] = {
#include "bundle_scenes.inc"
};

static struct signet_span sample(const char *name)
{
    for (size_t i = 0; i < SG_NUM(samples); i++) {
        if (strcmp(samples[i].name, name) == 0)
            return sg_test_copy(samples[i].octets, samples[i].len);
    }
    fail_msg("no sample \"%s\"", name);
    return (struct signet_span){NULL, 0};
}

struct counts {
    size_t certificates, crls, attributes;
    struct signet_crl *crl; /* the last one, kept */
    enum signet_status answer;
};

static enum signet_status take_certificate(void *context, struct signet_certificate *certificate)
{
    struct counts *counts = context;
    (void)certificate;
    counts->certificates++;
    return counts->answer;
}

static enum signet_status take_crl(void *context, struct signet_crl *crl)
{
    struct counts *counts = context;
    counts->crls++;
    signet_crl_unref(counts->crl);
    counts->crl = signet_crl_ref(crl);
    return counts->answer;
}

static enum signet_status take_attributes(void *context,
                                          struct signet_attribute_certificate *certificate)
{
    struct counts *counts = context;
    (void)certificate;
    counts->attributes++;
    return counts->answer;
}

static enum signet_status read_sample(struct signet_span bytes, bool bytes_stay,
                                      struct counts *counts, size_t *num_bad,
                                      struct signet_parse_error *error)
{
    const struct signet_bundle_callbacks callbacks = {
        .certificate = take_certificate,
        .crl = take_crl,
        .attribute_certificate = take_attributes,
        .context = counts,
        .bytes_stay = bytes_stay,
    };
    return signet_bundle_read(bytes, &callbacks, num_bad, error);
}

static void reads_each_form(void **state)
{
    static const struct {
        const char *name;
        enum signet_status status;
        size_t certificates, crls, attributes, num_bad;
    } rows[] = {
        {"certificate", SIGNET_OK, 1, 0, 0, 0},
        {"crl", SIGNET_OK, 0, 1, 0, 0},
        {"attribute-certificate", SIGNET_OK, 0, 0, 1, 0},
        {"der-sequence", SIGNET_OK, 2, 1, 0, 0},
        {"der-line-end", SIGNET_OK, 1, 0, 0, 0},
        {"der-junk", SIGNET_OK, 1, 0, 0, 1},
        {"pem", SIGNET_OK, 2, 1, 0, 0},
        {"pem-after-text", SIGNET_OK, 3, 1, 0, 0},
        {"pem-old-labels", SIGNET_OK, 1, 1, 0, 0},
        {"pem-attributes", SIGNET_OK, 0, 0, 1, 0},
        {"pem-key-only", SIGNET_ERR_PARSE, 0, 0, 0, 0},
        {"pem-key-and-certificate", SIGNET_OK, 1, 0, 0, 0},
        {"pem-broken", SIGNET_OK, 2, 0, 0, 2},
        {"certs-only", SIGNET_OK, 2, 1, 0, 0},
        {"certs-only-ber", SIGNET_OK, 2, 1, 0, 0},
        {"certs-only-base64", SIGNET_OK, 2, 1, 0, 0},
        {"base64", SIGNET_OK, 1, 0, 0, 0},
        {"certs-only-empty", SIGNET_OK, 0, 0, 0, 0},
        {"enveloped", SIGNET_ERR_PARSE, 0, 0, 0, 1},
        {"mime-certificate", SIGNET_OK, 1, 0, 0, 0},
        {"mime-crl", SIGNET_OK, 0, 1, 0, 0},
        {"mime-crl-binary", SIGNET_OK, 0, 1, 0, 0},
        {"mime-ca", SIGNET_OK, 1, 0, 0, 0},
        {"mime-certs-only", SIGNET_OK, 2, 1, 0, 0},
        {"mime-several", SIGNET_OK, 3, 1, 1, 0},
        {"mime-broken", SIGNET_OK, 1, 0, 0, 1},
        {"mime-other", SIGNET_ERR_PARSE, 0, 0, 0, 1},
        {"mime-text", SIGNET_OK, 1, 0, 0, 0},
        {"mime-no-type", SIGNET_ERR_PARSE, 0, 0, 0, 1},
        {"text", SIGNET_ERR_PARSE, 0, 0, 0, 1},
        {"empty", SIGNET_ERR_PARSE, 0, 0, 0, 1},
        {"truncated", SIGNET_ERR_PARSE, 0, 0, 0, 1},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct counts counts = {.answer = SIGNET_OK};
        struct signet_parse_error error = {0};
        size_t num_bad = 99;
        enum signet_status status =
            read_sample(sample(rows[i].name), false, &counts, &num_bad, &error);
        if (status != rows[i].status || counts.certificates != rows[i].certificates ||
            counts.crls != rows[i].crls || counts.attributes != rows[i].attributes ||
            num_bad != rows[i].num_bad)
            fail_msg("%s: %s, %zu %zu %zu, %zu bad", rows[i].name, signet_status_name(status),
                     counts.certificates, counts.crls, counts.attributes, num_bad);
        if (status != SIGNET_OK || num_bad > 0)
            assert_non_null(error.expected);
        signet_crl_unref(counts.crl);
    }
}

/* Each form with the octets that stay, and without. */
static void copies_crls_only_where_it_must(void **state)
{
    static const struct {
        const char *name;
        bool in_input;
    } rows[] = {
        {"crl", true},       {"der-sequence", true},    {"certs-only", true},        {"pem", false},
        {"mime-crl", false}, {"mime-crl-binary", true}, {"certs-only-base64", false}};
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct signet_span bytes = sample(rows[i].name);
        for (int stay = 0; stay < 2; stay++) {
            struct counts counts = {.answer = SIGNET_OK};
            assert_int_equal(read_sample(bytes, stay, &counts, NULL, NULL), SIGNET_OK);
            struct signet_span der = signet_crl_der(counts.crl);
            bool borrowed = der.ptr >= bytes.ptr && der.ptr < bytes.ptr + bytes.len;
            assert_int_equal(borrowed, stay && rows[i].in_input);
            assert_span_equal(der, sample("crl")); /* it outlives the reading */
            signet_crl_unref(counts.crl);
        }
    }
}

/* A CRL of ten thousand entries, with so many empty lines before it that there may be more. */
static struct signet_span long_pem(void)
{
    enum { NUM_LINES = 2 * SIGNET_SCRATCH_MIN_LEN };
    static const char mark[] = "-----BEGIN X509 CRL-----\n";
    struct signet_span pem = sample("pem-long");
    size_t head_len = sizeof mark - 1;
    uint8_t *text = sg_test_keep(malloc(pem.len + NUM_LINES));

    assert_non_null(text);
    assert_memory_equal(pem.ptr, mark, head_len);
    memcpy(text, mark, head_len);
    memset(text + head_len, '\n', NUM_LINES);
    memcpy(text + head_len + NUM_LINES, pem.ptr + head_len, pem.len - head_len);
    return (struct signet_span){text, pem.len + NUM_LINES};
}

/* A CRL keeps the file that it was decoded to; without one it is on the heap. */
static void decodes_long_text_to_a_file(void **state)
{
    const struct {
        struct test_scratch scratch;
        enum signet_status status;
        size_t num_files;
    } rows[] = {
        {test_scratch_new(SIZE_MAX), SIGNET_OK, 1},
        {test_scratch_new(0), SIGNET_OK, 0},
        {{.files_left = 0}, SIGNET_OK, 0},
        {{.files_left = 1, .octets_left = SIZE_MAX, .unmappable = true}, SIGNET_ERR_MEMORY, 0},
    };
    struct signet_span bytes = long_pem();
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct test_scratch files = rows[i].scratch;
        const struct signet_scratch scratch = test_scratch_of(&files);
        struct counts counts = {.answer = SIGNET_OK};
        const struct signet_bundle_callbacks callbacks = {
            .crl = take_crl, .context = &counts, .bytes_stay = true, .scratch = &scratch};
        assert_int_equal(signet_bundle_read(bytes, &callbacks, NULL, NULL), rows[i].status);
        assert_int_equal(files.num_mapped, rows[i].num_files);
        assert_int_equal(files.num_open, rows[i].num_files);
        if (rows[i].status == SIGNET_OK)
            assert_int_equal(signet_crl_num_entries(counts.crl), 10000);
        signet_crl_unref(counts.crl);
        assert_int_equal(files.num_open, 0);
    }
}

static void ends_when_a_callback_says_so(void **state)
{
    static const char *const names[] = {"pem", "der-sequence", "certs-only", "certs-only-base64"};
    (void)state;
    for (size_t i = 0; i < SG_NUM(names); i++) {
        struct counts counts = {.answer = SIGNET_ERR_LIMIT};
        assert_int_equal(read_sample(sample(names[i]), false, &counts, NULL, NULL),
                         SIGNET_ERR_LIMIT);
        assert_int_equal(counts.certificates + counts.crls, 1);
        signet_crl_unref(counts.crl);
    }
}

static void survives_every_failing_allocation(void **state)
{
    (void)state;
    for (size_t i = 0; i < SG_NUM(samples); i++) {
        struct signet_span bytes = sample(samples[i].name);
        enum signet_status right;
        struct counts all = {.answer = SIGNET_OK};
        right = read_sample(bytes, true, &all, NULL, NULL);
        signet_crl_unref(all.crl);
        enum signet_status status = SIGNET_ERR_MEMORY;
        for (size_t n = 0; status == SIGNET_ERR_MEMORY; n++) {
            struct counts counts = {.answer = SIGNET_OK};
            fault_begin(n);
            status = read_sample(bytes, true, &counts, NULL, NULL);
            fault_end();
            signet_crl_unref(counts.crl);
            if (status != SIGNET_ERR_MEMORY && status != right)
                fail_msg("%s, allocation %zu: %s", samples[i].name, n, signet_status_name(status));
        }
    }
}

static void nobody_needs_to_listen(void **state)
{
    const struct signet_bundle_callbacks callbacks = {.context = NULL};
    (void)state;
    for (size_t i = 0; i < SG_NUM(samples); i++)
        (void)!signet_bundle_read(sample(samples[i].name), &callbacks, NULL, NULL);
}

SG_TEST_MAIN(SG_TEST("A-4-6 C-CO-1 C-CO-3 C-SD-1", reads_each_form),
             SG_TEST("B-CRL-22", copies_crls_only_where_it_must),
             SG_TEST("E-9", decodes_long_text_to_a_file), SG_TEST("", ends_when_a_callback_says_so),
             SG_TEST("", survives_every_failing_allocation), SG_TEST("", nobody_needs_to_listen))
