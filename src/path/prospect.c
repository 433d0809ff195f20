/* SPDX-License-Identifier: Apache-2.0 */
#include "path/prospect.h"

#include <stdlib.h>

/* Who made the signature comes first; of equals, whoever is nearer to an anchor. */
static int compare_prospects(const void *left, const void *right)
{
    const struct sg_prospect *a = left, *b = right;
    if (a->hint != b->hint)
        return a->hint > b->hint ? -1 : 1;
    if (a->distance != b->distance)
        return a->distance < b->distance ? -1 : 1;
    if (a->score != b->score)
        return a->score > b->score ? -1 : 1;
    return a->order < b->order ? -1 : a->order > b->order;
}

/* A copy of an anchor's own certificate adds nothing: the anchor itself is tried. */
static bool is_anchor_key(const struct sg_search *search,
                          const struct signet_certificate *certificate)
{
    struct sg_pool_cursor cursor = sg_pool_anchors(search->judgement->pool, &certificate->subject);
    const struct sg_anchor *anchor;
    while (certificate->self_issued && (anchor = sg_pool_anchor_next(&cursor)) != NULL) {
        if (sg_reach_anchor_allowed(search->request, anchor) &&
            sg_span_equal(anchor->spki.full, certificate->spki.full))
            return true;
    }
    return false;
}

static struct sg_nogood *nogood_of(const struct sg_search *search, const struct sg_reach_edge *edge)
{
    return &search->nogoods[edge - search->reach.edges];
}

void sg_nogood_set(struct sg_search *search, const struct sg_reach_edge *edge, size_t num,
                   sg_positions blame)
{
    size_t highest = sg_positions_highest(blame & ~SG_POSITIONS_COUNT);
    if (highest == SG_LAST_POSITION)
        return; /* it may be any of several */
    *nogood_of(search, edge) =
        (struct sg_nogood){blame, search->stamps[highest], num, search->num_cas[num - 1]};
}

/* What stands in the places that are to blame came there before all that is above it, so it is
 * enough that the highest of them has not changed. */
static bool is_nogood(const struct sg_search *search, const struct sg_nogood *nogood, size_t num)
{
    size_t highest = sg_positions_highest(nogood->blame & ~SG_POSITIONS_COUNT);
    if (nogood->stamp == 0 || highest >= num || search->stamps[highest] != nogood->stamp)
        return false;
    return (nogood->blame & SG_POSITIONS_COUNT) == 0 ||
           (num >= nogood->num && search->num_cas[num - 1] >= nogood->num_cas);
}

/* 6.1.4 (l), (m). */
static bool has_room(const struct sg_search *search, size_t num,
                     const struct signet_certificate *issuer)
{
    return issuer->path_len < 0 || (uint64_t)issuer->path_len >= search->num_cas[num - 1];
}

/* 6.1.4 (g): the constraints of EDGE's certificate hold for the names of those below. Its own are
 * the caller's matter. False: *PLACE is that of one whose are not allowed. */
static bool allows_names(const struct sg_search *search, size_t num,
                         const struct sg_reach_edge *edge, size_t *place)
{
    for (*place = 1; edge->constraints != NULL && *place < num; ++*place) {
        const struct signet_certificate *below = search->path[*place];
        if (!below->self_issued && !sg_name_constraints_allow(edge->constraints, below))
            return false;
    }
    return true;
}

/* Where a policy is required one must be left. */
static bool leaves_policy(struct sg_search *search, size_t num,
                          const struct signet_certificate *issuer, sg_positions *blame)
{
    struct sg_policy_trail trail;
    if (search->trails == NULL)
        return true;
    sg_policy_trail_add(&trail, search->judgement, &search->trails[num - 1], issuer, num,
                        search->num_cas[num - 1]);
    *blame = sg_positions_without(trail.blame, num);
    return !sg_policy_trail_is_lost(&trail);
}

/* Whether EDGE may stand in place NUM as far as the others are concerned. False: *BLAME says which.
 */
static bool suits_path(struct sg_search *search, size_t num, struct sg_reach_edge *edge,
                       sg_positions *blame)
{
    size_t place;
    *blame = 0;
    if (sg_search_in_path(search, num, edge->certificate, blame))
        return false;
    if (search->pass->ceiling >= SIGNET_VERDICT_BAD)
        return true;
    if (!has_room(search, num, edge->certificate)) {
        *blame = SG_POSITIONS_COUNT;
        return false;
    }
    if (!allows_names(search, num, edge, &place)) {
        *blame = sg_position(place);
        return false;
    }
    return leaves_policy(search, num, edge->certificate, blame);
}

/* Whether EDGE's certificate can have what the pass looks for in any path. */
static bool is_possible(struct sg_search *search, struct sg_reach_edge *edge)
{
    if (search->reach.nodes[edge->issuer_node].distance == SG_UNREACHABLE)
        return false;
    if (search->verified && !edge->verified)
        return false;
    return sg_reach_level(&search->reach, edge) <= search->pass->ceiling &&
           !is_anchor_key(search, edge->certificate);
}

/* Too long a path, at least as many certificates as still lie before the anchor. */
static bool is_too_far(struct sg_search *search, size_t num, uint32_t distance)
{
    if (num < search->depth && distance < search->depth - num)
        return false;
    search->cut = true;
    return true;
}

static void leave_out(struct sg_prospects *list, struct sg_reach_edge *edge, sg_positions blame)
{
    list->num_left_out++;
    *--list->left_out = (struct sg_prospect){.edge = edge, .blame = blame};
}

static void consider(struct sg_search *search, size_t num, struct sg_reach_edge *edge,
                     struct sg_prospects *list)
{
    const struct sg_nogood *nogood = nogood_of(search, edge);
    uint32_t distance = search->reach.nodes[edge->issuer_node].distance;
    sg_positions blame = nogood->blame;
    if (!is_possible(search, edge))
        return;
    if (is_nogood(search, nogood, num) || !suits_path(search, num, edge, &blame)) {
        leave_out(list, edge, blame);
        return;
    }
    if (is_too_far(search, num, distance)) {
        leave_out(list, edge, SG_POSITIONS_COUNT);
        list->cut = true;
        return;
    }
    list->items[list->num++] = (struct sg_prospect){
        .edge = edge,
        .hint = sg_issuer_hint(search->path[num - 1], edge->certificate),
        .score = sg_issuer_score(edge->certificate, search->judgement->policy->time),
        .distance = distance,
        .order = (uint32_t)(edge - search->reach.edges),
    };
}

struct sg_prospects sg_prospects_list(struct sg_search *search, size_t num,
                                      const struct sg_reach_node *node)
{
    struct sg_prospects list = {0};
    if (node->num_edges == 0)
        return list;
    if (!sg_budget_comparisons(search->judgement, node->num_edges)) {
        search->done = true;
        return list;
    }
    list.items = calloc(node->num_edges, sizeof(*list.items));
    if (list.items == NULL) {
        search->judgement->failed = search->done = true;
        return list;
    }
    list.left_out = list.items + node->num_edges; /* from the end */
    for (uint32_t i = 0; i < node->num_edges; i++)
        consider(search, num, &search->reach.edges[node->first_edge + i], &list);
    if (list.num > 1)
        qsort(list.items, list.num, sizeof(*list.items), compare_prospects);
    return list;
}

sg_positions sg_prospects_blame(struct sg_search *search, size_t num,
                                const struct sg_prospects *list)
{
    const struct signet_certificate *child = search->path[num - 1];
    sg_positions blame = 0;
    bool certain;
    /* Who is likely to have signed comes first: often that is all there is to blame. */
    for (size_t i = 0; i < 2 * list->num_left_out && !search->done; i++) {
        const struct sg_prospect *one = &list->left_out[i % list->num_left_out];
        const struct signet_certificate *issuer = one->edge->certificate;
        if ((one->blame & ~blame) != 0 &&
            (sg_issuer_hint(child, issuer) >= 0) == (i < list->num_left_out) &&
            sg_search_may_follow(search, num, &issuer->spki, &certain))
            blame |= one->blame;
    }
    return blame;
}
