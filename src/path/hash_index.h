/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From a 64-bit hash to the numbers of the items that have it, in the order of adding. Equality is
 * the caller's matter.
 */
#ifndef SG_PATH_HASH_INDEX_H
#define SG_PATH_HASH_INDEX_H

#include "signet/base.h"

/* An item of an index: 12 octets, so that a walk looks at one place in memory for each. */
struct sg_hash_item {
    uint32_t high, low; /* halves of the hash */
    uint32_t next;      /* number + 1 of the next item in the bucket; of the last, of the first */
};

/* A zeroed index is an empty one. */
struct sg_hash_index {
    struct sg_hash_item *items;
    size_t num, cap;
    uint32_t *last;       /* of each bucket: number + 1 of its last item, 0 for none */
    unsigned bucket_bits; /* there are 1 << bucket_bits buckets, or none */
    uint64_t multiplier;  /* chooses the bucket; secret, so that nobody can fill one bucket */
};

void sg_hash_index_free(struct sg_hash_index *index);

/* The hash of an item. */
static inline uint64_t sg_hash_index_hash(const struct sg_hash_index *index, size_t item)
{
    return (uint64_t)index->items[item].high << 32 | index->items[item].low;
}

/* Makes room for one more item. False, nothing that shows changed: memory is out. */
SIGNET_MUST_CHECK bool sg_hash_index_reserve(struct sg_hash_index *index);

/* The next item gets HASH; its number is how many were added before. Room must have been reserved,
 * so that an object enters all its indexes or none. */
void sg_hash_index_add(struct sg_hash_index *index, uint64_t hash);

/* The next item with HASH after AFTER (0, or what the last call returned): its number + 1; 0 for
 * none. */
uint32_t sg_hash_index_find(const struct sg_hash_index *index, uint64_t hash, uint32_t after);

#endif
