/* SPDX-License-Identifier: Apache-2.0 */
#include "crypto/dss.h"

#include "crypto/number.h"

static bool parse(struct signet_span signature, struct signet_span *r, struct signet_span *s)
{
    struct signet_parse_error error = {0};
    struct sg_der der = sg_der_begin(signature, &error), fields;
    return sg_der_enter(&der, SG_TAG_SEQUENCE, &fields, "signature SEQUENCE") &&
           sg_number_read(&fields, r, "r INTEGER") && sg_number_read(&fields, s, "s INTEGER") &&
           sg_der_end(&fields) && sg_der_end(&der);
}

enum sg_signature_check sg_dss_read(struct signet_span signature, const BIGNUM *order, BIGNUM *r,
                                    BIGNUM *s)
{
    struct signet_span r_octets, s_octets;
    size_t max_len = (size_t)BN_num_bytes(order);
    if (!parse(signature, &r_octets, &s_octets) || r_octets.len > max_len || s_octets.len > max_len)
        return SG_SIGNATURE_INVALID;
    if (!sg_number_set(r, r_octets) || !sg_number_set(s, s_octets))
        return SG_SIGNATURE_NO_MEMORY;
    bool in_range = BN_ucmp(r, order) < 0 && BN_ucmp(s, order) < 0;
    return in_range ? SG_SIGNATURE_VALID : SG_SIGNATURE_INVALID;
}
