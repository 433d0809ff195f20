/* SPDX-License-Identifier: Apache-2.0 */
#include "path/facts.h"

#include "long_crl.h"
#include "path/fact_memory.h"
#include "scene.h"
#include "x509/crl_excerpt.h"

static enum sg_fact verify(struct scene *scene, size_t certificate, size_t issuer)
{
    struct sg_signed_object object = sg_signed_certificate(scene->certificates[certificate]);
    return sg_fact_verify(&scene->bench.judgement, &object, &scene->certificates[issuer]->spki,
                          sg_span(NULL, 0));
}

static size_t num_computed(const struct scene *scene)
{
    return scene->bench.judgement.budget.signatures;
}

static void tells_each_outcome(void **state)
{
    static const struct {
        const char *scene;
        size_t certificate, issuer;
        enum sg_fact fact;
    } rows[] = {
        {"good", 0, 1, SG_FACT_VALID},
        {"good", 0, 2, SG_FACT_INVALID},
        {"good", 2, 2, SG_FACT_VALID},
        {"ee-signature-flipped", 0, 1, SG_FACT_INVALID},
        {"ee-signed-by-rsa", 0, 1, SG_FACT_KEY_MISMATCH},
        {"ee-unsigned", 0, 1, SG_FACT_INVALID},
        {"ee-algorithm-private", 0, 1, SG_FACT_ALGORITHM_UNSUPPORTED},
        {"ee-algorithm-malformed", 0, 1, SG_FACT_ALGORITHM_MALFORMED},
        {"ca-key-malformed", 0, 1, SG_FACT_KEY_MALFORMED},
        {"ca-key-private", 0, 1, SG_FACT_ALGORITHM_UNSUPPORTED},
        {"dsa-inherited", 0, 1, SG_FACT_KEY_PARAMS_MISSING},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct scene scene;
        scene_begin(&scene, rows[i].scene);
        if (verify(&scene, rows[i].certificate, rows[i].issuer) != rows[i].fact)
            fail_msg("%s: not %d", rows[i].scene, (int)rows[i].fact);
        assert_int_equal(verify(&scene, rows[i].certificate, rows[i].issuer), rows[i].fact);
        assert_true(num_computed(&scene) <= 1); /* the second time it is known */
        assert_false(scene.bench.judgement.failed);
        scene_end(&scene);
    }
}

static void tells_false_from_open(void **state)
{
    static const struct {
        enum sg_fact fact;
        bool may_hold, is_false;
    } rows[] = {
        {SG_FACT_VALID, true, false},
        {SG_FACT_INVALID, false, true},
        {SG_FACT_ALGORITHM_UNSUPPORTED, true, false},
        {SG_FACT_ALGORITHM_MALFORMED, false, true},
        {SG_FACT_KEY_MALFORMED, false, true},
        {SG_FACT_KEY_PARAMS_MISSING, true, false},
        {SG_FACT_KEY_TOO_LARGE, true, false},
        {SG_FACT_KEY_MISMATCH, false, true},
        {SG_FACT_LIMIT, false, false},
        {SG_FACT_EXCERPT, false, false},
        {SG_FACT_NO_MEMORY, false, false},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        assert_int_equal(sg_fact_may_hold(rows[i].fact), rows[i].may_hold);
        assert_int_equal(sg_fact_is_false(rows[i].fact), rows[i].is_false);
    }
}

static void remembers_by_object_and_key(void **state)
{
    struct scene scene;
    (void)state;
    scene_begin(&scene, "good");
    assert_int_equal(verify(&scene, 0, 1), SG_FACT_VALID);
    assert_int_equal(verify(&scene, 0, 2), SG_FACT_INVALID);
    assert_int_equal(verify(&scene, 1, 2), SG_FACT_VALID);
    assert_int_equal(num_computed(&scene), 3);
    assert_int_equal(verify(&scene, 0, 1), SG_FACT_VALID);
    assert_int_equal(verify(&scene, 0, 2), SG_FACT_INVALID);
    assert_int_equal(num_computed(&scene), 3);
    scene_end(&scene);
}

/* Two certificates of one key (A-4-7): what the one verified, the other need not. */
static void shares_facts_between_certificates_of_one_key(void **state)
{
    struct scene scene;
    (void)state;
    scene_begin(&scene, "good");
    struct sg_signed_object object = sg_signed_certificate(scene.certificates[0]);
    struct sg_spki copy = scene.certificates[1]->spki;
    copy.full = sg_test_copy(copy.full.ptr, copy.full.len);
    assert_int_equal(verify(&scene, 0, 1), SG_FACT_VALID);
    assert_int_equal(sg_fact_verify(&scene.bench.judgement, &object, &copy, sg_span(NULL, 0)),
                     SG_FACT_VALID);
    assert_int_equal(num_computed(&scene), 1);
    scene_end(&scene);
}

static void tells_inherited_parameters_apart(void **state)
{
    struct scene scene;
    (void)state;
    scene_begin(&scene, "dsa-inherited");
    struct sg_signed_object object = sg_signed_certificate(scene.certificates[0]);
    const struct sg_spki *spki = &scene.certificates[1]->spki;
    struct signet_span parameters = scene.certificates[2]->spki.algorithm.parameters;
    struct sg_judgement *judgement = &scene.bench.judgement;
    assert_int_equal(sg_fact_verify(judgement, &object, spki, sg_span(NULL, 0)),
                     SG_FACT_KEY_PARAMS_MISSING);
    assert_int_equal(sg_fact_verify(judgement, &object, spki, parameters), SG_FACT_VALID);
    assert_int_equal(sg_fact_verify(judgement, &object, spki, sg_span(NULL, 0)),
                     SG_FACT_KEY_PARAMS_MISSING);
    assert_int_equal(num_computed(&scene), 1 + sg_key_cost(spki, parameters));
    scene_end(&scene);
}

static void makes_a_key_once_for_all(void **state)
{
    struct scene scene;
    const struct sg_public_key *key, *again;
    (void)state;
    scene_begin(&scene, "ca-key-malformed");
    struct sg_judgement *judgement = &scene.bench.judgement;
    const struct sg_spki *bad = &scene.certificates[1]->spki, *good = &scene.certificates[2]->spki;
    assert_int_equal(sg_fact_key(judgement, good, sg_span(NULL, 0), &key), SG_FACT_VALID);
    assert_int_equal(sg_fact_key(judgement, good, sg_span(NULL, 0), &again), SG_FACT_VALID);
    assert_non_null(key);
    assert_ptr_equal(key, again);
    assert_int_equal(num_computed(&scene), 1);
    assert_int_equal(sg_fact_key(judgement, bad, sg_span(NULL, 0), &key), SG_FACT_KEY_MALFORMED);
    assert_null(key);
    scene.bench.policy.limits.max_signatures = 2;
    assert_int_equal(sg_fact_key(judgement, bad, sg_span(NULL, 0), &key), SG_FACT_KEY_MALFORMED);
    assert_int_equal(sg_fact_key(judgement, &scene.certificates[0]->spki, sg_span(NULL, 0), &key),
                     SG_FACT_LIMIT);
    scene_end(&scene);
}

static void computes_nothing_beyond_the_budget(void **state)
{
    struct scene scene;
    (void)state;
    scene_begin(&scene, "good");
    scene.bench.policy.limits.max_signatures = 1;
    assert_int_equal(verify(&scene, 0, 1), SG_FACT_VALID);
    assert_int_equal(verify(&scene, 1, 2), SG_FACT_LIMIT);
    assert_true(scene.bench.judgement.budget.exhausted);
    assert_string_equal(scene.bench.judgement.budget.which, "signatures");
    assert_int_equal(verify(&scene, 0, 1), SG_FACT_VALID); /* known */
    scene.bench.policy.limits.max_signatures = 2;
    assert_int_equal(verify(&scene, 1, 2), SG_FACT_VALID); /* not remembered as out of budget */
    scene_end(&scene);
}

static void looks_at_algorithms_for_nothing(void **state)
{
    struct scene scene;
    (void)state;
    scene_begin(&scene, "ee-algorithm-private");
    scene.bench.policy.limits.max_signatures = 0;
    assert_int_equal(verify(&scene, 0, 1), SG_FACT_ALGORITHM_UNSUPPORTED);
    assert_false(scene.bench.judgement.budget.exhausted);
    scene_end(&scene);
}

static void refuses_keys_that_cost_too_much(void **state)
{
    struct scene scene;
    (void)state;
    scene_begin(&scene, "ee-sha1");
    scene.bench.policy.limits.max_key_bits = 2047;
    assert_int_equal(verify(&scene, 0, 1), SG_FACT_KEY_TOO_LARGE);
    scene_end(&scene);
}

static void ends_the_judgement_when_memory_is_out(void **state)
{
    bool ended_well = false;
    (void)state;
    for (size_t max = 0; !ended_well; max += 16) {
        struct scene scene;
        scene_begin(&scene, "good");
        scene.bench.arena.max = max;
        enum sg_fact fact = verify(&scene, 0, 1);
        ended_well = fact == SG_FACT_VALID;
        assert_true(ended_well || fact == SG_FACT_NO_MEMORY);
        assert_int_equal(scene.bench.judgement.failed, !ended_well);
        scene_end(&scene);
    }
}

static void can_be_cleared_twice_and_used_again(void **state)
{
    struct scene scene;
    (void)state;
    scene_begin(&scene, "good");
    sg_facts_clear(NULL);
    assert_int_equal(verify(&scene, 0, 1), SG_FACT_VALID);
    sg_judgement_clear(&scene.bench.judgement);
    sg_judgement_clear(&scene.bench.judgement);
    assert_int_equal(verify(&scene, 0, 1), SG_FACT_VALID);
    scene_end(&scene);
}

/* What one judgement found out, another need not: a certificate, held against the same key. */
static void takes_over_what_others_found_out(void **state)
{
    struct sg_fact_memory *memory = sg_fact_memory_new();
    (void)state;
    for (size_t round = 0; round < 2; round++) {
        struct scene scene;
        scene_begin(&scene, "good");
        scene.bench.judgement.memory = memory;
        assert_int_equal(verify(&scene, 0, 1), SG_FACT_VALID);
        assert_int_equal(verify(&scene, 0, 2), SG_FACT_INVALID);
        assert_int_equal(num_computed(&scene), round == 0 ? 2 : 1); /* what failed is computed */
        scene_end(&scene);
    }
    sg_fact_memory_free(memory);
}

static void remembers_keys_with_the_parameters_they_inherit(void **state)
{
    struct sg_fact_memory *memory = sg_fact_memory_new();
    (void)state;
    for (size_t round = 0; round < 2; round++) {
        struct scene scene;
        scene_begin(&scene, "dsa-inherited");
        struct sg_signed_object object = sg_signed_certificate(scene.certificates[0]);
        const struct sg_spki *spki = &scene.certificates[1]->spki;
        struct signet_span parameters = scene.certificates[2]->spki.algorithm.parameters;
        scene.bench.judgement.memory = memory;
        assert_int_equal(sg_fact_verify(&scene.bench.judgement, &object, spki, parameters),
                         SG_FACT_VALID);
        assert_int_equal(num_computed(&scene), round == 0 ? sg_key_cost(spki, parameters) : 0);
        assert_int_equal(sg_fact_verify(&scene.bench.judgement, &object, spki, sg_span(NULL, 0)),
                         SG_FACT_KEY_PARAMS_MISSING);
        scene_end(&scene);
    }
    sg_fact_memory_free(memory);
}

/* The limit is that of the judgement that goes on now. */
static void no_memory_lifts_the_limit_of_key_sizes(void **state)
{
    struct sg_fact_memory *memory = sg_fact_memory_new();
    struct scene scene;
    (void)state;
    scene_begin(&scene, "good");
    scene.bench.judgement.memory = memory;
    assert_int_equal(verify(&scene, 0, 1), SG_FACT_VALID);
    scene_end(&scene);
    scene_begin(&scene, "good");
    scene.bench.judgement.memory = memory;
    scene.bench.policy.limits.max_key_bits = 8;
    scene.bench.policy.limits.max_signatures = 0;
    assert_int_equal(verify(&scene, 0, 1), SG_FACT_LIMIT); /* not known: to be computed */
    scene_end(&scene);
    sg_fact_memory_free(memory);
}

/* An excerpt of a CRL that no key is known to have verified yet. */
static struct signet_crl *cut_unproven(uint8_t sha256[32])
{
    static const struct long_crl make = {
        .num_entries = 3000, .version = 2, .serial_len = 16, .this_update = 1780315200};
    struct signet_crl *whole = long_crl_parse(long_crl_der(&make)), *excerpt;
    uint8_t octets[32];
    const struct signet_span serial = long_crl_serial(&make, 0, octets);
    struct sg_crl_excerpt_parts parts = {.der_len = whole->der.len,
                                         .num_entries = whole->num_entries,
                                         .serials = &serial,
                                         .num_serials = 1};
    assert_true(sg_crl_frame_get(whole, &parts.frame));
    assert_true(sg_crl_sha256(whole, parts.sha256));
    assert_int_equal(sg_crl_excerpt_new(&parts, &excerpt), SIGNET_OK);
    memcpy(sha256, parts.sha256, 32);
    signet_crl_unref(whole);
    return excerpt;
}

/* Between two rounds a store may tell which key verified the whole. */
static void believes_an_excerpt_as_soon_as_its_key_is_known(void **state)
{
    struct sg_fact_memory *memory = sg_fact_memory_new();
    struct sg_remembered fact;
    struct scene scene;
    (void)state;
    scene_begin(&scene, "good");
    scene.bench.judgement.memory = memory;
    struct signet_crl *excerpt = cut_unproven(fact.object);
    struct sg_signed_object object = sg_signed_crl(excerpt);
    const struct sg_spki *spki = &scene.certificates[1]->spki;
    struct sg_judgement *judgement = &scene.bench.judgement;
    assert_int_equal(sg_fact_verify(judgement, &object, spki, sg_span(NULL, 0)), SG_FACT_EXCERPT);
    assert_true(sg_sha256(spki->full, fact.key));
    sg_fact_memory_add(memory, &fact, true);
    assert_int_equal(sg_fact_verify(judgement, &object, spki, sg_span(NULL, 0)), SG_FACT_VALID);
    assert_int_equal(num_computed(&scene), 0);
    scene_end(&scene);
    signet_crl_unref(excerpt);
    sg_fact_memory_free(memory);
}

SG_TEST_MAIN(SG_TEST("B-61a1 B-ALG-8 D-ALG-9", tells_each_outcome),
             SG_TEST("B-ALG-8", tells_false_from_open), SG_TEST("", remembers_by_object_and_key),
             SG_TEST("A-4-7", shares_facts_between_certificates_of_one_key),
             SG_TEST("B-ALG-1", tells_inherited_parameters_apart),
             SG_TEST("B-ALG-7 B-ALG-9", makes_a_key_once_for_all),
             SG_TEST("E-9", computes_nothing_beyond_the_budget),
             SG_TEST("E-9 B-ALG-8", looks_at_algorithms_for_nothing),
             SG_TEST("B-ALG-9", refuses_keys_that_cost_too_much),
             SG_TEST("", ends_the_judgement_when_memory_is_out),
             SG_TEST("", can_be_cleared_twice_and_used_again),
             SG_TEST("A-4.1-4", takes_over_what_others_found_out),
             SG_TEST("", remembers_keys_with_the_parameters_they_inherit),
             SG_TEST("", no_memory_lifts_the_limit_of_key_sizes),
             SG_TEST("A-4.1-3", believes_an_excerpt_as_soon_as_its_key_is_known))
