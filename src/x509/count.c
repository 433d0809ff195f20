/* SPDX-License-Identifier: Apache-2.0 */
#include "x509/extension_values.h"

#include "asn1/element.h"

bool sg_count_parse(struct sg_der *der, uint32_t tag, int64_t *out, const char *expected)
{
    struct sg_der next = *der;
    struct signet_span value;
    if (!sg_der_value(&next, tag, &value, expected))
        return false;
    if (!sg_integer_valid(value) || (value.ptr[0] & 0x80) != 0)
        return sg_der_fail_at(der, value.ptr, "a minimal INTEGER that is not negative");

    int64_t count = 0;
    for (size_t i = 0; i < value.len; i++)
        count = count > INT64_MAX >> 8 ? INT64_MAX : (count << 8 | value.ptr[i]);
    *out = count;
    *der = next;
    return true;
}

bool sg_count_parse_optional(struct sg_der *der, uint32_t tag, int64_t *out, const char *expected)
{
    *out = -1;
    return !sg_der_next_is(der, tag) || sg_count_parse(der, tag, out, expected);
}
