/* SPDX-License-Identifier: Apache-2.0 */
#include "attribute_scene.h"
#include "fault.h"
#include "signet/attribute.h"

enum { MAX_OWNED = 80 };

/* A root, its CRL, Alice, Bob, and an authority that is one. */
struct office {
    struct signet_context *context;
    struct signet_pool *pool, *below; /* BELOW: see add_crowd; or NULL */
    struct signet_policy policy;
    struct signet_certificate *certificates[MAX_OWNED];
    size_t num;
};

static struct signet_certificate *certificate_of(struct office *office, const char *name)
{
    struct signet_certificate *certificate;
    assert_int_equal(signet_certificate_parse(scene_octets(name), &certificate, NULL), SIGNET_OK);
    assert_true(office->num < MAX_OWNED);
    office->certificates[office->num++] = certificate;
    return certificate;
}

static void add_crl(struct office *office, const char *name)
{
    struct signet_crl *crl;
    assert_int_equal(signet_crl_parse(scene_octets(name), &crl, NULL), SIGNET_OK);
    assert_int_equal(signet_pool_add_crl(office->pool, crl), SIGNET_OK);
    signet_crl_unref(crl);
}

static void office_begin(struct office *office)
{
    static const char *const people[] = {"Alice", "Bob"};
    *office = (struct office){.num = 0};
    assert_int_equal(signet_context_new(&office->context), SIGNET_OK);
    office->pool = signet_pool_new(NULL);
    assert_non_null(office->pool);
    assert_int_equal(signet_pool_add_anchor(office->pool, certificate_of(office, "Root"), NULL),
                     SIGNET_OK);
    assert_int_equal(
        signet_pool_add_attribute_authority(office->pool, certificate_of(office, "Authority")),
        SIGNET_OK);
    for (size_t i = 0; i < SG_NUM(people); i++)
        assert_int_equal(
            signet_pool_add_certificate(office->pool, certificate_of(office, people[i])),
            SIGNET_OK);
    add_crl(office, "root CRL");
    signet_policy_init(&office->policy);
    office->policy.time = 1780315200; /* 2026-06-01T12:00:00Z */
}

static void office_end(struct office *office)
{
    for (size_t i = 0; i < office->num; i++)
        signet_certificate_unref(office->certificates[i]);
    signet_pool_free(office->pool);
    signet_pool_free(office->below);
    signet_context_free(office->context);
}

static struct signet_attribute_certificate *ac_of(const char *name)
{
    struct signet_attribute_certificate *certificate;
    assert_int_equal(signet_attribute_certificate_parse(scene_octets(name), &certificate, NULL),
                     SIGNET_OK);
    return certificate;
}

/* A pool above the office's, in which "LABEL 0" and the following are found before all others. */
static void add_crowd(struct office *office, const char *label, size_t num, bool authorities)
{
    struct signet_pool *pool = signet_pool_new(office->pool);
    assert_non_null(pool);
    for (size_t i = 0; i < num; i++) {
        char name[40];
        snprintf(name, sizeof name, "%s %zu", label, i);
        const struct signet_certificate *one = certificate_of(office, name);
        assert_int_equal(authorities ? signet_pool_add_attribute_authority(pool, one)
                                     : signet_pool_add_certificate(pool, one),
                         SIGNET_OK);
    }
    office->below = office->pool;
    office->pool = pool;
}

static bool has_code(const struct signet_findings *findings, enum signet_code code)
{
    for (size_t i = 0; i < findings->num; i++) {
        if (findings->items[i].code == code)
            return true;
    }
    return false;
}

/* NAME, judged for HOLDER, has VERDICT; CODE is among its findings unless it is ANSWER. */
static void expect(struct office *office, const char *name, const struct signet_certificate *holder,
                   enum signet_verdict verdict, enum signet_code code)
{
    struct signet_attribute_certificate *certificate = ac_of(name);
    struct signet_attribute_result *result;
    assert_int_equal(signet_attribute_certificate_verify(office->context, certificate, holder,
                                                         office->pool, &office->policy, &result),
                     SIGNET_OK);
    const struct signet_attributes *attributes = signet_attribute_result_attributes(result);
    if (attributes->verdict != verdict)
        fail_msg("%s: %s", name, signet_verdict_name(attributes->verdict));
    if (code != SIGNET_CODE_ANSWER && !has_code(&attributes->findings, code))
        fail_msg("%s: no %s", name, signet_code_name(code));
    assert_ptr_equal(attributes->certificate, certificate);
    assert_non_null(attributes->holder);
    assert_non_null(attributes->issuer);
    assert_non_null(attributes->serial);
    signet_attribute_result_free(result);
    signet_attribute_certificate_unref(certificate);
}

static void judges_for_a_given_holder(void **state)
{
    struct office office;
    (void)state;
    office_begin(&office);
    const struct signet_certificate *alice = office.certificates[2], *bob = office.certificates[3];
    static const char *const good[] = {"ac good", "ac by name", "ac by digest"};
    for (size_t i = 0; i < SG_NUM(good); i++) {
        expect(&office, good[i], alice, SIGNET_VERDICT_GOOD, SIGNET_CODE_ANSWER);
        expect(&office, good[i], bob, SIGNET_VERDICT_BAD, SIGNET_CODE_AC_HOLDER);
    }
    expect(&office, "ac expired", alice, SIGNET_VERDICT_BAD, SIGNET_CODE_CERT_EXPIRED);
    expect(&office, "ac of nobody", alice, SIGNET_VERDICT_BAD, SIGNET_CODE_AC_HOLDER);
    expect(&office, "ac v1", alice, SIGNET_VERDICT_BAD, SIGNET_CODE_NONCONFORMING);
    office_end(&office);
}

static void finds_the_holder_in_the_pool(void **state)
{
    struct office office;
    (void)state;
    office_begin(&office);
    expect(&office, "ac good", NULL, SIGNET_VERDICT_GOOD, SIGNET_CODE_ANSWER);
    expect(&office, "ac by name", NULL, SIGNET_VERDICT_GOOD, SIGNET_CODE_ANSWER);
    expect(&office, "ac by digest", NULL, SIGNET_VERDICT_GOOD, SIGNET_CODE_ANSWER);
    expect(&office, "ac of a stranger", NULL, SIGNET_VERDICT_UNKNOWN, SIGNET_CODE_AC_HOLDER);
    office_end(&office);
}

static void tells_the_paths_and_the_attributes(void **state)
{
    struct office office;
    struct signet_attribute_certificate *certificate = ac_of("ac many attributes");
    struct signet_attribute_result *result;
    (void)state;
    office_begin(&office);
    assert_int_equal(signet_attribute_certificate_verify(office.context, certificate, NULL,
                                                         office.pool, &office.policy, &result),
                     SIGNET_OK);
    const struct signet_attributes *attributes = signet_attribute_result_attributes(result);
    assert_string_equal(attributes->serial, "07");
    assert_string_equal(attributes->issuer, "CN=Authority,O=Example");
    assert_int_equal(attributes->num, 2);
    assert_string_equal(attributes->items[0].name, "group");
    assert_string_equal(attributes->items[0].values[0], "staff");
    assert_true(attributes->items[0].permitted);
    assert_null(attributes->items[1].name);
    assert_string_equal(attributes->items[1].type, "1.2.3");
    assert_int_equal(attributes->items[1].num_values, 256);
    assert_string_equal(attributes->issuer_paths->items[0].certificates[0].subject,
                        "CN=Authority,O=Example");
    assert_string_equal(
        signet_attribute_result_holder_paths(result)->items[0].certificates[0].subject,
        "CN=Alice,O=Example");
    signet_attribute_result_free(result);
    signet_attribute_result_free(NULL);
    signet_attribute_certificate_unref(certificate);
    office_end(&office);
}

static void asks_for_its_revocation(void **state)
{
    struct office office;
    (void)state;
    office_begin(&office);
    expect(&office, "ac pointer", NULL, SIGNET_VERDICT_UNKNOWN, SIGNET_CODE_REV_UNAVAILABLE);
    expect(&office, "ac no scheme", NULL, SIGNET_VERDICT_BAD, SIGNET_CODE_REV_UNAVAILABLE);
    add_crl(&office, "CRL of certificates");
    expect(&office, "ac pointer", NULL, SIGNET_VERDICT_UNKNOWN, SIGNET_CODE_REV_UNAVAILABLE);
    add_crl(&office, "authority CRL");
    expect(&office, "ac pointer", NULL, SIGNET_VERDICT_GOOD, SIGNET_CODE_ANSWER);
    expect(&office, "ac no scheme", NULL, SIGNET_VERDICT_GOOD, SIGNET_CODE_ANSWER);
    add_crl(&office, "authority CRL listing");
    expect(&office, "ac pointer", NULL, SIGNET_VERDICT_BAD, SIGNET_CODE_CERT_REVOKED);
    expect(&office, "ac good", NULL, SIGNET_VERDICT_GOOD, SIGNET_CODE_ANSWER);
    office.policy.revocation = SIGNET_REVOCATION_OFF;
    expect(&office, "ac pointer", NULL, SIGNET_VERDICT_WARN, SIGNET_CODE_REV_OFF);
    office_end(&office);
}

/* As hard as the anchor of the authority's path demands it, whatever the policy says. */
static void the_anchor_says_how_hard_it_is_asked_for(void **state)
{
    struct signet_anchor_terms terms;
    struct office office;
    (void)state;
    office_begin(&office);
    signet_anchor_terms_init(&terms);
    terms.has_revocation = true;
    terms.revocation = SIGNET_REVOCATION_PREFER;
    assert_int_equal(signet_pool_add_anchor(office.pool, office.certificates[0], &terms),
                     SIGNET_OK);
    expect(&office, "ac pointer", NULL, SIGNET_VERDICT_WARN, SIGNET_CODE_REV_UNAVAILABLE);
    terms.revocation = SIGNET_REVOCATION_OFF;
    assert_int_equal(signet_pool_add_anchor(office.pool, office.certificates[0], &terms),
                     SIGNET_OK);
    expect(&office, "ac pointer", NULL, SIGNET_VERDICT_WARN, SIGNET_CODE_REV_OFF);
    terms.revocation = SIGNET_REVOCATION_REQUIRE;
    office.policy.revocation = SIGNET_REVOCATION_OFF;
    assert_int_equal(signet_pool_add_anchor(office.pool, office.certificates[0], &terms),
                     SIGNET_OK);
    expect(&office, "ac pointer", NULL, SIGNET_VERDICT_UNKNOWN, SIGNET_CODE_REV_UNAVAILABLE);
    office_end(&office);
}

static void holds_targets_against_the_callers_names(void **state)
{
    static const char *const mine[] = {"dns:other.example", "dn:cn=shop"};
    static const char *const none[] = {"shop.example"};
    struct office office;
    struct signet_attribute_certificate *certificate = ac_of("ac targeted");
    struct signet_attribute_result *result;
    (void)state;
    office_begin(&office);
    expect(&office, "ac targeted", NULL, SIGNET_VERDICT_UNKNOWN, SIGNET_CODE_AC_TARGET);
    office.policy.targets = mine;
    office.policy.num_targets = 1;
    expect(&office, "ac targeted", NULL, SIGNET_VERDICT_BAD, SIGNET_CODE_AC_TARGET);
    office.policy.num_targets = 2;
    expect(&office, "ac targeted", NULL, SIGNET_VERDICT_GOOD, SIGNET_CODE_ANSWER);
    office.policy.targets = none;
    office.policy.num_targets = 1;
    assert_int_equal(signet_attribute_certificate_verify(office.context, certificate, NULL,
                                                         office.pool, &office.policy, &result),
                     SIGNET_ERR_ARGUMENT);
    signet_attribute_certificate_unref(certificate);
    office_end(&office);
}

static void needs_an_authority(void **state)
{
    struct office office;
    struct signet_pool *pool;
    (void)state;
    office_begin(&office);
    pool = signet_pool_new(NULL);
    assert_non_null(pool);
    assert_int_equal(signet_pool_add_anchor(pool, office.certificates[0], NULL), SIGNET_OK);
    assert_int_equal(signet_pool_add_certificate(pool, office.certificates[2]), SIGNET_OK);
    signet_pool_free(office.pool);
    office.pool = pool;
    add_crl(&office, "root CRL");
    expect(&office, "ac good", NULL, SIGNET_VERDICT_UNKNOWN, SIGNET_CODE_NO_TRUST_PATH);
    assert_int_equal(signet_pool_add_certificate(pool, office.certificates[1]), SIGNET_OK);
    expect(&office, "ac good", NULL, SIGNET_VERDICT_UNKNOWN, SIGNET_CODE_AC_ISSUER);
    assert_int_equal(signet_pool_add_attribute_authority(pool, office.certificates[1]), SIGNET_OK);
    expect(&office, "ac good", NULL, SIGNET_VERDICT_GOOD, SIGNET_CODE_ANSWER);
    office_end(&office);
}

/* NAME is GOOD behind a crowd of NUM, and BAD with CODE behind one more. */
static void expect_behind_crowd(const char *name, const char *label, size_t num, bool authorities,
                                enum signet_code code)
{
    for (size_t more = 0; more < 2; more++) {
        struct office office;
        office_begin(&office);
        add_crowd(&office, label, num + more, authorities);
        expect(&office, name, NULL, more == 0 ? SIGNET_VERDICT_GOOD : SIGNET_VERDICT_BAD,
               more == 0 ? SIGNET_CODE_ANSWER : code);
        office_end(&office);
    }
}

static void looks_at_a_bounded_number_of_issuers(void **state)
{
    (void)state;
    expect_behind_crowd("ac good", "namesake", 63, false, SIGNET_CODE_SIG_BAD);
    expect_behind_crowd("ac good", "expired authority", 7, true, SIGNET_CODE_CERT_EXPIRED);
}

static void looks_at_a_bounded_number_of_holders(void **state)
{
    (void)state;
    expect_behind_crowd("ac by name", "expired Alice", 7, false, SIGNET_CODE_AC_HOLDER);
}

static void stops_when_the_budget_is_out(void **state)
{
    struct office office;
    (void)state;
    office_begin(&office);
    office.policy.limits.max_signatures = 1;
    expect(&office, "ac good", NULL, SIGNET_VERDICT_UNKNOWN, SIGNET_CODE_LIMIT);
    office_end(&office);
}

static void reports_that_memory_is_out(void **state)
{
    static const char *const names[] = {"ac targeted", "ac pointer", "ac by digest"};
    static const char *const mine[] = {"dn:CN=Shop"};
    struct office office;
    (void)state;
    office_begin(&office);
    add_crl(&office, "authority CRL");
    office.policy.targets = mine;
    office.policy.num_targets = 1;
    for (size_t i = 0; i < SG_NUM(names); i++) {
        struct signet_attribute_certificate *certificate = ac_of(names[i]);
        struct signet_attribute_result *result;
        enum signet_status status;
        size_t n = 0;
        for (; fault_begin(n), (status = signet_attribute_certificate_verify(
                                    office.context, certificate, NULL, office.pool, &office.policy,
                                    &result)) != SIGNET_OK;
             n++) {
            fault_end();
            assert_int_equal(status, SIGNET_ERR_MEMORY);
        }
        fault_end();
        assert_int_equal(signet_attribute_result_attributes(result)->verdict, SIGNET_VERDICT_GOOD);
        assert_true(n > 2);
        signet_attribute_result_free(result);
        signet_attribute_certificate_unref(certificate);
    }
    office_end(&office);
}

SG_TEST_MAIN(SG_TEST("C-AC-2 C-AC-4", judges_for_a_given_holder),
             SG_TEST("C-AC-1 C-AC-2", finds_the_holder_in_the_pool),
             SG_TEST("A-2.2-4", tells_the_paths_and_the_attributes),
             SG_TEST("C-AC-3 C-CC-2", asks_for_its_revocation),
             SG_TEST("A-4.1-5 C-AC-3", the_anchor_says_how_hard_it_is_asked_for),
             SG_TEST("C-AC-2", holds_targets_against_the_callers_names),
             SG_TEST("C-AC-2", needs_an_authority),
             SG_TEST("E-9", looks_at_a_bounded_number_of_issuers),
             SG_TEST("E-9", looks_at_a_bounded_number_of_holders),
             SG_TEST("E-9", stops_when_the_budget_is_out), SG_TEST("", reports_that_memory_is_out))
