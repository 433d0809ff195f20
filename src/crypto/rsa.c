/* SPDX-License-Identifier: Apache-2.0 */
#include "crypto/rsa.h"

#include "crypto/context.h"
#include "crypto/number.h"

#include <stdlib.h>

/* RFC 3850 4.3 begins at 512 bits; a modulus of 511 bits is such a key, too. What is shorter still
 * is factored at a desk within the hour, and a profile for archives shall not get to excuse it. */
#define MIN_OCTETS 64

/* FIPS 186-4 B.3.1 has e below 2^256. Verification takes time in proportion to the bits of e, so a
 * hostile e as long as its modulus would cost hundreds of ordinary verifications. */
#define MAX_EXPONENT_BITS 256

/* Longer exponents are left to the windows of the crypto library: the ladder below multiplies up to
 * twice for each bit. */
#define MAX_LADDER_BITS 32

bool sg_rsa_parse(struct signet_span key_bits, struct signet_span *n, struct signet_span *e)
{
    struct signet_parse_error error = {0};
    struct sg_der der = sg_der_begin(key_bits, &error), fields;
    return sg_der_enter(&der, SG_TAG_SEQUENCE, &fields, "RSAPublicKey SEQUENCE") &&
           sg_number_read(&fields, n, "modulus INTEGER") &&
           sg_number_read(&fields, e, "publicExponent INTEGER") && sg_der_end(&fields) &&
           sg_der_end(&der);
}

static enum sg_key_check check_numbers(struct signet_span n, struct signet_span e, size_t max_bits)
{
    if (sg_number_bits(n) > max_bits)
        return SG_KEY_TOO_LARGE;
    if (!sg_number_is_odd(n) || !sg_number_is_odd(e) || sg_number_is_one(e) ||
        sg_number_bits(e) >= sg_number_bits(n))
        return SG_KEY_MALFORMED;
    if (n.len < MIN_OCTETS)
        return SG_KEY_UNSUPPORTED;
    return sg_number_bits(e) > MAX_EXPONENT_BITS ? SG_KEY_TOO_LARGE : SG_KEY_OK;
}

/* rsaEncryption: NULL, and absent tolerated. id-RSASSA-PSS: RSASSA-PSS-params or absent. */
static bool read_parameters(const struct sg_key_source *source, struct sg_rsa_key *rsa)
{
    struct signet_parse_error error = {0};
    struct sg_der der = sg_der_begin(source->parameters, &error);
    if (source->parameters.ptr == NULL)
        return true;
    if (source->spki->type == SG_KEY_RSA)
        return sg_algorithm_parameters_null(&source->spki->algorithm);
    rsa->restricted = true;
    return sg_pss_parameters_parse(&der, &rsa->pss);
}

static struct sg_modulus *new_modulus(void)
{
    struct sg_modulus *modulus = calloc(1, sizeof(*modulus));
    if (modulus == NULL)
        return NULL;
    modulus->montgomery = BN_MONT_CTX_new();
    if (modulus->montgomery != NULL)
        return modulus;
    free(modulus);
    return NULL;
}

enum sg_key_check sg_rsa_key_init(struct sg_crypto *crypto, const struct sg_key_source *source,
                                  struct sg_public_key *key)
{
    struct sg_rsa_key *rsa = &key->as.rsa;
    struct signet_span n, e;
    (void)crypto;
    if (!sg_rsa_parse(source->spki->key_bits, &n, &e) || !read_parameters(source, rsa))
        return SG_KEY_MALFORMED;
    enum sg_key_check check = check_numbers(n, e, source->max_bits);
    if (check != SG_KEY_OK)
        return check;
    key->bits = sg_number_bits(n);
    rsa->len = n.len;
    rsa->n = sg_number_new(n);
    rsa->e = sg_number_new(e);
    rsa->modulus = new_modulus();
    bool made = rsa->n != NULL && rsa->e != NULL && rsa->modulus != NULL;
    return made ? SG_KEY_OK : SG_KEY_NO_MEMORY;
}

void sg_rsa_key_clear(struct sg_public_key *key)
{
    BN_free(key->as.rsa.n);
    BN_free(key->as.rsa.e);
    if (key->as.rsa.modulus != NULL)
        BN_MONT_CTX_free(key->as.rsa.modulus->montgomery);
    free(key->as.rsa.modulus);
}

static bool make_ready(BN_CTX *numbers, const struct sg_rsa_key *key)
{
    struct sg_modulus *modulus = key->modulus;
    if (!modulus->ready)
        modulus->ready = BN_MONT_CTX_set(modulus->montgomery, key->n, numbers) == 1;
    return modulus->ready;
}

/*
 * M = S^e mod n, bit by bit from the top. A product of one factor in Montgomery's form and one that
 * is not is itself no longer in it, so the last factor is S as it stands: an exponent is odd
 * (check_numbers), and the last step always has one. With 65537 that makes 18 multiplications
 * where the crypto library's general exponentiation has 20.
 */
static bool climb_ladder(BN_CTX *numbers, const struct sg_rsa_key *key, const BIGNUM *s, BIGNUM *m)
{
    BN_MONT_CTX *montgomery = key->modulus->montgomery;
    BIGNUM *base = BN_CTX_get(numbers);
    bool ok = base != NULL && BN_to_montgomery(base, s, montgomery, numbers) == 1 &&
              BN_copy(m, base) != NULL;
    for (int bit = BN_num_bits(key->e) - 2; ok && bit >= 0; bit--) {
        ok = BN_mod_mul_montgomery(m, m, m, montgomery, numbers) == 1;
        if (ok && BN_is_bit_set(key->e, bit))
            ok = BN_mod_mul_montgomery(m, m, bit > 0 ? base : s, montgomery, numbers) == 1;
    }
    return ok;
}

static bool raise_to_exponent(BN_CTX *numbers, const struct sg_rsa_key *key, const BIGNUM *s,
                              BIGNUM *m)
{
    if (!make_ready(numbers, key))
        return false;
    if (BN_num_bits(key->e) <= MAX_LADDER_BITS)
        return climb_ladder(numbers, key, s, m);
    return BN_mod_exp_mont(m, s, key->e, key->n, numbers, key->modulus->montgomery) == 1;
}

/* The signature's number in S, and what the key makes of it in M. */
static enum sg_signature_check open_signature(BN_CTX *numbers, const struct sg_rsa_key *key,
                                              struct signet_span signature, BIGNUM *s, BIGNUM *m)
{
    if (m == NULL || !sg_number_set(s, signature))
        return SG_SIGNATURE_NO_MEMORY;
    if (BN_ucmp(s, key->n) >= 0)
        return SG_SIGNATURE_INVALID;
    return raise_to_exponent(numbers, key, s, m) ? SG_SIGNATURE_VALID : SG_SIGNATURE_NO_MEMORY;
}

static enum sg_signature_check recover(BN_CTX *numbers, const struct sg_rsa_key *key,
                                       struct signet_span signature, uint8_t *block)
{
    BIGNUM *s = BN_CTX_get(numbers), *m = BN_CTX_get(numbers);
    enum sg_signature_check check = open_signature(numbers, key, signature, s, m);
    if (check == SG_SIGNATURE_VALID && BN_bn2binpad(m, block, (int)key->len) < 0)
        return SG_SIGNATURE_NO_MEMORY;
    return check;
}

enum sg_signature_check sg_rsa_recover(struct sg_crypto *crypto, const struct sg_rsa_key *key,
                                       struct signet_span signature,
                                       uint8_t block[SG_RSA_MAX_OCTETS])
{
    if (signature.len != key->len)
        return SG_SIGNATURE_INVALID;
    BN_CTX_start(crypto->numbers);
    enum sg_signature_check check = recover(crypto->numbers, key, signature, block);
    BN_CTX_end(crypto->numbers);
    return check;
}

static enum sg_signature_check match(BN_CTX *numbers, const struct sg_rsa_key *key,
                                     struct signet_span signature, const struct signet_span *blocks,
                                     size_t num_blocks)
{
    BIGNUM *s = BN_CTX_get(numbers), *m = BN_CTX_get(numbers);
    enum sg_signature_check check = open_signature(numbers, key, signature, s, m);
    if (check != SG_SIGNATURE_VALID)
        return check;
    for (size_t i = 0; i < num_blocks; i++) {
        if (!sg_number_set(s, blocks[i]))
            return SG_SIGNATURE_NO_MEMORY;
        if (BN_ucmp(s, m) == 0)
            return SG_SIGNATURE_VALID;
    }
    return SG_SIGNATURE_INVALID;
}

enum sg_signature_check sg_rsa_match(struct sg_crypto *crypto, const struct sg_rsa_key *key,
                                     struct signet_span signature, const struct signet_span *blocks,
                                     size_t num_blocks)
{
    if (signature.len != key->len)
        return SG_SIGNATURE_INVALID;
    BN_CTX_start(crypto->numbers);
    enum sg_signature_check check = match(crypto->numbers, key, signature, blocks, num_blocks);
    BN_CTX_end(crypto->numbers);
    return check;
}
