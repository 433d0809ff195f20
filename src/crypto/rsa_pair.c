/* SPDX-License-Identifier: Apache-2.0 */
#include "crypto/rsa_pair.h"

#include "asn1/der_writer.h"
#include "crypto/context.h"
#include "crypto/number.h"
#include "crypto/rsa.h"

#include <openssl/core_names.h>

/* In the order of RSAPrivateKey (RFC 8017 A.1.2). */
enum number { N, E, D, P, Q, D_P, D_Q, Q_INV, NUM_NUMBERS };

static const char *const names[NUM_NUMBERS] = {
    [N] = OSSL_PKEY_PARAM_RSA_N,           [E] = OSSL_PKEY_PARAM_RSA_E,
    [D] = OSSL_PKEY_PARAM_RSA_D,           [P] = OSSL_PKEY_PARAM_RSA_FACTOR1,
    [Q] = OSSL_PKEY_PARAM_RSA_FACTOR2,     [D_P] = OSSL_PKEY_PARAM_RSA_EXPONENT1,
    [D_Q] = OSSL_PKEY_PARAM_RSA_EXPONENT2, [Q_INV] = OSSL_PKEY_PARAM_RSA_COEFFICIENT1};

/* --- reading */

/* FIELDS stands behind the version of a PrivateKeyInfo. */
static bool unwrap(struct sg_der *fields, struct sg_der *key)
{
    struct sg_algorithm algorithm;
    struct signet_span octets, attributes;
    if (!sg_algorithm_parse(fields, &algorithm, "privateKeyAlgorithm") ||
        algorithm.oid != SG_OID_RSA_ENCRYPTION || !sg_algorithm_parameters_null(&algorithm) ||
        !sg_der_value(fields, SG_TAG_OCTET_STRING, &octets, "privateKey OCTET STRING") ||
        !sg_der_optional(fields, SG_TAG_CONTEXT_CONS(0), &attributes) || !sg_der_end(fields))
        return false;
    struct sg_der inside = sg_der_within(fields, octets);
    uint32_t version;
    return sg_der_enter(&inside, SG_TAG_SEQUENCE, key, "RSAPrivateKey SEQUENCE") &&
           sg_der_end(&inside) && sg_der_uint32(key, &version, "version INTEGER") && version == 0;
}

static bool read_numbers(struct signet_span der, struct signet_span numbers[NUM_NUMBERS])
{
    struct signet_parse_error error = {0, NULL, NULL};
    struct sg_der whole = sg_der_begin(der, &error), fields;
    uint32_t version;
    if (!sg_der_enter(&whole, SG_TAG_SEQUENCE, &fields, "SEQUENCE") || !sg_der_end(&whole) ||
        !sg_der_uint32(&fields, &version, "version INTEGER") || version != 0)
        return false;
    if (sg_der_next_is(&fields, SG_TAG_SEQUENCE) && !unwrap(&fields, &fields))
        return false;
    for (size_t i = 0; i < NUM_NUMBERS; i++) {
        if (!sg_number_read(&fields, &numbers[i], names[i]))
            return false;
    }
    return sg_der_end(&fields);
}

/* NUMBERS in the machine's order of octets, as parameters are, in ROOM; each takes as much as it
 * took. */
static bool set_parameters(const struct signet_span numbers[NUM_NUMBERS], BIGNUM *scratch,
                           uint8_t *room, OSSL_PARAM params[NUM_NUMBERS + 1])
{
    for (size_t i = 0; i < NUM_NUMBERS; i++) {
        size_t len = numbers[i].len;
        if (!sg_number_set(scratch, numbers[i]) || BN_bn2nativepad(scratch, room, (int)len) < 0)
            return false;
        params[i] = OSSL_PARAM_construct_BN(names[i], room, len);
        room += len;
    }
    params[NUM_NUMBERS] = OSSL_PARAM_construct_end();
    return true;
}

static enum sg_key_answer make_of(struct sg_key_library *library, OSSL_PARAM *params,
                                  EVP_PKEY **pair)
{
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_name(library->context, "RSA", NULL);
    bool made = context != NULL && EVP_PKEY_fromdata_init(context) == 1 &&
                EVP_PKEY_fromdata(context, pair, EVP_PKEY_KEYPAIR, params) == 1;
    EVP_PKEY_CTX_free(context);
    if (made)
        return SG_KEY_DONE;
    *pair = NULL;
    return sg_crypto_drain() ? SG_KEY_NEEDS_MEMORY : SG_KEY_CANNOT;
}

enum sg_key_answer sg_rsa_pair_read(struct sg_key_library *library, struct signet_span der,
                                    EVP_PKEY **pair)
{
    struct signet_span numbers[NUM_NUMBERS];
    OSSL_PARAM params[NUM_NUMBERS + 1];
    struct sg_secret room;
    *pair = NULL;
    if (!read_numbers(der, numbers))
        return SG_KEY_CANNOT;
    if (!sg_secret_new(der.len, &room))
        return SG_KEY_NEEDS_MEMORY;
    BIGNUM *scratch = BN_new();
    enum sg_key_answer answer = SG_KEY_NEEDS_MEMORY;
    if (scratch != NULL && set_parameters(numbers, scratch, room.ptr, params))
        answer = make_of(library, params, pair);
    else
        (void)sg_crypto_drain();
    BN_clear_free(scratch);
    sg_secret_free(&room);
    return answer;
}

/* --- proving */

/*
 * What the operations use of a key (RFC 8017 3.2): a b = 1 modulo m, or modulo m - 1. With
 * n = p q it makes the one half the other's inverse. That p and q are primes is left to whoever
 * chose them; what is damaged does not keep these.
 */
static const struct congruence {
    enum number a, b, modulus;
    bool less_one;
} congruences[] = {
    {E, D_P, P, true}, {E, D_Q, Q, true}, {E, D, P, true}, {E, D, Q, true}, {Q, Q_INV, P, false}};

static bool holds(const struct congruence *congruence, BIGNUM *const numbers[NUM_NUMBERS],
                  BN_CTX *scratch)
{
    BN_CTX_start(scratch);
    BIGNUM *modulus = BN_CTX_get(scratch), *product = BN_CTX_get(scratch);
    bool held = product != NULL && BN_copy(modulus, numbers[congruence->modulus]) != NULL;
    if (held) {
        BN_set_flags(modulus, BN_FLG_CONSTTIME);
        held = (!congruence->less_one || BN_sub_word(modulus, 1) == 1) &&
               BN_mod_mul(product, numbers[congruence->a], numbers[congruence->b], modulus,
                          scratch) == 1 &&
               BN_is_one(product);
    }
    BN_CTX_end(scratch);
    return held;
}

static bool is_product(BIGNUM *const numbers[NUM_NUMBERS], BN_CTX *scratch)
{
    BN_CTX_start(scratch);
    BIGNUM *product = BN_CTX_get(scratch);
    bool is = product != NULL && BN_mul(product, numbers[P], numbers[Q], scratch) == 1 &&
              BN_cmp(product, numbers[N]) == 0;
    BN_CTX_end(scratch);
    return is;
}

static bool are_proven(BIGNUM *const numbers[NUM_NUMBERS], BN_CTX *scratch)
{
    bool proven = is_product(numbers, scratch);
    for (size_t i = 0; i < sizeof congruences / sizeof *congruences && proven; i++)
        proven = holds(&congruences[i], numbers, scratch);
    return proven;
}

static bool get_numbers(EVP_PKEY *pair, BIGNUM *numbers[NUM_NUMBERS])
{
    for (size_t i = 0; i < NUM_NUMBERS; i++) {
        if (EVP_PKEY_get_bn_param(pair, names[i], &numbers[i]) != 1)
            return false;
        if (i >= D)
            BN_set_flags(numbers[i], BN_FLG_CONSTTIME);
    }
    return true;
}

bool sg_rsa_pair_is_proven(EVP_PKEY *pair)
{
    BIGNUM *numbers[NUM_NUMBERS] = {NULL};
    if (EVP_PKEY_is_a(pair, "RSA") != 1)
        return false;
    BN_CTX *scratch = BN_CTX_new();
    bool proven = scratch != NULL && get_numbers(pair, numbers) && are_proven(numbers, scratch);
    if (!proven)
        (void)sg_crypto_drain();
    for (size_t i = 0; i < NUM_NUMBERS; i++)
        BN_clear_free(numbers[i]);
    BN_CTX_free(scratch); /* wipes its numbers */
    return proven;
}

/* --- the public half */

static void put_number(struct sg_buffer *der, EVP_PKEY *pair, enum number number)
{
    uint8_t octets[SG_RSA_MAX_OCTETS];
    BIGNUM *value = NULL;
    int len = 0;
    if (EVP_PKEY_get_bn_param(pair, names[number], &value) == 1 &&
        BN_num_bytes(value) <= SG_RSA_MAX_OCTETS)
        len = BN_bn2bin(value, octets);
    BN_free(value);
    if (len > 0)
        sg_der_put_magnitude(der, sg_span(octets, (size_t)len));
    else
        der->status = sg_crypto_drain() ? SIGNET_ERR_MEMORY : SIGNET_ERR_CRYPTO;
}

bool sg_rsa_pair_put_public(EVP_PKEY *pair, struct sg_buffer *der)
{
    if (EVP_PKEY_is_a(pair, "RSA") != 1)
        return false;
    size_t whole = sg_der_open(der, SG_TAG_SEQUENCE);
    sg_der_put_algorithm_null(der, SG_OID_RSA_ENCRYPTION);
    size_t bits = sg_der_open(der, SG_TAG_BIT_STRING);
    sg_buffer_add_byte(der, 0);
    size_t key = sg_der_open(der, SG_TAG_SEQUENCE);
    put_number(der, pair, N);
    put_number(der, pair, E);
    sg_der_close(der, key);
    sg_der_close(der, bits);
    sg_der_close(der, whole);
    return true;
}
