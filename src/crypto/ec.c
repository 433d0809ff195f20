/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Keys on named curves (RFC 5480 2.1, 2.2) and ECDSA (FIPS 186-4 section 6).
 */
#include "crypto/context.h"
#include "crypto/dss.h"
#include "crypto/key.h"
#include "crypto/number.h"

/*
 * RFC 5480 2.2: 04 x y, or 02 or 03 x. The hybrid forms and the point at infinity that SEC 1 has
 * besides are no public keys there.
 */
static bool form_right(struct signet_span point, unsigned curve_bits)
{
    size_t len = (curve_bits + 7) / 8;
    uint8_t form = point.len > 0 ? point.ptr[0] : 0;
    return (form == 4 && point.len == 1 + 2 * len) ||
           ((form == 2 || form == 3) && point.len == 1 + len);
}

enum sg_key_check sg_ec_key_init(struct sg_crypto *crypto, const struct sg_key_source *source,
                                 struct sg_public_key *key)
{
    const struct sg_spki *spki = source->spki;
    struct sg_ec_key *ec = &key->as.ec;
    /* Curves spelled out in a key let a forger choose the generator; RFC 5480 2.1.1 forbids them.
     */
    if (spki->algorithm.parameters.ptr == NULL || spki->algorithm.parameters.ptr[0] != SG_TAG_OID)
        return SG_KEY_MALFORMED;
    key->bits = sg_curve_bits(spki->curve);
    if (key->bits == 0)
        return SG_KEY_UNSUPPORTED;
    if (key->bits > source->max_bits)
        return SG_KEY_TOO_LARGE;
    if (!form_right(spki->key_bits, key->bits))
        return SG_KEY_MALFORMED;
    ec->group = sg_curve_group(crypto, spki->curve);
    ec->point = ec->group == NULL ? NULL : EC_POINT_new(ec->group);
    if (ec->point == NULL)
        return SG_KEY_NO_MEMORY;
    /* Fails off the curve. On it is enough: the order of every curve here is a prime. */
    if (EC_POINT_oct2point(ec->group, ec->point, spki->key_bits.ptr, spki->key_bits.len,
                           crypto->numbers) == 1)
        return SG_KEY_OK;
    return sg_crypto_drain() ? SG_KEY_NO_MEMORY : SG_KEY_MALFORMED;
}

void sg_ec_key_clear(struct sg_public_key *key)
{
    EC_POINT_free(key->as.ec.point);
}

/* The x coordinate of u1 G + u2 Q modulo the order: X is 0, which is no r, for the point at
 * infinity. */
static bool combine(const struct sg_ec_key *ec, const BIGNUM *u1, const BIGNUM *u2, BIGNUM *x,
                    BN_CTX *numbers)
{
    EC_POINT *sum = EC_POINT_new(ec->group);
    bool computed = sum != NULL && EC_POINT_mul(ec->group, sum, u1, ec->point, u2, numbers) == 1;
    if (computed && EC_POINT_is_at_infinity(ec->group, sum))
        BN_zero(x);
    else
        computed = computed &&
                   EC_POINT_get_affine_coordinates(ec->group, sum, x, NULL, numbers) == 1 &&
                   BN_nnmod(x, x, EC_GROUP_get0_order(ec->group), numbers) == 1;
    EC_POINT_free(sum);
    return computed;
}

/* FIPS 186-4 6.4, ANSI X9.62 7.4. */
static enum sg_signature_check verify(const struct sg_ec_key *ec,
                                      const struct sg_digest_value *digest,
                                      struct signet_span signature, BN_CTX *numbers)
{
    const BIGNUM *n = EC_GROUP_get0_order(ec->group);
    BIGNUM *r = BN_CTX_get(numbers), *s = BN_CTX_get(numbers), *w = BN_CTX_get(numbers);
    BIGNUM *u1 = BN_CTX_get(numbers), *u2 = BN_CTX_get(numbers), *x = BN_CTX_get(numbers);
    if (x == NULL)
        return SG_SIGNATURE_NO_MEMORY;
    enum sg_signature_check check = sg_dss_read(signature, n, r, s);
    if (check != SG_SIGNATURE_VALID)
        return check;
    bool computed = BN_mod_inverse(w, s, n, numbers) != NULL &&
                    sg_number_set_digest(u1, digest, n) && BN_mod_mul(u1, u1, w, n, numbers) == 1 &&
                    BN_mod_mul(u2, r, w, n, numbers) == 1 && combine(ec, u1, u2, x, numbers);
    if (!computed)
        return SG_SIGNATURE_NO_MEMORY;
    return BN_ucmp(x, r) == 0 ? SG_SIGNATURE_VALID : SG_SIGNATURE_INVALID;
}

enum sg_signature_check sg_ecdsa_verify(struct sg_crypto *crypto,
                                        const struct sg_signature_algorithm *algorithm,
                                        const struct sg_public_key *key,
                                        const struct sg_digest_value *digest,
                                        struct signet_span signature)
{
    (void)algorithm;
    BN_CTX_start(crypto->numbers);
    enum sg_signature_check check = verify(&key->as.ec, digest, signature, crypto->numbers);
    BN_CTX_end(crypto->numbers);
    return check;
}
