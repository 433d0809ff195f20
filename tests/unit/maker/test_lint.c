/* SPDX-License-Identifier: Apache-2.0 */
#include "fault.h"
#include "sample.h"
#include "signet/lint.h"

enum { MAX = 8 };

struct objects {
    const struct signet_certificate *certificates[MAX];
    const struct signet_crl *crls[1];
    struct signet_lint_input input;
};

static void take_crl(struct objects *objects, const char *name)
{
    struct signet_crl *crl;
    assert_int_equal(signet_crl_parse(sample(name), &crl, NULL), SIGNET_OK);
    objects->crls[objects->input.num_crls++] = crl;
}

static void take_certificate(struct objects *objects, const char *name)
{
    struct signet_certificate *certificate;
    assert_int_equal(signet_certificate_parse(sample(name), &certificate, NULL), SIGNET_OK);
    objects->certificates[objects->input.num_certificates++] = certificate;
}

static void take(struct objects *objects, const char *const *names, unsigned rules)
{
    *objects = (struct objects){.input = {.rules = rules}};
    objects->input.certificates = objects->certificates;
    objects->input.crls = objects->crls;
    for (; *names != NULL; names++) {
        if (strcmp(*names, "crl") == 0)
            take_crl(objects, *names);
        else
            take_certificate(objects, *names);
    }
}

static void give_back(struct objects *objects)
{
    for (size_t i = 0; i < objects->input.num_certificates; i++)
        signet_certificate_unref((struct signet_certificate *)(uintptr_t)objects->certificates[i]);
    for (size_t i = 0; i < objects->input.num_crls; i++)
        signet_crl_unref((struct signet_crl *)(uintptr_t)objects->crls[i]);
}

static struct signet_lint_result *lint(const char *const *names, unsigned rules)
{
    struct objects objects;
    struct signet_lint_result *result;
    take(&objects, names, rules);
    assert_int_equal(signet_lint_run(&objects.input, &result), SIGNET_OK);
    give_back(&objects); /* the result has references of its own */
    return result;
}

static const char *const chain[] = {"ca", "alice", "root", "web", "crl", NULL};

static void finds_the_issuers(void **state)
{
    static const int issuers[] = {2, 0, 2, 0};
    struct signet_lint_result *result = lint(chain, 0);
    (void)state;
    assert_int_equal(signet_lint_num_certificates(result), 4);
    assert_int_equal(signet_lint_num_crls(result), 1);
    assert_non_null(signet_lint_crl(result, 0));
    for (size_t i = 0; i < 4; i++) {
        const struct signet_lint_certificate *one = signet_lint_certificate(result, i);
        assert_int_equal(one->issuer, issuers[i]);
        assert_null(one->validation);
        assert_null(one->generation);
    }
    signet_lint_free(result);
}

static void tells_findings_in_the_order_of_the_input(void **state)
{
    static const char *const wanted[] = {"pkix-crl-pointer-missing", "pkix-crl-pointer-missing",
                                         "smime-purpose"};
    static const size_t places[] = {1, 3, 3};
    struct signet_lint_result *result = lint(chain, 0);
    (void)state;
    assert_int_equal(signet_lint_num_findings(result), SG_NUM(wanted));
    for (size_t i = 0; i < SG_NUM(wanted); i++) {
        const struct signet_lint_finding *finding = signet_lint_finding(result, i);
        assert_string_equal(finding->id, wanted[i]);
        assert_int_equal(finding->index, places[i]);
        assert_int_equal(finding->object, SIGNET_OBJECT_CERTIFICATE);
    }
    assert_int_equal(signet_lint_count(result, SIGNET_SEVERITY_ERROR), 1);
    assert_int_equal(signet_lint_count(result, SIGNET_SEVERITY_WARNING), 2);
    assert_int_equal(signet_lint_count(result, SIGNET_SEVERITY_INFO), 0);
    signet_lint_free(result);
}

static void keeps_to_the_rules_asked_for(void **state)
{
    static const char *const web[] = {"web", NULL};
    static const unsigned sets[] = {SIGNET_LINT_PKIX, SIGNET_LINT_SMIME, SIGNET_LINT_BR};
    (void)state;
    for (size_t i = 0; i < SG_NUM(sets); i++) {
        struct signet_lint_result *result = lint(web, sets[i]);
        assert_true(signet_lint_num_findings(result) > 0);
        for (size_t n = 0; n < signet_lint_num_findings(result); n++)
            assert_int_equal(signet_lint_finding(result, n)->rules, sets[i]);
        signet_lint_free(result);
    }
}

static void has_nothing_to_say_of_nothing(void **state)
{
    static const char *const none[] = {NULL};
    struct signet_lint_result *result = lint(none, 0);
    (void)state;
    assert_int_equal(signet_lint_num_findings(result), 0);
    assert_int_equal(signet_lint_num_certificates(result), 0);
    signet_lint_free(result);
    signet_lint_free(NULL);
}

static void survives_every_allocation_that_fails(void **state)
{
    struct objects objects;
    struct signet_lint_result *result;
    enum signet_status status = SIGNET_ERR_MEMORY;
    size_t n = 0;
    (void)state;
    take(&objects, chain, SIGNET_LINT_PKIX | SIGNET_LINT_SMIME | SIGNET_LINT_BR);
    for (; status != SIGNET_OK; n++) {
        fault_begin(n);
        status = signet_lint_run(&objects.input, &result);
        fault_end();
        if (status == SIGNET_OK)
            break;
        assert_true(status == SIGNET_ERR_MEMORY || status == SIGNET_ERR_CRYPTO);
        assert_null(result);
    }
    assert_true(n > 3);
    signet_lint_free(result);
    give_back(&objects);
}

SG_TEST_MAIN(SG_TEST("", finds_the_issuers), SG_TEST("", tells_findings_in_the_order_of_the_input),
             SG_TEST("D-BR-1", keeps_to_the_rules_asked_for),
             SG_TEST("", has_nothing_to_say_of_nothing),
             SG_TEST("", survives_every_allocation_that_fails))
