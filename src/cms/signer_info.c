/* SPDX-License-Identifier: Apache-2.0 */
#include "cms/digest_algorithm.h"
#include "cms/signed_data.h"

/* [NUMBER] IMPLICIT SET OF Attribute OPTIONAL. *SET is the whole element, {NULL,0} when absent. */
static bool parse_attributes(struct sg_der *body, uint8_t number, struct sg_arena *arena,
                             struct signet_span *set, struct sg_cms_attributes *out)
{
    uint32_t tag = SG_TAG_CONTEXT_CONS(number);
    *set = (struct signet_span){NULL, 0};
    if (!sg_der_next_is(body, tag))
        return true;
    struct signet_span content;
    if (!sg_der_full(body, tag, set, "attributes"))
        return false;
    struct sg_der again = sg_der_within(body, *set);
    if (!sg_der_value(&again, tag, &content, "attributes"))
        return false;

    struct signet_parse_error error = {0};
    if (sg_cms_attributes_parse(content, arena, out, &error))
        return true;
    return error.expected != NULL &&
           sg_der_fail_at(body, content.ptr + error.offset, error.expected);
}

/* RFC 5652 5.4: what is hashed has the tag of a SET OF in place of the IMPLICIT [0]. */
static bool set_signed_attributes(struct signet_span set, struct sg_arena *arena,
                                  struct sg_signer_info *out)
{
    if (set.ptr == NULL)
        return true;
    uint8_t *copy = sg_arena_alloc(arena, set.len);
    if (copy == NULL)
        return false;
    memcpy(copy, set.ptr, set.len);
    copy[0] = SG_TAG_SET;
    out->has_signed_attributes = true;
    out->signed_attributes_der = sg_span(copy, set.len);
    return sg_cms_attributes_sort(out->signed_attributes_der, arena,
                                  &out->signed_attributes_sorted);
}

/*
 * SignerInfo ::= SEQUENCE { version CMSVersion, sid SignerIdentifier, digestAlgorithm
 * AlgorithmIdentifier, signedAttrs [0] IMPLICIT SET OF Attribute OPTIONAL, signatureAlgorithm
 * AlgorithmIdentifier, signature OCTET STRING, unsignedAttrs [1] IMPLICIT SET OF Attribute OPTIONAL
 * }
 */
static bool parse_fields(struct sg_der *body, struct sg_arena *arena, struct sg_signer_info *out,
                         struct signet_span *signed_set)
{
    struct signet_span unsigned_set;
    if (!sg_der_uint32(body, &out->version, "version INTEGER") ||
        !sg_reference_parse_choice(body, arena, &out->sid, "sid SignerIdentifier") ||
        !sg_algorithm_parse(body, &out->digest_algorithm, "digestAlgorithm"))
        return false;
    out->digest = sg_digest_algorithm_type(&out->digest_algorithm);
    return parse_attributes(body, 0, arena, signed_set, &out->signed_attributes) &&
           set_signed_attributes(*signed_set, arena, out) &&
           sg_algorithm_parse(body, &out->signature_algorithm, "signatureAlgorithm") &&
           sg_der_value(body, SG_TAG_OCTET_STRING, &out->signature, "signature OCTET STRING") &&
           parse_attributes(body, 1, arena, &unsigned_set, &out->unsigned_attributes) &&
           sg_der_end(body);
}

/* The signedAttrs field of ELEMENT as it was sent: the fourth, where it is there. */
static struct signet_span find_sent_attributes(struct signet_span element)
{
    struct signet_parse_error error = {0};
    struct sg_ber outer = sg_ber_begin(element, &error), body;
    struct sg_ber_tlv field = {0};
    if (!sg_ber_enter(&outer, SG_TAG_SEQUENCE, &body, "SignerInfo"))
        return (struct signet_span){NULL, 0};
    for (int i = 0; i < 4; i++) {
        if (!sg_ber_any(&body, &field))
            return (struct signet_span){NULL, 0};
    }
    return field.full;
}

static bool parse_signer(struct signet_span element, struct sg_arena *arena,
                         struct sg_signer_info *out, struct signet_parse_error *error)
{
    struct signet_span der, signed_set = {NULL, 0};
    if (!sg_ber_normalise(element, arena, &der, error))
        return false;
    struct sg_der outer = sg_der_begin(der, error), body;
    if (!sg_der_enter(&outer, SG_TAG_SEQUENCE, &body, "SignerInfo SEQUENCE") ||
        !parse_fields(&body, arena, out, &signed_set) || !sg_der_end(&outer)) {
        if (der.ptr != element.ptr)
            error->offset = 0; /* counted in the normal form, so it means nothing outside */
        return false;
    }
    if (der.ptr != element.ptr && signed_set.ptr != NULL)
        out->signed_attributes_ber = !sg_span_equal(find_sent_attributes(element), signed_set);
    return true;
}

bool sg_signer_info_parse(struct signet_span element, struct sg_arena *arena,
                          struct sg_signer_info *out)
{
    struct signet_parse_error error = {0};
    *out = (struct sg_signer_info){0};
    if (parse_signer(element, arena, out, &error))
        return true;
    if (arena->failed)
        return false;
    error.object = "SignerInfo";
    out->malformed = true;
    out->error = error;
    return true;
}

bool sg_countersignatures_next(struct sg_countersignatures *walk, struct signet_span *element)
{
    while (!sg_cms_values_next(&walk->values, element)) {
        while (walk->next < walk->attributes->num &&
               walk->attributes->items[walk->next].type != SG_OID_AA_COUNTERSIGNATURE)
            walk->next++;
        if (walk->next == walk->attributes->num)
            return false;
        walk->values = sg_cms_values_begin(&walk->attributes->items[walk->next++]);
    }
    return true;
}
