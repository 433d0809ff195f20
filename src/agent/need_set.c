/* SPDX-License-Identifier: Apache-2.0 */
#include "agent/need_set.h"

#include "base/span.h"
#include "x509/certificate.h"

struct key {
    bool missing, anchored;
    struct signet_span issuer;
    struct signet_span points; /* CRLDistributionPoints */
};

/* Whoever asks without a certificate wants all there is of CRLs: that is another question. */
static bool read_key(const struct signet_need *need, struct key *key)
{
    if (need->kind != SIGNET_NEED_CRL || need->certificate == NULL)
        return false;
    *key = (struct key){need->missing, need->anchored, need->name,
                        need->certificate->crl_distribution_points};
    return true;
}

static uint64_t hash(const struct sg_need_set *set, const struct key *key)
{
    return sg_span_hash(key->issuer, sg_span_hash(key->points, set->seed));
}

static bool is_equal(const void *item, const void *wanted)
{
    const struct key *a = item, *b = wanted;
    return a->missing == b->missing && a->anchored == b->anchored &&
           sg_span_equal(a->issuer, b->issuer) && sg_span_equal(a->points, b->points);
}

void sg_need_set_init(struct sg_need_set *set, struct sg_arena *arena)
{
    *set = (struct sg_need_set){.table = {.arena = arena}};
    set->seed = sg_table_seed(set);
}

bool sg_need_set_has(const struct sg_need_set *set, const struct signet_need *need)
{
    struct key key;
    return read_key(need, &key) &&
           sg_table_find(&set->table, hash(set, &key), is_equal, &key) != NULL;
}

bool sg_need_set_add(struct sg_need_set *set, const struct signet_need *need)
{
    struct sg_arena *arena = set->table.arena;
    struct key key;
    if (!read_key(need, &key) || sg_need_set_has(set, need))
        return true;
    struct key *copy = sg_arena_alloc(arena, sizeof(*copy));
    if (copy == NULL)
        return false;
    *copy = (struct key){key.missing, key.anchored, sg_arena_copy(arena, key.issuer),
                         sg_arena_copy(arena, key.points)};
    return !arena->failed && sg_table_add(&set->table, hash(set, copy), copy);
}
