/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The content of a string, which BER may have cut into segments: a gigabyte into a quarter of a
 * million. They are read one by one whenever they are wanted, and no list of them is made.
 */
#ifndef SG_ASN1_OCTETS_H
#define SG_ASN1_OCTETS_H

#include "base/arena.h"

/* By value also what is left of a walk through them. */
struct sg_octets {
    struct signet_span encoding; /* the octets themselves, or the elements that are the segments */
    bool segmented;
    size_t num; /* segments with something in them; 1 for what is in one piece */
    size_t len; /* of all of them */
};

/* SPAN in one piece. */
static inline struct sg_octets sg_octets_of(struct signet_span span)
{
    return (struct sg_octets){.encoding = span, .num = 1, .len = span.len};
}

/* The first segment of REST, which is left with the others: octets of the input, in order. False:
 * there is none. All of them are never more than len octets, whatever the input becomes. */
SIGNET_MUST_CHECK bool sg_octets_next(struct sg_octets *rest, struct signet_span *segment);

/* The octets as one span, never NULL: the input itself for one segment, else a copy in the arena or
 * its scratch. False when memory is out (arena->failed). */
SIGNET_MUST_CHECK bool sg_octets_join(const struct sg_octets *octets, struct sg_arena *arena,
                                      struct signet_span *out);

#endif
