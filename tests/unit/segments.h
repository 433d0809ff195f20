/* SPDX-License-Identifier: Apache-2.0 */
/* A string that BER has cut into segments, from what is to be in each. */
#ifndef SG_TESTS_UNIT_SEGMENTS_H
#define SG_TESTS_UNIT_SEGMENTS_H

#include "test.h"

#include "asn1/octets.h"

static inline struct sg_octets segments(const struct signet_span *pieces, size_t num)
{
    enum { HEAD_LEN = 6 };
    struct sg_octets octets = {.segmented = true};
    size_t len = 0;
    for (size_t i = 0; i < num; i++)
        len += HEAD_LEN + pieces[i].len;
    uint8_t *out = sg_test_keep(malloc(len + 1));
    octets.encoding = sg_span(out, len);
    for (size_t i = 0; i < num; i++) {
        const uint8_t head[HEAD_LEN] = {0x04,
                                        0x84,
                                        (uint8_t)(pieces[i].len >> 24),
                                        (uint8_t)(pieces[i].len >> 16),
                                        (uint8_t)(pieces[i].len >> 8),
                                        (uint8_t)pieces[i].len};
        memcpy(out, head, sizeof(head));
        if (pieces[i].len > 0)
            memcpy(out + HEAD_LEN, pieces[i].ptr, pieces[i].len);
        out += HEAD_LEN + pieces[i].len;
        octets.num += pieces[i].len > 0;
        octets.len += pieces[i].len;
    }
    return octets;
}

#endif
