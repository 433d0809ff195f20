/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Two hexadecimal digits, as quoted-printable, encoded words and percent-encoding have them.
 */
#ifndef SG_MIME_HEX_H
#define SG_MIME_HEX_H

#include "base/span.h"

static inline int sg_hex_digit(uint8_t byte)
{
    uint8_t lower = sg_ascii_lower(byte);
    if (byte >= '0' && byte <= '9')
        return byte - '0';
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/* The octet that the two digits at AT stand for; -1 when there are no two digits. */
static inline int sg_hex_octet(struct signet_span text, size_t at)
{
    if (at >= text.len || text.len - at < 2)
        return -1;
    int high = sg_hex_digit(text.ptr[at]);
    int low = sg_hex_digit(text.ptr[at + 1]);
    return high >= 0 && low >= 0 ? high << 4 | low : -1;
}

#endif
