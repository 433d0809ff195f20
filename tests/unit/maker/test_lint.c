/* SPDX-License-Identifier: Apache-2.0 */
#include "fault.h"
#include "maker/lint.h"
#include "sample.h"

enum { MAX = 80 };

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

/* The names "LABEL FIRST" to "LABEL LAST". */
static struct signet_lint_result *lint_numbered(const char *label, size_t first, size_t last)
{
    static char names[MAX][16];
    const char *list[MAX] = {NULL};
    for (size_t i = 0; first + i <= last; i++) {
        assert_true(i + 1 < MAX);
        snprintf(names[i], sizeof names[i], "%s %zu", label, first + i);
        list[i] = names[i];
    }
    return lint(list, SIGNET_LINT_PKIX);
}

/* How often ID is told; *LAST: of which certificate the last time. */
static size_t num_told(const struct signet_lint_result *result, const char *id, size_t *last)
{
    size_t num = 0;
    for (size_t i = 0; i < signet_lint_num_findings(result); i++) {
        const struct signet_lint_finding *finding = signet_lint_finding(result, i);
        if (strcmp(finding->id, id) != 0)
            continue;
        *last = finding->index;
        num++;
    }
    return num;
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

/* CAs of one name, of which the last one has issued the certificate behind them. */
static void tries_eight_issuers_of_one_name(void **state)
{
    size_t at = 0;
    struct signet_lint_result *eight = lint_numbered("twin", 1, 9);
    struct signet_lint_result *nine = lint_numbered("twin", 0, 9);
    (void)state;
    assert_int_equal(signet_lint_certificate(eight, 8)->issuer, 7);
    assert_int_equal(num_told(eight, "pkix-chain-signature", &at), 0);
    assert_int_equal(signet_lint_certificate(nine, 9)->issuer, -1);
    assert_int_equal(num_told(nine, "pkix-chain-signature", &at), 1);
    assert_int_equal(at, 9);
    signet_lint_free(eight);
    signet_lint_free(nine);
}

/* Both CAs at the top have one more below them than they allow; the very first one stands higher
 * than anything is followed. */
static void follows_chains_of_sixty_four(void **state)
{
    size_t at = 0;
    struct signet_lint_result *result = lint_numbered("line", 0, 65);
    (void)state;
    assert_int_equal(num_told(result, "pkix-chain-path-len", &at), 1);
    assert_int_equal(at, 1);
    signet_lint_free(result);
}

/* Keys with an even modulus, which no key has. */
static void looks_into_no_longer_keys(void **state)
{
    static const char *const keys[] = {"key of 8192 bits", "key of 8193 bits", NULL};
    size_t at = 9;
    struct signet_lint_result *result = lint(keys, SIGNET_LINT_PKIX);
    (void)state;
    assert_int_equal(num_told(result, "pkix-key-malformed", &at), 1);
    assert_int_equal(at, 0);
    signet_lint_free(result);
}

/* So many that what is kept of each, were it nothing more, is over what one call may take: it ends
 * before it looks at any. */
static void takes_no_more_memory_than_it_may(void **state)
{
    size_t num = ((size_t)256 << 20) / sizeof(struct sg_lint_subject) + 1;
    const struct signet_certificate **certificates = calloc(num, sizeof *certificates);
    struct signet_lint_input many = {.certificates = certificates, .num_certificates = num};
    struct signet_lint_result *result;
    (void)state;
    assert_non_null(certificates);
    assert_int_equal(signet_lint_run(&many, &result), SIGNET_ERR_LIMIT);
    assert_null(result);
    free(certificates);
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
             SG_TEST("E-9", tries_eight_issuers_of_one_name),
             SG_TEST("E-9", follows_chains_of_sixty_four),
             SG_TEST("E-9", looks_into_no_longer_keys),
             SG_TEST("E-9", takes_no_more_memory_than_it_may),
             SG_TEST("", survives_every_allocation_that_fails))
