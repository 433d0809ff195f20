/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A copy of the rules that lives as long as its arena.
 */
#ifndef SG_RETRIEVE_RULES_H
#define SG_RETRIEVE_RULES_H

#include "base/arena.h"
#include "signet/retrieve.h"

/* False: memory is out. */
SIGNET_MUST_CHECK bool sg_retrieve_rules_copy(struct sg_arena *arena,
                                              const struct signet_retrieve_rules *rules,
                                              struct signet_retrieve_rules *out);

/* A copy of TEXT with its NUL; NULL: memory is out. */
SIGNET_MUST_CHECK const char *sg_arena_text(struct sg_arena *arena, const char *text);

#endif
