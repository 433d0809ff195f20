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
    sg_positions blame; /* for leaving it out */
};

struct sg_prospects {
    struct sg_prospect *items; /* best first; from malloc, to be freed by the caller */
    size_t num;
    struct sg_prospect *left_out; /* among ITEMS: because of the path below */
    size_t num_left_out;
    bool cut; /* some of them for its length alone */
};

/* For the certificate in place NUM - 1, whose issuer's name is NODE. Looking at them costs a
 * comparison each, however often the search comes by. When the budget or memory is out the search
 * is done. */
struct sg_prospects sg_prospects_list(struct sg_search *search, size_t num,
                                      const struct sg_reach_node *node);

/*
 * What is to blame that LIST, for the certificate in place NUM - 1, left something out. Of many CAs
 * with one name only those matter whose key made its signature, which is found out here: the path
 * could not have gone on from it to the others, whatever is below. When the budget or memory is out
 * the search is done.
 */
sg_positions sg_prospects_blame(struct sg_search *search, size_t num,
                                const struct sg_prospects *list);

/* Notes that nothing above EDGE in place NUM is acceptable, and why. */
void sg_nogood_set(struct sg_search *search, const struct sg_reach_edge *edge, size_t num,
                   sg_positions blame);

#endif
