/* SPDX-License-Identifier: Apache-2.0 */
#include "crypto/pbe.h"

#include "asn1/der_writer.h"
#include "base/span.h"
#include "crypto/context.h"

#include <limits.h>
#include <openssl/err.h>
#include <openssl/pkcs12.h>

enum {
    SALT_LEN = 16,
    OLD_SALT_LEN = 8,
    VECTOR_LEN = 16,
    SCRYPT_N = 1 << 14,
    SCRYPT_R = 8,
    SCRYPT_P = 1
};

/* 128 N r octets are the memory that scrypt takes; beyond 32 MiB libcrypto does not go. */
#define SCRYPT_MAX_N_R ((uint64_t)32 * 1024 * 1024 / 128)

struct sg_opening sg_opening_begin(struct sg_key_library *library, struct signet_span passphrase)
{
    return (struct sg_opening){library, passphrase, passphrase.ptr != NULL,
                               SIGNET_KEY_MAX_ITERATIONS, SIGNET_KEY_FINE};
}

enum signet_status sg_opening_fail(struct sg_opening *opening, enum signet_key_trouble trouble)
{
    opening->trouble = trouble;
    return trouble == SIGNET_KEY_TOO_COSTLY ? SIGNET_ERR_LIMIT : SIGNET_ERR_PARSE;
}

enum signet_status sg_opening_work(struct sg_opening *opening, uint32_t iterations)
{
    if (iterations > opening->work)
        return sg_opening_fail(opening, SIGNET_KEY_TOO_COSTLY);
    opening->work -= iterations;
    return SIGNET_OK;
}

/* A number that a cost is made of. One that has more than 32 bits costs too much, whatever it is.
 */
static bool read_count(struct sg_der *der, uint32_t *out)
{
    struct signet_span content;
    struct sg_der again = *der;
    if (!sg_der_integer(&again, &content, "a number") || content.ptr[0] >= 0x80)
        return false;
    if (content.len > 4 && !(content.len == 5 && content.ptr[0] == 0)) {
        *out = UINT32_MAX;
        *der = again;
        return true;
    }
    return sg_der_uint32(der, out, "a number");
}

/* PBKDF2-params ::= SEQUENCE { salt CHOICE { specified OCTET STRING, … }, iterationCount INTEGER,
 *     keyLength INTEGER OPTIONAL, prf AlgorithmIdentifier DEFAULT } */
static enum signet_key_trouble read_pbkdf2(struct sg_der *fields, uint32_t *work)
{
    static const enum sg_oid functions[] = {SG_OID_HMAC_SHA1, SG_OID_HMAC_SHA224,
                                            SG_OID_HMAC_SHA256, SG_OID_HMAC_SHA384,
                                            SG_OID_HMAC_SHA512};
    struct signet_span salt;
    struct sg_algorithm function = {.oid = SG_OID_HMAC_SHA1};
    uint32_t key_len;
    if (!sg_der_value(fields, SG_TAG_OCTET_STRING, &salt, "salt OCTET STRING") ||
        !read_count(fields, work) ||
        (sg_der_next_is(fields, SG_TAG_INTEGER) && !read_count(fields, &key_len)) ||
        (!sg_der_done(fields) && !sg_algorithm_parse(fields, &function, "prf")) ||
        !sg_der_end(fields))
        return SIGNET_KEY_DAMAGED;
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
        if (functions[i] == function.oid)
            return SIGNET_KEY_FINE;
    }
    return SIGNET_KEY_UNSUPPORTED;
}

/* scrypt-params ::= SEQUENCE { salt OCTET STRING, costParameter INTEGER, blockSize INTEGER,
 *     parallelizationParameter INTEGER, keyLength INTEGER OPTIONAL } */
static enum signet_key_trouble read_scrypt(struct sg_der *fields, uint32_t *work)
{
    struct signet_span salt;
    uint32_t n, r, p, key_len;
    if (!sg_der_value(fields, SG_TAG_OCTET_STRING, &salt, "salt OCTET STRING") ||
        !read_count(fields, &n) || !read_count(fields, &r) || !read_count(fields, &p) ||
        (!sg_der_done(fields) && !read_count(fields, &key_len)) || !sg_der_end(fields))
        return SIGNET_KEY_DAMAGED;
    /* libcrypto takes some more memory than 128 N r octets, for p of them. */
    if ((uint64_t)n * r >= SCRYPT_MAX_N_R || p > 64 || (uint64_t)n * r * p > UINT32_MAX)
        return SIGNET_KEY_TOO_COSTLY;
    *work = n * r * p;
    return SIGNET_KEY_FINE;
}

static enum signet_key_trouble read_derivation(const struct sg_algorithm *algorithm, uint32_t *work)
{
    struct signet_parse_error error = {0, NULL, NULL};
    struct sg_der der = sg_der_begin(algorithm->parameters, &error), fields;
    if (algorithm->oid != SG_OID_PBKDF2 && algorithm->oid != SG_OID_SCRYPT)
        return SIGNET_KEY_UNSUPPORTED;
    if (!sg_der_enter(&der, SG_TAG_SEQUENCE, &fields, "parameters SEQUENCE") || !sg_der_end(&der))
        return SIGNET_KEY_DAMAGED;
    return algorithm->oid == SG_OID_PBKDF2 ? read_pbkdf2(&fields, work)
                                           : read_scrypt(&fields, work);
}

/* PBES2-params ::= SEQUENCE { keyDerivationFunc AlgorithmIdentifier, encryptionScheme
 * AlgorithmIdentifier } */
static enum signet_key_trouble read_pbes2(struct sg_der *fields, uint32_t *work, bool *legacy)
{
    static const struct {
        enum sg_oid oid;
        bool legacy;
    } ciphers[] = {
        {SG_OID_AES128_CBC, false},   {SG_OID_AES192_CBC, false}, {SG_OID_AES256_CBC, false},
        {SG_OID_DES_EDE3_CBC, false}, {SG_OID_DES_CBC, true},     {SG_OID_RC2_CBC, true},
    };
    struct sg_algorithm derivation, cipher;
    if (!sg_algorithm_parse(fields, &derivation, "keyDerivationFunc") ||
        !sg_algorithm_parse(fields, &cipher, "encryptionScheme") || !sg_der_end(fields))
        return SIGNET_KEY_DAMAGED;
    for (size_t i = 0; i < sizeof ciphers / sizeof *ciphers; i++) {
        if (ciphers[i].oid == cipher.oid) {
            *legacy = ciphers[i].legacy;
            return read_derivation(&derivation, work);
        }
    }
    return SIGNET_KEY_UNSUPPORTED;
}

/* PBEParameter, pkcs-12PbeParams ::= SEQUENCE { salt OCTET STRING, iterations INTEGER } */
static enum signet_key_trouble read_old(struct sg_der *fields, uint32_t *work)
{
    struct signet_span salt;
    bool read = sg_der_value(fields, SG_TAG_OCTET_STRING, &salt, "salt OCTET STRING") &&
                read_count(fields, work) && sg_der_end(fields);
    return read ? SIGNET_KEY_FINE : SIGNET_KEY_DAMAGED;
}

/* What ALGORITHM costs and needs. */
static enum signet_key_trouble examine(const struct sg_algorithm *algorithm, uint32_t *work,
                                       bool *legacy)
{
    static const struct {
        enum sg_oid oid;
        bool legacy;
    } old[] = {
        {SG_OID_P12_3DES, false},    {SG_OID_P12_2DES, false},   {SG_OID_P12_RC2_40, true},
        {SG_OID_P12_RC2_128, true},  {SG_OID_P12_RC4_40, true},  {SG_OID_P12_RC4_128, true},
        {SG_OID_PBE_MD5_DES, true},  {SG_OID_PBE_MD5_RC2, true}, {SG_OID_PBE_SHA1_DES, true},
        {SG_OID_PBE_SHA1_RC2, true},
    };
    struct signet_parse_error error = {0, NULL, NULL};
    struct sg_der der = sg_der_begin(algorithm->parameters, &error), fields;
    size_t row = 0, num_rows = sizeof old / sizeof *old;
    while (row < num_rows && old[row].oid != algorithm->oid)
        row++;
    if (row == num_rows && algorithm->oid != SG_OID_PBES2)
        return SIGNET_KEY_UNSUPPORTED;
    if (!sg_der_enter(&der, SG_TAG_SEQUENCE, &fields, "parameters SEQUENCE") || !sg_der_end(&der))
        return SIGNET_KEY_DAMAGED;
    if (row == num_rows)
        return read_pbes2(&fields, work, legacy);
    *legacy = old[row].legacy;
    return read_old(&fields, work);
}

static enum signet_status prepare(struct sg_opening *opening, const struct sg_algorithm *algorithm)
{
    uint32_t work = 0;
    bool legacy = false;
    enum signet_key_trouble trouble = examine(algorithm, &work, &legacy);
    if (trouble != SIGNET_KEY_FINE)
        return sg_opening_fail(opening, trouble);
    enum signet_status status = sg_opening_work(opening, work);
    if (status != SIGNET_OK)
        return status;
    if (legacy && !sg_key_library_load_legacy(opening->library))
        return sg_opening_fail(opening, SIGNET_KEY_UNSUPPORTED);
    return SIGNET_OK;
}

/* Empties the error queue. What failed was the end of decrypting, not its beginning: the padding.
 */
static bool padding_was_wrong(bool *no_memory)
{
    bool wrong = false;
    *no_memory = false;
    for (unsigned long error; (error = ERR_get_error()) != 0;) {
        wrong = wrong || (ERR_GET_LIB(error) == ERR_LIB_PKCS12 &&
                          ERR_GET_REASON(error) == PKCS12_R_PKCS12_CIPHERFINAL_ERROR);
        *no_memory = *no_memory || ERR_GET_REASON(error) == ERR_R_MALLOC_FAILURE;
    }
    return wrong;
}

/* IN to or from what it is under the AlgorithmIdentifier ALGORITHM. NULL: the queue has errors. */
static unsigned char *crypt(struct sg_key_library *library, struct signet_span algorithm,
                            struct signet_span passphrase, struct signet_span in, bool encrypting,
                            int *out_len)
{
    const unsigned char *der = algorithm.ptr;
    unsigned char *out = NULL;
    X509_ALGOR *how = d2i_X509_ALGOR(NULL, &der, (long)algorithm.len);
    if (how != NULL)
        (void)PKCS12_pbe_crypt_ex(how, (const char *)passphrase.ptr, (int)passphrase.len, in.ptr,
                                  (int)in.len, &out, out_len, encrypting ? 1 : 0, library->context,
                                  NULL);
    X509_ALGOR_free(how);
    return out;
}

static bool is_too_long(struct signet_span algorithm, struct signet_span passphrase,
                        struct signet_span octets)
{
    const size_t max = INT_MAX - 1024;
    return algorithm.len > max || passphrase.len > max || octets.len > max;
}

enum signet_status sg_pbe_decrypt(struct sg_opening *opening, const struct sg_algorithm *algorithm,
                                  struct signet_span encrypted, struct sg_secret *plain)
{
    *plain = (struct sg_secret){.ptr = NULL};
    if (is_too_long(algorithm->full, opening->passphrase, encrypted))
        return sg_opening_fail(opening, SIGNET_KEY_TOO_COSTLY);
    enum signet_status status = prepare(opening, algorithm);
    if (status != SIGNET_OK)
        return status;
    int len = 0;
    unsigned char *out =
        crypt(opening->library, algorithm->full, opening->passphrase, encrypted, false, &len);
    if (out == NULL) {
        bool no_memory, wrong = padding_was_wrong(&no_memory);
        if (no_memory)
            return SIGNET_ERR_MEMORY;
        return sg_opening_fail(opening,
                               wrong ? SIGNET_KEY_PASSPHRASE_WRONG : SIGNET_KEY_UNSUPPORTED);
    }
    bool copied = sg_secret_copy(sg_span(out, (size_t)len), plain);
    OPENSSL_clear_free(out, (size_t)len);
    return copied ? SIGNET_OK : SIGNET_ERR_MEMORY;
}

static void put_derivation(struct sg_buffer *der, const struct sg_pbe_form *form,
                           struct signet_span salt)
{
    bool scrypt = form->scheme == SG_PBE_SCRYPT;
    size_t algorithm = sg_der_open(der, SG_TAG_SEQUENCE);
    sg_der_put_oid(der, scrypt ? SG_OID_SCRYPT : SG_OID_PBKDF2);
    size_t parameters = sg_der_open(der, SG_TAG_SEQUENCE);
    sg_der_put(der, SG_TAG_OCTET_STRING, salt);
    if (scrypt) {
        sg_der_put_uint32(der, SCRYPT_N);
        sg_der_put_uint32(der, SCRYPT_R);
        sg_der_put_uint32(der, SCRYPT_P);
    } else {
        sg_der_put_uint32(der, form->iterations);
        sg_der_put_algorithm_null(der, SG_OID_HMAC_SHA256);
    }
    sg_der_close(der, parameters);
    sg_der_close(der, algorithm);
}

static void put_pbes2(struct sg_buffer *der, const struct sg_pbe_form *form,
                      const uint8_t random[SALT_LEN + VECTOR_LEN])
{
    sg_der_put_oid(der, SG_OID_PBES2);
    size_t parameters = sg_der_open(der, SG_TAG_SEQUENCE);
    put_derivation(der, form, sg_span(random, SALT_LEN));
    size_t cipher = sg_der_open(der, SG_TAG_SEQUENCE);
    sg_der_put_oid(der, SG_OID_AES256_CBC);
    sg_der_put(der, SG_TAG_OCTET_STRING, sg_span(random + SALT_LEN, VECTOR_LEN));
    sg_der_close(der, cipher);
    sg_der_close(der, parameters);
}

/* Key and vector are both derived; the salt is of 8 octets, which some readers insist on. */
static void put_old(struct sg_buffer *der, const struct sg_pbe_form *form,
                    const uint8_t random[SALT_LEN + VECTOR_LEN])
{
    sg_der_put_oid(der, SG_OID_P12_3DES);
    size_t parameters = sg_der_open(der, SG_TAG_SEQUENCE);
    sg_der_put(der, SG_TAG_OCTET_STRING, sg_span(random, OLD_SALT_LEN));
    sg_der_put_uint32(der, form->iterations);
    sg_der_close(der, parameters);
}

static void put_algorithm(struct sg_buffer *der, const struct sg_pbe_form *form,
                          const uint8_t random[SALT_LEN + VECTOR_LEN])
{
    size_t whole = sg_der_open(der, SG_TAG_SEQUENCE);
    if (form->scheme == SG_PBE_OLD)
        put_old(der, form, random);
    else
        put_pbes2(der, form, random);
    sg_der_close(der, whole);
}

enum signet_status sg_pbe_encrypt(struct sg_key_library *library, const struct sg_pbe_form *form,
                                  struct signet_span passphrase, struct signet_span plain,
                                  struct sg_buffer *algorithm, struct sg_buffer *encrypted)
{
    uint8_t random[SALT_LEN + VECTOR_LEN];
    size_t begin = algorithm->len;
    if (is_too_long(sg_buffer_span(algorithm), passphrase, plain))
        return SIGNET_ERR_LIMIT;
    if (!sg_key_library_random(library, random, sizeof random))
        return SIGNET_ERR_CRYPTO;
    put_algorithm(algorithm, form, random);
    if (algorithm->status != SIGNET_OK)
        return algorithm->status;
    int len = 0;
    unsigned char *out = crypt(library, sg_span_from(sg_buffer_span(algorithm), begin), passphrase,
                               plain, true, &len);
    if (out == NULL)
        return sg_crypto_drain() ? SIGNET_ERR_MEMORY : SIGNET_ERR_CRYPTO;
    sg_buffer_add(encrypted, sg_span(out, (size_t)len));
    OPENSSL_free(out);
    return encrypted->status;
}
