/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Choices for many addresses, one after the other, as for a message to a thousand: what the store
 * has said of their CAs for one is at hand for the next.
 */
#ifndef SG_STORE_CHOOSING_H
#define SG_STORE_CHOOSING_H

#include "signet/choice.h"

struct sg_choosing;
struct sg_key_ring; /* path/key_ring.h */

/* Everything given must outlive it; POOL gets what the store supplies, of the caller's pool it is a
 * child; RING, of one policy for all of them, may be NULL. NULL: memory is out. */
SIGNET_MUST_CHECK struct sg_choosing *sg_choosing_new(struct signet_store *store,
                                                      struct signet_context *context,
                                                      struct signet_pool *pool,
                                                      struct sg_key_ring *ring);
void sg_choosing_free(struct sg_choosing *choosing); /* NULL is legal */

/* As signet_choice_make. *CHOICE must be freed before CHOOSING and its pool. */
SIGNET_MUST_CHECK enum signet_status sg_choosing_make(struct sg_choosing *choosing,
                                                      const char *address,
                                                      const struct signet_policy *policy,
                                                      struct signet_choice **choice);

/* SMIMECapabilities that the store has for the address of CHOICE, which are the choice's; {NULL,0}
 * where it has none. */
struct signet_span sg_choice_capabilities(const struct signet_choice *choice);

/* What signet_choice_make does, in its parts: NEEDS that the store was asked for already, and has
 * given whole, are not asked for again; what a choice's own pool has got goes to all. */
SIGNET_MUST_CHECK enum signet_status sg_choosing_supply(struct sg_choosing *choosing,
                                                        const struct signet_need *needs, size_t num,
                                                        struct signet_pool *own, size_t *num_added);
SIGNET_MUST_CHECK enum signet_status sg_choosing_share(struct sg_choosing *choosing,
                                                       const struct signet_pool *own);
struct signet_pool *sg_choosing_pool(const struct sg_choosing *choosing);
struct signet_store *sg_choosing_store(const struct sg_choosing *choosing);
struct signet_context *sg_choosing_context(const struct sg_choosing *choosing);
struct sg_key_ring *sg_choosing_ring(const struct sg_choosing *choosing);

#endif
