/* SPDX-License-Identifier: Apache-2.0 */
#include "cms/digest_algorithm.h"

#include "test.h"

#define SHA256    "06 09 60 86 48 01 65 03 04 02 01"
#define MD5       "06 08 2a 86 48 86 f7 0d 02 05"
#define SHAKE     "06 09 60 86 48 01 65 03 04 02 0c"
#define SHAKE_LEN "06 09 60 86 48 01 65 03 04 02 12"

static void knows_digests_and_their_parameters(void **state)
{
    static const struct {
        const char *identifier;
        enum sg_digest_type type;
        bool odd;
    } rows[] = {
        {"30 0b " SHA256, SG_DIGEST_SHA256, false},
        {"30 0d " SHA256 "05 00", SG_DIGEST_SHA256, false},
        {"30 0e " SHA256 "02 01 05", SG_DIGEST_SHA256, true},
        {"30 0c " MD5 "05 00", SG_DIGEST_MD5, false},
        {"30 0a " MD5, SG_DIGEST_MD5, true},
        {"30 0b " SHAKE, SG_DIGEST_SHAKE256, false},
        {"30 0f " SHAKE_LEN "02 02 02 00", SG_DIGEST_SHAKE256, false},
        {"30 0f " SHAKE_LEN "02 02 01 00", SG_DIGEST_NONE, true},
        {"30 0b " SHAKE_LEN, SG_DIGEST_NONE, true},
        {"30 05 06 03 2a 03 04", SG_DIGEST_NONE, false},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct sg_algorithm algorithm;
        struct signet_parse_error error = {0};
        struct sg_der der = sg_der_begin(hex(rows[i].identifier), &error);
        assert_true(sg_algorithm_parse(&der, &algorithm, "AlgorithmIdentifier"));
        assert_int_equal(sg_digest_algorithm_type(&algorithm), rows[i].type);
        assert_int_equal(sg_digest_algorithm_is_odd(&algorithm), rows[i].odd);
    }
}

SG_TEST_MAIN(SG_TEST("E-36", knows_digests_and_their_parameters))
