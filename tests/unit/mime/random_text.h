/* SPDX-License-Identifier: Apache-2.0 */
/* Texts by chance, the same in every run: what is fast is held against what is plain. */
#ifndef SG_TESTS_UNIT_MIME_RANDOM_TEXT_H
#define SG_TESTS_UNIT_MIME_RANDOM_TEXT_H

#include "test.h"

/* Below BELOW; SEED is not 0. */
static inline size_t random_below(uint64_t *seed, size_t below)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return (size_t)(*seed >> 11) % below;
}

/* LEN octets of USUAL; one in RARITY of ODD. */
static inline struct signet_span random_text(uint64_t *seed, size_t len, struct signet_span usual,
                                             struct signet_span odd, size_t rarity)
{
    uint8_t *text = sg_test_keep(malloc(len + 1));
    for (size_t i = 0; i < len; i++) {
        struct signet_span from = random_below(seed, rarity) == 0 ? odd : usual;
        text[i] = from.ptr[random_below(seed, from.len)];
    }
    return sg_test_copy(text, len);
}

#endif
