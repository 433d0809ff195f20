/* SPDX-License-Identifier: Apache-2.0 */
#include "path/crl_scope.h"

#include "crl_scene.h"

static void matches_the_names_of_points(void **state)
{
    static const char uncovered[] = "unknown; UNKNOWN STATUS_NOT_COVERED@0";
    static const struct crl_case cases[] = {
        {"point", 0, "good"},
        {"point-elsewhere", 0, uncovered},
        {"point-not-wanted", 0, uncovered},
        {"no-scope", 0, "good"},
        {"point-of-issuer", 0, "good"},
        {"point-of-alternative-name", 0, "good"},
        {"point-by-mail", 0, "good"},
        {"point-by-other-mail", 0, uncovered},
        {"point-by-other-name", 0, uncovered},
        {"point-relative", 0, "good"},
        {"point-relative-and-full", 0, "good"},
        {"point-full-and-relative", 0, "good"},
    };
    (void)state;
    check_crl_cases(cases, SG_NUM(cases));
}

static void wants_indirect_crls_of_other_issuers(void **state)
{
    static const char uncovered[] = "unknown good; UNKNOWN STATUS_NOT_COVERED@0";
    static const struct crl_case cases[] = {
        {"indirect", 0, "good good"},
        {"indirect-revoked", 0, "revoked good; BAD CERT_REVOKED@0"},
        {"indirect-namesake-serial", 0, "good good"},
        {"indirect-unsaid", 0, uncovered},
        {"indirect-elsewhere", 0, uncovered},
        {"indirect-by-stranger", 0, "unknown good; UNKNOWN STATUS_NO_CRL@0"},
        {"indirect-named-after-issuer", 0, "good good"},
        {"own-name-as-crl-issuer", 0, "good"},
    };
    (void)state;
    check_crl_cases(cases, SG_NUM(cases));
}

static void keeps_to_the_kind_of_certificate(void **state)
{
    static const char uncovered[] = "unknown; UNKNOWN STATUS_NOT_COVERED@0";
    static const struct crl_case cases[] = {
        {"only-users", 0, "good"},
        {"only-cas", 0, uncovered},
        {"only-attributes", 0, uncovered},
        {"only-users-v1", 0, uncovered},
    };
    (void)state;
    check_crl_cases(cases, SG_NUM(cases));
}

static void adds_up_reasons(void **state)
{
    static const char open[] = "unknown; UNKNOWN STATUS_REASONS_OPEN@0";
    static const struct crl_case cases[] = {
        {"some-reasons", 0, open},
        {"all-reasons-in-two", 0, "good"},
        {"all-reasons-one-stale", 0, "unknown; UNKNOWN CRL_EXPIRED@0"},
        {"reasons-of-point", 0, open},
        {"reasons-of-two-points", 0, "good"},
    };
    (void)state;
    check_crl_cases(cases, SG_NUM(cases));
}

/* One distribution point for each of NUM names "http://N/". */
static struct signet_span many_points(size_t num)
{
    struct signet_span points = {NULL, 0};
    for (size_t i = 0; i < num; i++) {
        char text[48];
        snprintf(text, sizeof(text), "uri:http://%zu/", i);
        struct signet_span name = element(0xa0, element(0xa0, general_name(text)));
        points = join(points, element(SG_TAG_SEQUENCE, name));
    }
    return element(SG_TAG_SEQUENCE, points);
}

static void bounds_what_many_names_cost(void **state)
{
    struct bench bench;
    struct signet_certificate certificate = {.version = 3};
    struct signet_crl crl = {.version = 2};
    struct sg_crl_points points;
    bool limit = false;
    unsigned reasons;
    (void)state;
    bench_begin(&bench);
    set_name(&certificate.issuer, "O=Example");
    crl.issuer = certificate.issuer;
    certificate.crl_distribution_points = many_points(1000);
    crl.idp.present = true;
    crl.idp.reasons = SG_REASONS_ALL;
    for (size_t i = 0; i < 1000; i++)
        crl.idp.full_name = join(crl.idp.full_name, general_name("uri:http://elsewhere/"));
    bench.policy.limits.max_comparisons = 1500 * 1000;
    assert_true(sg_crl_points_init(&points, &bench.judgement, &bench.arena, &certificate, &limit));
    assert_int_equal(points.num, 1001);
    assert_false(
        sg_crl_points_reasons(&points, &bench.judgement, &bench.arena, &crl, &reasons, &limit));
    assert_true(limit);

    limit = false;
    bench.judgement.budget = (struct sg_budget){0};
    bench.policy.limits.max_comparisons = 3000 * 1000;
    assert_true(
        sg_crl_points_reasons(&points, &bench.judgement, &bench.arena, &crl, &reasons, &limit));
    assert_int_equal(reasons, 0);
    assert_false(limit);
    bench_end(&bench);
}

static void compares_scopes_field_by_field(void **state)
{
    const struct sg_issuing_distribution_point plain = {.reasons = SG_REASONS_ALL};
    const struct sg_issuing_distribution_point others[] = {
        {.reasons = SG_REASONS_ALL, .present = true},
        {.reasons = SG_REASONS_ALL, .only_user_certs = true},
        {.reasons = SG_REASONS_ALL, .only_ca_certs = true},
        {.reasons = SG_REASONS_ALL, .only_attribute_certs = true},
        {.reasons = SG_REASONS_ALL, .indirect_crl = true},
        {.reasons = SG_REASONS_ALL, .has_reasons = true},
        {.reasons = 2},
        {.reasons = SG_REASONS_ALL, .full_name = hex("86 01 61")},
        {.reasons = SG_REASONS_ALL, .relative_name = hex("30 00")},
    };
    (void)state;
    assert_int_equal(sg_issuing_distribution_point_compare(&plain, &plain), 0);
    for (size_t i = 0; i < SG_NUM(others); i++) {
        int there = sg_issuing_distribution_point_compare(&plain, &others[i]);
        int back = sg_issuing_distribution_point_compare(&others[i], &plain);
        assert_true((there < 0 && back > 0) || (there > 0 && back < 0));
    }
}

SG_TEST_MAIN(SG_TEST("B-CRL-12 B-CDP-1", matches_the_names_of_points),
             SG_TEST("B-CRL-11 B-CRL-15", wants_indirect_crls_of_other_issuers),
             SG_TEST("B-CRL-13", keeps_to_the_kind_of_certificate),
             SG_TEST("B-CRL-14", adds_up_reasons), SG_TEST("E-9", bounds_what_many_names_cost),
             SG_TEST("B-CRL-16", compares_scopes_field_by_field))
