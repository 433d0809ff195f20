/* SPDX-License-Identifier: Apache-2.0 */
#include "x509/attribute_certificate.h"

#include "crypto/digest.h"
#include "fault.h"
#include "line_dump.h"
#include "sample.h"
#include "signet/policy.h"
#include "x509/aa_controls.h"
#include "x509/target.h"

static struct signet_attribute_certificate *ac_of(const char *name)
{
    struct signet_attribute_certificate *certificate;
    struct signet_parse_error error;
    if (signet_attribute_certificate_parse(sample(name), &certificate, &error) != SIGNET_OK)
        fail_msg("%s: %s at %zu", name, error.expected, error.offset);
    assert_null(error.expected);
    return certificate;
}

static void reads_the_fields(void **state)
{
    struct signet_span bytes = sample("ac:everything");
    struct signet_attribute_certificate *certificate = ac_of("ac:everything");
    uint8_t sha256[32];
    (void)state;
    assert_int_equal(signet_attribute_certificate_version(certificate), 2);
    assert_span_equal(signet_attribute_certificate_der(certificate), bytes);
    assert_span_equal(signet_attribute_certificate_serial(certificate), hex("2b"));
    assert_int_equal(signet_attribute_certificate_not_after(certificate) -
                         signet_attribute_certificate_not_before(certificate),
                     20 * 86400);
    assert_true(sg_sha256(bytes, sha256));
    assert_span_equal(signet_attribute_certificate_sha256(certificate), sg_span(sha256, 32));
    assert_ptr_equal(certificate->info.ptr + certificate->info.len,
                     certificate->signature_algorithm.full.ptr);
    assert_int_equal(certificate->num_attributes, 8);
    assert_span_equal(certificate->issuer_unique_id, hex("0f"));
    assert_span_equal(certificate->aki.key_id, hex("0304"));
    assert_non_null(certificate->targets.ptr);
    assert_non_null(certificate->crl_distribution_points.ptr);
    assert_non_null(certificate->authority_info_access.ptr);
    assert_false(certificate->no_rev_avail);
    signet_attribute_certificate_unref(certificate);
    certificate = ac_of("ac:plain");
    assert_true(certificate->no_rev_avail);
    assert_null(certificate->targets.ptr);
    signet_attribute_certificate_unref(certificate);
}

/* Who it is about and who issued it, as texts. */
static const struct {
    const char *name, *holder, *issuer;
} texts[] = {
    {"holder by certificate", "serial 2a of CN=Root,O=Example", "CN=Authority,O=Example"},
    {"holder by name", "CN=Holder, rfc822Name:h@example.org", "CN=Authority,O=Example"},
    {"holder by digest",
     "the certificate with sha256 "
     "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881",
     "CN=Authority,O=Example"},
    {"holder by key",
     "the public key with sha256 "
     "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881",
     "CN=Authority,O=Example"},
    {"holder by other digest",
     "the object with sha256 2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881",
     "CN=Authority,O=Example"},
    {"everything",
     "CN=Holder, rfc822Name:h@x.y; serial 2a of CN=Root,O=Example; "
     "the certificate with sha256 0102",
     "CN=Authority,O=Example"},
    {"holder missing", "(nobody)", "CN=Authority,O=Example"},
    {"issuer v1Form", NULL, "CN=Authority,O=Example"},
    {"issuer empty", NULL, "(empty)"},
    {"issuer without a name", NULL, "(not named)"},
    {"issuer no DN", NULL, "dNSName:x"},
    {"issuer twice", NULL, "CN=Authority,O=Example, dNSName:x"},
    {"v1 by name", "CN=Holder,O=Example", "CN=Authority,O=Example"},
    {"v1 by name, explicit", "CN=Holder,O=Example", "CN=Authority,O=Example"},
    {"v1 by certificate", "serial 2a of CN=Root,O=Example", "CN=Authority,O=Example"},
    {"v1 by certificate, explicit", "serial 2a of CN=Root,O=Example", "CN=Authority,O=Example"},
    {"v1 written out", "CN=Holder,O=Example", "CN=Authority,O=Example"},
};

static void reads_every_form_of_holder_and_issuer(void **state)
{
    (void)state;
    for (size_t i = 0; i < SG_NUM(texts); i++) {
        char name[64], text[256];
        snprintf(name, sizeof(name), "ac:%s", texts[i].name);
        struct signet_attribute_certificate *certificate = ac_of(name);
        assert_int_equal(certificate->version, strncmp(texts[i].name, "v1", 2) == 0 ? 1 : 2);
        size_t len = signet_attribute_certificate_holder(certificate, text, sizeof(text));
        if (texts[i].holder != NULL)
            assert_string_equal(text, texts[i].holder);
        assert_int_equal(len, strlen(text));
        len = signet_attribute_certificate_issuer(certificate, text, sizeof(text));
        assert_string_equal(text, texts[i].issuer);
        assert_int_equal(signet_attribute_certificate_issuer(certificate, text, 4), len);
        assert_int_equal(strlen(text), 3);
        assert_int_equal(signet_attribute_certificate_issuer(certificate, NULL, 0), len);
        signet_attribute_certificate_unref(certificate);
    }
}

static void compares_the_names_of_holder_and_issuer(void **state)
{
    struct signet_attribute_certificate *one = ac_of("ac:holder in every way");
    struct signet_certificate *root = certificate_of("certificate:root");
    struct signet_attribute_certificate *old = ac_of("ac:issuer v1Form");
    struct signet_attribute_certificate *none = ac_of("ac:issuer twice");
    (void)state;
    assert_true(sg_name_equal(&one->holder.base.issuer, &root->subject));
    assert_false(sg_name_equal(&one->issuer.name, &root->subject));
    assert_true(sg_name_equal(&one->issuer.name, &old->issuer.name));
    assert_true(old->issuer.v1_form && !one->issuer.v1_form);
    assert_null(none->issuer.name.der.ptr);
    signet_attribute_certificate_unref(one);
    signet_attribute_certificate_unref(old);
    signet_attribute_certificate_unref(none);
    signet_certificate_unref(root);
}

/* As CMS has it: the same octets under another tag. */
static void reads_it_under_the_tag_of_a_cms_object(void **state)
{
    struct signet_span bytes = sample("ac:plain"), tagged = repeat(bytes, 0, 0);
    struct signet_attribute_certificate *certificate;
    struct signet_parse_error error;
    (void)state;
    ((uint8_t *)(uintptr_t)tagged.ptr)[0] = 0xa2;
    assert_int_equal(sg_attribute_certificate_parse(tagged, 0xa2, &certificate, &error), SIGNET_OK);
    assert_span_equal(signet_attribute_certificate_der(certificate), bytes);
    signet_attribute_certificate_unref(certificate);
    assert_int_equal(signet_attribute_certificate_parse(tagged, &certificate, &error),
                     SIGNET_ERR_PARSE);
    assert_parse_error(&error, 0, "an AttributeCertificate");
    assert_null(certificate);
}

static void refuses_what_is_none(void **state)
{
    const struct sg_sample *one = NULL;
    (void)state;
    while ((one = sample_next("broken ac", one)) != NULL) {
        struct signet_attribute_certificate *certificate;
        struct signet_parse_error error;
        enum signet_status status =
            signet_attribute_certificate_parse(sg_sample_octets(one), &certificate, &error);
        if (status != SIGNET_ERR_PARSE || certificate != NULL)
            fail_msg("%s was read", one->name);
        if (error.expected == NULL || error.offset > one->len)
            fail_msg("%s: \"%s\" at %zu", one->name, error.expected, error.offset);
        assert_string_equal(error.object, "attribute certificate");
    }
    struct signet_attribute_certificate *certificate;
    assert_int_equal(signet_attribute_certificate_parse(sg_span(NULL, 0), &certificate, NULL),
                     SIGNET_ERR_PARSE);
}

static void refuses_every_beginning_of_one(void **state)
{
    struct signet_span whole = sample("ac:everything");
    struct signet_attribute_certificate *certificate;
    (void)state;
    for (size_t len = 0; len < whole.len; len++) {
        struct signet_span cut = sg_test_copy(whole.ptr, len);
        assert_int_equal(signet_attribute_certificate_parse(cut, &certificate, NULL),
                         SIGNET_ERR_PARSE);
    }
}

#define ROW(name, verdict, ...)                                                                    \
    {                                                                                              \
        "ac:" name, SIGNET_VERDICT_##verdict,                                                      \
        {                                                                                          \
            __VA_ARGS__                                                                            \
        }                                                                                          \
    }
#define K(name) SG_KIND_AC_##name
#define NONE    SG_NUM_KINDS

static const struct row {
    const char *name;
    enum signet_verdict verdict; /* under the default profile */
    enum sg_kind kinds[SG_TEST_MAX_KINDS];
} rows[] = {
    ROW("plain", GOOD, NONE),
    ROW("no extensions", GOOD, NONE),
    ROW("pointers", GOOD, NONE),
    ROW("unknown", GOOD, NONE),
    ROW("unknown attribute", GOOD, NONE),
    ROW("clearances", GOOD, NONE),
    ROW("empty group", GOOD, NONE),
    ROW("unique identifier", GOOD, NONE),
    ROW("holder by certificate", GOOD, NONE),
    ROW("holder by name", GOOD, NONE),
    ROW("holder by digest", GOOD, NONE),
    ROW("holder by key", GOOD, NONE),
    ROW("v1 by name", GOOD, NONE),

    ROW("holder missing", BAD, K(HOLDER_MISSING)),
    ROW("holder by other digest", BAD, K(HOLDER_OBJECT)),
    ROW("holder's issuer empty", BAD, K(HOLDER_ISSUER)),
    ROW("holder's issuer no DN", BAD, K(HOLDER_ISSUER)),
    ROW("holder's issuer twice", BAD, K(HOLDER_ISSUER)),
    ROW("issuer empty", BAD, K(ISSUER_NAME)),
    ROW("issuer without a name", BAD, K(ISSUER_NAME)),
    ROW("issuer no DN", BAD, K(ISSUER_NAME)),
    ROW("issuer twice", BAD, K(ISSUER_NAME)),
    ROW("issuer by certificate too", BAD, K(ISSUER_EXCESS)),
    ROW("issuer by digest too", BAD, K(ISSUER_EXCESS)),
    ROW("algorithms differ", BAD, K(ALGORITHMS_DIFFER)),
    ROW("no revocation and CRLs", BAD, K(NO_REV_AVAIL_CONTRADICTS)),
    ROW("no revocation and OCSP", BAD, K(NO_REV_AVAIL_CONTRADICTS)),
    ROW("unknown critical", BAD, K(CRITICAL_UNKNOWN)),
    ROW("known elsewhere critical", BAD, K(CRITICAL_UNKNOWN)),
    ROW("malformed targets", BAD, K(EXTENSION_MALFORMED)),
    ROW("malformed identifier", BAD, K(EXTENSION_MALFORMED)),
    ROW("repeated", BAD, K(EXTENSION_REPEATED)),
    ROW("more faults than notes", BAD, K(EXTENSION_DEFAULT), K(NOTES_DROPPED)),

    ROW("holder in every way", GOOD, K(HOLDER_SEVERAL)),
    ROW("everything", GOOD, K(HOLDER_SEVERAL)),
    ROW("issuer v1Form", GOOD, K(ISSUER_V1_FORM)),
    ROW("serial negative", GOOD, K(SERIAL_ODD)),
    ROW("serial 0", GOOD, K(SERIAL_ODD)),
    ROW("serial 159", GOOD, NONE),
    ROW("serial 160", GOOD, K(SERIAL_ODD)),
    ROW("no attributes", GOOD, K(ATTRIBUTES_NONE)),
    ROW("attribute repeated", GOOD, K(ATTRIBUTE_REPEATED)),
    ROW("attribute without values", GOOD, K(ATTRIBUTE_VALUES)),
    ROW("groups twice", GOOD, K(ATTRIBUTE_VALUES)),
    ROW("malformed group", GOOD, K(ATTRIBUTE_MALFORMED)),
    ROW("malformed group choice", GOOD, K(ATTRIBUTE_MALFORMED)),
    ROW("malformed group UTF-8", GOOD, K(ATTRIBUTE_MALFORMED)),
    ROW("malformed charging authority", GOOD, K(ATTRIBUTE_MALFORMED)),
    ROW("malformed service", GOOD, K(ATTRIBUTE_MALFORMED)),
    ROW("malformed identity", GOOD, K(ATTRIBUTE_MALFORMED)),
    ROW("malformed role", GOOD, K(ATTRIBUTE_MALFORMED)),
    ROW("malformed role implicit", GOOD, K(ATTRIBUTE_MALFORMED)),
    ROW("malformed clearance", GOOD, K(ATTRIBUTE_MALFORMED)),
    ROW("malformed clearance category", GOOD, K(ATTRIBUTE_MALFORMED)),
    ROW("malformed clearance OID", GOOD, K(ATTRIBUTE_MALFORMED)),
    ROW("two points", GOOD, K(POINTERS_SEVERAL)),
    ROW("extensions empty", GOOD, K(EXTENSIONS_EMPTY)),
    ROW("targets not critical", GOOD, K(EXTENSION_NOT_CRITICAL)),
    ROW("audit not critical", GOOD, K(EXTENSION_NOT_CRITICAL)),
    ROW("no revocation critical", GOOD, K(EXTENSION_CRITICAL)),
    ROW("critical FALSE", GOOD, K(EXTENSION_DEFAULT)),
};

static void tells_what_breaks_a_rule(void **state)
{
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct signet_attribute_certificate *certificate = ac_of(rows[i].name);
        struct sg_arena arena;
        struct sg_findings findings;
        struct signet_policy policy;
        size_t num = 0;
        while (num < SG_TEST_MAX_KINDS && rows[i].kinds[num] != 0)
            num++;
        sg_arena_init(&arena, SG_TEST_ARENA_LEN);
        sg_findings_init(&findings, &arena);
        sg_attribute_certificate_check(certificate, &findings);
        assert_kinds(rows[i].name, &findings, rows[i].kinds, num);
        signet_policy_init(&policy);
        enum signet_verdict verdict = sg_findings_conclude(&findings, &policy);
        if (verdict != rows[i].verdict)
            fail_msg("%s: %s", rows[i].name, signet_verdict_name(verdict));
        for (size_t k = 0; k < findings.num; k++)
            assert_int_equal(findings.items[k].finding.object, SIGNET_OBJECT_ATTRIBUTE_CERTIFICATE);
        sg_arena_clear(&arena);
        signet_attribute_certificate_unref(certificate);
    }
}

static const char *dump(const char *name)
{
    struct line line;
    struct signet_attribute_certificate *certificate = ac_of(name);
    line_begin(&line);
    sg_attribute_certificate_dump(certificate, &line.dump);
    signet_attribute_certificate_unref(certificate);
    return line_finish(&line);
}

static void shows_every_field(void **state)
{
    static const char *const parts[] = {
        "{version=2 holder={base_certificate={issuer=[{directoryName=CN=Root,O=Example}] "
        "serial=2a} entity_names=[{directoryName=CN=Holder} {rfc822Name=h@x.y}] "
        "object_digest={object=certificate algorithm=sha256 digest=#0102}}",
        "issuer={form=v2 names=[{directoryName=CN=Authority,O=Example}]} serial=2b",
        "not_before=2026-05-22T12:00:00Z not_after=2026-06-11T12:00:00Z",
        "issuer_unique_id=#0f",
        "{extension=auditIdentity critical=yes identity=#aabb}",
        "{extension=targetInformation critical=yes targets=[{name={uniformResourceIdentifier="
        "http://t/}} {group={dNSName=g}} {certificate={issuer=[{directoryName=CN=Root,O=Example}] "
        "serial=2a} certificate_name={dNSName=c} digest={object=certificate algorithm=sha256 "
        "digest=#03}}]}",
        "{extension=1.3.6.1.4.1.32473.2.1 critical=no value=#dead}",
        "{extension=authorityKeyIdentifier critical=no key_id=#0304}",
        "signature_algorithm={algorithm=ecdsa-with-SHA256 digest=SHA-256} signature=#",
        "fingerprints={sha1=#",
    };
    const char *text = dump("ac:everything");
    (void)state;
    for (size_t i = 0; i < SG_NUM(parts); i++)
        assert_contains(text, parts[i]);
}

static void shows_odd_forms(void **state)
{
    (void)state;
    assert_contains(dump("ac:issuer v1Form"), "issuer={form=v1 names=[{directoryName=");
    assert_contains(dump("ac:issuer without a name"), "issuer={form=v2}");
    assert_contains(dump("ac:issuer by certificate too"), "base_certificate={issuer=[");
    assert_contains(dump("ac:holder missing"), "holder={}");
    assert_contains(dump("ac:holder by other digest"), "{object=other object_type=1.2.3");
    assert_contains(dump("ac:holder by certificate"), "serial=2a issuer_unique_id=#05");
    assert_contains(dump("ac:v1 by name"), "{version=1 holder={entity_names=[{directoryName=");
    assert_contains(dump("ac:malformed targets"),
                    "{extension=targetInformation critical=yes value=#ff}");
}

static void shows_all_samples(void **state)
{
    const struct sg_sample *one = NULL;
    (void)state;
    while ((one = sample_next("ac", one)) != NULL)
        assert_contains(dump(one->name), "fingerprints=");
}

static void walks_targets(void **state)
{
    struct signet_attribute_certificate *certificate = ac_of("ac:everything");
    struct sg_targets targets = sg_targets_begin(certificate->targets);
    struct sg_target target;
    (void)state;
    assert_true(sg_targets_next(&targets, &target));
    assert_int_equal(target.type, SG_TARGET_NAME);
    assert_span_text(target.name.value, "http://t/");
    assert_true(sg_targets_next(&targets, &target));
    assert_int_equal(target.type, SG_TARGET_GROUP);
    assert_true(sg_targets_next(&targets, &target));
    assert_int_equal(target.type, SG_TARGET_CERTIFICATE);
    assert_false(sg_targets_next(&targets, &target));
    assert_false(sg_targets_next(&targets, &target));
    /* Several Targets count as one. */
    targets = sg_targets_begin(hex("3012 3000 3005 a0038201 61 3000 3005 a0038201 62"));
    assert_true(sg_targets_next(&targets, &target));
    assert_span_text(target.name.value, "a");
    assert_true(sg_targets_next(&targets, &target));
    assert_span_text(target.name.value, "b");
    assert_false(sg_targets_next(&targets, &target));
    targets = sg_targets_begin(sg_span(NULL, 0));
    assert_false(sg_targets_next(&targets, &target));
    signet_attribute_certificate_unref(certificate);
}

static void tells_which_attributes_are_permitted(void **state)
{
    struct signet_span group = hex("2b0601050507 0a04"), role = hex("550448"), other = hex("2a03");
    struct signet_certificate *ca = certificate_of("certificate:aa controls");
    struct signet_certificate *none = certificate_of("certificate:plain");
    struct sg_aa_controls controls;
    (void)state;
    assert_false(sg_aa_controls_get(none, &controls));
    assert_true(sg_aa_controls_get(ca, &controls));
    assert_int_equal(controls.path_len, 1);
    assert_true(sg_aa_controls_permit(&controls, group));
    assert_false(sg_aa_controls_permit(&controls, role));
    assert_false(sg_aa_controls_permit(&controls, other));
    controls.permit_unspecified = true;
    assert_true(sg_aa_controls_permit(&controls, other));
    assert_false(sg_aa_controls_permit(&controls, role));
    controls.permitted = controls.excluded;
    assert_false(sg_aa_controls_permit(&controls, role));
    signet_certificate_unref(ca);
    signet_certificate_unref(none);
}

static void is_shared_by_references(void **state)
{
    struct signet_attribute_certificate *one = ac_of("ac:plain");
    struct signet_attribute_certificate *two = signet_attribute_certificate_ref(one);
    (void)state;
    assert_ptr_equal(one, two);
    signet_attribute_certificate_unref(one);
    assert_int_equal(signet_attribute_certificate_version(two), 2);
    signet_attribute_certificate_unref(two);
    signet_attribute_certificate_unref(NULL);
}

/* Octets that nobody has written, and nobody reads, take no memory. */
static void bounds_the_length(void **state)
{
    static uint8_t zeros[((size_t)1 << 28) + 1];
    const size_t max = sizeof zeros - 1;
    struct signet_attribute_certificate *certificate;
    (void)state;
    assert_int_equal(signet_attribute_certificate_parse(sg_span(zeros, max), &certificate, NULL),
                     SIGNET_ERR_PARSE);
    assert_int_equal(
        signet_attribute_certificate_parse(sg_span(zeros, max + 1), &certificate, NULL),
        SIGNET_ERR_LIMIT);
}

static void reports_that_memory_is_out(void **state)
{
    struct signet_span bytes = sample("ac:everything");
    struct signet_attribute_certificate *certificate;
    enum signet_status status;
    size_t n = 0;
    (void)state;
    for (; fault_begin(n),
           (status = signet_attribute_certificate_parse(bytes, &certificate, NULL)) != SIGNET_OK;
         n++) {
        fault_end();
        assert_int_equal(status, SIGNET_ERR_MEMORY);
        assert_null(certificate);
    }
    fault_end();
    assert_true(n >= 2);
    fault_begin(0);
    size_t len = signet_attribute_certificate_holder(certificate, NULL, 0);
    fault_end();
    assert_int_equal(len, 0);
    signet_attribute_certificate_unref(certificate);
}

SG_TEST_MAIN(SG_TEST("C-AC-1 A-2.2-4 A-2.3-13", reads_the_fields),
             SG_TEST("C-AC-1 A-1.4-1", reads_every_form_of_holder_and_issuer),
             SG_TEST("C-AC-1", compares_the_names_of_holder_and_issuer),
             SG_TEST("C-AC-1 C-CC-1", reads_it_under_the_tag_of_a_cms_object),
             SG_TEST("C-AC-1 A-2.3-13", refuses_what_is_none),
             SG_TEST("A-2.3-13", refuses_every_beginning_of_one),
             SG_TEST("C-AC-1 C-AC-2 C-AC-3 C-AC-4", tells_what_breaks_a_rule),
             SG_TEST("A-2.3-13 C-AC-1", shows_every_field), SG_TEST("A-2.3-13", shows_odd_forms),
             SG_TEST("A-2.3-13", shows_all_samples), SG_TEST("C-AC-2", walks_targets),
             SG_TEST("C-AC-2", tells_which_attributes_are_permitted),
             SG_TEST("", is_shared_by_references), SG_TEST("E-9", bounds_the_length),
             SG_TEST("", reports_that_memory_is_out))
