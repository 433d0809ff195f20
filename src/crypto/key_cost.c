/* SPDX-License-Identifier: Apache-2.0 */
#include "crypto/key.h"
#include "crypto/number.h"
#include "crypto/rsa.h"

/* P-256 has code of its own in the crypto library; other curves take some ten times as long. */
enum { OTHER_CURVE_COST = 10, ED25519_COST = 2, ED448_COST = 4 };

/* Moduli that cost as much as a signature on P-256: with the exponent 65537, and for DSA. */
enum { RSA_UNIT_BITS = 4096, DSA_UNIT_BITS = 1024, USUAL_EXPONENT_BITS = 17 };

/* Larger exponents are refused, see rsa.c. */
enum { MAX_EXPONENT_BITS = 256 };

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Multiplying takes the square of the length. */
static size_t square_cost(size_t bits, size_t unit_bits, size_t factor)
{
    size_t units = unit_bits * unit_bits;
    bits = smaller(bits, SG_KEY_MAX_BITS);
    return (bits * bits * factor + units - 1) / units;
}

static size_t rsa_cost(const struct sg_spki *spki, struct signet_span parameters)
{
    struct signet_span n, e;
    (void)parameters;
    if (!sg_rsa_parse(spki->key_bits, &n, &e))
        return 1;
    size_t exponent_bits = smaller(sg_number_bits(e), MAX_EXPONENT_BITS);
    return square_cost(spki->bits, RSA_UNIT_BITS, 1 + (exponent_bits - 1) / USUAL_EXPONENT_BITS);
}

/* Inherited parameters are p, q and g: the better half of them is p. */
static size_t dsa_cost(const struct sg_spki *spki, struct signet_span parameters)
{
    size_t inherited = smaller(parameters.len, SG_KEY_MAX_BITS) * 8 / 2;
    return square_cost(spki->bits != 0 ? spki->bits : inherited, DSA_UNIT_BITS, 1);
}

static size_t ec_cost(const struct sg_spki *spki, struct signet_span parameters)
{
    (void)parameters;
    return spki->curve == SG_OID_CURVE_P256 ? 1 : OTHER_CURVE_COST;
}

static size_t ed25519_cost(const struct sg_spki *spki, struct signet_span parameters)
{
    (void)spki;
    (void)parameters;
    return ED25519_COST;
}

static size_t ed448_cost(const struct sg_spki *spki, struct signet_span parameters)
{
    (void)spki;
    (void)parameters;
    return ED448_COST;
}

size_t sg_key_cost(const struct sg_spki *spki, struct signet_span parameters)
{
    static size_t (*const costs[SG_NUM_KEY_TYPES])(const struct sg_spki *, struct signet_span) = {
        [SG_KEY_RSA] = rsa_cost, [SG_KEY_RSA_PSS] = rsa_cost,     [SG_KEY_DSA] = dsa_cost,
        [SG_KEY_EC] = ec_cost,   [SG_KEY_ED25519] = ed25519_cost, [SG_KEY_ED448] = ed448_cost,
    };
    size_t cost = costs[spki->type] != NULL ? costs[spki->type](spki, parameters) : 1;
    return cost > 0 ? cost : 1;
}
