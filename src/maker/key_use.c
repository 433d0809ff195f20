/* SPDX-License-Identifier: Apache-2.0 */
#include "maker/key_use.h"

#define SIGNING_BITS                                                                               \
    (SG_KU_DIGITAL_SIGNATURE | SG_KU_NON_REPUDIATION | SG_KU_KEY_CERT_SIGN | SG_KU_CRL_SIGN)
#define TRANSPORT_BITS (SG_KU_KEY_ENCIPHERMENT | SG_KU_DATA_ENCIPHERMENT)
#define AGREEMENT_BITS (SG_KU_KEY_AGREEMENT | SG_KU_ENCIPHER_ONLY | SG_KU_DECIPHER_ONLY)
#define ANY_BITS       (SIGNING_BITS | TRANSPORT_BITS | AGREEMENT_BITS)

/* USAGE for signing and for encrypting (0: it cannot), and all that make sense. */
static const struct {
    uint16_t sign, encrypt, possible;
} kinds[SG_NUM_KEY_TYPES] = {
    [SG_KEY_UNKNOWN] = {0, 0, ANY_BITS}, /* nobody knows */
    [SG_KEY_RSA] = {SG_KU_DIGITAL_SIGNATURE, SG_KU_KEY_ENCIPHERMENT, SIGNING_BITS | TRANSPORT_BITS},
    [SG_KEY_RSA_PSS] = {SG_KU_DIGITAL_SIGNATURE, 0, SIGNING_BITS},
    [SG_KEY_DSA] = {SG_KU_DIGITAL_SIGNATURE, 0, SIGNING_BITS},
    [SG_KEY_EC] = {SG_KU_DIGITAL_SIGNATURE, SG_KU_KEY_AGREEMENT, SIGNING_BITS | AGREEMENT_BITS},
    [SG_KEY_ED25519] = {SG_KU_DIGITAL_SIGNATURE, 0, SIGNING_BITS},
    [SG_KEY_ED448] = {SG_KU_DIGITAL_SIGNATURE, 0, SIGNING_BITS},
    [SG_KEY_DH] = {0, SG_KU_KEY_AGREEMENT, AGREEMENT_BITS},
    [SG_KEY_X25519] = {0, SG_KU_KEY_AGREEMENT, AGREEMENT_BITS},
    [SG_KEY_X448] = {0, SG_KU_KEY_AGREEMENT, AGREEMENT_BITS},
};

bool sg_key_use_usage(enum sg_key_type type, bool sign, bool encrypt, uint16_t *usage)
{
    *usage = (uint16_t)((sign ? kinds[type].sign : 0) | (encrypt ? kinds[type].encrypt : 0));
    return (!sign || kinds[type].sign != 0) && (!encrypt || kinds[type].encrypt != 0);
}

uint16_t sg_key_use_mail(enum sg_key_type type)
{
    return (uint16_t)(kinds[type].sign | kinds[type].encrypt);
}

uint16_t sg_key_use_possible(enum sg_key_type type)
{
    return kinds[type].possible;
}
