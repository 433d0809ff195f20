/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is known of locations: what came last, what failed lately. In the store where there is one,
 * and for the life of a retriever besides, in a ring that cannot grow.
 */
#ifndef SG_RETRIEVE_SOURCE_MEMORY_H
#define SG_RETRIEVE_SOURCE_MEMORY_H

#include "signet/store.h"

enum { SG_SOURCES_KEPT = 256, SG_SOURCE_REASON_SIZE = 160 };

struct sg_source {
    char *url; /* NULL: free */
    signet_time fetched, failed;
    char reason[SG_SOURCE_REASON_SIZE];
};

struct sg_source_memory {
    struct signet_store *store; /* may be NULL */
    struct sg_source sources[SG_SOURCES_KEPT];
    size_t next; /* to be overwritten */
};

void sg_source_memory_clear(struct sg_source_memory *memory);

/* *FOUND false: nothing is known. All borrowed until the next call of either function. */
SIGNET_MUST_CHECK enum signet_status sg_source_memory_find(struct sg_source_memory *memory,
                                                           const char *url,
                                                           struct signet_source *source,
                                                           bool *found);
/* A store that cannot be written is no reason not to go on. */
SIGNET_MUST_CHECK enum signet_status sg_source_memory_put(struct sg_source_memory *memory,
                                                          const struct signet_source *source);

#endif
