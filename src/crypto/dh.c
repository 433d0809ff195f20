/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Diffie-Hellman keys (RFC 3279 2.3.3, PKCS #3): read and checked, so that nobody encrypts to a key
 * in a group that is none.
 */
#include "base/span.h"
#include "crypto/context.h"
#include "crypto/key.h"
#include "crypto/number.h"
#include "crypto/subgroup.h"

#define MIN_P_BITS 512
#define MIN_Q_BITS 160

/* A q as long as p takes the longest exponentiation there is, twice; above this p it takes too
 * long. */
#define LONG_Q_BITS       512
#define LONG_Q_MAX_P_BITS 4096

struct dh_numbers {
    struct signet_span p, g, y;
    struct signet_span q; /* {NULL,0} in PKCS #3 */
};

/* After q: j INTEGER OPTIONAL, validationParms SEQUENCE OPTIONAL. Neither is needed. */
static bool parse_x942(struct sg_der *fields, struct dh_numbers *out)
{
    struct signet_span unused;
    return sg_number_read(fields, &out->q, "q INTEGER") &&
           sg_der_optional(fields, SG_TAG_INTEGER, &unused) &&
           sg_der_optional(fields, SG_TAG_SEQUENCE, &unused);
}

/* DomainParameters ::= SEQUENCE { p, g, q, … }; DHParameter ::= SEQUENCE { p, g, … } */
static bool parse(const struct sg_key_source *source, struct dh_numbers *out)
{
    struct signet_parse_error error = {0};
    struct sg_der parameters = sg_der_begin(source->parameters, &error), fields;
    struct sg_der key = sg_der_begin(source->spki->key_bits, &error);
    struct signet_span length;
    bool x942 = source->spki->algorithm.oid == SG_OID_DH_PUBLIC_NUMBER;
    *out = (struct dh_numbers){0};
    return sg_der_enter(&parameters, SG_TAG_SEQUENCE, &fields, "DomainParameters SEQUENCE") &&
           sg_number_read(&fields, &out->p, "p INTEGER") &&
           sg_number_read(&fields, &out->g, "g INTEGER") &&
           (x942 ? parse_x942(&fields, out) : sg_der_optional(&fields, SG_TAG_INTEGER, &length)) &&
           sg_der_end(&fields) && sg_der_end(&parameters) &&
           sg_number_read(&key, &out->y, "DHPublicKey INTEGER") && sg_der_end(&key);
}

static enum sg_key_check check_sizes(const struct dh_numbers *numbers, unsigned p_bits)
{
    unsigned q_bits = sg_number_bits(numbers->q);
    bool has_q = numbers->q.ptr != NULL;
    if (p_bits < MIN_P_BITS || !sg_number_is_odd(numbers->p) || numbers->g.len > numbers->p.len ||
        numbers->y.len > numbers->p.len)
        return SG_KEY_MALFORMED;
    if (has_q && (q_bits < MIN_Q_BITS || q_bits >= p_bits || !sg_number_is_odd(numbers->q)))
        return SG_KEY_MALFORMED;
    return q_bits > LONG_Q_BITS && p_bits > LONG_Q_MAX_P_BITS ? SG_KEY_TOO_LARGE : SG_KEY_OK;
}

/* 1 < x < p - 1: the three values left out are in every group and hide nothing. */
static bool in_range(const BIGNUM *x, const BIGNUM *p, BIGNUM *scratch)
{
    return !BN_is_one(x) && BN_ucmp(x, p) < 0 && BN_sub(scratch, p, x) == 1 && !BN_is_one(scratch);
}

static enum sg_key_check check_group(const struct dh_numbers *numbers, BN_CTX *scratch,
                                     BN_MONT_CTX *montgomery)
{
    BIGNUM *p = BN_CTX_get(scratch), *q = BN_CTX_get(scratch), *g = BN_CTX_get(scratch);
    BIGNUM *y = BN_CTX_get(scratch), *difference = BN_CTX_get(scratch);
    if (difference == NULL || !sg_number_set(p, numbers->p) || !sg_number_set(g, numbers->g) ||
        !sg_number_set(y, numbers->y))
        return SG_KEY_NO_MEMORY;
    if (!in_range(g, p, difference) || !in_range(y, p, difference))
        return SG_KEY_MALFORMED;
    if (numbers->q.ptr == NULL)
        return SG_KEY_OK;
    if (!sg_number_set(q, numbers->q) || BN_MONT_CTX_set(montgomery, p, scratch) != 1)
        return SG_KEY_NO_MEMORY;
    return sg_subgroup_check(p, q, g, y, scratch, montgomery);
}

enum sg_key_check sg_dh_key_init(struct sg_crypto *crypto, const struct sg_key_source *source,
                                 struct sg_public_key *key)
{
    struct dh_numbers numbers;
    if (!parse(source, &numbers))
        return SG_KEY_MALFORMED;
    key->bits = sg_number_bits(numbers.p);
    if (key->bits > source->max_bits)
        return SG_KEY_TOO_LARGE;
    enum sg_key_check check = check_sizes(&numbers, key->bits);
    if (check != SG_KEY_OK)
        return check;
    BN_MONT_CTX *montgomery = BN_MONT_CTX_new();
    if (montgomery == NULL)
        return SG_KEY_NO_MEMORY;
    BN_CTX_start(crypto->numbers);
    check = check_group(&numbers, crypto->numbers, montgomery);
    BN_CTX_end(crypto->numbers);
    BN_MONT_CTX_free(montgomery);
    return check;
}
