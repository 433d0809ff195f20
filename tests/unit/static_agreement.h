/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Mail that was encrypted by agreement with a static key of the sender's (RFC 3370 4.1.2): made
 * here, as nothing sends it any more.
 */
#ifndef SG_TESTS_UNIT_STATIC_AGREEMENT_H
#define SG_TESTS_UNIT_STATIC_AGREEMENT_H

#include "asn1/der_writer.h"
#include "cms/key_agreement.h"
#include "crypto/cipher.h"
#include "crypto/key_wrap.h"
#include "test.h"
#include "x509/certificate.h"

static inline bool static_agreement_keep(void *context, struct signet_span bytes)
{
    struct sg_buffer *kept = context;
    sg_buffer_add(kept, bytes);
    return kept->status == SIGNET_OK;
}

/* EnvelopedData of TEXT with a RecipientInfo by which SENDER, whose static key is KEY, has agreed
 * with RECEIVER. */
static inline struct signet_span static_agreement(const struct signet_certificate *sender,
                                                  const struct signet_key *key,
                                                  const struct signet_certificate *receiver,
                                                  enum sg_oid scheme, struct signet_span ukm,
                                                  const char *text)
{
    static const uint8_t cek[] = "thirty-two octets of a secret key";
    struct sg_key_library *library = sg_key_library_new();
    struct signet_parse_error error = {0};
    struct sg_algorithm algorithm;
    struct sg_agreement agreement;
    struct sg_secret shared, kek;
    struct sg_cipher cipher;
    struct sg_encryption *encryption;
    struct sg_buffer key_algorithm, wrapped, content, der;
    uint8_t tag[16];
    sg_buffer_init(&key_algorithm, 256);
    sg_buffer_init(&wrapped, 256);
    sg_buffer_init(&content, 4096);
    sg_buffer_init(&der, 65536);
    struct signet_sink sink = {static_agreement_keep, &content};

    size_t open = sg_der_open(&key_algorithm, SG_TAG_SEQUENCE);
    sg_der_put_oid(&key_algorithm, scheme);
    sg_der_put_algorithm(&key_algorithm, SG_OID_AES256_WRAP);
    sg_der_close(&key_algorithm, open);
    struct sg_der cursor = sg_der_begin(sg_buffer_span(&key_algorithm), &error);
    assert_true(sg_algorithm_parse(&cursor, &algorithm, "algorithm"));
    assert_true(sg_agreement_read(&algorithm, &agreement));
    assert_int_equal(sg_key_agree(key, &receiver->spki, &shared), SG_KEY_DONE);
    assert_int_equal(sg_agreement_derive(library, &agreement, sg_secret_span(&shared), ukm, &kek),
                     SG_KEY_DONE);
    assert_int_equal(
        sg_key_wrap(library, SG_OID_AES256_WRAP, sg_secret_span(&kek), sg_span(cek, 32), &wrapped),
        SG_KEY_DONE);
    assert_true(sg_cipher_choose(library, sg_cipher_kind_find(SG_OID_AES256_CBC), &cipher));
    assert_int_equal(
        sg_encryption_new(library, &cipher, sg_span(cek, 32), sg_span(NULL, 0), &encryption),
        SG_KEY_DONE);
    assert_int_equal(sg_encryption_add(encryption, text_bytes(text), &sink), SIGNET_OK);
    assert_int_equal(sg_encryption_finish(encryption, &sink, tag), SIGNET_OK);

    size_t whole = sg_der_open(&der, SG_TAG_SEQUENCE);
    sg_der_put_oid(&der, SG_OID_CT_ENVELOPED_DATA);
    size_t explicit = sg_der_open(&der, SG_TAG_CONTEXT_CONS(0));
    size_t body = sg_der_open(&der, SG_TAG_SEQUENCE);
    sg_der_put_uint32(&der, 2);
    size_t set = sg_der_open(&der, SG_TAG_SET);
    size_t recipient = sg_der_open(&der, SG_TAG_CONTEXT_CONS(1));
    sg_der_put_uint32(&der, 3);
    size_t originator = sg_der_open(&der, SG_TAG_CONTEXT_CONS(0));
    sg_der_put(&der, SG_TAG_CONTEXT(0), sender->ski);
    sg_der_close(&der, originator);
    if (ukm.ptr != NULL) {
        size_t field = sg_der_open(&der, SG_TAG_CONTEXT_CONS(1));
        sg_der_put(&der, SG_TAG_OCTET_STRING, ukm);
        sg_der_close(&der, field);
    }
    sg_buffer_add(&der, sg_buffer_span(&key_algorithm));
    size_t keys = sg_der_open(&der, SG_TAG_SEQUENCE), one = sg_der_open(&der, SG_TAG_SEQUENCE);
    size_t id = sg_der_open(&der, SG_TAG_CONTEXT_CONS(0));
    sg_der_put(&der, SG_TAG_OCTET_STRING, receiver->ski);
    sg_der_close(&der, id);
    sg_der_put(&der, SG_TAG_OCTET_STRING, sg_buffer_span(&wrapped));
    sg_der_close(&der, one);
    sg_der_close(&der, keys);
    sg_der_close(&der, recipient);
    sg_der_close(&der, set);
    size_t info = sg_der_open(&der, SG_TAG_SEQUENCE);
    sg_der_put_oid(&der, SG_OID_CT_DATA);
    sg_cipher_put(&der, &cipher);
    sg_der_put(&der, SG_TAG_CONTEXT(0), sg_buffer_span(&content));
    sg_der_close(&der, info);
    sg_der_close(&der, body);
    sg_der_close(&der, explicit);
    sg_der_close(&der, whole);
    assert_int_equal(der.status, SIGNET_OK);
    struct signet_span copy = sg_test_copy(der.ptr, der.len);
    sg_encryption_free(encryption);
    sg_secret_free(&shared);
    sg_secret_free(&kek);
    sg_buffer_free(&key_algorithm);
    sg_buffer_free(&wrapped);
    sg_buffer_free(&content);
    sg_buffer_free(&der);
    sg_key_library_unref(library);
    return copy;
}

#endif
