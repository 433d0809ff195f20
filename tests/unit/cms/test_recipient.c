/* SPDX-License-Identifier: Apache-2.0 */
#include "cms/recipient.h"
#include "enveloped_sample.h"

#define ARENA_LEN ((size_t)1 << 24)

static const struct {
    const char *name;
    enum sg_recipient_kind kind;
    uint32_t version;
    size_t num_certificates;
    const char *identifiers; /* of each certificate: "s" serial, "k" key identifier */
    enum sg_originator_form originator;
    enum sg_oid key_encryption, key_source;
} rows[] = {
    {"transport", SG_RECIPIENT_KEY_TRANSPORT, 0, 1, "s", SG_ORIGINATOR_NONE, SG_OID_RSA_ENCRYPTION,
     SG_OID_UNKNOWN},
    {"transport-ski", SG_RECIPIENT_KEY_TRANSPORT, 2, 1, "k", SG_ORIGINATOR_NONE,
     SG_OID_RSA_ENCRYPTION, SG_OID_UNKNOWN},
    {"agreement", SG_RECIPIENT_KEY_AGREEMENT, 3, 2, "sk", SG_ORIGINATOR_KEY,
     SG_OID_DH_STD_SHA256KDF, SG_OID_UNKNOWN},
    {"agreement-static", SG_RECIPIENT_KEY_AGREEMENT, 3, 1, "k", SG_ORIGINATOR_CERTIFICATE,
     SG_OID_DH_STD_SHA256KDF, SG_OID_UNKNOWN},
    {"agreement-static-ski", SG_RECIPIENT_KEY_AGREEMENT, 3, 1, "s", SG_ORIGINATOR_CERTIFICATE,
     SG_OID_DH_STD_SHA256KDF, SG_OID_UNKNOWN},
    {"shared-key", SG_RECIPIENT_KEK, 4, 0, "", SG_ORIGINATOR_NONE, SG_OID_AES256_WRAP,
     SG_OID_UNKNOWN},
    {"shared-key-dated", SG_RECIPIENT_KEK, 4, 0, "", SG_ORIGINATOR_NONE, SG_OID_AES256_WRAP,
     SG_OID_UNKNOWN},
    {"password", SG_RECIPIENT_PASSWORD, 0, 0, "", SG_ORIGINATOR_NONE, SG_OID_ALG_PWRI_KEK,
     SG_OID_PBKDF2},
    {"password-without-derivation", SG_RECIPIENT_PASSWORD, 0, 0, "", SG_ORIGINATOR_NONE,
     SG_OID_ALG_PWRI_KEK, SG_OID_UNKNOWN},
    {"kem", SG_RECIPIENT_KEM, 0, 1, "s", SG_ORIGINATOR_NONE, SG_OID_AES256_WRAP, SG_OID_UNKNOWN},
    {"kem-ski-ukm", SG_RECIPIENT_KEM, 0, 1, "k", SG_ORIGINATOR_NONE, SG_OID_AES256_WRAP,
     SG_OID_UNKNOWN},
    {"other", SG_RECIPIENT_OTHER, 0, 0, "", SG_ORIGINATOR_NONE, SG_OID_UNKNOWN, SG_OID_UNKNOWN},
};

static void check(const char *name, size_t row, const struct sg_recipient *recipient)
{
    if (recipient->malformed)
        fail_msg("%s: %s at %zu", name, recipient->error.expected, recipient->error.offset);
    if (recipient->kind != rows[row].kind || recipient->version != rows[row].version ||
        recipient->num_certificates != rows[row].num_certificates ||
        recipient->originator_form != rows[row].originator ||
        recipient->key_encryption.oid != rows[row].key_encryption ||
        recipient->key_source.oid != rows[row].key_source)
        fail_msg("%s", name);
    for (size_t i = 0; i < recipient->num_certificates; i++) {
        const struct sg_certificate_reference *reference = &recipient->certificates[i];
        assert_int_equal(reference->by_key_id, rows[row].identifiers[i] == 'k');
        assert_int_equal(reference->key_id.len, reference->by_key_id ? 20 : 0);
        assert_int_equal(reference->serial.len > 0, !reference->by_key_id);
    }
}

static void reads_each_kind(void **state)
{
    struct sg_arena arena;
    (void)state;
    sg_arena_init(&arena, ARENA_LEN);
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct sg_enveloped_data data = enveloped(rows[i].name, &arena);
        assert_int_equal(data.num_recipients, 1);
        check(rows[i].name, i, &data.recipients[0]);
    }
    sg_arena_clear(&arena);
}

/* DER sorts the SET, so the order is another one; BER is read as DER is. */
static void reads_all_side_by_side(void **state)
{
    static const char *const names[] = {"all", "ber"};
    struct sg_arena arena;
    (void)state;
    sg_arena_init(&arena, ARENA_LEN);
    for (size_t n = 0; n < SG_NUM(names); n++) {
        struct sg_enveloped_data data = enveloped(names[n], &arena);
        assert_int_equal(data.num_recipients, SG_NUM(rows));
        for (size_t i = 0; i < SG_NUM(rows); i++)
            check(rows[i].name, i, &data.recipients[i]);
    }
    sg_arena_clear(&arena);
}

static void keeps_identifiers_of_shared_keys_and_unknown_kinds(void **state)
{
    struct sg_arena arena;
    (void)state;
    sg_arena_init(&arena, ARENA_LEN);
    struct sg_enveloped_data data = enveloped("shared-key-dated", &arena);
    assert_span_text(data.recipients[0].key_id, "key 7");
    data = enveloped("other", &arena);
    assert_span_equal(data.recipients[0].other_type, hex("2b 06 01 04 01 81 fd 59 06 01"));
    data = enveloped("agreement", &arena);
    assert_int_equal(data.recipients[0].originator_key.oid, SG_OID_EC_PUBLIC_KEY);
    data = enveloped("agreement-static-ski", &arena);
    assert_true(data.recipients[0].originator.by_key_id);
    sg_arena_clear(&arena);
}

/* What cannot be read is told, and the recipient beside it still counts (C-ENV-4). */
static void passes_over_what_it_cannot_read(void **state)
{
    static const struct {
        const char *name, *expected;
        enum sg_recipient_kind kind;
    } broken[] = {
        {"broken-version", "version INTEGER", SG_RECIPIENT_KEY_TRANSPORT},
        {"broken-identifier", "rid RecipientIdentifier", SG_RECIPIENT_KEY_TRANSPORT},
        {"broken-algorithm", "keyEncryptionAlgorithm", SG_RECIPIENT_KEY_TRANSPORT},
        {"broken-key-missing", "encryptedKey OCTET STRING", SG_RECIPIENT_KEY_TRANSPORT},
        {"broken-more", "end", SG_RECIPIENT_KEY_TRANSPORT},
        {"broken-tag", "RecipientInfo", SG_RECIPIENT_UNKNOWN},
        {"broken-agreement-originator", "originator", SG_RECIPIENT_KEY_AGREEMENT},
        {"broken-agreement-key", "RecipientEncryptedKey SEQUENCE", SG_RECIPIENT_KEY_AGREEMENT},
        {"broken-agreement-rid", "issuerAndSerialNumber", SG_RECIPIENT_KEY_AGREEMENT},
        {"broken-shared-key", "kekid SEQUENCE", SG_RECIPIENT_KEK},
        {"broken-password-derivation", "algorithm OBJECT IDENTIFIER", SG_RECIPIENT_PASSWORD},
        {"broken-kem", "rid RecipientIdentifier", SG_RECIPIENT_KEM},
        {"broken-other", "oriType OBJECT IDENTIFIER", SG_RECIPIENT_OTHER},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(broken); i++) {
        struct sg_arena arena;
        sg_arena_init(&arena, ARENA_LEN);
        struct sg_enveloped_data data = enveloped(broken[i].name, &arena);
        const struct sg_recipient *recipient = &data.recipients[0];
        assert_int_equal(data.num_recipients, 2);
        if (!recipient->malformed || recipient->kind != broken[i].kind ||
            strstr(recipient->error.expected, broken[i].expected) == NULL)
            fail_msg("%s: \"%s\"", broken[i].name, recipient->error.expected);
        /* The offset counts from the whole object's first octet. */
        assert_true(recipient->error.offset > 4);
        assert_string_equal(recipient->error.object, "RecipientInfo");
        check("the other one", 0, &data.recipients[1]);
        sg_arena_clear(&arena);
    }
}

SG_TEST_MAIN(SG_TEST("C-ENV-4 D-ALG-7", reads_each_kind),
             SG_TEST("C-ENV-4 C-SD-1", reads_all_side_by_side),
             SG_TEST("C-ENV-4", keeps_identifiers_of_shared_keys_and_unknown_kinds),
             SG_TEST("C-ENV-4", passes_over_what_it_cannot_read))
