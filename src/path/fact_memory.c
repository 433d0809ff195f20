/* SPDX-License-Identifier: Apache-2.0 */
#include "path/fact_memory.h"

#include "base/buffer.h"
#include "crypto/digest.h"

#include <stdlib.h>
#include <string.h>

/* A fact lives in one of a few places, which its object's digest decides. */
enum { NUM_WAYS = 8, NUM_SETS = SG_FACT_MEMORY_MAX / NUM_WAYS };

enum state { STATE_FREE = 0, STATE_KNOWN, STATE_LEARNED };

struct fact_set {
    struct sg_remembered facts[NUM_WAYS];
    uint8_t states[NUM_WAYS];
    uint8_t next; /* the place to be taken next */
};

/* A set is made when its first fact comes: a memory for one judgement costs no more than that. */
struct sg_fact_memory {
    size_t num_learned;
    struct fact_set *sets[NUM_SETS];
};

bool sg_remembered_key(struct signet_span spki, struct signet_span parameters, uint8_t key[32])
{
    struct sg_buffer both;
    if (parameters.len == 0)
        return sg_sha256(spki, key);
    sg_buffer_init(&both, SIZE_MAX);
    sg_buffer_add(&both, spki);
    sg_buffer_add(&both, parameters);
    bool done = both.status == SIGNET_OK && sg_sha256(sg_buffer_span(&both), key);
    sg_buffer_free(&both);
    return done;
}

struct sg_fact_memory *sg_fact_memory_new(void)
{
    return calloc(1, sizeof(struct sg_fact_memory));
}

void sg_fact_memory_free(struct sg_fact_memory *memory)
{
    for (size_t i = 0; memory != NULL && i < NUM_SETS; i++)
        free(memory->sets[i]);
    free(memory);
}

static size_t set_of(const struct sg_remembered *fact)
{
    return (fact->object[0] | (size_t)fact->object[1] << 8) % NUM_SETS;
}

/* The place of FACT in SET; NUM_WAYS for none. */
static size_t find(const struct fact_set *set, const struct sg_remembered *fact)
{
    size_t way = 0;
    while (way < NUM_WAYS &&
           (set->states[way] == STATE_FREE || memcmp(&set->facts[way], fact, sizeof(*fact)) != 0))
        way++;
    return way;
}

bool sg_fact_memory_has(const struct sg_fact_memory *memory, const struct sg_remembered *fact)
{
    const struct fact_set *set = memory->sets[set_of(fact)];
    return set != NULL && find(set, fact) < NUM_WAYS;
}

void sg_fact_memory_add(struct sg_fact_memory *memory, const struct sg_remembered *fact, bool known)
{
    struct fact_set **place = &memory->sets[set_of(fact)], *set = *place;
    if (set == NULL)
        set = *place = calloc(1, sizeof(*set));
    if (set == NULL)
        return; /* without the fact its computation is made again */
    size_t way = find(set, fact);
    if (way == NUM_WAYS) {
        way = set->next;
        set->next = (uint8_t)((way + 1) % NUM_WAYS);
        memory->num_learned -= set->states[way] == STATE_LEARNED;
        set->facts[way] = *fact;
        set->states[way] = STATE_LEARNED;
        memory->num_learned++;
    }
    if (known && set->states[way] == STATE_LEARNED) {
        set->states[way] = STATE_KNOWN;
        memory->num_learned--;
    }
}

const struct sg_remembered *sg_fact_memory_next(const struct sg_fact_memory *memory, size_t *place)
{
    while (memory->num_learned > 0 && *place < SG_FACT_MEMORY_MAX) {
        const struct fact_set *set = memory->sets[*place / NUM_WAYS];
        size_t way = (*place)++ % NUM_WAYS;
        if (set != NULL && set->states[way] == STATE_LEARNED)
            return &set->facts[way];
    }
    return NULL;
}

void sg_fact_memory_settle(struct sg_fact_memory *memory)
{
    for (size_t i = 0; memory->num_learned > 0 && i < NUM_SETS; i++) {
        struct fact_set *set = memory->sets[i];
        for (size_t way = 0; set != NULL && way < NUM_WAYS; way++) {
            if (set->states[way] == STATE_LEARNED)
                set->states[way] = STATE_KNOWN;
        }
    }
    memory->num_learned = 0;
}
