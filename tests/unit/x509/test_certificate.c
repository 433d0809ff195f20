/* SPDX-License-Identifier: Apache-2.0 */
#include "crypto/digest.h"
#include "fault.h"
#include "sample.h"

static void reads_every_version(void **state)
{
    static const struct {
        const char *name;
        int version;
        bool extensions, unique_ids;
    } rows[] = {
        {"certificate:plain", 3, true, false},
        {"certificate:v1", 1, false, false},
        {"certificate:v1 written out", 1, false, false},
        {"certificate:v2", 2, false, true},
        {"certificate:extensions empty", 3, true, false},
        {"certificate:v1 with extensions", 1, false, false},
        {"certificate:v2 with extensions", 2, false, false},
        {"certificate:as many extensions as may be", 3, true, false},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct signet_certificate *certificate = certificate_of(rows[i].name);
        assert_int_equal(certificate->version, rows[i].version);
        assert_int_equal(certificate->extensions.ptr != NULL, rows[i].extensions);
        assert_int_equal(certificate->issuer_unique_id.ptr != NULL, rows[i].unique_ids);
        assert_int_equal(certificate->subject_unique_id.ptr != NULL, rows[i].unique_ids);
        signet_certificate_unref(certificate);
    }
}

static void never_honours_extensions_of_old_versions(void **state)
{
    static const char *const names[] = {"certificate:v1 with extensions",
                                        "certificate:v2 with extensions"};
    (void)state;
    for (size_t i = 0; i < SG_NUM(names); i++) {
        struct signet_certificate *certificate = certificate_of(names[i]);
        assert_false(certificate->has_key_usage || certificate->has_eku);
        assert_null(certificate->subject_alt_name.ptr);
        assert_null(certificate->ski.ptr);
        signet_certificate_unref(certificate);
    }
}

static void keeps_the_octets_that_the_signature_covers(void **state)
{
    struct signet_span bytes = sample("certificate:plain");
    struct signet_certificate *certificate;
    uint8_t sha256[32];
    (void)state;
    assert_int_equal(signet_certificate_parse(bytes, &certificate, NULL), SIGNET_OK);
    assert_span_equal(signet_certificate_der(certificate), bytes);
    assert_ptr_not_equal(signet_certificate_der(certificate).ptr, bytes.ptr);
    assert_ptr_equal(certificate->tbs.ptr, certificate->der.ptr + 4);
    assert_int_equal(certificate->tbs.ptr[0], SG_TAG_SEQUENCE);
    assert_ptr_equal(certificate->signature_algorithm.full.ptr,
                     certificate->tbs.ptr + certificate->tbs.len);
    assert_ptr_equal(certificate->signature.ptr + certificate->signature.len,
                     certificate->der.ptr + certificate->der.len);
    assert_true(sg_sha256(bytes, sha256));
    assert_span_equal(signet_certificate_sha256(certificate), sg_span(sha256, 32));
    signet_certificate_unref(certificate);
}

static void reads_serial_numbers_as_they_are(void **state)
{
    static const struct {
        const char *name, *serial;
    } rows[] = {
        {"certificate:serial negative", "ff"},
        {"certificate:serial 0", "00"},
        {"certificate:serial 8", "00ff"},
        {"certificate:serial 159", "7fffffffffffffffffffffffffffffffffffffff"},
        {"certificate:serial 160", "008000000000000000000000000000000000000000"},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct signet_certificate *certificate = certificate_of(rows[i].name);
        assert_span_equal(signet_certificate_serial(certificate), hex(rows[i].serial));
        signet_certificate_unref(certificate);
    }
    assert_false(sg_serial_equal(hex("ff"), hex("00ff")));
}

static void reads_dates(void **state)
{
    struct signet_certificate *plain = certificate_of("certificate:plain");
    struct signet_certificate *far = certificate_of("certificate:dates far away");
    (void)state;
    assert_true(signet_certificate_not_before(plain) < signet_certificate_not_after(plain));
    assert_int_equal(signet_certificate_not_before(far), INT64_C(-631152000));
    assert_int_equal(signet_certificate_not_after(far), INT64_C(253402300799));
    signet_certificate_unref(plain);
    signet_certificate_unref(far);
}

static void finds_out_who_is_self_issued(void **state)
{
    static const struct {
        const char *name;
        bool self_issued;
    } rows[] = {{"certificate:root", true},
                {"certificate:self-issued", true},
                {"certificate:plain", false},
                {"certificate:issuer empty", false}};
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct signet_certificate *certificate = certificate_of(rows[i].name);
        assert_int_equal(certificate->self_issued, rows[i].self_issued);
        signet_certificate_unref(certificate);
    }
}

static void gives_names_as_text(void **state)
{
    struct signet_certificate *certificate = certificate_of("certificate:plain");
    char text[64];
    (void)state;
    assert_int_equal(signet_certificate_subject(certificate, text, sizeof(text)), 18);
    assert_string_equal(text, "CN=Alice,O=Example");
    assert_int_equal(signet_certificate_issuer(certificate, text, 8), 17);
    assert_string_equal(text, "CN=Root");
    signet_certificate_unref(certificate);
}

static void refuses_what_is_no_certificate(void **state)
{
    const struct sg_sample *one = NULL;
    (void)state;
    while ((one = sample_next("broken certificate", one)) != NULL) {
        struct signet_certificate *certificate = (struct signet_certificate *)&state;
        struct signet_parse_error error = {0};
        if (signet_certificate_parse(sg_sample_octets(one), &certificate, &error) !=
            SIGNET_ERR_PARSE)
            fail_msg("%s", one->name);
        assert_null(certificate);
        assert_string_equal(error.object, "certificate");
        if (error.expected == NULL || error.offset > one->len)
            fail_msg("%s: \"%s\" at %zu", one->name, error.expected, error.offset);
        assert_int_equal(signet_certificate_parse(sg_sample_octets(one), &certificate, NULL),
                         SIGNET_ERR_PARSE);
    }
}

static void says_what_is_wrong(void **state)
{
    static const struct {
        const char *name;
        size_t offset;
        const char *expected;
    } rows[] = {
        {"broken certificate:no octets", 0, "Certificate"},
        {"broken certificate:version 4", 8, "version 1, 2 or 3"},
        {"broken certificate:serial not minimal", 15, "INTEGER"},
        {"broken certificate:indefinite length", 1, "length"},
        {"broken certificate:too many extensions", 0, "128 extensions"},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct signet_certificate *certificate;
        struct signet_parse_error error;
        assert_int_equal(signet_certificate_parse(sample(rows[i].name), &certificate, &error),
                         SIGNET_ERR_PARSE);
        assert_parse_error(&error, rows[i].offset != 0 ? rows[i].offset : error.offset,
                           rows[i].expected);
    }
}

static void refuses_every_beginning_of_a_certificate(void **state)
{
    struct signet_span bytes = sample("certificate:everything");
    (void)state;
    for (size_t len = 0; len < bytes.len; len++) {
        struct signet_certificate *certificate;
        assert_int_equal(signet_certificate_parse(sg_test_copy(bytes.ptr, len), &certificate, NULL),
                         SIGNET_ERR_PARSE);
    }
}

/* The outline of BYTES tells neither more nor less than the certificate, and refuses the same. */
static void assert_outlined(const char *what, struct signet_span bytes)
{
    struct signet_certificate *certificate;
    struct sg_certificate_outline outline;
    struct signet_parse_error error, other;
    enum signet_status status = signet_certificate_parse(bytes, &certificate, &error);
    if (sg_certificate_outline_read(bytes, &outline, &other) != status)
        fail_msg("%s: one reads it, the other does not", what);
    if (status != SIGNET_OK) {
        assert_ptr_equal(other.expected, error.expected);
        assert_int_equal(other.offset, error.offset);
        assert_string_equal(other.object, error.object);
        return;
    }
    assert_span_equal(outline.issuer.der, certificate->issuer.der);
    assert_span_equal(outline.subject.der, certificate->subject.der);
    assert_span_equal(outline.serial, certificate->serial);
    assert_span_equal(outline.ski, certificate->ski);
    signet_certificate_unref(certificate);
}

static void outlines_what_it_reads(void **state)
{
    static const char *const groups[] = {"certificate", "broken certificate"};
    (void)state;
    for (size_t i = 0; i < SG_NUM(groups); i++) {
        for (const struct sg_sample *one = NULL; (one = sample_next(groups[i], one)) != NULL;)
            assert_outlined(one->name, sg_sample_octets(one));
    }
}

/* Each octet in turn replaced by its neighbours and by what stands for other tags and lengths. */
static void outlines_no_more_than_it_reads(void **state)
{
    static const char *const names[] = {"certificate:everything", "certificate:v2"};
    static const uint8_t masks[] = {0x01, 0x02, 0x20, 0x80, 0xff};
    (void)state;
    for (size_t i = 0; i < SG_NUM(names); i++) {
        struct signet_span bytes = sample(names[i]);
        uint8_t *changed = (uint8_t *)(uintptr_t)bytes.ptr;
        for (size_t at = 0; at < bytes.len; at++) {
            for (size_t k = 0; k < SG_NUM(masks); k++) {
                changed[at] ^= masks[k];
                assert_outlined(names[i], bytes);
                changed[at] ^= masks[k];
            }
        }
    }
}

static void counts_references(void **state)
{
    struct signet_certificate *certificate = certificate_of("certificate:plain");
    struct signet_certificate *again = signet_certificate_ref(certificate);
    (void)state;
    assert_ptr_equal(again, certificate);
    signet_certificate_unref(certificate);
    assert_int_equal(again->version, 3);
    signet_certificate_unref(again);
    signet_certificate_unref(NULL);
}

/* Octets that nobody has written, and nobody reads, take no memory. */
static void bounds_the_length(void **state)
{
    static uint8_t zeros[((size_t)1 << 28) + 1];
    const size_t max = sizeof zeros - 1;
    struct signet_certificate *certificate;
    struct sg_certificate_outline outline;
    struct signet_parse_error error;
    (void)state;
    assert_int_equal(sg_certificate_outline_read(sg_span(zeros, max), &outline, &error),
                     SIGNET_ERR_PARSE);
    assert_int_equal(sg_certificate_outline_read(sg_span(zeros, max + 1), &outline, &error),
                     SIGNET_ERR_LIMIT);
    assert_int_equal(signet_certificate_parse(sg_span(zeros, max + 1), &certificate, &error),
                     SIGNET_ERR_LIMIT);
}

static void reports_that_memory_is_out(void **state)
{
    static const char *const names[] = {"certificate:plain", "certificate:policies",
                                        "certificate:everything"};
    (void)state;
    for (size_t i = 0; i < SG_NUM(names); i++) {
        struct signet_span bytes = sample(names[i]);
        struct signet_certificate *certificate;
        struct signet_parse_error error;
        enum signet_status status;
        for (size_t n = 0; fault_begin(n),
                    (status = signet_certificate_parse(bytes, &certificate, &error)) != SIGNET_OK;
             n++) {
            fault_end();
            assert_int_equal(status, SIGNET_ERR_MEMORY);
            assert_null(certificate);
            assert_null(error.expected);
            assert_true(n < 100);
        }
        fault_end();
        signet_certificate_unref(certificate);
    }
}

SG_TEST_MAIN(SG_TEST("A-2.2-1 A-2.2-2 B-ENC-3 B-ENC-6", reads_every_version),
             SG_TEST("B-ENC-4", never_honours_extensions_of_old_versions),
             SG_TEST("B-ENC-1", keeps_the_octets_that_the_signature_covers),
             SG_TEST("B-SER-1 B-SER-2", reads_serial_numbers_as_they_are),
             SG_TEST("B-TIM-1 B-TIM-4", reads_dates),
             SG_TEST("B-DN-9", finds_out_who_is_self_issued),
             SG_TEST("A-3-13", gives_names_as_text),
             SG_TEST("B-ENC-3 B-ENC-7 B-TIM-2 B-DN-6", refuses_what_is_no_certificate),
             SG_TEST("B-ENC-3 B-ENC-7", says_what_is_wrong),
             SG_TEST("B-ENC-7", refuses_every_beginning_of_a_certificate),
             SG_TEST("A-2.3-1 B-ENC-7", outlines_what_it_reads),
             SG_TEST("B-ENC-7", outlines_no_more_than_it_reads), SG_TEST("", counts_references),
             SG_TEST("E-9", bounds_the_length), SG_TEST("", reports_that_memory_is_out))
