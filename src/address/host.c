/* SPDX-License-Identifier: Apache-2.0 */
#include "address/host.h"

#include "address/idna.h"
#include "base/text.h"

static struct signet_span without_trailing_dot(struct signet_span host)
{
    bool is_absolute =
        host.len > 1 && host.ptr[host.len - 1] == '.' && host.ptr[host.len - 2] != '.';
    return sg_span_first(host, is_absolute ? host.len - 1 : host.len);
}

bool sg_host_canonical(struct signet_span host, struct sg_arena *arena, struct signet_span *out)
{
    *out = without_trailing_dot(host);
    if (sg_text_is_ascii(*out))
        return true;
    return sg_idna_to_ascii(*out, arena, out) != SG_IDNA_MEMORY;
}

bool sg_host_canonical_equal(struct signet_span a, struct signet_span b)
{
    if (sg_text_is_ascii(a) && sg_text_is_ascii(b))
        return sg_span_equal_ascii_case(a, b);
    return sg_span_equal(a, b);
}

bool sg_host_equal(struct signet_span a, struct signet_span b, struct sg_arena *arena)
{
    return sg_host_canonical(a, arena, &a) && sg_host_canonical(b, arena, &b) &&
           sg_host_canonical_equal(a, b);
}

bool sg_host_is_label_octet(uint8_t byte)
{
    /* A bit for each octet: letters, digits, '-' and '_'. */
    static const uint64_t label_octets[] = {UINT64_C(0x03ff200000000000),
                                            UINT64_C(0x07fffffe87fffffe), 0, 0};
    return (label_octets[byte / 64] >> byte % 64 & 1) != 0;
}

bool sg_host_valid_ascii(struct signet_span host)
{
    const uint8_t *label = host.ptr, *end = host.ptr + host.len;
    if (host.len == 0 || host.len > SG_HOST_MAX_LEN)
        return false;
    for (const uint8_t *at = label;; at++) {
        if (at < end && sg_host_is_label_octet(*at))
            continue;
        if (at == label || at - label > SG_HOST_MAX_LABEL_LEN)
            return false;
        if (at == end || *at != '.')
            return at == end;
        label = at + 1;
    }
}
