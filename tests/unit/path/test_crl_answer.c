/* SPDX-License-Identifier: Apache-2.0 */
#include "path/crl_answer.h"

#include "crl_scene.h"

static void believes_the_newest_of_a_scope_in_any_order(void **state)
{
    static const struct {
        const char *scene, *result;
    } rows[] = {
        {"older-clean", "revoked; BAD CERT_REVOKED@0"},
        {"older-hold", "good"},
        {"number-before-date", "revoked; BAD CERT_REVOKED@0"},
        {"no-numbers", "revoked; (CRL_NUMBER_MISSING@0); BAD CERT_REVOKED@0"},
        {"twins", "revoked; BAD CERT_REVOKED@0"},
        {"clean-twins", "good; (CRL_NUMBER_TWICE@0)"},
        {"junk-on-top", "good; (CRL_SIGNATURE_WRONG@0)"},
        {"newest-is-stale", "good; (CRL_EXPIRED@0)"},
        {"newest-is-stale-and-revokes", "revoked; BAD CERT_REVOKED@0"},
        {"older-stale-revokes", "unknown; UNKNOWN CRL_EXPIRED@0"},
        {"other-scope-revokes", "revoked; BAD CERT_REVOKED@0"},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        const struct crl_case cases[] = {{rows[i].scene, 0, rows[i].result},
                                         {rows[i].scene, REVERSED, rows[i].result}};
        check_crl_cases(cases, SG_NUM(cases));
    }
}

/* 50 CRLs of one scope cost one signature. */
static void does_not_look_at_superseded_crls(void **state)
{
    struct crl_scene scene;
    (void)state;
    crl_scene_begin(&scene, "many-old", 0);
    const struct sg_revocation_status *status =
        sg_revocation_check(&scene.bench.judgement, &scene.path, 0, &scene.bench.findings);
    assert_non_null(status);
    assert_int_equal(status->state, SG_REVOCATION_GOOD);
    assert_ptr_equal(status->crl, scene.crls[49]);
    assert_int_equal(scene.bench.judgement.budget.signatures, 1);
    crl_scene_end(&scene);
}

SG_TEST_MAIN(SG_TEST("A-5-4 E-28 B-CRL-7", believes_the_newest_of_a_scope_in_any_order),
             SG_TEST("E-9", does_not_look_at_superseded_crls))
