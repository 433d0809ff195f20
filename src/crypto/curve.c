/* SPDX-License-Identifier: Apache-2.0 */
#include "crypto/curve.h"

#include "crypto/context.h"

#include <openssl/obj_mac.h>

static const struct curve_row {
    enum sg_oid oid;
    int nid;
    unsigned bits;
} curves[SG_NUM_CURVES] = {
    {SG_OID_CURVE_P192, NID_X9_62_prime192v1, 192},
    {SG_OID_CURVE_P224, NID_secp224r1, 224},
    {SG_OID_CURVE_P256, NID_X9_62_prime256v1, 256},
    {SG_OID_CURVE_P384, NID_secp384r1, 384},
    {SG_OID_CURVE_P521, NID_secp521r1, 521},
    {SG_OID_CURVE_SECP256K1, NID_secp256k1, 256},
    {SG_OID_CURVE_BP256R1, NID_brainpoolP256r1, 256},
    {SG_OID_CURVE_BP384R1, NID_brainpoolP384r1, 384},
    {SG_OID_CURVE_BP512R1, NID_brainpoolP512r1, 512},
};

/* SG_NUM_CURVES when there is none. */
static size_t find(enum sg_oid curve)
{
    size_t i = 0;
    while (i < SG_NUM_CURVES && curves[i].oid != curve)
        i++;
    return i;
}

unsigned sg_curve_bits(enum sg_oid curve)
{
    size_t i = find(curve);
    return i < SG_NUM_CURVES ? curves[i].bits : 0;
}

const EC_GROUP *sg_curve_group(struct sg_crypto *crypto, enum sg_oid curve)
{
    size_t i = find(curve);
    if (i == SG_NUM_CURVES)
        return NULL;
    if (crypto->groups[i] == NULL)
        crypto->groups[i] = EC_GROUP_new_by_curve_name(curves[i].nid);
    return crypto->groups[i];
}
