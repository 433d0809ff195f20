/* SPDX-License-Identifier: Apache-2.0 */
#include "x509/walk.h"

bool sg_walk_longer(struct signet_span *rest, struct sg_tlv *out)
{
    struct signet_parse_error error = {0};
    struct sg_der der = sg_der_begin(*rest, &error);
    if (sg_der_done(&der) || !sg_der_any(&der, out))
        return false;
    *rest = sg_span_from(*rest, out->full.len);
    return true;
}

struct signet_span sg_walk_into(struct signet_span element)
{
    struct sg_tlv tlv;
    return sg_walk(&element, &tlv) ? tlv.value : (struct signet_span){NULL, 0};
}
