/* SPDX-License-Identifier: Apache-2.0 */
#include "cms/signer.h"

#include "sample.h"

enum { MAX_KEY_BITS = 16384 };

/* One sample and one certificate, at hand for what a test asks. */
struct scene {
    struct sg_arena arena;
    struct sg_crypto *crypto;
    struct sg_signed_data signed_data;
    struct signet_certificate *certificate;
    struct sg_public_key *key;
    struct sg_digest_value digest;
    struct sg_signer_content content;
};

static void begin(struct scene *scene, const char *name, const char *certificate)
{
    *scene = (struct scene){0};
    sg_arena_init(&scene->arena, SG_TEST_ARENA_LEN);
    assert_int_equal(sg_crypto_new(&scene->crypto), SIGNET_OK);
    scene->signed_data = sample_signed_data(name, &scene->arena);
    assert_int_equal(signet_certificate_parse(sample(certificate), &scene->certificate, NULL),
                     SIGNET_OK);
    assert_int_equal(sg_public_key_new(scene->crypto, &scene->certificate->spki,
                                       (struct signet_span){NULL, 0}, MAX_KEY_BITS, &scene->key),
                     SG_KEY_OK);
    const struct sg_signer_info *signer = &scene->signed_data.signers[0];
    scene->content = (struct sg_signer_content){
        .type = scene->signed_data.content.type,
        .type_octets = scene->signed_data.content.type_octets,
        .octets = joined(&scene->signed_data.content.octets, &scene->arena)};
    if (sg_digest_supported(scene->crypto, signer->digest)) {
        assert_true(sg_digest_compute(scene->crypto, signer->digest, scene->content.octets,
                                      &scene->digest));
        scene->content.digest = &scene->digest;
    }
}

static void end(struct scene *scene)
{
    sg_public_key_free(scene->key);
    signet_certificate_unref(scene->certificate);
    sg_crypto_free(scene->crypto);
    sg_arena_clear(&scene->arena);
}

static enum sg_signature_check verify(struct scene *scene, bool *unsorted)
{
    return sg_signer_verify(scene->crypto, &scene->signed_data.signers[0], &scene->content,
                            scene->key, unsorted);
}

struct verification {
    const char *sample, *certificate;
    enum sg_signature_check result;
    bool unsorted;
};

static void assert_verifications(const struct verification *rows, size_t num)
{
    for (size_t i = 0; i < num; i++) {
        struct scene scene;
        bool unsorted = true;
        begin(&scene, rows[i].sample, rows[i].certificate);
        enum sg_signature_check result = verify(&scene, &unsorted);
        if (result != rows[i].result || unsorted != rows[i].unsorted)
            fail_msg("%s: %d", rows[i].sample, (int)result);
        end(&scene);
    }
}

static void verifies_every_algorithm_in_each_spelling(void **state)
{
    static const struct verification rows[] = {
        {"attached", "certificate-alice", SG_SIGNATURE_VALID, false},
        {"by-key-id", "certificate-alice", SG_SIGNATURE_VALID, false},
        {"pkcs7-content", "certificate-alice", SG_SIGNATURE_VALID, false},
        {"pkcs7-content-ber", "certificate-alice", SG_SIGNATURE_VALID, false},
        {"ecdsa-null", "certificate-alice", SG_SIGNATURE_VALID, false},
        {"rsa-md5", "certificate-rosa", SG_SIGNATURE_VALID, false},
        {"rsa-sha1", "certificate-rosa", SG_SIGNATURE_VALID, false},
        {"rsa-sha384", "certificate-rosa", SG_SIGNATURE_VALID, false},
        {"rsa-combined", "certificate-rosa", SG_SIGNATURE_VALID, false},
        {"rsa-pss", "certificate-rosa", SG_SIGNATURE_VALID, false},
        {"dsa", "certificate-dora", SG_SIGNATURE_VALID, false},
        {"dsa-key-identifier", "certificate-dora", SG_SIGNATURE_VALID, false},
        {"ed25519", "certificate-eddy", SG_SIGNATURE_VALID, false},
        {"ed448", "certificate-eve", SG_SIGNATURE_VALID, false},
        {"ed448-shake-512", "certificate-eve", SG_SIGNATURE_VALID, false},
        {"ed25519-sha256", "certificate-eddy", SG_SIGNATURE_VALID, false},
        {"digest-null", "certificate-alice", SG_SIGNATURE_VALID, false},
    };
    (void)state;
    assert_verifications(rows, SG_NUM(rows));
}

static void hashes_signed_attributes_as_a_der_set(void **state)
{
    static const struct verification rows[] = {
        {"ber", "certificate-alice", SG_SIGNATURE_VALID, false},
        {"ber-long", "certificate-alice", SG_SIGNATURE_VALID, false},
        {"ber-signer", "certificate-alice", SG_SIGNATURE_VALID, false},
        {"ber-attributes", "certificate-alice", SG_SIGNATURE_VALID, false},
        {"attributes-reversed", "certificate-alice", SG_SIGNATURE_VALID, false},
        {"attributes-signed-as-sent", "certificate-alice", SG_SIGNATURE_VALID, true},
        {"values-reversed", "certificate-alice", SG_SIGNATURE_VALID, true},
        {"attributes-signed-with-tag", "certificate-alice", SG_SIGNATURE_INVALID, false},
    };
    (void)state;
    assert_verifications(rows, SG_NUM(rows));
}

static void verifies_bare_content(void **state)
{
    static const struct verification rows[] = {
        {"bare", "certificate-alice", SG_SIGNATURE_VALID, false},
        {"bare", "certificate-bob", SG_SIGNATURE_INVALID, false},
        {"ed25519-bare", "certificate-eddy", SG_SIGNATURE_VALID, false},
    };
    struct scene scene;
    bool unsorted;
    (void)state;
    assert_verifications(rows, SG_NUM(rows));

    begin(&scene, "ed25519-bare", "certificate-eddy");
    scene.content.octets = (struct signet_span){NULL, 0};
    assert_int_equal(verify(&scene, &unsorted), SG_SIGNATURE_UNSUPPORTED);
    end(&scene);
    begin(&scene, "bare", "certificate-alice");
    scene.content.digest = NULL;
    assert_int_equal(verify(&scene, &unsorted), SG_SIGNATURE_UNSUPPORTED);
    end(&scene);
}

static void refuses_what_the_key_did_not_make(void **state)
{
    static const struct verification rows[] = {
        {"signature-altered", "certificate-alice", SG_SIGNATURE_INVALID, false},
        {"made-by-bob", "certificate-alice", SG_SIGNATURE_INVALID, false},
        {"attached", "certificate-rosa", SG_SIGNATURE_KEY_MISMATCH, false},
        {"unknown-signature", "certificate-bob", SG_SIGNATURE_UNSUPPORTED, false},
        {"unsigned-algorithm", "certificate-alice", SG_SIGNATURE_INVALID, false},
        {"rsa-pss-bad-parameters", "certificate-rosa", SG_SIGNATURE_UNSUPPORTED, false},
    };
    (void)state;
    assert_verifications(rows, SG_NUM(rows));
}

static void verifies_a_countersignature_over_the_signature(void **state)
{
    static const struct {
        const char *sample;
        enum sg_signature_check result;
    } rows[] = {
        {"countersigned", SG_SIGNATURE_VALID},
        {"countersigned-bare", SG_SIGNATURE_VALID},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct scene scene;
        struct sg_signer_info counter;
        struct signet_span element;
        bool unsorted;
        begin(&scene, rows[i].sample, "certificate-bob");
        const struct sg_signer_info *signer = &scene.signed_data.signers[0];
        struct sg_countersignatures walk = sg_countersignatures_begin(signer);
        assert_true(sg_countersignatures_next(&walk, &element));
        assert_true(sg_signer_info_parse(element, &scene.arena, &counter));
        struct sg_digest_value digest;
        assert_true(sg_digest_compute(scene.crypto, counter.digest, signer->signature, &digest));
        const struct sg_signer_content content = {
            .digest = &digest, .octets = signer->signature, .is_countersignature = true};
        assert_true(sg_signer_names(scene.crypto, &counter, scene.certificate));
        assert_int_equal(sg_signer_verify(scene.crypto, &counter, &content, scene.key, &unsorted),
                         rows[i].result);
        end(&scene);
    }
}

static void turns_results_into_findings(void **state)
{
    static const struct {
        enum sg_signature_check result;
        bool unsorted;
        size_t num;
        enum sg_kind kind;
    } rows[] = {
        {SG_SIGNATURE_VALID, false, 0, 0},
        {SG_SIGNATURE_VALID, true, 1, SG_KIND_SIGNER_SIGNED_AS_SENT},
        {SG_SIGNATURE_INVALID, false, 1, SG_KIND_SIGNER_SIGNATURE_INVALID},
        {SG_SIGNATURE_KEY_MISMATCH, false, 1, SG_KIND_SIGNER_KEY_MISMATCH},
        {SG_SIGNATURE_UNSUPPORTED, false, 1, SG_KIND_SIGNER_KEY_UNSUPPORTED},
    };
    struct scene scene;
    (void)state;
    begin(&scene, "attached", "certificate-alice");
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct sg_findings findings;
        sg_findings_init(&findings, &scene.arena);
        sg_signer_check_signature(&scene.signed_data.signers[0], rows[i].result, rows[i].unsorted,
                                  &findings);
        assert_int_equal(findings.num, rows[i].num);
        if (findings.num > 0)
            assert_int_equal(findings.items[0].kind, rows[i].kind);
        assert_false(findings.failed);
    }
    struct sg_findings findings;
    sg_findings_init(&findings, &scene.arena);
    sg_signer_check_signature(&scene.signed_data.signers[0], SG_SIGNATURE_NO_MEMORY, false,
                              &findings);
    assert_true(findings.failed);
    end(&scene);
}

static void tells_weak_digests_and_odd_parameters(void **state)
{
    static const struct {
        const char *sample;
        size_t num;
        enum sg_kind kinds[2];
    } rows[] = {
        {"attached", 0, {0}},
        {"rsa-sha1", 1, {SG_KIND_SIGNER_DIGEST_WEAK}},
        {"rsa-md5", 1, {SG_KIND_SIGNER_DIGEST_WEAK}},
        {"md5-without-null", 2, {SG_KIND_SIGNER_DIGEST_WEAK, SG_KIND_SIGNER_DIGEST_PARAMETERS}},
        {"two-digests", 1, {SG_KIND_SIGNER_DIGEST_WEAK}},
        {"digest-null", 0, {0}},
        {"digest-odd-parameters", 1, {SG_KIND_SIGNER_DIGEST_PARAMETERS}},
        {"ecdsa-null", 1, {SG_KIND_SIGNER_ALGORITHM_NULL}},
        {"unknown-digest", 0, {0}},
        {"rsa-pss-bad-parameters", 0, {0}},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct sg_arena arena;
        struct sg_findings findings;
        sg_arena_init(&arena, SG_TEST_ARENA_LEN);
        sg_findings_init(&findings, &arena);
        struct sg_signed_data signed_data = sample_signed_data(rows[i].sample, &arena);
        sg_signer_check_strength(&signed_data.signers[0], &findings);
        if (findings.num != rows[i].num)
            fail_msg("%s: %zu findings", rows[i].sample, findings.num);
        for (size_t j = 0; j < findings.num; j++)
            assert_int_equal(findings.items[j].kind, rows[i].kinds[j]);
        sg_arena_clear(&arena);
    }
}

static void shows_a_signing_time_only_when_there_is_one(void **state)
{
    static const struct {
        const char *sample, *time;
    } rows[] = {
        {"attached", "2026-06-01T12:00:00Z"},
        {"time-2060", "2060-01-01T00:00:00Z"},
        {"time-generalized", "2026-05-01T00:00:00Z"},
        {"time-absent", "unknown"},
        {"time-fraction", "unknown"},
        {"signingTime-repeated", "unknown"},
        {"signingTime-two-valued", "unknown"},
        {"signingTime-without-value", "unknown"},
        {"signingTime-malformed", "unknown"},
        {"bare", "unknown"},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct sg_arena arena;
        char text[SIGNET_TIME_TEXT_SIZE];
        sg_arena_init(&arena, SG_TEST_ARENA_LEN);
        struct sg_signed_data signed_data = sample_signed_data(rows[i].sample, &arena);
        signet_time_format(sg_signer_claimed_time(&signed_data.signers[0]), text);
        assert_string_equal(text, rows[i].time);
        sg_arena_clear(&arena);
    }
}

static void names_the_algorithms_for_people(void **state)
{
    static const struct {
        const char *sample, *text;
    } rows[] = {
        {"attached", "SHA-256 with ECDSA"},
        {"rsa-md5", "MD5 with RSA"},
        {"rsa-pss", "SHA-256 with RSASSA-PSS"},
        {"dsa", "SHA-256 with DSA"},
        {"ed25519", "Ed25519"},
        {"unsigned-algorithm", "id-alg-unsigned"},
        {"unknown-signature", "1.3.6.1.4.1.32473.6.1"},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct sg_arena arena;
        sg_arena_init(&arena, SG_TEST_ARENA_LEN);
        struct sg_signed_data signed_data = sample_signed_data(rows[i].sample, &arena);
        assert_string_equal(sg_signer_algorithm_text(&signed_data.signers[0], &arena),
                            rows[i].text);
        sg_arena_clear(&arena);
    }
}

SG_TEST_MAIN(SG_TEST("B-ALG-5 C-SI-7 E-36 C-SI-1 C-SD-5",
                     verifies_every_algorithm_in_each_spelling),
             SG_TEST("C-SD-1 C-SI-4", hashes_signed_attributes_as_a_der_set),
             SG_TEST("C-SI-6 E-34", verifies_bare_content),
             SG_TEST("C-SI-5", refuses_what_the_key_did_not_make),
             SG_TEST("C-AT-6", verifies_a_countersignature_over_the_signature),
             SG_TEST("C-SD-3", turns_results_into_findings),
             SG_TEST("C-SI-7 E-36", tells_weak_digests_and_odd_parameters),
             SG_TEST("C-AT-1", shows_a_signing_time_only_when_there_is_one),
             SG_TEST("", names_the_algorithms_for_people))
