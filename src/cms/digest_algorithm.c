/* SPDX-License-Identifier: Apache-2.0 */
#include "cms/digest_algorithm.h"

/* RFC 8419 2.3: ShakeOutputLen ::= INTEGER, in bits. Ed448 wants 512, and that is what our SHAKE256
 * gives. */
static bool is_512(struct signet_span parameters)
{
    struct signet_parse_error error = {0};
    struct sg_der der = sg_der_begin(parameters, &error);
    uint32_t bits;
    return sg_der_uint32(&der, &bits, "ShakeOutputLen") && sg_der_end(&der) && bits == 512;
}

enum sg_digest_type sg_digest_algorithm_type(const struct sg_algorithm *algorithm)
{
    if (algorithm->oid == SG_OID_SHAKE256_LEN)
        return is_512(algorithm->parameters) ? SG_DIGEST_SHAKE256 : SG_DIGEST_NONE;
    return sg_digest_find(algorithm->oid);
}

bool sg_digest_algorithm_is_odd(const struct sg_algorithm *algorithm)
{
    if (algorithm->oid == SG_OID_SHAKE256_LEN)
        return !is_512(algorithm->parameters);
    if (algorithm->parameters.ptr != NULL)
        return !sg_algorithm_parameters_null(algorithm);
    return algorithm->oid == SG_OID_MD5 || algorithm->oid == SG_OID_MD2;
}
