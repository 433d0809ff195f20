/* SPDX-License-Identifier: Apache-2.0 */
#include "crypto/key_transport.h"

#include "asn1/der_writer.h"
#include "base/span.h"
#include "crypto/context.h"
#include "crypto/hash.h"
#include "crypto/pss_parameters.h"
#include "crypto/rsa_padding.h"
#include "crypto/secret.h"

/* PSourceAlgorithm: id-pSpecified with an OCTET STRING. */
static bool read_label(struct sg_der *der, struct signet_span *label)
{
    struct sg_algorithm source;
    if (!sg_algorithm_parse(der, &source, "pSourceAlgorithm") || source.oid != SG_OID_P_SPECIFIED ||
        source.parameters.ptr == NULL)
        return false;
    struct sg_der parameters = sg_der_within(der, source.parameters);
    return sg_der_value(&parameters, SG_TAG_OCTET_STRING, label, "label") &&
           sg_der_end(&parameters);
}

static bool enter_field(struct sg_der *der, unsigned tag, struct sg_der *field)
{
    return sg_der_next_is(der, SG_TAG_CONTEXT_CONS(tag)) &&
           sg_der_enter(der, SG_TAG_CONTEXT_CONS(tag), field, "a field of RSAES-OAEP-params");
}

/* RSAES-OAEP-params ::= SEQUENCE { hashFunc [0] DEFAULT sha1, maskGenFunc [1] DEFAULT mgf1SHA1,
 *     pSourceFunc [2] DEFAULT empty } */
static bool read_oaep(struct signet_span parameters, struct sg_key_transport *out)
{
    struct signet_parse_error error = {0, NULL, NULL};
    struct sg_der der = sg_der_begin(parameters, &error), fields, field;
    if (parameters.ptr == NULL)
        return true; /* RFC 4055 4.1 asks for them; absent can only mean the defaults */
    if (!sg_der_enter(&der, SG_TAG_SEQUENCE, &fields, "RSAES-OAEP-params SEQUENCE") ||
        !sg_der_end(&der))
        return false;
    if (enter_field(&fields, 0, &field) &&
        !(sg_rsa_hash_parse(&field, &out->digest) && sg_der_end(&field)))
        return false;
    if (enter_field(&fields, 1, &field) &&
        !(sg_rsa_mask_parse(&field, &out->mgf_digest) && sg_der_end(&field)))
        return false;
    if (enter_field(&fields, 2, &field) && !(read_label(&field, &out->label) && sg_der_end(&field)))
        return false;
    return sg_der_end(&fields) && out->digest != SG_DIGEST_NONE &&
           out->mgf_digest != SG_DIGEST_NONE;
}

bool sg_key_transport_read(const struct sg_algorithm *algorithm, struct sg_key_transport *transport)
{
    *transport = (struct sg_key_transport){.oaep = algorithm->oid == SG_OID_RSAES_OAEP,
                                           .digest = SG_DIGEST_SHA1,
                                           .mgf_digest = SG_DIGEST_SHA1};
    return transport->oaep ? read_oaep(algorithm->parameters, transport)
                           : algorithm->oid == SG_OID_RSA_ENCRYPTION;
}

static void put_digest(struct sg_buffer *der, unsigned tag, enum sg_digest_type digest, bool mask)
{
    if (digest == SG_DIGEST_SHA1)
        return; /* the default */
    size_t field = sg_der_open(der, SG_TAG_CONTEXT_CONS(tag)), generator = 0;
    if (mask) {
        generator = sg_der_open(der, SG_TAG_SEQUENCE);
        sg_der_put_oid(der, SG_OID_MGF1);
    }
    sg_der_put_algorithm_null(der, sg_digest_oid(digest)); /* RFC 4055 2.1 */
    if (mask)
        sg_der_close(der, generator);
    sg_der_close(der, field);
}

void sg_key_transport_put(struct sg_buffer *der, const struct sg_key_transport *transport)
{
    if (!transport->oaep) {
        sg_der_put_algorithm_null(der, SG_OID_RSA_ENCRYPTION);
        return;
    }
    size_t whole = sg_der_open(der, SG_TAG_SEQUENCE);
    sg_der_put_oid(der, SG_OID_RSAES_OAEP);
    size_t fields = sg_der_open(der, SG_TAG_SEQUENCE);
    put_digest(der, 0, transport->digest, false);
    put_digest(der, 1, transport->mgf_digest, true);
    sg_der_close(der, fields);
    sg_der_close(der, whole);
}

struct encrypting {
    struct sg_crypto *crypto;
    struct sg_public_key key;
};

static bool begin(struct encrypting *encrypting, struct sg_crypto *crypto,
                  const struct sg_spki *peer, enum sg_key_answer *answer)
{
    const struct sg_key_source source = {peer, peer->algorithm.parameters, SG_KEY_MAX_BITS};
    *encrypting = (struct encrypting){.crypto = crypto, .key = {.type = peer->type}};
    enum sg_key_check check = sg_rsa_key_init(crypto, &source, &encrypting->key);
    *answer = check == SG_KEY_NO_MEMORY ? SG_KEY_NEEDS_MEMORY : SG_KEY_CANNOT;
    return check == SG_KEY_OK;
}

static enum sg_key_answer pad(struct encrypting *encrypting, struct sg_key_library *library,
                              const struct sg_key_transport *transport, struct signet_span key,
                              uint8_t block[SG_RSA_MAX_OCTETS])
{
    size_t len = encrypting->key.as.rsa.len;
    return transport->oaep
               ? sg_rsa_pad_oaep(library, encrypting->crypto, transport, key, len, block)
               : sg_rsa_pad_pkcs1(library, encrypting->crypto, key, len, block);
}

static enum sg_key_answer encrypt(struct encrypting *encrypting, struct sg_key_library *library,
                                  const struct sg_key_transport *transport, struct signet_span key,
                                  struct sg_buffer *encrypted)
{
    uint8_t block[SG_RSA_MAX_OCTETS], out[SG_RSA_MAX_OCTETS];
    const struct sg_rsa_key *rsa = &encrypting->key.as.rsa;
    enum sg_key_answer answer = pad(encrypting, library, transport, key, block);
    if (answer == SG_KEY_DONE && sg_rsa_recover(encrypting->crypto, rsa, sg_span(block, rsa->len),
                                                out) != SG_SIGNATURE_VALID)
        answer = SG_KEY_NEEDS_MEMORY;
    sg_wipe(block, rsa->len);
    if (answer == SG_KEY_DONE)
        sg_buffer_add(encrypted, sg_span(out, rsa->len));
    return answer;
}

/* By our own arithmetic: to read a key takes the crypto library three times as long as to use it.
 */
enum sg_key_answer sg_key_transport_encrypt(struct sg_key_library *library,
                                            struct sg_crypto *crypto, const struct sg_spki *peer,
                                            const struct sg_key_transport *transport,
                                            struct signet_span key, struct sg_buffer *encrypted)
{
    struct encrypting encrypting;
    enum sg_key_answer answer = SG_KEY_CANNOT;
    if (peer->type != SG_KEY_RSA || transport->label.len > 0)
        return SG_KEY_CANNOT;
    if (begin(&encrypting, crypto, peer, &answer))
        answer = encrypt(&encrypting, library, transport, key, encrypted);
    sg_rsa_key_clear(&encrypting.key);
    if (answer == SG_KEY_NEEDS_MEMORY)
        (void)sg_crypto_drain();
    return answer;
}
