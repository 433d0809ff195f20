/* SPDX-License-Identifier: Apache-2.0 */
#include "cms/enveloped_data.h"

#include "asn1/der_writer.h"
#include "cms/recipient.h"

/* OriginatorInfo ::= SEQUENCE { certs [0] IMPLICIT CertificateSet OPTIONAL,
 *                               crls [1] IMPLICIT RevocationInfoChoices OPTIONAL } */
static bool parse_originator(struct sg_ber *body, struct sg_enveloped_data *out)
{
    struct sg_ber fields;
    if (!sg_ber_next_is(body, SG_TAG_CONTEXT_CONS(0)))
        return true;
    return sg_ber_enter(body, SG_TAG_CONTEXT_CONS(0), &fields, "originatorInfo [0]") &&
           sg_cms_certificates_parse(&fields, 0, &out->certificates) &&
           sg_cms_crls_parse(&fields, 1, &out->crls) && sg_ber_end(&fields);
}

/* How many elements SET has. */
static bool count(struct sg_ber set, size_t *num)
{
    struct sg_ber_tlv element;
    for (*num = 0; !sg_ber_done(&set); ++*num) {
        if (!sg_ber_any(&set, &element))
            return false;
    }
    return true;
}

static bool parse_recipients(struct sg_ber *body, struct sg_arena *arena,
                             struct sg_enveloped_data *out)
{
    struct sg_ber set;
    struct sg_ber_tlv element;
    size_t num;
    if (!sg_ber_enter(body, SG_TAG_SET, &set, "recipientInfos SET") || !count(set, &num))
        return false;
    struct sg_recipient *items = sg_arena_array(arena, num, sizeof(*items));
    if (items == NULL)
        return false;
    for (size_t i = 0; i < num; i++) {
        if (!sg_ber_any(&set, &element) || !sg_recipient_parse(element.full, arena, &items[i]))
            return false;
        if (items[i].malformed)
            items[i].error.offset += (size_t)(element.full.ptr - set.at.origin);
    }
    out->recipients = items;
    out->num_recipients = num;
    return true;
}

/* The next element, as DER in a cursor of its own; ERROR is for that cursor. */
static bool normalise_next(struct sg_ber *body, struct sg_arena *arena, struct sg_der *out,
                           struct signet_parse_error *error)
{
    struct sg_ber_tlv element;
    struct signet_span der;
    const uint8_t *start = body->at.ptr;
    *error = (struct signet_parse_error){0};
    if (!sg_ber_any(body, &element))
        return false;
    if (!sg_ber_normalise(element.full, arena, &der, error))
        return error->expected != NULL &&
               sg_der_fail_at(&body->at, start + error->offset, error->expected);
    *out = sg_der_begin(der, error);
    return true;
}

static bool parse_algorithm(struct sg_ber *body, struct sg_arena *arena, struct sg_algorithm *out,
                            const char *expected)
{
    struct sg_der der;
    struct signet_parse_error error;
    const uint8_t *start = body->at.ptr;
    return normalise_next(body, arena, &der, &error) &&
           (sg_algorithm_parse(&der, out, expected) ||
            sg_der_fail_at(&body->at, start, error.expected));
}

/* CONTENT as the SET OF that authentication covers, in DER's order, whatever its tag and order in
 * the message are (RFC 5083 2.2). */
static bool keep_set(struct signet_span content, struct sg_arena *arena, struct signet_span *out)
{
    uint8_t header[SG_DER_HEADER_MAX_LEN];
    size_t header_len = sg_der_header(SG_TAG_SET, content.len, header);
    uint8_t *set = sg_arena_alloc(arena, header_len + content.len);
    if (set == NULL)
        return false;
    memcpy(set, header, header_len);
    if (content.len > 0)
        memcpy(set + header_len, content.ptr, content.len);
    return content.len == 0 ||
           sg_cms_attributes_sort(sg_span(set, header_len + content.len), arena, out);
}

/* [NUMBER] IMPLICIT SET OF Attribute OPTIONAL. SET may be NULL. */
static bool parse_attributes(struct sg_ber *body, uint8_t number, struct sg_arena *arena,
                             struct sg_cms_attributes *out, struct signet_span *set)
{
    struct sg_der der;
    struct signet_span content;
    struct signet_parse_error error, inner = {0};
    const uint8_t *start = body->at.ptr;
    uint32_t tag = SG_TAG_CONTEXT_CONS(number);
    if (!sg_ber_next_is(body, tag))
        return true;
    if (!normalise_next(body, arena, &der, &error))
        return false;
    if (sg_der_value(&der, tag, &content, "attributes") &&
        sg_cms_attributes_parse(content, arena, out, &inner))
        return set == NULL || keep_set(content, arena, set);
    return inner.expected != NULL && sg_der_fail_at(&body->at, start, inner.expected);
}

/* EncryptedContentInfo ::= SEQUENCE { contentType OBJECT IDENTIFIER, contentEncryptionAlgorithm
 *     AlgorithmIdentifier, encryptedContent [0] IMPLICIT OCTET STRING OPTIONAL } */
static bool parse_content(struct sg_ber *body, struct sg_arena *arena,
                          struct sg_enveloped_data *out)
{
    struct sg_ber fields;
    if (!sg_ber_enter(body, SG_TAG_SEQUENCE, &fields, "encryptedContentInfo SEQUENCE") ||
        !sg_ber_oid(&fields, &out->content_type_octets, "contentType OBJECT IDENTIFIER"))
        return false;
    out->content_type = sg_oid_find(out->content_type_octets);
    if (!parse_algorithm(&fields, arena, &out->content_encryption, "contentEncryptionAlgorithm"))
        return false;
    if (sg_ber_done(&fields))
        return true;
    out->has_content = true;
    return sg_ber_octets(&fields, SG_TAG_CONTEXT(0), &out->content, "encryptedContent [0]") &&
           sg_ber_end(&fields);
}

static bool parse_mac(struct sg_ber *body, struct sg_arena *arena, struct signet_span *out)
{
    struct sg_octets octets;
    return sg_ber_octets(body, SG_TAG_OCTET_STRING, &octets, "mac OCTET STRING") &&
           sg_octets_join(&octets, arena, out);
}

/* unprotectedAttrs [1]; or authAttrs [1], mac and unauthAttrs [2] (RFC 5083 2.1). */
static bool parse_end(struct sg_ber *body, struct sg_arena *arena, struct sg_enveloped_data *out)
{
    if (!out->authenticated)
        return parse_attributes(body, 1, arena, &out->unprotected_attributes, NULL);
    return parse_attributes(body, 1, arena, &out->authenticated_attributes,
                            &out->authenticated_set) &&
           parse_mac(body, arena, &out->mac) &&
           parse_attributes(body, 2, arena, &out->unprotected_attributes, NULL);
}

/* EnvelopedData ::= SEQUENCE { version CMSVersion, originatorInfo [0] IMPLICIT OriginatorInfo
 *     OPTIONAL, recipientInfos SET OF RecipientInfo, encryptedContentInfo EncryptedContentInfo, … }
 */
static bool parse_fields(struct sg_ber *body, struct sg_arena *arena, struct sg_enveloped_data *out)
{
    return sg_ber_uint32(body, &out->version, "version INTEGER") && parse_originator(body, out) &&
           parse_recipients(body, arena, out) && parse_content(body, arena, out) &&
           parse_end(body, arena, out) && sg_ber_end(body);
}

bool sg_enveloped_data_parse(struct signet_span content, bool authenticated, struct sg_arena *arena,
                             struct sg_enveloped_data *out, struct signet_parse_error *error)
{
    *out = (struct sg_enveloped_data){.authenticated = authenticated};
    *error = (struct signet_parse_error){.object =
                                             authenticated ? "AuthEnvelopedData" : "EnvelopedData"};
    struct sg_ber outer = sg_ber_begin(content, error), body;
    if (sg_ber_enter(&outer, SG_TAG_SEQUENCE, &body, "EnvelopedData SEQUENCE") &&
        parse_fields(&body, arena, out) && sg_ber_end(&outer))
        return true;
    if (arena->failed)
        *error = (struct signet_parse_error){0};
    return false;
}
