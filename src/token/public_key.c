/* SPDX-License-Identifier: Apache-2.0 */
#include "token/public_key.h"

#include "asn1/der_writer.h"
#include "crypto/public_key.h"
#include "token/trouble.h"
#include "x509/certificate.h"

#define MAX_ID          1024
#define MAX_NUMBER      4096
#define MAX_CERTIFICATE 65536

static bool read(struct sg_slot *slot, const struct sg_object *object, CK_ATTRIBUTE_TYPE type,
                 struct signet_span *value)
{
    return sg_object_attribute(&slot->module, object, type, MAX_NUMBER, value) ==
               SG_ATTRIBUTE_FOUND &&
           value->len > 0;
}

static bool read_ulong(struct sg_slot *slot, const struct sg_object *object, CK_ATTRIBUTE_TYPE type,
                       CK_ULONG *number)
{
    struct signet_span value;
    if (!read(slot, object, type, &value) || value.len != sizeof(*number))
        return false;
    memcpy(number, value.ptr, sizeof(*number));
    return true;
}

/* RSAPublicKey (RFC 8017 A.1.1). */
static bool put_rsa(struct sg_slot *slot, const struct sg_object *object, struct sg_buffer *spki)
{
    struct signet_span modulus, exponent;
    struct sg_buffer numbers;
    if (!read(slot, object, CKA_MODULUS, &modulus) ||
        !read(slot, object, CKA_PUBLIC_EXPONENT, &exponent))
        return false;
    sg_buffer_init(&numbers, (size_t)4 * MAX_NUMBER);
    size_t sequence = sg_der_open(&numbers, SG_TAG_SEQUENCE);
    sg_der_put_magnitude(&numbers, modulus);
    sg_der_put_magnitude(&numbers, exponent);
    sg_der_close(&numbers, sequence);
    size_t outer = sg_der_open(spki, SG_TAG_SEQUENCE);
    sg_der_put_algorithm_null(spki, SG_OID_RSA_ENCRYPTION);
    sg_der_put_bit_string(spki, sg_buffer_span(&numbers));
    sg_der_close(spki, outer);
    if (numbers.status != SIGNET_OK)
        spki->status = numbers.status;
    sg_buffer_free(&numbers);
    return true;
}

/* CKA_EC_POINT: an OCTET STRING by the standard, the point itself by some modules. */
static struct signet_span point_of(struct signet_span value)
{
    struct signet_parse_error error = {0, NULL, NULL};
    struct sg_der der = sg_der_begin(value, &error);
    struct signet_span content;
    return sg_der_value(&der, SG_TAG_OCTET_STRING, &content, "point") && sg_der_end(&der) ? content
                                                                                          : value;
}

static bool put_ec(struct sg_slot *slot, const struct sg_object *object, struct sg_buffer *spki)
{
    struct signet_span curve, point;
    if (!read(slot, object, CKA_EC_PARAMS, &curve) || !read(slot, object, CKA_EC_POINT, &point))
        return false;
    size_t outer = sg_der_open(spki, SG_TAG_SEQUENCE);
    size_t algorithm = sg_der_open(spki, SG_TAG_SEQUENCE);
    sg_der_put_oid(spki, SG_OID_EC_PUBLIC_KEY);
    sg_buffer_add(spki, curve);
    sg_der_close(spki, algorithm);
    sg_der_put_bit_string(spki, point_of(point));
    sg_der_close(spki, outer);
    return true;
}

/* The length says which curve it is; CKA_EC_PARAMS differs from module to module (RFC 8410). */
static bool put_short(struct sg_slot *slot, const struct sg_object *object, struct sg_buffer *spki)
{
    static const struct {
        CK_KEY_TYPE type;
        size_t len;
        enum sg_oid oid;
    } rows[] = {
        {CKK_EC_EDWARDS, 32, SG_OID_ED25519},
        {CKK_EC_EDWARDS, 57, SG_OID_ED448},
        {SG_CKK_EC_MONTGOMERY, 32, SG_OID_X25519},
        {SG_CKK_EC_MONTGOMERY, 56, SG_OID_X448},
    };
    struct signet_span point;
    CK_ULONG type;
    if (!read_ulong(slot, object, CKA_KEY_TYPE, &type) || !read(slot, object, CKA_EC_POINT, &point))
        return false;
    point = point_of(point);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (rows[i].type != type || rows[i].len != point.len)
            continue;
        size_t outer = sg_der_open(spki, SG_TAG_SEQUENCE);
        sg_der_put_algorithm(spki, rows[i].oid);
        sg_der_put_bit_string(spki, point);
        sg_der_close(spki, outer);
        return true;
    }
    return false;
}

static bool put_public(struct sg_slot *slot, const struct sg_object *object, struct sg_buffer *spki)
{
    static const struct {
        CK_KEY_TYPE type;
        bool (*put)(struct sg_slot *slot, const struct sg_object *object, struct sg_buffer *spki);
    } rows[] = {
        {CKK_RSA, put_rsa},
        {CKK_EC, put_ec},
        {CKK_EC_EDWARDS, put_short},
        {SG_CKK_EC_MONTGOMERY, put_short},
    };
    CK_ULONG type;
    if (!read_ulong(slot, object, CKA_KEY_TYPE, &type))
        return false;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (rows[i].type == type)
            return rows[i].put(slot, object, spki);
    }
    return false;
}

static bool put_from_certificate(struct sg_slot *slot, const struct sg_object *object,
                                 struct sg_buffer *spki)
{
    struct signet_span der;
    struct signet_certificate *certificate = NULL;
    if (sg_object_attribute(&slot->module, object, CKA_VALUE, MAX_CERTIFICATE, &der) !=
        SG_ATTRIBUTE_FOUND)
        return false;
    enum signet_status status = signet_certificate_parse(der, &certificate, NULL);
    if (status == SIGNET_ERR_MEMORY)
        spki->status = status;
    if (status != SIGNET_OK)
        return false;
    sg_buffer_add(spki, certificate->spki.full);
    signet_certificate_unref(certificate);
    return true;
}

/* *PUT: the first object of CLASS with this ID that has a public key. */
static enum signet_status put_from(struct sg_slot *slot, CK_OBJECT_CLASS class_,
                                   struct signet_span id, struct sg_buffer *spki, bool *put)
{
    struct sg_object_list list = {NULL, 0, 0};
    const struct sg_token_uri wanted = {.id = id};
    enum signet_status status = sg_module_find(&slot->module, class_, &list);
    for (size_t i = 0; i < list.num && status == SIGNET_OK && !*put; i++) {
        if (sg_slot_object_fits(slot, &list.items[i], &wanted))
            *put = (class_ == CKO_CERTIFICATE ? put_from_certificate
                                              : put_public)(slot, &list.items[i], spki);
        status = spki->status != SIGNET_OK ? spki->status : sg_arena_status(&slot->arena);
    }
    return status;
}

enum signet_status sg_token_public_key(struct sg_slot *slot, const struct sg_object *key,
                                       struct sg_buffer *spki)
{
    struct signet_span id;
    CK_ULONG type = 0;
    bool put =
        read_ulong(slot, key, CKA_KEY_TYPE, &type) && type == CKK_RSA && put_rsa(slot, key, spki);
    bool has_id =
        sg_object_attribute(&slot->module, key, CKA_ID, MAX_ID, &id) == SG_ATTRIBUTE_FOUND &&
        id.len > 0;
    enum signet_status status =
        spki->status != SIGNET_OK ? spki->status : sg_arena_status(&slot->arena);
    if (status == SIGNET_OK && !put && has_id)
        status = put_from(slot, CKO_PUBLIC_KEY, id, spki, &put);
    if (status == SIGNET_OK && !put && has_id)
        status = put_from(slot, CKO_CERTIFICATE, id, spki, &put);
    if (status == SIGNET_OK && !put)
        return sg_token_fail(&slot->report, SIGNET_TOKEN_UNSUPPORTED,
                             "Token %s has the private key, but no public key or certificate with "
                             "the same identifier of a kind that is known.",
                             slot->label);
    return status;
}
