/* SPDX-License-Identifier: Apache-2.0 */
#include "crypto/digest.h"
#include "fault.h"
#include "sample.h"

static void reads_both_versions(void **state)
{
    static const struct {
        const char *name;
        int version;
        size_t num_entries;
        bool extensions;
    } rows[] = {
        {"crl:plain", 2, 4, true},
        {"crl:empty", 2, 0, true},
        {"crl:list present and empty", 2, 0, true},
        {"crl:v1", 1, 4, false},
        {"crl:v1 written out", 1, 4, false},
        {"crl:v1 with extensions", 1, 4, false},
        {"crl:long entries", 2, 3, true},
        {"crl:29 February", 2, 2, true},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct signet_crl *crl = crl_of(rows[i].name);
        assert_int_equal(crl->version, rows[i].version);
        assert_int_equal(signet_crl_num_entries(crl), rows[i].num_entries);
        assert_int_equal(crl->extensions.ptr != NULL, rows[i].extensions);
        signet_crl_unref(crl);
    }
}

static void reads_dates(void **state)
{
    struct signet_crl *plain = crl_of("crl:plain"), *none = crl_of("crl:no next update");
    struct signet_crl *far = crl_of("crl:dates after 2050");
    (void)state;
    assert_true(signet_crl_this_update(plain) < signet_crl_next_update(plain));
    assert_int_equal(signet_crl_next_update(none), SIGNET_TIME_UNKNOWN);
    assert_true(signet_crl_next_update(far) > INT64_C(2524608000));
    signet_crl_unref(plain);
    signet_crl_unref(none);
    signet_crl_unref(far);
}

static void keeps_the_octets_that_the_signature_covers(void **state)
{
    struct signet_span bytes = sample("crl:plain");
    struct signet_crl *crl = crl_of("crl:plain");
    uint8_t wanted[32], sha256[32];
    char text[32];
    (void)state;
    assert_span_equal(signet_crl_der(crl), bytes);
    assert_ptr_equal(crl->signature_algorithm.full.ptr, crl->tbs.ptr + crl->tbs.len);
    assert_true(sg_sha256(bytes, wanted) && sg_crl_sha256(crl, sha256));
    assert_memory_equal(wanted, sha256, 32);
    assert_int_equal(signet_crl_issuer(crl, text, sizeof(text)), 17);
    assert_string_equal(text, "CN=Root,O=Example");
    signet_crl_unref(crl);
}

static void decodes_extensions(void **state)
{
    struct signet_crl *scope = crl_of("crl:scope"), *delta = crl_of("crl:delta");
    struct signet_crl *pointer = crl_of("crl:pointer"), *aia = crl_of("crl:AIA");
    struct signet_crl *soft = crl_of("crl:scope not critical");
    struct signet_crl *followed = crl_of("crl:delta with a pointer");
    (void)state;
    assert_true(scope->idp.present && scope->idp.only_user_certs && scope->idp.has_reasons);
    assert_false(scope->idp.only_ca_certs || scope->idp.indirect_crl);
    assert_int_equal(scope->idp.reasons, 1u << 1);
    assert_non_null(scope->idp.full_name.ptr);
    assert_span_equal(scope->number, hex("01"));
    assert_int_equal(scope->aki.key_id.len, 20);
    assert_true(soft->idp.only_ca_certs);
    assert_int_equal(soft->idp.reasons, SG_REASONS_ALL);

    assert_true(delta->is_delta);
    assert_span_equal(delta->base_number, hex("03"));
    assert_false(scope->is_delta);
    assert_non_null(pointer->freshest_crl.ptr);
    assert_null(followed->freshest_crl.ptr);
    assert_non_null(aia->authority_info_access.ptr);
    signet_crl_unref(scope);
    signet_crl_unref(delta);
    signet_crl_unref(pointer);
    signet_crl_unref(aia);
    signet_crl_unref(soft);
    signet_crl_unref(followed);
}

static void refuses_what_is_no_crl(void **state)
{
    const struct sg_sample *one = NULL;
    (void)state;
    while ((one = sample_next("broken crl", one)) != NULL) {
        struct signet_crl *crl = (struct signet_crl *)&state;
        struct signet_parse_error error = {0};
        if (signet_crl_parse(sg_sample_octets(one), &crl, &error) != SIGNET_ERR_PARSE)
            fail_msg("%s", one->name);
        assert_null(crl);
        assert_string_equal(error.object, "crl");
        if (error.expected == NULL || error.offset > one->len)
            fail_msg("%s: \"%s\" at %zu", one->name, error.expected, error.offset);
        assert_int_equal(signet_crl_parse(sg_sample_octets(one), &crl, NULL), SIGNET_ERR_PARSE);
    }
}

static void refuses_every_beginning_of_a_crl(void **state)
{
    struct signet_span bytes = sample("crl:indirect");
    (void)state;
    for (size_t len = 0; len < bytes.len; len++) {
        struct signet_crl *crl;
        assert_int_equal(signet_crl_parse(sg_test_copy(bytes.ptr, len), &crl, NULL),
                         SIGNET_ERR_PARSE);
    }
}

static void count_release(void *context)
{
    ++*(int *)context;
}

static void releases_borrowed_octets_once(void **state)
{
    int released = 0;
    struct signet_span bytes = sample("crl:plain");
    struct signet_crl *crl, *again;
    (void)state;
    assert_int_equal(signet_crl_parse_borrowed(bytes, count_release, &released, &crl, NULL),
                     SIGNET_OK);
    assert_ptr_equal(signet_crl_der(crl).ptr, bytes.ptr);
    again = signet_crl_ref(crl);
    signet_crl_unref(crl);
    assert_int_equal(released, 0);
    signet_crl_unref(again);
    assert_int_equal(released, 1);

    bytes = sample("broken crl:cut off");
    assert_int_equal(signet_crl_parse_borrowed(bytes, count_release, &released, &crl, NULL),
                     SIGNET_ERR_PARSE);
    assert_int_equal(released, 2);
    bytes = sample("crl:plain");
    assert_int_equal(signet_crl_parse_borrowed(bytes, NULL, NULL, &crl, NULL), SIGNET_OK);
    signet_crl_unref(crl);
    signet_crl_unref(NULL);
}

static void reports_that_memory_is_out(void **state)
{
    static const char *const names[] = {"crl:plain", "crl:indirect"};
    (void)state;
    for (size_t i = 0; i < SG_NUM(names); i++) {
        struct signet_span bytes = sample(names[i]);
        struct signet_crl *crl;
        enum signet_status status;
        int released = 0;
        size_t n = 0;
        for (; fault_begin(n), (status = signet_crl_parse_borrowed(bytes, count_release, &released,
                                                                   &crl, NULL)) != SIGNET_OK;
             n++) {
            fault_end();
            assert_int_equal(status, SIGNET_ERR_MEMORY);
            assert_null(crl);
            assert_int_equal(released, n + 1);
        }
        fault_end();
        assert_true(n > 2);
        signet_crl_unref(crl);
        fault_begin(0);
        status = signet_crl_parse(bytes, &crl, NULL);
        fault_end();
        assert_int_equal(status, SIGNET_ERR_MEMORY);
    }
}

SG_TEST_MAIN(SG_TEST("A-2.1-1 A-2.1-3 B-CRL-1 B-CRL-22", reads_both_versions),
             SG_TEST("B-CRL-3", reads_dates),
             SG_TEST("B-ENC-1", keeps_the_octets_that_the_signature_covers),
             SG_TEST("A-2.1-1 B-CRL-1", decodes_extensions),
             SG_TEST("B-ENC-7 B-CRL-3 B-TIM-2 B-CRL-22", refuses_what_is_no_crl),
             SG_TEST("B-ENC-7", refuses_every_beginning_of_a_crl),
             SG_TEST("", releases_borrowed_octets_once), SG_TEST("", reports_that_memory_is_out))
