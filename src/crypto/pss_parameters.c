/* SPDX-License-Identifier: Apache-2.0 */
/*
 * RSASSA-PSS-params ::= SEQUENCE {
 *     hashAlgorithm    [0] HashAlgorithm DEFAULT sha1Identifier,
 *     maskGenAlgorithm [1] MaskGenAlgorithm DEFAULT mgf1SHA1Identifier,
 *     saltLength       [2] INTEGER DEFAULT 20,
 *     trailerField     [3] INTEGER DEFAULT 1 }      -- explicit tags
 */
#include "crypto/pss_parameters.h"

#include "crypto/public_key.h"

/* RFC 4055 2.1: parameters NULL or absent, both must be accepted. */
bool sg_rsa_hash_parse(struct sg_der *der, enum sg_digest_type *out)
{
    struct sg_algorithm hash;
    if (!sg_algorithm_parse(der, &hash, "hash AlgorithmIdentifier"))
        return false;
    *out = sg_digest_find(hash.oid);
    bool known_form = hash.parameters.ptr == NULL || sg_algorithm_parameters_null(&hash);
    return *out == SG_DIGEST_NONE || known_form ||
           sg_der_fail_at(der, hash.parameters.ptr, "NULL or no parameters of a hash");
}

/* RFC 4055 2.2: the parameter of MGF1 is the AlgorithmIdentifier of its hash. */
bool sg_rsa_mask_parse(struct sg_der *der, enum sg_digest_type *out)
{
    struct sg_algorithm generator;
    *out = SG_DIGEST_NONE;
    if (!sg_algorithm_parse(der, &generator, "mask generation AlgorithmIdentifier"))
        return false;
    if (generator.oid != SG_OID_MGF1)
        return true;
    struct sg_der hash = sg_der_within(der, generator.parameters);
    return generator.parameters.ptr == NULL
               ? sg_der_fail_at(der, generator.full.ptr, "MGF1 with its hash as the parameter")
               : sg_rsa_hash_parse(&hash, out);
}

static bool read_trailer(struct sg_der *der)
{
    const uint8_t *at = der->ptr;
    uint32_t trailer;
    return sg_der_uint32(der, &trailer, "trailerField INTEGER") &&
           (trailer == 1 || sg_der_fail_at(der, at, "trailerField 1"));
}

/* A cursor over the content of the field [TAG] into FIELD, if it is there. */
static bool has_field(struct sg_der *der, unsigned tag, struct sg_der *field)
{
    return sg_der_next_is(der, SG_TAG_CONTEXT_CONS(tag)) &&
           sg_der_enter(der, SG_TAG_CONTEXT_CONS(tag), field, "a field of RSASSA-PSS-params");
}

bool sg_pss_parameters_parse(struct sg_der *der, struct sg_pss_parameters *out)
{
    struct sg_der fields, field;
    struct sg_pss_parameters read = {SG_DIGEST_SHA1, SG_DIGEST_SHA1, 20};
    uint32_t salt_len = read.salt_len;
    if (!sg_der_enter(der, SG_TAG_SEQUENCE, &fields, "RSASSA-PSS-params SEQUENCE"))
        return false;
    if (has_field(&fields, 0, &field) &&
        !(sg_rsa_hash_parse(&field, &read.digest) && sg_der_end(&field)))
        return false;
    if (has_field(&fields, 1, &field) &&
        !(sg_rsa_mask_parse(&field, &read.mgf_digest) && sg_der_end(&field)))
        return false;
    if (has_field(&fields, 2, &field) &&
        !(sg_der_uint32(&field, &salt_len, "saltLength INTEGER") && sg_der_end(&field)))
        return false;
    if (has_field(&fields, 3, &field) && !(read_trailer(&field) && sg_der_end(&field)))
        return false;
    read.salt_len = salt_len;
    *out = read;
    return sg_der_end(&fields);
}
