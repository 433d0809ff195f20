/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which certificates can lie on a path at all: the closure of names above a target, and how far
 * each name is from an anchor. Search goes only where an anchor can be reached, so a pool of
 * strangers, however large, costs nothing.
 *
 * Names are nodes; a certificate is an edge from its issuer's name down to its subject's.
 */
#ifndef SG_PATH_REACH_H
#define SG_PATH_REACH_H

#include "path/build.h"
#include "path/issuer.h"

#define SG_UNREACHABLE UINT32_MAX

struct sg_reach_edge {
    const struct signet_certificate *certificate;
    uint32_t issuer_node, subject_node;
    uint32_t next_issued; /* the next edge of the same issuer node, number + 1 */
    bool verified; /* a chain of right signatures leads here from an anchor; see sg_reach_verify */
    bool assessed;
    enum signet_verdict level;               /* see sg_reach_level */
    struct sg_name_constraints *constraints; /* the certificate's own; NULL for none */
};

struct sg_reach_node {
    const struct sg_name *name;
    uint32_t distance; /* certificates between here and an anchor of this name: 0 is the anchor's
                          own name; or SG_UNREACHABLE */
    uint32_t first_edge, num_edges; /* certificates with this subject, in the pool's order */
    uint32_t first_issued;          /* certificates with this issuer, number + 1 */
};

struct sg_reach {
    struct sg_judgement *judgement;
    const struct sg_path_request *request;
    struct sg_reach_node *nodes; /* node 0 is the target's issuer */
    size_t num_nodes, cap_nodes;
    struct sg_reach_edge *edges;
    size_t num_edges, cap_edges;
    uint32_t *slots; /* open addressing over the nodes' names, number + 1 */
    unsigned slot_bits;
    uint64_t multiplier; /* chooses the slot; secret, as in hash_index.h */
};

/* Takes one comparison of the budget for each edge; when that is used up, what was found until then
 * is the closure. False: memory is out (judgement->failed). */
SIGNET_MUST_CHECK bool sg_reach_init(struct sg_reach *reach, struct sg_judgement *judgement,
                                     const struct sg_path_request *request);

/* ANCHOR may end the requested path. */
bool sg_reach_anchor_allowed(const struct sg_path_request *request, const struct sg_anchor *anchor);

/* The worst effect that EDGE's certificate is known to have on every path from the target: what it
 * says itself, found at the first call, and what the search learned since. */
enum signet_verdict sg_reach_level(struct sg_reach *reach, struct sg_reach_edge *edge);

/* Whether any certificate of the reach whose level is no worse than CEILING was signed by an
 * anchor. True, too, when the budget or memory is out. */
bool sg_reach_is_anchored(struct sg_reach *reach, enum signet_verdict ceiling);

/*
 * Sets .verified on exactly the edges to which right signatures lead down from an anchor through
 * certificates of a level no worse than CEILING: each certificate is held against each key of its
 * issuer's name at most once, however many paths there are. False when the budget or memory is out.
 */
SIGNET_MUST_CHECK bool sg_reach_verify(struct sg_reach *reach, enum signet_verdict ceiling);

#endif
