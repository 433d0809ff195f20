/* SPDX-License-Identifier: Apache-2.0 */
#include "asn1/der_writer.h"
#include "base/span.h"
#include "base/text.h"
#include "crypto/pkcs12.h"
#include "crypto/pkcs8.h"

enum { KEY_ITERATIONS = 600000, OTHER_ITERATIONS = 100000, SALT_LEN = 16 };

/* How all is protected. */
struct protection {
    struct sg_pbe_form keys, others;
    enum sg_digest_type mac;
};

static const struct protection usual = {
    {SG_PBE_PBKDF2, KEY_ITERATIONS}, {SG_PBE_PBKDF2, OTHER_ITERATIONS}, SG_DIGEST_SHA256};
static const struct protection for_old_readers = {
    {SG_PBE_OLD, OTHER_ITERATIONS}, {SG_PBE_OLD, OTHER_ITERATIONS}, SG_DIGEST_SHA1};

/* UTF-8 to BMPString, UTF-16 where it has to be. False: it is no UTF-8. */
static bool put_bmp_string(struct sg_buffer *der, const char *name)
{
    struct signet_span rest = sg_span_text(name);
    size_t opened = sg_der_open(der, SG_TAG_BMP_STRING);
    while (rest.len > 0) {
        uint32_t point;
        size_t len = sg_utf8_decode(rest, &point);
        if (len == 0)
            return false;
        uint32_t high = point;
        if (point >= 0x10000) {
            high = 0xd800 | ((point - 0x10000) >> 10);
            point = 0xdc00 | ((point - 0x10000) & 0x3ff);
            sg_buffer_add_byte(der, (uint8_t)(high >> 8));
            sg_buffer_add_byte(der, (uint8_t)high);
        }
        sg_buffer_add_byte(der, (uint8_t)(point >> 8));
        sg_buffer_add_byte(der, (uint8_t)point);
        rest = sg_span_from(rest, len);
    }
    sg_der_close(der, opened);
    return true;
}

static bool put_attributes(struct sg_buffer *der, const struct sg_bag *bag)
{
    if (bag->name == NULL && bag->id.ptr == NULL)
        return true;
    size_t set = sg_der_open(der, SG_TAG_SET);
    if (bag->name != NULL) {
        size_t attribute = sg_der_open(der, SG_TAG_SEQUENCE);
        sg_der_put_oid(der, SG_OID_FRIENDLY_NAME);
        size_t values = sg_der_open(der, SG_TAG_SET);
        if (!put_bmp_string(der, bag->name))
            return false;
        sg_der_close(der, values);
        sg_der_close(der, attribute);
    }
    if (bag->id.ptr != NULL) {
        size_t attribute = sg_der_open(der, SG_TAG_SEQUENCE);
        sg_der_put_oid(der, SG_OID_LOCAL_KEY_ID);
        size_t values = sg_der_open(der, SG_TAG_SET);
        sg_der_put(der, SG_TAG_OCTET_STRING, bag->id);
        sg_der_close(der, values);
        sg_der_close(der, attribute);
    }
    sg_der_close_set_of(der, set);
    return true;
}

/* A certificate or CRL. */
static void put_object(struct sg_buffer *der, const struct sg_bag *bag)
{
    bool crl = bag->kind == SG_BAG_CRL;
    sg_der_put_oid(der, crl ? SG_OID_BAG_CRL : SG_OID_BAG_CERTIFICATE);
    size_t value = sg_der_open(der, SG_TAG_CONTEXT_CONS(0));
    size_t fields = sg_der_open(der, SG_TAG_SEQUENCE);
    sg_der_put_oid(der, crl ? SG_OID_CRL_IN_BAG : SG_OID_X509_IN_BAG);
    size_t inner = sg_der_open(der, SG_TAG_CONTEXT_CONS(0));
    sg_der_put(der, SG_TAG_OCTET_STRING, bag->der);
    sg_der_close(der, inner);
    sg_der_close(der, fields);
    sg_der_close(der, value);
}

struct writing {
    const struct protection *protection;
    struct sg_key_library *library;
    struct signet_span passphrase;
    enum signet_key_trouble *trouble;
};

static enum signet_status put_bag(const struct writing *writing, struct sg_buffer *der,
                                  const struct sg_bag *bag)
{
    enum signet_status status = SIGNET_OK;
    size_t opened = sg_der_open(der, SG_TAG_SEQUENCE);
    if (bag->kind == SG_BAG_KEY) {
        sg_der_put_oid(der, SG_OID_BAG_SHROUDED);
        size_t value = sg_der_open(der, SG_TAG_CONTEXT_CONS(0));
        status = sg_pkcs8_write_encrypted(bag->key, writing->library, &writing->protection->keys,
                                          writing->passphrase, der, writing->trouble);
        sg_der_close(der, value);
    } else {
        put_object(der, bag);
    }
    if (status == SIGNET_OK && !put_attributes(der, bag))
        status = SIGNET_ERR_ARGUMENT;
    sg_der_close(der, opened);
    return status != SIGNET_OK ? status : der->status;
}

/* SafeContents with the bags that are keys, or with those that are not. */
static enum signet_status put_contents(const struct writing *writing, const struct sg_bag *bags,
                                       size_t num, bool keys, struct sg_buffer *der)
{
    enum signet_status status = SIGNET_OK;
    size_t opened = sg_der_open(der, SG_TAG_SEQUENCE);
    for (size_t i = 0; status == SIGNET_OK && i < num; i++) {
        if ((bags[i].kind == SG_BAG_KEY) == keys)
            status = put_bag(writing, der, &bags[i]);
    }
    sg_der_close(der, opened);
    return status != SIGNET_OK ? status : der->status;
}

/* ContentInfo with Data: OCTETS in an OCTET STRING. */
static void put_data(struct sg_buffer *der, struct signet_span octets)
{
    size_t info = sg_der_open(der, SG_TAG_SEQUENCE);
    sg_der_put_oid(der, SG_OID_CT_DATA);
    size_t content = sg_der_open(der, SG_TAG_CONTEXT_CONS(0));
    sg_der_put(der, SG_TAG_OCTET_STRING, octets);
    sg_der_close(der, content);
    sg_der_close(der, info);
}

/* ContentInfo with EncryptedData: PLAIN as encrypted content of type data. */
static enum signet_status put_encrypted(const struct writing *writing, struct sg_buffer *der,
                                        struct signet_span plain)
{
    struct sg_buffer encrypted;
    sg_buffer_init(&encrypted, SIGNET_KEY_MAX_LEN);
    size_t info = sg_der_open(der, SG_TAG_SEQUENCE);
    sg_der_put_oid(der, SG_OID_CT_ENCRYPTED_DATA);
    size_t content = sg_der_open(der, SG_TAG_CONTEXT_CONS(0));
    size_t data = sg_der_open(der, SG_TAG_SEQUENCE);
    sg_der_put_uint32(der, 0);
    size_t fields = sg_der_open(der, SG_TAG_SEQUENCE);
    sg_der_put_oid(der, SG_OID_CT_DATA);
    enum signet_status status = sg_pbe_encrypt(writing->library, &writing->protection->others,
                                               writing->passphrase, plain, der, &encrypted);
    sg_der_put(der, SG_TAG_CONTEXT(0), sg_buffer_span(&encrypted));
    sg_der_close(der, fields);
    sg_der_close(der, data);
    sg_der_close(der, content);
    sg_der_close(der, info);
    sg_buffer_free(&encrypted);
    return status;
}

static enum signet_status put_safes(const struct writing *writing, const struct sg_bag *bags,
                                    size_t num, struct sg_buffer *der)
{
    struct sg_buffer keys, others;
    sg_buffer_init(&keys, SIGNET_KEY_MAX_LEN);
    sg_buffer_init(&others, SIGNET_KEY_MAX_LEN);
    size_t opened = sg_der_open(der, SG_TAG_SEQUENCE);
    enum signet_status status = put_contents(writing, bags, num, false, &others);
    if (status == SIGNET_OK)
        status = put_encrypted(writing, der, sg_buffer_span(&others));
    if (status == SIGNET_OK)
        status = put_contents(writing, bags, num, true, &keys);
    if (status == SIGNET_OK)
        put_data(der, sg_buffer_span(&keys));
    sg_der_close(der, opened);
    sg_buffer_free(&keys);
    sg_buffer_free(&others);
    return status != SIGNET_OK ? status : der->status;
}

static enum signet_status put_mac(const struct writing *writing, struct signet_span safes,
                                  struct sg_buffer *out)
{
    uint8_t salt[SALT_LEN];
    struct sg_digest_value mac;
    if (!sg_key_library_random(writing->library, salt, sizeof salt) ||
        !sg_pkcs12_mac(writing->library, writing->passphrase, writing->protection->mac,
                       sg_span(salt, sizeof salt), OTHER_ITERATIONS, safes, &mac))
        return SIGNET_ERR_CRYPTO;
    size_t data = sg_der_open(out, SG_TAG_SEQUENCE);
    size_t info = sg_der_open(out, SG_TAG_SEQUENCE);
    sg_der_put_algorithm_null(out, sg_digest_oid(writing->protection->mac));
    sg_der_put(out, SG_TAG_OCTET_STRING, sg_span(mac.octets, mac.len));
    sg_der_close(out, info);
    sg_der_put(out, SG_TAG_OCTET_STRING, sg_span(salt, sizeof salt));
    sg_der_put_uint32(out, OTHER_ITERATIONS);
    sg_der_close(out, data);
    return out->status;
}

enum signet_status sg_pkcs12_write(const struct sg_bag *bags, size_t num_bags, bool old,
                                   struct sg_key_library *library, struct signet_span passphrase,
                                   struct sg_buffer *out, enum signet_key_trouble *trouble)
{
    const struct writing writing = {old ? &for_old_readers : &usual, library, passphrase, trouble};
    struct sg_buffer safes;
    sg_buffer_init(&safes, SIGNET_KEY_MAX_LEN);
    *trouble = SIGNET_KEY_FINE;
    size_t pfx = sg_der_open(out, SG_TAG_SEQUENCE);
    sg_der_put_uint32(out, 3);
    enum signet_status status = put_safes(&writing, bags, num_bags, &safes);
    if (status == SIGNET_OK) {
        put_data(out, sg_buffer_span(&safes));
        status = put_mac(&writing, sg_buffer_span(&safes), out);
    }
    sg_der_close(out, pfx);
    sg_buffer_free(&safes);
    return status != SIGNET_OK ? status : out->status;
}
