/* SPDX-License-Identifier: Apache-2.0 */
#include "cms_object_at.h"
#include "sample.h"

#include "fault.h"

static void reads_any_framing_alike(void **state)
{
    static const char *const rows[] = {"attached", "ber", "ber-long"};
    struct sg_arena arena;
    (void)state;
    sg_arena_init(&arena, SG_TEST_ARENA_LEN);
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct sg_signed_data signed_data = sample_signed_data(rows[i], &arena);
        assert_int_equal(signed_data.version, 1);
        assert_int_equal(signed_data.num_digest_algorithms, 1);
        assert_int_equal(signed_data.digests, 1u << SG_DIGEST_SHA256);
        assert_int_equal(signed_data.content.type, SG_OID_CT_DATA);
        assert_true(signed_data.content.present);
        assert_int_equal(signed_data.content.octets.len, 7);
        assert_span_text(joined(&signed_data.content.octets, &arena), "Hello\r\n");
        assert_false(signed_data.content.not_octets);
        assert_int_equal(signed_data.certificates.num, 2);
        assert_int_equal(signed_data.crls.num, 1);
        assert_int_equal(signed_data.num_signers, 1);
        assert_span_equal(cms_object_at(&signed_data.certificates, 0).full,
                          sample("certificate-alice"));
        assert_span_equal(cms_object_at(&signed_data.certificates, 1).full,
                          sample("certificate-root"));
    }
    sg_arena_clear(&arena);
}

static void reads_digest_algorithms_in_ber(void **state)
{
    struct sg_arena arena;
    (void)state;
    sg_arena_init(&arena, SG_TEST_ARENA_LEN);
    struct sg_signed_data signed_data = sample_signed_data("digest-algorithms-ber", &arena);
    assert_int_equal(signed_data.digests, 1u << SG_DIGEST_SHA256);
    signed_data = sample_signed_data("no-digest-algorithms", &arena);
    assert_int_equal(signed_data.num_digest_algorithms, 0);
    sg_arena_clear(&arena);
}

static void reads_any_version(void **state)
{
    struct sg_arena arena;
    (void)state;
    sg_arena_init(&arena, SG_TEST_ARENA_LEN);
    for (uint32_t version = 0; version < 7; version++) {
        char name[16];
        snprintf(name, sizeof(name), "version-%u", version);
        struct sg_signed_data signed_data = sample_signed_data(name, &arena);
        assert_int_equal(signed_data.version, version);
        assert_int_equal(signed_data.num_signers, 1);
    }
    sg_arena_clear(&arena);
}

static void tells_absent_content_from_empty(void **state)
{
    struct sg_arena arena;
    (void)state;
    sg_arena_init(&arena, SG_TEST_ARENA_LEN);
    struct sg_signed_data detached = sample_signed_data("detached", &arena);
    assert_false(detached.content.present);
    struct sg_signed_data empty = sample_signed_data("content-empty", &arena);
    assert_true(empty.content.present);
    assert_int_equal(empty.content.octets.len, 0);
    sg_arena_clear(&arena);
}

static void reads_content_of_pkcs7(void **state)
{
    static const char *const rows[] = {"pkcs7-content", "pkcs7-content-ber"};
    struct sg_arena arena;
    (void)state;
    sg_arena_init(&arena, SG_TEST_ARENA_LEN);
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct sg_signed_data signed_data = sample_signed_data(rows[i], &arena);
        assert_true(signed_data.content.present);
        assert_true(signed_data.content.not_octets);
        assert_int_equal(signed_data.content.type, SG_OID_CT_RECEIPT);
        assert_span_equal(joined(&signed_data.content.octets, &arena),
                          hex("02 01 01 04 07 72 65 63 65 69 70 74"));
    }
    sg_arena_clear(&arena);
}

static void sorts_certificates_and_crls_by_kind(void **state)
{
    static const enum sg_certificate_choice certificates[] = {
        SG_CHOICE_CERTIFICATE, SG_CHOICE_EXTENDED_CERTIFICATE, SG_CHOICE_V1_ATTRIBUTE_CERTIFICATE,
        SG_CHOICE_V2_ATTRIBUTE_CERTIFICATE, SG_CHOICE_OTHER_CERTIFICATE};
    static const enum sg_certificate_choice crls[] = {SG_CHOICE_CRL, SG_CHOICE_OTHER_REVOCATION};
    struct sg_arena arena;
    (void)state;
    sg_arena_init(&arena, SG_TEST_ARENA_LEN);
    struct sg_signed_data signed_data = sample_signed_data("five-kinds", &arena);
    assert_int_equal(signed_data.certificates.num, SG_NUM(certificates));
    for (size_t i = 0; i < SG_NUM(certificates); i++)
        assert_int_equal(cms_object_at(&signed_data.certificates, i).choice, certificates[i]);
    assert_int_equal(signed_data.crls.num, SG_NUM(crls));
    for (size_t i = 0; i < SG_NUM(crls); i++)
        assert_int_equal(cms_object_at(&signed_data.crls, i).choice, crls[i]);
    assert_int_equal(signed_data.signers[0].malformed, false);

    signed_data = sample_signed_data("unknown-kinds", &arena);
    assert_int_equal(cms_object_at(&signed_data.certificates, 0).choice, SG_CHOICE_CERTIFICATE);
    assert_int_equal(cms_object_at(&signed_data.certificates, 1).choice, SG_CHOICE_UNKNOWN);
    assert_int_equal(cms_object_at(&signed_data.certificates, 2).choice, SG_CHOICE_UNKNOWN);
    assert_int_equal(cms_object_at(&signed_data.crls, 0).choice, SG_CHOICE_UNKNOWN);
    sg_arena_clear(&arena);
}

static void recognises_crls_without_signers(void **state)
{
    struct sg_arena arena;
    (void)state;
    sg_arena_init(&arena, SG_TEST_ARENA_LEN);
    struct sg_signed_data signed_data = sample_signed_data("crls-only", &arena);
    assert_int_equal(signed_data.num_signers, 0);
    assert_int_equal(signed_data.certificates.num, 0);
    assert_int_equal(signed_data.crls.num, 1);
    assert_int_equal(cms_object_at(&signed_data.crls, 0).choice, SG_CHOICE_CRL);
    assert_false(signed_data.content.present);
    sg_arena_clear(&arena);
}

static void keeps_the_other_signers_beside_a_broken_one(void **state)
{
    struct sg_arena arena;
    size_t num_malformed = 0;
    (void)state;
    sg_arena_init(&arena, SG_TEST_ARENA_LEN);
    struct sg_signed_data signed_data = sample_signed_data("one-broken-signer", &arena);
    assert_int_equal(signed_data.num_signers, 3);
    for (size_t i = 0; i < signed_data.num_signers; i++) {
        const struct sg_signer_info *signer = &signed_data.signers[i];
        if (!signer->malformed)
            continue;
        num_malformed++;
        assert_non_null(strstr(signer->error.expected, "sid"));
        assert_true(signer->error.offset > 100); /* from the start of the SignedData */
    }
    assert_int_equal(num_malformed, 1);
    sg_arena_clear(&arena);
}

#define VERSION  "02 01 01"
#define CONTENT  "30 0b 06 09 2a864886f70d010701"
#define SHA1     "30 07 06 05 2b 0e 03 02 1a"
#define NO_ALGS  "31 00"
#define NO_SIGNS "31 00"

static void refuses_bad_framing(void **state)
{
    static const struct {
        const char *input;
        size_t offset;
        const char *words;
    } rows[] = {
        {"", 0, "SignedData SEQUENCE"},
        {"31 00", 0, "SignedData SEQUENCE"},
        {"30 00", 2, "version"},
        {"30 03 02 01 ff", 4, "INTEGER"},
        {"30 03 " VERSION, 5, "digestAlgorithms SET"},
        {"30 05 " VERSION "30 00", 5, "digestAlgorithms SET"},
        {"30 07 " VERSION "31 02 05 00", 7, "DigestAlgorithmIdentifier"},
        {"30 0e " VERSION "31 09 30 07 04 05 2b 0e 03 02 1a", 7, "OBJECT IDENTIFIER"},
        {"30 05 " VERSION NO_ALGS, 7, "encapContentInfo"},
        {"30 07 " VERSION NO_ALGS "30 00", 9, "eContentType"},
        {"30 12 " VERSION NO_ALGS CONTENT, 20, "signerInfos SET"},
        {"30 16 " VERSION NO_ALGS "30 0d 06 09 2a864886f70d010701 a0 00" NO_SIGNS, 22, "element"},
        {"30 18 " VERSION NO_ALGS "30 0f 06 09 2a864886f70d010701 a1 02 04 00" NO_SIGNS, 20,
         "eContent [0]"},
        {"30 1a " VERSION NO_ALGS "30 11 06 09 2a864886f70d010701 a0 04 04 00 05 00" NO_SIGNS, 24,
         "the end"},
        {"30 18 " VERSION NO_ALGS "30 0f 06 09 2a864886f70d010701 a0 02 24 01 05" NO_SIGNS, 23,
         "length"},
        {"30 1a " VERSION NO_ALGS "30 11 06 09 2a864886f70d010701 a0 04 24 02 05 00" NO_SIGNS, 24,
         "OCTET STRING"},
        {"30 14 " VERSION NO_ALGS CONTENT NO_SIGNS "05 00", 22, "the end"},
        {"30 16 " VERSION NO_ALGS CONTENT NO_SIGNS "05 00", 22, "the end"},
        {"30 16 " VERSION NO_ALGS CONTENT "80 00" NO_SIGNS, 20, "signerInfos SET"},
        {"30 18 " VERSION NO_ALGS CONTENT "a1 00 a0 00" NO_SIGNS, 22, "signerInfos SET"},
        {"30 17 " VERSION NO_ALGS CONTENT "a0 01 30" NO_SIGNS, 23, "length"},
        {"30 15 " VERSION NO_ALGS CONTENT "31 01 30", 23, "length"},
        {"30 80 " VERSION NO_ALGS CONTENT NO_SIGNS, 22, "end-of-contents"},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct sg_arena arena;
        struct sg_signed_data signed_data;
        struct signet_parse_error error;
        sg_arena_init(&arena, SG_TEST_ARENA_LEN);
        if (sg_signed_data_parse(hex(rows[i].input), &arena, &signed_data, &error))
            fail_msg("%s was read", rows[i].input);
        if (error.expected == NULL || strstr(error.expected, rows[i].words) == NULL)
            print_error("row %zu\n", i);
        assert_parse_error(&error, rows[i].offset, rows[i].words);
        assert_string_equal(error.object, "SignedData");
        sg_arena_clear(&arena);
    }
}

/* A SignedData with NUM elements of certificates, each an empty SEQUENCE. */
static struct signet_span many_certificates(size_t num, size_t *len)
{
    size_t set_len = 2 * num, body_len = 3 + 2 + 13 + 5 + set_len + 2;
    uint8_t *bytes = sg_test_keep(malloc(body_len + 5)), *out = bytes;
    static const uint8_t start[] = {0x02, 0x01, 0x01, 0x31, 0x00, 0x30, 0x0b, 0x06, 0x09,
                                    0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x01};
    *out++ = 0x30;
    *out++ = 0x83;
    for (int shift = 16; shift >= 0; shift -= 8)
        *out++ = (uint8_t)(body_len >> shift);
    memcpy(out, start, sizeof(start));
    out += sizeof(start);
    *out++ = 0xa0;
    *out++ = 0x83;
    for (int shift = 16; shift >= 0; shift -= 8)
        *out++ = (uint8_t)(set_len >> shift);
    for (size_t i = 0; i < num; i++) {
        *out++ = 0x30;
        *out++ = 0x00;
    }
    *out++ = 0x31;
    *out++ = 0x00;
    *len = (size_t)(out - bytes);
    return sg_span(bytes, *len);
}

static void has_no_limit_on_certificates(void **state)
{
    enum { NUM = 100000 };
    struct sg_arena arena;
    struct sg_signed_data signed_data;
    struct signet_parse_error error;
    size_t len;
    (void)state;
    sg_arena_init(&arena, SG_TEST_ARENA_LEN);
    if (!sg_signed_data_parse(many_certificates(NUM, &len), &arena, &signed_data, &error))
        fail_msg("%s at %zu", error.expected, error.offset);
    assert_int_equal(signed_data.certificates.num, NUM);
    assert_ptr_equal(cms_object_at(&signed_data.certificates, NUM - 1).full.ptr + 2 + 2,
                     cms_object_at(&signed_data.certificates, 0).full.ptr + (size_t)2 * NUM + 2);
    sg_arena_clear(&arena);
}

static void tells_missing_memory(void **state)
{
    static const char *const rows[] = {"attached", "ber", "pkcs7-content-ber", "values-reversed",
                                       "by-key-id-segmented"};
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct sg_content_info info;
        struct signet_parse_error error;
        assert_true(sg_content_info_parse(sample(rows[i]), &info, &error));
        bool done = false;
        for (size_t n = 0; !done; n++) {
            struct sg_arena arena;
            struct sg_signed_data signed_data;
            sg_arena_init(&arena, SG_TEST_ARENA_LEN);
            fault_begin(n);
            done = sg_signed_data_parse(info.content, &arena, &signed_data, &error);
            fault_end();
            assert_null(done ? NULL : error.expected);
            assert_int_equal(arena.failed, !done);
            sg_arena_clear(&arena);
        }
    }
}

SG_TEST_MAIN(SG_TEST("C-SD-1", reads_any_framing_alike),
             SG_TEST("C-SD-1 C-SD-4", reads_digest_algorithms_in_ber),
             SG_TEST("C-SD-2", reads_any_version), SG_TEST("", tells_absent_content_from_empty),
             SG_TEST("C-SD-5", reads_content_of_pkcs7),
             SG_TEST("C-CC-1 A-1.4-1 A-2.2.1-1 E-6 E-7", sorts_certificates_and_crls_by_kind),
             SG_TEST("A-2.1-6 C-CO-1", recognises_crls_without_signers),
             SG_TEST("C-SD-3", keeps_the_other_signers_beside_a_broken_one),
             SG_TEST("C-SD-1", refuses_bad_framing),
             SG_TEST("A-2.3-6", has_no_limit_on_certificates), SG_TEST("", tells_missing_memory))
