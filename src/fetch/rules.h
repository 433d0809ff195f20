/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The rules of a fetcher: whether they can be, and a copy of them.
 */
#ifndef SG_FETCH_RULES_H
#define SG_FETCH_RULES_H

#include "base/arena.h"
#include "signet/fetch.h"

/* No member is 0 that must not be, none out of its range. */
bool sg_fetch_rules_valid(const struct signet_fetch_rules *rules);
/* Texts are copied into ARENA, whose failure tells that memory is out. */
void sg_fetch_rules_copy(struct sg_arena *arena, const struct signet_fetch_rules *rules,
                         struct signet_fetch_rules *copy);
/* A copy of TEXT; "" for NULL. NULL when memory is out. */
const char *sg_fetch_text_copy(struct sg_arena *arena, const char *text);

#endif
