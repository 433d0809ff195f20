/* SPDX-License-Identifier: Apache-2.0 */
#include "crypto/public_key.h"

/* AlgorithmIdentifier ::= SEQUENCE { algorithm OBJECT IDENTIFIER, parameters ANY OPTIONAL } */
bool sg_algorithm_skim(struct sg_der *der, struct sg_algorithm *out, const char *expected)
{
    struct sg_der next = *der, fields;
    struct sg_algorithm read = {0};
    struct sg_tlv parameters = {0};
    if (!sg_der_element(&next, SG_TAG_SEQUENCE, &read.full, &fields, expected) ||
        !sg_der_oid(&fields, &read.oid_octets, "algorithm OBJECT IDENTIFIER") ||
        (!sg_der_done(&fields) && !sg_der_any(&fields, &parameters)) || !sg_der_end(&fields))
        return false;
    read.parameters = parameters.full;
    *out = read;
    *der = next;
    return true;
}

bool sg_algorithm_parse(struct sg_der *der, struct sg_algorithm *out, const char *expected)
{
    if (!sg_algorithm_skim(der, out, expected))
        return false;
    out->oid = sg_oid_find(out->oid_octets);
    return true;
}

bool sg_algorithm_parameters_null(const struct sg_algorithm *algorithm)
{
    return algorithm->parameters.len == 2 && algorithm->parameters.ptr[0] == SG_TAG_NULL;
}
