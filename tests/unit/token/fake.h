/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Objects for the fake module, from the roots that samples.py makes.
 */
#ifndef SG_TESTS_UNIT_TOKEN_FAKE_H
#define SG_TESTS_UNIT_TOKEN_FAKE_H

#include "fake_module.h"
#include "test.h"

#include "crypto/digest.h"
#include "crypto/private_key.h"
#include "crypto/rsa.h"
#include "token/trust.h"
#include "x509/certificate.h"

#include <dlfcn.h>

struct sg_token_sample {
    const char *name;
    const unsigned char *octets;
    size_t len;
};
static const struct sg_token_sample token_samples[] = {
#include "token_samples.inc"
};
enum token_sample { MAIL_ROOT, WEB_ROOT, BAD_ROOT };

static const CK_ULONG trusted = CKT_NSS_TRUSTED_DELEGATOR, neutral = CKT_NSS_MUST_VERIFY_TRUST,
                      not_trusted = CKT_NSS_NOT_TRUSTED, trusted_peer = CKT_NSS_TRUSTED;

/* The module in this process, its answers reset: one slot without an object. */
static inline struct fake_module *fake_reset(void)
{
    static struct fake_module *fake;
    void *library = fake == NULL ? dlopen(FAKE_MODULE, RTLD_NOW) : NULL;
    if (library != NULL)
        fake = dlsym(library, "fake_module");
    if (fake == NULL)
        fail_msg("no fake module: %s", dlerror());
    *fake = (struct fake_module){.num_slots = 1};
    return fake;
}

/* All that was begun was ended. */
static inline void assert_fake_closed(const struct fake_module *fake)
{
    assert_int_equal(fake->num_initialized, fake->num_finalized);
    assert_int_equal(fake->num_opened, fake->num_closed);
}

static inline struct signet_span token_octets(enum token_sample sample)
{
    return sg_span(token_samples[sample].octets, token_samples[sample].len);
}

static inline struct signet_certificate *token_certificate(enum token_sample sample)
{
    struct signet_certificate *certificate = NULL;
    assert_int_equal(signet_certificate_parse(token_octets(sample), &certificate, NULL), SIGNET_OK);
    return certificate;
}

/* A certificate as libnssckbi has it; LABEL with its NUL. */
static inline struct fake_object fake_certificate(enum token_sample sample, const char *label)
{
    return (struct fake_object){
        CKO_CERTIFICATE,
        {{CKA_VALUE, token_samples[sample].octets, token_samples[sample].len, 0, CKR_OK},
         {CKA_LABEL, label, strlen(label) + 1, 0, CKR_OK}}};
}

static inline void fake_set(struct fake_object *object, CK_ATTRIBUTE_TYPE type, const void *value,
                            size_t len)
{
    struct fake_attribute *free_one = NULL;
    for (size_t i = FAKE_MAX_ATTRIBUTES; i-- > 0;) {
        struct fake_attribute *one = &object->attributes[i];
        if (one->type == type || (one->value == NULL && one->claimed == 0 && one->status == CKR_OK))
            free_one = one;
        if (one->type == type && one->value != NULL)
            break;
    }
    assert_non_null(free_one);
    *free_one = (struct fake_attribute){type, value, len, 0, CKR_OK};
}

/* What is said of a certificate, with its SHA-1. */
static inline struct fake_object fake_trust(enum token_sample sample, const CK_ULONG *email)
{
    struct signet_certificate *certificate = token_certificate(sample);
    uint8_t *sha1 = sg_test_keep(malloc(20)), *serial = sg_test_keep(malloc(64));
    assert_true(sg_sha1(token_octets(sample), sha1));
    serial[0] = 0x02, serial[1] = (uint8_t)certificate->serial.len;
    assert_true(certificate->serial.len < 62);
    memcpy(serial + 2, certificate->serial.ptr, certificate->serial.len);
    struct signet_span issuer =
        sg_test_copy(certificate->issuer.der.ptr, certificate->issuer.der.len);
    struct fake_object object = {
        CKO_NSS_TRUST,
        {{CKA_TRUST_EMAIL_PROTECTION, email, sizeof(*email), 0, CKR_OK},
         {CKA_ISSUER, issuer.ptr, issuer.len, 0, CKR_OK},
         {CKA_SERIAL_NUMBER, serial, certificate->serial.len + 2, 0, CKR_OK},
         {CKA_CERT_SHA1_HASH, sha1, 20, 0, CKR_OK}}};
    signet_certificate_unref(certificate);
    return object;
}

/* --- keys */

static const CK_KEY_TYPE fake_rsa = CKK_RSA, fake_ec = CKK_EC;

/* The private key and the public key with identifier ID that a token has of KEY. */
static inline void fake_key_pair(const struct signet_key *key, const char *id,
                                 struct fake_object pair[2])
{
    const struct sg_spki *spki = &key->spki;
    bool rsa = spki->type == SG_KEY_RSA;
    pair[0] = (struct fake_object){.class_ = CKO_PRIVATE_KEY};
    pair[1] = (struct fake_object){.class_ = CKO_PUBLIC_KEY};
    for (size_t i = 0; i < 2; i++) {
        fake_set(&pair[i], CKA_KEY_TYPE, rsa ? &fake_rsa : &fake_ec, sizeof(fake_rsa));
        fake_set(&pair[i], CKA_ID, id, strlen(id));
    }
    if (!rsa) {
        size_t len = spki->key_bits.len;
        uint8_t *point = sg_test_keep(malloc(len + 2));
        assert_true(len < 128);
        point[0] = 0x04, point[1] = (uint8_t)len;
        memcpy(point + 2, spki->key_bits.ptr, len);
        struct signet_span curve =
            sg_test_copy(spki->algorithm.parameters.ptr, spki->algorithm.parameters.len);
        fake_set(&pair[1], CKA_EC_PARAMS, curve.ptr, curve.len);
        fake_set(&pair[1], CKA_EC_POINT, point, len + 2);
        return;
    }
    struct signet_span modulus, exponent,
        bits = sg_test_copy(spki->key_bits.ptr, spki->key_bits.len);
    assert_true(sg_rsa_parse(bits, &modulus, &exponent));
    fake_set(&pair[0], CKA_MODULUS, modulus.ptr, modulus.len);
    fake_set(&pair[0], CKA_PUBLIC_EXPONENT, exponent.ptr, exponent.len);
}

static inline void fake_hold(struct fake_module *fake, const struct fake_object *objects,
                             size_t num)
{
    fake->objects = objects;
    fake->num_objects = num;
}

#endif
