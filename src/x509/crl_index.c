/* SPDX-License-Identifier: Apache-2.0 */
#include "x509/crl_index.h"

#include "x509/crl_parts.h"

#include <stdlib.h>

/* Entries in a group, as a power of two; and groups at most, so that their ends stay in a cache. */
enum { GROUP_BITS = 4, MAX_GROUP_BITS = 16, HASH_BITS = 32 };

uint32_t sg_crl_index_hash(struct signet_span serial, uint64_t seed)
{
    return (uint32_t)(sg_span_hash(serial, seed) >> 32);
}

/* At least one, so that a shift is below the width of a hash. */
static unsigned count_group_bits(size_t num_entries)
{
    unsigned bits = 1;
    while (bits < MAX_GROUP_BITS && num_entries >> (bits + GROUP_BITS) != 0)
        bits++;
    return bits;
}

static struct sg_crl_index *allocate(size_t num_entries)
{
    struct sg_crl_index *index;
    unsigned bits = count_group_bits(num_entries);
    size_t num_groups = (size_t)1 << bits;
    if (num_entries > SIZE_MAX / sizeof(uint32_t) / 2)
        return NULL;
    index = malloc(sizeof(*index) + (num_groups + num_entries) * sizeof(uint32_t));
    if (index == NULL)
        return NULL;
    index->shift = HASH_BITS - bits;
    index->num_groups = num_groups;
    index->offsets = index->ends + num_groups;
    memset(index->ends, 0, num_groups * sizeof(uint32_t));
    return index;
}

static size_t group_of(const struct sg_crl_index *index, struct signet_span serial)
{
    return sg_crl_index_hash(serial, index->seed) >> index->shift;
}

static void count(struct sg_crl_index *index, struct signet_span entries)
{
    for (size_t offset = 0; offset < entries.len;) {
        struct sg_crl_place place = sg_crl_place_at(entries, offset);
        index->ends[group_of(index, place.serial)]++;
        offset = place.next;
    }
}

/* Makes the beginnings of the groups of how many they have; placing moves them to the ends. */
static void add_up(struct sg_crl_index *index)
{
    uint32_t start = 0;
    for (size_t i = 0; i < index->num_groups; i++) {
        uint32_t num = index->ends[i];
        index->ends[i] = start;
        start += num;
    }
}

static void place_all(struct sg_crl_index *index, struct signet_span entries)
{
    for (size_t offset = 0; offset < entries.len;) {
        struct sg_crl_place place = sg_crl_place_at(entries, offset);
        index->offsets[index->ends[group_of(index, place.serial)]++] = (uint32_t)offset;
        offset = place.next;
    }
}

struct sg_crl_index *sg_crl_index_new(const struct signet_crl *crl, uint64_t seed)
{
    struct sg_crl_index *index = allocate(crl->num_entries);
    if (index == NULL)
        return NULL;
    index->seed = seed;
    count(index, crl->entries);
    add_up(index);
    place_all(index, crl->entries);
    return index;
}

void sg_crl_index_free(struct sg_crl_index *index)
{
    free(index);
}

struct sg_crl_group sg_crl_index_group(const struct sg_crl_index *index, size_t number)
{
    uint32_t start = number > 0 ? index->ends[number - 1] : 0;
    return (struct sg_crl_group){index->offsets + start, index->ends[number] - start};
}

struct sg_crl_group sg_crl_index_find(const struct sg_crl_index *index, struct signet_span serial)
{
    return sg_crl_index_group(index, group_of(index, serial));
}
