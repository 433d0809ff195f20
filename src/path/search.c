/* SPDX-License-Identifier: Apache-2.0 */
#include "path/search.h"

#include "path/prospect.h"
#include "path/validation.h"

#include <stdlib.h>

enum {
    /* Whatever the policy says: the search recurses once for each certificate of a path. */
    MAX_DEPTH = 1024,
    /* Paths are short: longer ones are looked at when all of this length have failed, and then of
     * twice the length. */
    FIRST_DEPTH = 8,
    /* Dead ends for want of length after which they are looked at before: where many CAs have one
     * name nobody knows how far an anchor is. */
    CUTS_TO_DEEPEN = 2,
    /* Dead ends after which hints have proven misleading and the verified reach is worth computing
     * for all. */
    DEAD_ENDS_TO_VERIFY = 24,
    /* Paths after which the status of a certificate is taken for the same under every issuer of its
     * issuer's. */
    PATHS_TO_TRUST_STATUS = 32
};

static sg_positions climb(struct sg_search *search, size_t num, uint32_t node);

/* --- what a judged path teaches */

/* There is only one anchor that a path can lead to. */
static bool has_one_anchor(const struct sg_search *search)
{
    size_t num = 0;
    for (size_t i = 0; i < search->reach.num_nodes; i++) {
        const struct sg_reach_node *node = &search->reach.nodes[i];
        struct sg_pool_cursor cursor = sg_pool_anchors(search->judgement->pool, node->name);
        const struct sg_anchor *anchor;
        while (num < 2 && node->distance == 0 && (anchor = sg_pool_anchor_next(&cursor)) != NULL)
            num += sg_reach_anchor_allowed(search->request, anchor);
    }
    return num < 2;
}

/*
 * Whether FINDING is about one certificate, whatever path it stands in. Its status could be found
 * otherwise where another certificate of its issuer lets another CRL's signer in; when so many
 * paths have failed that nobody made them by accident, such hopes are left for last.
 */
static bool is_own(struct sg_search *search, const struct sg_finding_item *item)
{
    const struct signet_finding *finding = &item->finding;
    if (finding->certificate < 0 || sg_finding_is_capped(item))
        return false;
    if (sg_finding_is_own(finding))
        return true;
    return search->trusts_status && sg_finding_is_status(finding);
}

static void raise_level(enum signet_verdict *level, enum signet_verdict effect)
{
    if (effect > *level)
        *level = effect;
}

static void learn(struct sg_search *search, const struct sg_candidate *candidate)
{
    if (search->num_judged_ever == PATHS_TO_TRUST_STATUS)
        search->trusts_status = has_one_anchor(search);
    raise_level(&search->floor,
                sg_candidate_floor(candidate, sg_pool_has_anchor_modes(search->judgement->pool)));
    for (size_t i = 0; i < candidate->findings.num; i++) {
        const struct signet_finding *finding = &candidate->findings.items[i].finding;
        if (!is_own(search, &candidate->findings.items[i]))
            continue;
        if (finding->certificate > 0)
            raise_level(&search->edges[finding->certificate]->level, finding->effect);
        else if (sg_finding_is_status(finding))
            raise_level(&search->floor, finding->effect);
    }
}

/*
 * Why CANDIDATE, the path as it stands, is worse than the pass wants: one certificate if its own
 * fault suffices, the lowest such; else what a finding was computed from, which is nothing below
 * the certificate that it is about. A false signature, where one ends the path, hangs on all above.
 */
static sg_positions blame_of(struct sg_search *search, const struct sg_candidate *candidate)
{
    size_t num = candidate->proposed.num, own = num, first = 1;
    if (!candidate->complete)
        return sg_positions_between(candidate->path.num > 1 ? candidate->path.num - 1 : 1, num - 1);
    for (size_t i = 0; i < candidate->findings.num; i++) {
        const struct signet_finding *finding = &candidate->findings.items[i].finding;
        size_t place = finding->certificate < 0 ? num - 1 : (size_t)finding->certificate;
        if (finding->effect <= search->pass->ceiling)
            continue;
        if (place > 0 && place < own && is_own(search, &candidate->findings.items[i]))
            own = place;
        if (place > first)
            first = place;
    }
    return own < num ? sg_position(own) : sg_positions_between(first, num - 1);
}

/* --- judging */

static bool is_same_path(const void *item, const void *key)
{
    const struct sg_candidate *a = item;
    const struct sg_path *b = key;
    return a->proposed.anchor == b->anchor && a->proposed.num == b->num &&
           memcmp(a->proposed.certificates, b->certificates, b->num * sizeof(*b->certificates)) ==
               0;
}

static uint64_t hash_path(const struct sg_search *search, const struct sg_path *path)
{
    uint64_t hash = sg_table_seed(search->reach.edges) ^ (uintptr_t)path->anchor;
    return sg_span_hash(sg_span(path->certificates, path->num * sizeof(*path->certificates)), hash);
}

void sg_search_keep(struct sg_search *search, struct sg_candidate *candidate)
{
    size_t place = search->num_kept;
    while (place > 0 && sg_candidate_better(candidate, search->kept[place - 1]))
        place--;
    if (place == SG_MAX_KEPT_CANDIDATES)
        return;
    if (search->num_kept < SG_MAX_KEPT_CANDIDATES)
        search->num_kept++;
    memmove(&search->kept[place + 1], &search->kept[place],
            (search->num_kept - place - 1) * sizeof(struct sg_candidate *));
    search->kept[place] = candidate;
}

/* Judges PATH for the first time. NULL: the budget or memory is out. */
static struct sg_candidate *judge_anew(struct sg_search *search, const struct sg_path *path,
                                       uint64_t hash)
{
    struct sg_candidate *candidate = NULL;
    if (sg_budget_path(search->judgement))
        candidate = sg_candidate_new(search->judgement, search->request, path->certificates,
                                     path->num, path->anchor);
    if (candidate == NULL)
        return NULL;
    if (!sg_table_add(&search->judged, hash, candidate)) {
        search->judgement->failed = true;
        return NULL;
    }
    search->num_judged++;
    search->num_judged_ever++;
    sg_search_keep(search, candidate);
    learn(search, candidate);
    return candidate;
}

/* Whether the pass may end after CANDIDATE. */
static bool is_enough(struct sg_search *search, const struct sg_candidate *candidate)
{
    const struct sg_pass *pass = search->pass;
    if (pass->max_judged > 0 && search->num_judged >= pass->max_judged)
        return true;
    if (!candidate->complete)
        return false;
    if (candidate->verdict <= search->floor)
        return true;
    if (candidate->verdict <= SIGNET_VERDICT_WARN)
        search->num_acceptable++;
    return (pass->ceiling < SIGNET_VERDICT_BAD && candidate->verdict <= pass->ceiling) ||
           (pass->max_acceptable > 0 && search->num_acceptable >= pass->max_acceptable);
}

/* The first NUM certificates under ANCHOR. Returns why they are not acceptable. */
static sg_positions judge(struct sg_search *search, size_t num, const struct sg_anchor *anchor)
{
    const struct sg_path path = {search->path, num, anchor};
    uint64_t hash = hash_path(search, &path);
    struct sg_candidate *candidate = sg_table_find(&search->judged, hash, is_same_path, &path);
    if (candidate == NULL)
        candidate = judge_anew(search, &path, hash);
    if (candidate == NULL || is_enough(search, candidate))
        search->done = true;
    if (search->done)
        return 0;
    if (search->pass->ceiling >= SIGNET_VERDICT_BAD)
        return sg_positions_between(1, num - 1);
    return blame_of(search, candidate);
}

/* --- going up */

bool sg_search_may_follow(struct sg_search *search, size_t num, const struct sg_spki *spki,
                          bool *certain)
{
    struct sg_signed_object object = sg_signed_certificate(search->path[num - 1]);
    enum sg_fact fact = sg_fact_verify(search->judgement, &object, spki, sg_span(NULL, 0));
    enum sg_pass_signatures signatures = search->pass->signatures;
    bool any = signatures == SG_PASS_ANY || (signatures == SG_PASS_RIGHT_ABOVE && num == 1);
    if (fact == SG_FACT_NO_MEMORY || fact == SG_FACT_LIMIT)
        search->done = true;
    *certain = fact == SG_FACT_VALID && !any;
    return !search->done && (sg_fact_may_hold(fact) || any);
}

/* What is to blame does not stand in PLACE, so nothing else in PLACE is any better. */
static bool is_blameless(sg_positions blame, size_t place)
{
    return place > 0 && (blame & (sg_position(place) | SG_POSITIONS_COUNT)) == 0;
}

bool sg_search_in_path(const struct sg_search *search, size_t num,
                       const struct signet_certificate *certificate, sg_positions *blame)
{
    *blame = 0;
    if (sg_span_equal(search->path[0]->der, certificate->der))
        return true;
    for (size_t place = 1; place < num; place++) {
        const struct signet_certificate *other = search->path[place];
        if (!sg_name_equal(&other->subject, &certificate->subject) ||
            !sg_span_equal(other->spki.full, certificate->spki.full))
            continue;
        /* Any other certificate in that place would be of the same CA. */
        *blame = sg_position(search->certain[place] ? place - 1 : place);
        return true;
    }
    return false;
}

static bool take_step(struct sg_search *search)
{
    size_t max = search->pass->max_steps;
    if (!sg_budget_step(search->judgement) || (max > 0 && ++search->num_steps > max))
        search->done = true;
    return !search->done;
}

static void put(struct sg_search *search, size_t num, struct sg_reach_edge *edge, bool certain)
{
    search->path[num] = edge->certificate;
    search->edges[num] = edge;
    search->num_cas[num] = search->num_cas[num - 1] + (edge->certificate->self_issued ? 0 : 1);
    search->stamps[num] = ++search->stamp;
    search->certain[num] = certain;
    if (search->trails != NULL)
        sg_policy_trail_add(&search->trails[num], search->judgement, &search->trails[num - 1],
                            edge->certificate, num, search->num_cas[num - 1]);
}

/* What may have been tried above one place, and what is to blame that it failed. */
struct attempt {
    sg_positions blame;
    bool progress; /* there was something to try */
    bool back;     /* nothing else need be tried, BLAME says why */
};

/* True: the others above place NUM - 1 are worth trying, too, as far as BLAME says. */
static bool take_blame(struct attempt *attempt, sg_positions blame, size_t num)
{
    attempt->progress = true;
    attempt->back = is_blameless(blame, num);
    attempt->blame = attempt->back ? blame : attempt->blame | sg_positions_without(blame, num);
    return !attempt->back;
}

/* 6.1.5 (g): none of the policies asked for can hold, whatever the anchor. */
static bool has_policy(const struct sg_search *search, size_t num, sg_positions *blame)
{
    if (search->trails == NULL || search->pass->ceiling >= SIGNET_VERDICT_BAD)
        return true;
    *blame = search->trails[num - 1].blame;
    return !sg_policy_trail_misses(&search->trails[num - 1], search->wanted,
                                   search->judgement->policy->num_policies);
}

/* Judges the path under each anchor that may have issued its top. */
static void try_anchors(struct sg_search *search, size_t num, struct attempt *attempt)
{
    const struct signet_certificate *top = search->path[num - 1];
    struct sg_pool_cursor cursor = sg_pool_anchors(search->judgement->pool, &top->issuer);
    const struct sg_anchor *anchor;
    bool certain;
    while (!search->done && !attempt->back && (anchor = sg_pool_anchor_next(&cursor)) != NULL) {
        if (!sg_reach_anchor_allowed(search->request, anchor) ||
            !sg_search_may_follow(search, num, &anchor->spki, &certain))
            continue;
        sg_positions blame = 0;
        if (has_policy(search, num, &blame))
            blame = judge(search, num, anchor);
        attempt->progress = true;
        attempt->back = is_blameless(blame, num - 1);
        attempt->blame = attempt->back ? blame : attempt->blame | blame;
    }
}

static void try_prospects(struct sg_search *search, size_t num, const struct sg_prospects *list,
                          struct attempt *attempt)
{
    for (size_t i = 0; i < list->num && !search->done && !attempt->back; i++) {
        struct sg_reach_edge *edge = list->items[i].edge;
        bool certain;
        /* It may have been learned since the list was made. */
        if (edge->level > search->pass->ceiling || !take_step(search) ||
            !sg_search_may_follow(search, num, &edge->certificate->spki, &certain))
            continue;
        put(search, num, edge, certain);
        sg_positions blame = climb(search, num + 1, edge->issuer_node);
        if (!search->done && take_blame(attempt, blame, num))
            sg_nogood_set(search, edge, num, sg_positions_without(blame, num));
    }
}

/* After many dead ends go only where right signatures are known to lead to an anchor; after many
 * more, look again, since much may have been learned. */
static void count_dead_end(struct sg_search *search, bool cut)
{
    if (cut && search->depth < search->max_depth) {
        search->deepen = ++search->num_cuts == CUTS_TO_DEEPEN;
        search->done = search->deepen;
        return;
    }
    if (search->pass->signatures == SG_PASS_ANY ||
        ++search->dead_ends < search->dead_ends_to_verify)
        return;
    if (!sg_reach_verify(&search->reach, search->pass->ceiling))
        search->done = true;
    search->verified = true;
    search->dead_ends = 0;
    search->dead_ends_to_verify *= 2;
}

/* Tries all that can stand above place NUM - 1, whose issuer's name is NODE. Returns what is to
 * blame when all failed. */
static sg_positions climb(struct sg_search *search, size_t num, uint32_t node)
{
    struct attempt attempt = {0, false, false};
    try_anchors(search, num, &attempt);
    if (search->done || attempt.back)
        return attempt.blame;
    struct sg_prospects list = sg_prospects_list(search, num, &search->reach.nodes[node]);
    try_prospects(search, num, &list, &attempt);
    if (!search->done && !attempt.back)
        attempt.blame |= sg_prospects_blame(search, num, &list) | sg_position(num - 1);
    free(list.items);
    if (!search->done && !attempt.progress)
        count_dead_end(search, list.cut);
    return attempt.blame;
}

/* The target is an anchor's own certificate: trusted as such, whoever issued it (RFC 5280 6.1.1
 * (d)). */
static void try_own_anchors(struct sg_search *search)
{
    const struct signet_certificate *target = search->request->target;
    struct sg_pool_cursor cursor = sg_pool_anchors(search->judgement->pool, &target->subject);
    const struct sg_anchor *anchor;
    while (!search->done && (anchor = sg_pool_anchor_next(&cursor)) != NULL) {
        if (anchor->certificate != NULL && sg_span_equal(anchor->certificate->der, target->der) &&
            sg_reach_anchor_allowed(search->request, anchor))
            (void)judge(search, 1, anchor);
    }
}

/* All paths of no more than DEPTH certificates. */
static void run_to_depth(struct sg_search *search, size_t depth)
{
    search->depth = depth;
    search->cut = search->deepen = false;
    search->num_cuts = 0;
    search->stamps[0] = ++search->stamp; /* what failed for want of depth need not fail again */
    if (search->reach.nodes[0].distance != SG_UNREACHABLE)
        (void)climb(search, 1, 0);
}

/* Before longer paths are looked at: a look from above, which shows at once when all is in vain. */
static bool may_be_anchored(struct sg_search *search)
{
    return search->depth > FIRST_DEPTH || search->pass->signatures == SG_PASS_ANY ||
           sg_reach_is_anchored(&search->reach, search->pass->ceiling);
}

void sg_search_run(struct sg_search *search, const struct sg_pass *pass)
{
    search->pass = pass;
    search->done = search->verified = false;
    search->dead_ends = search->num_judged = search->num_acceptable = search->num_steps = 0;
    search->dead_ends_to_verify = DEAD_ENDS_TO_VERIFY;
    try_own_anchors(search);
    for (size_t depth = FIRST_DEPTH; !search->done; depth *= 2) {
        run_to_depth(search, depth < search->max_depth ? depth : search->max_depth);
        if (search->deepen)
            search->done = !may_be_anchored(search);
        if (!search->cut || search->done)
            return;
        if (search->depth == search->max_depth) {
            search->too_deep |= pass->ceiling < SIGNET_VERDICT_BAD;
            return;
        }
    }
}

/* --- */

static bool make_room(struct sg_search *search)
{
    struct sg_arena *arena = search->judgement->arena;
    size_t num = search->max_depth;
    search->path = sg_arena_array(arena, num, sizeof(*search->path));
    search->edges = sg_arena_array(arena, num, sizeof(*search->edges));
    search->num_cas = sg_arena_array(arena, num, sizeof(*search->num_cas));
    search->stamps = sg_arena_array(arena, num, sizeof(*search->stamps));
    search->certain = sg_arena_array(arena, num, sizeof(*search->certain));
    if (!arena->failed)
        return true;
    search->judgement->failed = true;
    return false;
}

static bool is_policy_required(const struct sg_search *search)
{
    const struct sg_reach *reach = &search->reach;
    bool required = search->judgement->policy->require_explicit_policy ||
                    search->request->target->require_explicit_policy >= 0;
    for (size_t i = 0; i < reach->num_edges && !required; i++)
        required = reach->edges[i].certificate->require_explicit_policy >= 0;
    return required;
}

static bool start_trails(struct sg_search *search)
{
    struct sg_judgement *judgement = search->judgement;
    if (!is_policy_required(search))
        return true;
    search->wanted = sg_validation_user_policies(judgement);
    search->trails = sg_arena_array(judgement->arena, search->max_depth, sizeof(*search->trails));
    if (search->trails == NULL || search->wanted == NULL)
        return false;
    sg_policy_trail_begin(&search->trails[0], judgement, search->request->target);
    return true;
}

bool sg_search_init(struct sg_search *search, struct sg_judgement *judgement,
                    const struct sg_path_request *request)
{
    size_t depth = judgement->policy->limits.max_depth;
    *search = (struct sg_search){.judgement = judgement, .request = request};
    search->floor = SIGNET_VERDICT_GOOD;
    search->max_depth = depth == 0 ? 1 : depth < MAX_DEPTH ? depth : MAX_DEPTH;
    search->judged.arena = judgement->arena;
    if (!make_room(search) || !sg_reach_init(&search->reach, judgement, request))
        return false;
    search->path[0] = request->target;
    search->nogoods =
        sg_arena_array(judgement->arena, search->reach.num_edges, sizeof(*search->nogoods));
    if (search->nogoods == NULL || !start_trails(search))
        judgement->failed = true;
    return !judgement->failed;
}
