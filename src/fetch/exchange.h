/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One thing that the helper is asked for, and its answer as it comes in. Equal requests share it,
 * so that a URL is fetched once however many ask for it.
 */
#ifndef SG_FETCH_EXCHANGE_H
#define SG_FETCH_EXCHANGE_H

#include "base/arena.h"
#include "fetch/frame.h"

struct sg_fetch_exchange {
    struct sg_fetch_exchange *next;
    uint32_t id;                         /* on the wire */
    size_t num_shared;                   /* requests and borrowed answers that hold it */
    bool done;                           /* there is an answer; nothing more is taken */
    struct signet_fetch_request request; /* texts in the arena, never NULL; max_bytes not 0 */
    struct sg_arena arena;
    struct sg_buffer *octets; /* of each value */
    struct signet_fetch_value *values;
    size_t num_values, cap_values;
    size_t cap_octets;
    size_t num_bytes; /* of all values */
    struct sg_frame_end end;
};

/* NULL when memory is out. MAX_BYTES: where the request has no own. */
SIGNET_MUST_CHECK struct sg_fetch_exchange *
sg_fetch_exchange_new(const struct signet_fetch_request *request, size_t max_bytes);
void sg_fetch_exchange_free(struct sg_fetch_exchange *exchange);

/* The same answer would be right. */
bool sg_fetch_exchange_same(const struct sg_fetch_exchange *a, const struct sg_fetch_exchange *b);

/*
 * Takes a frame that the helper sent for it. False: the helper must not have sent this, such as
 * more octets than were allowed. Memory that is out ends the exchange as FAILED.
 */
SIGNET_MUST_CHECK bool sg_fetch_exchange_take(struct sg_fetch_exchange *exchange,
                                              const struct sg_frame *frame);
/* Without an answer of the helper. REASON is static. Values are dropped. */
void sg_fetch_exchange_conclude(struct sg_fetch_exchange *exchange,
                                enum signet_fetch_outcome outcome, const char *reason);

#endif
