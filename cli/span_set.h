/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Spans that were met before. The octets are borrowed.
 */
#ifndef CLI_SPAN_SET_H
#define CLI_SPAN_SET_H

#include <signet/base.h>

struct span_set {
    struct signet_span *slots; /* open addressing; .ptr NULL: free */
    size_t num, cap;           /* cap: a power of two */
};

/* *NEW: it was not in the set. False: memory is out. */
bool span_set_add(struct span_set *set, struct signet_span span, bool *new);
void span_set_free(struct span_set *set); /* a zeroed one is legal */

#endif
