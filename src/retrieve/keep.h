/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What came from the network goes where it can be used: into the pool, and into the store with its
 * URL as its origin.
 */
#ifndef SG_RETRIEVE_KEEP_H
#define SG_RETRIEVE_KEEP_H

#include "retrieve/answer.h"
#include "retrieve/retriever.h"

/* Adds all of CATCH to POOL (may be NULL) and STORE (may be NULL); *NUM_ADDED grows by what is new
 * to the pool. A store that cannot be written is no reason to fail. */
SIGNET_MUST_CHECK enum signet_status
sg_catch_keep(const struct sg_catch *catch, struct signet_pool *pool, struct signet_store *store,
              const struct signet_origin *origin, size_t *num_added);

/* The location has just answered, with CATCH: validators for the next request when that was one
 * object. */
SIGNET_MUST_CHECK enum signet_status sg_source_answered(struct sg_source_memory *memory,
                                                        const char *url,
                                                        const struct signet_fetch_answer *answer,
                                                        const struct sg_catch *catch,
                                                        signet_time now);
/* It has not; what was known of it before stays. */
SIGNET_MUST_CHECK enum signet_status sg_source_failed(struct sg_source_memory *memory,
                                                      const char *url, const char *reason,
                                                      signet_time now);
/* What it gave before is still current. */
SIGNET_MUST_CHECK enum signet_status sg_source_unchanged(struct sg_source_memory *memory,
                                                         const char *url, signet_time now);

#endif
