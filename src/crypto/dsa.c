/* SPDX-License-Identifier: Apache-2.0 */
/*
 * DSA (FIPS 186-4 section 4, RFC 3279 2.2.2 and 2.3.2).
 */
#include "base/span.h"
#include "crypto/context.h"
#include "crypto/dss.h"
#include "crypto/key.h"
#include "crypto/number.h"
#include "crypto/subgroup.h"

#define MIN_P_BITS 512 /* FIPS 186 of 1994 */

struct dsa_numbers {
    struct signet_span p, q, g, y;
};

/* Dss-Parms ::= SEQUENCE { p INTEGER, q INTEGER, g INTEGER }; DSAPublicKey ::= INTEGER */
static bool parse(const struct sg_key_source *source, struct dsa_numbers *out)
{
    struct signet_parse_error error = {0};
    struct sg_der parameters = sg_der_begin(source->parameters, &error), fields;
    struct sg_der key = sg_der_begin(source->spki->key_bits, &error);
    return sg_der_enter(&parameters, SG_TAG_SEQUENCE, &fields, "Dss-Parms SEQUENCE") &&
           sg_number_read(&fields, &out->p, "p INTEGER") &&
           sg_number_read(&fields, &out->q, "q INTEGER") &&
           sg_number_read(&fields, &out->g, "g INTEGER") && sg_der_end(&fields) &&
           sg_der_end(&parameters) && sg_number_read(&key, &out->y, "DSAPublicKey INTEGER") &&
           sg_der_end(&key);
}

/* FIPS 186-4 4.2 knows q of 160, 224 and 256 bits. */
static bool sizes_right(const struct dsa_numbers *numbers)
{
    unsigned q_bits = sg_number_bits(numbers->q);
    return (q_bits == 160 || q_bits == 224 || q_bits == 256) &&
           sg_number_bits(numbers->p) >= MIN_P_BITS && numbers->g.len <= numbers->p.len &&
           numbers->y.len <= numbers->p.len && sg_number_is_odd(numbers->p) &&
           sg_number_is_odd(numbers->q);
}

static bool set_numbers(struct sg_dsa_key *dsa, const struct dsa_numbers *numbers, BN_CTX *scratch)
{
    dsa->p = sg_number_new(numbers->p);
    dsa->q = sg_number_new(numbers->q);
    dsa->g = sg_number_new(numbers->g);
    dsa->y = sg_number_new(numbers->y);
    dsa->montgomery = BN_MONT_CTX_new();
    return dsa->p != NULL && dsa->q != NULL && dsa->g != NULL && dsa->y != NULL &&
           dsa->montgomery != NULL && BN_MONT_CTX_set(dsa->montgomery, dsa->p, scratch) == 1;
}

enum sg_key_check sg_dsa_key_init(struct sg_crypto *crypto, const struct sg_key_source *source,
                                  struct sg_public_key *key)
{
    struct sg_dsa_key *dsa = &key->as.dsa;
    struct dsa_numbers numbers;
    if (source->parameters.ptr == NULL)
        return SG_KEY_PARAMS_MISSING;
    if (!parse(source, &numbers))
        return SG_KEY_MALFORMED;
    key->bits = sg_number_bits(numbers.p);
    if (key->bits > source->max_bits)
        return SG_KEY_TOO_LARGE;
    if (!sizes_right(&numbers))
        return SG_KEY_MALFORMED;
    if (!set_numbers(dsa, &numbers, crypto->numbers))
        return SG_KEY_NO_MEMORY;
    return sg_subgroup_check(dsa->p, dsa->q, dsa->g, dsa->y, crypto->numbers, dsa->montgomery);
}

void sg_dsa_key_clear(struct sg_public_key *key)
{
    BN_free(key->as.dsa.p);
    BN_free(key->as.dsa.q);
    BN_free(key->as.dsa.g);
    BN_free(key->as.dsa.y);
    BN_MONT_CTX_free(key->as.dsa.montgomery);
}

/* s^(q - 2): the inverse as q is a prime, and just a number that verifies nothing if it is none. */
static bool invert(BIGNUM *w, const BIGNUM *s, const BIGNUM *q, BN_CTX *numbers)
{
    BN_CTX_start(numbers);
    BIGNUM *exponent = BN_CTX_get(numbers);
    bool computed = exponent != NULL && BN_copy(exponent, q) != NULL &&
                    BN_sub_word(exponent, 2) == 1 && BN_mod_exp(w, s, exponent, q, numbers) == 1;
    BN_CTX_end(numbers);
    return computed;
}

/* FIPS 186-4 4.7. */
static enum sg_signature_check verify(const struct sg_dsa_key *dsa,
                                      const struct sg_digest_value *digest,
                                      struct signet_span signature, BN_CTX *numbers)
{
    BIGNUM *r = BN_CTX_get(numbers), *s = BN_CTX_get(numbers), *w = BN_CTX_get(numbers);
    BIGNUM *u1 = BN_CTX_get(numbers), *u2 = BN_CTX_get(numbers), *v = BN_CTX_get(numbers);
    if (v == NULL)
        return SG_SIGNATURE_NO_MEMORY;
    enum sg_signature_check check = sg_dss_read(signature, dsa->q, r, s);
    if (check != SG_SIGNATURE_VALID)
        return check;
    bool computed =
        invert(w, s, dsa->q, numbers) && sg_number_set_digest(u1, digest, dsa->q) &&
        BN_mod_mul(u1, u1, w, dsa->q, numbers) == 1 && BN_mod_mul(u2, r, w, dsa->q, numbers) == 1 &&
        BN_mod_exp2_mont(v, dsa->g, u1, dsa->y, u2, dsa->p, numbers, dsa->montgomery) == 1 &&
        BN_nnmod(v, v, dsa->q, numbers) == 1;
    if (!computed)
        return SG_SIGNATURE_NO_MEMORY;
    return BN_ucmp(v, r) == 0 ? SG_SIGNATURE_VALID : SG_SIGNATURE_INVALID;
}

enum sg_signature_check sg_dsa_verify(struct sg_crypto *crypto,
                                      const struct sg_signature_algorithm *algorithm,
                                      const struct sg_public_key *key,
                                      const struct sg_digest_value *digest,
                                      struct signet_span signature)
{
    (void)algorithm;
    BN_CTX_start(crypto->numbers);
    enum sg_signature_check check = verify(&key->as.dsa, digest, signature, crypto->numbers);
    BN_CTX_end(crypto->numbers);
    return check;
}
