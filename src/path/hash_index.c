/* SPDX-License-Identifier: Apache-2.0 */
#include "path/hash_index.h"

#include "path/table.h"

#include <stdlib.h>

enum { FIRST_BITS = 4 };

/* Buckets become four times as many when each has two items: linking all anew is work of its own.
 */
enum { MORE_BITS = 2, MAX_LOAD = 2 };

void sg_hash_index_free(struct sg_hash_index *index)
{
    free(index->hashes);
    free(index->next);
    free(index->last);
    *index = (struct sg_hash_index){0};
}

/* Multiply-shift hashing: with an odd multiplier that is not known, any two hashes meet in a bucket
 * with the probability of chance (Dietzfelbinger et al., 1997). */
static size_t bucket_of(const struct sg_hash_index *index, uint64_t hash)
{
    return (size_t)(hash * index->multiplier >> (64 - index->bucket_bits));
}

static void link_item(struct sg_hash_index *index, uint32_t item)
{
    uint32_t *last = &index->last[bucket_of(index, index->hashes[item])];
    index->next[item] = item + 1;
    if (*last != 0) {
        index->next[item] = index->next[*last - 1];
        index->next[*last - 1] = item + 1;
    }
    *last = item + 1;
}

static bool grow_items(struct sg_hash_index *index)
{
    size_t cap = index->cap == 0 ? (size_t)1 << FIRST_BITS : index->cap * 2;
    if (cap >= UINT32_MAX || cap > SIZE_MAX / sizeof(*index->hashes))
        return false;
    uint64_t *hashes = realloc(index->hashes, cap * sizeof(*hashes));
    if (hashes == NULL)
        return false;
    index->hashes = hashes;
    uint32_t *next = realloc(index->next, cap * sizeof(*next));
    if (next == NULL)
        return false;
    index->next = next;
    index->cap = cap;
    return true;
}

static bool grow_buckets(struct sg_hash_index *index)
{
    unsigned bits = index->bucket_bits == 0 ? FIRST_BITS : index->bucket_bits + MORE_BITS;
    uint32_t *last = calloc((size_t)1 << bits, sizeof(*last));
    if (last == NULL)
        return false;
    free(index->last);
    index->last = last;
    index->bucket_bits = bits;
    index->multiplier = sg_table_seed(last) | 1;
    for (uint32_t item = 0; item < index->num; item++)
        link_item(index, item);
    return true;
}

bool sg_hash_index_reserve(struct sg_hash_index *index)
{
    if (index->num == index->cap && !grow_items(index))
        return false;
    bool fits = index->bucket_bits > 0 && index->num < (size_t)MAX_LOAD << index->bucket_bits;
    return fits || grow_buckets(index);
}

void sg_hash_index_add(struct sg_hash_index *index, uint64_t hash)
{
    index->hashes[index->num] = hash;
    link_item(index, (uint32_t)index->num);
    index->num++;
}

uint32_t sg_hash_index_find(const struct sg_hash_index *index, uint64_t hash, uint32_t after)
{
    if (index->num == 0)
        return 0;
    uint32_t last = index->last[bucket_of(index, hash)];
    if (last == after)
        return 0;
    uint32_t item = index->next[(after == 0 ? last : after) - 1];
    while (index->hashes[item - 1] != hash) {
        if (item == last)
            return 0;
        item = index->next[item - 1];
    }
    return item;
}
