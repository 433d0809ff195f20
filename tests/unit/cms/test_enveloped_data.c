/* SPDX-License-Identifier: Apache-2.0 */
#include "cms_object_at.h"
#include "enveloped_sample.h"
#include "fault.h"

#define ARENA_LEN ((size_t)1 << 24)

static void reads_what_is_around_the_recipients(void **state)
{
    static const struct {
        const char *name;
        uint32_t version;
        bool authenticated;
        size_t num_recipients;
        enum sg_oid type;
        bool has_content;
        size_t content_len, num_segments, num_authenticated, num_unprotected, mac_len;
    } rows[] = {
        {"transport", 0, false, 1, SG_OID_CT_DATA, true, 64, 1, 0, 0, 0},
        {"all", 3, false, 12, SG_OID_CT_DATA, true, 64, 1, 0, 0, 0},
        {"no-recipients", 0, false, 0, SG_OID_CT_DATA, true, 64, 1, 0, 0, 0},
        {"content-absent", 0, false, 1, SG_OID_CT_DATA, false, 0, 0, 0, 0, 0},
        {"content-empty", 0, false, 1, SG_OID_CT_DATA, true, 0, 1, 0, 0, 0},
        {"content-signed", 0, false, 1, SG_OID_CT_SIGNED_DATA, true, 64, 1, 0, 0, 0},
        {"content-segmented", 0, false, 1, SG_OID_CT_DATA, true, 60, 3, 0, 0, 0},
        {"attributes", 2, false, 1, SG_OID_CT_DATA, true, 64, 1, 0, 1, 0},
        {"authenticated", 0, true, 1, SG_OID_CT_DATA, true, 64, 1, 0, 0, 16},
        {"authenticated-attributes", 0, true, 1, SG_OID_CT_DATA, true, 64, 1, 2, 1, 16},
        {"ber", 3, false, 12, SG_OID_CT_DATA, true, 64, 1, 0, 0, 0},
        {"ber-long", 0, true, 1, SG_OID_CT_DATA, true, 64, 1, 2, 1, 16},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct sg_arena arena;
        sg_arena_init(&arena, ARENA_LEN);
        struct sg_enveloped_data data = enveloped(rows[i].name, &arena);
        if (data.version != rows[i].version || data.authenticated != rows[i].authenticated ||
            data.num_recipients != rows[i].num_recipients || data.content_type != rows[i].type ||
            data.has_content != rows[i].has_content || data.content.len != rows[i].content_len ||
            data.content.num != rows[i].num_segments ||
            data.authenticated_attributes.num != rows[i].num_authenticated ||
            data.unprotected_attributes.num != rows[i].num_unprotected ||
            data.mac.len != rows[i].mac_len)
            fail_msg("%s", rows[i].name);
        for (size_t k = 0; k < data.num_recipients; k++)
            assert_false(data.recipients[k].malformed);
        assert_int_equal(data.content_encryption.oid,
                         rows[i].authenticated ? SG_OID_AES256_GCM : SG_OID_AES256_CBC);
        sg_arena_clear(&arena);
    }
}

/* RFC 5652 6.1: the originator's certificates and CRLs are kept as they are. */
static void keeps_what_the_originator_sent_along(void **state)
{
    struct sg_arena arena;
    (void)state;
    sg_arena_init(&arena, ARENA_LEN);
    struct sg_enveloped_data data = enveloped("originator", &arena);
    assert_int_equal(data.certificates.num, 4);
    assert_int_equal(cms_object_at(&data.certificates, 0).choice, SG_CHOICE_CERTIFICATE);
    assert_int_equal(cms_object_at(&data.certificates, 2).choice,
                     SG_CHOICE_V1_ATTRIBUTE_CERTIFICATE);
    assert_int_equal(cms_object_at(&data.certificates, 3).choice, SG_CHOICE_OTHER_CERTIFICATE);
    assert_int_equal(data.crls.num, 2);
    assert_int_equal(cms_object_at(&data.crls, 0).choice, SG_CHOICE_CRL);
    assert_int_equal(cms_object_at(&data.crls, 1).choice, SG_CHOICE_OTHER_REVOCATION);
    data = enveloped("originator-empty", &arena);
    assert_int_equal(data.certificates.num + data.crls.num, 0);
    sg_arena_clear(&arena);
}

static void says_where_an_object_breaks(void **state)
{
    static const struct {
        const char *name, *expected;
    } rows[] = {
        {"bad-empty", "version INTEGER"},
        {"bad-version", "version INTEGER"},
        {"bad-recipients", "recipientInfos SET"},
        {"bad-recipient-length", "length"},
        {"bad-content", "encryptedContentInfo SEQUENCE"},
        {"bad-content-type", "contentType OBJECT IDENTIFIER"},
        {"bad-content-algorithm", "contentEncryptionAlgorithm"},
        {"bad-content-field", "encryptedContent [0]"},
        {"bad-content-more", "end"},
        {"bad-originator", "end"},
        {"bad-attributes", "Attribute"},
        {"bad-more", "end"},
        {"bad-not-a-sequence", "EnvelopedData SEQUENCE"},
        {"bad-mac-missing", "mac OCTET STRING"},
        {"bad-mac", "mac OCTET STRING"},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct sg_arena arena;
        struct sg_enveloped_data data;
        struct signet_parse_error error = {0};
        sg_arena_init(&arena, ARENA_LEN);
        if (enveloped_parse(rows[i].name, &arena, &data, &error))
            fail_msg("%s is read", rows[i].name);
        if (error.expected == NULL || strstr(error.expected, rows[i].expected) == NULL)
            fail_msg("%s: expected \"%s\" at %zu", rows[i].name, error.expected, error.offset);
        assert_true(error.offset <= enveloped_content(rows[i].name).content.len);
        assert_non_null(error.object);
        sg_arena_clear(&arena);
    }
}

static void survives_every_failing_allocation(void **state)
{
    static const char *const names[] = {"all", "originator", "ber", "ber-long", "broken-more"};
    (void)state;
    for (size_t i = 0; i < SG_NUM(names); i++) {
        struct sg_content_info info = enveloped_content(names[i]);
        bool authenticated = info.type == SG_OID_CT_AUTH_ENVELOPED_DATA, done = false;
        for (size_t n = 0; !done; n++) {
            struct sg_arena arena;
            struct sg_enveloped_data data;
            struct signet_parse_error error = {0};
            sg_arena_init(&arena, ARENA_LEN);
            fault_begin(n);
            done = sg_enveloped_data_parse(info.content, authenticated, &arena, &data, &error);
            fault_end();
            assert_true(done || (error.expected == NULL && arena.failed));
            sg_arena_clear(&arena);
        }
    }
}

SG_TEST_MAIN(SG_TEST("C-ENV-4 C-SD-1 D-ALG-5", reads_what_is_around_the_recipients),
             SG_TEST("C-CC-3", keeps_what_the_originator_sent_along),
             SG_TEST("", says_where_an_object_breaks),
             SG_TEST("", survives_every_failing_allocation))
