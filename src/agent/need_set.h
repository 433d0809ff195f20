/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Needs for CRLs, each once: a thousand certificates of one CA ask for the same CRLs, each for
 * itself.
 */
#ifndef SG_AGENT_NEED_SET_H
#define SG_AGENT_NEED_SET_H

#include "path/table.h"
#include "signet/need.h"

struct sg_need_set {
    struct sg_table table;
    uint64_t seed;
};

void sg_need_set_init(struct sg_need_set *set, struct sg_arena *arena);

/* A need that was added asks for the same CRLs as NEED, in the same straits: of this issuer, at the
 * places that the certificate names. Never of other kinds of needs. */
bool sg_need_set_has(const struct sg_need_set *set, const struct signet_need *need);

/* Of kinds that are not told apart nothing is kept. What is kept is a copy. False: memory is out.
 */
SIGNET_MUST_CHECK bool sg_need_set_add(struct sg_need_set *set, const struct signet_need *need);

#endif
