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
    free(index->items);
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
    uint32_t *last = &index->last[bucket_of(index, sg_hash_index_hash(index, item))];
    index->items[item].next = item + 1;
    if (*last != 0) {
        index->items[item].next = index->items[*last - 1].next;
        index->items[*last - 1].next = item + 1;
    }
    *last = item + 1;
}

static bool grow_items(struct sg_hash_index *index)
{
    size_t cap = index->cap == 0 ? (size_t)1 << FIRST_BITS : index->cap * 2;
    if (cap >= UINT32_MAX || cap > SIZE_MAX / sizeof(*index->items))
        return false;
    struct sg_hash_item *items = realloc(index->items, cap * sizeof(*items));
    if (items == NULL)
        return false;
    index->items = items;
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
    index->items[index->num].high = (uint32_t)(hash >> 32);
    index->items[index->num].low = (uint32_t)hash;
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
    uint32_t item = index->items[(after == 0 ? last : after) - 1].next;
    while (sg_hash_index_hash(index, item - 1) != hash) {
        if (item == last)
            return 0;
        item = index->items[item - 1].next;
    }
    return item;
}
