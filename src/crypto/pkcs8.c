/* SPDX-License-Identifier: Apache-2.0 */
#include "crypto/pkcs8.h"

#include "asn1/der_writer.h"
#include "base/span.h"
#include "crypto/context.h"
#include "crypto/key.h"
#include "crypto/rsa_pair.h"
#include "crypto/software_key.h"

#include <limits.h>
#include <openssl/x509.h>

/* EncryptedPrivateKeyInfo ::= SEQUENCE { encryptionAlgorithm AlgorithmIdentifier, encryptedData
 * OCTET STRING } */
static bool parse_encrypted(struct signet_span der, struct sg_algorithm *algorithm,
                            struct signet_span *encrypted)
{
    struct signet_parse_error error = {0, NULL, NULL};
    struct sg_der whole = sg_der_begin(der, &error), fields;
    return sg_der_enter(&whole, SG_TAG_SEQUENCE, &fields, "EncryptedPrivateKeyInfo SEQUENCE") &&
           sg_algorithm_parse(&fields, algorithm, "encryptionAlgorithm") &&
           sg_der_value(&fields, SG_TAG_OCTET_STRING, encrypted, "encryptedData OCTET STRING") &&
           sg_der_end(&fields) && sg_der_end(&whole);
}

/* By its beginning, so that one that is cut off is known as such. */
bool sg_pkcs8_is_encrypted(struct signet_span der)
{
    struct signet_parse_error error = {0, NULL, NULL};
    struct sg_der cursor = sg_der_begin(der, &error);
    struct signet_span oid;
    /* Past the identifier and length octets of three SEQUENCEs that need not be whole. */
    for (int depth = 0; depth < 2; depth++) {
        size_t room = (size_t)(cursor.end - cursor.ptr);
        if (room < 2 || cursor.ptr[0] != SG_TAG_SEQUENCE)
            return false;
        size_t num_octets = cursor.ptr[1] >= 0x80 ? cursor.ptr[1] & 0x7f : 0u;
        if (num_octets > 8 || room < 2 + num_octets)
            return false;
        cursor.ptr += 2 + num_octets;
    }
    return sg_der_oid(&cursor, &oid, "algorithm OBJECT IDENTIFIER");
}

/* SEQUENCE { version INTEGER, … } as all of them begin. ALGORITHM has no OID for the older ones. */
static bool parse_beginning(struct signet_span der, struct sg_algorithm *algorithm)
{
    struct signet_parse_error error = {0, NULL, NULL};
    struct sg_der whole = sg_der_begin(der, &error), fields;
    uint32_t version;
    *algorithm = (struct sg_algorithm){.oid = SG_OID_UNKNOWN};
    return sg_der_enter(&whole, SG_TAG_SEQUENCE, &fields, "PrivateKeyInfo SEQUENCE") &&
           sg_der_end(&whole) && sg_der_uint32(&fields, &version, "version INTEGER") &&
           !sg_der_done(&fields) &&
           (!sg_der_next_is(&fields, SG_TAG_SEQUENCE) ||
            sg_algorithm_parse(&fields, algorithm, "privateKeyAlgorithm"));
}

static bool is_known(const struct sg_algorithm *algorithm)
{
    static const enum sg_oid known[] = {
        SG_OID_RSA_ENCRYPTION,   SG_OID_RSASSA_PSS, SG_OID_DSA,
        SG_OID_EC_PUBLIC_KEY,    SG_OID_ED25519,    SG_OID_ED448,
        SG_OID_X25519,           SG_OID_X448,       SG_OID_DH_PKCS3,
        SG_OID_DH_PUBLIC_NUMBER,
    };
    if (algorithm->full.ptr == NULL)
        return true;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (known[i] == algorithm->oid)
            return true;
    }
    return false;
}

static enum signet_status fail_by(struct sg_opening *opening, enum sg_key_answer answer)
{
    if (answer == SG_KEY_NEEDS_MEMORY)
        return SIGNET_ERR_MEMORY;
    return sg_opening_fail(opening,
                           answer == SG_KEY_CANNOT ? SIGNET_KEY_UNSUPPORTED : SIGNET_KEY_DAMAGED);
}

/* What it costs to try out whether PAIR's halves fit, in iterations: grows with the third power of
 * the bits, and a file may hold many large keys. */
static uint32_t trial_work(EVP_PKEY *pair)
{
    int bits = EVP_PKEY_get_bits(pair);
    uint32_t unit = bits > 0 && bits <= SG_KEY_MAX_BITS ? (uint32_t)bits / 1024 + 1 : 1;
    return unit * unit * unit * 600;
}

static enum sg_key_answer read_pair(struct sg_key_library *library, struct signet_span der,
                                    EVP_PKEY **pair)
{
    const unsigned char *octets = der.ptr;
    enum sg_key_answer answer = sg_rsa_pair_read(library, der, pair);
    if (answer != SG_KEY_CANNOT)
        return answer;
    *pair = d2i_AutoPrivateKey_ex(NULL, &octets, (long)der.len, library->context, NULL);
    return *pair != NULL ? SG_KEY_DONE : sg_software_key_failure();
}

static enum signet_status make_key(struct sg_opening *opening, struct signet_span der,
                                   struct signet_key **key)
{
    EVP_PKEY *pair;
    enum sg_key_answer read = read_pair(opening->library, der, &pair);
    if (read != SG_KEY_DONE)
        return fail_by(opening, read);
    enum signet_status status = sg_opening_work(opening, trial_work(pair));
    if (status != SIGNET_OK) {
        EVP_PKEY_free(pair);
        return status;
    }
    enum sg_key_answer answer = sg_software_key_new(opening->library, pair, key);
    return answer == SG_KEY_DONE ? SIGNET_OK : fail_by(opening, answer);
}

/*
 * OneAsymmetricKey (RFC 5958) may end with publicKey [1], which libcrypto does not know everywhere
 * and which the private half says again. BEGINNING: algorithm and key, if it is such a one.
 */
static bool has_public_key(struct signet_span der, struct signet_span *beginning)
{
    struct signet_parse_error error = {0, NULL, NULL};
    struct sg_der whole = sg_der_begin(der, &error), fields;
    struct sg_algorithm algorithm;
    struct signet_span key, attributes;
    uint32_t version;
    if (!sg_der_enter(&whole, SG_TAG_SEQUENCE, &fields, "OneAsymmetricKey SEQUENCE") ||
        !sg_der_uint32(&fields, &version, "version INTEGER") || version != 1)
        return false;
    const uint8_t *start = fields.ptr;
    if (!sg_algorithm_parse(&fields, &algorithm, "privateKeyAlgorithm") ||
        !sg_der_value(&fields, SG_TAG_OCTET_STRING, &key, "privateKey OCTET STRING"))
        return false;
    *beginning = sg_span(start, (size_t)(fields.ptr - start));
    return sg_der_optional(&fields, SG_TAG_CONTEXT_CONS(0), &attributes) &&
           sg_der_next_is(&fields, SG_TAG_CONTEXT(1));
}

/* The same key as a PrivateKeyInfo of version 0 (RFC 5208). */
static enum signet_status make_key_without(struct sg_opening *opening, struct signet_span beginning,
                                           struct signet_key **key)
{
    static const uint8_t version[] = {SG_TAG_INTEGER, 1, 0};
    uint8_t header[SG_DER_HEADER_MAX_LEN];
    size_t header_len = sg_der_header(SG_TAG_SEQUENCE, sizeof version + beginning.len, header);
    struct sg_secret plain;
    if (!sg_secret_new(header_len + sizeof version + beginning.len, &plain))
        return SIGNET_ERR_MEMORY;
    memcpy(plain.ptr, header, header_len);
    memcpy(plain.ptr + header_len, version, sizeof version);
    memcpy(plain.ptr + header_len + sizeof version, beginning.ptr, beginning.len);
    enum signet_status status = make_key(opening, sg_secret_span(&plain), key);
    sg_secret_free(&plain);
    return status;
}

enum signet_status sg_pkcs8_read(struct sg_opening *opening, struct signet_span der,
                                 struct signet_key **key)
{
    struct sg_algorithm algorithm;
    struct signet_span beginning;
    *key = NULL;
    if (der.len > SIGNET_KEY_MAX_LEN)
        return sg_opening_fail(opening, SIGNET_KEY_TOO_COSTLY);
    if (!parse_beginning(der, &algorithm))
        return sg_opening_fail(opening, SIGNET_KEY_DAMAGED);
    if (!is_known(&algorithm))
        return sg_opening_fail(opening, SIGNET_KEY_UNSUPPORTED);
    return has_public_key(der, &beginning) ? make_key_without(opening, beginning, key)
                                           : make_key(opening, der, key);
}

enum signet_status sg_pkcs8_read_decrypted(struct sg_opening *opening, struct signet_span der,
                                           struct signet_key **key)
{
    struct sg_algorithm algorithm;
    *key = NULL;
    if (!parse_beginning(der, &algorithm))
        return sg_opening_fail(opening, SIGNET_KEY_PASSPHRASE_WRONG);
    return sg_pkcs8_read(opening, der, key);
}

enum signet_status sg_pkcs8_read_encrypted(struct sg_opening *opening, struct signet_span der,
                                           struct signet_key **key)
{
    struct sg_algorithm algorithm;
    struct signet_span encrypted;
    struct sg_secret plain;
    *key = NULL;
    if (!parse_encrypted(der, &algorithm, &encrypted))
        return sg_opening_fail(opening, SIGNET_KEY_DAMAGED);
    if (!opening->has_passphrase)
        return sg_opening_fail(opening, SIGNET_KEY_PASSPHRASE_NEEDED);
    enum signet_status status = sg_pbe_decrypt(opening, &algorithm, encrypted, &plain);
    if (status == SIGNET_OK)
        status = sg_pkcs8_read_decrypted(opening, sg_secret_span(&plain), key);
    sg_secret_free(&plain);
    return status;
}

static enum signet_status hand_out(const struct signet_key *key, struct sg_secret *pkcs8,
                                   enum signet_key_trouble *trouble)
{
    *pkcs8 = (struct sg_secret){.ptr = NULL};
    enum sg_key_answer answer = SG_KEY_CANNOT;
    if (key->methods->hand_out != NULL)
        answer = key->methods->hand_out(key->state, pkcs8);
    if (answer == SG_KEY_CANNOT || answer == SG_KEY_DENIED) {
        *trouble = SIGNET_KEY_NOT_EXPORTABLE;
        return SIGNET_ERR_ARGUMENT;
    }
    if (answer == SG_KEY_NEEDS_MEMORY)
        return SIGNET_ERR_MEMORY;
    return answer == SG_KEY_DONE ? SIGNET_OK : SIGNET_ERR_CRYPTO;
}

enum signet_status sg_pkcs8_write_encrypted(const struct signet_key *key,
                                            struct sg_key_library *library,
                                            const struct sg_pbe_form *form,
                                            struct signet_span passphrase, struct sg_buffer *der,
                                            enum signet_key_trouble *trouble)
{
    struct sg_secret pkcs8;
    struct sg_buffer encrypted;
    sg_buffer_init(&encrypted, SIGNET_KEY_MAX_LEN);
    *trouble = SIGNET_KEY_FINE;
    size_t whole = sg_der_open(der, SG_TAG_SEQUENCE);
    enum signet_status status = hand_out(key, &pkcs8, trouble);
    if (status == SIGNET_OK)
        status = sg_pbe_encrypt(library, form, passphrase, sg_secret_span(&pkcs8), der, &encrypted);
    sg_der_put(der, SG_TAG_OCTET_STRING, sg_buffer_span(&encrypted));
    sg_der_close(der, whole);
    sg_secret_free(&pkcs8);
    sg_buffer_free(&encrypted);
    return status != SIGNET_OK ? status : der->status;
}
