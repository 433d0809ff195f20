/* SPDX-License-Identifier: Apache-2.0 */
#include "x509/walk.h"

/* A tag and a length of one octet each, as nearly all have: what sg_der_any would read. */
static bool walk_short(struct signet_span *rest, struct sg_tlv *out)
{
    const uint8_t *at = rest->ptr;
    if (rest->len < 2 || (at[0] & 0x1f) == 0x1f || at[1] >= 0x80 || at[1] > rest->len - 2)
        return false;
    size_t len = at[1];
    *out = (struct sg_tlv){at[0], {at, len + 2}, {at + 2, len}};
    *rest = (struct signet_span){at + len + 2, rest->len - len - 2};
    return true;
}

bool sg_walk(struct signet_span *rest, struct sg_tlv *out)
{
    if (walk_short(rest, out))
        return true;
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
