/* SPDX-License-Identifier: Apache-2.0 */
#include "make.h"
#include "path/policy_graph.h"
#include "path/policy_trail.h"

enum { MAX_CHAIN = 6, NUM_CHAINS = 20000 };

static struct signet_span policy_oid(char name)
{
    char dotted[16];
    if (name == '*')
        return sg_oid_octets(SG_OID_ANY_POLICY);
    snprintf(dotted, sizeof(dotted), "1.2.3.%d", name - 'A' + 1);
    return oid(dotted);
}

/* A certificate of "AB" or of "-" for no policies at all, and perhaps of mappings: "AB:CD" maps C
 * to D. */
static struct signet_certificate make(const char *text)
{
    struct signet_certificate certificate = {.version = 3,
                                             .require_explicit_policy = -1,
                                             .inhibit_policy_mapping = -1,
                                             .inhibit_any_policy = -1};
    struct signet_span policies = {NULL, 0}, mappings = {NULL, 0};
    for (; *text != '\0' && *text != ':' && *text != '-'; text++)
        policies = join(policies, element(SG_TAG_SEQUENCE, element(SG_TAG_OID, policy_oid(*text))));
    if (policies.len > 0)
        certificate.policies = element(SG_TAG_SEQUENCE, policies);
    for (text = strchr(text, ':'); text != NULL && text[1] != '\0'; text += 2)
        mappings = join(mappings,
                        element(SG_TAG_SEQUENCE, join(element(SG_TAG_OID, policy_oid(text[1])),
                                                      element(SG_TAG_OID, policy_oid(text[2])))));
    if (mappings.len > 0)
        certificate.policy_mappings = element(SG_TAG_SEQUENCE, mappings);
    return certificate;
}

/* The trail at the top of certificates given from the end entity up. */
static struct sg_policy_trail follow(struct bench *bench, const struct signet_certificate *chain,
                                     size_t num)
{
    struct sg_policy_trail trail, next;
    sg_policy_trail_begin(&trail, &bench->judgement, &chain[0]);
    for (size_t i = 1; i < num; i++) {
        sg_policy_trail_add(&next, &bench->judgement, &trail, &chain[i], i, i - 1);
        trail = next;
    }
    return trail;
}

static void tells_what_is_left_and_who_ruled_out(void **state)
{
    static const struct {
        const char *chain[4]; /* from the end entity up */
        bool lost;
        sg_positions blame;
    } rows[] = {
        {{"A", "A", "A"}, false, 0},   {{"A", "AB", "*"}, false, 0}, {{"*", "A", "B"}, true, 6},
        {{"A", "B"}, true, 2},         {{"A", "AB", "B"}, true, 4},  {{"AB", "A", "B"}, true, 6},
        {{"A", "-"}, true, 2},         {{"-", "A"}, true, 0},        {{"B", "A:AB", "A"}, false, 2},
        {{"C", "A:AB", "A"}, true, 2},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct bench bench;
        struct signet_certificate chain[4];
        size_t num = 0;
        bench_begin(&bench);
        bench.policy.require_explicit_policy = true;
        for (; num < 4 && rows[i].chain[num] != NULL; num++)
            chain[num] = make(rows[i].chain[num]);
        struct sg_policy_trail trail = follow(&bench, chain, num);
        if (sg_policy_trail_is_lost(&trail) != rows[i].lost || trail.blame != rows[i].blame)
            fail_msg("row %zu: lost %d, blame %llx", i, sg_policy_trail_is_lost(&trail),
                     (unsigned long long)trail.blame);
        bench_end(&bench);
    }
}

static void a_skip_count_requires_only_where_it_runs_out(void **state)
{
    struct bench bench;
    struct signet_certificate chain[] = {make("-"), make("-"), make("-")};
    (void)state;
    bench_begin(&bench);
    struct sg_policy_trail trail = follow(&bench, chain, 3);
    assert_false(sg_policy_trail_is_lost(&trail)); /* nobody requires one */
    for (int64_t skip = 0; skip < 5; skip++) {
        chain[2].require_explicit_policy = skip;
        trail = follow(&bench, chain, 3); /* one CA and the end entity are below */
        assert_int_equal(sg_policy_trail_is_lost(&trail), skip <= 2);
        assert_int_equal((trail.blame & SG_POSITIONS_COUNT) != 0, skip <= 2);
    }
    bench_end(&bench);
}

static void more_than_fits_rules_nothing_out(void **state)
{
    struct bench bench;
    struct signet_certificate chain[] = {make("A"), make("B")};
    struct signet_span list = {NULL, 0};
    (void)state;
    bench_begin(&bench);
    bench.policy.require_explicit_policy = true;
    for (int i = 0; i <= SG_MAX_TRAIL; i++) {
        char dotted[16];
        snprintf(dotted, sizeof(dotted), "1.2.4.%d", i);
        list = join(list, element(SG_TAG_SEQUENCE, element(SG_TAG_OID, oid(dotted))));
    }
    chain[0].policies = element(SG_TAG_SEQUENCE, list);
    struct sg_policy_trail trail = follow(&bench, chain, 2);
    assert_false(sg_policy_trail_is_lost(&trail));
    bench.policy.limits.max_comparisons = 0; /* nor does what could not be looked at */
    chain[0] = make("A");
    trail = follow(&bench, chain, 2);
    assert_false(sg_policy_trail_is_lost(&trail));
    bench_end(&bench);
}

static uint32_t draw(uint32_t *state, uint32_t num)
{
    *state = *state * 1664525u + 1013904223u;
    return (*state >> 16) % num;
}

/* A random certificate: few policies, now and then anyPolicy, none at all, or mappings. */
static struct signet_certificate make_random(uint32_t *state)
{
    char text[16];
    size_t len = 0;
    for (char policy = 'A'; policy < 'D'; policy++) {
        if (draw(state, 2) == 0)
            text[len++] = policy;
    }
    if (draw(state, 6) == 0)
        text[len++] = '*';
    if (len == 0)
        text[len++] = '-';
    if (draw(state, 3) == 0) {
        text[len++] = ':';
        text[len++] = (char)('A' + draw(state, 3));
        text[len++] = (char)('A' + draw(state, 3));
    }
    text[len] = '\0';
    return make(text);
}

/* What the graph says of the same chain, from the top down (RFC 9618). */
static bool graph_holds(struct bench *bench, const struct signet_certificate *chain, size_t num,
                        const struct signet_span *wanted, size_t num_wanted, bool mapping)
{
    struct sg_policy_graph *graph = sg_policy_graph_new(&bench->judgement);
    struct signet_span *found;
    size_t num_found;
    for (size_t i = num; i-- > 0;) {
        sg_policy_graph_add_certificate(graph, &chain[i], true);
        if (i > 0)
            sg_policy_graph_map(graph, &chain[i], mapping);
    }
    return sg_policy_graph_result(graph, wanted, num_wanted, &found, &num_found);
}

/* Never too few: the search would miss a path that is valid. */
static void never_rules_out_what_holds(void **state)
{
    uint32_t seed = 1;
    size_t num_lost = 0, num_holding = 0;
    const struct signet_span wanted = policy_oid('A');
    (void)state;
    for (size_t n = 0; n < NUM_CHAINS; n++) {
        struct bench bench;
        struct signet_certificate chain[MAX_CHAIN];
        size_t num = 1 + draw(&seed, MAX_CHAIN), num_wanted = draw(&seed, 2);
        bench_begin(&bench);
        bench.policy.require_explicit_policy = true;
        for (size_t i = 0; i < num; i++)
            chain[i] = make_random(&seed);
        struct sg_policy_trail trail = follow(&bench, chain, num);
        bool lost =
            sg_policy_trail_is_lost(&trail) || sg_policy_trail_misses(&trail, &wanted, num_wanted);
        bool holds = graph_holds(&bench, chain, num, &wanted, num_wanted, draw(&seed, 4) != 0);
        if (lost && holds)
            fail_msg("chain %zu of %zu certificates holds and was ruled out", n, num);
        num_lost += lost;
        num_holding += holds;
        bench_end(&bench);
    }
    /* Neither side of it is idle. */
    assert_true(num_lost > NUM_CHAINS / 10);
    assert_true(num_holding > NUM_CHAINS / 10);
}

SG_TEST_MAIN(SG_TEST("D-PATH-1", tells_what_is_left_and_who_ruled_out),
             SG_TEST("D-PATH-1", a_skip_count_requires_only_where_it_runs_out),
             SG_TEST("D-PATH-1 E-9", more_than_fits_rules_nothing_out),
             SG_TEST("D-PATH-1", never_rules_out_what_holds))
