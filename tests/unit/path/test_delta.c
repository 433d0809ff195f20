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

SG_TEST_MAIN(SG_TEST("B-CRL-16 B-CRL-17", applies_deltas_that_fit),
             SG_TEST("B-CRL-16 B-CRL-17", leaves_deltas_that_do_not_fit_and_says_so),
             SG_TEST("B-CRL-16 B-CRL-17", takes_the_dates_of_the_delta))
