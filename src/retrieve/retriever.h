/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What many verdicts share: rules, fetcher, store and what is known of locations.
 */
#ifndef SG_RETRIEVE_RETRIEVER_H
#define SG_RETRIEVE_RETRIEVER_H

#include "base/arena.h"
#include "retrieve/source_memory.h"
#include "signet/retrieve.h"

struct signet_retriever {
    struct sg_arena arena; /* of the rules' texts */
    struct signet_retrieve_rules rules;
    struct signet_fetcher *fetcher; /* may be NULL */
    struct signet_store *store;     /* may be NULL */
    struct sg_source_memory memory;
};

#endif
