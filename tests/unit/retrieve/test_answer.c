/* SPDX-License-Identifier: Apache-2.0 */
#include "fault.h"
#include "retrieve/answer.h"
#include "sample.h"
#include "x509/certificate.h"

static struct sg_arena arena;

/* A wish for the issuer's certificate or CRL that has the name of sample NAME. */
static struct sg_wanted wish(enum signet_need_kind kind, const char *name)
{
    const struct signet_need need = {.kind = kind, .name = sample(name)};
    struct sg_wanted wanted;

    assert_true(sg_wanted_init(&wanted, &arena, &need));
    return wanted;
}

static void takes_what_was_asked_for(void **state)
{
    static const struct {
        enum signet_need_kind kind;
        const char *name, *answer;
        size_t num_certificates, num_crls;
        const char *words; /* of the reason or the remark; NULL: none */
    } rows[] = {
        {SIGNET_NEED_CRL, "root-subject", "crl", 0, 1, NULL},
        {SIGNET_NEED_WHOLE_CRL, "root-subject", "crl", 0, 1, NULL},
        {SIGNET_NEED_DELTA_CRL, "root-subject", "crl", 0, 1, NULL},
        {SIGNET_NEED_CRL, "root-subject", "crl-pem", 0, 1, "not as DER"},
        {SIGNET_NEED_CRL, "root-subject", "crl-in-cms", 0, 1, NULL},
        {SIGNET_NEED_CRL, "root-subject", "crl-foreign", 0, 0, "another issuer"},
        {SIGNET_NEED_CRL, "root-subject", "crl-cut", 0, 0, "no CRL"},
        {SIGNET_NEED_CRL, "root-subject", "ca", 0, 0, "no CRL"},
        {SIGNET_NEED_CRL, "root-subject", "html", 0, 0, "HTML"},
        {SIGNET_NEED_CRL, "root-subject", "html-after-blanks", 0, 0, "HTML"},
        {SIGNET_NEED_CRL, "root-subject", "text", 0, 0, "no CRL"},
        {SIGNET_NEED_CRL, "root-subject", "empty", 0, 0, "empty"},
        {SIGNET_NEED_ISSUER, "ca-subject", "ca", 1, 0, NULL},
        {SIGNET_NEED_ISSUER, "ca-subject", "ca-pem", 1, 0, "not as DER"},
        {SIGNET_NEED_ISSUER, "ca-subject", "certs-only", 2, 0, NULL},
        {SIGNET_NEED_ISSUER, "ca-subject", "pair", 2, 0, NULL},
        {SIGNET_NEED_ISSUER, "ca-subject", "pair-forward", 1, 0, NULL},
        {SIGNET_NEED_ISSUER, "ca-subject", "root", 0, 0, "not the one"},
        {SIGNET_NEED_ISSUER, "ca-subject", "alice", 0, 0, "not the one"},
        {SIGNET_NEED_ISSUER, "ca-subject", "crl", 0, 0, "no certificate"},
        {SIGNET_NEED_ISSUER, "ca-subject", "html", 0, 0, "HTML"},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        const struct sg_wanted wanted = wish(rows[i].kind, rows[i].name);
        const struct signet_fetch_value value = {"body", sample(rows[i].answer)};
        struct sg_catch catch;
        assert_int_equal(sg_catch_read(&catch, &wanted, &value, 1), SIGNET_OK);
        if (catch.num_certificates != rows[i].num_certificates ||
            catch.num_crls != rows[i].num_crls)
            fail_msg("row %zu: %zu certificates, %zu CRLs", i, catch.num_certificates,
                     catch.num_crls);
        if (rows[i].words == NULL)
            assert_string_equal(catch.reason, "");
        else
            assert_non_null(strstr(catch.reason, rows[i].words));
        sg_catch_free(&catch);
    }
    sg_arena_clear(&arena);
}

static void finds_the_signer_by_serial_or_key(void **state)
{
    struct signet_certificate *alice = sample_certificate("alice");
    const struct signet_fetch_value values[] = {{"userCertificate", sample("ca")},
                                                {"userCertificate", sample("alice")}};
    struct signet_need need = {.kind = SIGNET_NEED_SIGNER,
                               .name = sample("ca-subject"),
                               .serial = signet_certificate_serial(alice)};
    struct sg_wanted wanted;
    struct sg_catch catch;
    (void)state;

    assert_true(sg_wanted_init(&wanted, &arena, &need));
    assert_int_equal(sg_catch_read(&catch, &wanted, values, 2), SIGNET_OK);
    assert_int_equal(catch.num_certificates, 2);
    sg_catch_free(&catch);
    assert_int_equal(sg_catch_read(&catch, &wanted, values, 1), SIGNET_OK);
    assert_int_equal(catch.num_certificates, 0);
    sg_catch_free(&catch);

    need = (struct signet_need){.kind = SIGNET_NEED_SIGNER, .key_id = alice->ski};
    assert_true(sg_wanted_init(&wanted, &arena, &need));
    assert_int_equal(sg_catch_read(&catch, &wanted, values, 2), SIGNET_OK);
    assert_int_equal(catch.num_certificates, 2);
    sg_catch_free(&catch);
    assert_int_equal(sg_catch_read(&catch, &wanted, values, 1), SIGNET_OK);
    assert_int_equal(catch.num_certificates, 0);
    sg_catch_free(&catch);
    signet_certificate_unref(alice);
    sg_arena_clear(&arena);
}

static void takes_no_more_than_it_may(void **state)
{
    struct signet_fetch_value values[SG_CATCH_MAX_CERTIFICATES + 5];
    struct sg_catch catch;
    (void)state;
    for (size_t i = 0; i < SG_NUM(values); i++)
        values[i] = (struct signet_fetch_value){"userCertificate", sample("alice")};
    assert_int_equal(sg_catch_certificates(&catch, values, SG_NUM(values)), SIGNET_OK);
    assert_int_equal(catch.num_certificates, SG_CATCH_MAX_CERTIFICATES);
    sg_catch_free(&catch);
    assert_int_equal(sg_catch_certificates(&catch, values, 0), SIGNET_OK);
    assert_int_equal(catch.num_certificates, 0);
    sg_catch_free(&catch);
}

static void tells_wishes_apart(void **state)
{
    const struct sg_wanted crl = wish(SIGNET_NEED_CRL, "root-subject"),
                           same = wish(SIGNET_NEED_CRL, "root-subject"),
                           kind = wish(SIGNET_NEED_DELTA_CRL, "root-subject"),
                           name = wish(SIGNET_NEED_CRL, "ca-subject");
    const struct signet_need broken = {.kind = SIGNET_NEED_CRL, .name = hex("30 03 02 01 05")};
    struct sg_wanted wanted;
    (void)state;
    assert_true(sg_wanted_equal(&crl, &same));
    assert_false(sg_wanted_equal(&crl, &kind));
    assert_false(sg_wanted_equal(&crl, &name));
    assert_false(sg_wanted_init(&wanted, &arena, &broken));
    sg_arena_clear(&arena);
}

static void tells_when_memory_is_out(void **state)
{
    static const char *const answers[] = {"crl-pem", "crl", "certs-only", "pair"};
    (void)state;
    for (size_t i = 0; i < SG_NUM(answers); i++) {
        const struct sg_wanted wanted = wish(i < 2 ? SIGNET_NEED_CRL : SIGNET_NEED_ISSUER,
                                             i < 2 ? "root-subject" : "ca-subject");
        const struct signet_fetch_value value = {"body", sample(answers[i])};
        struct sg_catch catch;
        enum signet_status status;
        size_t n = 0;
        do {
            fault_begin(n);
            status = sg_catch_read(&catch, &wanted, &value, 1);
            fault_end();
            if (status != SIGNET_OK)
                assert_int_equal(status, SIGNET_ERR_MEMORY);
            else
                assert_true(catch.num_certificates + catch.num_crls > 0);
            sg_catch_free(&catch);
        } while (status != SIGNET_OK && n++ < 10000);
        assert_true(n > 0);
    }
    sg_arena_clear(&arena);
}

int main(void)
{
    static const struct sg_test tests[] = {
        SG_TEST("B-CDP-2 B-AIA-1 D-RET-2", takes_what_was_asked_for),
        SG_TEST("A-2.3-4", finds_the_signer_by_serial_or_key),
        SG_TEST("E-32", takes_no_more_than_it_may),
        SG_TEST("", tells_wishes_apart),
        SG_TEST("", tells_when_memory_is_out),
    };

    sg_arena_init(&arena, (size_t)1 << 20);
    return sg_tests_run(tests, SG_NUM(tests));
}
