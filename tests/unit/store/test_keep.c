/* SPDX-License-Identifier: Apache-2.0 */
#include "judging.h"

#include "fault.h"
#include "long_crl.h"

/* Judges MESSAGE and keeps what it brought. */
static enum signet_verdict keep(struct judging *j, const char *message, struct signet_kept *kept)
{
    struct judged judged;
    const struct signet_origin origin = {SIGNET_ORIGIN_MESSAGE, message, j->policy.time};
    enum signet_verdict verdict = judge(j, message, &judged);
    assert_int_equal(signet_store_keep_message(j->store, judged.result, &origin, kept), SIGNET_OK);
    judged_end(&judged);
    return verdict;
}

static struct signet_store_counts counts_of(struct judging *j)
{
    struct signet_store_counts counts;
    assert_int_equal(signet_store_count(j->store, &counts), SIGNET_OK);
    return counts;
}

static void keeps_what_a_good_message_brings(void **state)
{
    struct judging j;
    struct signet_kept kept;
    (void)state;
    judging_begin(&j);
    judging_trust(&j, "root");
    assert_int_equal(keep(&j, "mail", &kept), SIGNET_VERDICT_GOOD);
    assert_int_equal(kept.certificates, 2);
    assert_int_equal(kept.crls, 2);
    assert_int_equal(kept.bindings, 1);
    assert_int_equal(kept.passed_over, 0);
    judging_forget(&j);
    assert_int_equal(verdict_of(&j, "mail.bare"), SIGNET_VERDICT_GOOD);
    /* Once more, and nothing is new. */
    assert_int_equal(keep(&j, "mail", &kept), SIGNET_VERDICT_GOOD);
    assert_int_equal(kept.certificates + kept.crls + kept.bindings + kept.passed_over, 0);
    judging_end(&j);
}

/* A-2.3-8: what a message brings is never an anchor, its own root least of all. */
static void makes_no_anchors(void **state)
{
    struct judging j;
    struct signet_kept kept;
    (void)state;
    judging_begin(&j);
    assert_int_equal(keep(&j, "mail.root", &kept), SIGNET_VERDICT_UNKNOWN);
    assert_int_equal(kept.certificates, 3);
    assert_int_equal(kept.bindings, 0);
    assert_int_equal(counts_of(&j).anchors, 0);
    assert_int_equal(verdict_of(&j, "mail.bare"), SIGNET_VERDICT_UNKNOWN);
    judging_end(&j);
}

struct origin_seen {
    char detail[64];
    size_t num;
};

static enum signet_status see_origin(void *context, const struct signet_record *record)
{
    struct origin_seen *seen = context;
    snprintf(seen->detail, sizeof(seen->detail), "%s %s",
             signet_origin_kind_name(record->origin.kind), record->origin.detail);
    seen->num++;
    return SIGNET_OK;
}

static void keeps_where_things_came_from(void **state)
{
    struct judging j;
    struct signet_kept kept;
    struct origin_seen seen = {.num = 0};
    struct signet_certificate *alice = judging_certificate("alice");
    const struct signet_store_query query = {.sha256 = sg_span(alice->sha256, 32)};
    (void)state;
    judging_begin(&j);
    judging_trust(&j, "root");
    keep(&j, "mail", &kept);
    judging_add(&j, "alice"); /* imported later: the first origin stays */
    keep(&j, "mail.root", &kept);
    assert_int_equal(signet_store_find(j.store, &query, see_origin, &seen, NULL), SIGNET_OK);
    assert_int_equal(seen.num, 1);
    assert_string_equal(seen.detail, "message mail");
    signet_certificate_unref(alice);
    judging_end(&j);
}

/* E-41: anybody can send certificates of anybody's address. */
static void binds_nothing_that_is_not_proved(void **state)
{
    static const struct {
        const char *message;
        bool trusted;
    } rows[] = {
        {"mail", false},        /* no anchor */
        {"mail.changed", true}, /* another content */
        {"mail.mallory", true}, /* another sender */
        {"mail.crowd", true},   /* a certificate that says it is Alice's */
        {"mail.bob", true},     /* without CRLs: UNKNOWN */
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct judging j;
        struct signet_kept kept;
        judging_begin(&j);
        if (rows[i].trusted)
            judging_trust(&j, "root");
        enum signet_verdict verdict = keep(&j, rows[i].message, &kept);
        assert_true(verdict == SIGNET_VERDICT_UNKNOWN || verdict == SIGNET_VERDICT_BAD);
        if (kept.bindings != 0 || kept.capabilities != 0 || counts_of(&j).bindings != 0)
            fail_msg("%s", rows[i].message);
        judging_end(&j);
    }
}

static void keeps_a_few_of_what_nothing_proves(void **state)
{
    struct judging j;
    struct signet_kept kept;
    (void)state;
    judging_begin(&j);
    judging_trust(&j, "root");
    keep(&j, "mail.crowd", &kept);
    assert_int_equal(kept.certificates + kept.crls, 32);
    assert_int_equal(kept.passed_over, 41 + 1 - 32);
    judging_end(&j);
}

/* A CMS object that brings CRL, and nobody has signed it. */
static struct signet_span bringing(struct signet_span crl)
{
    struct sg_buffer der;
    sg_buffer_init(&der, SIZE_MAX);
    size_t whole = sg_der_open(&der, SG_TAG_SEQUENCE);
    sg_der_put_oid(&der, SG_OID_CT_SIGNED_DATA);
    size_t content = sg_der_open(&der, SG_TAG_CONTEXT_CONS(0));
    size_t data = sg_der_open(&der, SG_TAG_SEQUENCE);
    sg_der_put_uint32(&der, 1);
    sg_der_put(&der, SG_TAG_SET, sg_span("", 0));
    size_t inner = sg_der_open(&der, SG_TAG_SEQUENCE);
    sg_der_put_oid(&der, SG_OID_CT_DATA);
    sg_der_close(&der, inner);
    sg_der_put(&der, SG_TAG_CONTEXT_CONS(1), crl);
    sg_der_put(&der, SG_TAG_SET, sg_span("", 0));
    sg_der_close(&der, data);
    sg_der_close(&der, content);
    sg_der_close(&der, whole);
    assert_int_equal(der.status, SIGNET_OK);
    struct signet_span out = sg_test_copy(der.ptr, der.len);
    sg_buffer_free(&der);
    return out;
}

/* DER of LEN octets. */
static struct signet_span crl_of_length(size_t len)
{
    struct long_crl make = {.num_entries = 1,
                            .version = 2,
                            .serial_len = 8,
                            .this_update = NOON - 86400,
                            .last_len = len - 1000};
    make.last_len += len - long_crl_der(&make).len;
    return long_crl_der(&make);
}

/* E-41: anybody can send a list that nobody has signed, and one megabyte of it is enough. */
static void keeps_no_long_list_that_nothing_proves(void **state)
{
    (void)state;
    for (size_t more = 0; more < 2; more++) {
        struct judging j;
        struct signet_kept kept;
        struct signet_message_result *result;
        const struct signet_origin origin = {SIGNET_ORIGIN_MESSAGE, "long", NOON};
        struct signet_span crl = crl_of_length((1 << 20) + more);
        assert_int_equal(crl.len, (1 << 20) + more);
        judging_begin(&j);
        struct signet_pool *pool = signet_pool_new(NULL);
        assert_int_equal(
            signet_message_verify(j.context, bringing(crl), pool, &j.policy, NULL, &result),
            SIGNET_OK);
        assert_int_equal(signet_store_keep_message(j.store, result, &origin, &kept), SIGNET_OK);
        assert_int_equal(kept.crls, 1 - more);
        assert_int_equal(kept.passed_over, more);
        signet_message_result_free(result);
        signet_pool_free(pool);
        judging_end(&j);
    }
}

static void expect_capabilities(struct judging *j, signet_time time)
{
    struct signet_capabilities said;
    bool found;
    assert_int_equal(signet_store_capabilities(j->store, "alice@example.com", &said, &found),
                     SIGNET_OK);
    assert_int_equal(found, time != SIGNET_TIME_UNKNOWN);
    if (found)
        assert_int_equal(said.signing_time, time);
}

/* C-AT-4, RFC 8551 2.7.1. */
static void learns_capabilities_from_newer_good_signatures_only(void **state)
{
    static const struct {
        const char *message;
        size_t learned;
        int days; /* of the signature that is believed afterwards; 9: none */
    } rows[] = {
        {"mail.able.changed", 0, 9},  {"mail.able.2099", 0, 9},  {"mail.able.timeless", 0, 9},
        {"mail.able", 1, -1},         {"mail.able", 0, -1},      {"mail.able.older", 0, -1},
        {"mail.able.changed", 0, -1}, {"mail.able.2099", 0, -1}, {"mail.able.newer", 1, 0},
        {"mail.able", 0, 0},
    };
    struct judging j;
    struct signet_capabilities said;
    struct signet_certificate *encrypting = judging_certificate("encrypting");
    bool found;
    (void)state;
    judging_begin(&j);
    judging_trust(&j, "root");
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct signet_kept kept;
        keep(&j, rows[i].message, &kept);
        if (kept.capabilities != rows[i].learned)
            fail_msg("row %zu", i);
        expect_capabilities(&j,
                            rows[i].days == 9 ? SIGNET_TIME_UNKNOWN : NOON + rows[i].days * 86400);
        if (i == 3) {
            assert_int_equal(signet_store_capabilities(j.store, "Alice@EXAMPLE.com", &said, &found),
                             SIGNET_OK);
            assert_true(found && said.der.len > 0);
            assert_span_equal(said.preferred_sha256, sg_span(encrypting->sha256, 32));
        }
    }
    signet_certificate_unref(encrypting);
    judging_end(&j);
}

/* Where there is nothing new, nobody has to be able to write, or to wait for who does. */
static void writes_nothing_when_nothing_is_new(void **state)
{
    struct judging j;
    struct signet_kept kept;
    struct judged judged;
    (void)state;
    judging_begin(&j);
    judging_trust(&j, "root");
    keep(&j, "mail.able", &kept);
    assert_int_equal(signet_store_remember(j.store, j.context), SIGNET_OK);
    signet_store_close(j.store);
    assert_int_equal(signet_store_open(j.file, SIGNET_STORE_READ, 0, &j.store), SIGNET_OK);
    assert_int_equal(keep(&j, "mail.able", &kept), SIGNET_VERDICT_GOOD);
    assert_int_equal(keep(&j, "mail.able.older", &kept), SIGNET_VERDICT_GOOD);
    assert_int_equal(kept.certificates + kept.bindings + kept.capabilities, 0);
    assert_int_equal(signet_store_remember(j.store, j.context), SIGNET_OK);
    judge(&j, "mail.able.newer", &judged);
    assert_int_equal(signet_store_keep_message(j.store, judged.result, &j.origin, &kept),
                     SIGNET_ERR_IO);
    judged_end(&judged);
    judging_end(&j);
}

static void keeps_all_or_nothing(void **state)
{
    struct judging j;
    struct judged judged;
    enum signet_status status = SIGNET_ERR_MEMORY;
    struct signet_kept kept;
    (void)state;
    judging_begin(&j);
    judging_trust(&j, "root");
    judge(&j, "mail.able", &judged);
    for (size_t n = 0; status != SIGNET_OK; n++) {
        fault_begin(n);
        status = signet_store_keep_message(j.store, judged.result, &j.origin, &kept);
        fault_end();
        if (status != SIGNET_OK) {
            assert_true(status == SIGNET_ERR_MEMORY || status == SIGNET_ERR_IO);
            assert_int_equal(counts_of(&j).certificates, 1);
            assert_int_equal(counts_of(&j).bindings, 0);
        }
    }
    assert_int_equal(kept.certificates, 3);
    assert_int_equal(kept.capabilities, 1);
    judged_end(&judged);
    judging_end(&j);
}

SG_TEST_MAIN(SG_TEST("A-2.1-7 A-4.2-5 A-2.3-4", keeps_what_a_good_message_brings),
             SG_TEST("A-2.3-8", makes_no_anchors),
             SG_TEST("A-2.1-7 E-41", keeps_where_things_came_from),
             SG_TEST("E-41", binds_nothing_that_is_not_proved),
             SG_TEST("E-41", keeps_a_few_of_what_nothing_proves),
             SG_TEST("E-41", keeps_no_long_list_that_nothing_proves),
             SG_TEST("C-AT-4", learns_capabilities_from_newer_good_signatures_only),
             SG_TEST("", writes_nothing_when_nothing_is_new), SG_TEST("", keeps_all_or_nothing))
