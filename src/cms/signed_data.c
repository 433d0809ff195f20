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
           parse_algorithms(body, arena, out) &&
           sg_encapsulated_content_parse(body, SG_ENCAPSULATED_ANY, arena, &out->content) &&
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
