/* SPDX-License-Identifier: Apache-2.0 */
#include "path/crl_signer.h"

#include "crl_scene.h"
#include "path/fact_memory.h"
#include "x509/crl_excerpt.h"

static void takes_separate_signers_that_stand_under_the_same_anchor(void **state)
{
    static const struct crl_case cases[] = {
        {"separate", 0, "good good"},
        {"separate-v1", 0, "good good"},
        {"separate-missing", 0,
         "unknown good; UNKNOWN CRL_SIGNATURE_WRONG@0; UNKNOWN STATUS_NOT_SETTLED@0"},
        {"separate-expired", 0,
         "unknown good; UNKNOWN CRL_SIGNER_UNPROVEN@0; UNKNOWN STATUS_NOT_SETTLED@0"},
        {"separate-revoked", 0,
         "unknown good; UNKNOWN CRL_SIGNER_UNPROVEN@0; UNKNOWN STATUS_NOT_SETTLED@0"},
        {"separate-unknown", 0,
         "unknown unknown; UNKNOWN CRL_SIGNER_UNPROVEN@0; UNKNOWN STATUS_NOT_SETTLED@0; "
         "UNKNOWN STATUS_NO_CRL@1"},
        {"separate-unknown", PREFER, "good unknown; WARN STATUS_NO_CRL@1"},
        {"namesake", 0,
         "unknown good; UNKNOWN CRL_SIGNER_UNPROVEN@0; UNKNOWN STATUS_NOT_SETTLED@0"},
        {"namesake-and-good", 0, "good good; (CRL_SIGNER_UNPROVEN@0)"},
    };
    (void)state;
    check_crl_cases(cases, SG_NUM(cases));
}

static void wants_leave_to_sign_crls(void **state)
{
    static const char forbidden[] =
        "unknown good; UNKNOWN CRL_SIGNER_FORBIDDEN@0; UNKNOWN STATUS_NOT_SETTLED@0";
    static const struct crl_case cases[] = {
        {"separate-with-other-usage", 0, forbidden},
        {"namesake-among-users", 0, forbidden},
        {"usage-denied", 0, forbidden},
        {"separate-without-usage", 0,
         "unknown good; UNKNOWN CRL_SIGNER_UNSAID@0; UNKNOWN STATUS_NOT_SETTLED@0"},
        {"usage-unsaid", 0, "good good; WARN CRL_SIGNER_ASSUMED@0"},
        {"usage-unsaid", STRICT, "good good; UNKNOWN CRL_SIGNER_ASSUMED@0"},
        {"usage-unsaid", LEGACY, "good good; (CRL_SIGNER_ASSUMED@0)"},
        {"usage-unsaid-by-anchor", STRICT, "good"},
        {"usage-denied-by-anchor", 0,
         "unknown; UNKNOWN CRL_SIGNER_FORBIDDEN@0; UNKNOWN STATUS_NOT_SETTLED@0"},
        {"usage-denied-by-anchor", BARE_ANCHOR, "good"},
    };
    (void)state;
    check_crl_cases(cases, SG_NUM(cases));
}

static void comes_to_an_end_in_circles(void **state)
{
    static const struct crl_case cases[] = {
        {"self-answering", 0, "good good; (CRL_SIGNER_BY_ITSELF@0)"},
        {"signer-as-target", 0, "good good; (CRL_SIGNER_BY_ITSELF@0)"},
        {"self-revoking", 0,
         "unknown good; UNKNOWN CRL_SIGNER_UNPROVEN@0; UNKNOWN STATUS_NOT_SETTLED@0"},
        {"circle-of-two", 0,
         "unknown good; UNKNOWN CRL_SIGNER_UNPROVEN@0; UNKNOWN STATUS_NOT_SETTLED@0"},
        {"chain-of-signers", 0, "good good"},
        {"chain-of-signers-too-long", 0,
         "unknown good; UNKNOWN CRL_SIGNER_UNPROVEN@0; UNKNOWN STATUS_NOT_SETTLED@0"},
    };
    (void)state;
    check_crl_cases(cases, SG_NUM(cases));
}

/* Nobody is asked to be patient with junk: of 24 namesakes no more than 16 keys are tried. */
static void tries_the_likely_keys_only(void **state)
{
    static const struct crl_case cases[] = {
        {"crowd", 0, "revoked good; (CRL_AKI_MISSING@0); BAD CERT_REVOKED@0"},
        {"crowd-and-junk", 0,
         "unknown good; UNKNOWN CRL_SIGNATURE_WRONG@0; UNKNOWN STATUS_NOT_SETTLED@0"},
    };
    struct crl_scene scene;
    (void)state;
    check_crl_cases(cases, SG_NUM(cases));
    crl_scene_begin(&scene, "crowd-and-junk", 0);
    assert_non_null(
        sg_revocation_check(&scene.bench.judgement, &scene.path, 0, &scene.bench.findings));
    assert_true(scene.bench.judgement.budget.signatures <= 17);
    crl_scene_end(&scene);
}

/* What one certificate of a CA needed is at hand for the next one. */
static void proves_a_signer_once(void **state)
{
    struct crl_scene scene;
    (void)state;
    crl_scene_begin(&scene, "separate", 0);
    for (int i = 0; i < 2; i++)
        assert_non_null(
            sg_revocation_check(&scene.bench.judgement, &scene.path, 0, &scene.bench.findings));
    assert_int_equal(scene.bench.judgement.budget.paths, 1);
    assert_int_equal(scene.bench.judgement.budget.signatures, 3);
    crl_scene_end(&scene);
}

static void leaves_the_wishes_for_the_target_aside(void **state)
{
    static const char *const policies[] = {"1.3.6.1.4.1.32473.1.1"};
    struct crl_scene scene;
    (void)state;
    crl_scene_begin(&scene, "separate", 0);
    scene.bench.policy.policies = policies;
    scene.bench.policy.num_policies = 1;
    scene.bench.policy.require_explicit_policy = true;
    scene.bench.policy.excluded_subtrees = hex("30 00");
    const struct sg_revocation_status *statuses =
        sg_revocation_check(&scene.bench.judgement, &scene.path, 0, &scene.bench.findings);
    assert_string_equal(crl_scene_text(&scene, statuses), "good good");
    assert_ptr_equal(scene.bench.judgement.policy, &scene.bench.policy);
    crl_scene_end(&scene);
}

/* A round of judging SCENE in which no other may have computed anything. Returns what it cost. */
static size_t judge_anew(struct crl_scene *scene, const char *expected)
{
    struct sg_fact_memory *memory = sg_fact_memory_new();
    bench_end(&scene->bench);
    bench_begin(&scene->bench);
    scene->bench.judgement.crypto = scene->crypto;
    scene->bench.judgement.pool = scene->pool;
    scene->bench.judgement.memory = memory;
    const struct sg_revocation_status *statuses =
        sg_revocation_check(&scene->bench.judgement, &scene->path, 0, &scene->bench.findings);
    assert_string_equal(crl_scene_text(scene, statuses), expected);
    size_t cost = scene->bench.judgement.budget.signatures;
    sg_judgement_clear(&scene->bench.judgement);
    sg_fact_memory_free(memory);
    return cost;
}

/* A long CRL costs its hash, which a mail gateway pays once. What one key verified, no other did.
 */
static void verifies_a_crl_once_in_its_life(void **state)
{
    struct crl_scene scene;
    uint8_t key[32];
    (void)state;
    crl_scene_begin(&scene, "good", 0);
    assert_true(sg_remembered_key(scene.path.anchor->spki.full, sg_span(NULL, 0), key));
    for (size_t i = 0; i < scene.num_crls; i++)
        assert_false(sg_crl_is_verified_by(scene.crls[i], key));
    assert_int_equal(judge_anew(&scene, "good"), scene.num_crls);
    assert_int_equal(judge_anew(&scene, "good"), 0);
    size_t num_verified = 0;
    for (size_t i = 0; i < scene.num_crls; i++)
        num_verified += sg_crl_is_verified_by(scene.crls[i], key);
    assert_int_equal(num_verified, 1);
    crl_scene_end(&scene);
}

SG_TEST_MAIN(SG_TEST("B-CRL-8 B-CRL-10", takes_separate_signers_that_stand_under_the_same_anchor),
             SG_TEST("B-CRL-9 E-19 D-REV-3", wants_leave_to_sign_crls),
             SG_TEST("B-CRL-21", comes_to_an_end_in_circles),
             SG_TEST("E-9 E-28", tries_the_likely_keys_only), SG_TEST("", proves_a_signer_once),
             SG_TEST("B-CRL-8", leaves_the_wishes_for_the_target_aside),
             SG_TEST("A-4.1-4", verifies_a_crl_once_in_its_life))
