/* SPDX-License-Identifier: Apache-2.0 */
#include "path/constraint_networks.h"

#include <stdlib.h>

/* An address as a number whose order is that of the octets; a mask likewise. */
struct address {
    uint8_t family; /* octets: 4 before 16 */
    uint64_t high, low;
};

struct sg_constraint_network {
    struct address first, mask;
    const uint8_t *place;
};

static struct address read_address(struct signet_span octets)
{
    uint8_t padded[16] = {0};
    struct address address = {(uint8_t)octets.len, 0, 0};
    memcpy(padded, octets.ptr, octets.len);
    for (size_t i = 0; i < 8; i++) {
        address.high = address.high << 8 | padded[i];
        address.low = address.low << 8 | padded[8 + i];
    }
    return address;
}

static struct address under_mask(struct address address, struct address mask)
{
    return (struct address){address.family, address.high & mask.high, address.low & mask.low};
}

static int compare(struct address a, struct address b)
{
    if (a.family != b.family)
        return a.family < b.family ? -1 : 1;
    if (a.high != b.high)
        return a.high < b.high ? -1 : 1;
    return (a.low > b.low) - (a.low < b.low);
}

static bool contains(const struct sg_constraint_network *network, struct address address)
{
    return compare(under_mask(address, network->mask), network->first) == 0;
}

bool sg_constraint_networks_add(struct sg_constraint_networks *networks, struct sg_arena *arena,
                                struct signet_span address_and_mask, const uint8_t *place)
{
    size_t half = address_and_mask.len / 2;
    struct address mask = read_address(sg_span_from(address_and_mask, half));
    struct address first = under_mask(read_address(sg_span_first(address_and_mask, half)), mask);
    void *items = networks->items;
    if (!sg_arena_grow(arena, &items, &networks->cap, networks->num, sizeof(*networks->items)))
        return false;
    networks->items = items;
    networks->items[networks->num++] = (struct sg_constraint_network){first, mask, place};
    return true;
}

/* A wider one before those inside of it, and of two that are the same the one that came first. */
static int compare_networks(const void *one, const void *other)
{
    const struct sg_constraint_network *a = one, *b = other;
    int order = compare(a->first, b->first);
    if (order == 0)
        order = compare(a->mask, b->mask);
    return order != 0 ? order : (a->place > b->place) - (a->place < b->place);
}

void sg_constraint_networks_sort(struct sg_constraint_networks *networks)
{
    size_t kept = 0;
    if (networks->num > 1)
        qsort(networks->items, networks->num, sizeof(*networks->items), compare_networks);
    for (size_t i = 0; i < networks->num; i++) {
        if (kept == 0 || !contains(&networks->items[kept - 1], networks->items[i].first))
            networks->items[kept++] = networks->items[i];
    }
    networks->num = kept;
}

const uint8_t *sg_constraint_networks_find(const struct sg_constraint_networks *networks,
                                           struct signet_span octets)
{
    struct address address = read_address(octets);
    size_t low = 0, high = networks->num; /* the first that begins behind ADDRESS is in [low, high]
                                           */
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare(networks->items[middle].first, address) <= 0)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = low > 0 && contains(&networks->items[low - 1], address);
    return found ? networks->items[low - 1].place : NULL;
}
