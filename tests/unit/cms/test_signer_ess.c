/* SPDX-License-Identifier: Apache-2.0 */
#include "cms/signer.h"

#include "asn1/der_writer.h"
#include "sample.h"

static void holds_the_certificate_against_what_was_signed(void **state)
{
    static const struct {
        const char *sample, *certificate;
        enum sg_ess_match match;
    } rows[] = {
        {"attached", "certificate-alice", SG_ESS_ABSENT},
        {"bare", "certificate-alice", SG_ESS_ABSENT},
        {"unsigned-copies", "certificate-alice", SG_ESS_ABSENT},
        {"ess-v1", "certificate-alice", SG_ESS_MATCH},
        {"ess-v1", "certificate-alice-again", SG_ESS_MISMATCH}, /* swapped, with the same key */
        {"ess-v1", "certificate-bob", SG_ESS_MISMATCH},
        {"ess-v2", "certificate-alice", SG_ESS_MATCH},
        {"ess-v2", "certificate-alice-again", SG_ESS_MISMATCH},
        {"ess-v2-sha512", "certificate-alice", SG_ESS_MATCH},
        {"ess-v2-sha512", "certificate-bob", SG_ESS_MISMATCH},
        {"ess-both", "certificate-alice", SG_ESS_MATCH},
        {"ess-both-differ", "certificate-alice", SG_ESS_MISMATCH},
        {"ess-without-issuer", "certificate-alice", SG_ESS_MATCH},
        {"ess-second", "certificate-alice", SG_ESS_MISMATCH}, /* the first is the signer's */
        {"ess-chain", "certificate-alice", SG_ESS_MATCH},
        {"ess-other-issuer", "certificate-alice", SG_ESS_MISMATCH},
        {"ess-other-serial", "certificate-alice", SG_ESS_MISMATCH},
        {"ess-issuer-in-other-letters", "certificate-alice", SG_ESS_MATCH},
        {"ess-issuer-dns", "certificate-alice", SG_ESS_MISMATCH},
        {"ess-unknown-digest", "certificate-alice", SG_ESS_UNREADABLE},
        {"ess-empty", "certificate-alice", SG_ESS_UNREADABLE},
        {"ess-malformed", "certificate-alice", SG_ESS_UNREADABLE},
        {"ess-repeated", "certificate-alice", SG_ESS_UNREADABLE},
        {"ess-policies", "certificate-alice", SG_ESS_MATCH},
    };
    struct sg_crypto *crypto;
    (void)state;
    assert_int_equal(sg_crypto_new(&crypto), SIGNET_OK);
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct sg_arena arena;
        struct signet_certificate *certificate;
        sg_arena_init(&arena, SG_TEST_ARENA_LEN);
        struct sg_signed_data signed_data = sample_signed_data(rows[i].sample, &arena);
        assert_int_equal(signet_certificate_parse(sample(rows[i].certificate), &certificate, NULL),
                         SIGNET_OK);
        enum sg_ess_match match = sg_signer_ess_match(crypto, &signed_data.signers[0], certificate);
        if (match != rows[i].match)
            fail_msg("%s and %s: %d", rows[i].sample, rows[i].certificate, (int)match);
        signet_certificate_unref(certificate);
        sg_arena_clear(&arena);
    }
    sg_crypto_free(crypto);
}

/* A Name with an organization of LEN octets. */
static void put_name(struct sg_buffer *der, size_t len)
{
    static const uint32_t around[] = {SG_TAG_SEQUENCE, SG_TAG_SET, SG_TAG_SEQUENCE};
    size_t opened[SG_NUM(around)], num = SG_NUM(around);
    for (size_t i = 0; i < num; i++)
        opened[i] = sg_der_open(der, around[i]);
    sg_der_put_oid(der, SG_OID_AT_ORGANIZATION);
    sg_der_put(der, SG_TAG_UTF8_STRING, repeat(sg_span(NULL, 0), 'a', len));
    while (num-- > 0)
        sg_der_close(der, opened[num]);
}

/* SigningCertificateV2 for CERTIFICATE. */
static void put_signing_certificate(struct sg_crypto *crypto,
                                    const struct signet_certificate *certificate,
                                    struct sg_buffer *der)
{
    struct sg_digest_value value;
    assert_true(sg_digest_compute(crypto, SG_DIGEST_SHA256, certificate->der, &value));
    size_t whole = sg_der_open(der, SG_TAG_SEQUENCE), certs = sg_der_open(der, SG_TAG_SEQUENCE);
    size_t id = sg_der_open(der, SG_TAG_SEQUENCE);
    sg_der_put(der, SG_TAG_OCTET_STRING, sg_span(value.octets, value.len));
    size_t issuer_serial = sg_der_open(der, SG_TAG_SEQUENCE);
    size_t names = sg_der_open(der, SG_TAG_SEQUENCE);
    sg_der_put(der, SG_TAG_CONTEXT_CONS(4), certificate->issuer.der);
    sg_der_close(der, names);
    sg_der_put(der, SG_TAG_INTEGER, certificate->serial);
    sg_der_close(der, issuer_serial);
    sg_der_close(der, id);
    sg_der_close(der, certs);
    sg_der_close(der, whole);
}

/* How an issuer with an organization of LEN octets matches itself. */
static enum sg_ess_match match_long_issuer(struct sg_crypto *crypto, size_t len)
{
    struct signet_certificate certificate = {.der = text_bytes("a certificate"),
                                             .serial = text_bytes("7")};
    struct signet_parse_error error = {0};
    struct sg_buffer name, der;
    struct sg_arena arena;
    sg_arena_init(&arena, SG_TEST_ARENA_LEN);
    sg_buffer_init(&name, SG_TEST_ARENA_LEN);
    sg_buffer_init(&der, SG_TEST_ARENA_LEN);
    put_name(&name, len);
    struct sg_der cursor = sg_der_begin(sg_buffer_span(&name), &error);
    assert_true(sg_reference_name_parse(&cursor, &arena, &certificate.issuer, "issuer"));
    put_signing_certificate(crypto, &certificate, &der);
    assert_int_equal(der.status, SIGNET_OK);
    const struct sg_cms_attribute attribute = {
        .type = SG_OID_AA_SIGNING_CERTIFICATE_V2, .num_values = 1, .value = sg_buffer_span(&der)};
    const struct sg_signer_info signer = {.signed_attributes = {&attribute, 1}};
    enum sg_ess_match match = sg_signer_ess_match(crypto, &signer, &certificate);
    sg_buffer_free(&der);
    sg_buffer_free(&name);
    sg_arena_clear(&arena);
    return match;
}

/* It is the message that is to blame, and no want of memory. */
static void endless_issuers_are_nobody(void **state)
{
    struct sg_crypto *crypto;
    (void)state;
    assert_int_equal(sg_crypto_new(&crypto), SIGNET_OK);
    assert_int_equal(match_long_issuer(crypto, 900000), SG_ESS_MATCH);
    assert_int_equal(match_long_issuer(crypto, 1 << 20), SG_ESS_MISMATCH);
    sg_crypto_free(crypto);
}

static void turns_the_match_into_a_finding(void **state)
{
    static const struct {
        enum sg_ess_match match;
        size_t num;
        enum signet_code code;
        enum signet_verdict verdict;
    } rows[] = {
        {SG_ESS_ABSENT, 0, 0, SIGNET_VERDICT_GOOD},
        {SG_ESS_MATCH, 0, 0, SIGNET_VERDICT_GOOD},
        {SG_ESS_MISMATCH, 1, SIGNET_CODE_SIG_BAD, SIGNET_VERDICT_BAD},
        {SG_ESS_UNREADABLE, 1, SIGNET_CODE_PARSE, SIGNET_VERDICT_UNKNOWN},
    };
    struct signet_policy policy;
    (void)state;
    signet_policy_init(&policy);
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct sg_arena arena;
        struct sg_findings findings;
        sg_arena_init(&arena, SG_TEST_ARENA_LEN);
        sg_findings_init(&findings, &arena);
        sg_signer_check_ess(rows[i].match, &findings);
        assert_int_equal(findings.num, rows[i].num);
        if (findings.num > 0)
            assert_int_equal(findings.items[0].finding.code, rows[i].code);
        assert_int_equal(sg_findings_conclude(&findings, &policy), rows[i].verdict);
        sg_arena_clear(&arena);
    }
    struct sg_findings findings = {0};
    sg_signer_check_ess(SG_ESS_NO_MEMORY, &findings);
    assert_true(findings.failed);
}

SG_TEST_MAIN(SG_TEST("C-AT-5 D-SIG-1", holds_the_certificate_against_what_was_signed),
             SG_TEST("E-9", endless_issuers_are_nobody),
             SG_TEST("C-AT-5 D-SIG-1", turns_the_match_into_a_finding))
