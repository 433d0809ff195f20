/* SPDX-License-Identifier: Apache-2.0 */
#include "cms/signed_data.h"

#include "asn1/element.h"
#include "cms/digest_algorithm.h"

static bool parse_algorithms(struct sg_ber *body, struct sg_arena *arena,
                             struct sg_signed_data *out)
{
    struct sg_ber set;
    void *items = NULL;
    size_t cap = 0, num = 0;
    if (!sg_ber_enter(body, SG_TAG_SET, &set, "digestAlgorithms SET"))
        return false;
    while (!sg_ber_done(&set)) {
        struct sg_ber_tlv element;
        struct signet_span der;
        struct sg_algorithm algorithm;
        const uint8_t *start = set.at.ptr;
        struct signet_parse_error error = {0};
        if (!sg_ber_any(&set, &element))
            return false;
        if (!sg_ber_normalise(element.full, arena, &der, &error))
            return error.expected != NULL &&
                   sg_der_fail_at(&set.at, start + error.offset, error.expected);
        struct sg_der cursor = sg_der_begin(der, &error);
        if (!sg_algorithm_parse(&cursor, &algorithm, "DigestAlgorithmIdentifier"))
            return sg_der_fail_at(&set.at, start, error.expected);
        if (!sg_arena_grow(arena, &items, &cap, num, sizeof(algorithm)))
            return false;
        ((struct sg_algorithm *)items)[num++] = algorithm;
        out->digests |= 1u << sg_digest_algorithm_type(&algorithm);
    }
    out->digest_algorithms = items;
    out->num_digest_algorithms = num;
    return true;
}

/*
 * PKCS #7 1.5 has any type here, and RFC 5652 5.2.1 lets us read that: the digest is over the
 * content octets of its DER.
 */
static bool parse_other_content(struct sg_ber *wrapping, struct sg_arena *arena,
                                struct sg_signed_data *out)
{
    struct sg_ber_tlv element;
    struct signet_span der;
    struct sg_tlv tlv;
    const uint8_t *start = wrapping->at.ptr;
    struct signet_parse_error error = {0};
    if (!sg_ber_any(wrapping, &element))
        return false;
    struct signet_span *segment = sg_arena_alloc(arena, sizeof(*segment));
    if (segment == NULL)
        return false;
    if (!sg_ber_normalise(element.full, arena, &der, &error))
        return error.expected != NULL &&
               sg_der_fail_at(&wrapping->at, start + error.offset, error.expected);
    struct sg_der cursor = sg_der_begin(der, &error);
    if (!sg_der_any(&cursor, &tlv))
        return sg_der_fail_at(&wrapping->at, start, error.expected);
    *segment = tlv.value;
    out->content = (struct sg_octets){segment, 1, segment->len};
    out->content_not_octets = true;
    return true;
}

/* EncapsulatedContentInfo ::= SEQUENCE { eContentType OBJECT IDENTIFIER,
 *                                        eContent [0] EXPLICIT OCTET STRING OPTIONAL } */
static bool parse_content(struct sg_ber *body, struct sg_arena *arena, struct sg_signed_data *out)
{
    struct sg_ber fields, wrapping;
    if (!sg_ber_enter(body, SG_TAG_SEQUENCE, &fields, "encapContentInfo SEQUENCE") ||
        !sg_ber_oid(&fields, &out->content_type_octets, "eContentType OBJECT IDENTIFIER"))
        return false;
    out->content_type = sg_oid_find(out->content_type_octets);
    if (sg_ber_done(&fields))
        return true;

    if (!sg_ber_enter(&fields, SG_TAG_CONTEXT_CONS(0), &wrapping, "eContent [0]"))
        return false;
    bool octets = sg_ber_next_is(&wrapping, SG_TAG_OCTET_STRING) ||
                  sg_ber_next_is(&wrapping, SG_TAG_OCTET_STRING | SG_TAG_CONSTRUCTED);
    bool read = octets ? sg_ber_octets(&wrapping, SG_TAG_OCTET_STRING, arena, &out->content,
                                       "eContent OCTET STRING")
                       : parse_other_content(&wrapping, arena, out);
    out->has_content = read;
    return read && sg_ber_end(&wrapping) && sg_ber_end(&fields);
}

static bool parse_signers(struct sg_ber *body, struct sg_arena *arena, struct sg_signed_data *out)
{
    struct sg_ber set;
    void *items = NULL;
    size_t cap = 0, num = 0;
    if (!sg_ber_enter(body, SG_TAG_SET, &set, "signerInfos SET"))
        return false;
    while (!sg_ber_done(&set)) {
        struct sg_ber_tlv element;
        if (!sg_ber_any(&set, &element) ||
            !sg_arena_grow(arena, &items, &cap, num, sizeof(struct sg_signer_info)))
            return false;
        struct sg_signer_info *signer = (struct sg_signer_info *)items + num++;
        if (!sg_signer_info_parse(element.full, arena, signer))
            return false;
        if (signer->malformed)
            signer->error.offset += (size_t)(element.full.ptr - set.at.origin);
    }
    out->signers = items;
    out->num_signers = num;
    return true;
}

/*
 * SignedData ::= SEQUENCE { version CMSVersion, digestAlgorithms SET OF AlgorithmIdentifier,
 *     encapContentInfo EncapsulatedContentInfo, certificates [0] IMPLICIT SET OF OPTIONAL,
 *     crls [1] IMPLICIT SET OF OPTIONAL, signerInfos SET OF SignerInfo }
 */
static bool parse_fields(struct sg_ber *body, struct sg_arena *arena, struct sg_signed_data *out)
{
    return sg_ber_uint32(body, &out->version, "version INTEGER") &&
           parse_algorithms(body, arena, out) && parse_content(body, arena, out) &&
           sg_cms_certificates_parse(body, 0, &out->certificates) &&
           sg_cms_crls_parse(body, 1, &out->crls) && parse_signers(body, arena, out) &&
           sg_ber_end(body);
}

bool sg_signed_data_parse(struct signet_span content, struct sg_arena *arena,
                          struct sg_signed_data *out, struct signet_parse_error *error)
{
    *out = (struct sg_signed_data){0};
    *error = (struct signet_parse_error){.object = "SignedData"};
    struct sg_ber outer = sg_ber_begin(content, error), body;
    if (sg_ber_enter(&outer, SG_TAG_SEQUENCE, &body, "SignedData SEQUENCE") &&
        parse_fields(&body, arena, out) && sg_ber_end(&outer))
        return true;
    if (arena->failed)
        *error = (struct signet_parse_error){0};
    return false;
}
