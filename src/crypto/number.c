/* SPDX-License-Identifier: Apache-2.0 */
#include "crypto/number.h"

#include <limits.h>

bool sg_number_read(struct sg_der *der, struct signet_span *magnitude, const char *expected)
{
    const uint8_t *at = der->ptr;
    struct signet_span content;
    if (!sg_der_integer(der, &content, expected))
        return false;
    if (content.ptr[0] >= 0x80 || (content.len == 1 && content.ptr[0] == 0))
        return sg_der_fail_at(der, at, expected);
    *magnitude = sg_span_from(content, content.ptr[0] == 0 ? 1 : 0);
    return true;
}

unsigned sg_number_bits(struct signet_span magnitude)
{
    if (magnitude.len == 0)
        return 0;
    if (magnitude.len > UINT_MAX / 8)
        return UINT_MAX;
    unsigned bits = (unsigned)(magnitude.len - 1) * 8;
    for (unsigned first = magnitude.ptr[0]; first != 0; first >>= 1)
        bits++;
    return bits;
}

bool sg_number_is_odd(struct signet_span magnitude)
{
    return magnitude.len > 0 && (magnitude.ptr[magnitude.len - 1] & 1) != 0;
}

bool sg_number_is_one(struct signet_span magnitude)
{
    return magnitude.len == 1 && magnitude.ptr[0] == 1;
}

BIGNUM *sg_number_new(struct signet_span magnitude)
{
    return BN_bin2bn(magnitude.ptr, (int)magnitude.len, NULL);
}

bool sg_number_set(BIGNUM *number, struct signet_span magnitude)
{
    return BN_bin2bn(magnitude.ptr, (int)magnitude.len, number) != NULL;
}

bool sg_number_set_digest(BIGNUM *number, const struct sg_digest_value *digest, const BIGNUM *order)
{
    int order_bits = BN_num_bits(order);
    size_t order_len = ((size_t)order_bits + 7) / 8;
    size_t len = digest->len < order_len ? digest->len : order_len;
    int excess = (int)len * 8 - order_bits;
    return sg_number_set(number, sg_span(digest->octets, len)) &&
           (excess <= 0 || BN_rshift(number, number, excess) == 1);
}
