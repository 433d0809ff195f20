/* SPDX-License-Identifier: Apache-2.0 */
#include "path/build.h"

#include "path/candidate.h"
#include "path/reach.h"

#include <stdlib.h>

/* Dead ends after which hints have proven misleading and the verified reach is worth computing for
 * all. */
#define DEAD_ENDS_BEFORE_VERIFYING 24

/* Paths with a wrong signature that are looked at to explain why there is no right one. */
#define MAX_EXPLAINED_PATHS  4
#define MAX_EXPLAINING_STEPS 2000

/* Candidates kept with their findings; the best is always among them. */
#define MAX_KEPT 64

enum search_mode {
    SEARCH_STRICT, /* only along signatures that hold */
    SEARCH_EXPLAIN /* any issuer of the right name: nothing better was found, so show what is wrong
                    */
};

struct search {
    struct sg_judgement *judgement;
    const struct sg_path_request *request;
    struct sg_reach reach;
    enum search_mode mode;
    const struct signet_certificate **path; /* from the target up */
    size_t dead_ends, num_judged, explaining_steps;
    bool verified; /* reach edges carry .verified */
    bool done;     /* no better answer can come, or no budget is left */
    enum signet_verdict floor;
    struct sg_candidate **kept;
    size_t num_kept;
};

/* Best first; the worst of too many is let go. */
static void keep(struct search *search, struct sg_candidate *candidate)
{
    size_t place = search->num_kept;

    while (place > 0 && sg_candidate_better(candidate, search->kept[place - 1]))
        place--;
    if (place == MAX_KEPT)
        return;
    if (search->num_kept < MAX_KEPT)
        search->num_kept++;
    memmove(&search->kept[place + 1], &search->kept[place],
            (search->num_kept - place - 1) * sizeof(*search->kept));
    search->kept[place] = candidate;
}

static void judge_path(struct search *search, size_t num, const struct sg_anchor *anchor)
{
    struct sg_candidate *candidate;
    enum signet_verdict floor;

    if (!sg_budget_path(search->judgement)) {
        search->done = true;
        return;
    }
    candidate = sg_candidate_new(search->judgement, search->request, search->path, num, anchor);
    if (candidate == NULL) {
        search->done = true;
        return;
    }
    keep(search, candidate);
    search->num_judged++;
    floor = sg_candidate_floor(candidate);
    if (floor > search->floor)
        search->floor = floor;
    if (candidate->verdict <= SIGNET_VERDICT_WARN || candidate->verdict <= search->floor)
        search->done = true;
    if (search->mode == SEARCH_EXPLAIN && search->num_judged >= MAX_EXPLAINED_PATHS)
        search->done = true;
}

/* Whether the path may go on from CHILD to a key, by the mode. */
static bool may_follow(struct search *search, const struct signet_certificate *child,
                       const struct sg_spki *spki)
{
    struct sg_signed_object object = sg_signed_certificate(child);
    enum sg_fact fact = sg_fact_verify(search->judgement, &object, spki, (struct signet_span){0});

    if (fact == SG_FACT_NO_MEMORY || fact == SG_FACT_LIMIT)
        search->done = true;
    if (search->done)
        return false;
    return sg_fact_may_hold(fact) || search->mode == SEARCH_EXPLAIN;
}

static bool try_anchors(struct search *search, const struct signet_certificate *child, size_t num)
{
    struct sg_pool_cursor cursor = sg_pool_anchors(search->judgement->pool, &child->issuer);
    const struct sg_anchor *anchor;
    bool found = false;

    while (!search->done && (anchor = sg_pool_anchor_next(&cursor)) != NULL) {
        if (!sg_reach_anchor_allowed(search->request, anchor) ||
            !may_follow(search, child, &anchor->spki))
            continue;
        found = true;
        judge_path(search, num, anchor);
    }
    return found;
}

/* An issuer to try, with what speaks for it. */
struct prospect {
    const struct sg_reach_edge *edge;
    int score;
    uint32_t distance;
    uint32_t order;
};

/*
 * Hints only order the search (RFC 5280 4.2.1.1, 4.2.1.2; RFC 4158 3.5): a key identifier that
 * differs does not exclude.
 */
static int score_issuer(const struct signet_certificate *child,
                        const struct signet_certificate *issuer, signet_time now)
{
    int score = 0;

    if (child->aki.key_id.ptr != NULL && issuer->ski.ptr != NULL)
        score += sg_span_equal(child->aki.key_id, issuer->ski) ? 8 : -8;
    if (child->aki.serial.ptr != NULL)
        score += sg_serial_equal(child->aki.serial, issuer->serial) ? 4 : -1;
    if (issuer->not_before <= now && now <= issuer->not_after)
        score += 4;
    if (issuer->is_ca)
        score += 2;
    if (!issuer->has_key_usage || (issuer->key_usage & SG_KU_KEY_CERT_SIGN) != 0)
        score += 1;
    return score;
}

static int compare_prospects(const void *left, const void *right)
{
    const struct prospect *a = left, *b = right;

    if (a->score != b->score)
        return a->score > b->score ? -1 : 1;
    if (a->distance != b->distance)
        return a->distance < b->distance ? -1 : 1;
    return a->order < b->order ? -1 : a->order > b->order;
}

/* The same subject and key again: a loop, or a detour that a shorter path makes needless (B-IN-4).
 */
static bool in_path(const struct search *search, size_t num,
                    const struct signet_certificate *certificate)
{
    for (size_t i = 0; i < num; i++)
        if (search->path[i] == certificate ||
            (i > 0 && sg_name_equal(&search->path[i]->subject, &certificate->subject) &&
             sg_span_equal(search->path[i]->spki.full, certificate->spki.full)))
            return true;
    return false;
}

/* A copy of an anchor's own certificate adds nothing: the anchor itself has been tried. */
static bool is_anchor_key(const struct search *search, const struct signet_certificate *certificate)
{
    struct sg_pool_cursor cursor = sg_pool_anchors(search->judgement->pool, &certificate->subject);
    const struct sg_anchor *anchor;

    if (!certificate->self_issued)
        return false;
    while ((anchor = sg_pool_anchor_next(&cursor)) != NULL)
        if (sg_reach_anchor_allowed(search->request, anchor) &&
            sg_span_equal(anchor->spki.full, certificate->spki.full))
            return true;
    return false;
}

/* The issuers worth trying for CHILD, best first. NULL: memory is out, or none (*NUM is 0). */
static struct prospect *list_prospects(struct search *search, size_t depth, uint32_t node_index,
                                       size_t *num)
{
    const struct sg_reach_node *node = &search->reach.nodes[node_index];
    const struct signet_certificate *child = search->path[depth - 1];
    struct prospect *list;

    *num = 0;
    if (node->num_edges == 0)
        return NULL;
    list = sg_arena_array(search->judgement->arena, node->num_edges, sizeof *list);
    if (list == NULL) {
        search->judgement->failed = search->done = true;
        return NULL;
    }
    for (uint32_t i = 0; i < node->num_edges; i++) {
        const struct sg_reach_edge *edge = &search->reach.edges[node->first_edge + i];
        uint32_t distance = search->reach.nodes[edge->issuer_node].distance;

        if (distance == SG_UNREACHABLE || in_path(search, depth, edge->certificate) ||
            is_anchor_key(search, edge->certificate))
            continue;
        list[(*num)++] = (struct prospect){
            edge, score_issuer(child, edge->certificate, search->judgement->policy->time), distance,
            i};
    }
    if (*num > 1)
        qsort(list, *num, sizeof *list, compare_prospects);
    return list;
}

static bool take_step(struct search *search)
{
    bool left = sg_budget_step(search->judgement);

    if (search->mode == SEARCH_EXPLAIN && ++search->explaining_steps > MAX_EXPLAINING_STEPS)
        left = false;
    if (!left)
        search->done = true;
    return left;
}

/* After many dead ends go only where right signatures are known to lead to an anchor. */
static void count_dead_end(struct search *search)
{
    if (search->mode != SEARCH_STRICT || search->verified ||
        ++search->dead_ends < DEAD_ENDS_BEFORE_VERIFYING)
        return;
    if (!sg_reach_verify(&search->reach))
        search->done = true;
    search->verified = true;
}

/*
 * Depth first from path[num - 1] upward. The recursion is bounded by max_depth of the policy: a
 * path cannot be longer.
 */
static void search_from(struct search *search, size_t num, uint32_t node)
{
    const struct signet_certificate *child = search->path[num - 1];
    bool progress = try_anchors(search, child, num);
    size_t num_prospects;
    struct prospect *prospects;

    if (search->done)
        return;
    prospects = list_prospects(search, num, node, &num_prospects);
    if (num_prospects > 0 && num >= search->judgement->policy->limits.max_depth) {
        search->judgement->budget.exhausted = true;
        search->judgement->budget.which = "depth";
        return;
    }
    for (size_t i = 0; i < num_prospects && !search->done; i++) {
        const struct sg_reach_edge *edge = prospects[i].edge;

        if (!take_step(search))
            return;
        if ((search->verified && !edge->verified) ||
            !may_follow(search, child, &edge->certificate->spki))
            continue;
        progress = true;
        search->path[num] = edge->certificate;
        search_from(search, num + 1, edge->issuer_node);
    }
    if (!progress)
        count_dead_end(search);
}

static void run_search(struct search *search, enum search_mode mode)
{
    search->mode = mode;
    search->done = false;
    search->path[0] = search->request->target;
    if (search->reach.nodes[0].distance != SG_UNREACHABLE)
        search_from(search, 1, 0);
}

/* The issuer in the pool whose key made CHILD's signature and that is not yet in the path; the most
 * promising first. */
static const struct signet_certificate *find_any_issuer(struct search *search, size_t num)
{
    const struct signet_certificate *child = search->path[num - 1], *best = NULL, *certificate;
    struct sg_pool_cursor cursor = sg_pool_subjects(search->judgement->pool, &child->issuer);
    struct sg_signed_object object = sg_signed_certificate(child);
    int best_score = 0;

    while ((certificate = sg_pool_subject_next(&cursor)) != NULL) {
        int score = score_issuer(child, certificate, search->judgement->policy->time);

        if (in_path(search, num, certificate) || (best != NULL && score <= best_score))
            continue;
        if (!sg_budget_step(search->judgement) ||
            !sg_fact_may_hold(sg_fact_verify(search->judgement, &object, &certificate->spki,
                                             (struct signet_span){0})))
            continue;
        best = certificate;
        best_score = score;
    }
    return best;
}

/* No anchor is in reach: as far up as signatures lead, and what is missing there. */
static void add_partial(struct search *search)
{
    size_t num = 1, max = search->judgement->policy->limits.max_depth;
    const struct signet_certificate *issuer, *top;
    struct sg_candidate *candidate;

    search->path[0] = search->request->target;
    while (num < max && (issuer = find_any_issuer(search, num)) != NULL)
        search->path[num++] = issuer;
    top = search->path[num - 1];
    if (!top->self_issued)
        sg_need_add(search->judgement, SG_NEED_ISSUER, &top->issuer, top->aki.key_id, top);
    candidate = sg_candidate_new_partial(search->judgement, search->path, num);
    if (candidate != NULL)
        keep(search, candidate);
}

/*
 * A search that was cut short must not sound sure: without a good path its answer is UNKNOWN,
 * whatever speaks against the paths it did try, unless that holds for every path.
 */
static void tell_limit(struct search *search)
{
    struct sg_judgement *judgement = search->judgement;
    struct sg_candidate *best = search->kept[0];
    const char *which = judgement->budget.which;

    if (!judgement->budget.exhausted || (best->complete && (best->verdict <= SIGNET_VERDICT_WARN ||
                                                            best->verdict <= search->floor)))
        return;
    if (search->floor != SIGNET_VERDICT_BAD)
        sg_findings_cap(&best->findings, (struct sg_findings_mark){0, 0}, SIGNET_VERDICT_UNKNOWN);
    sg_finding_add(&best->findings, SG_KIND_SEARCH_LIMIT, sg_at_certificate(0),
                   SG_PARAMS(sg_string("which", which == NULL ? "work" : which)));
    best->verdict = sg_findings_conclude(&best->findings, judgement->policy);
}

bool sg_path_build(struct sg_judgement *judgement, const struct sg_path_request *request,
                   struct sg_path_result *result)
{
    struct search search = {.judgement = judgement, .request = request};

    search.floor = SIGNET_VERDICT_GOOD;
    search.path = sg_arena_array(judgement->arena, judgement->policy->limits.max_depth + 1,
                                 sizeof(*search.path));
    search.kept = sg_arena_array(judgement->arena, MAX_KEPT, sizeof(*search.kept));
    if (search.path == NULL || search.kept == NULL) {
        judgement->failed = true;
        return false;
    }
    if (!sg_reach_init(&search.reach, judgement, request))
        return false;
    run_search(&search, SEARCH_STRICT);
    if (search.num_kept == 0)
        run_search(&search, SEARCH_EXPLAIN);
    if (search.num_kept == 0 && !judgement->failed)
        add_partial(&search);
    if (judgement->failed)
        return false;
    tell_limit(&search);
    *result =
        (struct sg_path_result){search.kept[0], search.kept, search.num_kept, search.num_judged};
    return !judgement->failed;
}
