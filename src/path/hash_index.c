/* SPDX-License-Identifier: Apache-2.0 */
#include "path/hash_index.h"

#include "path/table.h"

#include <stdlib.h>

enum { FIRST_CAP = 8 };

/* So few items are always looked through. */
enum { FEW_ITEMS = 32 };

/* Looking through the row so often takes as long as making chains. */
enum { ENOUGH_SCANS = 32 };

/* At first there are at least so many buckets for each item, and room for so many items. */
enum { SPARE_BUCKETS = 2, SPARE_ITEMS = 4 };

void sg_hash_index_free(struct sg_hash_index *index)
{
    free(index->hashes);
    free(atomic_load(&index->chains));
    index->hashes = NULL;
    index->num = index->cap = 0;
    atomic_init(&index->chains, NULL);
    atomic_init(&index->num_scans, 0);
}

/* Multiply-shift hashing: with an odd multiplier that is not known, any two hashes meet in a bucket
 * with the probability of chance (Dietzfelbinger et al., 1997). */
static size_t place_of(const struct sg_hash_chains *chains, uint64_t hash)
{
    return hash * chains->multiplier >> (64 - chains->bucket_bits);
}

/* One of 32 bits, by what comes behind the bits that choose the bucket. */
static uint32_t mark_of(const struct sg_hash_chains *chains, uint64_t hash)
{
    return UINT32_C(1) << (hash * chains->multiplier << chains->bucket_bits >> 59);
}

static void chain_item(struct sg_hash_chains *chains, uint64_t hash, uint32_t item)
{
    struct sg_hash_bucket *bucket = &chains->buckets[place_of(chains, hash)];
    chains->next[item] = item + 1;
    if (bucket->last != 0) {
        chains->next[item] = chains->next[bucket->last - 1];
        chains->next[bucket->last - 1] = item + 1;
    }
    bucket->last = item + 1;
    bucket->marks |= mark_of(chains, hash);
}

/* Chains of all items, malloc'ed in one block. NULL: memory is out. */
static struct sg_hash_chains *make_chains(const struct sg_hash_index *index)
{
    unsigned bits = 1;
    while ((size_t)1 << bits < index->num * SPARE_BUCKETS)
        bits++;
    size_t cap = index->num * SPARE_ITEMS, num = (size_t)1 << bits;
    struct sg_hash_chains *chains =
        calloc(1, sizeof(*chains) + num * sizeof(struct sg_hash_bucket) + cap * sizeof(uint32_t));
    if (chains == NULL)
        return NULL;
    chains->cap = cap;
    chains->bucket_bits = bits;
    chains->multiplier = sg_table_seed(chains) | 1;
    chains->next = (uint32_t *)(chains->buckets + num);
    for (size_t item = 0; item < index->num; item++)
        chain_item(chains, index->hashes[item], (uint32_t)item);
    return chains;
}

bool sg_hash_index_reserve(struct sg_hash_index *index)
{
    if (index->num < index->cap)
        return true;
    size_t cap = index->cap == 0 ? FIRST_CAP : index->cap * 2;
    if (cap >= UINT32_MAX / SPARE_ITEMS || cap > SIZE_MAX / sizeof(*index->hashes))
        return false;
    uint64_t *hashes = realloc(index->hashes, cap * sizeof(*hashes));
    if (hashes == NULL)
        return false;
    index->hashes = hashes;
    index->cap = cap;
    return true;
}

void sg_hash_index_add(struct sg_hash_index *index, uint64_t hash)
{
    struct sg_hash_chains *chains = atomic_load_explicit(&index->chains, memory_order_relaxed);
    index->hashes[index->num++] = hash;
    if (chains == NULL)
        return;
    if (index->num <= chains->cap) {
        chain_item(chains, hash, (uint32_t)index->num - 1);
        return;
    }
    free(chains);
    atomic_store_explicit(&index->chains, make_chains(index), memory_order_relaxed);
}

/* The first item with HASH from number ITEM on, by looking through the row. */
static uint32_t scan(const struct sg_hash_index *index, uint64_t hash, uint32_t item)
{
    for (; item < index->num; item++) {
        if (index->hashes[item] == hash)
            return item + 1;
    }
    return 0;
}

static uint32_t follow(const struct sg_hash_index *index, const struct sg_hash_chains *chains,
                       uint64_t hash, uint32_t after)
{
    const struct sg_hash_bucket *bucket = &chains->buckets[place_of(chains, hash)];
    uint32_t last = bucket->last;
    if ((bucket->marks & mark_of(chains, hash)) == 0 || last == after) /* AFTER is the last */
        return 0;
    uint32_t item = chains->next[(after == 0 ? last : after) - 1];
    while (index->hashes[item - 1] != hash) {
        if (item == last)
            return 0;
        item = chains->next[item - 1];
    }
    return item;
}

/* The chains, made now if it is time for that; NULL: the row is to be looked through. */
static const struct sg_hash_chains *get_chains(struct sg_hash_index *index)
{
    struct sg_hash_chains *held = atomic_load_explicit(&index->chains, memory_order_acquire);
    if (held != NULL || index->num <= FEW_ITEMS ||
        atomic_fetch_add_explicit(&index->num_scans, 1, memory_order_relaxed) < ENOUGH_SCANS)
        return held;
    struct sg_hash_chains *made = make_chains(index);
    /* Another thread that looks up here may have been faster. */
    if (atomic_compare_exchange_strong_explicit(&index->chains, &held, made, memory_order_acq_rel,
                                                memory_order_acquire))
        return made;
    free(made);
    return held;
}

uint32_t sg_hash_index_find(const struct sg_hash_index *index, uint64_t hash, uint32_t after)
{
    const struct sg_hash_chains *chains = get_chains((struct sg_hash_index *)(uintptr_t)index);
    return chains == NULL ? scan(index, hash, after) : follow(index, chains, hash, after);
}

void sg_hash_index_expect(const struct sg_hash_index *index, uint64_t hash)
{
    const struct sg_hash_chains *chains =
        atomic_load_explicit(&index->chains, memory_order_acquire);
    if (chains != NULL)
        __builtin_prefetch(&chains->buckets[place_of(chains, hash)], 1);
}
