/* SPDX-License-Identifier: Apache-2.0 */
#include "cms/certificate_reference.h"

#include "cms/key_preference.h"
#include "sample.h"

static struct signet_certificate *certificate(const char *name)
{
    struct signet_certificate *read;
    assert_int_equal(signet_certificate_parse(sample(name), &read, NULL), SIGNET_OK);
    return read;
}

static void finds_the_certificate_that_a_signer_names(void **state)
{
    static const struct {
        const char *signer, *certificate;
        bool match;
    } rows[] = {
        {"attached", "certificate-alice", true},
        {"attached", "certificate-bob", false},
        {"attached", "certificate-root", false},
        {"attached", "certificate-alice-again", false}, /* the same key, another serial */
        {"by-key-id", "certificate-alice", true},
        {"by-key-id", "certificate-alice-again", true}, /* several may have one identifier */
        {"by-key-id", "certificate-bob", false},
        {"by-key-id-segmented", "certificate-alice", true},
        {"by-key-id-of-bare", "certificate-bare",
         true}, /* has no such extension: SHA-1 of the key */
        {"by-key-id-of-bare", "certificate-alice", false},
        {"issuer-in-other-letters", "certificate-alice", true},
        {"issuer-in-other-letters", "certificate-bob", false},
    };
    struct sg_crypto *crypto;
    (void)state;
    assert_int_equal(sg_crypto_new(&crypto), SIGNET_OK);
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct sg_arena arena;
        sg_arena_init(&arena, SG_TEST_ARENA_LEN);
        struct sg_signed_data signed_data = sample_signed_data(rows[i].signer, &arena);
        struct signet_certificate *candidate = certificate(rows[i].certificate);
        if (sg_reference_matches(crypto, &signed_data.signers[0].sid, candidate) != rows[i].match)
            fail_msg("%s and %s", rows[i].signer, rows[i].certificate);
        signet_certificate_unref(candidate);
        sg_arena_clear(&arena);
    }
    sg_crypto_free(crypto);
}

static void resolves_the_three_forms_of_the_key_preference(void **state)
{
    static const char *const rows[] = {"preference-issuerAndSerial", "preference-recipientKeyId",
                                       "preference-subjectKeyIdentifier"};
    struct sg_crypto *crypto;
    (void)state;
    assert_int_equal(sg_crypto_new(&crypto), SIGNET_OK);
    struct signet_certificate *rosa = certificate("certificate-rosa");
    struct signet_certificate *alice = certificate("certificate-alice");
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct sg_arena arena;
        struct sg_certificate_reference reference;
        sg_arena_init(&arena, SG_TEST_ARENA_LEN);
        struct sg_signed_data signed_data = sample_signed_data(rows[i], &arena);
        const struct sg_cms_attribute *attribute = sg_cms_attribute_find(
            &signed_data.signers[0].signed_attributes, SG_OID_AA_ENCRYPT_KEY_PREF, NULL);
        assert_true(sg_key_preference_parse(attribute->value, &arena, &reference));
        assert_true(sg_reference_matches(crypto, &reference, rosa));
        assert_false(sg_reference_matches(crypto, &reference, alice));
        sg_arena_clear(&arena);
    }
    signet_certificate_unref(rosa);
    signet_certificate_unref(alice);
    sg_crypto_free(crypto);
}

static void matches_serials_as_they_are(void **state)
{
    static const char *const fields[] = {
        "30 00 02 01 ff", /* -1 and 255 differ */
        "30 00 02 02 00 ff",
        "30 00 02 01 00",
    };
    struct sg_certificate_reference references[SG_NUM(fields)];
    struct sg_arena arena;
    (void)state;
    sg_arena_init(&arena, SG_TEST_ARENA_LEN);
    for (size_t i = 0; i < SG_NUM(fields); i++) {
        struct signet_parse_error error = {0};
        struct sg_der der = sg_der_begin(hex(fields[i]), &error);
        assert_true(sg_reference_parse(&der, &arena, &references[i]));
        for (size_t j = 0; j < i; j++)
            assert_false(sg_serial_equal(references[i].serial, references[j].serial));
    }
    sg_arena_clear(&arena);
}

static void refuses_other_fields(void **state)
{
    static const char *const rows[] = {
        "",
        "30 00",
        "30 00 02 00",
        "30 00 02 02 00 05",
        "30 00 02 01 05 05 00",
        "31 00 02 01 05",
        "30 02 05 00 02 01 05",
    };
    struct sg_arena arena;
    (void)state;
    sg_arena_init(&arena, SG_TEST_ARENA_LEN);
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct signet_parse_error error = {0};
        struct sg_certificate_reference reference;
        struct sg_der der = sg_der_begin(hex(rows[i]), &error);
        if (sg_reference_parse(&der, &arena, &reference))
            fail_msg("%s was read", rows[i]);
        assert_non_null(error.expected);
    }
    sg_arena_clear(&arena);
}

SG_TEST_MAIN(SG_TEST("C-SI-1 C-SI-3", finds_the_certificate_that_a_signer_names),
             SG_TEST("C-AT-3", resolves_the_three_forms_of_the_key_preference),
             SG_TEST("B-SER-2", matches_serials_as_they_are),
             SG_TEST("C-SI-1", refuses_other_fields))
