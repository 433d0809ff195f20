/* SPDX-License-Identifier: Apache-2.0 */
#include "path/build.h"

#include "path/candidate.h"
#include "path/reach.h"

#include <stdlib.h>

enum {
    /* Whatever the policy says: the search recurses once for each certificate of a path. */
    MAX_DEPTH = 1024,
    /* Dead ends after which hints have proven misleading and the verified reach is worth computing
     * for all. */
    DEAD_ENDS_BEFORE_VERIFYING = 24,
    /* Paths with a wrong signature that are looked at to explain why there is no right one. */
    MAX_EXPLAINED_PATHS = 4,
    MAX_EXPLAINING_STEPS = 2000,
    /* Paths judged after the first acceptable one in the hope for one about which nothing is to be
     * said. */
    MAX_BETTER_PATHS = 16,
    /* Candidates kept with their findings; the best is always among them. */
    MAX_KEPT = 64
};

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
    const struct signet_certificate **path; /* from the target up, room for max_depth */
    size_t max_depth;
    size_t dead_ends, num_judged, num_acceptable, explaining_steps;
    bool verified;             /* reach edges carry .verified */
    bool done;                 /* no better answer can come, or no budget is left */
    enum signet_verdict floor; /* no path can have a milder verdict */
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
            (search->num_kept - place - 1) * sizeof(struct sg_candidate *));
    search->kept[place] = candidate;
}

/* Whether it is worth while to go on after CANDIDATE. */
static bool is_enough(struct search *search, const struct sg_candidate *candidate)
{
    if (candidate->verdict <= search->floor)
        return true;
    if (candidate->verdict <= SIGNET_VERDICT_WARN)
        search->num_acceptable++;
    return search->num_acceptable > MAX_BETTER_PATHS ||
           (search->mode == SEARCH_EXPLAIN && search->num_judged >= MAX_EXPLAINED_PATHS);
}

static void judge_path(struct search *search, size_t num, const struct sg_anchor *anchor)
{
    struct sg_candidate *candidate = NULL;
    if (sg_budget_path(search->judgement))
        candidate = sg_candidate_new(search->judgement, search->request, search->path, num, anchor);
    if (candidate == NULL) {
        search->done = true;
        return;
    }
    keep(search, candidate);
    search->num_judged++;
    enum signet_verdict floor = sg_candidate_floor(candidate);
    if (floor > search->floor)
        search->floor = floor;
    if (is_enough(search, candidate))
        search->done = true;
}

/* Whether the path may go on from CHILD to a key, by the mode. */
static bool may_follow(struct search *search, const struct signet_certificate *child,
                       const struct sg_spki *spki)
{
    struct sg_signed_object object = sg_signed_certificate(child);
    enum sg_fact fact = sg_fact_verify(search->judgement, &object, spki, sg_span(NULL, 0));
    if (fact == SG_FACT_NO_MEMORY || fact == SG_FACT_LIMIT)
        search->done = true;
    return !search->done && (sg_fact_may_hold(fact) || search->mode == SEARCH_EXPLAIN);
}

/* Judges the path under each anchor that may have issued its top, CHILD. False: there is none. */
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

/* The target is an anchor's own certificate: trusted as such, whoever issued it (RFC 5280 6.1.1
 * (d)). */
static void try_own_anchors(struct search *search)
{
    const struct signet_certificate *target = search->request->target;
    struct sg_pool_cursor cursor = sg_pool_anchors(search->judgement->pool, &target->subject);
    const struct sg_anchor *anchor;
    while (!search->done && (anchor = sg_pool_anchor_next(&cursor)) != NULL) {
        if (anchor->certificate != NULL && sg_span_equal(anchor->certificate->der, target->der) &&
            sg_reach_anchor_allowed(search->request, anchor))
            judge_path(search, 1, anchor);
    }
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

static bool is_same_ca(const struct signet_certificate *a, const struct signet_certificate *b)
{
    return sg_name_equal(&a->subject, &b->subject) && sg_span_equal(a->spki.full, b->spki.full);
}

/* CERTIFICATE again is a loop, its subject and key again a detour that a shorter path makes
 * needless (B-IN-4); the target's own name and key do not count, as it issued nothing yet. */
static bool is_in_path(const struct search *search, size_t num,
                       const struct signet_certificate *certificate)
{
    if (sg_span_equal(search->path[0]->der, certificate->der))
        return true;
    for (size_t i = 1; i < num; i++) {
        if (is_same_ca(search->path[i], certificate))
            return true;
    }
    return false;
}

/* A copy of an anchor's own certificate adds nothing: the anchor itself has been tried. */
static bool is_anchor_key(const struct search *search, const struct signet_certificate *certificate)
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

struct prospects {
    struct prospect *items; /* best first; from malloc */
    size_t num;
};

static void fail(struct search *search)
{
    search->judgement->failed = true;
    search->done = true;
}

/*
 * The issuers worth trying for the NUMth certificate of the path, whose issuer's name is NODE.
 * Looking at them costs a comparison each, however often the search comes by.
 */
static struct prospects list_prospects(struct search *search, size_t num,
                                       const struct sg_reach_node *node)
{
    const struct signet_certificate *child = search->path[num - 1];
    struct prospects list = {NULL, 0};
    if (node->num_edges == 0)
        return list;
    if (!sg_budget_comparisons(search->judgement, node->num_edges)) {
        search->done = true;
        return list;
    }
    list.items = calloc(node->num_edges, sizeof(*list.items));
    if (list.items == NULL) {
        fail(search);
        return list;
    }
    for (uint32_t i = 0; i < node->num_edges; i++) {
        const struct sg_reach_edge *edge = &search->reach.edges[node->first_edge + i];
        uint32_t distance = search->reach.nodes[edge->issuer_node].distance;
        if (distance == SG_UNREACHABLE || is_in_path(search, num, edge->certificate) ||
            is_anchor_key(search, edge->certificate))
            continue;
        int score = score_issuer(child, edge->certificate, search->judgement->policy->time);
        list.items[list.num++] = (struct prospect){edge, score, distance, i};
    }
    if (list.num > 1)
        qsort(list.items, list.num, sizeof(*list.items), compare_prospects);
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

static void search_from(struct search *search, size_t num, uint32_t node);

/* Goes on to each of LIST in turn. False: none of them leads further. */
static bool try_prospects(struct search *search, size_t num, const struct prospects *list)
{
    const struct signet_certificate *child = search->path[num - 1];
    bool progress = false;
    for (size_t i = 0; i < list->num && !search->done; i++) {
        const struct sg_reach_edge *edge = list->items[i].edge;
        bool known_wrong = search->mode == SEARCH_STRICT && search->verified && !edge->verified;
        if (!take_step(search) || known_wrong ||
            !may_follow(search, child, &edge->certificate->spki))
            continue;
        progress = true;
        search->path[num] = edge->certificate;
        search_from(search, num + 1, edge->issuer_node);
    }
    return progress;
}

static void exhaust_depth(struct search *search)
{
    struct sg_budget *budget = &search->judgement->budget;
    if (!budget->exhausted)
        budget->which = "depth";
    budget->exhausted = true;
}

/* Depth first from path[num - 1] upward, whose issuer's name is NODE. The recursion ends at
 * max_depth, as a path cannot be longer. */
static void search_from(struct search *search, size_t num, uint32_t node)
{
    bool progress = try_anchors(search, search->path[num - 1], num);
    if (search->done)
        return;
    struct prospects list = list_prospects(search, num, &search->reach.nodes[node]);
    if (list.num > 0 && num >= search->max_depth)
        exhaust_depth(search);
    else if (try_prospects(search, num, &list))
        progress = true;
    if (!progress && !search->done)
        count_dead_end(search);
    free(list.items);
}

static void run_search(struct search *search, enum search_mode mode)
{
    search->mode = mode;
    search->done = false;
    search->path[0] = search->request->target;
    try_own_anchors(search);
    if (!search->done && search->reach.nodes[0].distance != SG_UNREACHABLE)
        search_from(search, 1, 0);
}

static bool is_signer(struct search *search, const struct signet_certificate *child,
                      const struct signet_certificate *issuer)
{
    struct sg_signed_object object = sg_signed_certificate(child);
    return sg_budget_step(search->judgement) &&
           sg_fact_may_hold(
               sg_fact_verify(search->judgement, &object, &issuer->spki, sg_span(NULL, 0)));
}

/* The issuer in the pool whose key made the signature of the NUMth certificate and that is not yet
 * in the path; the most promising one. NULL for none. */
static const struct signet_certificate *find_any_issuer(struct search *search, size_t num)
{
    const struct signet_certificate *child = search->path[num - 1], *best = NULL, *issuer;
    struct sg_pool_cursor cursor = sg_pool_subjects(search->judgement->pool, &child->issuer);
    int best_score = 0;
    while ((issuer = sg_pool_subject_next(&cursor)) != NULL) {
        int score = score_issuer(child, issuer, search->judgement->policy->time);
        if (is_in_path(search, num, issuer) || (best != NULL && score <= best_score) ||
            !is_signer(search, child, issuer))
            continue;
        best = issuer;
        best_score = score;
    }
    return best;
}

/* No anchor is in reach: as far up as signatures lead, and what is missing there. */
static void add_partial(struct search *search)
{
    const struct signet_certificate *issuer;
    size_t num = 1;
    search->path[0] = search->request->target;
    while (num < search->max_depth && (issuer = find_any_issuer(search, num)) != NULL)
        search->path[num++] = issuer;
    const struct signet_certificate *top = search->path[num - 1];
    if (!top->self_issued)
        sg_need_add(search->judgement, SG_NEED_ISSUER, &top->issuer, top->aki.key_id, top);
    struct sg_candidate *candidate = sg_candidate_new_partial(search->judgement, search->path, num);
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
    bool sure =
        best->complete && (best->verdict <= SIGNET_VERDICT_WARN || best->verdict <= search->floor);
    if (!judgement->budget.exhausted || sure)
        return;
    if (search->floor != SIGNET_VERDICT_BAD)
        sg_findings_cap(&best->findings, (struct sg_findings_mark){0, 0}, SIGNET_VERDICT_UNKNOWN);
    sg_finding_add(&best->findings, SG_KIND_SEARCH_LIMIT, sg_at_certificate(0),
                   SG_PARAMS(sg_string("which", judgement->budget.which)));
    best->verdict = sg_findings_conclude(&best->findings, judgement->policy);
    judgement->failed = judgement->failed || best->findings.failed;
}

static bool begin_search(struct search *search)
{
    struct sg_arena *arena = search->judgement->arena;
    size_t depth = search->judgement->policy->limits.max_depth;
    search->floor = SIGNET_VERDICT_GOOD;
    search->max_depth = depth == 0 ? 1 : depth < MAX_DEPTH ? depth : MAX_DEPTH;
    search->path =
        sg_arena_array(arena, search->max_depth, sizeof(const struct signet_certificate *));
    search->kept = sg_arena_array(arena, MAX_KEPT, sizeof(struct sg_candidate *));
    if (search->path != NULL && search->kept != NULL)
        return sg_reach_init(&search->reach, search->judgement, search->request);
    search->judgement->failed = true;
    return false;
}

static bool build(struct sg_judgement *judgement, const struct sg_path_request *request,
                  struct sg_path_result *result)
{
    struct search search = {.judgement = judgement, .request = request};
    if (!begin_search(&search))
        return false;
    run_search(&search, SEARCH_STRICT);
    if (search.num_kept == 0)
        run_search(&search, SEARCH_EXPLAIN);
    if (search.num_kept == 0 && !judgement->failed)
        add_partial(&search);
    if (!judgement->failed)
        tell_limit(&search);
    *result =
        (struct sg_path_result){search.kept[0], search.kept, search.num_kept, search.num_judged};
    return !judgement->failed;
}

/* A request of the caller's and its answer: many signers may have one certificate. Requests for the
 * signers of CRLs are crl_signer.c's to remember, which knows what an answer hung on. */
struct memo {
    struct sg_path_request request;
    struct sg_path_result result;
};

static bool is_same_request(const void *item, const void *key)
{
    const struct sg_path_request *a = &((const struct memo *)item)->request, *b = key;
    return a->target == b->target && a->only_anchor == b->only_anchor;
}

static uint64_t hash_request(const struct sg_judgement *judgement,
                             const struct sg_path_request *request)
{
    const void *addresses[] = {request->target, request->only_anchor};
    return sg_span_hash(sg_span(addresses, sizeof(addresses)), sg_table_seed(judgement->arena));
}

static bool remember(struct sg_judgement *judgement, uint64_t hash,
                     const struct sg_path_request *request, const struct sg_path_result *result)
{
    struct memo *memo = sg_arena_alloc(judgement->arena, sizeof(*memo));
    if (memo != NULL) {
        *memo = (struct memo){*request, *result};
        if (sg_table_add(&judgement->paths, hash, memo))
            return true;
    }
    judgement->failed = true;
    return false;
}

bool sg_path_build(struct sg_judgement *judgement, const struct sg_path_request *request,
                   struct sg_path_result *result)
{
    uint64_t hash = hash_request(judgement, request);
    if (request->revocation_depth > 0)
        return build(judgement, request, result);

    const struct memo *memo = sg_table_find(&judgement->paths, hash, is_same_request, request);
    if (memo != NULL) {
        *result = memo->result;
        return !judgement->failed;
    }
    return build(judgement, request, result) && remember(judgement, hash, request, result);
}
