/* SPDX-License-Identifier: Apache-2.0 */
#include "make.h"
#include "path/policy_graph.h"

/* "A" is the policy 1.2.3.1 and so on; "*" is anyPolicy. */
static struct signet_span policy_oid(char name)
{
    char dotted[16];
    if (name == '*')
        return sg_oid_octets(SG_OID_ANY_POLICY);
    snprintf(dotted, sizeof(dotted), "1.2.3.%d", name - 'A' + 1);
    return oid(dotted);
}

/* certificatePolicies of "ABC". */
static struct signet_span policies_value(const char *names)
{
    struct signet_span list = {NULL, 0};
    for (; *names != '\0'; names++)
        list = join(list, element(SG_TAG_SEQUENCE, element(SG_TAG_OID, policy_oid(*names))));
    return element(SG_TAG_SEQUENCE, list);
}

/* policyMappings of "AB CD": A to B, C to D. */
static struct signet_span mappings_value(const char *pairs)
{
    struct signet_span list = {NULL, 0};
    for (; pairs[0] != '\0'; pairs += pairs[2] == ' ' ? 3 : 2)
        list =
            join(list, element(SG_TAG_SEQUENCE, join(element(SG_TAG_OID, policy_oid(pairs[0])),
                                                     element(SG_TAG_OID, policy_oid(pairs[1])))));
    return element(SG_TAG_SEQUENCE, list);
}

/*
 * One certificate: its policies ("-": no extension, "!" in front: anyPolicy does not count), then
 * perhaps ":" and mappings, or "#" and mappings that are inhibited.
 */
static void take_certificate(struct sg_policy_graph *graph, const char *text)
{
    struct signet_certificate certificate = {.version = 3};
    size_t len = strcspn(text, ":#");
    char policies[16] = {0};
    bool any_allowed = *text != '!';
    memcpy(policies, text, len);
    if (*text != '-')
        certificate.policies = policies_value(any_allowed ? policies : policies + 1);
    sg_policy_graph_add_certificate(graph, &certificate, any_allowed);
    if (text[len] == '\0')
        return;
    certificate.policy_mappings = mappings_value(text + len + 1);
    sg_policy_graph_map(graph, &certificate, text[len] == ':');
}

/* The user-constrained set as letters. */
static const char *result_of(struct sg_policy_graph *graph, const char *user)
{
    struct signet_span wanted[8], *found;
    size_t num = 0, num_found;
    for (; user[num] != '\0'; num++)
        wanted[num] = policy_oid(user[num]);
    bool any = sg_policy_graph_result(graph, wanted, num, &found, &num_found);
    assert_int_equal(any, num_found > 0);
    char *text = sg_test_keep(calloc(num_found + 1, 1));
    for (size_t i = 0; i < num_found; i++)
        text[i] = sg_oid_find(found[i]) == SG_OID_ANY_POLICY
                      ? '*'
                      : (char)('A' + found[i].ptr[found[i].len - 1] - 1);
    return text;
}

struct row {
    const char *what;
    const char *path; /* certificates from the top, "/" between them */
    const char *user, *expected;
};

static void check_rows(const struct row *rows, size_t num)
{
    for (size_t i = 0; i < num; i++) {
        struct bench bench;
        bench_begin(&bench);
        struct sg_policy_graph *graph = sg_policy_graph_new(&bench.judgement);
        const char *path = *rows[i].path != '\0' ? rows[i].path : NULL;
        while (path != NULL)
            take_certificate(graph, cut(&path, '/'));
        const char *found = result_of(graph, rows[i].user);
        if (strcmp(found, rows[i].expected) != 0)
            fail_msg("%s: {%s}, wanted {%s}", rows[i].what, found, rows[i].expected);
        if (*rows[i].user == '\0')
            assert_int_equal(sg_policy_graph_is_null(graph), *rows[i].expected == '\0');
        assert_false(sg_policy_graph_is_limited(graph));
        assert_false(bench.judgement.failed);
        bench_end(&bench);
    }
}

static void follows_policies_down(void **state)
{
    static const struct row rows[] = {
        {"no certificate", "", "", "*"},
        {"one policy", "A", "", "A"},
        {"any alone", "*/*", "", "*"},
        {"kept all the way", "A/A/A", "", "A"},
        {"common ones are left", "ABC/BCD/CDE", "", "C"},
        {"nothing in common", "A/B", "", ""},
        {"gone in the middle", "A/B/A", "", ""},
        {"no extension", "A/-/A", "", ""},
        {"any above", "*/A", "", "A"},
        {"any below", "A/*", "", "A"},
        {"any in the middle", "AB/*/B", "", "B"},
        {"any beside others", "A*/AB", "", "AB"},
        {"any beside others stays", "A*/AB*", "", "AB*"},
        {"any that does not count", "A/!*", "", ""},
        {"any that does not count beside others", "AB/!A*", "", "A"},
        {"below any that does not count", "!*/A", "", ""},
        {"twice in a certificate", "AA/AA", "", "A"},
        {"nothing after null", "-/*/A:AB", "", ""},
    };
    (void)state;
    check_rows(rows, SG_NUM(rows));
}

static void maps_policies(void **state)
{
    static const struct row rows[] = {
        {"mapped", "A:AB/B", "", "A"},
        {"mapped away", "A:AB/A", "", ""},
        {"mapped twice", "A:AB/B:BC/C", "", "A"},
        {"mapped to two", "A:AB AC/C", "", "A"},
        {"mapped to itself and another", "A:AA AB/A", "", "A"},
        {"two to one", "AB:AC BC/C", "", "AB"},
        {"swapped", "AB:AB BA/A", "", "B"},
        {"of a policy that does not hold", "A:BC/C", "", ""},
        {"of a policy that any stands for", "*:AB/B", "", "A"},
        {"of any: others stay", "*:AB/BC", "", "AC"},
        {"of any: the issuer's own stays under any", "*:AB/A", "", "A"},
        {"any expands to what is expected", "A:AB/*", "", "A"},
        {"any expands, then the mapped one", "A:AB/*/B", "", "A"},
        {"any expands, then the unmapped one", "A:AB/*/A", "", ""},
        {"inhibited: the policy goes", "AB#AC/ABC", "", "B"},
        {"inhibited: the last policy goes", "A#AC/AC", "", ""},
        {"inhibited twice over", "AB#AC AB/B", "", "B"},
        {"inhibited under any: nothing to delete", "*#AB/B", "", "B"},
        {"anyPolicy is not mapped from", "A*:*B/A", "", "A"},
        {"anyPolicy is not mapped to", "A:A*/B", "", ""},
        {"mapped to the same twice", "A:AB AB/B", "", "A"},
    };
    (void)state;
    check_rows(rows, SG_NUM(rows));
}

static void intersects_with_what_the_user_accepts(void **state)
{
    static const struct row rows[] = {
        {"one of two", "AB/AB", "B", "B"},
        {"none", "A/A", "B", ""},
        {"any expands to the user's", "*/*", "AB", "AB"},
        {"any and others", "A*/AC*", "AB", "AB"},
        {"in terms of the top", "A:AB/B", "A", "A"},
        {"not in terms of the bottom", "A:AB/B", "B", ""},
        {"anyPolicy among the user's accepts all", "A/A", "B*", "A"},
        {"twice among the user's", "*", "AA", "A"},
        {"unsorted", "ABC", "CA", "AC"},
        {"below any, without descendants", "*/AB/B", "A", ""},
    };
    (void)state;
    check_rows(rows, SG_NUM(rows));
}

/*
 * The tree of RFC 5280 6.1 as that RFC tells it, over a handful of policies: a policy is a number,
 * a set of them bits, 0 is anyPolicy.
 */
enum { ANY = 0, NUM_POLICIES = 5, MAX_TREE = 1 << 14 };

struct tree_node {
    unsigned policy, expected;
    size_t parent, depth;
    bool dead;
};

struct tree {
    struct tree_node *nodes;
    size_t num, depth;
};

/* A certificate for both. */
struct random_certificate {
    unsigned policies, mappings[NUM_POLICIES]; /* from each policy to a set; 0: none */
    bool any_allowed, mapping_allowed;
};

static void grow_tree(struct tree *tree, size_t parent, unsigned policy, unsigned expected)
{
    assert_true(tree->num < MAX_TREE);
    tree->nodes[tree->num++] =
        (struct tree_node){policy, expected, parent, tree->nodes[parent].depth + 1, false};
}

static bool is_at(const struct tree *tree, size_t node, size_t depth)
{
    return tree->nodes[node].depth == depth && !tree->nodes[node].dead;
}

static bool has_child(const struct tree *tree, size_t parent, unsigned policy)
{
    for (size_t i = 1; i < tree->num; i++) {
        if (!tree->nodes[i].dead && tree->nodes[i].parent == parent &&
            (policy == NUM_POLICIES || tree->nodes[i].policy == policy))
            return true;
    }
    return false;
}

static void prune_tree(struct tree *tree)
{
    for (size_t depth = tree->depth; depth-- > 0;) {
        for (size_t i = 0; i < tree->num; i++) {
            if (is_at(tree, i, depth) && !has_child(tree, i, NUM_POLICIES))
                tree->nodes[i].dead = true;
        }
    }
}

/* 6.1.3 (d)(1). */
static void add_to_tree(struct tree *tree, unsigned policy)
{
    bool matched = false;
    size_t num = tree->num;
    for (size_t i = 0; i < num; i++) {
        if (is_at(tree, i, tree->depth - 1) && (tree->nodes[i].expected >> policy & 1) != 0) {
            grow_tree(tree, i, policy, 1u << policy);
            matched = true;
        }
    }
    for (size_t i = 0; i < num && !matched; i++) {
        if (is_at(tree, i, tree->depth - 1) && tree->nodes[i].policy == ANY)
            grow_tree(tree, i, policy, 1u << policy);
    }
}

/* 6.1.3 (d)(2). */
static void expand_tree(struct tree *tree)
{
    size_t num = tree->num;
    for (size_t i = 0; i < num; i++) {
        if (!is_at(tree, i, tree->depth - 1))
            continue;
        for (unsigned policy = 0; policy < NUM_POLICIES; policy++) {
            if ((tree->nodes[i].expected >> policy & 1) != 0 && !has_child(tree, i, policy))
                grow_tree(tree, i, policy, 1u << policy);
        }
    }
}

/* 6.1.4 (b) for one issuer domain policy. */
static void map_in_tree(struct tree *tree, unsigned policy, unsigned to, bool allowed)
{
    bool found = false;
    size_t num = tree->num;
    for (size_t i = 0; i < num; i++) {
        if (!is_at(tree, i, tree->depth) || tree->nodes[i].policy != policy)
            continue;
        found = true;
        tree->nodes[i].expected = to;
        tree->nodes[i].dead = !allowed;
    }
    for (size_t i = 0; i < num && allowed && !found; i++) {
        if (is_at(tree, i, tree->depth) && tree->nodes[i].policy == ANY)
            grow_tree(tree, tree->nodes[i].parent, policy, to);
    }
    prune_tree(tree);
}

static void take_into_tree(struct tree *tree, const struct random_certificate *certificate)
{
    tree->depth++;
    for (unsigned policy = 1; policy < NUM_POLICIES; policy++) {
        if ((certificate->policies >> policy & 1) != 0)
            add_to_tree(tree, policy);
    }
    if ((certificate->policies >> ANY & 1) != 0 && certificate->any_allowed)
        expand_tree(tree);
    prune_tree(tree);
    for (unsigned policy = 1; policy < NUM_POLICIES; policy++) {
        if (certificate->mappings[policy] != 0)
            map_in_tree(tree, policy, certificate->mappings[policy], certificate->mapping_allowed);
    }
}

/* The policies of nodes under anyPolicy, and anyPolicy where it reaches the end (6.1.5 (g)); USER 0
 * accepts all. */
static unsigned tree_result(const struct tree *tree, unsigned user)
{
    unsigned set = 0;
    for (size_t i = 1; i < tree->num; i++) {
        const struct tree_node *node = &tree->nodes[i];
        if (!node->dead && tree->nodes[node->parent].policy == ANY &&
            (node->policy != ANY || node->depth == tree->depth))
            set |= 1u << node->policy;
    }
    if (user == 0)
        return set;
    return (set >> ANY & 1) != 0 ? user : set & user;
}

static void take_into_graph(struct sg_policy_graph *graph, const struct random_certificate *random)
{
    struct signet_certificate certificate = {.version = 3};
    char policies[NUM_POLICIES + 1] = {0}, mappings[NUM_POLICIES * NUM_POLICIES * 3 + 1] = {0};
    size_t num = 0;
    for (unsigned i = 0; i < NUM_POLICIES; i++) {
        if ((random->policies >> i & 1) != 0)
            policies[num++] = "*ABCD"[i];
    }
    num = 0;
    for (unsigned from = 1; from < NUM_POLICIES; from++) {
        for (unsigned to = 1; to < NUM_POLICIES; to++) {
            if ((random->mappings[from] >> to & 1) == 0)
                continue;
            mappings[num++] = "*ABCD"[from];
            mappings[num++] = "*ABCD"[to];
            mappings[num++] = ' ';
        }
    }
    certificate.policies = policies_value(policies);
    sg_policy_graph_add_certificate(graph, &certificate, random->any_allowed);
    certificate.policy_mappings = mappings_value(mappings);
    sg_policy_graph_map(graph, &certificate, random->mapping_allowed);
}

static unsigned next_random(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + 1442695040888963407u;
    return (unsigned)(*state >> 40);
}

static struct random_certificate make_random(uint64_t *state)
{
    struct random_certificate random = {.policies = next_random(state) & 31};
    random.any_allowed = next_random(state) % 4 != 0;
    random.mapping_allowed = next_random(state) % 4 != 0;
    for (unsigned i = 1; i < NUM_POLICIES; i++) {
        if (next_random(state) % 3 == 0)
            random.mappings[i] = next_random(state) & 30;
    }
    return random;
}

static unsigned graph_result(struct sg_policy_graph *graph, unsigned user)
{
    char letters[NUM_POLICIES + 1] = {0};
    unsigned set = 0;
    size_t num = 0;
    for (unsigned i = 1; i < NUM_POLICIES; i++) {
        if ((user >> i & 1) != 0)
            letters[num++] = "*ABCD"[i];
    }
    for (const char *found = result_of(graph, letters); *found != '\0'; found++)
        set |= 1u << (*found == '*' ? 0 : *found - 'A' + 1);
    return set;
}

static void agrees_with_the_tree_of_rfc_5280(void **state)
{
    struct tree_node *nodes = sg_test_keep(calloc(MAX_TREE, sizeof(*nodes)));
    uint64_t seed = 9618;
    size_t num_empty = 0;
    (void)state;
    for (size_t round = 0; round < 3000; round++) {
        struct tree tree = {nodes, 1, 0};
        struct bench bench;
        bench_begin(&bench);
        struct sg_policy_graph *graph = sg_policy_graph_new(&bench.judgement);
        nodes[0] = (struct tree_node){.policy = ANY, .expected = 1u << ANY};
        for (size_t depth = 0; depth < 1 + round % 4; depth++) {
            struct random_certificate random = make_random(&seed);
            take_into_tree(&tree, &random);
            take_into_graph(graph, &random);
        }
        unsigned user = next_random(&seed) & 30;
        assert_int_equal(graph_result(graph, 0), tree_result(&tree, 0));
        assert_int_equal(graph_result(graph, user), tree_result(&tree, user));
        num_empty += tree_result(&tree, 0) == 0;
        bench_end(&bench);
    }
    assert_in_range(num_empty, 300, 2700); /* both outcomes were met */
}

enum { MESH = 120, DEPTH = 64 };

static struct signet_span mesh_oid(size_t i)
{
    char dotted[24];
    snprintf(dotted, sizeof(dotted), "1.2.4.%zu", i);
    return element(SG_TAG_OID, oid(dotted));
}

/* Policies of which each maps to each: RFC 9618 3.2, where a tree would have MESH^DEPTH nodes. */
static struct signet_certificate make_mesh(void)
{
    struct signet_certificate certificate = {.version = 3};
    uint8_t *policies = sg_test_keep(malloc(MESH * 16)),
            *pairs = sg_test_keep(malloc(MESH * MESH * 24));
    size_t policies_len = 0, pairs_len = 0;
    for (size_t i = 0; i < MESH; i++) {
        struct signet_span policy = element(SG_TAG_SEQUENCE, mesh_oid(i));
        memcpy(policies + policies_len, policy.ptr, policy.len);
        policies_len += policy.len;
        for (size_t j = 0; j < MESH; j++) {
            struct signet_span pair = element(SG_TAG_SEQUENCE, join(mesh_oid(i), mesh_oid(j)));
            memcpy(pairs + pairs_len, pair.ptr, pair.len);
            pairs_len += pair.len;
        }
    }
    certificate.policies = element(SG_TAG_SEQUENCE, sg_span(policies, policies_len));
    certificate.policy_mappings = element(SG_TAG_SEQUENCE, sg_span(pairs, pairs_len));
    return certificate;
}

static void run_mesh(struct bench *bench, const struct signet_certificate *mesh,
                     struct sg_policy_graph **graph)
{
    *graph = sg_policy_graph_new(&bench->judgement);
    for (size_t i = 0; i < DEPTH; i++) {
        sg_policy_graph_add_certificate(*graph, mesh, true);
        sg_policy_graph_map(*graph, mesh, true);
    }
}

static void stays_linear_where_a_tree_explodes(void **state)
{
    struct signet_certificate mesh = make_mesh();
    struct sg_policy_graph *graph;
    struct signet_span *found;
    size_t num_found;
    struct bench bench;
    (void)state;
    bench_begin(&bench);
    run_mesh(&bench, &mesh, &graph);
    sg_policy_graph_add_certificate(graph, &mesh, true);
    assert_true(sg_policy_graph_result(graph, NULL, 0, &found, &num_found));
    assert_int_equal(num_found, MESH);
    for (size_t i = 1; i < num_found; i++)
        assert_true(sg_span_compare(found[i - 1], found[i]) < 0);
    assert_true(bench.judgement.budget.comparisons < (size_t)DEPTH * MESH * MESH * 3);
    bench_end(&bench);
}

static void stops_when_the_budget_is_out(void **state)
{
    struct signet_certificate mesh = make_mesh();
    struct sg_policy_graph *graph;
    struct signet_span *found;
    size_t num_found = 1;
    struct bench bench;
    (void)state;
    bench_begin(&bench);
    bench.policy.limits.max_comparisons = 1000;
    run_mesh(&bench, &mesh, &graph);
    assert_true(sg_policy_graph_is_limited(graph));
    assert_false(sg_policy_graph_result(graph, NULL, 0, &found, &num_found));
    assert_int_equal(num_found, 0);
    assert_true(bench.judgement.budget.exhausted);
    assert_string_equal(bench.judgement.budget.which, "comparisons");
    bench_end(&bench);
}

static void ends_the_judgement_when_memory_is_out(void **state)
{
    struct signet_certificate mesh = make_mesh();
    struct sg_policy_graph *graph;
    struct bench bench;
    (void)state;
    for (size_t max = 1; max < 200000; max += 1499) {
        bench_begin(&bench);
        bench.arena.max = max;
        graph = sg_policy_graph_new(&bench.judgement);
        if (graph != NULL)
            run_mesh(&bench, &mesh, &graph);
        assert_true(bench.judgement.failed);
        bench_end(&bench);
    }
}

SG_TEST_MAIN(SG_TEST("B-61d B-61ef B-POL-3 D-PATH-1", follows_policies_down),
             SG_TEST("B-POL-2 E-23 D-PATH-1", maps_policies),
             SG_TEST("B-POL-5", intersects_with_what_the_user_accepts),
             SG_TEST("D-PATH-1 E-23", agrees_with_the_tree_of_rfc_5280),
             SG_TEST("D-PATH-1", stays_linear_where_a_tree_explodes),
             SG_TEST("D-PATH-1 E-9", stops_when_the_budget_is_out),
             SG_TEST("", ends_the_judgement_when_memory_is_out))
