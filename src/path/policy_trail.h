/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Certificate policies seen from below: which policies of a CA's certificate could still lead to
 * one that holds for the end entity. The search leaves out a CA that has none of them where a
 * policy is required (RFC 5280 6.1.3 (f), 6.1.5 (g)). It may keep too many, as it knows nothing of
 * what lies above, never too few: whether a policy holds is for policy_graph.h to say. Within
 * src/path only.
 */
#ifndef SG_PATH_POLICY_TRAIL_H
#define SG_PATH_POLICY_TRAIL_H

#include "path/judgement.h"
#include "path/positions.h"

enum { SG_MAX_TRAIL = 32 };

struct sg_policy_trail {
    bool required;
    bool any; /* nothing is ruled out, or more than fits here is left */
    size_t num;
    struct signet_span items[SG_MAX_TRAIL]; /* OIDs */
    sg_positions blame; /* the certificates that ruled something out or required a policy */
};

/* At the end entity. */
void sg_policy_trail_begin(struct sg_policy_trail *trail, struct sg_judgement *judgement,
                           const struct signet_certificate *end_entity);

/* At ISSUER in PLACE of the path, from BELOW, the trail one place lower; NUM_CAS intermediates
 * below it are not self-issued. */
void sg_policy_trail_add(struct sg_policy_trail *trail, struct sg_judgement *judgement,
                         const struct sg_policy_trail *below,
                         const struct signet_certificate *issuer, size_t place, size_t num_cas);

/* A policy is required and none is left. */
static inline bool sg_policy_trail_is_lost(const struct sg_policy_trail *trail)
{
    return trail->required && !trail->any && trail->num == 0;
}

/* Under an anchor: a policy is required and none is left of WANTED, the user's. */
bool sg_policy_trail_misses(const struct sg_policy_trail *trail, const struct signet_span *wanted,
                            size_t num_wanted);

#endif
