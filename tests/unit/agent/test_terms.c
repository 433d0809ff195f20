/* SPDX-License-Identifier: Apache-2.0 */
/* Anchors on terms (signet/anchor.h): RFC 5280 6.2, RFC 5914. */
#include "round_scene.h"

/* What is said of Alice's path to Root on TERMS under the desk's policy. The caller frees RESULT.
 */
static enum signet_verdict judge(struct desk *desk, const struct signet_anchor_terms *terms,
                                 struct signet_path_result **result)
{
    struct signet_certificate *alice = scene_certificate("alice");
    desk_trust(desk, "root", terms);
    desk_add(desk, "ca");
    assert_int_equal(signet_pool_add_certificate(desk->pool, alice), SIGNET_OK); /* keeps it */
    assert_int_equal(signet_path_verify(desk->context, alice, desk->pool, &desk->policy, result),
                     SIGNET_OK);
    signet_certificate_unref(alice);
    return signet_path_result_verdict(*result);
}

static bool says(const struct signet_path_result *result, enum signet_code code, const char *text)
{
    const struct signet_findings findings = signet_path_result_findings(result);
    for (size_t i = 0; i < findings.num; i++) {
        if (findings.items[i].code == code && strstr(findings.items[i].text, text) != NULL)
            return true;
    }
    return false;
}

static struct signet_anchor_terms initial(void)
{
    struct signet_anchor_terms terms;
    signet_anchor_terms_init(&terms);
    return terms;
}

static void begin_with_crls(struct desk *desk)
{
    desk_begin(desk, NULL);
    desk_add_crl(desk, "root crl");
    desk_add_crl(desk, "ca crl");
}

static void anchors_have_purposes(void **state)
{
    static const struct {
        unsigned purposes;
        enum signet_purpose purpose;
        const char *text; /* NULL: the path counts */
    } rows[] = {
        {SIGNET_ANCHOR_MAIL, SIGNET_PURPOSE_SIGN, NULL},
        {SIGNET_ANCHOR_SIGN, SIGNET_PURPOSE_SIGN, NULL},
        {SIGNET_ANCHOR_ENCRYPT, SIGNET_PURPOSE_SIGN, "but not one for signatures"},
        {SIGNET_ANCHOR_SIGN, SIGNET_PURPOSE_ENCRYPT, "but not one for encryption"},
        {SIGNET_ANCHOR_SIGN, SIGNET_PURPOSE_DECRYPT, "but not one for encryption"},
        {SIGNET_ANCHOR_ENCRYPT, SIGNET_PURPOSE_ANY, NULL},
        {0, SIGNET_PURPOSE_ANY, "but not one for mail"},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct signet_anchor_terms terms = initial();
        struct signet_path_result *result;
        struct desk desk;
        begin_with_crls(&desk);
        terms.purposes = rows[i].purposes;
        desk.policy.purpose = rows[i].purpose;
        enum signet_verdict verdict = judge(&desk, &terms, &result);
        if (rows[i].text == NULL) {
            assert_int_equal(verdict, SIGNET_VERDICT_GOOD);
        } else {
            assert_true(verdict >= SIGNET_VERDICT_UNKNOWN);
            assert_true(says(result, SIGNET_CODE_NO_TRUST_PATH, rows[i].text));
        }
        signet_path_result_free(result);
        desk_end(&desk);
    }
}

static void nobody_has_said_that_it_is_for_mail(void **state)
{
    struct signet_anchor_terms terms = initial();
    struct signet_path_result *result;
    struct desk desk;
    (void)state;
    begin_with_crls(&desk);
    terms.purpose_unknown = true;
    assert_int_equal(judge(&desk, &terms, &result), SIGNET_VERDICT_WARN);
    assert_true(says(result, SIGNET_CODE_ANSWER, "root for the web"));
    signet_path_result_free(result);
    desk_end(&desk);
}

/* Alice's certificate is valid from a year before 2026-06-01T12:00:00Z on. */
static void distrust_begins_at_a_date(void **state)
{
    const signet_time issued = 1780315200 - 365 * 86400;
    (void)state;
    for (signet_time early = 0; early < 2; early++) {
        struct signet_anchor_terms terms = initial();
        struct signet_path_result *result;
        struct desk desk;
        begin_with_crls(&desk);
        terms.distrust_after = issued - early;
        enum signet_verdict verdict = judge(&desk, &terms, &result);
        assert_int_equal(verdict, early ? SIGNET_VERDICT_UNKNOWN : SIGNET_VERDICT_GOOD);
        assert_int_equal(says(result, SIGNET_CODE_NO_TRUST_PATH,
                              "trusted for what it issued until 2025-06-01T11:59:59Z; this "
                              "certificate is valid from 2025-06-01T12:00:00Z on"),
                         early);
        signet_path_result_free(result);
        desk_end(&desk);
    }
}

static void limits_an_anchor_to_a_mail_domain(void **state)
{
    static const struct {
        const char *permitted, *excluded;
        enum signet_verdict verdict;
    } rows[] = {
        {"only example.com", NULL, SIGNET_VERDICT_GOOD},
        {"only example.org", NULL, SIGNET_VERDICT_BAD},
        {NULL, "only example.com", SIGNET_VERDICT_BAD},
        {NULL, "only example.org", SIGNET_VERDICT_GOOD},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct signet_anchor_terms terms = initial();
        struct signet_path_result *result;
        struct desk desk;
        begin_with_crls(&desk);
        if (rows[i].permitted != NULL)
            terms.permitted_subtrees = scene_octets(rows[i].permitted);
        if (rows[i].excluded != NULL)
            terms.excluded_subtrees = scene_octets(rows[i].excluded);
        assert_int_equal(judge(&desk, &terms, &result), rows[i].verdict);
        assert_int_equal(says(result, SIGNET_CODE_NAME_CONSTRAINT, "alice@example.com"),
                         rows[i].verdict == SIGNET_VERDICT_BAD);
        signet_path_result_free(result);
        desk_end(&desk);
    }
}

/* Of two anchors the one that may serves; and later terms replace earlier ones from round to round.
 */
static void other_anchors_and_later_terms_help(void **state)
{
    struct signet_anchor_terms terms = initial();
    struct signet_path_result *result;
    struct desk desk;
    (void)state;
    begin_with_crls(&desk);
    terms.permitted_subtrees = scene_octets("only example.org");
    desk_trust(&desk, "stranger root", NULL);
    assert_int_equal(judge(&desk, &terms, &result), SIGNET_VERDICT_BAD);
    terms.permitted_subtrees = scene_octets("only example.com");
    desk_trust(&desk, "root", &terms);
    assert_int_equal(signet_path_result_update(result), SIGNET_OK);
    assert_int_equal(signet_path_result_verdict(result), SIGNET_VERDICT_GOOD);
    signet_path_result_free(result);
    desk_end(&desk);

    begin_with_crls(&desk);
    terms.permitted_subtrees = scene_octets("only example.org");
    desk_trust(&desk, "ca", NULL);
    assert_int_equal(judge(&desk, &terms, &result), SIGNET_VERDICT_GOOD);
    signet_path_result_free(result);
    desk_end(&desk);
}

static void policies_hold_when_either_demands_them(void **state)
{
    static const char *const wanted[] = {"1.2.3.4"};
    static const struct {
        bool by_policy, by_terms;
    } rows[] = {{true, false}, {false, true}, {true, true}};
    struct signet_path_result *result;
    struct desk desk;
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct signet_anchor_terms terms = initial();
        begin_with_crls(&desk);
        desk.policy.require_explicit_policy = rows[i].by_policy;
        terms.require_explicit_policy = rows[i].by_terms;
        assert_int_equal(judge(&desk, &terms, &result), SIGNET_VERDICT_BAD);
        assert_true(says(result, SIGNET_CODE_POLICY_FAIL, ""));
        signet_path_result_free(result);
        desk_end(&desk);
    }
    struct signet_anchor_terms terms = initial();
    begin_with_crls(&desk);
    terms.policies = wanted; /* without the demand there is nothing to fail */
    terms.num_policies = 1;
    assert_int_equal(judge(&desk, &terms, &result), SIGNET_VERDICT_GOOD);
    signet_path_result_free(result);
    desk_end(&desk);
}

/* RFC 3850 4.1: how hard CRLs are demanded may differ from anchor to anchor. */
static void revocation_is_demanded_by_anchor(void **state)
{
    static const struct {
        enum signet_revocation policy, terms;
        enum signet_verdict verdict;
        enum signet_code code;
    } rows[] = {
        {SIGNET_REVOCATION_REQUIRE, SIGNET_REVOCATION_PREFER, SIGNET_VERDICT_WARN,
         SIGNET_CODE_REV_UNAVAILABLE},
        {SIGNET_REVOCATION_REQUIRE, SIGNET_REVOCATION_OFF, SIGNET_VERDICT_WARN,
         SIGNET_CODE_REV_OFF},
        {SIGNET_REVOCATION_PREFER, SIGNET_REVOCATION_REQUIRE, SIGNET_VERDICT_UNKNOWN,
         SIGNET_CODE_REV_UNAVAILABLE},
        {SIGNET_REVOCATION_OFF, SIGNET_REVOCATION_REQUIRE, SIGNET_VERDICT_UNKNOWN,
         SIGNET_CODE_REV_UNAVAILABLE},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct signet_anchor_terms terms = initial();
        struct signet_path_result *result;
        struct desk desk;
        desk_begin(&desk, NULL);
        desk.policy.revocation = rows[i].policy;
        terms.has_revocation = true;
        terms.revocation = rows[i].terms;
        assert_int_equal(judge(&desk, &terms, &result), rows[i].verdict);
        assert_int_equal(signet_path_result_candidates(result)->items[0].verdict, rows[i].verdict);
        assert_true(says(result, rows[i].code, ""));
        signet_path_result_free(result);
        /* The same for a message. */
        assert_int_equal(desk_verify(&desk, "mail without crls"), rows[i].verdict);
        desk_end(&desk);
    }
}

SG_TEST_MAIN(SG_TEST("D-PATH-3 B-IN-6", anchors_have_purposes),
             SG_TEST("D-PATH-3", nobody_has_said_that_it_is_for_mail),
             SG_TEST("D-PATH-3", distrust_begins_at_a_date),
             SG_TEST("B-IN-6", limits_an_anchor_to_a_mail_domain),
             SG_TEST("B-IN-6", other_anchors_and_later_terms_help),
             SG_TEST("B-IN-6", policies_hold_when_either_demands_them),
             SG_TEST("A-4.1-5 B-IN-6", revocation_is_demanded_by_anchor))
