/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The permitted or the excluded subtrees of one certificate, made fit for look-up: 10 000 names
 * under 10 000 subtrees cost tens of thousands of look-ups, not 10^8 comparisons (B-NC-12). Within
 * src/path only.
 */
#ifndef SG_PATH_CONSTRAINT_SET_H
#define SG_PATH_CONSTRAINT_SET_H

#include "path/constraint.h"
#include "path/constraint_networks.h"

/* A key that leads to its subtree. */
struct sg_constraint_entry {
    const uint8_t *octets;
    uint32_t len;
    uint32_t kinds;
    const uint8_t *place; /* of the subtree */
};

struct sg_constraint_slot {
    uint32_t hash;
    uint32_t entry; /* 0: the slot is free; else one more than the place among the entries */
};

struct sg_constraint_set {
    struct signet_span source; /* where its subtrees stand */
    bool excluded;
    struct sg_constraint_wants wants; /* of the keys in use */
    /* A certificate with many names, all of which this set was found to allow: the search asks
     * before it takes a path, and the validation of that path asks again. Or NULL. */
    const struct signet_certificate *allowed;
    struct {
        /* The place of a subtree. NULL when none is of this form: names of it are free. */
        const uint8_t *first;
        /* A subtree that cannot be processed: no name of this form may pass (B-NC-7, B-NC-8). Or
         * NULL. */
        const uint8_t *unprocessed;
    } forms[SG_NUM_NAME_FORMS];
    /* The slot of a key is where its hash says, or the next that is free. */
    struct sg_constraint_entry *entries;
    size_t num, cap;
    struct sg_constraint_slot *slots;
    size_t num_slots; /* a power of two, or 0 */
    struct sg_constraint_networks networks;
};

/* How names of FORM are constrained; NULL when we cannot. */
const struct sg_constraint_form *sg_constraint_form_find(enum sg_general_name_type form);

/* The sets of one judgement: each is made once, however many paths it stands in. NULL: memory is
 * out. */
struct sg_constraint_cache *sg_constraint_cache_get(struct sg_judgement *judgement);
void sg_constraint_cache_clear(struct sg_constraint_cache *cache); /* NULL is legal */

/* An emptied list of keys with the cache's seed, for one name of which those that are WANTED are
 * looked up. */
struct sg_constraint_keys *sg_constraint_keys_begin(struct sg_constraint_cache *cache,
                                                    const struct sg_constraint_wants *wanted);

/* The set for SUBTREES. NULL: the budget is out, or memory, and then judgement->failed is set. */
struct sg_constraint_set *sg_constraint_set_get(struct sg_judgement *judgement,
                                                struct sg_constraint_cache *cache,
                                                struct sg_subtrees subtrees, bool excluded);

/* The place of a subtree that one of KEYS lies in; NULL for none. Also NULL, *LIMIT set, when the
 * budget is out. */
const uint8_t *sg_constraint_set_find(struct sg_judgement *judgement,
                                      const struct sg_constraint_set *set,
                                      const struct sg_constraint_keys *keys, bool *limit);

/* The base of the subtree at PLACE. */
struct sg_general_name sg_constraint_set_base(const struct sg_constraint_set *set,
                                              const uint8_t *place);

#endif
