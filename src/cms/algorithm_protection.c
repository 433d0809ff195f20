/* SPDX-License-Identifier: Apache-2.0 */
#include "cms/algorithm_protection.h"

/* [NUMBER] IMPLICIT AlgorithmIdentifier OPTIONAL */
static bool parse_tagged(struct sg_der *fields, uint8_t number, bool *present,
                         struct sg_algorithm *out)
{
    struct sg_der algorithm;
    struct sg_tlv parameters = {0};
    struct signet_span full;
    *present = sg_der_next_is(fields, SG_TAG_CONTEXT_CONS(number));
    if (!*present)
        return true;
    if (!sg_der_full(fields, SG_TAG_CONTEXT_CONS(number), &full, "AlgorithmIdentifier"))
        return false;
    struct sg_der whole = sg_der_within(fields, full);
    if (!sg_der_enter(&whole, SG_TAG_CONTEXT_CONS(number), &algorithm, "AlgorithmIdentifier") ||
        !sg_der_oid(&algorithm, &out->oid_octets, "algorithm OBJECT IDENTIFIER") ||
        (!sg_der_done(&algorithm) && !sg_der_any(&algorithm, &parameters)) ||
        !sg_der_end(&algorithm))
        return false;
    out->full = full;
    out->oid = sg_oid_find(out->oid_octets);
    out->parameters = parameters.full;
    return true;
}

/* CMSAlgorithmProtection ::= SEQUENCE { digestAlgorithm AlgorithmIdentifier,
 *     signatureAlgorithm [1] AlgorithmIdentifier OPTIONAL, macAlgorithm [2] AlgorithmIdentifier
 * OPTIONAL } */
bool sg_algorithm_protection_parse(struct signet_span value, struct sg_algorithm_protection *out)
{
    struct signet_parse_error error = {0};
    struct sg_der der = sg_der_begin(value, &error), fields;
    *out = (struct sg_algorithm_protection){0};
    return sg_der_enter(&der, SG_TAG_SEQUENCE, &fields, "CMSAlgorithmProtection SEQUENCE") &&
           sg_algorithm_parse(&fields, &out->digest, "digestAlgorithm") &&
           parse_tagged(&fields, 1, &out->has_signature, &out->signature) &&
           parse_tagged(&fields, 2, &out->has_mac, &out->mac) && sg_der_end(&fields) &&
           sg_der_end(&der);
}

static bool is_null_or_absent(const struct sg_algorithm *algorithm)
{
    return algorithm->parameters.ptr == NULL || sg_algorithm_parameters_null(algorithm);
}

enum sg_algorithm_match sg_algorithm_compare(const struct sg_algorithm *a,
                                             const struct sg_algorithm *b)
{
    if (!sg_span_equal(a->oid_octets, b->oid_octets))
        return SG_ALGORITHM_DIFFERS;
    if (sg_span_equal(a->parameters, b->parameters))
        return SG_ALGORITHM_EQUAL;
    return is_null_or_absent(a) && is_null_or_absent(b) ? SG_ALGORITHM_NULL_DIFFERS
                                                        : SG_ALGORITHM_DIFFERS;
}
