/* SPDX-License-Identifier: Apache-2.0 */
#include "crypto/rsa_pair.h"

#include "crypto/number.h"
#include "fault.h"
#include "key_sample.h"

#include <openssl/x509.h>

enum { NUM_NUMBERS = 8 };

static void check_left(struct signet_span der)
{
    struct sg_key_library *library = sg_key_library_new();
    EVP_PKEY *pair;
    assert_non_null(library);
    assert_int_equal(sg_rsa_pair_read(library, der, &pair), SG_KEY_CANNOT);
    assert_null(pair);
    sg_key_library_unref(library);
}

static void reads_both_forms(void **state)
{
    static const char *const names[] = {"rsa-p8", "rsa-trad"};
    (void)state;
    for (size_t i = 0; i < SG_NUM(names); i++) {
        struct signet_key *key = read_key(names[i], NULL);
        struct sg_key_library *library = sg_key_library_new();
        struct sg_buffer public_der;
        EVP_PKEY *pair;
        sg_buffer_init(&public_der, 1000);
        assert_int_equal(sg_rsa_pair_read(library, unarmour(key_sample(names[i])), &pair),
                         SG_KEY_DONE);
        assert_true(sg_rsa_pair_is_proven(pair));
        assert_true(sg_rsa_pair_put_public(pair, &public_der));
        assert_span_equal(sg_buffer_span(&public_der), signet_key_public(key));
        /* As the crypto library itself writes it. */
        unsigned char *theirs = NULL;
        int len = i2d_PUBKEY(pair, &theirs);
        assert_span_equal(sg_buffer_span(&public_der), sg_span(theirs, (size_t)len));
        OPENSSL_free(theirs);
        sg_buffer_free(&public_der);
        EVP_PKEY_free(pair);
        sg_key_library_unref(library);
        signet_key_unref(key);
    }
}

static void leaves_the_rest_to_the_crypto_library(void **state)
{
    struct signet_span trad = unarmour(key_sample("rsa-trad")), p8 = unarmour(key_sample("rsa-p8"));
    (void)state;
    check_left(unarmour(key_sample("ec-p8")));
    check_left(unarmour(key_sample("ec-trad")));
    check_left(unarmour(key_sample("ed25519")));
    check_left(sg_span(NULL, 0));
    for (size_t len = 1; len < trad.len; len += 13)
        check_left(sg_test_copy(trad.ptr, len));
    for (size_t len = 1; len < p8.len; len += 13)
        check_left(sg_test_copy(p8.ptr, len));
    /* More primes than two: version 1 of RSAPrivateKey. */
    uint8_t *octets = (uint8_t *)(uintptr_t)trad.ptr;
    octets[6] = 1;
    check_left(trad);
}

/* Where the content of the NUMBERth number of the RSAPrivateKey DER lies. */
static size_t last_octet(struct signet_span der, size_t number)
{
    struct signet_parse_error error = {0};
    struct sg_der whole = sg_der_begin(der, &error), fields;
    struct signet_span content;
    uint32_t version;
    assert_true(sg_der_enter(&whole, SG_TAG_SEQUENCE, &fields, "") &&
                sg_der_uint32(&fields, &version, ""));
    for (size_t i = 0; i <= number; i++)
        assert_true(sg_number_read(&fields, &content, ""));
    return (size_t)(content.ptr - der.ptr) + content.len - 1;
}

static void proves_no_key_of_which_a_number_is_another(void **state)
{
    struct signet_span der = unarmour(key_sample("rsa-trad"));
    (void)state;
    for (size_t i = 0; i < NUM_NUMBERS; i++) {
        for (unsigned bit = 1; bit < 8; bit++) {
            struct signet_span copy = sg_test_copy(der.ptr, der.len);
            struct sg_key_library *library = sg_key_library_new();
            EVP_PKEY *pair;
            ((uint8_t *)(uintptr_t)copy.ptr)[last_octet(der, i)] ^= (uint8_t)(1u << bit);
            assert_int_equal(sg_rsa_pair_read(library, copy, &pair), SG_KEY_DONE);
            if (sg_rsa_pair_is_proven(pair))
                fail_msg("number %zu, bit %u", i, bit);
            EVP_PKEY_free(pair);
            sg_key_library_unref(library);
        }
    }
}

static void knows_nothing_of_other_kinds(void **state)
{
    struct sg_key_library *library = sg_key_library_new();
    EVP_PKEY *pair = EVP_PKEY_Q_keygen(library->context, NULL, "ED25519");
    struct sg_buffer public_der;
    (void)state;
    sg_buffer_init(&public_der, 1000);
    assert_non_null(pair);
    assert_false(sg_rsa_pair_is_proven(pair));
    assert_false(sg_rsa_pair_put_public(pair, &public_der));
    assert_int_equal(public_der.len, 0);
    EVP_PKEY_free(pair);
    sg_key_library_unref(library);
}

static void survives_every_failing_allocation(void **state)
{
    struct signet_span der = unarmour(key_sample("rsa-trad"));
    struct sg_key_library *library = sg_key_library_new();
    enum sg_key_answer answer = SG_KEY_NEEDS_MEMORY;
    (void)state;
    for (size_t n = 0; answer != SG_KEY_DONE; n++) {
        struct sg_buffer public_der;
        EVP_PKEY *pair;
        sg_buffer_init(&public_der, 1000);
        fault_begin(n);
        answer = sg_rsa_pair_read(library, der, &pair);
        if (answer == SG_KEY_DONE && !sg_rsa_pair_put_public(pair, &public_der))
            fail_msg("allocation %zu: another kind", n);
        fault_end();
        assert_true(answer == SG_KEY_DONE || answer == SG_KEY_NEEDS_MEMORY);
        if (answer == SG_KEY_DONE && public_der.status != SIGNET_OK) {
            assert_int_equal(public_der.status, SIGNET_ERR_MEMORY);
            answer = SG_KEY_NEEDS_MEMORY;
        }
        EVP_PKEY_free(pair);
        sg_buffer_free(&public_der);
    }
    sg_key_library_unref(library);
}

SG_TEST_MAIN(SG_TEST("", reads_both_forms), SG_TEST("", leaves_the_rest_to_the_crypto_library),
             SG_TEST("", proves_no_key_of_which_a_number_is_another),
             SG_TEST("", knows_nothing_of_other_kinds),
             SG_TEST("", survives_every_failing_allocation))
