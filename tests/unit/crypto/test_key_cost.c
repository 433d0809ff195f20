/* SPDX-License-Identifier: Apache-2.0 */
#include "crypto/public_key.h"
#include "test.h"

/* RSAPublicKey with a small modulus, whose bits are given apart. */
#define E_3     "30 06 02 01 17 02 01 03"
#define E_65537 "30 08 02 01 17 02 03 01 00 01"
#define E_40    "30 0a 02 01 17 02 05 01 00 00 00 01"

static const struct {
    const char *name;
    enum sg_key_type type;
    unsigned bits;
    enum sg_oid curve;
    const char *key_bits;
    size_t parameters_len;
    size_t cost;
} rows[] = {
    {"RSA 512", SG_KEY_RSA, 512, 0, E_65537, 0, 1},
    {"RSA 4096", SG_KEY_RSA, 4096, 0, E_65537, 0, 1},
    {"RSA 4097", SG_KEY_RSA, 4097, 0, E_65537, 0, 2},
    {"RSA 8192", SG_KEY_RSA, 8192, 0, E_3, 0, 4},
    {"RSA 16384", SG_KEY_RSA, 16384, 0, E_65537, 0, 16},
    {"RSA 4096, exponent of 33 bits", SG_KEY_RSA, 4096, 0, E_40, 0, 2},
    {"RSASSA-PSS 8192", SG_KEY_RSA_PSS, 8192, 0, E_65537, 0, 4},
    {"RSA, unreadable", SG_KEY_RSA, 0, 0, "30 00", 0, 1},
    {"RSA, larger than any", SG_KEY_RSA, UINT32_MAX, 0, E_65537, 0, 16},
    {"DSA 1024", SG_KEY_DSA, 1024, 0, "", 0, 1},
    {"DSA 3072", SG_KEY_DSA, 3072, 0, "", 0, 9},
    {"DSA, parameters inherited", SG_KEY_DSA, 0, 0, "", 512, 4},
    {"DSA, parameters missing", SG_KEY_DSA, 0, 0, "", 0, 1},
    {"DSA, parameters beyond reason", SG_KEY_DSA, 0, 0, "", 1000000, 256},
    {"P-256", SG_KEY_EC, 256, SG_OID_CURVE_P256, "", 0, 1},
    {"P-384", SG_KEY_EC, 384, SG_OID_CURVE_P384, "", 0, 10},
    {"Ed25519", SG_KEY_ED25519, 256, 0, "", 0, 2},
    {"Ed448", SG_KEY_ED448, 448, 0, "", 0, 4},
    {"X25519", SG_KEY_X25519, 256, 0, "", 0, 1},
    {"unknown", SG_KEY_UNKNOWN, 0, 0, "", 0, 1},
};

static void counts_costly_keys_for_several(void **state)
{
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        const struct sg_spki spki = {.type = rows[i].type,
                                     .bits = rows[i].bits,
                                     .curve = rows[i].curve,
                                     .key_bits = hex(rows[i].key_bits)};
        size_t cost = sg_key_cost(&spki, repeat(hex(""), 1, rows[i].parameters_len));
        if (cost != rows[i].cost)
            fail_msg("%s: %zu", rows[i].name, cost);
    }
}

SG_TEST_MAIN(SG_TEST("E-9", counts_costly_keys_for_several))
