/* SPDX-License-Identifier: Apache-2.0 */
#include "x509/signed_object.h"

bool sg_signed_body_open(struct sg_der *content, const char *expected, struct signet_span *full,
                         struct sg_der *body)
{
    return sg_der_element(content, SG_TAG_SEQUENCE, full, body, expected);
}

/* Takes ALGORITHM's octets if they come again: it is then where they are now. */
static bool take_again(struct sg_der *content, struct sg_algorithm *algorithm)
{
    struct signet_span rest = sg_span(content->ptr, (size_t)(content->end - content->ptr));
    struct signet_span before = algorithm->full, parameters = algorithm->parameters;
    if (before.len == 0 || !sg_span_equal(sg_span_first(rest, before.len), before))
        return false;
    algorithm->full.ptr = rest.ptr;
    algorithm->oid_octets.ptr = rest.ptr + (algorithm->oid_octets.ptr - before.ptr);
    if (parameters.ptr != NULL)
        algorithm->parameters.ptr = rest.ptr + (parameters.ptr - before.ptr);
    content->ptr += before.len;
    return true;
}

bool sg_signed_signature_parse(struct sg_der *content, struct sg_algorithm *algorithm,
                               struct signet_span *signature, bool *half_octets)
{
    unsigned unused = 0;
    if ((!take_again(content, algorithm) &&
         !sg_algorithm_parse(content, algorithm, "signatureAlgorithm")) ||
        !sg_der_bit_string(content, SG_TAG_BIT_STRING, signature, &unused, "signatureValue"))
        return false;
    *half_octets = unused != 0;
    return sg_der_end(content);
}
