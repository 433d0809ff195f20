/* SPDX-License-Identifier: Apache-2.0 */
#include "path/delta.h"

#include "crl_scene.h"

static void applies_deltas_that_fit(void **state)
{
    static const struct crl_case cases[] = {
        {"delta-clean", 0, "good"},   {"delta-revokes", 0, "revoked; BAD CERT_REVOKED@0"},
        {"delta-lifts", 0, "good"},   {"deltas", 0, "good"},
        {"deltas", REVERSED, "good"},
    };
    (void)state;
    check_crl_cases(cases, SG_NUM(cases));
}

static void leaves_deltas_that_do_not_fit_and_says_so(void **state)
{
    static const struct crl_case cases[] = {
        {"delta-newer-base", 0, "good; (DELTA_NOT_APPLIED@0)"},
        {"delta-not-newer", 0, "good; (DELTA_NOT_APPLIED@0)"},
        {"delta-other-scope", 0, "good; (DELTA_NOT_APPLIED@0)"},
        {"delta-other-key", 0, "good; (DELTA_NOT_APPLIED@0)"},
        {"delta-unnumbered", 0, "good; (DELTA_NOT_APPLIED@0)"},
        {"delta-junk", 0, "good; (DELTA_SIGNATURE_WRONG@0)"},
        {"delta-alone", 0, "unknown; UNKNOWN STATUS_DELTA_ALONE@0"},
    };
    (void)state;
    check_crl_cases(cases, SG_NUM(cases));
}

static void takes_the_dates_of_the_delta(void **state)
{
    static const struct crl_case cases[] = {
        {"delta-freshens", 0, "good"},
        {"delta-dates", 0, "good"},
        {"delta-stale-too", 0, "unknown; UNKNOWN CRL_EXPIRED@0"},
        {"delta-stale-revokes", 0, "revoked; BAD CERT_REVOKED@0"},
        {"delta-stale-lifts", 0, "revoked; BAD CERT_REVOKED@0"},
    };
    (void)state;
    check_crl_cases(cases, SG_NUM(cases));
}

static void asks_for_deltas_that_somebody_points_to(void **state)
{
    static const struct {
        const char *scene;
        size_t num_needs;
    } rows[] = {{"delta-missing", 1},
                {"delta-missing-by-certificate", 1},
                {"delta-there", 0},
                {"delta-clean", 0}};
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct crl_scene scene;
        crl_scene_begin(&scene, rows[i].scene, 0);
        const struct sg_judgement *judgement = &scene.bench.judgement;
        for (int again = 0; again < 2; again++)
            assert_non_null(
                sg_revocation_check(&scene.bench.judgement, &scene.path, 0, &scene.bench.findings));
        size_t num = 0;
        for (size_t k = 0; k < judgement->num_needs; k++)
            num += judgement->needs[k].kind == SG_NEED_DELTA_CRL;
        assert_int_equal(num, rows[i].num_needs);
        if (num > 0) {
            assert_int_equal(judgement->needs[0].kind, SG_NEED_DELTA_CRL);
            assert_false(judgement->needs[0].missing); /* the CRL suffices */
            assert_ptr_equal(judgement->needs[0].crl, scene.crls[0]);
            assert_ptr_equal(judgement->needs[0].certificate, scene.borrowed[0]);
        }
        crl_scene_end(&scene);
    }
}

SG_TEST_MAIN(SG_TEST("B-CRL-18", asks_for_deltas_that_somebody_points_to),
             SG_TEST("B-CRL-16 B-CRL-17", applies_deltas_that_fit),
             SG_TEST("B-CRL-16 B-CRL-17", leaves_deltas_that_do_not_fit_and_says_so),
             SG_TEST("B-CRL-16 B-CRL-17", takes_the_dates_of_the_delta))
