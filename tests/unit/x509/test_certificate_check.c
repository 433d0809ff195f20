/* SPDX-License-Identifier: Apache-2.0 */
#include "sample.h"
#include "signet/policy.h"

static enum signet_verdict check(const char *name, enum signet_profile profile,
                                 struct sg_findings *findings)
{
    struct signet_certificate *certificate = certificate_of(name);
    struct signet_policy policy;
    sg_certificate_check(certificate, 2, findings);
    signet_certificate_unref(certificate);
    signet_policy_init(&policy);
    policy.profile = profile;
    return sg_findings_conclude(findings, &policy);
}

#define ROW(name, verdict, ...)                                                                    \
    {                                                                                              \
        "certificate:" name, SIGNET_VERDICT_##verdict,                                             \
        {                                                                                          \
            __VA_ARGS__                                                                            \
        }                                                                                          \
    }
#define K(name) SG_KIND_##name
#define NONE    SG_NUM_KINDS

static const struct row {
    const char *name;
    enum signet_verdict verdict; /* under the default profile */
    enum sg_kind kinds[SG_TEST_MAX_KINDS];
} rows[] = {
    ROW("plain", GOOD, NONE),
    ROW("root", GOOD, NONE),
    ROW("ca", GOOD, NONE),
    ROW("v1", GOOD, NONE),
    ROW("v2", GOOD, NONE),
    ROW("everything", GOOD, NONE),
    ROW("dates far away", GOOD, NONE),
    ROW("as many extensions as may be", GOOD, NONE),
    ROW("unknown", GOOD, NONE),
    ROW("unknown garbage", GOOD, NONE),
    ROW("shown only, garbage", GOOD, NONE),
    ROW("qualifier unknown", GOOD, NONE),
    ROW("qualifiers known, critical", GOOD, NONE),
    ROW("policies", GOOD, NONE),
    ROW("subject empty, SAN critical", GOOD, NONE),
    ROW("pathLen huge", GOOD, NONE),
    ROW("address of 255 octets", GOOD, NONE),

    ROW("v1 with extensions", BAD, K(CERT_EXTENSIONS_MISPLACED)),
    ROW("v2 with extensions", BAD, K(CERT_EXTENSIONS_MISPLACED)),
    ROW("v1 with unique identifiers", BAD, K(CERT_UNIQUE_ID_MISPLACED)),
    ROW("algorithms differ in OID", BAD, K(CERT_ALGORITHMS_DIFFER)),
    ROW("algorithms differ in parameters", BAD, K(CERT_ALGORITHMS_DIFFER)),
    ROW("signature of half octets", BAD, K(CERT_SIGNATURE_BITS)),
    ROW("issuer empty", BAD, K(CERT_ISSUER_EMPTY)),
    ROW("ca without a subject", BAD, K(CERT_CA_SUBJECT_EMPTY)),
    ROW("subject empty, no SAN", BAD, K(CERT_IDENTITY_MISSING)),
    ROW("repeated known", BAD, K(CERT_EXTENSION_REPEATED)),
    ROW("repeated unknown", BAD, K(CERT_EXTENSION_REPEATED)),
    ROW("policy repeated", BAD, K(CERT_POLICY_REPEATED)),
    ROW("unknown critical", BAD, K(CERT_CRITICAL_UNKNOWN)),
    ROW("issuerAltName critical", BAD, K(CERT_CRITICAL_UNKNOWN)),
    ROW("key usage period critical", BAD, K(CERT_CRITICAL_UNKNOWN)),
    ROW("qualifier unknown, critical", BAD, K(CERT_QUALIFIER_UNKNOWN)),
    ROW("qualifier malformed, critical", BAD, K(CERT_QUALIFIER_UNKNOWN)),
    ROW("malformed keyUsage", BAD, K(CERT_EXTENSION_MALFORMED)),
    ROW("malformed subjectAltName", BAD, K(CERT_EXTENSION_MALFORMED)),
    ROW("malformed basicConstraints", BAD, K(CERT_EXTENSION_MALFORMED)),
    ROW("malformed extKeyUsage", BAD, K(CERT_EXTENSION_MALFORMED)),
    ROW("malformed authorityKeyIdentifier", BAD, K(CERT_EXTENSION_MALFORMED)),
    ROW("malformed subjectKeyIdentifier", BAD, K(CERT_EXTENSION_MALFORMED)),
    ROW("malformed authorityInfoAccess", BAD, K(CERT_EXTENSION_MALFORMED)),

    ROW("v1 written out", GOOD, K(CERT_VERSION_DEFAULT)),
    ROW("extensions empty", GOOD, K(CERT_EXTENSIONS_EMPTY)),
    ROW("serial negative", GOOD, K(CERT_SERIAL_NEGATIVE)),
    ROW("serial 0", GOOD, K(CERT_SERIAL_ZERO)),
    ROW("serial 8", GOOD, NONE),
    ROW("serial 159", GOOD, NONE),
    ROW("serial 160", GOOD, K(CERT_SERIAL_LONG)),
    ROW("serial 401", GOOD, K(CERT_SERIAL_LONG)),
    ROW("GeneralizedTime before 2050", GOOD, K(CERT_TIME_FORM)),
    ROW("subject empty, SAN not critical", GOOD, K(CERT_SAN_NOT_CRITICAL)),
    ROW("RDN not in order", GOOD, K(CERT_RDN_ORDER)),
    ROW("critical FALSE", GOOD, K(CERT_EXTENSION_DEFAULT)),
    ROW("cA FALSE", GOOD, K(CERT_EXTENSION_DEFAULT)),
    ROW("key usage empty", GOOD, K(CERT_KEY_USAGE_EMPTY)),
    ROW("key usage trailing", GOOD, K(CERT_KEY_USAGE_TRAILING)),
    ROW("key usage not critical", GOOD, K(CERT_EXTENSION_NOT_CRITICAL)),
    ROW("keyCertSign without cA", GOOD, K(CERT_KEY_CERT_SIGN_WITHOUT_CA)),
    ROW("pathLen without cA", GOOD, K(CERT_PATH_LEN_MISPLACED)),
    ROW("pathLen without keyCertSign", GOOD, K(CERT_PATH_LEN_MISPLACED)),
    ROW("cA not critical", GOOD, K(CERT_BASIC_CONSTRAINTS_NOT_CRITICAL)),
    ROW("constraints not critical", GOOD, K(CERT_EXTENSION_NOT_CRITICAL)),
    ROW("critical that must not be", GOOD, K(CERT_EXTENSION_CRITICAL)),
    ROW("half of issuer and serial", GOOD, K(CERT_AKI_HALF)),
    ROW("addresses that are none", GOOD, K(CERT_ADDRESS_MALFORMED)),
    ROW("addresses in UTF-8", GOOD, K(CERT_ADDRESS_MALFORMED)),
    ROW("subject addresses by type", GOOD, K(CERT_ADDRESS_MALFORMED), K(CERT_ADDRESS_STRING_TYPE)),
    ROW("address of 256 octets", GOOD, K(CERT_ADDRESS_MALFORMED)),
};

static size_t num_kinds(const struct row *row)
{
    size_t num = 1;
    while (num < SG_TEST_MAX_KINDS && row->kinds[num] != 0)
        num++;
    return num;
}

static void finds_each_fault_and_no_other(void **state)
{
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct sg_arena arena;
        struct sg_findings findings;
        sg_arena_init(&arena, SG_TEST_ARENA_LEN);
        sg_findings_init(&findings, &arena);
        enum signet_verdict verdict = check(rows[i].name, SIGNET_PROFILE_DEFAULT, &findings);
        assert_kinds(rows[i].name, &findings, rows[i].kinds, num_kinds(&rows[i]));
        if (verdict != rows[i].verdict)
            fail_msg("%s: %s", rows[i].name, signet_verdict_name(verdict));
        for (size_t j = 0; j < findings.num; j++)
            assert_int_equal(findings.items[j].finding.certificate, 2);
        sg_arena_clear(&arena);
    }
}

static void is_bad_under_the_strict_profile_when_there_is_any_fault(void **state)
{
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct sg_arena arena;
        struct sg_findings findings;
        sg_arena_init(&arena, SG_TEST_ARENA_LEN);
        sg_findings_init(&findings, &arena);
        enum signet_verdict verdict = check(rows[i].name, SIGNET_PROFILE_STRICT, &findings);
        if (verdict != (rows[i].kinds[0] == NONE ? SIGNET_VERDICT_GOOD : SIGNET_VERDICT_BAD))
            fail_msg("%s: %s", rows[i].name, signet_verdict_name(verdict));
        sg_arena_clear(&arena);
    }
}

static void tells_every_fault_of_several(void **state)
{
    struct sg_arena arena;
    struct sg_findings findings;
    (void)state;
    sg_arena_init(&arena, SG_TEST_ARENA_LEN);
    sg_findings_init(&findings, &arena);
    assert_int_equal(
        check("certificate:constraints not critical", SIGNET_PROFILE_DEFAULT, &findings),
        SIGNET_VERDICT_GOOD);
    assert_int_equal(findings.num, 3);
    assert_string_equal(findings.items[0].finding.rule, "RFC 5280 4.2.1");
    assert_string_equal(
        findings.items[0].finding.text,
        "the nameConstraints extension is not critical; it is enforced all the same");
    sg_arena_clear(&arena);
}

static void says_where_an_extension_is_malformed(void **state)
{
    struct signet_certificate *certificate =
        certificate_of("certificate:malformed subjectKeyIdentifier");
    const struct sg_note *note = &certificate->notes.items[0];
    (void)state;
    assert_int_equal(certificate->notes.num, 1);
    assert_int_equal(note->kind, SG_KIND_CERT_EXTENSION_MALFORMED);
    assert_int_equal(sg_oid_find(note->oid), SG_OID_CE_SUBJECT_KEY_IDENTIFIER);
    assert_string_equal(note->expected, "a KeyIdentifier");
    assert_memory_equal(certificate->der.ptr + note->offset - 2, "\x04\x02\x05\x00", 4);
    signet_certificate_unref(certificate);
}

static void fails_closed_when_there_are_more_faults_than_notes(void **state)
{
    struct sg_arena arena;
    struct sg_findings findings;
    (void)state;
    sg_arena_init(&arena, SG_TEST_ARENA_LEN);
    sg_findings_init(&findings, &arena);
    assert_int_equal(check("certificate:more faults than notes", SIGNET_PROFILE_LEGACY, &findings),
                     SIGNET_VERDICT_BAD);
    size_t num_dropped = 0;
    for (size_t i = 0; i < findings.num; i++)
        num_dropped += findings.items[i].kind == SG_KIND_CERT_NOTES_DROPPED;
    assert_int_equal(num_dropped, 1);
    sg_arena_clear(&arena);
}

static void reports_that_memory_is_out(void **state)
{
    struct sg_arena arena;
    struct sg_findings findings;
    struct signet_certificate *certificate = certificate_of("certificate:addresses that are none");
    (void)state;
    sg_arena_init(&arena, 0);
    sg_findings_init(&findings, &arena);
    sg_certificate_check(certificate, 0, &findings);
    assert_true(findings.failed);
    sg_arena_clear(&arena);
    signet_certificate_unref(certificate);
}

SG_TEST_MAIN(
    SG_TEST(
        "A-3-14 A-3-15 A-3-16 A-4.4-2 A-4.4-6 A-4.4.2-1 B-ENC-2 B-ENC-3 B-ENC-4 B-ENC-5 B-SER-2 "
        "B-TIM-4 B-EXT-1 B-EXT-2 B-EXT-5 B-KU-2 B-KU-3 B-CP-1 B-CP-2 E-15 E-16 E-18 E-35 E-38",
        finds_each_fault_and_no_other),
    SG_TEST("A-3-16 E-40", is_bad_under_the_strict_profile_when_there_is_any_fault),
    SG_TEST("A-5-3", tells_every_fault_of_several),
    SG_TEST("A-4.4-6", says_where_an_extension_is_malformed),
    SG_TEST("", fails_closed_when_there_are_more_faults_than_notes),
    SG_TEST("", reports_that_memory_is_out))
