/* SPDX-License-Identifier: Apache-2.0 */
#include "path/candidate.h"
#include "web.h"

/* The path of the web's target and its first other certificate under the first anchor. */
static struct sg_candidate *judge(struct web *web, size_t num)
{
    const struct signet_certificate *path[2] = {web->target, sg_pool_certificate(web->pool, 0)};
    struct sg_candidate *candidate = sg_candidate_new(&web->bench.judgement, &web->request, path,
                                                      num, sg_pool_anchor(web->pool, 0));
    assert_non_null(candidate);
    return candidate;
}

static void keeps_the_path_and_what_is_found(void **state)
{
    struct web web;
    (void)state;
    web_begin(&web, "line");
    struct sg_candidate *candidate = judge(&web, 2);
    assert_true(candidate->complete);
    assert_string_equal(web_path(&web, candidate), "Alice, CA < Root");
    assert_string_equal(web_codes(&candidate->findings), "");
    assert_int_equal(candidate->verdict, SIGNET_VERDICT_WARN); /* revocation is off */
    assert_non_null(candidate->revocation);
    assert_int_equal(candidate->output.working_key.type, SG_KEY_EC);
    web_end(&web);
}

static void says_of_a_partial_path_what_can_be_said(void **state)
{
    struct web web;
    (void)state;
    web_begin(&web, "root-is-no-anchor");
    web.bench.policy.time = web.target->not_after + 1;
    const struct signet_certificate *path[] = {web.target, sg_pool_certificate(web.pool, 1)};
    struct sg_candidate *candidate = sg_candidate_new_partial(&web.bench.judgement, path, 2);
    assert_non_null(candidate);
    assert_false(candidate->complete);
    /* Nobody vouches for the CA's certificate: that it has expired is told, and no more. */
    assert_string_equal(web_codes(&candidate->findings), "CERT_EXPIRED@0 NO_TRUST_PATH@1");
    assert_int_equal(candidate->findings.items[1].kind, SG_KIND_CERT_EXPIRED);
    assert_int_equal(candidate->findings.items[1].finding.certificate, 1);
    assert_int_equal(candidate->findings.items[1].finding.effect, SIGNET_VERDICT_GOOD);
    assert_int_equal(candidate->output.num_policies, 0);

    web.bench.policy.time = web.target->not_before - 1;
    candidate = sg_candidate_new_partial(&web.bench.judgement, path, 1);
    assert_non_null(candidate);
    assert_string_equal(web_codes(&candidate->findings), "CERT_NOT_YET_VALID@0 NO_TRUST_PATH@0");
    web_end(&web);
}

/* A false signature above the target ends the path, and what is above it is not even looked at. */
static void ends_at_a_false_signature(void **state)
{
    struct web web;
    (void)state;
    web_begin(&web, "anchor-of-the-same-name");
    web.bench.policy.time = sg_pool_anchor(web.pool, 0)->certificate->not_after + 1;
    struct sg_candidate *candidate = judge(&web, 2);
    assert_false(candidate->complete);
    assert_string_equal(web_path(&web, candidate), "Alice, CA");
    assert_string_equal(web_codes(&candidate->findings),
                        "CERT_EXPIRED@0 SIG_BAD@1 NO_TRUST_PATH@0");
    assert_null(candidate->path.anchor);
    assert_null(candidate->revocation);
    assert_ptr_equal(candidate->proposed.anchor, sg_pool_anchor(web.pool, 0));
    assert_int_equal(candidate->proposed.num, 2);
    assert_int_equal(candidate->output.num_policies, 0);
    web_end(&web);

    web_begin(&web, "ca-of-the-same-name"); /* the target's own, under a CA that is proven */
    candidate = judge(&web, 2);
    assert_true(candidate->complete);
    assert_string_equal(web_codes(&candidate->findings), "SIG_BAD@0");
    assert_int_equal(candidate->verdict, SIGNET_VERDICT_BAD);
    web_end(&web);
}

/* Names are escaped once, on their way into the sentence. */
static void names_what_is_missing(void **state)
{
    struct web web;
    (void)state;
    web_begin(&web, "ca-missing");
    const struct signet_certificate *path[] = {web.target};
    struct sg_candidate *candidate = sg_candidate_new_partial(&web.bench.judgement, path, 1);
    assert_non_null(candidate);
    const struct signet_finding *finding = &candidate->findings.items[0].finding;
    assert_non_null(strstr(finding->text, "CN=Alice,O=Example"));
    assert_non_null(strstr(finding->text, "CN=CA,O=Example"));
    assert_int_equal(finding->params[0].type, SIGNET_PARAM_ESCAPED);
    web_end(&web);
}

static void better_is_complete_then_milder_then_quieter_then_shorter(void **state)
{
    struct web web;
    (void)state;
    web_begin(&web, "line");
    struct sg_candidate *good = judge(&web, 2), *same = judge(&web, 2), *bad = judge(&web, 1);
    const struct signet_certificate *path[] = {web.target};
    struct sg_candidate *partial = sg_candidate_new_partial(&web.bench.judgement, path, 1);
    assert_non_null(partial);
    assert_int_equal(bad->verdict, SIGNET_VERDICT_BAD);
    assert_true(sg_candidate_better(good, bad) && !sg_candidate_better(bad, good));
    assert_int_equal(partial->verdict, SIGNET_VERDICT_UNKNOWN);
    assert_true(sg_candidate_better(bad, partial) && !sg_candidate_better(partial, bad));
    assert_false(sg_candidate_better(good, same));

    sg_finding_add(&same->findings, SG_KIND_ANCHOR_EXPIRED, sg_at(SIGNET_OBJECT_ANCHOR),
                   SG_PARAMS(sg_time("not_after", 0), sg_time("time", 1)));
    sg_findings_conclude(&same->findings, &web.bench.policy);
    assert_true(sg_candidate_better(good, same) && !sg_candidate_better(same, good));

    struct sg_candidate *longer = judge(&web, 2);
    longer->path.num = 3;
    assert_true(sg_candidate_better(good, longer) && !sg_candidate_better(longer, good));
    web_end(&web);
}

/* Only what no other path of the same end entity can be without. */
static void the_floor_is_what_every_path_has(void **state)
{
    static const struct {
        enum sg_kind kind;
        struct sg_where where;
        enum signet_verdict floor;
    } rows[] = {
        {SG_KIND_CERT_EXPIRED, {SIGNET_OBJECT_CERTIFICATE, 0}, SIGNET_VERDICT_BAD},
        {SG_KIND_CERT_EXPIRED, {SIGNET_OBJECT_CERTIFICATE, 1}, SIGNET_VERDICT_GOOD},
        {SG_KIND_KEY_WEAK, {SIGNET_OBJECT_CERTIFICATE, 0}, SIGNET_VERDICT_WEAK},
        {SG_KIND_SIGNATURE_DIGEST_WEAK, {SIGNET_OBJECT_CERTIFICATE, 0}, SIGNET_VERDICT_WEAK},
        {SG_KIND_SIGNATURE_WRONG, {SIGNET_OBJECT_CERTIFICATE, 0}, SIGNET_VERDICT_GOOD},
        {SG_KIND_PATH_TOO_LONG, {SIGNET_OBJECT_CERTIFICATE, 0}, SIGNET_VERDICT_GOOD},
        {SG_KIND_ANCHOR_EXPIRED, {SIGNET_OBJECT_ANCHOR, -1}, SIGNET_VERDICT_GOOD},
        {SG_KIND_REVOCATION_OFF, {SIGNET_OBJECT_CERTIFICATE, -1}, SIGNET_VERDICT_WARN},
        {SG_KIND_CERT_REVOKED, {SIGNET_OBJECT_CERTIFICATE, 0}, SIGNET_VERDICT_BAD},
        {SG_KIND_STATUS_NO_CRL, {SIGNET_OBJECT_CERTIFICATE, 0}, SIGNET_VERDICT_GOOD},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct bench bench;
        struct sg_candidate candidate = {0};
        bench_begin(&bench);
        sg_findings_init(&candidate.findings, &bench.arena);
        sg_finding_add(&candidate.findings, rows[i].kind, rows[i].where, NULL);
        sg_findings_conclude(&candidate.findings, &bench.policy);
        if (sg_candidate_floor(&candidate, false) != rows[i].floor)
            fail_msg("row %zu: %s", i, signet_verdict_name(sg_candidate_floor(&candidate, false)));

        /* What is not believed in full is not the same on every path. */
        sg_findings_cap(&candidate.findings, (struct sg_findings_mark){0, 0},
                        SIGNET_VERDICT_UNKNOWN);
        sg_findings_conclude(&candidate.findings, &bench.policy);
        assert_int_equal(sg_candidate_floor(&candidate, false), SIGNET_VERDICT_GOOD);
        bench_end(&bench);
    }
}

static void fails_when_memory_is_out(const char *name)
{
    bool done = false;
    for (size_t max = 0; !done; max += 200) {
        struct web web;
        web_begin(&web, name);
        web.bench.arena.max = max;
        const struct signet_certificate *path[] = {web.target, sg_pool_certificate(web.pool, 0)};
        done = sg_candidate_new(&web.bench.judgement, &web.request, path, 2,
                                sg_pool_anchor(web.pool, 0)) != NULL &&
               sg_candidate_new_partial(&web.bench.judgement, path, 2) != NULL;
        assert_int_equal(web.bench.judgement.failed, !done);
        web_end(&web);
    }
}

static void fails_when_memory_is_out_for_a_path(void **state)
{
    (void)state;
    fails_when_memory_is_out("line");
}

static void fails_when_memory_is_out_for_one_that_is_none(void **state)
{
    (void)state;
    fails_when_memory_is_out("anchor-of-the-same-name");
}

SG_TEST_MAIN(SG_TEST("B-OUT-1 B-OUT-2", keeps_the_path_and_what_is_found),
             SG_TEST("A-5-F2 A-5-F6", says_of_a_partial_path_what_can_be_said),
             SG_TEST("B-61a1 E-41", ends_at_a_false_signature),
             SG_TEST("A-5-F2", names_what_is_missing),
             SG_TEST("A-4-7", better_is_complete_then_milder_then_quieter_then_shorter),
             SG_TEST("A-5-3", the_floor_is_what_every_path_has),
             SG_TEST("", fails_when_memory_is_out_for_a_path),
             SG_TEST("", fails_when_memory_is_out_for_one_that_is_none))
