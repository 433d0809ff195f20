/* SPDX-License-Identifier: Apache-2.0 */
#include "path/key_ring.h"

#include "path/fact_memory.h"
#include "scene.h"

static struct sg_ring_key *enter(struct sg_key_ring *ring, uint64_t hash, const char *spki,
                                 const char *parameters)
{
    struct signet_span copy = sg_test_copy(spki, strlen(spki));
    return sg_key_ring_enter(ring, hash, copy, sg_span_text(parameters));
}

static void tells_keys_by_all_their_octets(void **state)
{
    struct sg_key_ring *ring = sg_key_ring_new(SIZE_MAX);
    (void)state;
    struct sg_ring_key *one = enter(ring, 1, "key", "");
    assert_non_null(one);
    assert_null(one->key);
    assert_false(one->named);
    assert_ptr_equal(enter(ring, 1, "key", ""), one);
    assert_ptr_not_equal(enter(ring, 1, "kez", ""), one); /* of one hash, as may happen */
    assert_ptr_not_equal(enter(ring, 1, "key", "p"), one);
    assert_ptr_not_equal(enter(ring, 1, "ke", "y"), enter(ring, 1, "key", "p"));
    assert_ptr_equal(enter(ring, 1, "key", ""), one);
    sg_key_ring_free(ring);
    sg_key_ring_free(NULL);
}

static void takes_no_more_than_it_may(void **state)
{
    struct sg_key_ring *ring = sg_key_ring_new((size_t)1 << 16);
    size_t num = 0;
    char name[32];
    (void)state;
    while (num < 100000 && enter(ring, num, (snprintf(name, sizeof(name), "%zu", num), name), ""))
        num++;
    assert_in_range(num, 100, 99999);
    assert_non_null(enter(ring, 0, "0", "")); /* what it has, it has */
    assert_null(enter(ring, num, name, ""));
    sg_key_ring_free(ring);
}

/* What several judgements have in common. */
struct common {
    struct sg_crypto *crypto;
    struct sg_key_ring *ring;
};

static struct common common_new(size_t max)
{
    struct common made = {.ring = sg_key_ring_new(max)};
    assert_non_null(made.ring);
    assert_int_equal(sg_crypto_new(&made.crypto), SIGNET_OK);
    return made;
}

static void common_free(struct common *common)
{
    sg_key_ring_free(common->ring);
    sg_crypto_free(common->crypto);
}

static void begin(struct scene *scene, const char *name, const struct common *common,
                  struct sg_key_ring *ring, struct sg_fact_memory *memory)
{
    scene_begin(scene, name);
    scene->bench.judgement.crypto = common->crypto;
    scene->bench.judgement.ring = ring;
    scene->bench.judgement.memory = memory;
}

static enum sg_fact verify(struct scene *scene, size_t certificate, size_t issuer)
{
    struct sg_signed_object object = sg_signed_certificate(scene->certificates[certificate]);
    return sg_fact_verify(&scene->bench.judgement, &object, &scene->certificates[issuer]->spki,
                          sg_span(NULL, 0));
}

static const struct sg_public_key *key_of(struct scene *scene, size_t certificate)
{
    const struct sg_public_key *key;
    assert_int_equal(sg_fact_key(&scene->bench.judgement, &scene->certificates[certificate]->spki,
                                 sg_span(NULL, 0), &key),
                     SG_FACT_VALID);
    return key;
}

/* Each judgement finds out, and pays, for itself; only the key need not be made again. */
static void lends_keys_from_one_judgement_to_the_next(void **state)
{
    struct common common = common_new(SIZE_MAX);
    const struct sg_public_key *first = NULL;
    (void)state;
    for (size_t round = 0; round < 3; round++) {
        struct scene scene;
        begin(&scene, "good", &common, common.ring, NULL);
        assert_int_equal(verify(&scene, 0, 1), SG_FACT_VALID);
        assert_int_equal(verify(&scene, 0, 2), SG_FACT_INVALID);
        assert_int_equal(scene.bench.judgement.budget.signatures, 2);
        if (first == NULL)
            first = key_of(&scene, 1);
        assert_ptr_equal(key_of(&scene, 1), first);
        assert_ptr_not_equal(key_of(&scene, 2), first);
        scene_end(&scene);
    }
    common_free(&common);
}

/* What a certificate's own key is asked for is not worth keeping: nobody else has it. */
static void keeps_keys_of_issuers_only(void **state)
{
    struct common common = common_new(SIZE_MAX);
    struct scene scene;
    (void)state;
    begin(&scene, "good", &common, common.ring, NULL);
    const struct sg_spki *spki = &scene.certificates[0]->spki;
    assert_non_null(key_of(&scene, 0));
    uint64_t hash =
        sg_span_hash(sg_span(NULL, 0), sg_span_hash(spki->full, sg_key_ring_seed(common.ring)));
    assert_null(sg_key_ring_enter(common.ring, hash, spki->full, sg_span(NULL, 0))->key);
    /* One that was made for its owner before it was an issuer's stays the judgement's. */
    assert_int_equal(verify(&scene, 1, 0), SG_FACT_INVALID);
    scene_end(&scene);
    begin(&scene, "good", &common, common.ring, NULL);
    assert_int_equal(verify(&scene, 1, 0), SG_FACT_INVALID);
    scene_end(&scene);
    common_free(&common);
}

static void keeps_no_key_that_is_not_fit(void **state)
{
    static const struct {
        const char *scene;
        enum sg_fact fact;
    } rows[] = {{"ca-key-malformed", SG_FACT_KEY_MALFORMED},
                {"ca-key-private", SG_FACT_ALGORITHM_UNSUPPORTED},
                {"dsa-inherited", SG_FACT_KEY_PARAMS_MISSING}};
    struct common common = common_new(SIZE_MAX);
    (void)state;
    for (size_t i = 0; i < 2 * SG_NUM(rows); i++) {
        struct scene scene;
        begin(&scene, rows[i / 2].scene, &common, common.ring, NULL);
        assert_int_equal(verify(&scene, 0, 1), rows[i / 2].fact);
        scene_end(&scene);
    }
    common_free(&common);
}

/* Under the same names as without a ring. */
static void names_keys_for_what_outlives_it(void **state)
{
    struct sg_fact_memory *memory = sg_fact_memory_new();
    struct scene scene;
    (void)state;
    for (size_t round = 0; round < 3; round++) {
        struct common common = common_new(SIZE_MAX);
        struct sg_key_ring *ring = round == 1 ? NULL : common.ring;
        for (size_t turn = 0; turn < 2; turn++) {
            begin(&scene, "good", &common, ring, memory);
            assert_int_equal(verify(&scene, 0, 1), SG_FACT_VALID);
            assert_int_equal(verify(&scene, 1, 2), SG_FACT_VALID);
            assert_int_equal(scene.bench.judgement.budget.signatures, round + turn == 0 ? 2 : 0);
            scene_end(&scene);
        }
        common_free(&common);
    }
    sg_fact_memory_free(memory);
}

/* A full ring is no fault: each makes its own. */
static void is_not_needed(void **state)
{
    (void)state;
    for (size_t max = 0; max < 2048; max += 64) {
        struct common common = common_new(max);
        for (size_t turn = 0; turn < 2; turn++) {
            struct scene scene;
            begin(&scene, "good", &common, common.ring, NULL);
            assert_int_equal(verify(&scene, 0, 1), SG_FACT_VALID);
            assert_int_equal(verify(&scene, 1, 2), SG_FACT_VALID);
            assert_false(scene.bench.judgement.failed);
            scene_end(&scene);
        }
        common_free(&common);
    }
}

SG_TEST_MAIN(SG_TEST("", tells_keys_by_all_their_octets), SG_TEST("E-9", takes_no_more_than_it_may),
             SG_TEST("B-ALG-7", lends_keys_from_one_judgement_to_the_next),
             SG_TEST("", keeps_keys_of_issuers_only),
             SG_TEST("B-ALG-8", keeps_no_key_that_is_not_fit),
             SG_TEST("A-4.1-4", names_keys_for_what_outlives_it), SG_TEST("E-9", is_not_needed))
