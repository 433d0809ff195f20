/* SPDX-License-Identifier: Apache-2.0 */
#include "cms/signer.h"

#include "fault.h"
#include "sample.h"

#define MAX_KINDS 8

static struct sg_crypto *crypto;

/* What the agent hands to the check: the content of NAME with its digest for SIGNER. */
static struct sg_signer_content content_of(const struct sg_signed_data *signed_data,
                                           const struct sg_signer_info *signer,
                                           struct sg_digest_value *value, struct sg_arena *arena)
{
    struct sg_signer_content content = {.type = signed_data->content.type,
                                        .type_octets = signed_data->content.type_octets};
    content.octets = joined(&signed_data->content.octets, arena);
    if (sg_digest_supported(crypto, signer->digest)) {
        assert_true(sg_digest_compute(crypto, signer->digest, content.octets, value));
        content.digest = value;
    }
    return content;
}

static bool check_signer(const struct sg_signed_data *signed_data, size_t index,
                         struct sg_findings *findings)
{
    struct sg_digest_value value;
    const struct sg_signer_info *signer = &signed_data->signers[index];
    struct sg_signer_content content = content_of(signed_data, signer, &value, findings->arena);
    return sg_signer_check(signed_data, signer, &content, findings);
}

struct row {
    const char *name;
    bool usable;
    size_t num;
    enum sg_kind kinds[MAX_KINDS];
};

static void show_findings(const char *name, const struct sg_findings *findings)
{
    print_error("%s:\n", name);
    for (size_t i = 0; i < findings->num; i++)
        print_error("  %s: %s\n", signet_code_name(findings->items[i].finding.code),
                    findings->items[i].finding.text);
}

static void assert_row(const struct row *row)
{
    struct sg_arena arena;
    struct sg_findings findings;
    sg_arena_init(&arena, SG_TEST_ARENA_LEN);
    sg_findings_init(&findings, &arena);
    struct sg_signed_data signed_data = sample_signed_data(row->name, &arena);
    bool usable = check_signer(&signed_data, 0, &findings);
    bool same = usable == row->usable && findings.num == row->num;
    for (size_t i = 0; same && i < findings.num; i++)
        same = findings.items[i].kind == row->kinds[i] &&
               findings.items[i].finding.object == SIGNET_OBJECT_SIGNER;
    if (!same) {
        show_findings(row->name, &findings);
        fail_msg("%s: not these findings, or usable: %d", row->name, usable);
    }
    assert_false(findings.failed);
    sg_arena_clear(&arena);
}

static void assert_rows(const struct row *rows, size_t num)
{
    assert_int_equal(sg_crypto_new(&crypto), SIGNET_OK);
    for (size_t i = 0; i < num; i++)
        assert_row(&rows[i]);
    sg_crypto_free(crypto);
}

static void has_nothing_to_say_of_a_sound_signer(void **state)
{
    static const struct row rows[] = {
        {"attached", true, 0, {0}},      {"ber", true, 0, {0}},
        {"ber-signer", true, 0, {0}},    {"content-empty", true, 0, {0}},
        {"by-key-id", true, 0, {0}},     {"time-absent", true, 0, {0}},
        {"time-2060", true, 0, {0}},     {"capabilities", true, 0, {0}},
        {"rsa-combined", true, 0, {0}},  {"rsa-pss", true, 0, {0}},
        {"digest-null", true, 0, {0}},   {"unknown-attribute", true, 0, {0}},
        {"ed25519", true, 0, {0}},       {"ed448", true, 0, {0}},
        {"countersigned", true, 0, {0}}, {"ed448-shake-512", true, 0, {0}},
        {"protection", true, 0, {0}},    {"dsa-key-identifier", true, 0, {0}},
    };
    (void)state;
    assert_rows(rows, SG_NUM(rows));
}

static void tells_odd_versions(void **state)
{
    static const struct row rows[] = {
        {"by-key-id-version-1", true, 1, {SG_KIND_SIGNER_VERSION}},
        {"by-issuer-version-3", true, 1, {SG_KIND_SIGNER_VERSION}},
        {"signer-version-7", false, 1, {SG_KIND_SIGNER_VERSION_UNKNOWN}},
    };
    (void)state;
    assert_rows(rows, SG_NUM(rows));
}

static void judges_algorithms(void **state)
{
    static const struct row rows[] = {
        {"no-digest-algorithms", true, 1, {SG_KIND_SIGNER_DIGEST_UNLISTED}},
        {"other-digest-algorithm", true, 1, {SG_KIND_SIGNER_DIGEST_UNLISTED}},
        {"unknown-digest", false, 1, {SG_KIND_SIGNER_DIGEST_UNSUPPORTED}},
        {"unknown-signature", false, 1, {SG_KIND_SIGNER_SIGNATURE_UNSUPPORTED}},
        {"rsa-pss-bad-parameters", false, 1, {SG_KIND_SIGNER_SIGNATURE_PARAMETERS}},
        {"unsigned-algorithm", false, 1, {SG_KIND_SIGNER_UNSIGNED}},
        {"two-digests", false, 1, {SG_KIND_SIGNER_DIGESTS_DIFFER}},
        {"two-digests-bare",
         false,
         2,
         {SG_KIND_SIGNER_DIGESTS_DIFFER, SG_KIND_SIGNER_ATTRIBUTES_ABSENT}},
        {"ed25519-sha256", true, 1, {SG_KIND_SIGNER_EDDSA_DIGEST}},
        {"ed25519-bare", true, 1, {SG_KIND_SIGNER_ATTRIBUTES_ABSENT}},
        {"ed448-shake-256", false, 1, {SG_KIND_SIGNER_DIGEST_UNSUPPORTED}},
    };
    (void)state;
    assert_rows(rows, SG_NUM(rows));
}

static void demands_content_type_and_digest_once(void **state)
{
    static const struct row rows[] = {
        {"contentType-missing", false, 1, {SG_KIND_SIGNER_CONTENT_TYPE_MISSING}},
        {"contentType-repeated", false, 1, {SG_KIND_SIGNER_CONTENT_TYPE_REPEATED}},
        {"contentType-two-valued", false, 1, {SG_KIND_SIGNER_CONTENT_TYPE_VALUES}},
        {"contentType-without-value", false, 1, {SG_KIND_SIGNER_CONTENT_TYPE_VALUES}},
        {"contentType-malformed", false, 1, {SG_KIND_SIGNER_CONTENT_TYPE_MALFORMED}},
        {"contentType-differs", false, 1, {SG_KIND_SIGNER_CONTENT_TYPE_DIFFERS}},
        {"receipt-signed-as-data", false, 1, {SG_KIND_SIGNER_CONTENT_TYPE_DIFFERS}},
        {"messageDigest-missing", false, 1, {SG_KIND_SIGNER_MESSAGE_DIGEST_MISSING}},
        {"messageDigest-repeated", false, 1, {SG_KIND_SIGNER_MESSAGE_DIGEST_REPEATED}},
        {"messageDigest-two-valued", false, 1, {SG_KIND_SIGNER_MESSAGE_DIGEST_VALUES}},
        {"messageDigest-without-value", false, 1, {SG_KIND_SIGNER_MESSAGE_DIGEST_VALUES}},
        {"messageDigest-malformed", false, 1, {SG_KIND_SIGNER_MESSAGE_DIGEST_MALFORMED}},
        {"attributes-empty",
         false,
         2,
         {SG_KIND_SIGNER_CONTENT_TYPE_MISSING, SG_KIND_SIGNER_MESSAGE_DIGEST_MISSING}},
    };
    (void)state;
    assert_rows(rows, SG_NUM(rows));
}

static void recomputes_the_digest_and_shows_both(void **state)
{
    static const struct row row = {"altered", false, 1, {SG_KIND_SIGNER_DIGEST_MISMATCH}};
    struct sg_arena arena;
    struct sg_findings findings;
    (void)state;
    assert_rows(&row, 1);
    assert_int_equal(sg_crypto_new(&crypto), SIGNET_OK);
    sg_arena_init(&arena, SG_TEST_ARENA_LEN);
    sg_findings_init(&findings, &arena);
    struct sg_signed_data signed_data = sample_signed_data("altered", &arena);
    assert_false(check_signer(&signed_data, 0, &findings));
    const struct signet_finding *finding = &findings.items[0].finding;
    assert_int_equal(finding->code, SIGNET_CODE_DIGEST_MISMATCH);
    assert_int_equal(finding->num_params, 3);
    assert_string_equal(finding->params[1].name, "computed");
    assert_string_equal(finding->params[2].name, "signed");
    assert_int_equal(finding->params[1].value.bytes.len, 32);
    assert_false(sg_span_equal(finding->params[1].value.bytes, finding->params[2].value.bytes));
    sg_arena_clear(&arena);
    sg_crypto_free(crypto);
}

static void leaves_other_faulty_attributes_out_of_account(void **state)
{
    static const struct row rows[] = {
        {"signingTime-repeated", true, 1, {SG_KIND_SIGNER_SIGNING_TIME_REPEATED}},
        {"signingTime-two-valued", true, 1, {SG_KIND_SIGNER_SIGNING_TIME_VALUES}},
        {"signingTime-without-value", true, 1, {SG_KIND_SIGNER_SIGNING_TIME_VALUES}},
        {"signingTime-malformed", true, 1, {SG_KIND_SIGNER_SIGNING_TIME_MALFORMED}},
        {"time-fraction", true, 1, {SG_KIND_SIGNER_SIGNING_TIME_MALFORMED}},
        {"time-generalized", true, 1, {SG_KIND_SIGNER_SIGNING_TIME_FORM}},
        {"capabilities-repeated", true, 1, {SG_KIND_SIGNER_CAPABILITIES_REPEATED}},
        {"capabilities-two-valued", true, 1, {SG_KIND_SIGNER_CAPABILITIES_VALUES}},
        {"capabilities-malformed", true, 1, {SG_KIND_SIGNER_CAPABILITIES_MALFORMED}},
        {"preference-issuerAndSerial", true, 0, {0}},
        {"preference-recipientKeyId", true, 0, {0}},
        {"preference-subjectKeyIdentifier", true, 0, {0}},
        {"preference-repeated", true, 1, {SG_KIND_SIGNER_PREFERENCE_REPEATED}},
        {"preference-two-valued", true, 1, {SG_KIND_SIGNER_PREFERENCE_VALUES}},
        {"preference-malformed", true, 1, {SG_KIND_SIGNER_PREFERENCE_MALFORMED}},
        {"countersignature-signed", true, 1, {SG_KIND_SIGNER_COUNTERSIGNATURE_SIGNED}},
        {"ess-policies", true, 1, {SG_KIND_SIGNER_ESS_POLICIES}},
        {"ess-chain", true, 1, {SG_KIND_SIGNER_ESS_CHAIN}},
    };
    (void)state;
    assert_rows(rows, SG_NUM(rows));
}

static void ignores_unsigned_copies_and_says_so(void **state)
{
    static const struct row rows[] = {
        {"unsigned-copies",
         true,
         8,
         {SG_KIND_SIGNER_ATTRIBUTE_UNSIGNED, SG_KIND_SIGNER_ATTRIBUTE_UNSIGNED,
          SG_KIND_SIGNER_ATTRIBUTE_UNSIGNED, SG_KIND_SIGNER_ATTRIBUTE_UNSIGNED,
          SG_KIND_SIGNER_ATTRIBUTE_UNSIGNED, SG_KIND_SIGNER_ATTRIBUTE_UNSIGNED,
          SG_KIND_SIGNER_ATTRIBUTE_UNSIGNED, SG_KIND_SIGNER_ATTRIBUTE_UNSIGNED}},
    };
    (void)state;
    assert_rows(rows, SG_NUM(rows));
}

static void holds_protected_algorithms_against_those_in_use(void **state)
{
    static const struct row rows[] = {
        {"protection", true, 0, {0}},
        {"protection-null", true, 1, {SG_KIND_SIGNER_PROTECTION_NULL}},
        {"protection-other-digest", false, 1, {SG_KIND_SIGNER_PROTECTION_DIGEST}},
        {"protection-other-signature", false, 1, {SG_KIND_SIGNER_PROTECTION_SIGNATURE}},
        {"protection-repeated", false, 1, {SG_KIND_SIGNER_PROTECTION_REPEATED}},
        {"protection-two-valued", false, 1, {SG_KIND_SIGNER_PROTECTION_VALUES}},
        {"protection-without-signature", false, 1, {SG_KIND_SIGNER_PROTECTION_MALFORMED}},
        {"protection-of-a-mac", false, 1, {SG_KIND_SIGNER_PROTECTION_MALFORMED}},
    };
    (void)state;
    assert_rows(rows, SG_NUM(rows));
}

static void tells_attributes_that_are_not_der(void **state)
{
    static const struct row rows[] = {
        {"attributes-reversed", true, 1, {SG_KIND_SIGNER_ATTRIBUTES_ORDER}},
        {"values-reversed", true, 1, {SG_KIND_SIGNER_ATTRIBUTES_ORDER}},
        {"ber-attributes", true, 1, {SG_KIND_SIGNER_ATTRIBUTES_BER}},
    };
    (void)state;
    assert_rows(rows, SG_NUM(rows));
}

static void takes_bare_data_but_nothing_else_bare(void **state)
{
    static const struct row rows[] = {
        {"bare", true, 1, {SG_KIND_SIGNER_ATTRIBUTES_ABSENT}},
        {"bare-like-a-set", true, 1, {SG_KIND_SIGNER_ATTRIBUTES_ABSENT}},
        {"bare-receipt", false, 1, {SG_KIND_SIGNER_ATTRIBUTES_REQUIRED}},
        {"bare-confusion",
         false,
         2,
         {SG_KIND_SIGNER_ATTRIBUTES_ABSENT, SG_KIND_SIGNER_CONTENT_IS_ATTRIBUTES}},
        {"bare-confusion-unsorted",
         false,
         2,
         {SG_KIND_SIGNER_ATTRIBUTES_ABSENT, SG_KIND_SIGNER_CONTENT_IS_ATTRIBUTES}},
    };
    (void)state;
    assert_rows(rows, SG_NUM(rows));
}

/* The findings about the first countersignature of NAME. */
static bool check_counter(const char *name, struct sg_findings *findings)
{
    struct signet_span element;
    struct sg_signer_info counter;
    struct sg_digest_value value;
    struct sg_signed_data signed_data = sample_signed_data(name, findings->arena);
    struct sg_countersignatures walk = sg_countersignatures_begin(&signed_data.signers[0]);
    assert_true(sg_countersignatures_next(&walk, &element));
    assert_true(sg_signer_info_parse(element, findings->arena, &counter));
    struct sg_signer_content content = {.octets = signed_data.signers[0].signature,
                                        .is_countersignature = true};
    assert_true(sg_digest_compute(crypto, counter.digest, content.octets, &value));
    content.digest = &value;
    return sg_signer_check(NULL, &counter, &content, findings);
}

static void judges_countersignatures_by_their_own_rules(void **state)
{
    static const struct row rows[] = {
        {"countersigned", true, 0, {0}},
        {"countersigned-bare", true, 0, {0}},
        {"countersigned-with-type", false, 1, {SG_KIND_SIGNER_COUNTERSIGNATURE_TYPE}},
        {"countersigned-wrong", false, 1, {SG_KIND_SIGNER_DIGEST_MISMATCH}},
    };
    (void)state;
    assert_int_equal(sg_crypto_new(&crypto), SIGNET_OK);
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct sg_arena arena;
        struct sg_findings findings;
        sg_arena_init(&arena, SG_TEST_ARENA_LEN);
        sg_findings_init(&findings, &arena);
        bool usable = check_counter(rows[i].name, &findings);
        if (usable != rows[i].usable || findings.num != rows[i].num ||
            (findings.num > 0 && findings.items[0].kind != rows[i].kinds[0])) {
            show_findings(rows[i].name, &findings);
            fail_msg("%s: not these findings", rows[i].name);
        }
        sg_arena_clear(&arena);
    }
    sg_crypto_free(crypto);
}

static void judges_each_signer_alone(void **state)
{
    struct sg_arena arena;
    size_t num_usable = 0;
    (void)state;
    assert_int_equal(sg_crypto_new(&crypto), SIGNET_OK);
    sg_arena_init(&arena, SG_TEST_ARENA_LEN);
    struct sg_signed_data signed_data = sample_signed_data("three-signers", &arena);
    assert_int_equal(signed_data.num_signers, 3);
    for (size_t i = 0; i < 3; i++) {
        struct sg_findings findings;
        sg_findings_init(&findings, &arena);
        bool usable = check_signer(&signed_data, i, &findings);
        num_usable += usable;
        assert_int_equal(sg_findings_have(&findings, SIGNET_CODE_ALG_UNSUPPORTED), !usable);
        assert_int_equal(findings.num, usable ? 0 : 1);
    }
    assert_int_equal(num_usable, 2);

    signed_data = sample_signed_data("one-broken-signer", &arena);
    num_usable = 0;
    for (size_t i = 0; i < 3; i++) {
        struct sg_findings findings;
        sg_findings_init(&findings, &arena);
        bool usable = check_signer(&signed_data, i, &findings);
        num_usable += usable;
        if (!usable)
            assert_int_equal(findings.items[0].kind, SG_KIND_SIGNER_MALFORMED);
    }
    assert_int_equal(num_usable, 2);
    sg_arena_clear(&arena);
    sg_crypto_free(crypto);
}

static void tells_missing_memory(void **state)
{
    struct sg_arena arena;
    (void)state;
    assert_int_equal(sg_crypto_new(&crypto), SIGNET_OK);
    sg_arena_init(&arena, SG_TEST_ARENA_LEN);
    struct sg_signed_data signed_data = sample_signed_data("preference-issuerAndSerial", &arena);
    struct sg_digest_value value;
    struct sg_signer_content content =
        content_of(&signed_data, &signed_data.signers[0], &value, &arena);
    bool failed = true;
    size_t n = 0;
    for (; failed; n++) {
        struct sg_arena work;
        struct sg_findings findings;
        sg_arena_init(&work, SG_TEST_ARENA_LEN);
        sg_findings_init(&findings, &work);
        fault_begin(n);
        (void)sg_signer_check(&signed_data, &signed_data.signers[0], &content, &findings);
        fault_end();
        failed = findings.failed;
        if (!failed)
            assert_int_equal(findings.num, 0);
        sg_arena_clear(&work);
    }
    assert_true(n > 1);
    sg_arena_clear(&arena);
    sg_crypto_free(crypto);
}

SG_TEST_MAIN(SG_TEST("C-SI-4 C-AT-2 B-ALG-5 C-AT-6", has_nothing_to_say_of_a_sound_signer),
             SG_TEST("C-SD-2 C-SD-3", tells_odd_versions),
             SG_TEST("C-SD-3 C-SD-4 C-SI-8 D-ALG-8", judges_algorithms),
             SG_TEST("C-SI-4", demands_content_type_and_digest_once),
             SG_TEST("C-SI-5", recomputes_the_digest_and_shows_both),
             SG_TEST("C-AT-1 C-AT-2 C-AT-3 C-AT-5", leaves_other_faulty_attributes_out_of_account),
             SG_TEST("C-AT-1 C-AT-2 C-AT-3", ignores_unsigned_copies_and_says_so),
             SG_TEST("C-SI-8 D-ALG-8", holds_protected_algorithms_against_those_in_use),
             SG_TEST("C-SI-4", tells_attributes_that_are_not_der),
             SG_TEST("C-SI-6 E-34", takes_bare_data_but_nothing_else_bare),
             SG_TEST("C-AT-6", judges_countersignatures_by_their_own_rules),
             SG_TEST("C-SD-3", judges_each_signer_alone), SG_TEST("", tells_missing_memory))
