/* SPDX-License-Identifier: Apache-2.0 */
#include "path/key_ring.h"

#include "path/table.h"

#include <stdlib.h>

struct entry {
    struct sg_ring_key known;
    struct signet_span spki, parameters;
    struct entry *next;
};

struct sg_key_ring {
    struct sg_arena arena;
    uint64_t seed;
    struct sg_table keys;
    struct entry *first;
};

struct sg_key_ring *sg_key_ring_new(size_t max)
{
    struct sg_key_ring *made = calloc(1, sizeof(*made));
    if (made == NULL)
        return NULL;
    sg_arena_init(&made->arena, max);
    made->seed = sg_table_seed(made);
    made->keys.arena = &made->arena;
    return made;
}

void sg_key_ring_free(struct sg_key_ring *ring)
{
    if (ring == NULL)
        return;
    for (struct entry *entry = ring->first; entry != NULL; entry = entry->next)
        sg_public_key_free(entry->known.key);
    sg_arena_clear(&ring->arena);
    free(ring);
}

uint64_t sg_key_ring_seed(const struct sg_key_ring *ring)
{
    return ring->seed;
}

static bool same_key(const void *item, const void *key)
{
    const struct entry *a = item, *b = key;
    return sg_span_equal(a->spki, b->spki) && sg_span_equal(a->parameters, b->parameters);
}

struct sg_ring_key *sg_key_ring_enter(struct sg_key_ring *ring, uint64_t hash,
                                      struct signet_span spki, struct signet_span parameters)
{
    const struct entry wanted = {.spki = spki, .parameters = parameters};
    struct entry *entry = sg_table_find(&ring->keys, hash, same_key, &wanted);
    if (entry != NULL)
        return &entry->known;
    entry = sg_arena_alloc(&ring->arena, sizeof(*entry));
    if (entry == NULL)
        return NULL;
    entry->spki = sg_arena_copy(&ring->arena, spki);
    entry->parameters = sg_arena_copy(&ring->arena, parameters);
    if (ring->arena.failed || !sg_table_add(&ring->keys, hash, entry))
        return NULL;
    entry->next = ring->first;
    ring->first = entry;
    return &entry->known;
}
