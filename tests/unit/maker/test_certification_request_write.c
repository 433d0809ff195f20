/* SPDX-License-Identifier: Apache-2.0 */
#include "fault.h"
#include "maker/certification_request.h"
#include "signet/csr.h"
#include "test.h"

static const char *const alice[] = {"alice@example.org"};

static struct signet_key *key_of(const char *kind)
{
    struct signet_key *key;
    assert_int_equal(signet_key_generate(kind, &key), SIGNET_OK);
    return key;
}

static bool add(void *context, struct signet_span bytes)
{
    sg_buffer_add(context, bytes);
    return ((struct sg_buffer *)context)->status == SIGNET_OK;
}

static bool refuse(void *context, struct signet_span bytes)
{
    (void)context;
    (void)bytes;
    return false;
}

static enum signet_status write(const struct signet_csr_wish *wish, struct sg_buffer *der,
                                struct signet_csr_refusal *refusal)
{
    const struct signet_sink sink = {add, der};
    sg_buffer_init(der, 1 << 20);
    return signet_csr_write(wish, &sink, refusal);
}

static void writes_what_its_own_reader_believes(void **state)
{
    static const char *const kinds[] = {"rsa2048", "p256", "p384", "p521", "ed25519", "ed448"};
    struct sg_crypto *crypto;
    (void)state;
    assert_int_equal(sg_crypto_new(&crypto), SIGNET_OK);
    for (size_t i = 0; i < SG_NUM(kinds); i++) {
        struct signet_key *key = key_of(kinds[i]);
        const struct signet_csr_wish wish = {
            .key = key, .addresses = alice, .num_addresses = 1, .name = "Alice"};
        struct signet_csr_refusal refusal;
        struct sg_certification_request request;
        struct signet_parse_error error;
        struct sg_buffer der;
        assert_int_equal(write(&wish, &der, &refusal), SIGNET_OK);
        assert_true(sg_certification_request_parse(sg_buffer_span(&der), &request, &error));
        assert_int_equal(sg_certification_request_verify(&request, crypto), SG_POSSESSION_SHOWN);
        assert_true(sg_span_equal(request.spki.full, signet_key_public(key)));
        assert_non_null(request.extensions.ptr);
        sg_buffer_free(&der);
        signet_key_unref(key);
    }
    sg_crypto_free(crypto);
}

static void refuses_with_a_reason(void **state)
{
    static const uint8_t null[] = {0x05, 0x00};
    static const char *const addresses[] = {"alice@example.org", "nobody"};
    static const struct signet_csr_extension critical = {"1.2.3", {null, 2}, true},
                                             broken = {"1.2.3", {null, 1}, false},
                                             own = {"2.5.29.37", {null, 2}, false},
                                             ca = {"2.5.29.19", {null, 2}, false};
    static const struct {
        struct signet_csr_wish wish;
        const char *what, *why;
    } rows[] = {
        {{.num_addresses = 0}, NULL, "an address"},
        {{.num_addresses = 2}, "nobody", "mail address"},
        {{.num_addresses = 1, .name = ""}, "", "empty"},
        {{.num_addresses = 1, .name = "a\x01"}, "a\x01", "control"},
        {{.num_addresses = 1, .name = "a\xff"}, "a\xff", "UTF-8"},
        {{.num_addresses = 1, .name = "emailAddress=a@b.example"},
         "emailAddress=a@b.example",
         "RFC 3850"},
        {{.num_addresses = 1, .extensions = &critical, .num_extensions = 1}, "1.2.3", "critical"},
        {{.num_addresses = 1, .extensions = &broken, .num_extensions = 1}, "1.2.3", "DER"},
        {{.num_addresses = 1, .extensions = &own, .num_extensions = 1}, "2.5.29.37", "by itself"},
        {{.num_addresses = 1, .extensions = &ca, .num_extensions = 1}, "2.5.29.19", "no place"},
        {{.num_addresses = 1, .uses = SIGNET_CSR_ENCRYPT}, NULL, "cannot do"},
    };
    struct signet_key *key = key_of("ed25519");
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct signet_csr_wish wish = rows[i].wish;
        struct signet_csr_refusal refusal;
        struct sg_buffer der;
        wish.key = key;
        wish.addresses = addresses;
        assert_int_equal(write(&wish, &der, &refusal), SIGNET_ERR_ARGUMENT);
        assert_int_equal(der.len, 0);
        assert_non_null(strstr(refusal.why, rows[i].why));
        if (rows[i].what != NULL)
            assert_string_equal(refusal.what, rows[i].what);
        sg_buffer_free(&der);
    }
    signet_key_unref(key);
}

static void refuses_a_key_that_cannot_sign_its_request(void **state)
{
    struct signet_key *key = key_of("x25519");
    const struct signet_csr_wish wish = {.key = key, .addresses = alice, .num_addresses = 1};
    struct signet_csr_refusal refusal;
    struct sg_buffer der;
    (void)state;
    assert_int_equal(write(&wish, &der, &refusal), SIGNET_ERR_ARGUMENT);
    assert_non_null(strstr(refusal.why, "cannot sign"));
    sg_buffer_free(&der);
    signet_key_unref(key);
}

static void tells_of_a_sink_that_fails(void **state)
{
    static const struct signet_sink sink = {refuse, NULL};
    struct signet_key *key = key_of("p256");
    struct signet_csr_wish wish = {.key = key, .addresses = alice, .num_addresses = 1};
    struct signet_csr_refusal refusal;
    (void)state;
    assert_int_equal(signet_csr_write(&wish, &sink, &refusal), SIGNET_ERR_IO);
    wish.pem = true;
    assert_int_equal(signet_csr_write(&wish, &sink, &refusal), SIGNET_ERR_IO);
    assert_null(refusal.why);
    signet_key_unref(key);
}

/* The crypto library's own allocations do not fail here: they are not malloc's to it. */
static void survives_every_allocation_that_fails(void **state)
{
    static const char *const addresses[] = {"\xc3\xbc@\xc3\xbc.example", "alice@example.org"};
    struct signet_key *key = key_of("p256");
    const struct signet_csr_wish wish = {
        .key = key, .addresses = addresses, .num_addresses = 2, .name = "CN=Alice,O=Example"};
    size_t n = 0;
    (void)state;
    for (;; n++) {
        struct signet_csr_refusal refusal;
        struct sg_buffer der;
        uint8_t *room = sg_test_keep(malloc(4096));
        const struct signet_sink sink = {add, &der};
        der = (struct sg_buffer){.ptr = room, .cap = 4096, .max = 4096};
        fault_begin(n);
        enum signet_status status = signet_csr_write(&wish, &sink, &refusal);
        fault_end();
        if (status == SIGNET_OK)
            break;
        assert_true(status == SIGNET_ERR_MEMORY || status == SIGNET_ERR_CRYPTO);
        assert_int_equal(der.len, 0);
        assert_null(refusal.why);
    }
    assert_true(n > 3);
    signet_key_unref(key);
}

SG_TEST_MAIN(SG_TEST("C-KEY-3 A-3-3", writes_what_its_own_reader_believes),
             SG_TEST("A-3-4 A-4.4-5", refuses_with_a_reason),
             SG_TEST("", refuses_a_key_that_cannot_sign_its_request),
             SG_TEST("", tells_of_a_sink_that_fails),
             SG_TEST("", survives_every_allocation_that_fails))
