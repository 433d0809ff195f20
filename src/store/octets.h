/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Numbers as octets in the order of the network, as they stand in what is stored.
 */
#ifndef SG_STORE_OCTETS_H
#define SG_STORE_OCTETS_H

#include <stddef.h>
#include <stdint.h>

static inline void sg_octets_put(uint8_t *out, size_t num, uint64_t value)
{
    for (size_t i = num; i > 0; i--, value >>= 8)
        out[i - 1] = (uint8_t)value;
}

static inline uint64_t sg_octets_get(const uint8_t *octets, size_t num)
{
    uint64_t value = 0;
    for (size_t i = 0; i < num; i++)
        value = value << 8 | octets[i];
    return value;
}

#endif
