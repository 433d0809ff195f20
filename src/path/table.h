/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A set of pointers found by hash, in an arena: for what one judgement looks up often. Adding and
 * finding take constant time whatever an attacker puts in, as long as the hashes are seeded
 * (base/span.h).
 */
#ifndef SG_PATH_TABLE_H
#define SG_PATH_TABLE_H

#include "base/arena.h"

struct sg_table_slot {
    uint64_t hash;
    void *item; /* NULL: the slot is free */
};

/* {.arena = …} is an empty table. */
struct sg_table {
    struct sg_arena *arena;
    struct sg_table_slot *slots;
    size_t num, num_slots; /* slots are a power of two, or 0 */
};

/* The first item with HASH that EQUAL says is KEY's; NULL when there is none. */
void *sg_table_find(const struct sg_table *table, uint64_t hash,
                    bool (*equal)(const void *item, const void *key), const void *key);

/* Adds ITEM, not NULL, whether or not there is one like it. False: memory is out. */
SIGNET_MUST_CHECK bool sg_table_add(struct sg_table *table, uint64_t hash, void *item);

/* A seed that no sender of certificates knows: made of addresses, since judging has no source of
 * chance. */
uint64_t sg_table_seed(const void *object);

#endif
