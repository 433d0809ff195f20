/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Nothing is pruned on the way: the graph is NULL exactly when its newest level has no node, and
 * what has no descendants there is left out at the end. The expected policies of a level are kept
 * the other way round, from a policy to the nodes that expect it, so that a child finds all its
 * parents with one look-up and shares their list.
 */
#include "path/policy_graph.h"

#include "path/table.h"
#include "x509/policy_extensions.h"

#include <stdlib.h>

struct node;

struct parent {
    struct node *node;
    struct parent *next;
};

/* A policy that nodes of one level expect in the next certificate. */
struct expected {
    struct signet_span policy;
    struct parent *parents;
    struct expected *next;
};

/* Any policy but anyPolicy: of that one a level has a node or not. */
struct node {
    struct signet_span policy;
    const struct expected *origin; /* holds its parents; NULL: its only parent is anyPolicy */
    bool mapped;                   /* expects what mappings say, else its own policy */
    bool deleted;
    bool live; /* has descendants in the last level, or is there */
    struct node *next;
};

struct level {
    struct sg_table nodes_by_policy, expected_by_policy;
    struct node *nodes;
    struct expected *expected;
    size_t num_nodes; /* not deleted */
    bool has_any;
    struct level *above;
};

struct sg_policy_graph {
    struct sg_judgement *judgement;
    uint64_t seed;
    struct level *last;
    bool null;
    bool limit;
};

/* Memory is out: the judgement ends, so what the graph says no longer matters. */
static void *no_memory(struct sg_policy_graph *graph)
{
    graph->judgement->failed = true;
    graph->null = true;
    return NULL;
}

static void *take(struct sg_policy_graph *graph, size_t len)
{
    void *object = sg_arena_alloc(graph->judgement->arena, len);
    return object != NULL ? object : no_memory(graph);
}

/* One piece of work. False: the budget is out, and nothing more is known of this graph. */
static bool work(struct sg_policy_graph *graph)
{
    if (!graph->limit && !sg_budget_comparisons(graph->judgement, 1))
        graph->limit = true;
    return !graph->limit && !graph->null;
}

static struct level *add_level(struct sg_policy_graph *graph)
{
    struct level *level = take(graph, sizeof(*level));
    if (level == NULL)
        return NULL;
    level->nodes_by_policy.arena = graph->judgement->arena;
    level->expected_by_policy.arena = graph->judgement->arena;
    level->above = graph->last;
    graph->last = level;
    return level;
}

struct sg_policy_graph *sg_policy_graph_new(struct sg_judgement *judgement)
{
    struct sg_policy_graph *graph = sg_arena_alloc(judgement->arena, sizeof(*graph));
    if (graph == NULL) {
        judgement->failed = true;
        return NULL;
    }
    graph->judgement = judgement;
    graph->seed = sg_table_seed(graph);
    if (add_level(graph) == NULL)
        return NULL;
    graph->last->has_any = true;
    return graph;
}

static bool is_node_of(const void *item, const void *key)
{
    const struct node *node = item;
    return sg_span_equal(node->policy, *(const struct signet_span *)key);
}

static bool is_expected_of(const void *item, const void *key)
{
    const struct expected *expected = item;
    return sg_span_equal(expected->policy, *(const struct signet_span *)key);
}

static struct node *find_node(const struct sg_policy_graph *graph, const struct level *level,
                              struct signet_span policy)
{
    return sg_table_find(&level->nodes_by_policy, sg_span_hash(policy, graph->seed), is_node_of,
                         &policy);
}

static struct expected *find_expected(const struct sg_policy_graph *graph,
                                      const struct level *level, struct signet_span policy)
{
    return sg_table_find(&level->expected_by_policy, sg_span_hash(policy, graph->seed),
                         is_expected_of, &policy);
}

static struct node *add_node(struct sg_policy_graph *graph, struct signet_span policy,
                             const struct expected *origin)
{
    struct level *level = graph->last;
    struct node *node = work(graph) ? take(graph, sizeof(*node)) : NULL;
    if (node == NULL)
        return NULL;
    *node = (struct node){.policy = policy, .origin = origin, .next = level->nodes};
    if (!sg_table_add(&level->nodes_by_policy, sg_span_hash(policy, graph->seed), node))
        return no_memory(graph);
    level->nodes = node;
    level->num_nodes++;
    return node;
}

static struct expected *enter_expected(struct sg_policy_graph *graph, struct level *level,
                                       struct signet_span policy)
{
    struct expected *expected = find_expected(graph, level, policy);
    if (expected != NULL)
        return expected;
    expected = work(graph) ? take(graph, sizeof(*expected)) : NULL;
    if (expected == NULL)
        return NULL;
    *expected = (struct expected){.policy = policy, .next = level->expected};
    if (!sg_table_add(&level->expected_by_policy, sg_span_hash(policy, graph->seed), expected))
        return no_memory(graph);
    level->expected = expected;
    return expected;
}

/* NODE, of the last level, expects POLICY in the next certificate. */
static void expect(struct sg_policy_graph *graph, struct node *node, struct signet_span policy)
{
    struct expected *expected = enter_expected(graph, graph->last, policy);
    struct parent *parent = expected != NULL && work(graph) ? take(graph, sizeof(*parent)) : NULL;
    if (parent == NULL)
        return;
    *parent = (struct parent){node, expected->parents};
    expected->parents = parent;
}

/* Where no mapping says otherwise a node expects its own policy. */
static void complete_expected(struct sg_policy_graph *graph)
{
    for (struct node *node = graph->last->nodes; node != NULL; node = node->next) {
        if (!node->deleted && !node->mapped)
            expect(graph, node, node->policy);
    }
}

static void update_null(struct sg_policy_graph *graph)
{
    if (graph->last->num_nodes == 0 && !graph->last->has_any)
        graph->null = true;
}

/* 6.1.3 (d)(1): POLICY, or one that anyPolicy stands for, at the last level. */
static void add_policy(struct sg_policy_graph *graph, struct signet_span policy)
{
    const struct level *level = graph->last, *above = level->above;
    if (!work(graph) || find_node(graph, level, policy) != NULL)
        return;
    const struct expected *origin = find_expected(graph, above, policy);
    if (origin != NULL || above->has_any)
        (void)add_node(graph, policy, origin);
}

/* 6.1.3 (d)(2). */
static void add_any_policy(struct sg_policy_graph *graph)
{
    struct level *level = graph->last;
    const struct expected *expected = level->above->expected;
    for (; expected != NULL; expected = expected->next)
        add_policy(graph, expected->policy);
    level->has_any = level->above->has_any;
}

void sg_policy_graph_add_certificate(struct sg_policy_graph *graph,
                                     const struct signet_certificate *certificate, bool any_allowed)
{
    struct sg_policies policies = sg_policies_begin(certificate->policies);
    struct sg_policy_information policy;
    bool has_any = false;

    if (certificate->policies.ptr == NULL)
        graph->null = true; /* 6.1.3 (e) */
    if (graph->null || graph->limit)
        return;
    complete_expected(graph);
    if (add_level(graph) == NULL)
        return;
    while (sg_policies_next(&policies, &policy)) {
        has_any |= policy.is_any;
        if (!policy.is_any)
            add_policy(graph, policy.oid);
    }
    if (has_any && any_allowed)
        add_any_policy(graph);
    update_null(graph);
}

static bool is_any_policy(struct signet_span policy)
{
    return sg_span_equal(policy, sg_oid_octets(SG_OID_ANY_POLICY));
}

/* 6.1.4 (b)(1), (2): the subject domain's policy will do where the issuer domain's holds. Returns
 * the issuer domain's node, NULL for none; LAST: that of the mapping before, as what one policy is
 * mapped to stands together nearly always. */
static struct node *apply_mapping(struct sg_policy_graph *graph, struct node *last,
                                  const struct sg_policy_mapping *mapping)
{
    struct node *node = last;
    if (last == NULL || !sg_span_equal(last->policy, mapping->issuer_domain))
        node = find_node(graph, graph->last, mapping->issuer_domain);
    if (node == NULL && graph->last->has_any)
        node = add_node(graph, mapping->issuer_domain, NULL);
    if (node == NULL)
        return NULL;
    node->mapped = true;
    expect(graph, node, mapping->subject_domain);
    return node;
}

/* 6.1.4 (b)(3). */
static void inhibit_mapping(struct sg_policy_graph *graph, const struct sg_policy_mapping *mapping)
{
    struct node *node = find_node(graph, graph->last, mapping->issuer_domain);
    if (node == NULL || node->deleted)
        return;
    node->deleted = true;
    graph->last->num_nodes--;
}

void sg_policy_graph_map(struct sg_policy_graph *graph,
                         const struct signet_certificate *certificate, bool mapping_allowed)
{
    struct sg_policy_mappings mappings = sg_policy_mappings_begin(certificate->policy_mappings);
    struct sg_policy_mapping mapping;
    struct node *last = NULL;

    while (!graph->null && sg_policy_mappings_next(&mappings, &mapping) && work(graph)) {
        if (is_any_policy(mapping.issuer_domain) || is_any_policy(mapping.subject_domain))
            continue;
        if (mapping_allowed)
            last = apply_mapping(graph, last, &mapping);
        else
            inhibit_mapping(graph, &mapping);
    }
    update_null(graph);
}

bool sg_policy_graph_is_null(const struct sg_policy_graph *graph)
{
    return graph->null;
}

bool sg_policy_graph_is_limited(const struct sg_policy_graph *graph)
{
    return graph->limit;
}

/* Marks what leads to the last level. Returns how many nodes there are. */
static size_t mark_live(struct sg_policy_graph *graph)
{
    size_t num = 0;
    for (struct node *node = graph->last->nodes; node != NULL; node = node->next)
        node->live = !node->deleted;
    for (struct level *level = graph->last; level != NULL; level = level->above) {
        for (struct node *node = level->nodes; node != NULL; node = node->next) {
            const struct parent *parent =
                node->live && node->origin != NULL ? node->origin->parents : NULL;
            for (; parent != NULL; parent = parent->next)
                parent->node->live = true;
            num++;
        }
    }
    return num;
}

struct policy_set {
    struct signet_span *items;
    size_t num;
};

static int compare_policies(const void *a, const void *b)
{
    return sg_span_compare(*(const struct signet_span *)a, *(const struct signet_span *)b);
}

static void sort_policies(struct policy_set *set)
{
    size_t num = 0;
    if (set->num > 1)
        qsort(set->items, set->num, sizeof(*set->items), compare_policies);
    for (size_t i = 0; i < set->num; i++) {
        if (num == 0 || !sg_span_equal(set->items[num - 1], set->items[i]))
            set->items[num++] = set->items[i];
    }
    set->num = num;
}

static bool holds_policy(const struct policy_set *set, struct signet_span policy)
{
    return set->num > 0 &&
           bsearch(&policy, set->items, set->num, sizeof(*set->items), compare_policies) != NULL;
}

/* 6.1.5 (g)(1) to (4). */
static bool authority_constrained(struct sg_policy_graph *graph, struct policy_set *set)
{
    size_t num = mark_live(graph);
    set->items = sg_arena_array(graph->judgement->arena, num + 1, sizeof(*set->items));
    if (set->items == NULL)
        return no_memory(graph) != NULL;
    for (const struct level *level = graph->last; level != NULL; level = level->above) {
        for (const struct node *node = level->nodes; node != NULL; node = node->next) {
            if (node->live && node->origin == NULL)
                set->items[set->num++] = node->policy;
        }
    }
    if (graph->last->has_any)
        set->items[set->num++] = sg_oid_octets(SG_OID_ANY_POLICY);
    sort_policies(set);
    return true;
}

/* 6.1.5 (g)(6). */
static bool intersect_with_user(struct sg_policy_graph *graph, const struct policy_set *authority,
                                const struct signet_span *user_policies, size_t num_user_policies,
                                struct policy_set *set)
{
    bool any = holds_policy(authority, sg_oid_octets(SG_OID_ANY_POLICY));
    set->items = sg_arena_array(graph->judgement->arena, num_user_policies, sizeof(*set->items));
    if (set->items == NULL)
        return no_memory(graph) != NULL;
    for (size_t i = 0; i < num_user_policies; i++) {
        if (any || holds_policy(authority, user_policies[i]))
            set->items[set->num++] = user_policies[i];
    }
    sort_policies(set);
    return true;
}

static bool accepts_any(const struct signet_span *user_policies, size_t num_user_policies)
{
    for (size_t i = 0; i < num_user_policies; i++) {
        if (is_any_policy(user_policies[i]))
            return true;
    }
    return num_user_policies == 0;
}

bool sg_policy_graph_result(struct sg_policy_graph *graph, const struct signet_span *user_policies,
                            size_t num_user_policies, struct signet_span **policies,
                            size_t *num_policies)
{
    struct policy_set authority = {0}, user = {0};
    *policies = NULL;
    *num_policies = 0;
    if (graph->null || graph->limit || !authority_constrained(graph, &authority))
        return false;
    if (accepts_any(user_policies, num_user_policies))
        user = authority;
    else if (!intersect_with_user(graph, &authority, user_policies, num_user_policies, &user))
        return false;
    *policies = user.items;
    *num_policies = user.num;
    return user.num > 0;
}
