/* SPDX-License-Identifier: Apache-2.0 */
#include "maker/key_use.h"
#include "test.h"

static void knows_what_each_kind_of_key_can_do(void **state)
{
    static const struct {
        enum sg_key_type type;
        uint16_t sign, encrypt; /* 0: it cannot */
    } rows[] = {
        {SG_KEY_UNKNOWN, 0, 0},
        {SG_KEY_RSA, SG_KU_DIGITAL_SIGNATURE, SG_KU_KEY_ENCIPHERMENT},
        {SG_KEY_RSA_PSS, SG_KU_DIGITAL_SIGNATURE, 0},
        {SG_KEY_DSA, SG_KU_DIGITAL_SIGNATURE, 0},
        {SG_KEY_EC, SG_KU_DIGITAL_SIGNATURE, SG_KU_KEY_AGREEMENT},
        {SG_KEY_ED25519, SG_KU_DIGITAL_SIGNATURE, 0},
        {SG_KEY_ED448, SG_KU_DIGITAL_SIGNATURE, 0},
        {SG_KEY_DH, 0, SG_KU_KEY_AGREEMENT},
        {SG_KEY_X25519, 0, SG_KU_KEY_AGREEMENT},
        {SG_KEY_X448, 0, SG_KU_KEY_AGREEMENT},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        bool signs = rows[i].sign != 0, encrypts = rows[i].encrypt != 0;
        uint16_t all = rows[i].sign | rows[i].encrypt, usage;
        assert_int_equal(sg_key_use_usage(rows[i].type, true, false, &usage), signs);
        assert_int_equal(usage, rows[i].sign);
        assert_int_equal(sg_key_use_usage(rows[i].type, false, true, &usage), encrypts);
        assert_int_equal(usage, rows[i].encrypt);
        assert_int_equal(sg_key_use_usage(rows[i].type, true, true, &usage), signs && encrypts);
        assert_int_equal(sg_key_use_mail(rows[i].type), all);
        assert_int_equal(sg_key_use_possible(rows[i].type) & all, all);
    }
}

SG_TEST_MAIN(SG_TEST("B-ALG-6", knows_what_each_kind_of_key_can_do))
