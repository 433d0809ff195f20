/* SPDX-License-Identifier: Apache-2.0 */
/* Needs, and judging again with what has been brought (signet/message.h, signet/path.h). */
#include "agent/path_result.h"
#include "fault.h"
#include "round_scene.h"

/* --- somebody who has a root, a CA, a signer and their CRLs, and gives what is asked for */

struct supplier {
    struct signet_certificate *certificates[3];
    struct signet_crl *crls[2];
};

static void supplier_begin(struct supplier *supplier)
{
    static const char *const names[] = {"alice", "ca", "root"};
    static const char *const lists[] = {"ca crl", "root crl"};
    for (size_t i = 0; i < SG_NUM(names); i++)
        supplier->certificates[i] = scene_certificate(names[i]);
    for (size_t i = 0; i < SG_NUM(lists); i++)
        assert_int_equal(signet_crl_parse(scene_octets(lists[i]), &supplier->crls[i], NULL),
                         SIGNET_OK);
}

static void supplier_end(struct supplier *supplier)
{
    for (size_t i = 0; i < SG_NUM(supplier->certificates); i++)
        signet_certificate_unref(supplier->certificates[i]);
    for (size_t i = 0; i < SG_NUM(supplier->crls); i++)
        signet_crl_unref(supplier->crls[i]);
}

static bool is_signer(const struct signet_need *need, const struct signet_certificate *certificate)
{
    if (need->key_id.ptr != NULL)
        return sg_span_equal(need->key_id, certificate->ski);
    return sg_span_equal(need->name, certificate->issuer.der) &&
           sg_span_equal(need->serial, certificate->serial);
}

static bool fits(const struct signet_need *need, const struct signet_certificate *certificate)
{
    if (need->kind == SIGNET_NEED_SIGNER)
        return is_signer(need, certificate);
    return need->kind == SIGNET_NEED_ISSUER && sg_span_equal(need->name, certificate->subject.der);
}

/* The root as an anchor. */
static void supply(const struct supplier *supplier, const struct signet_need *need,
                   struct signet_pool *pool)
{
    for (size_t i = 0; i < SG_NUM(supplier->certificates); i++) {
        const struct signet_certificate *one = supplier->certificates[i];
        if (fits(need, one))
            assert_int_equal(i == 2 ? signet_pool_add_anchor(pool, one, NULL)
                                    : signet_pool_add_certificate(pool, one),
                             SIGNET_OK);
    }
    for (size_t i = 0; i < SG_NUM(supplier->crls); i++) {
        if (need->kind == SIGNET_NEED_CRL &&
            sg_span_equal(need->name, supplier->crls[i]->issuer.der))
            assert_int_equal(signet_pool_add_crl(pool, supplier->crls[i]), SIGNET_OK);
    }
}

static size_t pool_size(const struct signet_pool *pool)
{
    return signet_pool_num_certificates(pool) + signet_pool_num_crls(pool) +
           signet_pool_num_anchors(pool);
}

/* Until nothing new comes. Returns how many rounds there were after the first. */
static size_t go_round(struct desk *desk, const struct supplier *supplier)
{
    for (size_t rounds = 0;; rounds++) {
        size_t num, before = pool_size(desk->pool);
        const struct signet_need *needs = signet_message_result_needs(desk->result, &num);
        for (size_t i = 0; i < num; i++)
            supply(supplier, &needs[i], desk->pool);
        if (pool_size(desk->pool) == before)
            return rounds;
        desk_update(desk);
    }
}

/* --- */

static void completes_what_a_message_lacks(void **state)
{
    static const char *const mails[] = {"bare mail", "bare mail by key", "mail without crls"};
    (void)state;
    for (size_t i = 0; i < SG_NUM(mails); i++) {
        struct supplier supplier;
        struct desk desk;
        supplier_begin(&supplier);
        desk_begin(&desk, NULL);
        assert_int_equal(desk_verify(&desk, mails[i]), SIGNET_VERDICT_UNKNOWN);
        assert_int_equal(go_round(&desk, &supplier), i == 2 ? 2 : 4);
        assert_int_equal(signet_message_result_verdict(desk.result), SIGNET_VERDICT_GOOD);
        assert_null(desk_finding(&desk, SIGNET_CODE_NO_SIGNER_CERT));
        assert_null(desk_finding(&desk, SIGNET_CODE_NO_TRUST_PATH));
        assert_null(desk_finding(&desk, SIGNET_CODE_REV_UNAVAILABLE));
        assert_int_equal(desk_signer(&desk)->paths->items[0].num_certificates, 2);
        desk_end(&desk);
        supplier_end(&supplier);
    }
}

static void asks_for_the_signer(void **state)
{
    struct signet_certificate *alice = scene_certificate("alice");
    struct desk desk;
    (void)state;
    desk_begin(&desk, "root");
    desk_verify(&desk, "bare mail");
    const struct signet_need *need = desk_need(&desk, SIGNET_NEED_SIGNER);
    assert_non_null(need);
    assert_true(need->missing);
    assert_false(need->anchored);
    assert_span_equal(need->name, alice->issuer.der);
    assert_span_equal(need->serial, alice->serial);
    assert_null(need->key_id.ptr);
    assert_int_equal(need->num_urls, 0);
    desk_verify(&desk, "bare mail by key");
    need = desk_need(&desk, SIGNET_NEED_SIGNER);
    assert_non_null(need);
    assert_span_equal(need->key_id, alice->ski);
    assert_null(need->name.ptr);
    desk_add(&desk, "alice");
    desk_update(&desk);
    assert_null(desk_need(&desk, SIGNET_NEED_SIGNER));
    assert_int_equal(desk_signer(&desk)->signature, SIGNET_VERDICT_GOOD);
    desk_end(&desk);
    signet_certificate_unref(alice);
}

static void assert_urls(const struct signet_need *need, const char *const *urls, size_t num)
{
    assert_non_null(need);
    assert_int_equal(need->num_urls, num);
    for (size_t i = 0; i < num; i++)
        assert_span_text(need->urls[i], urls[i]);
}

/* In their order, each once, and only what can be fetched from. */
static void says_where_it_may_be(void **state)
{
    static const char *const issuers[] = {"http://pki.example/ca.cer", "LDAP://ldap.example/cn=CA"};
    static const char *const lists[] = {"http://pki.example/ca.crl", "https://pki.example/ca.crl"};
    static const char *const deltas[] = {"http://pki.example/delta.crl"};
    struct desk desk;
    (void)state;
    desk_begin(&desk, "root");
    desk_add(&desk, "alice");
    desk_verify(&desk, "bare mail");
    assert_urls(desk_need(&desk, SIGNET_NEED_ISSUER), issuers, SG_NUM(issuers));
    assert_true(desk_need(&desk, SIGNET_NEED_ISSUER)->missing);
    assert_false(desk_need(&desk, SIGNET_NEED_ISSUER)->anchored);
    desk_verify(&desk, "mail");
    assert_urls(desk_need(&desk, SIGNET_NEED_CRL), lists, SG_NUM(lists));
    assert_urls(desk_need(&desk, SIGNET_NEED_DELTA_CRL), deltas, SG_NUM(deltas));
    desk_end(&desk);
}

static void assert_same_finding(const struct signet_finding *a, const struct signet_finding *b)
{
    assert_int_equal(a->code, b->code);
    assert_int_equal(a->effect, b->effect);
    assert_string_equal(a->text, b->text);
    assert_int_equal(a->num_params, b->num_params);
}

static void assert_same_findings(struct signet_findings a, struct signet_findings b)
{
    assert_int_equal(a.num, b.num);
    for (size_t i = 0; i < a.num; i++)
        assert_same_finding(&a.items[i], &b.items[i]);
}

/* All that a path shows, held against the same path that still has what it was found with. */
static void assert_shows_the_same(const struct signet_path_result *a,
                                  const struct signet_path_result *b)
{
    const struct signet_candidate *one = signet_path_result_candidates(a)->items,
                                  *other = signet_path_result_candidates(b)->items;
    size_t num, num_other;
    const struct signet_need *needs = signet_path_result_needs(a, &num),
                             *others = signet_path_result_needs(b, &num_other);
    assert_int_equal(signet_path_result_verdict(a), signet_path_result_verdict(b));
    assert_same_findings(signet_path_result_findings(a), signet_path_result_findings(b));
    assert_same_findings(one->findings, other->findings);
    assert_int_equal(one->num_certificates, other->num_certificates);
    assert_string_equal(one->certificates[0].subject, other->certificates[0].subject);
    assert_string_equal(one->certificates[0].key, other->certificates[0].key);
    assert_int_equal(num, num_other);
    for (size_t i = 0; i < num; i++) {
        assert_span_equal(needs[i].name, others[i].name);
        assert_span_equal(needs[i].key_id, others[i].key_id);
        assert_int_equal(needs[i].num_urls, others[i].num_urls);
        for (size_t k = 0; k < needs[i].num_urls; k++)
            assert_span_equal(needs[i].urls[k], others[i].urls[k]);
    }
}

static void what_is_settled_shows_what_it_showed(void **state)
{
    static const char *const names[] = {"alice", "indirect"};
    (void)state;
    for (size_t i = 0; i < SG_NUM(names); i++) {
        struct signet_certificate *one = scene_certificate(names[i]);
        struct signet_path_result *result, *other;
        struct desk desk;
        desk_begin(&desk, "root");
        desk_add(&desk, "ca");
        assert_int_equal(signet_path_verify(desk.context, one, desk.pool, &desk.policy, &result),
                         SIGNET_OK);
        assert_int_equal(signet_path_verify(desk.context, one, desk.pool, &desk.policy, &other),
                         SIGNET_OK);
        sg_path_result_settle(result);
        assert_shows_the_same(result, other);
        desk_add_crl(&desk, "root crl");
        desk_add_crl(&desk, "ca crl");
        assert_int_equal(signet_path_result_update(result), SIGNET_OK);
        assert_int_equal(signet_path_result_update(other), SIGNET_OK);
        assert_shows_the_same(result, other);
        sg_path_result_settle(result);
        sg_path_result_settle(result);
        assert_shows_the_same(result, other);
        signet_path_result_free(other);
        signet_path_result_free(result);
        signet_certificate_unref(one);
        desk_end(&desk);
    }
}

/* A CRL that another issues is needed by the name that the point has, and found at that point. */
static void names_whoever_issues_for_another(void **state)
{
    static const char *const urls[] = {"http://pki.example/indirect.crl"};
    struct signet_path_result *result;
    struct desk desk;
    size_t num;
    (void)state;
    desk_begin(&desk, "root");
    desk_add(&desk, "ca");
    struct signet_certificate *indirect = scene_certificate("indirect");
    assert_int_equal(signet_path_verify(desk.context, indirect, desk.pool, &desk.policy, &result),
                     SIGNET_OK);
    const struct signet_need *needs = signet_path_result_needs(result, &num);
    assert_true(num >= 2);
    assert_int_equal(needs[0].kind, SIGNET_NEED_CRL);
    assert_span_equal(needs[0].name, indirect->issuer.der);
    assert_int_equal(needs[0].num_urls, 0);
    assert_int_equal(needs[1].kind, SIGNET_NEED_CRL);
    assert_urls(&needs[1], urls, 1);
    assert_true(needs[1].missing && needs[1].anchored);
    assert_int_equal(needs[1].name.ptr[0], 0x30);
    assert_false(sg_span_equal(needs[1].name, indirect->issuer.der));
    signet_path_result_free(result);
    signet_certificate_unref(indirect);
    desk_end(&desk);
}

/* RFC 3850 4.1: what is at hand suffices, and yet there may be something newer. */
static void a_newer_crl_changes_the_verdict(void **state)
{
    struct desk desk;
    (void)state;
    desk_begin(&desk, "root");
    assert_int_equal(desk_verify(&desk, "mail"), SIGNET_VERDICT_GOOD);
    const struct signet_need *need = desk_need(&desk, SIGNET_NEED_CRL);
    assert_non_null(need);
    assert_false(need->missing);
    assert_true(need->anchored);
    desk_add_crl(&desk, "newer ca crl");
    assert_int_equal(desk_update(&desk), SIGNET_VERDICT_BAD);
    assert_non_null(desk_finding(&desk, SIGNET_CODE_CERT_REVOKED));
    assert_int_equal(desk_update(&desk), SIGNET_VERDICT_BAD);
    desk_end(&desk);
}

/* What the message brought and somebody brings again is one thing, also as a CRL. */
static void what_comes_twice_counts_once(void **state)
{
    struct desk desk;
    (void)state;
    desk_begin(&desk, "root");
    desk_verify(&desk, "mail");
    size_t num_findings = desk_signer(&desk)->findings.num;
    desk_add(&desk, "alice");
    desk_add(&desk, "ca");
    desk_add_crl(&desk, "root crl");
    desk_add_crl(&desk, "ca crl");
    assert_int_equal(desk_update(&desk), SIGNET_VERDICT_GOOD);
    assert_int_equal(desk_signer(&desk)->paths->num_tried, 1);
    assert_int_equal(desk_signer(&desk)->findings.num, num_findings);
    assert_true(desk_signer(&desk)->paths->items[0].certificates[0].revocation.crl_brought);
    desk_end(&desk);
}

/* Nobody is sent anywhere by a certificate that no anchor stands behind. */
static void only_paths_to_an_anchor_are_anchored(void **state)
{
    static const char *const mails[] = {"anchorless mail", "mail below alice"};
    (void)state;
    for (size_t i = 0; i < SG_NUM(mails); i++) {
        struct desk desk;
        size_t num;
        desk_begin(&desk, "root");
        desk_verify(&desk, mails[i]);
        const struct signet_need *needs = signet_message_result_needs(desk.result, &num);
        assert_true(num > 0);
        for (size_t k = 0; k < num; k++)
            assert_false(needs[k].anchored);
        desk_end(&desk);
    }
}

static void the_list_is_the_same_each_time(void **state)
{
    struct desk a, b;
    size_t num_a, num_b;
    (void)state;
    desk_begin(&a, "root");
    desk_begin(&b, "root");
    desk_verify(&a, "anchorless mail");
    desk_verify(&b, "anchorless mail");
    desk_update(&b);
    const struct signet_need *in_a = signet_message_result_needs(a.result, &num_a);
    const struct signet_need *in_b = signet_message_result_needs(b.result, &num_b);
    assert_int_equal(num_a, num_b);
    for (size_t i = 0; i < num_a; i++) {
        assert_int_equal(in_a[i].kind, in_b[i].kind);
        assert_span_equal(in_a[i].name, in_b[i].name);
        assert_int_equal(in_a[i].missing, in_b[i].missing);
    }
    desk_end(&a);
    desk_end(&b);
}

/* Facts are found once: the content is hashed and the signature computed in the first round that
 * could, whatever becomes of the octets. */
static void does_not_read_the_message_again(void **state)
{
    struct signet_span mail = scene_octets("mail without crls");
    uint8_t *octets = (uint8_t *)(uintptr_t)mail.ptr;
    struct desk desk;
    (void)state;
    desk_begin(&desk, "root");
    assert_int_equal(
        signet_message_verify(desk.context, mail, desk.pool, &desk.policy, NULL, &desk.result),
        SIGNET_OK);
    assert_int_equal(signet_message_result_verdict(desk.result), SIGNET_VERDICT_UNKNOWN);
    char *text = strstr((char *)octets, "this is signed");
    assert_non_null(text);
    text[0] = 'T';
    desk.policy.limits.max_signatures = 0; /* a copy was taken */
    desk_add_crl(&desk, "root crl");
    desk_add_crl(&desk, "ca crl");
    assert_int_equal(desk_update(&desk), SIGNET_VERDICT_GOOD);
    assert_int_equal(desk_signer(&desk)->signature, SIGNET_VERDICT_GOOD);
    desk_end(&desk);
}

/* What is too much at once is not too much when each round starts with a full budget and what is
 * known already costs nothing. */
static void computed_signatures_are_not_paid_for_again(void **state)
{
    struct supplier supplier;
    struct desk desk;
    size_t max = 0;
    bool done = false;
    (void)state;
    supplier_begin(&supplier);
    while (!done) { /* the least that lets the rounds succeed */
        desk_begin(&desk, NULL);
        desk.policy.limits.max_signatures = ++max;
        desk_verify(&desk, "bare mail");
        go_round(&desk, &supplier);
        done = signet_message_result_verdict(desk.result) == SIGNET_VERDICT_GOOD;
        desk_end(&desk);
    }
    desk_begin(&desk, "root");
    desk.policy.limits.max_signatures = max;
    assert_int_equal(desk_verify(&desk, "mail"), SIGNET_VERDICT_UNKNOWN);
    assert_non_null(desk_finding(&desk, SIGNET_CODE_LIMIT));
    desk_end(&desk);
    supplier_end(&supplier);
}

/* Rounds share the memory of one verdict. */
static void rounds_end_where_memory_does(void **state)
{
    struct desk desk;
    size_t num, rounds = 0;
    (void)state;
    desk_begin(&desk, "root");
    desk.policy.limits.max_memory = 1 << 20;
    assert_int_equal(desk_verify(&desk, "mail"), SIGNET_VERDICT_GOOD);
    while (desk_update(&desk) == SIGNET_VERDICT_GOOD)
        assert_true(++rounds < 100000);
    assert_true(rounds > 0);
    assert_int_equal(signet_message_result_verdict(desk.result), SIGNET_VERDICT_UNKNOWN);
    const struct signet_findings findings = signet_message_result_findings(desk.result);
    assert_int_equal(findings.num, 1);
    assert_int_equal(findings.items[0].code, SIGNET_CODE_LIMIT);
    signet_message_result_needs(desk.result, &num);
    assert_int_equal(num, 0);
    assert_int_equal(desk_update(&desk), SIGNET_VERDICT_UNKNOWN);
    desk_end(&desk);
}

static void an_update_that_failed_says_nothing(void **state)
{
    bool done = false;
    (void)state;
    for (size_t n = 0; !done; n++) {
        struct desk desk;
        size_t num;
        desk_begin(&desk, "root");
        desk_verify(&desk, "mail");
        desk_add_crl(&desk, "newer ca crl");
        fault_begin(n);
        enum signet_status status = signet_message_result_update(desk.result);
        fault_end();
        done = status == SIGNET_OK;
        if (!done) {
            assert_int_equal(status, SIGNET_ERR_MEMORY);
            assert_int_equal(signet_message_result_verdict(desk.result), SIGNET_VERDICT_UNKNOWN);
            signet_message_result_signers(desk.result, &num);
            assert_int_equal(num, 0);
        } else {
            assert_int_equal(signet_message_result_verdict(desk.result), SIGNET_VERDICT_BAD);
        }
        desk_end(&desk);
    }
}

/* The same for one certificate. */
static void paths_are_judged_in_rounds_too(void **state)
{
    struct signet_certificate *alice = scene_certificate("alice");
    struct signet_path_result *result;
    struct desk desk;
    size_t num;
    (void)state;
    desk_begin(&desk, NULL);
    assert_int_equal(signet_path_verify(desk.context, alice, desk.pool, &desk.policy, &result),
                     SIGNET_OK);
    assert_int_equal(signet_path_result_verdict(result), SIGNET_VERDICT_UNKNOWN);
    const struct signet_need *needs = signet_path_result_needs(result, &num);
    assert_int_equal(num, 1);
    assert_int_equal(needs[0].kind, SIGNET_NEED_ISSUER);
    assert_ptr_equal(needs[0].certificate, alice);
    desk_add(&desk, "ca");
    desk_trust(&desk, "root", NULL);
    desk_add_crl(&desk, "root crl");
    desk_add_crl(&desk, "ca crl");
    assert_int_equal(signet_path_result_update(result), SIGNET_OK);
    assert_int_equal(signet_path_result_verdict(result), SIGNET_VERDICT_GOOD);
    assert_int_equal(signet_path_result_candidates(result)->num, 1);
    desk_add_crl(&desk, "newer ca crl");
    assert_int_equal(signet_path_result_update(result), SIGNET_OK);
    assert_int_equal(signet_path_result_verdict(result), SIGNET_VERDICT_BAD);
    signet_path_result_free(result);
    signet_certificate_unref(alice);
    desk_end(&desk);
}

static void needs_have_names(void **state)
{
    static const char *const names[] = {"signer",    "issuer",    "crl",
                                        "whole-crl", "delta-crl", "binding"};
    (void)state;
    for (size_t i = 0; i < SG_NUM(names); i++)
        assert_string_equal(signet_need_kind_name((enum signet_need_kind)i), names[i]);
}

SG_TEST_MAIN(SG_TEST("A-2.3-4 A-4.2-6", completes_what_a_message_lacks),
             SG_TEST("A-2.3-4 C-SI-2", asks_for_the_signer),
             SG_TEST("B-AIA-1 B-CDP-1", says_where_it_may_be),
             SG_TEST("B-CDP-1", names_whoever_issues_for_another),
             SG_TEST("A-4.1-1 A-4.1-4", a_newer_crl_changes_the_verdict),
             SG_TEST("A-2.3-1 A-4.2-6", what_comes_twice_counts_once),
             SG_TEST("D-REV-4", only_paths_to_an_anchor_are_anchored),
             SG_TEST("", the_list_is_the_same_each_time),
             SG_TEST("A-4.1-4", does_not_read_the_message_again),
             SG_TEST("A-4.1-4 E-9", computed_signatures_are_not_paid_for_again),
             SG_TEST("E-9", rounds_end_where_memory_does),
             SG_TEST("", an_update_that_failed_says_nothing),
             SG_TEST("A-4.1-1", paths_are_judged_in_rounds_too),
             SG_TEST("", what_is_settled_shows_what_it_showed), SG_TEST("", needs_have_names))
