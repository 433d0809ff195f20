/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Keys and signatures with what the library must say of them, and the running of it.
 */
#ifndef SG_TESTS_UNIT_CRYPTO_VECTOR_H
#define SG_TESTS_UNIT_CRYPTO_VECTOR_H

#include "crypto/signature.h"
#include "test.h"

#define MESSAGE "sample"

struct vector {
    const char *what;
    struct signet_span spki;
    struct signet_span parameters; /* inherited ones */
    struct signet_span algorithm;  /* {NULL,0}: only the key is asked for */
    struct signet_span signature;
    size_t max_bits;
    enum sg_key_check key;
    enum sg_signature_check answer;
};

static inline struct sg_crypto *new_crypto(void)
{
    struct sg_crypto *crypto;
    assert_int_equal(sg_crypto_new(&crypto), SIGNET_OK);
    return crypto;
}

/* All of BYTES is one SubjectPublicKeyInfo. */
static inline struct sg_spki parse_spki(struct signet_span bytes)
{
    struct signet_parse_error error = {0};
    struct sg_der der = sg_der_begin(bytes, &error);
    struct sg_spki spki;
    if (!sg_spki_parse(&der, &spki) || !sg_der_end(&der))
        fail_msg("no SubjectPublicKeyInfo: %s at %zu", error.expected, error.offset);
    return spki;
}

static inline struct sg_algorithm parse_algorithm(struct signet_span bytes)
{
    struct signet_parse_error error = {0};
    struct sg_der der = sg_der_begin(bytes, &error);
    struct sg_algorithm algorithm;
    if (!sg_algorithm_parse(&der, &algorithm, "AlgorithmIdentifier") || !sg_der_end(&der))
        fail_msg("no AlgorithmIdentifier: %s at %zu", error.expected, error.offset);
    return algorithm;
}

static inline struct sg_signature_algorithm parse_signature_algorithm(struct signet_span bytes)
{
    struct sg_algorithm algorithm = parse_algorithm(bytes);
    struct sg_signature_algorithm read;
    struct signet_parse_error error = {0};
    if (!sg_signature_algorithm_parse(&algorithm, &read, &error))
        fail_msg("no signature algorithm: %s at %zu", error.expected, error.offset);
    return read;
}

/* What sg_public_key_new says; the key, if any, is the caller's. */
static inline enum sg_key_check make_key(struct sg_crypto *crypto, const struct vector *vector,
                                         struct sg_public_key **key)
{
    struct sg_spki spki = parse_spki(sg_test_copy(vector->spki.ptr, vector->spki.len));
    return sg_public_key_new(crypto, &spki, vector->parameters, vector->max_bits, key);
}

static inline void assert_answer(struct sg_crypto *crypto, const struct vector *vector,
                                 const struct sg_public_key *key, struct signet_span message,
                                 struct signet_span signature, enum sg_signature_check wanted,
                                 const char *how)
{
    struct sg_signature_algorithm algorithm = parse_signature_algorithm(vector->algorithm);
    enum sg_signature_check got = sg_signature_verify(crypto, &algorithm, key, message,
                                                      sg_test_copy(signature.ptr, signature.len));
    if (got != wanted)
        fail_msg("%s, %s: answer %d, wanted %d", vector->what, how, got, wanted);
}

/* Nothing near a right signature is right: one bit, one octet less or more, another message. */
static inline void assert_nothing_else_valid(struct sg_crypto *crypto, const struct vector *vector,
                                             const struct sg_public_key *key)
{
    struct signet_span right = vector->signature, message = sg_span_text(MESSAGE);
    size_t places[] = {0, right.len / 3, right.len / 2, right.len - 1};
    for (size_t i = 0; i < SG_NUM(places); i++) {
        uint8_t *octets = sg_test_keep(malloc(right.len));
        memcpy(octets, right.ptr, right.len);
        octets[places[i]] ^= 1;
        assert_answer(crypto, vector, key, message, sg_span(octets, right.len),
                      SG_SIGNATURE_INVALID, "one bit flipped");
    }
    assert_answer(crypto, vector, key, message, sg_span_first(right, right.len - 1),
                  SG_SIGNATURE_INVALID, "cut short");
    assert_answer(crypto, vector, key, message, repeat(right, 0, 1), SG_SIGNATURE_INVALID,
                  "an octet more");
    assert_answer(crypto, vector, key, sg_span_text("Sample"), right, SG_SIGNATURE_INVALID,
                  "another message");
}

static inline void check_vector(struct sg_crypto *crypto, const struct vector *vector)
{
    struct sg_public_key *key;
    enum sg_key_check check = make_key(crypto, vector, &key);
    if (check != vector->key)
        fail_msg("%s: key %d, wanted %d", vector->what, check, vector->key);
    assert_int_equal(key != NULL, check == SG_KEY_OK);
    if (key != NULL && vector->algorithm.ptr != NULL) {
        assert_answer(crypto, vector, key, sg_span_text(MESSAGE), vector->signature, vector->answer,
                      "as it is");
        if (vector->answer == SG_SIGNATURE_VALID)
            assert_nothing_else_valid(crypto, vector, key);
    }
    sg_public_key_free(key);
}

#define check_vectors(table) sg_check_vectors((table), SG_NUM(table))
static inline void sg_check_vectors(const struct vector *vectors, size_t num)
{
    struct sg_crypto *crypto = new_crypto();
    for (size_t i = 0; i < num; i++)
        check_vector(crypto, &vectors[i]);
    sg_crypto_free(crypto);
}

#endif
