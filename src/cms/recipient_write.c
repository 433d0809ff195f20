/* SPDX-License-Identifier: Apache-2.0 */
#include "cms/recipient_write.h"

#include "asn1/der_writer.h"
#include "base/span.h"
#include "cms/key_agreement.h"
#include "crypto/ephemeral.h"
#include "crypto/key_wrap.h"

bool sg_recipient_can(const struct sg_spki *spki)
{
    static const bool can[SG_NUM_KEY_TYPES] = {[SG_KEY_RSA] = true,
                                               [SG_KEY_EC] = true,
                                               [SG_KEY_DH] = true,
                                               [SG_KEY_X25519] = true,
                                               [SG_KEY_X448] = true};
    return can[spki->type];
}

static bool by_key_id(const struct sg_new_recipient *recipient)
{
    return recipient->by_key_id && recipient->certificate->ski.ptr != NULL;
}

static void put_issuer_and_serial(struct sg_buffer *der,
                                  const struct signet_certificate *certificate)
{
    size_t whole = sg_der_open(der, SG_TAG_SEQUENCE);
    sg_buffer_add(der, certificate->issuer.der);
    sg_der_put(der, SG_TAG_INTEGER, certificate->serial);
    sg_der_close(der, whole);
}

/* What is the same for all recipients. */
struct putting {
    struct sg_key_library *library;
    struct sg_crypto *crypto;
    struct signet_span key;
};

static enum sg_key_answer put_transported(const struct putting *putting,
                                          const struct sg_new_recipient *recipient,
                                          struct sg_buffer *der, uint32_t *version)
{
    struct sg_buffer encrypted;
    *version = by_key_id(recipient) ? 2 : 0;
    size_t whole = sg_der_open(der, SG_TAG_SEQUENCE);
    sg_der_put_uint32(der, *version);
    if (by_key_id(recipient))
        sg_der_put(der, SG_TAG_CONTEXT(0), recipient->certificate->ski);
    else
        put_issuer_and_serial(der, recipient->certificate);
    sg_key_transport_put(der, &recipient->transport);
    sg_buffer_init(&encrypted, 1 << 16);
    enum sg_key_answer answer =
        sg_key_transport_encrypt(putting->library, putting->crypto, &recipient->certificate->spki,
                                 &recipient->transport, putting->key, &encrypted);
    sg_der_put(der, SG_TAG_OCTET_STRING, sg_buffer_span(&encrypted));
    sg_der_close(der, whole);
    if (answer == SG_KEY_DONE && encrypted.status != SIGNET_OK)
        answer = SG_KEY_NEEDS_MEMORY;
    sg_buffer_free(&encrypted);
    return answer;
}

/* What one agreement comes to. */
struct agreed {
    struct sg_buffer originator; /* the ephemeral key's bits */
    struct sg_buffer wrapped;
};

/* KEY wrapped under what an ephemeral key and the recipient's agree on. */
static enum sg_key_answer wrap(const struct putting *putting, const struct sg_spki *peer,
                               const struct sg_agreement *agreement, struct agreed *agreed)
{
    struct sg_secret shared, kek;
    enum sg_key_answer answer =
        sg_ephemeral_agree(putting->library, putting->crypto, peer, &agreed->originator, &shared);
    if (answer != SG_KEY_DONE)
        return answer;
    answer = sg_agreement_derive(putting->library, agreement, sg_secret_span(&shared),
                                 sg_span(NULL, 0), &kek);
    sg_secret_free(&shared);
    if (answer != SG_KEY_DONE)
        return answer;
    answer = sg_key_wrap(putting->library, agreement->wrap.oid, sg_secret_span(&kek), putting->key,
                         &agreed->wrapped);
    sg_secret_free(&kek);
    if (answer == SG_KEY_DONE &&
        (agreed->originator.status != SIGNET_OK || agreed->wrapped.status != SIGNET_OK))
        return SG_KEY_NEEDS_MEMORY;
    return answer;
}

/* What an originator's key is named, whatever the recipient's is: a key of id-ecDH is answered by
 * one of id-ecPublicKey (RFC 5753 3.1.1). */
static enum sg_oid originator_algorithm(const struct sg_spki *peer)
{
    if (peer->type == SG_KEY_DH)
        return SG_OID_DH_PUBLIC_NUMBER;
    return peer->type == SG_KEY_EC ? SG_OID_EC_PUBLIC_KEY : peer->algorithm.oid;
}

/* originator [0] EXPLICIT, originatorKey [1]: the group is the recipient's, so that its parameters
 * are absent (RFC 3370 4.1.1, RFC 5753 3.1.1, RFC 8418 3.1). */
static void put_originator(struct sg_buffer *der, const struct sg_spki *peer,
                           struct signet_span key_bits)
{
    size_t originator = sg_der_open(der, SG_TAG_CONTEXT_CONS(0));
    size_t key = sg_der_open(der, SG_TAG_CONTEXT_CONS(1));
    sg_der_put_algorithm(der, originator_algorithm(peer));
    sg_der_put_bit_string(der, key_bits);
    sg_der_close(der, key);
    sg_der_close(der, originator);
}

/* recipientEncryptedKeys with one. */
static void put_encrypted_key(struct sg_buffer *der, const struct sg_new_recipient *recipient,
                              struct signet_span wrapped)
{
    size_t list = sg_der_open(der, SG_TAG_SEQUENCE), one = sg_der_open(der, SG_TAG_SEQUENCE);
    if (by_key_id(recipient)) {
        size_t id = sg_der_open(der, SG_TAG_CONTEXT_CONS(0));
        sg_der_put(der, SG_TAG_OCTET_STRING, recipient->certificate->ski);
        sg_der_close(der, id);
    } else {
        put_issuer_and_serial(der, recipient->certificate);
    }
    sg_der_put(der, SG_TAG_OCTET_STRING, wrapped);
    sg_der_close(der, one);
    sg_der_close(der, list);
}

static void put_agreed(struct sg_buffer *der, const struct sg_new_recipient *recipient,
                       const struct agreed *agreed, struct signet_span algorithm)
{
    size_t whole = sg_der_open(der, SG_TAG_CONTEXT_CONS(1));
    sg_der_put_uint32(der, 3);
    put_originator(der, &recipient->certificate->spki, sg_buffer_span(&agreed->originator));
    sg_buffer_add(der, algorithm);
    put_encrypted_key(der, recipient, sg_buffer_span(&agreed->wrapped));
    sg_der_close(der, whole);
}

/* ALGORITHM is written anew, and read again as the recipient will, so that both derive alike. */
static enum sg_key_answer agree(const struct putting *putting,
                                const struct sg_new_recipient *recipient,
                                struct signet_span algorithm, struct sg_buffer *der)
{
    struct signet_parse_error error = {0, NULL, NULL};
    struct sg_der cursor = sg_der_begin(algorithm, &error);
    struct sg_algorithm scheme;
    struct sg_agreement agreement;
    struct agreed agreed;
    if (!sg_algorithm_parse(&cursor, &scheme, "keyEncryptionAlgorithm") ||
        !sg_agreement_read(&scheme, &agreement))
        return SG_KEY_CANNOT;
    sg_buffer_init(&agreed.originator, SIGNET_KEY_MAX_LEN);
    sg_buffer_init(&agreed.wrapped, 1024);
    enum sg_key_answer answer = wrap(putting, &recipient->certificate->spki, &agreement, &agreed);
    if (answer == SG_KEY_DONE)
        put_agreed(der, recipient, &agreed, algorithm);
    sg_buffer_free(&agreed.originator);
    sg_buffer_free(&agreed.wrapped);
    return answer;
}

enum sg_key_answer sg_recipient_put(struct sg_key_library *library, struct sg_crypto *crypto,
                                    const struct sg_new_recipient *recipient,
                                    const struct sg_cipher_kind *kind, struct signet_span key,
                                    struct sg_buffer *der, uint32_t *version)
{
    const struct putting putting = {library, crypto, key};
    const struct sg_spki *spki = &recipient->certificate->spki;
    struct sg_buffer algorithm;
    if (spki->type == SG_KEY_RSA)
        return put_transported(&putting, recipient, der, version);
    *version = 3;
    sg_buffer_init(&algorithm, 256);
    enum sg_key_answer answer = SG_KEY_CANNOT;
    if (sg_agreement_put(&algorithm, spki, key.len, kind->oid == SG_OID_DES_EDE3_CBC))
        answer = algorithm.status == SIGNET_OK
                     ? agree(&putting, recipient, sg_buffer_span(&algorithm), der)
                     : SG_KEY_NEEDS_MEMORY;
    sg_buffer_free(&algorithm);
    return answer;
}
