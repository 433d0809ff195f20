/* SPDX-License-Identifier: Apache-2.0 */
#include "fault.h"
#include "web.h"

static void build(struct web *web)
{
    if (!sg_path_build(&web->bench.judgement, &web->request, &web->result))
        fail_msg("%s: memory", web->row->name);
    assert_non_null(web->result.best);
    assert_ptr_equal(web->result.best, web->result.tried[0]);
}

/* The best path and what counts against it. */
static void expect(const struct web *web, const char *path, const char *codes)
{
    const char *found = web_path(web, web->result.best);
    const char *told = web_codes(&web->result.best->findings);
    if (strcmp(found, path) != 0)
        fail_msg("%s: the path is \"%s\"", web->row->name, found);
    if (strcmp(told, codes) != 0)
        fail_msg("%s: told is \"%s\"", web->row->name, told);
}

struct row {
    const char *web, *path, *codes;
};

static void try_rows(const struct row *rows, size_t num)
{
    for (size_t i = 0; i < num; i++) {
        struct web web;
        web_begin(&web, rows[i].web);
        build(&web);
        expect(&web, rows[i].path, rows[i].codes);
        web_end(&web);
    }
}

static void finds_the_path_whatever_else_is_there(void **state)
{
    static const struct row rows[] = {
        {"line", "Alice, CA < Root", ""},
        {"strangers", "Alice, CA < Root", ""},
        {"no-key-ids", "Alice, CA < Root", ""},
        {"names-folded", "Alice, Mail CA < Root", ""},
        {"key-id-right", "Alice, CA-3 < Root", ""},
        {"key-id-misleading", "Alice, CA-3 < Root", ""},
        {"renewed", "Alice, new < Root", ""},
        {"differently-constrained", "Alice, Lower, new < Root", ""},
        {"loop-with-a-way-out", "Alice, A by B, B by Root < Root", ""},
        {"rollover", "Bob, Root new < Root", ""},
        {"bridge", "Alice, Member 4 by Bridge, Bridge by Root < Root", ""},
        {"two-anchors", "Alice, Member 4 by Bridge, Bridge by Root < Root", ""},
        {"anchors-of-one-name", "Alice, CA < Root", ""},
        {"dead-ends-and-a-way", "Alice, right < Root", ""},
        {"dsa-inherits", "Alice, CA < Root", ""},
        {"deep", "Alice, L5, L4, L3, L2, L1, L0 < Root", ""},
    };
    (void)state;
    try_rows(rows, SG_NUM(rows));
}

static void prefers_a_path_of_which_nothing_is_to_be_said(void **state)
{
    struct web web;
    (void)state;
    web_begin(&web, "anchor-renewed");
    web.bench.policy.revocation = SIGNET_REVOCATION_PREFER;
    build(&web);
    expect(&web, "Alice < new", "REV_UNAVAILABLE@0");
    assert_int_equal(web.result.num_judged, 2);
    web_end(&web);
}

static void tells_how_far_it_came(void **state)
{
    static const struct row rows[] = {
        {"ca-missing", "Alice", "NO_TRUST_PATH@0"},
        {"nothing", "Alice", "NO_TRUST_PATH@0"},
        {"root-is-no-anchor", "Alice, CA, Root", "NO_TRUST_PATH@2"},
        {"loop", "Alice, A by B, B by A", "NO_TRUST_PATH@2"},
        {"target-is-self-signed", "Root", "NO_TRUST_PATH@0"},
    };
    (void)state;
    try_rows(rows, SG_NUM(rows));
}

static void explains_signatures_that_do_not_fit(void **state)
{
    static const struct row rows[] = {
        {"ca-of-the-same-name", "Mallory, CA < Root", "SIG_BAD@0"},
        {"anchor-of-the-same-name", "Alice, CA", "SIG_BAD@1 NO_TRUST_PATH@0"},
        {"dead-ends", "Alice, wrong-0", "SIG_BAD@1 NO_TRUST_PATH@0"},
        {"mesh", "Alice, M0 by M6, M6 by Root", "SIG_BAD@2 NO_TRUST_PATH@1"},
    };
    (void)state;
    try_rows(rows, SG_NUM(rows));
}

/* Whoever made a certificate with a false signature cannot have made the target false. */
static void does_not_blame_the_target_for_what_is_above_it(void **state)
{
    static const struct {
        const char *web;
        enum signet_verdict verdict;
    } rows[] = {
        {"ca-of-the-same-name", SIGNET_VERDICT_BAD},
        {"anchor-of-the-same-name", SIGNET_VERDICT_UNKNOWN},
        {"dead-ends", SIGNET_VERDICT_UNKNOWN},
        {"mesh", SIGNET_VERDICT_UNKNOWN},
    };
    static const enum signet_profile profiles[] = {SIGNET_PROFILE_DEFAULT, SIGNET_PROFILE_STRICT,
                                                   SIGNET_PROFILE_LEGACY};
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows) * SG_NUM(profiles); i++) {
        struct web web;
        web_begin(&web, rows[i / SG_NUM(profiles)].web);
        web.bench.policy.profile = profiles[i % SG_NUM(profiles)];
        build(&web);
        const struct sg_candidate *best = web.result.best;
        assert_int_equal(best->verdict, rows[i / SG_NUM(profiles)].verdict);
        assert_int_equal(best->complete, best->verdict == SIGNET_VERDICT_BAD);
        assert_int_equal(best->path.anchor != NULL, best->complete);
        assert_true(web.bench.judgement.num_needs > 0);
        web_end(&web);
    }
}

static void gets_through_a_mesh(void **state)
{
    struct web web;
    (void)state;
    web_begin(&web, "mesh-with-a-gate");
    build(&web);
    assert_true(web.result.best->complete);
    assert_true(web.result.best->verdict <= SIGNET_VERDICT_WARN);
    assert_true(web.bench.judgement.budget.steps < 1000);
    web_end(&web);
}

/* 12 layers of two CAs, all of one name: as far from an anchor as their signatures say, not more
 * than each of 44 certificates held against each of 24 keys, and much less where key identifiers
 * help. */
static void gets_through_layers_of_namesakes(void **state)
{
    static const struct {
        const char *web;
        size_t max_signatures, max_steps;
        bool anchored;
    } rows[] = {
        {"layers-of-one-name", 150, 200, true},
        {"layers-of-one-name-namesake", 200, 200, false},
        {"layers-of-one-name-no-key-ids", 500, 2000, true},
        {"layers-of-one-name-no-key-ids-namesake", 500, 2000, false},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct web web;
        web_begin(&web, rows[i].web);
        build(&web);
        const struct sg_budget *budget = &web.bench.judgement.budget;
        const struct sg_candidate *best = web.result.best;
        if (budget->signatures > rows[i].max_signatures || budget->steps > rows[i].max_steps)
            fail_msg("%s: %zu signatures, %zu steps", rows[i].web, budget->signatures,
                     budget->steps);
        assert_false(budget->exhausted);
        assert_int_equal(best->verdict <= SIGNET_VERDICT_WARN, rows[i].anchored);
        if (rows[i].anchored)
            assert_int_equal(best->path.num, 12);
        else
            assert_true(sg_findings_have(&best->findings, SIGNET_CODE_SIG_BAD));
        web_end(&web);
    }
}

static void takes_anchors_for_what_they_are(void **state)
{
    static const struct row rows[] = {
        {"target-is-anchor", "Root < Root", ""},
        {"target-is-anchor-but-not-self-signed", "CA < CA", ""},
        {"target-is-anchor-and-below-another", "CA < CA", ""},
        {"target-is-anchor-with-a-bad-signature", "Broken < Broken", ""},
    };
    (void)state;
    try_rows(rows, SG_NUM(rows));
}

static void ends_at_the_anchor_asked_for(void **state)
{
    struct web web;
    (void)state;
    web_begin(&web, "two-anchors");
    web.request.only_anchor = sg_pool_anchor(web.pool, 0);
    build(&web);
    expect(&web, "Alice, Member 4 by Bridge, Bridge by Member 0 < Member 0", "");
    web_end(&web);

    web_begin(&web, "line");
    const struct sg_anchor other = {.subject = web.target->subject, .spki = web.target->spki};
    web.request.only_anchor = &other;
    build(&web);
    expect(&web, "Alice, CA", "NO_TRUST_PATH@1");
    web_end(&web);
}

static void notes_the_issuer_that_is_missing(void **state)
{
    struct web web;
    (void)state;
    web_begin(&web, "ca-missing");
    build(&web);
    const struct sg_judgement *judgement = &web.bench.judgement;
    assert_int_equal(judgement->num_needs, 1);
    assert_true(judgement->needs[0].missing);
    assert_false(judgement->needs[0].anchored);
    assert_int_equal(judgement->needs[0].kind, SG_NEED_ISSUER);
    assert_ptr_equal(judgement->needs[0].certificate, web.target);
    assert_span_equal(judgement->needs[0].key_id, web.target->aki.key_id);
    web_end(&web);

    web_begin(&web, "target-is-self-signed"); /* it may be an anchor that somebody knows */
    build(&web);
    assert_int_equal(web.bench.judgement.num_needs, 1);
    assert_true(sg_name_equal(web.bench.judgement.needs[0].name, &web.target->subject));
    web_end(&web);

    web_begin(&web, "line"); /* as good as can be */
    build(&web);
    for (size_t i = 0; i < web.bench.judgement.num_needs; i++)
        assert_int_not_equal(web.bench.judgement.needs[i].kind, SG_NEED_ISSUER);
    web_end(&web);
}

/* Whatever limit is reached, the answer is UNKNOWN with LIMIT. */
static void says_so_when_the_budget_is_used_up(void **state)
{
    static const struct {
        const char *web, *which;
        struct signet_limits limits;
    } rows[] = {
        {"deep", "depth", {1000, 1000, 1000, 6, 1000, 1 << 24, 9000, 1, 1}},
        {"line", "depth", {1000, 1000, 1000, 0, 1000, 1 << 24, 9000, 1, 1}},
        {"line", "signatures", {1, 1000, 1000, 64, 1000, 1 << 24, 9000, 1, 1}},
        {"line", "signatures", {0, 1000, 1000, 64, 1000, 1 << 24, 9000, 1, 1}},
        {"line", "paths", {1000, 0, 1000, 64, 1000, 1 << 24, 9000, 1, 1}},
        {"line", "steps", {1000, 1000, 0, 64, 1000, 1 << 24, 9000, 1, 1}},
        {"line", "comparisons", {1000, 1000, 1000, 64, 0, 1 << 24, 9000, 1, 1}},
        {"line", "comparisons", {1000, 1000, 1000, 64, 1, 1 << 24, 9000, 1, 1}},
        {"mesh", "steps", {1000, 1000, 20, 64, 10000, 1 << 24, 9000, 1, 1}},
        {"mesh", "signatures", {5, 1000, 1000, 64, 10000, 1 << 24, 9000, 1, 1}},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct web web;
        web_begin(&web, rows[i].web);
        web.bench.policy.limits = rows[i].limits;
        build(&web);
        if (web.result.best->verdict != SIGNET_VERDICT_UNKNOWN ||
            !sg_findings_have(&web.result.best->findings, SIGNET_CODE_LIMIT))
            fail_msg("%s, %s: %s", rows[i].web, rows[i].which,
                     web_codes(&web.result.best->findings));
        assert_true(web.bench.judgement.budget.exhausted);
        assert_string_equal(web.bench.judgement.budget.which, rows[i].which);
        web_end(&web);
    }
}

/* What holds for every path is BAD with any budget. */
static void is_sure_of_what_no_other_path_can_mend(void **state)
{
    struct web web;
    (void)state;
    web_begin(&web, "line");
    web.bench.policy.time = web.target->not_after + 1;
    web.bench.policy.limits.max_paths = 1;
    build(&web);
    assert_int_equal(web.result.best->verdict, SIGNET_VERDICT_BAD);
    assert_int_equal(web.result.num_judged, 1);
    web_end(&web);
}

static void takes_any_depth_from_the_policy(void **state)
{
    struct web web;
    (void)state;
    web_begin(&web, "line");
    web.bench.policy.limits.max_depth = SIZE_MAX;
    build(&web);
    expect(&web, "Alice, CA < Root", "");
    web_end(&web);
}

static void answers_the_same_request_once(void **state)
{
    struct web web;
    (void)state;
    web_begin(&web, "bridge");
    build(&web);
    const struct sg_candidate *best = web.result.best;
    size_t steps = web.bench.judgement.budget.steps;
    build(&web);
    assert_ptr_equal(web.result.best, best);
    assert_int_equal(web.bench.judgement.budget.steps, steps);
    web.request.revocation_depth = 1;
    build(&web);
    assert_ptr_not_equal(web.result.best, best);
    web.request.only_anchor = sg_pool_anchor(web.pool, 0);
    best = web.result.best;
    build(&web);
    assert_ptr_not_equal(web.result.best, best);
    web_end(&web);
}

static void ends_when_memory_is_out(void **state)
{
    static const char *const names[] = {"bridge", "dead-ends", "root-is-no-anchor", "mesh"};
    (void)state;
    for (size_t i = 0; i < SG_NUM(names); i++) {
        size_t n = 0;
        for (bool done = false; !done; n++) {
            struct web web;
            web_begin(&web, names[i]);
            fault_begin(n);
            done = sg_path_build(&web.bench.judgement, &web.request, &web.result);
            fault_end();
            assert_int_equal(web.bench.judgement.failed, !done);
            web_end(&web);
        }
        assert_true(n > 5);
    }
}

static void tells_the_maximum_of_memory_from_want_of_it(void **state)
{
    struct web web;
    (void)state;
    web_begin(&web, "bridge");
    web.bench.arena.max = 5000;
    assert_false(sg_path_build(&web.bench.judgement, &web.request, &web.result));
    assert_int_equal(sg_arena_status(&web.bench.arena), SIGNET_ERR_LIMIT);
    web_end(&web);
}

/* A certificate like TEMPLATE with another RSA modulus (and no signature that would hold), or with
 * another serial number. */
static struct signet_certificate *variant(const struct signet_certificate *template,
                                          uint32_t number, bool other_key)
{
    uint8_t *der = malloc(template->der.len);
    assert_non_null(der);
    memcpy(der, template->der.ptr, template->der.len);
    struct signet_span place =
        other_key ? sg_span_from(template->spki.key_bits, 20)
                  : sg_span_from(template->subject.der, template->subject.der.len - 4);
    uint8_t *at = der + (place.ptr - template->der.ptr);
    for (size_t i = 0; i < 4; i++) {
        uint8_t octet = (uint8_t)(number >> 8 * i),
                letter = (uint8_t)('A' + (number >> 4 * i) % 16);
        at[i] = other_key ? at[i] ^ octet : letter;
    }
    struct signet_certificate *made;
    struct signet_parse_error error = {0};
    if (signet_certificate_parse(sg_span(der, template->der.len), &made, &error) != SIGNET_OK)
        fail_msg("%s at %zu", error.expected, error.offset);
    free(der);
    return made;
}

static void add_variants(struct web *web, const struct signet_certificate *template, uint32_t num,
                         bool other_key)
{
    for (uint32_t i = 1; i <= num; i++) {
        struct signet_certificate *made = variant(template, i, other_key);
        assert_int_equal(signet_pool_add_certificate(web->pool, made), SIGNET_OK);
        signet_certificate_unref(made);
    }
}

/* 10 000 certificates, 2000 of them CAs of the very name that issued the target, no key identifiers
 * to tell them apart; the right one comes last. */
static void finds_the_one_among_thousands_of_one_name(void **state)
{
    struct web web;
    (void)state;
    web_begin(&web, "many");
    struct signet_pool *small = web.pool;
    web.pool = signet_pool_new(NULL);
    assert_non_null(web.pool);
    web.bench.judgement.pool = web.pool;
    const struct signet_certificate *right = sg_pool_certificate(small, 0);
    add_variants(&web, sg_pool_certificate(small, 1), 1999, true);
    add_variants(&web, sg_pool_certificate(small, 2), 8000, false);
    assert_int_equal(signet_pool_add_certificate(web.pool, right), SIGNET_OK);
    assert_int_equal(
        signet_pool_add_anchor(web.pool, sg_pool_anchor(small, 0)->certificate, &honouring),
        SIGNET_OK);
    build(&web);
    assert_int_equal(signet_pool_num_certificates(web.pool), 10000);
    assert_int_equal(web.result.best->path.num, 2);
    assert_ptr_equal(web.result.best->path.certificates[1], right);
    assert_true(web.result.best->verdict <= SIGNET_VERDICT_WARN);
    assert_false(web.bench.judgement.budget.exhausted);
    assert_true(web.bench.arena.used < 4 << 20);
    web_end(&web);
    signet_pool_free(small);
}

SG_TEST_MAIN(SG_TEST("A-2.3-1 A-2.3-11 A-2.3-12 A-4-7 A-4.2-4 B-AKI-1 B-DN-4 B-IN-4 B-SI-1 B-ALG-1",
                     finds_the_path_whatever_else_is_there),
             SG_TEST("A-4-7", prefers_a_path_of_which_nothing_is_to_be_said),
             SG_TEST("A-5-F2 A-2.3-8 B-IN-4", tells_how_far_it_came),
             SG_TEST("B-61a1 B-OUT-2", explains_signatures_that_do_not_fit),
             SG_TEST("B-61a1 E-41", does_not_blame_the_target_for_what_is_above_it),
             SG_TEST("E-9", gets_through_a_mesh),
             SG_TEST("E-9 A-4-7", gets_through_layers_of_namesakes),
             SG_TEST("B-IN-3 E-20", takes_anchors_for_what_they_are),
             SG_TEST("B-CRL-8", ends_at_the_anchor_asked_for),
             SG_TEST("A-4.2-6", notes_the_issuer_that_is_missing),
             SG_TEST("E-9", says_so_when_the_budget_is_used_up),
             SG_TEST("A-5-3", is_sure_of_what_no_other_path_can_mend),
             SG_TEST("", takes_any_depth_from_the_policy),
             SG_TEST("", answers_the_same_request_once), SG_TEST("", ends_when_memory_is_out),
             SG_TEST("E-9", tells_the_maximum_of_memory_from_want_of_it),
             SG_TEST("A-2.3-6", finds_the_one_among_thousands_of_one_name))
