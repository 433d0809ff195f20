/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A walk through a BER element and all within it, in order, without recursion. For ber*.c only.
 */
#ifndef SG_ASN1_BER_WALK_H
#define SG_ASN1_BER_WALK_H

#include "asn1/ber.h"
#include "asn1/element.h"

enum sg_ber_event {
    SG_BER_FAILED, /* .expected at .at */
    SG_BER_OPEN,   /* a constructed element starts */
    SG_BER_LEAF,   /* a primitive element, or a definite one that is passed over whole */
    SG_BER_CLOSE,  /* the innermost constructed element has ended */
    SG_BER_END     /* everything has been walked through */
};

struct sg_ber_walk {
    const uint8_t *ptr;
    const uint8_t *end;
    bool shallow;       /* definite constructed elements are leaves */
    unsigned max_depth; /* at most SG_BER_MAX_DEPTH */
    unsigned depth;     /* elements open */
    struct {
        const uint8_t *end; /* where it must end at the latest; where it ends when definite */
        bool indefinite;
    } open[SG_BER_MAX_DEPTH];

    /* Of the last SG_BER_OPEN or SG_BER_LEAF. */
    struct sg_header header;
    const uint8_t *start;     /* identifier octets */
    struct signet_span value; /* SG_BER_LEAF: content octets */

    /* Of SG_BER_FAILED. */
    const char *expected;
    const uint8_t *at;
};

/* BYTES must not be {NULL,0}. */
void sg_ber_walk_begin(struct sg_ber_walk *walk, struct signet_span bytes, unsigned max_depth,
                       bool shallow);

/* The next event. Each octet of the input is looked at once at the most. */
enum sg_ber_event sg_ber_walk_next(struct sg_ber_walk *walk);

/* Makes the walk fail with EXPECTED at AT: for rules of the caller. Returns SG_BER_FAILED. */
enum sg_ber_event sg_ber_walk_fail(struct sg_ber_walk *walk, const uint8_t *at,
                                   const char *expected);

#endif
