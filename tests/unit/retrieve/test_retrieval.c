/* SPDX-License-Identifier: Apache-2.0 */
#include "fake_fetcher.h"
#include "fault.h"
#include "sample.h"
#include "signet/retrieve.h"

static const signet_time now = 1780000000;

/* A retrieval over a fake fetcher. */
struct scene {
    struct signet_fetcher fetcher;
    struct signet_retrieve_rules rules;
    struct signet_retriever *retriever;
    struct signet_context *context;
    struct signet_pool *pool;
    struct signet_retrieval *retrieval;
};

static void open_scene(struct scene *scene)
{
    assert_int_equal(signet_retriever_new(&scene->rules, &scene->fetcher, NULL, &scene->retriever),
                     SIGNET_OK);
    scene->pool = signet_pool_new(NULL);
    assert_non_null(scene->pool);
    assert_int_equal(
        signet_retrieval_new(scene->retriever, scene->context, scene->pool, now, &scene->retrieval),
        SIGNET_OK);
}

static struct scene *new_scene(void)
{
    struct scene *scene = sg_test_keep(calloc(1, sizeof *scene));

    signet_retrieve_rules_init(&scene->rules);
    return scene;
}

static void close_scene(struct scene *scene)
{
    signet_retrieval_free(scene->retrieval);
    signet_pool_free(scene->pool);
    signet_retriever_free(scene->retriever);
}

static struct signet_need need_of(enum signet_need_kind kind, const char *name,
                                  const struct signet_span *urls, size_t num)
{
    return (struct signet_need){.kind = kind,
                                .missing = true,
                                .anchored = true,
                                .name = sample(name),
                                .urls = urls,
                                .num_urls = num};
}

static void start(struct scene *scene, const struct signet_need *needs, size_t num)
{
    size_t num_added;

    assert_int_equal(signet_retrieval_start(scene->retrieval, needs, num, &num_added), SIGNET_OK);
    assert_int_equal(num_added, 0);
}

/* Answers URL, and gives how much is new to the pool. */
static size_t answer(struct scene *scene, const char *url, enum signet_fetch_outcome outcome,
                     struct signet_span octets)
{
    size_t num_added;

    fake_answer(&scene->fetcher, url, outcome, octets);
    assert_int_equal(signet_retrieval_poll(scene->retrieval, 10, &num_added), SIGNET_OK);
    return num_added;
}

static enum signet_retrieve_outcome outcome_of(const struct scene *scene, const char *url)
{
    size_t num;
    const struct signet_retrieved *rows = signet_retrieval_sources(scene->retrieval, &num);

    for (size_t i = 0; i < num; i++)
        if (strcmp(rows[i].url, url) == 0)
            return rows[i].outcome;
    fail_msg("%s is not in the list", url);
    return SIGNET_RETRIEVE_FOUND;
}

static void tries_one_place_after_the_other(void **state)
{
    const struct signet_span urls[] = {text_bytes("http://a/1"), text_bytes("http://b/2"),
                                       text_bytes("http://c/3"), text_bytes("http://d/4")};
    const struct signet_need need = need_of(SIGNET_NEED_CRL, "root-subject", urls, 4);
    struct scene *scene = new_scene();
    (void)state;
    open_scene(scene);
    start(scene, &need, 1);
    assert_int_equal(scene->fetcher.num, 1);
    assert_int_equal(answer(scene, "http://a/1", SIGNET_FETCH_FAILED, text_bytes("")), 0);
    assert_int_equal(scene->fetcher.num, 2);
    assert_int_equal(answer(scene, "http://b/2", SIGNET_FETCH_DONE, sample("html")), 0);
    assert_int_equal(answer(scene, "http://c/3", SIGNET_FETCH_DONE, sample("crl")), 1);
    assert_int_equal(scene->fetcher.num, 3);
    assert_int_equal(signet_retrieval_num_pending(scene->retrieval), 0);
    assert_int_equal(outcome_of(scene, "http://a/1"), SIGNET_RETRIEVE_FAILED);
    assert_int_equal(outcome_of(scene, "http://b/2"), SIGNET_RETRIEVE_INVALID);
    assert_int_equal(outcome_of(scene, "http://c/3"), SIGNET_RETRIEVE_FOUND);
    start(scene, &need, 1); /* the same need again asks nothing */
    assert_int_equal(scene->fetcher.num, 3);
    close_scene(scene);
}

static void asks_a_place_once_for_several_needs(void **state)
{
    const struct signet_span url = text_bytes("http://a/both"), other = text_bytes("http://b/ca");
    const struct signet_span urls[] = {url, other};
    const struct signet_need needs[] = {need_of(SIGNET_NEED_ISSUER, "root-subject", &url, 1),
                                        need_of(SIGNET_NEED_ISSUER, "ca-subject", urls, 2)};
    struct scene *scene = new_scene();
    (void)state;
    open_scene(scene);
    start(scene, needs, 2);
    assert_int_equal(scene->fetcher.num, 1);
    /* It is only what the first asked for: the second goes on. */
    assert_int_equal(answer(scene, "http://a/both", SIGNET_FETCH_DONE, sample("root")), 1);
    assert_int_equal(scene->fetcher.num, 2);
    assert_int_equal(answer(scene, "http://b/ca", SIGNET_FETCH_DONE, sample("ca")), 1);
    close_scene(scene);
}

static void asks_for_what_is_missing_first_and_within_bounds(void **state)
{
    const struct signet_span urls[] = {text_bytes("http://a/1"), text_bytes("http://a/2"),
                                       text_bytes("http://b/3"), text_bytes("http://c/4")};
    struct signet_need needs[] = {need_of(SIGNET_NEED_CRL, "root-subject", &urls[0], 1),
                                  need_of(SIGNET_NEED_CRL, "ca-subject", &urls[1], 1),
                                  need_of(SIGNET_NEED_ISSUER, "root-subject", &urls[2], 1),
                                  need_of(SIGNET_NEED_ISSUER, "ca-subject", &urls[3], 1)};
    struct scene *scene = new_scene();
    (void)state;
    scene->rules.max_hosts = 2;
    scene->rules.max_issuers = 1;
    scene->rules.max_bytes = 1000;
    open_scene(scene);
    needs[0].missing = false;
    start(scene, needs, 4);
    assert_int_equal(scene->fetcher.num, 3);
    assert_string_equal(scene->fetcher.asked[0].url, "http://a/2");
    assert_string_equal(scene->fetcher.asked[1].url, "http://b/3");
    assert_string_equal(scene->fetcher.asked[2].url, "http://a/1");
    assert_int_equal(scene->fetcher.asked[0].max_bytes, 1000);
    assert_int_equal(outcome_of(scene, "http://c/4"), SIGNET_RETRIEVE_LEFT_OUT);
    close_scene(scene);
}

static void makes_no_more_requests_than_allowed_and_takes_no_larger_object(void **state)
{
    const struct signet_span urls[] = {text_bytes("http://a/1"), text_bytes("http://b/2"),
                                       text_bytes("http://c/3")};
    const struct signet_need needs[] = {need_of(SIGNET_NEED_CRL, "root-subject", &urls[0], 1),
                                        need_of(SIGNET_NEED_CRL, "ca-subject", &urls[1], 1),
                                        need_of(SIGNET_NEED_CRL, "root-subject", &urls[2], 1)};
    struct scene *scene = new_scene();
    (void)state;
    scene->rules.max_requests = 2;
    scene->rules.max_bytes = 1000;
    scene->rules.max_object_bytes = 500;
    open_scene(scene);
    start(scene, needs, 3);
    assert_int_equal(scene->fetcher.num, 2);
    assert_int_equal(scene->fetcher.asked[0].max_bytes, 500);
    assert_int_equal(outcome_of(scene, "http://c/3"), SIGNET_RETRIEVE_LEFT_OUT);
    close_scene(scene);
}

/* Needs that a place is being asked for already cost no request; there may be so many of them. */
static void asks_for_a_bounded_number_of_needs(void **state)
{
    enum { MAX = 512 };
    const struct signet_span urls[] = {text_bytes("http://a/1"), text_bytes("http://b/2")};
    (void)state;
    for (size_t more = 0; more < 2; more++) {
        static struct signet_need needs[MAX + 1];
        uint8_t keys[MAX + 1][2];
        size_t num = MAX + more;
        struct scene *scene = new_scene();
        open_scene(scene);
        for (size_t i = 0; i < num; i++) {
            needs[i] = need_of(SIGNET_NEED_ISSUER, "root-subject", &urls[i + 1 == num], 1);
            keys[i][0] = (uint8_t)(i >> 8);
            keys[i][1] = (uint8_t)i;
            needs[i].key_id = sg_span(keys[i], sizeof keys[i]);
        }
        start(scene, needs, num);
        assert_string_equal(scene->fetcher.asked[0].url, "http://a/1");
        assert_int_equal(scene->fetcher.num, 2 - more);
        close_scene(scene);
    }
}

/* A need that does not fit into the memory of a verdict is passed over; others are not. */
static void asks_for_what_its_memory_holds(void **state)
{
    static const uint8_t octets[17 << 20];
    const struct signet_span urls[] = {text_bytes("http://a/1"), text_bytes("http://b/2")};
    struct signet_need needs[] = {need_of(SIGNET_NEED_ISSUER, "root-subject", &urls[0], 1),
                                  need_of(SIGNET_NEED_ISSUER, "root-subject", &urls[1], 1)};
    (void)state;
    for (size_t megabytes = 15; megabytes <= 17; megabytes += 2) {
        struct scene *scene = new_scene();
        open_scene(scene);
        needs[1].key_id = sg_span(octets, megabytes << 20);
        start(scene, needs, 2);
        assert_int_equal(scene->fetcher.num, megabytes == 15 ? 2 : 1);
        assert_string_equal(scene->fetcher.asked[0].url, "http://a/1");
        close_scene(scene);
    }
}

static void takes_no_configuration_without_end(void **state)
{
    char *url = sg_test_keep(malloc(17 << 20));
    const char *const stores[] = {url};
    (void)state;
    for (size_t megabytes = 15; megabytes <= 17; megabytes += 2) {
        struct scene *scene = new_scene();
        memset(url, 'a', megabytes << 20);
        url[(megabytes << 20) - 1] = '\0';
        scene->rules.http = stores;
        scene->rules.num_http = 1;
        assert_int_equal(
            signet_retriever_new(&scene->rules, &scene->fetcher, NULL, &scene->retriever),
            megabytes == 15 ? SIGNET_OK : SIGNET_ERR_MEMORY);
        signet_retriever_free(scene->retriever);
    }
}

static void gives_up_and_remembers(void **state)
{
    const struct signet_span urls[] = {text_bytes("http://a/1"), text_bytes("http://a/2")};
    const struct signet_need need = need_of(SIGNET_NEED_CRL, "root-subject", urls, 2);
    struct signet_retrieval *first;
    struct scene *scene = new_scene();
    (void)state;
    open_scene(scene);
    start(scene, &need, 1);
    assert_int_equal(signet_retrieval_num_pending(scene->retrieval), 1);
    assert_int_equal(signet_retrieval_give_up(scene->retrieval), SIGNET_OK);
    assert_int_equal(signet_retrieval_num_pending(scene->retrieval), 0);
    assert_true(scene->fetcher.asked[0].cancelled);
    assert_int_equal(outcome_of(scene, "http://a/1"), SIGNET_RETRIEVE_TIMED_OUT);
    first = scene->retrieval;
    assert_int_equal(signet_retrieval_new(scene->retriever, scene->context, scene->pool, now + 60,
                                          &scene->retrieval),
                     SIGNET_OK);
    signet_retrieval_free(first);
    start(scene, &need, 1); /* the first place is passed over */
    assert_int_equal(outcome_of(scene, "http://a/1"), SIGNET_RETRIEVE_REMEMBERED);
    assert_string_equal(scene->fetcher.asked[1].url, "http://a/2");
    close_scene(scene);
    assert_true(scene->fetcher.asked[1].cancelled);
}

static void forgets_failures_in_time_and_those_of_the_helper(void **state)
{
    const struct signet_span url = text_bytes("http://a/1");
    const struct signet_need need = need_of(SIGNET_NEED_CRL, "root-subject", &url, 1);
    static const struct {
        enum signet_fetch_outcome outcome;
        signet_time later;
        bool asked;
    } rows[] = {{SIGNET_FETCH_ABSENT, 599, false},
                {SIGNET_FETCH_ABSENT, 600, true},
                {SIGNET_FETCH_GONE, 1, true},
                {SIGNET_FETCH_REFUSED, 1, true},
                {SIGNET_FETCH_FAILED, -60, true} /* the clock was set back */};
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct scene *scene = new_scene();
        open_scene(scene);
        start(scene, &need, 1);
        answer(scene, "http://a/1", rows[i].outcome, text_bytes(""));
        signet_retrieval_free(scene->retrieval);
        assert_int_equal(signet_retrieval_new(scene->retriever, scene->context, scene->pool,
                                              now + rows[i].later, &scene->retrieval),
                         SIGNET_OK);
        start(scene, &need, 1);
        assert_int_equal(scene->fetcher.num, rows[i].asked ? 2 : 1);
        close_scene(scene);
    }
}

static void goes_on_without_a_helper(void **state)
{
    const struct signet_span urls[] = {text_bytes("http://a/1"), text_bytes("http://a/2")};
    const struct signet_need need = need_of(SIGNET_NEED_CRL, "root-subject", urls, 2);
    struct scene *scene = new_scene();
    size_t num;
    (void)state;
    scene->fetcher.start = SIGNET_ERR_IO;
    open_scene(scene);
    start(scene, &need, 1);
    const struct signet_retrieved *rows = signet_retrieval_sources(scene->retrieval, &num);
    assert_int_equal(num, 1);
    assert_string_equal(rows[0].reason, "there is no signet-fetch");
    assert_int_equal(signet_retrieval_num_pending(scene->retrieval), 0);
    close_scene(scene);
}

/* One whole retrieval; the status of the first call that failed. */
static enum signet_status run(struct scene *scene, const struct signet_need *need,
                              struct signet_span crl)
{
    size_t num_added;
    enum signet_status status =
        signet_retriever_new(&scene->rules, &scene->fetcher, NULL, &scene->retriever);

    if (status == SIGNET_OK)
        status = signet_retrieval_new(scene->retriever, scene->context, scene->pool, now,
                                      &scene->retrieval);
    if (status == SIGNET_OK)
        status = signet_retrieval_add_address(scene->retrieval, "alice@example.com");
    if (status == SIGNET_OK)
        status = signet_retrieval_start(scene->retrieval, need, 1, &num_added);
    if (status == SIGNET_OK) {
        fake_answer(&scene->fetcher, "http://a/1", SIGNET_FETCH_DONE, need->name);
        status = signet_retrieval_poll(scene->retrieval, 0, &num_added);
    }
    if (status == SIGNET_OK) {
        fake_answer(&scene->fetcher, "http://a/2", SIGNET_FETCH_DONE, crl);
        status = signet_retrieval_poll(scene->retrieval, 0, &num_added);
    }
    return status;
}

static void tells_when_memory_is_out(void **state)
{
    const struct signet_span urls[] = {text_bytes("http://a/1"), text_bytes("http://a/2")};
    const struct signet_need need = need_of(SIGNET_NEED_CRL, "root-subject", urls, 2);
    const struct signet_span crl = sample("crl");
    enum signet_status status = SIGNET_ERR_MEMORY;
    size_t n;
    (void)state;
    for (n = 0; status != SIGNET_OK && n < 10000; n++) {
        struct scene *scene = new_scene();
        scene->pool = signet_pool_new(NULL);
        assert_non_null(scene->pool);
        fault_begin(n);
        status = run(scene, &need, crl);
        fault_end();
        if (status != SIGNET_OK)
            assert_int_equal(status, SIGNET_ERR_MEMORY);
        close_scene(scene);
    }
    assert_true(n > 10 && status == SIGNET_OK);
}

SG_TEST_MAIN(SG_TEST("B-CDP-1 B-CDP-2", tries_one_place_after_the_other),
             SG_TEST("E-32", asks_a_place_once_for_several_needs),
             SG_TEST("D-REV-4 D-PATH-2 E-32", asks_for_what_is_missing_first_and_within_bounds),
             SG_TEST("E-32", makes_no_more_requests_than_allowed_and_takes_no_larger_object),
             SG_TEST("E-32", asks_for_a_bounded_number_of_needs),
             SG_TEST("E-32", asks_for_what_its_memory_holds),
             SG_TEST("E-32", takes_no_configuration_without_end),
             SG_TEST("E-32", gives_up_and_remembers),
             SG_TEST("E-32", forgets_failures_in_time_and_those_of_the_helper),
             SG_TEST("", goes_on_without_a_helper), SG_TEST("", tells_when_memory_is_out))
