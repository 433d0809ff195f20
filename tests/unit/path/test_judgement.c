/* SPDX-License-Identifier: Apache-2.0 */
#include "make.h"

static bool take_signature(struct sg_judgement *judgement)
{
    return sg_budget_signature(judgement, 1);
}

static void takes_work_up_to_each_limit(void **state)
{
    static const struct {
        const char *which;
        bool (*take)(struct sg_judgement *judgement);
    } rows[] = {
        {"steps", sg_budget_step}, {"paths", sg_budget_path}, {"signatures", take_signature}};
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct bench bench;
        bench_begin(&bench);
        struct signet_limits *limits = &bench.policy.limits;
        limits->max_steps = limits->max_paths = limits->max_signatures = 2;
        assert_true(rows[i].take(&bench.judgement) && rows[i].take(&bench.judgement));
        assert_false(bench.judgement.budget.exhausted);
        assert_false(rows[i].take(&bench.judgement));
        assert_false(rows[i].take(&bench.judgement));
        assert_true(bench.judgement.budget.exhausted);
        assert_string_equal(bench.judgement.budget.which, rows[i].which);
        bench_end(&bench);
    }
}

static void takes_comparisons_in_any_number(void **state)
{
    struct bench bench;
    (void)state;
    bench_begin(&bench);
    bench.policy.limits.max_comparisons = 10;
    assert_true(sg_budget_comparisons(&bench.judgement, 0));
    assert_true(sg_budget_comparisons(&bench.judgement, 10));
    assert_true(sg_budget_comparisons(&bench.judgement, 0));
    assert_false(sg_budget_comparisons(&bench.judgement, SIZE_MAX));
    assert_false(sg_budget_comparisons(&bench.judgement, 1));
    assert_string_equal(bench.judgement.budget.which, "comparisons");
    assert_true(sg_budget_step(&bench.judgement)); /* each kind by itself */
    bench_end(&bench);
}

static void costly_signatures_count_for_several(void **state)
{
    struct bench bench;
    (void)state;
    bench_begin(&bench);
    bench.policy.limits.max_signatures = 10;
    assert_true(sg_budget_signature(&bench.judgement, 9));
    assert_false(sg_budget_signature(&bench.judgement, 2));
    assert_string_equal(bench.judgement.budget.which, "signatures");
    bench_end(&bench);
}

static void names_the_limit_reached_first(void **state)
{
    struct bench bench;
    (void)state;
    bench_begin(&bench);
    bench.policy.limits.max_paths = bench.policy.limits.max_steps = 0;
    assert_false(sg_budget_path(&bench.judgement));
    assert_false(sg_budget_step(&bench.judgement));
    assert_string_equal(bench.judgement.budget.which, "paths");
    bench_end(&bench);
}

static void add_need(struct sg_judgement *judgement, enum sg_need_kind kind,
                     const struct sg_name *name, struct signet_span key_id,
                     const struct signet_certificate *certificate)
{
    sg_need_add(judgement,
                &(struct sg_need){
                    .kind = kind, .name = name, .key_id = key_id, .certificate = certificate});
}

static void notes_a_need_once(void **state)
{
    struct sg_name name, same, other;
    struct signet_certificate here = {.authority_info_access = text_bytes("1"),
                                      .crl_distribution_points = text_bytes("2")};
    struct signet_certificate also_here = here, there = here;
    struct signet_span key = hex("01 02"), other_key = hex("01 03");
    struct bench bench;
    (void)state;
    set_name(&name, "O=Example");
    set_name(&same, "O=EXAMPLE");
    set_name(&other, "O=Other");
    there.authority_info_access = text_bytes("3");
    also_here.authority_info_access = text_bytes("1");
    bench_begin(&bench);
    struct sg_judgement *judgement = &bench.judgement;
    add_need(judgement, SG_NEED_ISSUER, &name, key, &here);
    add_need(judgement, SG_NEED_ISSUER, &name, key, &here);
    add_need(judgement, SG_NEED_ISSUER, &same, key, &also_here);
    assert_int_equal(judgement->num_needs, 1);
    add_need(judgement, SG_NEED_ISSUER, &name, key, &there);
    add_need(judgement, SG_NEED_ISSUER, &name, other_key, &here);
    add_need(judgement, SG_NEED_ISSUER, &other, key, &here);
    add_need(judgement, SG_NEED_CRL, &name, key, &here);
    add_need(judgement, SG_NEED_CRL, &name, key, &there); /* the same distribution points */
    add_need(judgement, SG_NEED_CRL, &name, key, NULL);
    assert_int_equal(judgement->num_needs, 6);
    assert_ptr_equal(judgement->needs[0].name, &name);
    bench_end(&bench);
}

/* Of a need noted twice the graver holds; and what the status hung on is marked afterwards. */
static void marks_what_is_missing(void **state)
{
    struct sg_name name, other;
    struct signet_certificate here = {.crl_distribution_points = text_bytes("2")},
                              there = {.freshest_crl = text_bytes("3")};
    struct bench bench;
    (void)state;
    set_name(&name, "O=Example");
    set_name(&other, "O=Other");
    struct signet_crl crl = {.issuer = name}, stranger = {.issuer = other};
    bench_begin(&bench);
    struct sg_judgement *judgement = &bench.judgement;
    struct sg_need need = {.kind = SG_NEED_CRL, .name = &name, .certificate = &here};
    sg_need_add(judgement, &need);
    need.missing = true;
    sg_need_add(judgement, &need);
    need.missing = false;
    need.anchored = true;
    sg_need_add(judgement, &need);
    assert_int_equal(judgement->num_needs, 1);
    assert_true(judgement->needs[0].missing && judgement->needs[0].anchored);
    sg_need_add_crl_signer(judgement, &crl);
    sg_need_add_crl_signer(judgement, &stranger);
    sg_need_add_whole_crl(judgement, &crl, &here);
    sg_need_add_delta_crl(judgement, &crl, &there);
    sg_needs_mark(judgement, &here, &name, true, true);
    const struct {
        bool missing, anchored;
    } rows[] = {{true, true}, {true, false}, {false, false}, {true, true}, {false, false}};
    assert_int_equal(judgement->num_needs, SG_NUM(rows));
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        assert_int_equal(judgement->needs[i].missing, rows[i].missing);
        assert_int_equal(judgement->needs[i].anchored, rows[i].anchored);
    }
    bench_end(&bench);
}

static void starts_another_round(void **state)
{
    struct sg_name name;
    struct bench bench;
    (void)state;
    set_name(&name, "O=Example");
    bench_begin(&bench);
    struct sg_judgement *judgement = &bench.judgement;
    bench.policy.limits.max_paths = 1;
    assert_true(sg_budget_path(judgement));
    assert_false(sg_budget_path(judgement));
    add_need(judgement, SG_NEED_CRL, &name, sg_span(NULL, 0), NULL);
    sg_judgement_restart(judgement);
    assert_int_equal(judgement->num_needs, 0);
    assert_false(judgement->budget.exhausted);
    assert_true(sg_budget_path(judgement));
    add_need(judgement, SG_NEED_CRL, &name, sg_span(NULL, 0), NULL);
    assert_int_equal(judgement->num_needs, 1);
    bench_end(&bench);
}

static void notes_no_more_needs_than_it_may(void **state)
{
    struct sg_name names[SG_MAX_NEEDS + 10];
    struct bench bench;
    (void)state;
    bench_begin(&bench);
    for (size_t i = 0; i < SG_NUM(names); i++) {
        char text[32];
        snprintf(text, sizeof(text), "O=%zu", i);
        set_name(&names[i], text);
        add_need(&bench.judgement, SG_NEED_ISSUER, &names[i], sg_span(NULL, 0), NULL);
    }
    assert_int_equal(bench.judgement.num_needs, SG_MAX_NEEDS);
    assert_false(bench.judgement.failed);
    bench_end(&bench);
}

static void ends_when_memory_is_out(void **state)
{
    struct sg_name name;
    struct bench bench;
    (void)state;
    set_name(&name, "O=Example");
    bench_begin(&bench);
    bench.arena.max = 8;
    add_need(&bench.judgement, SG_NEED_CRL, &name, sg_span(NULL, 0), NULL);
    assert_true(bench.judgement.failed);
    assert_int_equal(bench.judgement.num_needs, 0);
    bench_end(&bench);
}

SG_TEST_MAIN(SG_TEST("E-9", takes_work_up_to_each_limit),
             SG_TEST("E-9", takes_comparisons_in_any_number),
             SG_TEST("E-9", costly_signatures_count_for_several),
             SG_TEST("E-9", names_the_limit_reached_first), SG_TEST("", notes_a_need_once),
             SG_TEST("A-4.1-1 D-REV-4", marks_what_is_missing),
             SG_TEST("A-4.1-1", starts_another_round),
             SG_TEST("D-REV-4", notes_no_more_needs_than_it_may),
             SG_TEST("", ends_when_memory_is_out))
