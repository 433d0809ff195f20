/* SPDX-License-Identifier: Apache-2.0 */
#include "cms/signing_certificate.h"

#include "test.h"

#define HASH          "04 04 01 02 03 04"
#define SHA512        "30 0b 06 09 60 86 48 01 65 03 04 02 03"
#define ISSUER        "30 04 a4 02 30 00"
#define ISSUER_SERIAL "30 0a " ISSUER "02 02 01 00"

static void reads_both_versions(void **state)
{
    static const struct {
        const char *value;
        bool v2;
        size_t num_certs;
        enum sg_digest_type hash;
        bool has_issuer, has_policies;
    } rows[] = {
        {"30 0a 30 08 30 06 " HASH, false, 1, SG_DIGEST_SHA1, false, false},
        {"30 0a 30 08 30 06 " HASH, true, 1, SG_DIGEST_SHA256, false, false},
        {"30 17 30 15 30 13 " SHA512 HASH, true, 1, SG_DIGEST_SHA512, false, false},
        {"30 0d 30 0b 30 09 30 05 06 03 2a 03 04 04 00", true, 1, SG_DIGEST_NONE, false, false},
        {"30 16 30 14 30 12 " HASH ISSUER_SERIAL, false, 1, SG_DIGEST_SHA1, true, false},
        {"30 23 30 21 30 1f " SHA512 HASH ISSUER_SERIAL, true, 1, SG_DIGEST_SHA512, true, false},
        {"30 12 30 10 30 06 " HASH "30 06 " HASH, false, 2, SG_DIGEST_SHA1, false, false},
        {"30 0c 30 08 30 06 " HASH "30 00", true, 1, SG_DIGEST_SHA256, false, true},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct sg_signing_certificate signing;
        struct sg_ess_cert_id id = {0}, first = {0};
        if (!sg_signing_certificate_parse(hex(rows[i].value), rows[i].v2, &signing))
            fail_msg("%s was not read", rows[i].value);
        size_t num = 0;
        for (struct sg_ess_cert_ids walk = sg_ess_cert_ids_begin(&signing);
             sg_ess_cert_ids_next(&walk, &id); num++)
            first = num == 0 ? id : first;
        assert_int_equal(num, rows[i].num_certs);
        assert_int_equal(first.hash, rows[i].hash);
        assert_int_equal(first.issuer.ptr != NULL, rows[i].has_issuer);
        assert_int_equal(first.serial.ptr != NULL, rows[i].has_issuer);
        assert_int_equal(signing.policies.ptr != NULL, rows[i].has_policies);
    }
}

static void refuses_other_shapes(void **state)
{
    static const struct {
        const char *value;
        bool v2;
    } rows[] = {
        {"", true},
        {"05 00", true},
        {"30 00", true},
        {"30 02 30 00", true}, /* no certificate */
        {"30 04 30 02 30 00", true},
        {"30 17 30 15 30 13 " SHA512 HASH, false}, /* version 1 has no choice of digest */
        {"30 0c 30 08 30 06 " HASH "31 00", true},
        {"30 0e 30 08 30 06 " HASH "30 00 30 00", true},
        {"30 0e 30 0c 30 0a " HASH "30 02 05 00", true},
        {"30 0c 30 0a 30 08 " HASH "05 00", true},
        {"30 0e 30 0c 30 0a " HASH "30 02 30 00", true},
        {"30 11 30 0f 30 0d " HASH "30 05 30 00 02 01 05", true}, /* GeneralNames are not empty */
        {"30 0a 30 08 30 06 " HASH "00", true},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct sg_signing_certificate signing;
        if (sg_signing_certificate_parse(hex(rows[i].value), rows[i].v2, &signing))
            fail_msg("%s was read", rows[i].value);
    }
}

SG_TEST_MAIN(SG_TEST("C-AT-5 D-SIG-1", reads_both_versions),
             SG_TEST("C-AT-5", refuses_other_shapes))
