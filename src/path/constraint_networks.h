/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The networks of a set of subtrees, in order and none inside of another: an address lies in the
 * last that begins at or before it, or in none. Whatever masks an attacker mixes, a look-up is a
 * binary search. IPv4 and IPv6 stay apart. Within src/path only.
 */
#ifndef SG_PATH_CONSTRAINT_NETWORKS_H
#define SG_PATH_CONSTRAINT_NETWORKS_H

#include "base/arena.h"
#include "base/span.h"

struct sg_constraint_network;

/* {0} is empty. */
struct sg_constraint_networks {
    struct sg_constraint_network *items;
    size_t num, cap;
};

/* Adds the network of ADDRESS_AND_MASK, 8 or 32 octets, the mask a prefix, found at PLACE. False:
 * memory is out. */
SIGNET_MUST_CHECK bool sg_constraint_networks_add(struct sg_constraint_networks *networks,
                                                  struct sg_arena *arena,
                                                  struct signet_span address_and_mask,
                                                  const uint8_t *place);

/* Puts them in order, after the last was added. */
void sg_constraint_networks_sort(struct sg_constraint_networks *networks);

/* The place of the widest network that ADDRESS, 4 or 16 octets, is in; NULL for none. */
const uint8_t *sg_constraint_networks_find(const struct sg_constraint_networks *networks,
                                           struct signet_span address);

#endif
