/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From a 64-bit hash to the numbers of the items that have it, in the order of adding. Equality is
 * the caller's matter.
 *
 * Hashes are kept in a row and looked through. Chains are made when that has been done so often
 * that they would have cost no more: most pools are small, or are asked little.
 */
#ifndef SG_PATH_HASH_INDEX_H
#define SG_PATH_HASH_INDEX_H

#include "signet/base.h"

#include <stdatomic.h>

/* A bucket's chain is a ring, in which the first item follows the last. */
struct sg_hash_bucket {
    uint32_t last;  /* number + 1 of the last item, 0 for none */
    uint32_t marks; /* a bit for each item, by its hash: what is not there is seldom searched for */
};

struct sg_hash_chains {
    size_t cap;                      /* items that there is room for */
    unsigned bucket_bits;            /* there are 1 << bucket_bits buckets */
    uint64_t multiplier;             /* chooses the bucket; secret, so that nobody can fill one */
    uint32_t *next;                  /* of each item: number + 1 of the next in its bucket */
    struct sg_hash_bucket buckets[]; /* behind them comes .next */
};

/* A zeroed index is an empty one. It stays where it is: threads may look up at the same time, and
 * the one that finds chains wanting makes them. */
struct sg_hash_index {
    uint64_t *hashes; /* of each item */
    size_t num, cap;
    _Atomic(struct sg_hash_chains *) chains; /* of all items, or NULL: not yet */
    atomic_uint num_scans;                   /* times that the row was looked through */
};

void sg_hash_index_free(struct sg_hash_index *index);

/* Makes room for one more item. False, nothing that shows changed: memory is out. */
SIGNET_MUST_CHECK bool sg_hash_index_reserve(struct sg_hash_index *index);

/* The next item gets HASH; its number is how many were added before. Room must have been reserved,
 * so that an object enters all its indexes or none. */
void sg_hash_index_add(struct sg_hash_index *index, uint64_t hash);

/* HASH will be looked for soon: what that takes from memory may be on its way until then. */
void sg_hash_index_expect(const struct sg_hash_index *index, uint64_t hash);

/* The next item with HASH after AFTER (0, or what the last call returned): its number + 1; 0 for
 * none. Never fails: chains that memory is out for are done without. */
uint32_t sg_hash_index_find(const struct sg_hash_index *index, uint64_t hash, uint32_t after);

#endif
