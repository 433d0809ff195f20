/* SPDX-License-Identifier: Apache-2.0 */
#include "path/constraint_set.h"

struct sg_constraint_cache {
    struct sg_table sets;
    struct sg_constraint_keys keys;
};

/* A key that leads to its subtree. */
struct entry {
    struct sg_constraint_key key;
    const struct sg_general_name *base;
};

enum { MAX_CANONICAL_LEN = 1 << 26 };

const struct sg_constraint_form *sg_constraint_form_find(enum sg_general_name_type form)
{
    static const struct sg_constraint_form *const forms[SG_NUM_NAME_FORMS] = {
        [SG_GN_RFC822] = &sg_constraint_mail,
        [SG_GN_DNS] = &sg_constraint_dns,
        [SG_GN_DIRECTORY] = &sg_constraint_directory,
        [SG_GN_URI] = &sg_constraint_uri,
        [SG_GN_IP] = &sg_constraint_ip,
    };
    return forms[form];
}

struct sg_constraint_cache *sg_constraint_cache_get(struct sg_judgement *judgement)
{
    if (judgement->constraints != NULL)
        return judgement->constraints;

    struct sg_constraint_cache *cache = sg_arena_alloc(judgement->arena, sizeof(*cache));
    if (cache == NULL) {
        judgement->failed = true;
        return NULL;
    }
    cache->sets.arena = judgement->arena;
    cache->keys.arena = judgement->arena;
    cache->keys.seed = sg_table_seed(cache);
    sg_buffer_init(&cache->keys.canonical, MAX_CANONICAL_LEN);
    judgement->constraints = cache;
    return cache;
}

void sg_constraint_cache_clear(struct sg_constraint_cache *cache)
{
    if (cache != NULL)
        sg_buffer_free(&cache->keys.canonical);
}

struct sg_constraint_keys *sg_constraint_keys_begin(struct sg_constraint_cache *cache,
                                                    const struct sg_constraint_kinds *wanted)
{
    cache->keys.num = 0;
    cache->keys.wanted = *wanted;
    return &cache->keys;
}

void sg_constraint_keys_add(struct sg_constraint_keys *keys, unsigned kind,
                            struct signet_span octets, uint64_t hash)
{
    void *items = keys->items;
    if (!sg_arena_grow(keys->arena, &items, &keys->cap, keys->num, sizeof(*keys->items))) {
        keys->failed = true;
        return;
    }
    keys->items = items;
    keys->items[keys->num++] = (struct sg_constraint_key){
        kind, octets, hash ^ ((uint64_t)kind + 1) * UINT64_C(0x9e3779b97f4a7c15)};
}

static bool same_key(const void *item, const void *key)
{
    const struct entry *entry = item;
    const struct sg_constraint_key *wanted = key;
    return entry->key.kind == wanted->kind && sg_span_equal(entry->key.octets, wanted->octets);
}

static bool add_entry(struct sg_constraint_set *set, const struct sg_constraint_key *key,
                      const struct sg_general_name *base)
{
    if (sg_table_find(&set->table, key->hash, same_key, key) != NULL)
        return true;
    struct entry *entry = sg_arena_alloc(set->table.arena, sizeof(*entry));
    if (entry == NULL)
        return false;
    *entry = (struct entry){*key, base};
    entry->key.octets = sg_arena_copy(set->table.arena, key->octets);
    if (entry->key.octets.ptr == NULL)
        return false;
    sg_constraint_kinds_add(&set->kinds, key->kind);
    return sg_table_add(&set->table, key->hash, entry);
}

/* Takes in one subtree. False: the budget or memory is out. */
static bool add_subtree(struct sg_judgement *judgement, struct sg_constraint_set *set,
                        struct sg_constraint_keys *keys, const struct sg_subtree *subtree)
{
    enum sg_general_name_type type = subtree->base.type;
    const struct sg_constraint_form *form = sg_constraint_form_find(type);
    struct sg_general_name *base = sg_arena_alloc(set->table.arena, sizeof(*base));
    if (base == NULL)
        return false;
    *base = subtree->base;
    if (set->forms[type].first == NULL)
        set->forms[type].first = base;

    keys->num = 0;
    if (form == NULL || subtree->has_bounds || !form->base_keys(keys, base, set->excluded)) {
        keys->num = 0;
        set->forms[type].unprocessed = base;
    }
    if (keys->failed || !sg_budget_comparisons(judgement, 1 + keys->num))
        return false;
    for (size_t i = 0; i < keys->num; i++) {
        if (!add_entry(set, &keys->items[i], base))
            return false;
    }
    return true;
}

static bool same_set(const void *item, const void *key)
{
    const struct sg_constraint_set *a = item, *b = key;
    return a->source == b->source && a->excluded == b->excluded;
}

/* Enters the set for SUBTREES, which has no subtree yet. */
static struct sg_constraint_set *new_set(struct sg_constraint_cache *cache,
                                         struct sg_subtrees subtrees, bool excluded)
{
    struct sg_constraint_set *set = sg_arena_alloc(cache->sets.arena, sizeof(*set));
    if (set == NULL)
        return NULL;
    set->source = subtrees.rest.ptr;
    set->excluded = excluded;
    set->table.arena = cache->sets.arena;
    return set;
}

struct sg_constraint_set *sg_constraint_set_get(struct sg_judgement *judgement,
                                                struct sg_constraint_cache *cache,
                                                struct sg_subtrees subtrees, bool excluded)
{
    const struct sg_constraint_set wanted = {.source = subtrees.rest.ptr, .excluded = excluded};
    uint64_t hash = sg_span_hash(sg_span(&wanted.source, sizeof(wanted.source)), cache->keys.seed);
    struct sg_constraint_set *set = sg_table_find(&cache->sets, hash, same_set, &wanted);
    if (set != NULL)
        return set;

    struct sg_subtree subtree;
    bool whole = (set = new_set(cache, subtrees, excluded)) != NULL;
    while (whole && sg_subtrees_next(&subtrees, &subtree))
        whole = add_subtree(judgement, set, &cache->keys, &subtree);
    if (whole)
        whole = sg_table_add(&cache->sets, hash, set);
    if (judgement->arena->failed || cache->keys.failed)
        judgement->failed = true;
    return whole ? set : NULL;
}

const struct sg_general_name *sg_constraint_set_find(struct sg_judgement *judgement,
                                                     const struct sg_constraint_set *set,
                                                     const struct sg_constraint_keys *keys,
                                                     bool *limit)
{
    for (size_t i = 0; i < keys->num; i++) {
        const struct sg_constraint_key *key = &keys->items[i];
        if (!sg_constraint_kinds_have(&set->kinds, key->kind))
            continue;
        if (!sg_budget_comparisons(judgement, 1)) {
            *limit = true;
            return NULL;
        }
        const struct entry *entry = sg_table_find(&set->table, key->hash, same_key, key);
        if (entry != NULL)
            return entry->base;
    }
    return NULL;
}
