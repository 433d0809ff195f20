/* SPDX-License-Identifier: Apache-2.0 */
#include "cms/encapsulated_content.h"

#include "asn1/element.h"

/*
 * PKCS #7 1.5 has any type here, and RFC 5652 5.2.1 lets us read that: the digest is over the
 * content octets of its DER.
 */
static bool parse_other(struct sg_ber *wrapping, struct sg_arena *arena,
                        struct sg_encapsulated_content *out)
{
    struct sg_ber_tlv element;
    struct signet_span der;
    struct sg_tlv tlv;
    const uint8_t *start = wrapping->at.ptr;
    struct signet_parse_error error = {0};
    if (!sg_ber_any(wrapping, &element))
        return false;
    if (!sg_ber_normalise(element.full, arena, &der, &error))
        return error.expected != NULL &&
               sg_der_fail_at(&wrapping->at, start + error.offset, error.expected);
    struct sg_der cursor = sg_der_begin(der, &error);
    if (!sg_der_any(&cursor, &tlv))
        return sg_der_fail_at(&wrapping->at, start, error.expected);
    out->octets = sg_octets_of(tlv.value);
    out->not_octets = true;
    return true;
}

static bool is_octet_string(struct sg_ber *wrapping)
{
    return sg_ber_next_is(wrapping, SG_TAG_OCTET_STRING) ||
           sg_ber_next_is(wrapping, SG_TAG_OCTET_STRING | SG_TAG_CONSTRUCTED);
}

/* eContent [0] EXPLICIT OCTET STRING, or ANY. */
static bool parse_wrapping(struct sg_ber *fields, enum sg_encapsulated_form form,
                           struct sg_arena *arena, struct sg_encapsulated_content *out)
{
    struct sg_ber wrapping;
    if (!sg_ber_enter(fields, SG_TAG_CONTEXT_CONS(0), &wrapping, "eContent [0]"))
        return false;
    bool other = form == SG_ENCAPSULATED_ANY && !is_octet_string(&wrapping);
    out->present = other ? parse_other(&wrapping, arena, out)
                         : sg_ber_octets(&wrapping, SG_TAG_OCTET_STRING, &out->octets,
                                         "eContent OCTET STRING");
    return out->present && sg_ber_end(&wrapping);
}

/* EncapsulatedContentInfo ::= SEQUENCE { eContentType OBJECT IDENTIFIER,
 *                                        eContent [0] EXPLICIT OCTET STRING OPTIONAL } */
bool sg_encapsulated_content_parse(struct sg_ber *body, enum sg_encapsulated_form form,
                                   struct sg_arena *arena, struct sg_encapsulated_content *out)
{
    struct sg_ber fields;
    *out = (struct sg_encapsulated_content){0};
    if (!sg_ber_enter(body, SG_TAG_SEQUENCE, &fields, "encapContentInfo SEQUENCE") ||
        !sg_ber_oid(&fields, &out->type_octets, "eContentType OBJECT IDENTIFIER"))
        return false;
    out->type = sg_oid_find(out->type_octets);
    return sg_ber_done(&fields) ||
           (parse_wrapping(&fields, form, arena, out) && sg_ber_end(&fields));
}

void sg_encapsulated_content_dump(const struct sg_encapsulated_content *content,
                                  struct sg_dump *dump)
{
    sg_dump_map(dump, "content");
    sg_dump_oid(dump, "type", content->type_octets);
    sg_dump_boolean(dump, "present", content->present);
    if (content->present)
        sg_dump_number(dump, "length", (int64_t)content->octets.len);
    if (content->not_octets)
        sg_dump_boolean(dump, "octet_string", false);
    sg_dump_end(dump);
}
