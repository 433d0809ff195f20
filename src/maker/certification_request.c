/* SPDX-License-Identifier: Apache-2.0 */
#include "maker/certification_request.h"

#include "crypto/signature.h"
#include "x509/extension.h"
#include "x509/signed_object.h"

/* A key is looked at before anybody vouches for it. */
enum { MAX_KEY_BITS = 8192 };

/* The one value of an extensionRequest (RFC 2985 5.4.2): Extensions. */
static bool parse_extensions(struct sg_der *values, struct signet_span *extensions)
{
    struct sg_extension extension;
    struct sg_der list;
    if (!sg_der_enter(values, SG_TAG_SEQUENCE, &list, "Extensions"))
        return false;
    *extensions = sg_span(list.ptr, (size_t)(list.end - list.ptr));
    while (!sg_der_done(&list)) {
        if (!sg_extension_parse(&list, &extension))
            return false;
    }
    return sg_der_end(values);
}

/* Attribute ::= SEQUENCE { type OBJECT IDENTIFIER, values SET OF ANY } */
static bool parse_attribute(struct sg_der *attributes, struct sg_certification_request *out)
{
    struct sg_der attribute, values;
    struct signet_span type;
    struct sg_tlv value;
    if (!sg_der_enter(attributes, SG_TAG_SEQUENCE, &attribute, "an attribute") ||
        !sg_der_oid(&attribute, &type, "the attribute's type") ||
        !sg_der_enter(&attribute, SG_TAG_SET, &values, "the attribute's values") ||
        !sg_der_end(&attribute))
        return false;
    if (sg_oid_find(type) == SG_OID_EXTENSION_REQUEST) {
        if (out->extensions.ptr != NULL)
            return sg_der_fail(&values, "one extensionRequest");
        return parse_extensions(&values, &out->extensions);
    }
    while (!sg_der_done(&values)) {
        if (!sg_der_any(&values, &value))
            return false;
    }
    return true;
}

/* attributes [0] IMPLICIT SET OF Attribute. It is not OPTIONAL, yet some leave an empty one out. */
static bool parse_attributes(struct sg_der *info, struct sg_certification_request *out)
{
    struct sg_der attributes;
    if (sg_der_done(info))
        return true;
    if (!sg_der_enter(info, SG_TAG_CONTEXT_CONS(0), &attributes, "attributes"))
        return false;
    out->attributes = sg_span(attributes.ptr, (size_t)(attributes.end - attributes.ptr));
    while (!sg_der_done(&attributes)) {
        if (!parse_attribute(&attributes, out))
            return false;
    }
    return sg_der_end(info);
}

static bool parse_info(struct sg_der *info, struct sg_certification_request *out)
{
    const uint8_t *at = info->ptr;
    uint32_t version;
    if (!sg_der_uint32(info, &version, "version"))
        return false;
    if (version != 0)
        return sg_der_fail_at(info, at, "version 0");
    return sg_name_parse(info, &out->subject, "subject") && sg_spki_parse(info, &out->spki) &&
           parse_attributes(info, out);
}

bool sg_certification_request_parse(struct signet_span der, struct sg_certification_request *out,
                                    struct signet_parse_error *error)
{
    struct sg_der whole, content, info;
    bool half_octets;
    *out = (struct sg_certification_request){.der = der};
    *error = (struct signet_parse_error){0, NULL, "certification request"};
    whole = sg_der_begin(der, error);
    return sg_der_enter(&whole, SG_TAG_SEQUENCE, &content, "CertificationRequest") &&
           sg_der_end(&whole) &&
           sg_signed_body_open(&content, "certificationRequestInfo", &out->info, &info) &&
           parse_info(&info, out) &&
           sg_signed_signature_parse(&content, &out->signature_algorithm, &out->signature,
                                     &half_octets);
}

static enum sg_possession possession_of(enum sg_signature_check check)
{
    static const enum sg_possession answers[] = {
        [SG_SIGNATURE_VALID] = SG_POSSESSION_SHOWN,
        [SG_SIGNATURE_INVALID] = SG_POSSESSION_NOT_SHOWN,
        [SG_SIGNATURE_UNSUPPORTED] = SG_POSSESSION_UNSUPPORTED,
        [SG_SIGNATURE_KEY_MISMATCH] = SG_POSSESSION_NOT_SHOWN,
        [SG_SIGNATURE_NO_MEMORY] = SG_POSSESSION_NO_MEMORY,
    };
    return answers[check];
}

static enum sg_possession possession_without_key(enum sg_key_check check)
{
    if (check == SG_KEY_NO_MEMORY)
        return SG_POSSESSION_NO_MEMORY;
    return check == SG_KEY_UNSUPPORTED || check == SG_KEY_TOO_LARGE ? SG_POSSESSION_UNSUPPORTED
                                                                    : SG_POSSESSION_NOT_SHOWN;
}

enum sg_possession sg_certification_request_verify(const struct sg_certification_request *request,
                                                   struct sg_crypto *crypto)
{
    struct sg_signature_algorithm algorithm;
    struct signet_parse_error error = {0, NULL, NULL};
    struct sg_public_key *key = NULL;
    if (!sg_signature_algorithm_parse(&request->signature_algorithm, &algorithm, &error))
        return SG_POSSESSION_NOT_SHOWN;
    enum sg_key_check checked =
        sg_public_key_new(crypto, &request->spki, sg_span(NULL, 0), MAX_KEY_BITS, &key);
    if (checked != SG_KEY_OK)
        return possession_without_key(checked);
    enum sg_signature_check answer =
        sg_signature_verify(crypto, &algorithm, key, request->info, request->signature);
    sg_public_key_free(key);
    return possession_of(answer);
}
