/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Needs as results show them, with the places where what is needed may be had.
 */
#ifndef SG_AGENT_NEED_VIEW_H
#define SG_AGENT_NEED_VIEW_H

#include "path/judgement.h"
#include "signet/need.h"

/* The needs of a judgement, in the order in which they came up. */
struct sg_need_views {
    const struct signet_need *items;
    size_t num;
};

/* In ARENA, which may be the judgement's; in another one they outlive it. PLACES: with where on the
 * network it may be had, else for a store alone. False: memory is out. */
SIGNET_MUST_CHECK bool sg_need_view(const struct sg_judgement *judgement, bool places,
                                    struct sg_arena *arena, struct sg_need_views *out);

#endif
