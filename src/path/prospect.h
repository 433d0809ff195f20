/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which certificates may stand next in a path: all of the right subject, less those that cannot
 * lead to what the search looks for. Within src/path only.
 */
#ifndef SG_PATH_PROSPECT_H
#define SG_PATH_PROSPECT_H

#include "path/search.h"

/* What is known to fail above one certificate, as long as those that are to blame stay in place. */
struct sg_nogood {
    sg_positions blame;
    uint64_t stamp;      /* of the highest place in blame; 0: nothing is known */
    size_t num, num_cas; /* blame has SG_POSITIONS_COUNT: where it was found */
};

struct sg_prospect {
    struct sg_reach_edge *edge;
    int hint, score; /* see issuer.h */
    uint32_t distance, order;
};

struct sg_prospects {
    struct sg_prospect *items; /* best first; from malloc, to be freed by the caller */
    size_t num;
    sg_positions blame; /* for those that were left out because of the path below */
};

/* For the certificate in place NUM - 1, whose issuer's name is NODE. Looking at them costs a
 * comparison each, however often the search comes by. When the budget or memory is out the search
 * is done. */
struct sg_prospects sg_prospects_list(struct sg_search *search, size_t num,
                                      const struct sg_reach_node *node);

/* Notes that nothing above EDGE in place NUM is acceptable, and why. */
void sg_nogood_set(struct sg_search *search, const struct sg_reach_edge *edge, size_t num,
                   sg_positions blame);

#endif
