/* SPDX-License-Identifier: Apache-2.0 */
#include "path/crl_age.h"

#include "crl_scene.h"

static void believes_crls_without_an_end_up_to_an_age(void **state)
{
    static const struct crl_case cases[] = {
        {"undated", 0, "unknown; UNKNOWN CRL_AGE_UNKNOWN@0"},
        {"undated", MAX_AGE, "good; WARN CRL_AGE_ACCEPTED@0"},
        {"undated-revoked", 0, "revoked; BAD CERT_REVOKED@0"},
        {"undated-revoked", MAX_AGE, "revoked; BAD CERT_REVOKED@0"},
        {"v1-undated-revoked", LEGACY, "revoked; BAD CERT_REVOKED@0"},
        {"undated-and-current", 0, "good"},
        {"undated-and-junk", 0, "unknown; (CRL_SIGNATURE_WRONG@0); UNKNOWN CRL_AGE_UNKNOWN@0"},
        {"undated-and-junk", LEGACY, "unknown; (CRL_SIGNATURE_WRONG@0); WARN CRL_AGE_UNKNOWN@0"},
        {"delta-dates", 0, "good"},
    };
    (void)state;
    check_crl_cases(cases, SG_NUM(cases));
}

static void counts_what_a_stale_crl_revokes(void **state)
{
    static const struct crl_case cases[] = {
        {"stale-revoked", 0, "revoked; BAD CERT_REVOKED@0"},
        {"stale-hold", 0, "revoked; BAD CERT_REVOKED@0"},
        {"stale-hold-then-other-sequence", 0, "good; (CRL_NUMBER_MISSING@0)"},
        {"ends-before-it-begins", 0, "unknown; UNKNOWN CRL_EXPIRED@0"},
    };
    (void)state;
    check_crl_cases(cases, SG_NUM(cases));
}

static void takes_later_crls_for_evidence_of_the_past(void **state)
{
    static const struct crl_case cases[] = {
        {"later-clean", THEN, "good"},
        {"later-undated", THEN, "good"},
        {"later-revoked-before", THEN, "revoked; BAD CERT_REVOKED@0"},
        {"later-revoked-after", THEN, "good"},
        {"later-revoked-after", 0, "revoked; BAD CERT_REVOKED@0"},
        {"later-compromised-before", THEN, "revoked; BAD CERT_REVOKED_SINCE@0"},
        {"later-superseded-before", THEN, "good"},
        {"later-than-expiry", THEN,
         "unknown; UNKNOWN CRL_AFTER_EXPIRY@0; UNKNOWN STATUS_NOT_SETTLED@0"},
        {"later-than-expiry-revoked", THEN, "revoked; BAD CERT_REVOKED@0"},
        {"later-than-expiry-and-older", THEN, "good; (CRL_AFTER_EXPIRY@0)"},
        {"expired", THEN, "unknown; (CRL_MAY_OMIT@0)"},
        {"ends-before-it-begins", THEN, "unknown; UNKNOWN CRL_EXPIRED@0"},
        {"separate-certified-later", THEN, "good good"},
    };
    (void)state;
    check_crl_cases(cases, SG_NUM(cases));
}

static void refuses_crls_of_the_future(void **state)
{
    static const struct crl_case cases[] = {
        {"future", 0, "unknown; UNKNOWN CRL_FROM_FUTURE@0; UNKNOWN STATUS_NOT_SETTLED@0"},
        {"future", THEN, "unknown; UNKNOWN CRL_FROM_FUTURE@0; UNKNOWN STATUS_NOT_SETTLED@0"},
        {"future-and-current", 0, "revoked; (CRL_FROM_FUTURE@0); BAD CERT_REVOKED@0"},
        {"later-clean", THEN_NO_CLOCK,
         "unknown; UNKNOWN CRL_FROM_FUTURE@0; UNKNOWN STATUS_NOT_SETTLED@0"},
        {"later-revoked-before", THEN_NO_CLOCK,
         "unknown; UNKNOWN CRL_FROM_FUTURE@0; UNKNOWN STATUS_NOT_SETTLED@0"},
    };
    (void)state;
    check_crl_cases(cases, SG_NUM(cases));
}

/* The CRL of "good" was issued a day before now and ends 30 days after now. */
static void takes_both_ends_for_current(void **state)
{
    static const struct {
        int64_t seconds; /* after now */
        enum sg_revocation_state state;
    } moments[] = {{-DAY, SG_REVOCATION_GOOD},
                   {30 * DAY, SG_REVOCATION_GOOD},
                   {-DAY - 1, SG_REVOCATION_UNDETERMINED},
                   {30 * DAY + 1, SG_REVOCATION_UNDETERMINED}};
    (void)state;
    for (size_t i = 0; i < SG_NUM(moments); i++) {
        struct crl_scene scene;
        crl_scene_begin(&scene, "good", 0);
        scene.bench.policy.time += moments[i].seconds;
        const struct sg_revocation_status *status =
            sg_revocation_check(&scene.bench.judgement, &scene.path, 0, &scene.bench.findings);
        assert_non_null(status);
        assert_int_equal(status->state, moments[i].state);
        crl_scene_end(&scene);
    }
}

/* "undated" was issued ten days before now. */
static void counts_age_from_this_update(void **state)
{
    static const struct {
        int64_t max_age;
        enum sg_revocation_state state;
    } ages[] = {{10 * DAY, SG_REVOCATION_GOOD},
                {10 * DAY - 1, SG_REVOCATION_UNDETERMINED},
                {INT64_MAX, SG_REVOCATION_GOOD},
                {-1, SG_REVOCATION_UNDETERMINED}};
    (void)state;
    for (size_t i = 0; i < SG_NUM(ages); i++) {
        struct crl_scene scene;
        crl_scene_begin(&scene, "undated", 0);
        scene.bench.policy.crl_max_age = ages[i].max_age;
        const struct sg_revocation_status *status =
            sg_revocation_check(&scene.bench.judgement, &scene.path, 0, &scene.bench.findings);
        assert_non_null(status);
        assert_int_equal(status->state, ages[i].state);
        crl_scene_end(&scene);
    }
}

SG_TEST_MAIN(SG_TEST("B-CRL-4", believes_crls_without_an_end_up_to_an_age),
             SG_TEST("B-CRL-3 A-5-F5", counts_what_a_stale_crl_revokes),
             SG_TEST("E-29", takes_later_crls_for_evidence_of_the_past),
             SG_TEST("B-CRL-3 E-29", refuses_crls_of_the_future),
             SG_TEST("B-CRL-3", takes_both_ends_for_current),
             SG_TEST("B-CRL-4", counts_age_from_this_update))
