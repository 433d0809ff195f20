/* SPDX-License-Identifier: Apache-2.0 */
#include "cms/signer.h"

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
             SG_TEST("C-AT-5 D-SIG-1", turns_the_match_into_a_finding))
