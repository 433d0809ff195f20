/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The permitted or the excluded subtrees of one certificate, made fit for look-up: 10 000 names
 * under 10 000 subtrees cost tens of thousands of look-ups, not 10^8 comparisons (B-NC-12). Within
 * src/path only.
 */
#ifndef SG_PATH_CONSTRAINT_SET_H
#define SG_PATH_CONSTRAINT_SET_H

#include "path/constraint.h"
#include "path/table.h"

struct sg_constraint_set {
    const uint8_t *source; /* where its subtrees stand */
    bool excluded;
    struct sg_constraint_kinds kinds; /* of the keys in use */
    /* A certificate with many names, all of which this set was found to allow: the search asks
     * before it takes a path, and the validation of that path asks again. Or NULL. */
    const struct signet_certificate *allowed;
    struct {
        /* NULL when no subtree is of this form: names of it are free. */
        const struct sg_general_name *first;
        /* A subtree that cannot be processed: no name of this form may pass (B-NC-7, B-NC-8). Or
         * NULL. */
        const struct sg_general_name *unprocessed;
    } forms[SG_NUM_NAME_FORMS];
    struct sg_table table;
};

/* How names of FORM are constrained; NULL when we cannot. */
const struct sg_constraint_form *sg_constraint_form_find(enum sg_general_name_type form);

/* The sets of one judgement: each is made once, however many paths it stands in. NULL: memory is
 * out. */
struct sg_constraint_cache *sg_constraint_cache_get(struct sg_judgement *judgement);
void sg_constraint_cache_clear(struct sg_constraint_cache *cache); /* NULL is legal */

/* An emptied list of keys with the cache's seed, for one name that is looked up under the kinds
 * WANTED. */
struct sg_constraint_keys *sg_constraint_keys_begin(struct sg_constraint_cache *cache,
                                                    const struct sg_constraint_kinds *wanted);

/* The set for SUBTREES. NULL: the budget is out, or memory, and then judgement->failed is set. */
struct sg_constraint_set *sg_constraint_set_get(struct sg_judgement *judgement,
                                                struct sg_constraint_cache *cache,
                                                struct sg_subtrees subtrees, bool excluded);

/* The base of a subtree that one of KEYS lies in; NULL for none. Also NULL, *LIMIT set, when the
 * budget is out. */
const struct sg_general_name *sg_constraint_set_find(struct sg_judgement *judgement,
                                                     const struct sg_constraint_set *set,
                                                     const struct sg_constraint_keys *keys,
                                                     bool *limit);

#endif
