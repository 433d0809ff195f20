/* SPDX-License-Identifier: Apache-2.0 */
/* The bounds of a look-up. tests/retrieval/lookup.py has what it finds. */
#include "fake_fetcher.h"
#include "sample.h"
#include "signet/lookup.h"

static const signet_time now = 1780000000;

/* A look-up of Alice over a fake fetcher. */
struct scene {
    struct signet_fetcher fetcher;
    struct signet_retrieve_rules rules;
    struct signet_retriever *retriever;
    struct signet_context *context;
    struct signet_pool *pool;
    struct signet_lookup *lookup;
};

static struct scene *new_scene(enum signet_place place)
{
    struct scene *scene = sg_test_keep(calloc(1, sizeof *scene));

    signet_retrieve_rules_init(&scene->rules);
    scene->rules.order[0] = place;
    scene->rules.num_order = 1;
    return scene;
}

/* Asks the one place that there is. */
static void ask(struct scene *scene)
{
    enum signet_place place;
    bool any;

    scene->pool = signet_pool_new(NULL);
    assert_int_equal(signet_retriever_new(&scene->rules, &scene->fetcher, NULL, &scene->retriever),
                     SIGNET_OK);
    assert_int_equal(signet_context_new(&scene->context), SIGNET_OK);
    assert_int_equal(signet_lookup_new(scene->retriever, scene->context, "alice@example.com",
                                       scene->pool, now, &scene->lookup),
                     SIGNET_OK);
    assert_int_equal(signet_lookup_next(scene->lookup, &place, &any), SIGNET_OK);
    assert_true(any);
    assert_int_equal(place, scene->rules.order[0]);
}

/* The first request is answered by NUM of VALUES. */
static void answer(struct scene *scene, const struct signet_fetch_value *values, size_t num)
{
    fake_answer(&scene->fetcher, scene->fetcher.asked[0].url, SIGNET_FETCH_DONE, text_bytes(""));
    scene->fetcher.answer.values = values;
    scene->fetcher.answer.num_values = num;
    assert_int_equal(signet_lookup_poll(scene->lookup, 0), SIGNET_OK);
}

static void close_scene(struct scene *scene)
{
    signet_lookup_free(scene->lookup);
    signet_pool_free(scene->pool);
    signet_retriever_free(scene->retriever);
    signet_context_free(scene->context);
}

static size_t num_candidates(const struct scene *scene)
{
    size_t num;

    signet_lookup_candidates(scene->lookup, &num);
    return num;
}

static const struct signet_retrieved *source(const struct scene *scene, size_t number)
{
    size_t num;
    const struct signet_retrieved *rows = signet_lookup_sources(scene->lookup, &num);

    assert_true(number < num);
    return &rows[number];
}

/* Certificates of Alice with different signatures: one more than there may be candidates. */
static void takes_a_bounded_number_of_candidates(void **state)
{
    enum { MAX = 64 };
    struct signet_fetch_value values[MAX + 1];
    (void)state;
    for (size_t i = 0; i <= MAX; i++) {
        values[i] = (struct signet_fetch_value){"userCertificate", sample("alice")};
        ((uint8_t *)(uintptr_t)values[i].octets.ptr)[values[i].octets.len - 1] ^= (uint8_t)i;
    }
    for (size_t more = 0; more < 2; more++) {
        static const char *const directories[] = {"ldap://a/"};
        struct scene *scene = new_scene(SIGNET_PLACE_LDAP);
        size_t num;
        scene->rules.ldap = directories;
        scene->rules.num_ldap = 1;
        ask(scene);
        answer(scene, values, MAX + more);
        assert_int_equal(signet_lookup_candidates(scene->lookup, &num)[0].place, SIGNET_PLACE_LDAP);
        assert_int_equal(num, MAX);
        assert_int_equal(signet_pool_num_certificates(scene->pool), MAX + more);
        close_scene(scene);
    }
}

/* A record with a digest, and one with the whole certificate of Alice. */
static void takes_a_bounded_number_of_records(void **state)
{
    enum { MAX = 64 };
    static const uint8_t digest[35] = {3, 0, 1};
    struct signet_span alice = sample("alice");
    uint8_t *whole = sg_test_keep(calloc(1, alice.len + 3));
    struct signet_fetch_value values[MAX + 1];
    (void)state;
    whole[0] = 3;
    memcpy(whole + 3, alice.ptr, alice.len);
    for (size_t more = 0; more < 2; more++) {
        struct scene *scene = new_scene(SIGNET_PLACE_DNS);
        size_t num = MAX + more;
        for (size_t i = 0; i < num; i++)
            values[i] = (struct signet_fetch_value){"", i + 1 == num ? sg_span(whole, alice.len + 3)
                                                                     : sg_span(digest, 35)};
        ask(scene);
        answer(scene, values, num);
        assert_int_equal(num_candidates(scene), 1 - more);
        close_scene(scene);
    }
}

/* A record that does not fit into the memory of a look-up says nothing. */
static void takes_what_its_memory_holds(void **state)
{
    static uint8_t record[17 << 20] = {3};
    struct signet_fetch_value value = {"", {NULL, 0}};
    (void)state;
    for (size_t megabytes = 15; megabytes <= 17; megabytes += 2) {
        struct scene *scene = new_scene(SIGNET_PLACE_DNS);
        value.octets = sg_span(record, megabytes << 20);
        ask(scene);
        answer(scene, &value, 1);
        assert_int_equal(source(scene, 0)->outcome,
                         megabytes == 15 ? SIGNET_RETRIEVE_FOUND : SIGNET_RETRIEVE_INVALID);
        close_scene(scene);
    }
}

static void asks_a_bounded_number_of_places(void **state)
{
    enum { MAX = 64 };
    char urls[MAX + 1][32];
    const char *stores[MAX + 1];
    (void)state;
    for (size_t i = 0; i <= MAX; i++) {
        snprintf(urls[i], sizeof urls[i], "http://h%zu/", i);
        stores[i] = urls[i];
    }
    for (size_t more = 0; more < 2; more++) {
        struct scene *scene = new_scene(SIGNET_PLACE_HTTP);
        size_t num;
        scene->rules.http = stores;
        scene->rules.num_http = MAX + more;
        ask(scene);
        assert_int_equal(scene->fetcher.num, MAX);
        assert_int_equal(signet_lookup_num_pending(scene->lookup), MAX);
        signet_lookup_sources(scene->lookup, &num);
        assert_int_equal(num, MAX + more);
        if (more > 0)
            assert_int_equal(source(scene, MAX)->outcome, SIGNET_RETRIEVE_LEFT_OUT);
        close_scene(scene);
    }
}

SG_TEST_MAIN(SG_TEST("E-32", takes_a_bounded_number_of_candidates),
             SG_TEST("E-32", takes_a_bounded_number_of_records),
             SG_TEST("E-32", takes_what_its_memory_holds),
             SG_TEST("E-32", asks_a_bounded_number_of_places))
