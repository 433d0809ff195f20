/* SPDX-License-Identifier: Apache-2.0 */
#include "cms/key_preference.h"

static bool parse_issuer_serial(struct sg_der *value, uint32_t tag, struct sg_arena *arena,
                                struct sg_certificate_reference *out)
{
    struct sg_der fields;
    return sg_der_enter(value, tag, &fields, "IssuerAndSerialNumber") &&
           sg_reference_parse(&fields, arena, out) && sg_der_end(value);
}

/* RecipientKeyIdentifier ::= SEQUENCE { subjectKeyIdentifier OCTET STRING,
 *     date GeneralizedTime OPTIONAL, other OtherKeyAttribute OPTIONAL } (RFC 5652 6.2.2) */
static bool parse_recipient_key_id(struct sg_der *value, struct sg_certificate_reference *out)
{
    struct sg_der fields;
    struct signet_span date, other;
    return sg_der_enter(value, SG_TAG_CONTEXT_CONS(1), &fields, "recipientKeyId [1]") &&
           sg_der_value(&fields, SG_TAG_OCTET_STRING, &out->key_id, "subjectKeyIdentifier") &&
           sg_der_optional(&fields, SG_TAG_GENERALIZED_TIME, &date) &&
           sg_der_optional(&fields, SG_TAG_SEQUENCE, &other) && sg_der_end(&fields) &&
           sg_der_end(value);
}

/* SMIMEEncryptionKeyPreference ::= CHOICE { issuerAndSerialNumber [0] IssuerAndSerialNumber,
 *     recipientKeyId [1] RecipientKeyIdentifier, subjectAltKeyIdentifier [2] OCTET STRING } */
bool sg_key_preference_parse(struct signet_span value, struct sg_arena *arena,
                             struct sg_certificate_reference *out)
{
    struct signet_parse_error error = {0};
    struct sg_der der = sg_der_begin(value, &error);
    *out = (struct sg_certificate_reference){0};
    if (sg_der_next_is(&der, SG_TAG_CONTEXT_CONS(0)))
        return parse_issuer_serial(&der, SG_TAG_CONTEXT_CONS(0), arena, out);
    out->by_key_id = true;
    if (sg_der_next_is(&der, SG_TAG_CONTEXT_CONS(1)))
        return parse_recipient_key_id(&der, out);
    return sg_der_value(&der, SG_TAG_CONTEXT(2), &out->key_id, "subjectAltKeyIdentifier [2]") &&
           sg_der_end(&der);
}

bool sg_key_preference_parse_microsoft(struct signet_span value, struct sg_arena *arena,
                                       struct sg_certificate_reference *out)
{
    struct signet_parse_error error = {0};
    struct sg_der der = sg_der_begin(value, &error);
    *out = (struct sg_certificate_reference){0};
    return parse_issuer_serial(&der, SG_TAG_SEQUENCE, arena, out);
}
