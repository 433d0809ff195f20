/* SPDX-License-Identifier: Apache-2.0 */
#include "path/table.h"

#include "base/span.h"

enum { FIRST_NUM_SLOTS = 8 };

uint64_t sg_table_seed(const void *object)
{
    uintptr_t addresses[] = {(uintptr_t)object, (uintptr_t)&addresses};
    return sg_span_hash(sg_span(addresses, sizeof(addresses)), 0);
}

static void put(struct sg_table *table, struct sg_table_slot slot)
{
    size_t at = (size_t)slot.hash & (table->num_slots - 1);
    while (table->slots[at].item != NULL)
        at = (at + 1) & (table->num_slots - 1);
    table->slots[at] = slot;
}

static bool grow(struct sg_table *table)
{
    struct sg_table old = *table;
    if (old.num_slots > SIZE_MAX / 2)
        return false;
    size_t num_slots = old.num_slots > 0 ? old.num_slots * 2 : FIRST_NUM_SLOTS;
    struct sg_table_slot *slots = sg_arena_array(table->arena, num_slots, sizeof(*slots));
    if (slots == NULL)
        return false;

    table->slots = slots;
    table->num_slots = num_slots;
    for (size_t i = 0; i < old.num_slots; i++) {
        if (old.slots[i].item != NULL)
            put(table, old.slots[i]);
    }
    return true;
}

void *sg_table_find(const struct sg_table *table, uint64_t hash,
                    bool (*equal)(const void *item, const void *key), const void *key)
{
    if (table->num == 0)
        return NULL;
    size_t mask = table->num_slots - 1;
    for (size_t at = (size_t)hash & mask; table->slots[at].item != NULL; at = (at + 1) & mask) {
        if (table->slots[at].hash == hash && equal(table->slots[at].item, key))
            return table->slots[at].item;
    }
    return NULL;
}

bool sg_table_add(struct sg_table *table, uint64_t hash, void *item)
{
    /* At most three quarters full, so that every walk ends at a free slot soon. */
    if (table->num >= table->num_slots / 4 * 3 && !grow(table))
        return false;
    put(table, (struct sg_table_slot){hash, item});
    table->num++;
    return true;
}
