/* SPDX-License-Identifier: Apache-2.0 */
#include "path/revocation.h"

#include "crl_scene.h"
#include "fault.h"

static void finds_the_status_of_each_certificate(void **state)
{
    static const struct crl_case cases[] = {
        {"good", 0, "good"},
        {"revoked", 0, "revoked; BAD CERT_REVOKED@0"},
        {"revoked-with-reason", 0, "revoked; BAD CERT_REVOKED_SINCE@0"},
        {"v1", 0, "good"},
        {"good", BARE_ANCHOR, "good"},
        {"two-levels", 0, "good good"},
        {"ca-revoked", 0, "good revoked; BAD CERT_REVOKED@1"},
        {"ca-unknown", 0, "good unknown; UNKNOWN STATUS_NO_CRL@1"},
        {"both-unknown", 0, "unknown unknown; UNKNOWN STATUS_NO_CRL@0; UNKNOWN STATUS_NO_CRL@1"},
        {"anchor-itself", 0, "unchecked"},
    };
    (void)state;
    check_crl_cases(cases, SG_NUM(cases));
}

static void tells_lacking_unusable_and_stale_crls_apart(void **state)
{
    static const struct crl_case cases[] = {
        {"none", 0, "unknown; UNKNOWN STATUS_NO_CRL@0"},
        {"junk", 0, "unknown; UNKNOWN CRL_SIGNATURE_WRONG@0; UNKNOWN STATUS_NOT_SETTLED@0"},
        {"junk-revoked", 0, "unknown; UNKNOWN CRL_SIGNATURE_WRONG@0; UNKNOWN STATUS_NOT_SETTLED@0"},
        {"critical", 0, "unknown; UNKNOWN CRL_CRITICAL_UNKNOWN@0; UNKNOWN STATUS_NOT_SETTLED@0"},
        {"two-kinds", 0, "unknown; UNKNOWN CRL_SCOPE_CONTRADICTS@0; UNKNOWN STATUS_NOT_SETTLED@0"},
        {"stale", 0, "unknown; UNKNOWN CRL_EXPIRED@0"},
        {"stale-and-junk", 0, "unknown; UNKNOWN CRL_SIGNATURE_WRONG@0; UNKNOWN CRL_EXPIRED@0"},
        {"junk-and-good", 0, "good; (CRL_SIGNATURE_WRONG@0)"},
        {"point-elsewhere", 0, "unknown; UNKNOWN STATUS_NOT_COVERED@0"},
        {"delta-alone", 0, "unknown; UNKNOWN STATUS_DELTA_ALONE@0"},
        {"some-reasons", 0, "unknown; UNKNOWN STATUS_REASONS_OPEN@0"},
        {"future", 0, "unknown; UNKNOWN CRL_FROM_FUTURE@0; UNKNOWN STATUS_NOT_SETTLED@0"},
        {"empty-list", 0, "good; (CRL_LIST_EMPTY@0)"},
        {"sha1", 0, "good; WEAK CRL_DIGEST_WEAK@0"},
        {"key-identifier-of-nobody", 0, "good"},
    };
    (void)state;
    check_crl_cases(cases, SG_NUM(cases));
}

static void holds_the_same_findings_against_the_path_as_hard_as_is_asked(void **state)
{
    static const struct crl_case cases[] = {
        {"none", PREFER, "unknown; WARN STATUS_NO_CRL@0"},
        {"stale", PREFER, "unknown; WARN CRL_EXPIRED@0"},
        {"junk", PREFER, "unknown; WARN CRL_SIGNATURE_WRONG@0; WARN STATUS_NOT_SETTLED@0"},
        {"revoked", PREFER, "revoked; BAD CERT_REVOKED@0"},
        {"none", OFF, "unchecked; WARN REVOCATION_OFF@-1"},
        {"ca-revoked", OFF, "unchecked unchecked; WARN REVOCATION_OFF@-1"},
        {"undated", LEGACY, "unknown; WARN CRL_AGE_UNKNOWN@0"},
        {"undated", STRICT, "unknown; UNKNOWN CRL_AGE_UNKNOWN@0"},
        {"sha1", LEGACY, "good; WARN CRL_DIGEST_WEAK@0"},
        {"sha1", STRICT, "good; BAD CRL_DIGEST_WEAK@0"},
        {"empty-list", STRICT, "good; BAD CRL_LIST_EMPTY@0"},
    };
    (void)state;
    check_crl_cases(cases, SG_NUM(cases));
}

static const struct sg_revocation_status *check(struct crl_scene *scene)
{
    const struct sg_revocation_status *statuses =
        sg_revocation_check(&scene->bench.judgement, &scene->path, 0, &scene->bench.findings);
    assert_non_null(statuses);
    return statuses;
}

static void shows_the_crl_that_decided(void **state)
{
    struct crl_scene scene;
    (void)state;
    crl_scene_begin(&scene, "revoked-with-reason", 0);
    const struct sg_revocation_status *status = check(&scene);
    assert_ptr_equal(status->crl, scene.crls[0]);
    assert_null(status->delta);
    assert_int_equal(status->revocation_date, scene.bench.policy.time - 12 * DAY);
    assert_int_equal(status->reason, SG_REASON_KEY_COMPROMISE);
    assert_int_equal(status->invalidity_date, 1773446400);
    assert_string_equal(scene.bench.findings.items[0].finding.text,
                        "the certificate was revoked on 2026-05-20T12:00:00Z, reason "
                        "keyCompromise, and is held invalid since 2026-03-14T00:00:00Z, says CRL "
                        "77 of CN=Root,O=Example");
    crl_scene_end(&scene);

    crl_scene_begin(&scene, "delta-freshens", 0);
    status = check(&scene);
    assert_ptr_equal(status->crl, scene.crls[0]);
    assert_ptr_equal(status->delta, scene.crls[1]);
    assert_int_equal(status->revocation_date, SIGNET_TIME_UNKNOWN);
    assert_int_equal(status->reason, SG_REASON_ABSENT);
    crl_scene_end(&scene);

    crl_scene_begin(&scene, "stale", 0);
    assert_null(check(&scene)->crl);
    crl_scene_end(&scene);
}

static void asks_for_what_would_have_helped(void **state)
{
    struct crl_scene scene;
    (void)state;
    crl_scene_begin(&scene, "both-unknown", 0);
    check(&scene);
    const struct sg_need *needs = scene.bench.judgement.needs;
    assert_int_equal(scene.bench.judgement.num_needs, 2);
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(needs[i].kind, SG_NEED_CRL);
        assert_true(needs[i].missing && needs[i].anchored);
        assert_ptr_equal(needs[i].certificate, scene.borrowed[i]);
        assert_true(sg_name_equal(needs[i].name, &scene.borrowed[i]->issuer));
    }
    crl_scene_end(&scene);

    crl_scene_begin(&scene, "indirect-by-stranger", 0);
    check(&scene);
    needs = scene.bench.judgement.needs;
    assert_int_equal(scene.bench.judgement.num_needs, 3); /* one is for the CA's certificate */
    assert_true(needs[0].missing && needs[1].missing && !needs[2].missing);
    assert_false(sg_name_equal(needs[1].name, &scene.borrowed[0]->issuer));
    assert_ptr_equal(needs[1].certificate, scene.borrowed[0]);
    crl_scene_end(&scene);

    crl_scene_begin(&scene, "separate-missing", 0);
    check(&scene);
    needs = scene.bench.judgement.needs;
    assert_int_equal(scene.bench.judgement.num_needs, 3);
    assert_true(needs[0].missing && !needs[0].anchored);
    assert_int_equal(needs[0].kind, SG_NEED_ISSUER);
    assert_ptr_equal(needs[0].crl, scene.crls[0]);
    assert_null(needs[0].certificate);
    crl_scene_end(&scene);

    /* There may be a newer one (A-4.1-4). */
    crl_scene_begin(&scene, "good", 0);
    check(&scene);
    assert_int_equal(scene.bench.judgement.num_needs, 1);
    assert_int_equal(scene.bench.judgement.needs[0].kind, SG_NEED_CRL);
    assert_false(scene.bench.judgement.needs[0].missing);
    assert_true(scene.bench.judgement.needs[0].anchored);
    crl_scene_end(&scene);

    /* A path that does not hold may send nobody anywhere. */
    crl_scene_begin(&scene, "both-unknown", 0);
    sg_finding_add(&scene.bench.findings, SG_KIND_CA_NOT_SAID, sg_at_certificate(1), NULL);
    check(&scene);
    assert_true(scene.bench.judgement.needs[0].missing);
    assert_false(scene.bench.judgement.needs[0].anchored);
    crl_scene_end(&scene);
}

static void names_the_place_of_a_missing_crl(void **state)
{
    struct crl_scene scene;
    (void)state;
    crl_scene_begin(&scene, "none-with-point", 0);
    check(&scene);
    assert_string_equal(scene.bench.findings.items[0].finding.text,
                        "no CRL of CN=Root,O=Example is at hand, so it is not known whether the "
                        "certificate of CN=Alice,O=Example is revoked; its CRL is published at "
                        "http://crl.example/here");
    crl_scene_end(&scene);
}

static void says_limit_when_the_budget_is_out(void **state)
{
    static const struct crl_case cases[] = {
        {"two-levels", ONE_SIGNATURE, "good unknown; UNKNOWN CRLS_LIMIT@1"},
        {"good", NO_COMPARISONS, "unknown; UNKNOWN CRLS_LIMIT@0"},
        {"revoked", NO_COMPARISONS, "unknown; UNKNOWN CRLS_LIMIT@0"},
    };
    (void)state;
    check_crl_cases(cases, SG_NUM(cases));
}

static void fails_whole_when_memory_is_out(void **state)
{
    static const char *const names[] = {"revoked", "junk", "indirect", "separate", "delta-revokes"};
    (void)state;
    for (size_t i = 0; i < SG_NUM(names); i++) {
        const struct sg_revocation_status *statuses = NULL;
        for (size_t n = 0; statuses == NULL; n++) {
            struct crl_scene scene;
            crl_scene_begin(&scene, names[i], 0);
            fault_begin(n);
            statuses =
                sg_revocation_check(&scene.bench.judgement, &scene.path, 0, &scene.bench.findings);
            fault_end();
            if (statuses != NULL)
                assert_false(scene.bench.judgement.failed);
            if (scene.bench.findings.failed)
                statuses = NULL; /* the caller looks at that, too */
            crl_scene_end(&scene);
            assert_true(n < 10000);
        }
    }
}

SG_TEST_MAIN(SG_TEST("B-CRL-1 A-2.1-3 A-5-F7", finds_the_status_of_each_certificate),
             SG_TEST("A-5-F3 A-5-F4 A-5-F5 B-CRL-20 B-CRL-22",
                     tells_lacking_unusable_and_stale_crls_apart),
             SG_TEST("E-27 A-4.1-5", holds_the_same_findings_against_the_path_as_hard_as_is_asked),
             SG_TEST("B-CRL-19 A-5-F7", shows_the_crl_that_decided),
             SG_TEST("A-5-F3 B-CRL-10", asks_for_what_would_have_helped),
             SG_TEST("A-5-F3", names_the_place_of_a_missing_crl),
             SG_TEST("E-9", says_limit_when_the_budget_is_out),
             SG_TEST("", fails_whole_when_memory_is_out))
