/* SPDX-License-Identifier: Apache-2.0 */
#include "path/constraint_set.h"

#include "path/table.h"

struct sg_constraint_cache {
    struct sg_table sets;
    struct sg_constraint_keys keys;
};

enum { MAX_CANONICAL_LEN = 1 << 26 };

/* For subtrees, whose keys all count. */
static const struct sg_constraint_wants everything = {~0u, {UINT64_MAX, UINT64_MAX}};

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
                                                    const struct sg_constraint_wants *wanted)
{
    cache->keys.num = 0;
    cache->keys.wants = *wanted;
    return &cache->keys;
}

void sg_constraint_keys_add(struct sg_constraint_keys *keys, struct sg_constraint_key key)
{
    void *items = keys->items;
    if (!sg_constraint_wants_key(&keys->wants, key.kinds, key.depth))
        return;
    if (!sg_arena_grow(keys->arena, &items, &keys->cap, keys->num, sizeof(*keys->items))) {
        keys->failed = true;
        return;
    }
    keys->items = items;
    keys->items[keys->num++] = key;
}

void sg_constraint_keys_add_any(struct sg_constraint_keys *keys, enum sg_constraint_kind kind)
{
    sg_constraint_keys_add(keys, (struct sg_constraint_key){.kinds = SG_CONSTRAINT_BIT(kind)});
}

/* --- entries */

static uint32_t short_hash(const struct sg_constraint_key *key)
{
    return (uint32_t)(key->hash ^ key->hash >> 32);
}

/* A walk over the entries that may be those of KEY: of its hash, octets and one of its kinds. */
struct probe {
    const struct sg_constraint_set *set;
    const struct sg_constraint_key *key;
    uint32_t hash;
    size_t at;
};

static struct probe probe_begin(const struct sg_constraint_set *set,
                                const struct sg_constraint_key *key)
{
    uint32_t hash = short_hash(key);
    return (struct probe){set, key, hash, hash};
}

static bool is_entry_of(const struct sg_constraint_entry *entry,
                        const struct sg_constraint_key *key)
{
    return (entry->kinds & key->kinds) != 0 &&
           sg_span_equal(sg_span(entry->octets, entry->len), key->octets);
}

static const struct sg_constraint_entry *probe_next(struct probe *probe)
{
    const struct sg_constraint_set *set = probe->set;
    const struct sg_constraint_slot *slot;
    if (set->num_slots == 0)
        return NULL;
    while ((slot = &set->slots[probe->at++ & (set->num_slots - 1)])->entry != 0) {
        const struct sg_constraint_entry *entry = &set->entries[slot->entry - 1];
        if (slot->hash == probe->hash && is_entry_of(entry, probe->key))
            return entry;
    }
    return NULL;
}

static void put(struct sg_constraint_set *set, struct sg_constraint_slot slot)
{
    size_t at = slot.hash & (set->num_slots - 1);
    while (set->slots[at].entry != 0)
        at = (at + 1) & (set->num_slots - 1);
    set->slots[at] = slot;
}

/* Slots for NUM entries, at most three quarters full, so that every walk ends at a free one soon.
 */
static bool reserve_slots(struct sg_constraint_set *set, struct sg_arena *arena, size_t num)
{
    struct sg_constraint_slot *old = set->slots;
    size_t num_old = set->num_slots, num_slots = num_old > 0 ? num_old : 8;
    while (num_slots / 4 * 3 < num) {
        if (num_slots > UINT32_MAX / 2)
            return false;
        num_slots *= 2;
    }
    if (num_slots == num_old)
        return true;
    struct sg_constraint_slot *slots = sg_arena_array(arena, num_slots, sizeof(*slots));
    if (slots == NULL)
        return false;
    set->slots = slots;
    set->num_slots = num_slots;
    for (size_t i = 0; i < num_old; i++) {
        if (old[i].entry != 0)
            put(set, old[i]);
    }
    return true;
}

/* Room for as many entries as there are SUBTREES; some have two. */
static bool reserve(struct sg_constraint_set *set, struct sg_arena *arena,
                    struct sg_subtrees subtrees)
{
    size_t num = sg_subtrees_count(subtrees);
    set->entries = sg_arena_array(arena, num, sizeof(*set->entries));
    set->cap = num;
    return set->entries != NULL && reserve_slots(set, arena, num);
}

/* OCTETS of a key of BASE, which mostly stand at its end as they are; else a copy. */
static struct signet_span keep_octets(struct sg_arena *arena, struct signet_span octets,
                                      struct signet_span base)
{
    if (octets.len <= base.len) {
        struct signet_span tail = sg_span_from(base, base.len - octets.len);
        if (sg_span_equal(tail, octets))
            return tail;
    }
    return sg_arena_copy(arena, octets);
}

/* KINDS of KEY that no entry has yet lead to the subtree at PLACE. */
static bool append_entry(struct sg_constraint_set *set, struct sg_arena *arena,
                         const struct sg_constraint_key *key, uint32_t kinds, const uint8_t *place,
                         struct signet_span base)
{
    void *entries = set->entries;
    if (key->octets.len > UINT32_MAX || set->num >= UINT32_MAX ||
        !sg_arena_grow(arena, &entries, &set->cap, set->num, sizeof(*set->entries)) ||
        !reserve_slots(set, arena, set->num + 1))
        return false;
    set->entries = entries;
    struct signet_span octets = keep_octets(arena, key->octets, base);
    set->entries[set->num++] =
        (struct sg_constraint_entry){octets.ptr, (uint32_t)octets.len, kinds, place};
    put(set, (struct sg_constraint_slot){short_hash(key), (uint32_t)set->num});
    return !arena->failed;
}

static bool add_entry(struct sg_constraint_set *set, struct sg_arena *arena,
                      const struct sg_constraint_key *key, const uint8_t *place,
                      struct signet_span base)
{
    sg_constraint_wants_add(&set->wants, key);
    if (key->kinds == SG_CONSTRAINT_BIT(SG_CONSTRAINT_IP))
        return sg_constraint_networks_add(&set->networks, arena, key->octets, place);
    struct probe probe = probe_begin(set, key);
    const struct sg_constraint_entry *entry;
    uint32_t kinds = key->kinds;
    while (kinds != 0 && (entry = probe_next(&probe)) != NULL)
        kinds &= ~entry->kinds;
    return kinds == 0 || append_entry(set, arena, key, kinds, place, base);
}

/* --- sets */

/* Takes in one subtree. False: the budget or memory is out. */
static bool add_subtree(struct sg_judgement *judgement, struct sg_constraint_set *set,
                        struct sg_constraint_keys *keys, const struct sg_subtree *subtree,
                        const uint8_t *place)
{
    const struct sg_general_name *base = &subtree->base;
    const struct sg_constraint_form *form = sg_constraint_form_find(base->type);
    if (set->forms[base->type].first == NULL)
        set->forms[base->type].first = place;

    keys->num = 0;
    if (form == NULL || subtree->has_bounds || !form->base_keys(keys, base, set->excluded)) {
        keys->num = 0;
        set->forms[base->type].unprocessed = place;
    }
    if (keys->failed || !sg_budget_comparisons(judgement, 1 + keys->num))
        return false;
    for (size_t i = 0; i < keys->num; i++) {
        if (!add_entry(set, keys->arena, &keys->items[i], place, base->value))
            return false;
    }
    return true;
}

static bool same_set(const void *item, const void *key)
{
    const struct sg_constraint_set *a = item, *b = key;
    return a->source.ptr == b->source.ptr && a->excluded == b->excluded;
}

/* The set for SUBTREES, not entered yet. NULL: the budget or memory is out. */
static struct sg_constraint_set *make_set(struct sg_judgement *judgement,
                                          struct sg_constraint_keys *keys,
                                          struct sg_subtrees subtrees, bool excluded)
{
    struct sg_constraint_set *set = sg_arena_alloc(keys->arena, sizeof(*set));
    if (set == NULL || !reserve(set, keys->arena, subtrees))
        return NULL;
    set->source = subtrees.rest;
    set->excluded = excluded;
    keys->wants = everything;

    struct sg_subtree subtree;
    for (const uint8_t *place = subtrees.rest.ptr; sg_subtrees_next(&subtrees, &subtree);
         place = subtrees.rest.ptr) {
        if (!add_subtree(judgement, set, keys, &subtree, place))
            return NULL;
    }
    sg_constraint_networks_sort(&set->networks);
    return set;
}

struct sg_constraint_set *sg_constraint_set_get(struct sg_judgement *judgement,
                                                struct sg_constraint_cache *cache,
                                                struct sg_subtrees subtrees, bool excluded)
{
    const struct sg_constraint_set wanted = {.source = subtrees.rest, .excluded = excluded};
    uint64_t hash =
        sg_span_hash(sg_span(&wanted.source.ptr, sizeof(wanted.source.ptr)), cache->keys.seed);
    struct sg_constraint_set *set = sg_table_find(&cache->sets, hash, same_set, &wanted);
    if (set != NULL)
        return set;

    set = make_set(judgement, &cache->keys, subtrees, excluded);
    if (set != NULL && !sg_table_add(&cache->sets, hash, set))
        set = NULL;
    if (judgement->arena->failed || cache->keys.failed)
        judgement->failed = true;
    return set;
}

static const uint8_t *find_key(const struct sg_constraint_set *set,
                               const struct sg_constraint_key *key)
{
    if (key->kinds == SG_CONSTRAINT_BIT(SG_CONSTRAINT_IP))
        return sg_constraint_networks_find(&set->networks, key->octets);
    struct probe probe = probe_begin(set, key);
    const struct sg_constraint_entry *entry = probe_next(&probe);
    return entry == NULL ? NULL : entry->place;
}

const uint8_t *sg_constraint_set_find(struct sg_judgement *judgement,
                                      const struct sg_constraint_set *set,
                                      const struct sg_constraint_keys *keys, bool *limit)
{
    for (size_t i = 0; i < keys->num; i++) {
        const struct sg_constraint_key *key = &keys->items[i];
        if (!sg_constraint_wants_key(&set->wants, key->kinds, key->depth))
            continue;
        if (!sg_budget_comparisons(judgement, 1)) {
            *limit = true;
            return NULL;
        }
        const uint8_t *place = find_key(set, key);
        if (place != NULL)
            return place;
    }
    return NULL;
}

struct sg_general_name sg_constraint_set_base(const struct sg_constraint_set *set,
                                              const uint8_t *place)
{
    struct sg_subtrees subtrees = {sg_span_from(set->source, (size_t)(place - set->source.ptr))};
    struct sg_subtree subtree = {0};
    (void)sg_subtrees_next(&subtrees, &subtree);
    return subtree.base;
}
