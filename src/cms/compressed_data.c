/* SPDX-License-Identifier: Apache-2.0 */
#include "cms/compressed_data.h"

/* CompressionAlgorithmIdentifier ::= AlgorithmIdentifier. zlib has no parameters; nobody minds
 * some. */
static bool parse_algorithm(struct sg_ber *body, struct sg_algorithm *out)
{
    struct sg_ber fields;
    struct sg_ber_tlv parameters;
    if (!sg_ber_enter(body, SG_TAG_SEQUENCE, &fields, "compressionAlgorithm SEQUENCE") ||
        !sg_ber_oid(&fields, &out->oid_octets, "algorithm OBJECT IDENTIFIER"))
        return false;
    out->oid = sg_oid_find(out->oid_octets);
    if (sg_ber_done(&fields))
        return true;
    if (!sg_ber_any(&fields, &parameters))
        return false;
    out->parameters = parameters.full;
    return sg_ber_end(&fields);
}

/* CompressedData ::= SEQUENCE { version CMSVersion, compressionAlgorithm
 *     CompressionAlgorithmIdentifier, encapContentInfo EncapsulatedContentInfo } */
static bool parse_fields(struct sg_ber *body, struct sg_arena *arena,
                         struct sg_compressed_data *out)
{
    return sg_ber_uint32(body, &out->version, "version INTEGER") &&
           parse_algorithm(body, &out->compression) &&
           sg_encapsulated_content_parse(body, SG_ENCAPSULATED_OCTETS, arena, &out->content) &&
           sg_ber_end(body);
}

bool sg_compressed_data_parse(struct signet_span content, struct sg_arena *arena,
                              struct sg_compressed_data *out, struct signet_parse_error *error)
{
    *out = (struct sg_compressed_data){0};
    *error = (struct signet_parse_error){.object = "CompressedData"};
    struct sg_ber outer = sg_ber_begin(content, error), body;
    if (sg_ber_enter(&outer, SG_TAG_SEQUENCE, &body, "CompressedData SEQUENCE") &&
        parse_fields(&body, arena, out) && sg_ber_end(&outer))
        return true;
    if (arena->failed)
        *error = (struct signet_parse_error){0};
    return false;
}
