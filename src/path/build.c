/* SPDX-License-Identifier: Apache-2.0 */
#include "path/build.h"

#include "path/search.h"

/*
 * Looked for in turn. Paths are only worth trying for something milder than the best so far; the
 * last three passes are there to explain why nothing was found, and need not be complete.
 */
static const struct sg_pass passes[] = {
    /* In the hope for a path about which nothing is to be said. */
    {.ceiling = SIGNET_VERDICT_GOOD, .max_judged = 64, .max_steps = 20000, .max_acceptable = 16},
    {.ceiling = SIGNET_VERDICT_WARN},
    {.ceiling = SIGNET_VERDICT_WEAK},
    {.ceiling = SIGNET_VERDICT_UNKNOWN},
    {.ceiling = SIGNET_VERDICT_BAD, .max_judged = 64, .max_steps = 20000},
    {.ceiling = SIGNET_VERDICT_BAD,
     .signatures = SG_PASS_RIGHT_ABOVE,
     .max_judged = 4,
     .max_steps = 2000},
    {.ceiling = SIGNET_VERDICT_BAD, .signatures = SG_PASS_ANY, .max_judged = 4, .max_steps = 2000},
};

static const struct sg_candidate *best_path(const struct sg_search *search)
{
    return search->num_kept > 0 && search->kept[0]->complete ? search->kept[0] : NULL;
}

static bool is_worth_while(const struct sg_search *search, const struct sg_pass *pass)
{
    const struct sg_candidate *best = best_path(search);
    if (search->judgement->failed || (best != NULL && best->verdict <= search->floor))
        return false;
    if (pass->signatures != SG_PASS_RIGHT || best == NULL)
        return best == NULL;
    return pass->ceiling < best->verdict || best->verdict == SIGNET_VERDICT_BAD;
}

/* An explanation that remained incomplete does not make what it explains any less certain. */
static void run_pass(struct sg_search *search, const struct sg_pass *pass)
{
    struct sg_budget *budget = &search->judgement->budget;
    bool exhausted = budget->exhausted;
    const char *which = budget->which;
    sg_search_run(search, pass);
    if (pass->ceiling < SIGNET_VERDICT_BAD)
        return;
    budget->exhausted = exhausted;
    budget->which = which;
}

static bool is_signer(struct sg_search *search, const struct signet_certificate *child,
                      const struct signet_certificate *issuer)
{
    struct sg_signed_object object = sg_signed_certificate(child);
    return sg_budget_step(search->judgement) &&
           sg_fact_may_hold(
               sg_fact_verify(search->judgement, &object, &issuer->spki, sg_span(NULL, 0)));
}

/* The issuer in the pool whose key made the signature of the NUMth certificate and that is not yet
 * in the path; the most promising one. NULL for none. */
static const struct signet_certificate *find_any_issuer(struct sg_search *search, size_t num)
{
    const struct signet_certificate *child = search->path[num - 1], *best = NULL, *issuer;
    struct sg_pool_cursor cursor = sg_pool_subjects(search->judgement->pool, &child->issuer);
    int best_score = 0;
    sg_positions blame;
    while ((issuer = sg_pool_subject_next(&cursor)) != NULL) {
        int score = sg_issuer_hint(child, issuer) +
                    sg_issuer_score(issuer, search->judgement->policy->time);
        if (sg_search_in_path(search, num, issuer, &blame) ||
            (best != NULL && score <= best_score) || !is_signer(search, child, issuer))
            continue;
        best = issuer;
        best_score = score;
    }
    search->judgement->arena->failed |= cursor.failed;
    return best;
}

/* The issuer of CERTIFICATE, or of a self-signed one itself: an anchor of its name may be known.
 * Paths of who signs CRLs are for a store to complete; the verdict may do without that CRL. */
static void need_issuer(struct sg_search *search, const struct signet_certificate *certificate,
                        bool missing)
{
    sg_need_add(search->judgement,
                &(struct sg_need){.kind = SG_NEED_ISSUER,
                                  .missing = missing && search->request->revocation_depth == 0,
                                  .name = &certificate->issuer,
                                  .key_id = certificate->aki.key_id,
                                  .certificate = certificate});
}

/* Somewhere above the target another certificate, or an anchor, may open a way round what speaks
 * against all paths found. */
static void need_better_issuers(struct sg_search *search)
{
    const struct sg_reach *reach = &search->reach;
    if (search->kept[0]->complete && search->kept[0]->verdict <= SIGNET_VERDICT_WARN)
        return;
    need_issuer(search, search->request->target, false);
    for (size_t i = 0; i < reach->num_edges && search->judgement->num_needs < SG_MAX_NEEDS; i++)
        need_issuer(search, reach->edges[i].certificate, false);
}

/* No anchor is in reach: as far up as signatures lead, and what is missing there. */
static void add_partial(struct sg_search *search)
{
    const struct signet_certificate *issuer;
    size_t num = 1;
    search->path[0] = search->request->target;
    while (num < search->max_depth && (issuer = find_any_issuer(search, num)) != NULL)
        search->path[num++] = issuer;
    need_issuer(search, search->path[num - 1], true);
    struct sg_candidate *candidate = sg_candidate_new_partial(search->judgement, search->path, num);
    if (candidate != NULL)
        sg_search_keep(search, candidate);
}

/*
 * A search that was cut short must not sound sure: without a good path its answer is UNKNOWN,
 * whatever speaks against the paths it did try, unless that holds for every path.
 */
static void tell_limit(struct sg_search *search)
{
    struct sg_judgement *judgement = search->judgement;
    struct sg_budget *budget = &judgement->budget;
    struct sg_candidate *best = search->kept[0];
    bool sure =
        best->complete && (best->verdict <= SIGNET_VERDICT_WARN || best->verdict <= search->floor);
    if (sure || !(budget->exhausted || search->too_deep))
        return;
    if (!budget->exhausted)
        budget->which = "depth";
    budget->exhausted = true;
    if (search->floor != SIGNET_VERDICT_BAD)
        sg_findings_cap(&best->findings, (struct sg_findings_mark){0, 0}, SIGNET_VERDICT_UNKNOWN);
    sg_finding_add(&best->findings, SG_KIND_SEARCH_LIMIT, sg_at_certificate(0),
                   SG_PARAMS(sg_string("which", budget->which)));
    struct signet_policy own;
    best->verdict = sg_findings_conclude(
        &best->findings, sg_anchor_policy(best->path.anchor, judgement->policy, &own));
    judgement->failed = judgement->failed || best->findings.failed;
}

static bool copy_result(const struct sg_search *search, struct sg_path_result *result)
{
    struct sg_candidate **tried =
        sg_arena_array(search->judgement->arena, search->num_kept, sizeof(struct sg_candidate *));
    if (tried == NULL)
        return false;
    memcpy(tried, search->kept, search->num_kept * sizeof(struct sg_candidate *));
    *result = (struct sg_path_result){tried[0], tried, search->num_kept, search->num_judged_ever};
    return true;
}

static bool build(struct sg_judgement *judgement, const struct sg_path_request *request,
                  struct sg_path_result *result)
{
    struct sg_search search;
    if (!sg_search_init(&search, judgement, request))
        return false;
    for (size_t i = 0; i < sizeof(passes) / sizeof(passes[0]); i++) {
        if (is_worth_while(&search, &passes[i]))
            run_pass(&search, &passes[i]);
    }
    if (search.num_kept == 0 && !judgement->failed)
        add_partial(&search);
    if (!judgement->failed)
        tell_limit(&search);
    if (!judgement->failed)
        need_better_issuers(&search);
    if (!judgement->failed && !copy_result(&search, result))
        judgement->failed = true;
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
