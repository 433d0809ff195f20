/* SPDX-License-Identifier: Apache-2.0 */
#include "crypto/cipher.h"

#include "asn1/der_writer.h"
#include "base/span.h"

#include <string.h>

/* RFC 8551 2.7; RFC 3851 2.7 for what old mail has. A kind with a row of the same OID before it is
 * told apart by its effective key bits. */
static const struct sg_cipher_kind kinds[] = {
    {SG_OID_AES256_GCM, "AES-256-GCM", "AES-256-GCM", 0, 32, 12, 1, true, false, false},
    {SG_OID_AES192_GCM, "AES-192-GCM", "AES-192-GCM", 0, 24, 12, 1, true, false, false},
    {SG_OID_AES128_GCM, "AES-128-GCM", "AES-128-GCM", 0, 16, 12, 1, true, false, false},
    {SG_OID_CHACHA20_POLY1305, "ChaCha20-Poly1305", "ChaCha20-Poly1305", 0, 32, 12, 1, true, false,
     false},
    {SG_OID_AES256_CBC, "AES-256-CBC", "AES-256-CBC", 0, 32, 16, 16, false, false, false},
    {SG_OID_AES192_CBC, "AES-192-CBC", "AES-192-CBC", 0, 24, 16, 16, false, false, false},
    {SG_OID_AES128_CBC, "AES-128-CBC", "AES-128-CBC", 0, 16, 16, 16, false, false, false},
    {SG_OID_DES_EDE3_CBC, "Triple DES", "DES-EDE3-CBC", 0, 24, 8, 8, false, true, false},
    {SG_OID_DES_CBC, "DES", "DES-CBC", 0, 8, 8, 8, false, true, true},
    {SG_OID_RC2_CBC, "RC2 with 40 bits", "RC2-40-CBC", 40, 5, 8, 8, false, true, true},
    {SG_OID_RC2_CBC, "RC2 with 64 bits", "RC2-64-CBC", 64, 8, 8, 8, false, true, true},
    {SG_OID_RC2_CBC, "RC2 with 128 bits", "RC2-CBC", 128, 16, 8, 8, false, true, true},
};

static const struct sg_cipher_kind *find(enum sg_oid oid, unsigned rc2_bits)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (oid != SG_OID_UNKNOWN && kinds[i].oid == oid && kinds[i].rc2_bits == rc2_bits)
            return &kinds[i];
    }
    return NULL;
}

const struct sg_cipher_kind *sg_cipher_kind_find(enum sg_oid oid)
{
    const struct sg_cipher_kind *kind = find(oid, 0);
    return kind != NULL && !kind->legacy ? kind : NULL;
}

/* rc2ParameterVersion (RFC 3370 5.2): a code for small numbers of bits. */
static unsigned rc2_bits_of(uint32_t version)
{
    static const struct {
        uint32_t version;
        unsigned bits;
    } rows[] = {{160, 40}, {120, 64}, {58, 128}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (rows[i].version == version)
            return rows[i].bits;
    }
    return 0;
}

/* RC2-CBC parameters ::= SEQUENCE { rc2ParameterVersion INTEGER, iv OCTET STRING } */
static bool read_rc2(struct sg_der *der, struct sg_cipher *cipher, struct signet_span *iv)
{
    struct sg_der fields;
    uint32_t version;
    if (!sg_der_enter(der, SG_TAG_SEQUENCE, &fields, "RC2 parameters") ||
        !sg_der_uint32(&fields, &version, "rc2ParameterVersion") ||
        !sg_der_value(&fields, SG_TAG_OCTET_STRING, iv, "iv OCTET STRING") || !sg_der_end(&fields))
        return false;
    cipher->kind = find(SG_OID_RC2_CBC, rc2_bits_of(version));
    return cipher->kind != NULL && rc2_bits_of(version) != 0;
}

/* GCMParameters ::= SEQUENCE { aes-nonce OCTET STRING, aes-ICVlen INTEGER DEFAULT 12 } (RFC
 * 5084 3.2). Other nonces than those of 12 octets nobody writes. */
static bool read_gcm(struct sg_der *der, struct sg_cipher *cipher, struct signet_span *iv)
{
    struct sg_der fields;
    uint32_t tag_len = 12;
    if (!sg_der_enter(der, SG_TAG_SEQUENCE, &fields, "GCMParameters") ||
        !sg_der_value(&fields, SG_TAG_OCTET_STRING, iv, "aes-nonce OCTET STRING") ||
        (!sg_der_done(&fields) && !sg_der_uint32(&fields, &tag_len, "aes-ICVlen INTEGER")) ||
        !sg_der_end(&fields) || tag_len < 12 || tag_len > SG_CIPHER_MAX_TAG_LEN)
        return false;
    cipher->tag_len = tag_len;
    return true;
}

static bool is_gcm(const struct sg_cipher_kind *kind)
{
    return kind->authenticated && kind->oid != SG_OID_CHACHA20_POLY1305;
}

static bool read_parameters(struct sg_der *der, struct sg_cipher *cipher, struct signet_span *iv)
{
    if (cipher->kind == NULL)
        return read_rc2(der, cipher, iv);
    if (is_gcm(cipher->kind))
        return read_gcm(der, cipher, iv);
    cipher->tag_len = cipher->kind->authenticated ? SG_CIPHER_MAX_TAG_LEN : 0;
    return sg_der_value(der, SG_TAG_OCTET_STRING, iv, "iv OCTET STRING");
}

bool sg_cipher_read(const struct sg_algorithm *algorithm, struct sg_cipher *cipher)
{
    struct signet_parse_error error = {0, NULL, NULL};
    struct sg_der der = sg_der_begin(algorithm->parameters, &error);
    struct signet_span iv;
    *cipher = (struct sg_cipher){.kind = find(algorithm->oid, 0)};
    if (algorithm->parameters.ptr == NULL ||
        (cipher->kind == NULL && algorithm->oid != SG_OID_RC2_CBC) ||
        !read_parameters(&der, cipher, &iv) || !sg_der_end(&der) || iv.len != cipher->kind->iv_len)
        return false;
    memcpy(cipher->iv, iv.ptr, iv.len);
    return true;
}

bool sg_cipher_choose(struct sg_key_library *library, const struct sg_cipher_kind *kind,
                      struct sg_cipher *cipher)
{
    *cipher = (struct sg_cipher){.kind = kind,
                                 .tag_len = kind->authenticated ? SG_CIPHER_MAX_TAG_LEN : 0};
    return sg_key_library_random(library, cipher->iv, kind->iv_len);
}

void sg_cipher_put(struct sg_buffer *der, const struct sg_cipher *cipher)
{
    struct signet_span iv = sg_span(cipher->iv, cipher->kind->iv_len);
    size_t whole = sg_der_open(der, SG_TAG_SEQUENCE);
    sg_der_put_oid(der, cipher->kind->oid);
    if (is_gcm(cipher->kind)) {
        size_t fields = sg_der_open(der, SG_TAG_SEQUENCE);
        sg_der_put(der, SG_TAG_OCTET_STRING, iv);
        if (cipher->tag_len != 12) /* the default */
            sg_der_put_uint32(der, (uint32_t)cipher->tag_len);
        sg_der_close(der, fields);
    } else {
        sg_der_put(der, SG_TAG_OCTET_STRING, iv);
    }
    sg_der_close(der, whole);
}

size_t sg_cipher_len(const struct sg_cipher_kind *kind, size_t len)
{
    if (kind->block_len == 1)
        return len;
    return len > SIZE_MAX - kind->block_len ? SIZE_MAX
                                            : len + kind->block_len - len % kind->block_len;
}
