/* SPDX-License-Identifier: Apache-2.0 */
#include "cms/enveloped_data_open.h"

#include "asn1/der_writer.h"
#include "base/span.h"
#include "cms/key_agreement.h"
#include "crypto/key_transport.h"
#include "crypto/key_wrap.h"

/* A message is for one of our keys, or for a few; each costs a private operation and a decryption.
 */
#define MAX_ATTEMPTS 8

struct opening {
    struct sg_crypto *crypto;
    struct sg_key_library *library; /* the first key's that is tried; NULL until then */
    const struct sg_enveloped_data *data;
    const struct sg_opening_keys *keys;
    struct sg_opened *opened;
    enum sg_open_result result; /* the best so far that is not DONE */
    unsigned attempts;
    bool no_memory;
};

/* What is told when several recipient informations name our keys: the furthest that it got. */
static void note(struct opening *opening, enum sg_open_result result)
{
    static const unsigned ranks[] = {
        [SG_OPEN_NOT_FOR_US] = 0, [SG_OPEN_KEY_UNSUPPORTED] = 1,     [SG_OPEN_NO_ORIGINATOR] = 2,
        [SG_OPEN_KEY_DENIED] = 3, [SG_OPEN_CONTENT_UNSUPPORTED] = 4, [SG_OPEN_NO_CONTENT] = 5,
        [SG_OPEN_FAILED] = 6};
    if (ranks[result] > ranks[opening->result])
        opening->result = result;
}

static bool answered(struct opening *opening, enum sg_key_answer answer)
{
    if (answer == SG_KEY_NEEDS_MEMORY)
        opening->no_memory = true;
    else if (answer == SG_KEY_DENIED)
        note(opening, SG_OPEN_KEY_DENIED);
    else if (answer == SG_KEY_FAILED)
        note(opening, SG_OPEN_FAILED);
    else if (answer == SG_KEY_CANNOT)
        note(opening, SG_OPEN_KEY_UNSUPPORTED);
    return answer == SG_KEY_DONE;
}

static bool transported_key(struct opening *opening, const struct sg_recipient *recipient,
                            struct signet_span encrypted, const struct signet_key *key,
                            struct sg_secret *cek)
{
    struct sg_key_transport transport;
    if (!sg_key_transport_read(&recipient->key_encryption, &transport)) {
        note(opening, SG_OPEN_KEY_UNSUPPORTED);
        return false;
    }
    opening->opened->by_pkcs1 = !transport.oaep;
    return answered(opening, sg_key_decrypt(key, &transport, encrypted,
                                            opening->opened->cipher.kind->key_len, cek));
}

/* The algorithm of a sender's key fits one of ours: the group itself is ours, as its parameters are
 * absent, or were once NULL, or must be the same. */
static bool same_group(const struct sg_algorithm *theirs, const struct sg_spki *own)
{
    bool same_kind = theirs->oid == own->algorithm.oid ||
                     (own->type == SG_KEY_DH &&
                      (theirs->oid == SG_OID_DH_PUBLIC_NUMBER || theirs->oid == SG_OID_DH_PKCS3)) ||
                     (own->type == SG_KEY_EC && theirs->oid == SG_OID_EC_DH);
    return same_kind &&
           (theirs->parameters.ptr == NULL || sg_algorithm_parameters_null(theirs) ||
            own->type == SG_KEY_DH || sg_span_equal(theirs->parameters, own->algorithm.parameters));
}

/* The sender's ephemeral key as a SubjectPublicKeyInfo in DER. */
static bool make_peer(const struct sg_recipient *recipient, const struct sg_spki *own,
                      struct sg_buffer *der, struct sg_spki *peer)
{
    struct signet_parse_error error = {0, NULL, NULL};
    if (!same_group(&recipient->originator_key, own))
        return false;
    size_t whole = sg_der_open(der, SG_TAG_SEQUENCE);
    sg_buffer_add(der, own->algorithm.full);
    sg_der_put_bit_string(der, recipient->originator_bits);
    sg_der_close(der, whole);
    struct sg_der cursor = sg_der_begin(sg_buffer_span(der), &error);
    return der->status == SIGNET_OK && sg_spki_parse(&cursor, peer);
}

static bool unwrap_agreed(struct opening *opening, const struct sg_recipient *recipient,
                          struct signet_span encrypted, const struct signet_key *key,
                          const struct sg_spki *peer, struct sg_secret *cek)
{
    struct sg_agreement agreement;
    struct sg_secret shared, kek;
    if (!sg_agreement_read(&recipient->key_encryption, &agreement)) {
        note(opening, SG_OPEN_KEY_UNSUPPORTED);
        return false;
    }
    if (!answered(opening, sg_key_agree(key, peer, &shared)))
        return false;
    enum sg_key_answer answer = sg_agreement_derive(opening->library, &agreement,
                                                    sg_secret_span(&shared), recipient->ukm, &kek);
    sg_secret_free(&shared);
    if (!answered(opening, answer))
        return false;
    answer = sg_key_unwrap(opening->library, agreement.wrap.oid, sg_secret_span(&kek), encrypted,
                           opening->opened->cipher.kind->key_len, cek);
    sg_secret_free(&kek);
    return answered(opening, answer);
}

/* A static key of the sender's is only as good as its certificate (A-4.2-3). */
static bool agreed_with_certificate(struct opening *opening, const struct sg_recipient *recipient,
                                    struct signet_span encrypted, const struct signet_key *key,
                                    struct sg_secret *cek)
{
    const struct sg_opening_keys *keys = opening->keys;
    const struct signet_certificate *certificate =
        keys->originator == NULL ? NULL : keys->originator(keys->context, &recipient->originator);
    if (certificate == NULL) {
        note(opening, SG_OPEN_NO_ORIGINATOR);
        return false;
    }
    return unwrap_agreed(opening, recipient, encrypted, key, &certificate->spki, cek);
}

static bool agreed_key(struct opening *opening, const struct sg_recipient *recipient,
                       struct signet_span encrypted, const struct signet_key *key,
                       struct sg_secret *cek)
{
    struct sg_buffer der;
    struct sg_spki peer;
    if (recipient->originator_form == SG_ORIGINATOR_CERTIFICATE)
        return agreed_with_certificate(opening, recipient, encrypted, key, cek);
    sg_buffer_init(&der, 1 << 17);
    bool made = recipient->originator_form == SG_ORIGINATOR_KEY &&
                make_peer(recipient, &key->spki, &der, &peer);
    if (!made)
        (void)answered(opening,
                       der.status == SIGNET_ERR_MEMORY ? SG_KEY_NEEDS_MEMORY : SG_KEY_CANNOT);
    bool agreed = made && unwrap_agreed(opening, recipient, encrypted, key, &peer, cek);
    sg_buffer_free(&der);
    return agreed;
}

/* Decrypts the content under CEK. True: it is open. */
static bool decrypt(struct opening *opening, const struct sg_secret *cek)
{
    const struct sg_enveloped_data *data = opening->data;
    bool intact;
    enum sg_key_answer answer = sg_cipher_decrypt(
        opening->library, &opening->opened->cipher, sg_secret_span(cek), data->authenticated_set,
        &data->content, data->mac, &opening->opened->plain, &intact);
    if (answer == SG_KEY_CANNOT) { /* no legacy provider on this system */
        note(opening, SG_OPEN_CONTENT_UNSUPPORTED);
        return false;
    }
    if (!answered(opening, answer))
        return false;
    if (!intact)
        note(opening, SG_OPEN_FAILED);
    return intact;
}

static const struct signet_key *unlocked(const struct sg_opening_keys *keys,
                                         const struct sg_opener_key *key)
{
    if (key->key != NULL || keys->unlock == NULL)
        return key->key;
    return keys->unlock(keys->context, (size_t)(key - keys->keys));
}

static bool take_library(struct opening *opening, const struct signet_key *key)
{
    if (opening->library == NULL)
        opening->library = sg_key_library_for(key);
    opening->no_memory |= opening->library == NULL;
    return opening->library != NULL;
}

static bool attempt(struct opening *opening, const struct sg_recipient *recipient,
                    struct signet_span encrypted, const struct sg_opener_key *key)
{
    struct sg_secret cek = {.ptr = NULL};
    if (opening->opened->key == NULL)
        opening->opened->key = key;
    if (opening->opened->cipher.kind == NULL) {
        note(opening, SG_OPEN_CONTENT_UNSUPPORTED);
        return false;
    }
    if (!opening->data->has_content) {
        note(opening, SG_OPEN_NO_CONTENT);
        return false;
    }
    if (opening->attempts++ >= MAX_ATTEMPTS)
        return false;
    opening->opened->key = key;
    const struct signet_key *secret = unlocked(opening->keys, key);
    if (secret == NULL) {
        note(opening, SG_OPEN_KEY_DENIED);
        return false;
    }
    if (!take_library(opening, secret))
        return false;
    bool got = recipient->kind == SG_RECIPIENT_KEY_TRANSPORT
                   ? transported_key(opening, recipient, encrypted, secret, &cek)
                   : agreed_key(opening, recipient, encrypted, secret, &cek);
    bool open = got && decrypt(opening, &cek);
    sg_secret_free(&cek);
    return open;
}

/* A key without a certificate is known by what its certificate's key identifier most likely was
 * (RFC 5280 4.2.1.2 (1)). */
static bool names(struct opening *opening, const struct sg_certificate_reference *reference,
                  const struct sg_opener_key *key)
{
    uint8_t id[20];
    if (key->certificate != NULL)
        return sg_reference_matches(opening->crypto, reference, key->certificate);
    return reference->by_key_id && key->key != NULL && sg_sha1(key->key->spki.key_bits, id) &&
           sg_span_equal(reference->key_id, sg_span(id, sizeof id));
}

static bool open_for(struct opening *opening, const struct sg_recipient *recipient)
{
    if (recipient->malformed || (recipient->kind != SG_RECIPIENT_KEY_TRANSPORT &&
                                 recipient->kind != SG_RECIPIENT_KEY_AGREEMENT))
        return false;
    for (size_t i = 0; i < recipient->num_certificates && i < recipient->num_encrypted_keys; i++) {
        for (size_t k = 0; k < opening->keys->num_keys; k++) {
            const struct sg_opener_key *key = &opening->keys->keys[k];
            if (names(opening, &recipient->certificates[i], key) &&
                attempt(opening, recipient, recipient->encrypted_keys[i], key))
                return true;
            if (opening->no_memory)
                return false;
        }
    }
    return false;
}

/* RFC 5083 2.1: the one kind of object has an authenticated cipher, the other has none. */
static void read_cipher(const struct sg_enveloped_data *data, struct sg_cipher *cipher)
{
    if (!sg_cipher_read(&data->content_encryption, cipher) ||
        cipher->kind->authenticated != data->authenticated)
        cipher->kind = NULL;
}

enum signet_status sg_enveloped_data_open(struct sg_crypto *crypto,
                                          const struct sg_enveloped_data *data,
                                          const struct sg_opening_keys *keys,
                                          struct sg_opened *opened, enum sg_open_result *result)
{
    struct opening opening = {.crypto = crypto, .data = data, .keys = keys, .opened = opened};
    *opened = (struct sg_opened){.key = NULL};
    *result = SG_OPEN_NOT_FOR_US;
    opening.result = SG_OPEN_NOT_FOR_US;
    read_cipher(data, &opened->cipher);
    bool open = false;
    for (size_t i = 0; i < data->num_recipients && !open && !opening.no_memory; i++)
        open = open_for(&opening, &data->recipients[i]);
    sg_key_library_unref(opening.library);
    *result = open ? SG_OPEN_DONE : opening.result;
    return opening.no_memory && !open ? SIGNET_ERR_MEMORY : SIGNET_OK;
}
