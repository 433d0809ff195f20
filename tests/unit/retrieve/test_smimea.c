/* SPDX-License-Identifier: Apache-2.0 */
#include "crypto/digest.h"
#include "retrieve/smimea.h"
#include "sample.h"

static void reads_records(void **state)
{
    static const struct {
        const char *rdata;
        bool good;
    } rows[] = {
        {"00 00 00 30", true},
        {"03 01 00 30", true},
        {"03 00 00", false}, /* no data */
        {"", false},
        {"04 00 00 30", false}, /* a usage nobody has defined: PrivCert is 255 */
        {"ff 00 00 30", false},
        {"00 02 00 30", false},
        {"00 00 03 30", false},
        {"00 00 01 30", false}, /* no SHA-256 has one octet */
        {"00 00 02 30", false},
        {"01 01 01 0000000000000000000000000000000000000000000000000000000000000000", true},
        {"01 01 02 0000000000000000000000000000000000000000000000000000000000000000", false},
        {"01 01 01 000000000000000000000000000000000000000000000000000000000000000000", false},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct sg_smimea record;
        if (sg_smimea_parse(hex(rows[i].rdata), &record) != rows[i].good)
            fail_msg("%s", rows[i].rdata);
    }
}

static struct signet_span record_of(uint8_t usage, uint8_t selector, uint8_t matching,
                                    struct signet_span data)
{
    uint8_t *octets = sg_test_keep(malloc(3 + data.len));

    octets[0] = usage;
    octets[1] = selector;
    octets[2] = matching;
    memcpy(octets + 3, data.ptr, data.len);
    return sg_test_copy(octets, 3 + data.len);
}

/* Octets of DIGEST of the whole certificate or of its key. */
static struct signet_span digest(struct sg_crypto *crypto, enum sg_digest_type type,
                                 struct signet_span bytes)
{
    struct sg_digest_value value;

    assert_true(sg_digest_compute(crypto, type, bytes, &value));
    return sg_test_copy(value.octets, value.len);
}

static void matches_by_selector_and_digest(void **state)
{
    struct signet_certificate *alice = sample_certificate("alice"), *ca = sample_certificate("ca");
    struct sg_crypto *crypto;
    (void)state;
    assert_int_equal(sg_crypto_new(&crypto), SIGNET_OK);
    for (uint8_t selector = 0; selector < 2; selector++)
        for (uint8_t matching = 0; matching < 3; matching++) {
            struct signet_span selected = selector == 0 ? alice->der : alice->spki.full;
            struct signet_span data =
                matching == 0
                    ? selected
                    : digest(crypto, matching == 1 ? SG_DIGEST_SHA256 : SG_DIGEST_SHA512, selected);
            struct sg_smimea record;
            bool failed = false;
            assert_true(sg_smimea_parse(record_of(3, selector, matching, data), &record));
            assert_true(sg_smimea_matches(&record, crypto, alice, &failed));
            assert_false(sg_smimea_matches(&record, crypto, ca, &failed));
            assert_false(failed);
            assert_int_equal(sg_smimea_certificate(&record).ptr != NULL,
                             selector == 0 && matching == 0);
        }
    sg_crypto_free(crypto);
    signet_certificate_unref(alice);
    signet_certificate_unref(ca);
}

static void tells_end_entities_from_CAs(void **state)
{
    (void)state;
    for (uint8_t usage = 0; usage < 4; usage++) {
        struct sg_smimea record;
        assert_true(sg_smimea_parse(record_of(usage, 0, 0, hex("30")), &record));
        assert_int_equal(sg_smimea_is_of_end_entity(&record), usage == 1 || usage == 3);
    }
}

static void reads_CERT_records(void **state)
{
    (void)state;
    assert_span_equal(sg_cert_record_certificate(hex("0001 1234 05 3001")), hex("3001"));
    assert_null(sg_cert_record_certificate(hex("0001 0000 00")).ptr); /* no certificate in it */
    assert_null(sg_cert_record_certificate(hex("0003 0000 00 3001")).ptr); /* OpenPGP */
    assert_null(sg_cert_record_certificate(hex("0101 0000 00 3001")).ptr);
    assert_null(sg_cert_record_certificate(hex("")).ptr);
}

SG_TEST_MAIN(SG_TEST("D-RET-1", reads_records), SG_TEST("D-RET-1", matches_by_selector_and_digest),
             SG_TEST("D-RET-1", tells_end_entities_from_CAs), SG_TEST("A-4-2", reads_CERT_records))
