/* SPDX-License-Identifier: Apache-2.0 */
#include "maker/certification_request.h"
#include "sample.h"

static struct sg_certification_request parse(const char *name)
{
    struct sg_certification_request request;
    struct signet_parse_error error;
    if (!sg_certification_request_parse(sample(name), &request, &error))
        fail_msg("%s: %s at %zu", name, error.expected, error.offset);
    return request;
}

static void reads_requests_of_all_kinds(void **state)
{
    static const struct {
        const char *name;
        bool attributes, extensions;
        enum sg_key_type type;
    } rows[] = {
        {"request", true, true, SG_KEY_EC},
        {"request with more", true, true, SG_KEY_EC},
        {"request of rsa", true, true, SG_KEY_RSA},
        {"request of ed25519", true, true, SG_KEY_ED25519},
        {"request without attributes", true, false, SG_KEY_EC},
        {"request without field", false, false, SG_KEY_EC},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct sg_certification_request request = parse(rows[i].name);
        assert_int_equal(request.attributes.ptr != NULL, rows[i].attributes);
        assert_int_equal(request.extensions.ptr != NULL, rows[i].extensions);
        assert_int_equal(request.spki.type, rows[i].type);
        assert_false(sg_name_is_empty(&request.subject));
    }
}

static void refuses_what_is_no_request(void **state)
{
    static const char *const rows[] = {
        "wrong version",    "wrong twice",       "wrong values",
        "wrong extensions", "wrong two values",  "wrong attribute",
        "wrong trailing",   "wrong more fields", "wrong certificate",
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct sg_certification_request request;
        struct signet_parse_error error;
        struct signet_span der = sample(rows[i]);
        if (sg_certification_request_parse(der, &request, &error))
            fail_msg("%s was read", rows[i]);
        assert_non_null(error.expected);
        assert_true(error.offset <= der.len);
    }
}

static void refuses_every_beginning(void **state)
{
    struct signet_span der = sample("request with more");
    (void)state;
    for (size_t len = 0; len < der.len; len++) {
        struct sg_certification_request request;
        struct signet_parse_error error;
        assert_false(sg_certification_request_parse(sg_test_copy(der.ptr, len), &request, &error));
    }
}

static void tells_who_holds_the_key(void **state)
{
    static const struct {
        const char *name;
        enum sg_possession possession;
    } rows[] = {
        {"request", SG_POSSESSION_SHOWN},
        {"request of rsa", SG_POSSESSION_SHOWN},
        {"request of ed25519", SG_POSSESSION_SHOWN},
        {"request of another", SG_POSSESSION_NOT_SHOWN},
        {"request damaged", SG_POSSESSION_NOT_SHOWN},
        {"request of 8192 bits", SG_POSSESSION_NOT_SHOWN},
        {"request of 8193 bits", SG_POSSESSION_UNSUPPORTED}, /* too long to be computed with */
    };
    struct sg_crypto *crypto;
    (void)state;
    assert_int_equal(sg_crypto_new(&crypto), SIGNET_OK);
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct sg_certification_request request = parse(rows[i].name);
        assert_int_equal(sg_certification_request_verify(&request, crypto), rows[i].possession);
    }
    sg_crypto_free(crypto);
}

SG_TEST_MAIN(SG_TEST("", reads_requests_of_all_kinds), SG_TEST("", refuses_what_is_no_request),
             SG_TEST("", refuses_every_beginning), SG_TEST("", tells_who_holds_the_key))
