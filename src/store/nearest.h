/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Choosing a few among any number of objects. Whoever sends mail can have objects stored, under any
 * name and with any key identifier, so none of what they look like may decide alone who comes
 * first: from each class they are taken from both ends, the latest stored and the earliest in turn.
 * Neither is pushed out by what came in between.
 */
#ifndef SG_STORE_NEAREST_H
#define SG_STORE_NEAREST_H

#include "store/store.h"

/* In ascending order, each once. */
void sg_ids_sort(struct sg_store_ids *ids);

/* Those of sorted A that are in sorted B, too, in the arena. False: memory is out. */
SIGNET_MUST_CHECK bool sg_ids_both(const struct sg_store_ids *a, const struct sg_store_ids *b,
                                   struct sg_arena *arena, struct sg_store_ids *out);

/* Up to MAX out of NUM sorted CLASSES, the best class first, each object once. False: memory is
 * out. */
SIGNET_MUST_CHECK bool sg_nearest_choose(const struct sg_store_ids *classes, size_t num, size_t max,
                                         struct sg_arena *arena, struct sg_store_ids *out);

#endif
