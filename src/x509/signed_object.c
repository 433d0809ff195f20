/* SPDX-License-Identifier: Apache-2.0 */
#include "x509/signed_object.h"

bool sg_signed_body_open(struct sg_der *content, const char *expected, struct signet_span *full,
                         struct sg_der *body)
{
    return sg_der_element(content, SG_TAG_SEQUENCE, full, body, expected);
}

bool sg_signed_signature_parse(struct sg_der *content, struct sg_algorithm *algorithm,
                               struct signet_span *signature, bool *half_octets)
{
    unsigned unused = 0;
    if (!sg_algorithm_parse(content, algorithm, "signatureAlgorithm") ||
        !sg_der_bit_string(content, SG_TAG_BIT_STRING, signature, &unused, "signatureValue"))
        return false;
    *half_octets = unused != 0;
    return sg_der_end(content);
}
