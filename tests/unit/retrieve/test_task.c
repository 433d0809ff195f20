/* SPDX-License-Identifier: Apache-2.0 */
#include "retrieve/task.h"
#include "sample.h"

static struct sg_arena arena;
static const struct sg_addresses nobody;

static struct signet_need need_of(enum signet_need_kind kind, const struct signet_span *urls,
                                  size_t num)
{
    return (struct signet_need){.kind = kind,
                                .missing = true,
                                .anchored = true,
                                .name = sample("root-subject"),
                                .urls = urls,
                                .num_urls = num};
}

static struct sg_task make(const struct signet_retrieve_rules *rules,
                           const struct signet_need *need, const struct sg_addresses *addresses)
{
    struct sg_task task;

    assert_true(sg_task_init(&task, &arena, rules, need, addresses));
    return task;
}

static void asks_the_configured_scheme_first(void **state)
{
    static const char *const directory = "ldap://d/";
    const struct signet_span urls[] = {text_bytes("ldap:///cn=a"), text_bytes("http://a/1"),
                                       text_bytes("ldap://d/cn=b"), text_bytes("http://b/2")};
    struct signet_need need = need_of(SIGNET_NEED_CRL, urls, 4);
    struct signet_retrieve_rules rules;
    struct sg_task task;
    (void)state;
    signet_retrieve_rules_init(&rules);
    rules.ldap = &directory;
    rules.num_ldap = 1;
    task = make(&rules, &need, &nobody);
    assert_int_equal(task.num_targets, 4);
    assert_string_equal(task.targets[0].url, "http://a/1");
    assert_string_equal(task.targets[1].url, "http://b/2");
    assert_string_equal(task.targets[2].url, "ldap://d/cn=a");
    rules.ldap_first = true;
    task = make(&rules, &need, &nobody);
    assert_string_equal(task.targets[0].url, "ldap://d/cn=a");
    assert_string_equal(task.targets[2].url, "http://a/1");
    sg_arena_clear(&arena);
}

static void asks_nothing_that_the_rules_rule_out(void **state)
{
    const struct signet_span url = text_bytes("http://a/1");
    struct signet_retrieve_rules rules, off;
    struct signet_need need = need_of(SIGNET_NEED_CRL, &url, 1);
    (void)state;
    signet_retrieve_rules_init(&rules);
    off = rules;
    off.crls = false;
    off.max_issuers = 0;
    assert_int_equal(make(&rules, &need, &nobody).num_targets, 1);
    assert_int_equal(make(&off, &need, &nobody).num_targets, 0);
    need.anchored = false; /* the path reaches no anchor */
    assert_int_equal(make(&rules, &need, &nobody).num_targets, 0);
    need.kind = SIGNET_NEED_DELTA_CRL;
    assert_int_equal(make(&rules, &need, &nobody).num_targets, 0);
    need.kind = SIGNET_NEED_ISSUER;
    assert_int_equal(make(&rules, &need, &nobody).num_targets, 1);
    assert_int_equal(make(&off, &need, &nobody).num_targets, 0);
    need.kind = SIGNET_NEED_BINDING;
    assert_int_equal(make(&rules, &need, &nobody).num_targets, 0);
    sg_arena_clear(&arena);
}

static void takes_a_bounded_number_of_locations(void **state)
{
    struct signet_span urls[SG_TASK_MAX_TARGETS * 2];
    struct signet_retrieve_rules rules;
    (void)state;
    signet_retrieve_rules_init(&rules);
    for (size_t i = 0; i < SG_NUM(urls); i++)
        urls[i] = text_bytes("file:///dev/zero");
    struct signet_need need = need_of(SIGNET_NEED_CRL, urls, SG_NUM(urls));
    struct sg_task task = make(&rules, &need, &nobody);
    assert_int_equal(task.num_targets, SG_TASK_MAX_TARGETS);
    assert_non_null(task.targets[0].refusal);
    urls[0] = sg_test_copy("http://a/\0\x1b.crl", 15);
    need.num_urls = 1;
    assert_non_null(make(&rules, &need, &nobody).targets[0].refusal);
    sg_arena_clear(&arena);
}

static void looks_signers_up_in_own_directories_only(void **state)
{
    static const char *const directory = "ldap://d/dc=x", *const store = "http://s/{address}";
    const char *address = "alice@example.com";
    const struct sg_addresses addresses = {&address, 1, 1};
    struct signet_need need = need_of(SIGNET_NEED_SIGNER, NULL, 0);
    struct signet_retrieve_rules rules;
    struct sg_task task;
    (void)state;
    need.serial = hex("01");
    signet_retrieve_rules_init(&rules);
    assert_int_equal(make(&rules, &need, &addresses).num_targets, 0); /* no DNS by itself */
    rules.ldap = &directory;
    rules.http = &store;
    rules.num_ldap = rules.num_http = 1;
    task = make(&rules, &need, &addresses);
    assert_int_equal(task.num_targets, 2);
    assert_int_equal(task.targets[0].kind, SIGNET_FETCH_LDAP_ADDRESS);
    assert_string_equal(task.targets[1].url, "http://s/alice%40example.com");
    rules.num_order = 1;
    rules.order[0] = SIGNET_PLACE_DATABASE;
    assert_int_equal(make(&rules, &need, &addresses).num_targets, 0);
    sg_arena_clear(&arena);
}

static void knows_what_is_recent(void **state)
{
    static const struct {
        signet_time now; /* after thisUpdate */
        int64_t recent, margin;
        bool missing, answer;
    } rows[] = {
        {3600, 7200, 0, false, true},
        {7200, 7200, 0, false, false},
        {3600, 7200, 0, true, false},
        {-1, 7200, 0, false, false},                  /* from the future */
        {3600, 7200, (int64_t)1 << 40, false, false}, /* its end is near */
        {3600, 0, 0, false, false},
    };
    struct signet_crl *crl;
    (void)state;
    assert_int_equal(signet_crl_parse(sample("crl"), &crl, NULL), SIGNET_OK);
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        const struct signet_need need = {
            .kind = SIGNET_NEED_CRL, .crl = crl, .missing = rows[i].missing};
        const struct signet_retrieve_rules rules = {.recent = rows[i].recent,
                                                    .margin = rows[i].margin};
        if (sg_need_is_recent(&need, &rules, signet_crl_this_update(crl) + rows[i].now) !=
            rows[i].answer)
            fail_msg("row %zu", i);
    }
    const struct signet_retrieve_rules rules = {.recent = 7200};
    assert_false(sg_need_is_recent(&(struct signet_need){.kind = SIGNET_NEED_CRL}, &rules, 0));
    signet_crl_unref(crl);
}

int main(void)
{
    static const struct sg_test tests[] = {
        SG_TEST("B-CDP-1", asks_the_configured_scheme_first),
        SG_TEST("D-REV-4 D-PATH-2 E-32", asks_nothing_that_the_rules_rule_out),
        SG_TEST("E-32", takes_a_bounded_number_of_locations),
        SG_TEST("A-2.3-4 A-4-2", looks_signers_up_in_own_directories_only),
        SG_TEST("A-4.1-1", knows_what_is_recent),
    };

    sg_arena_init(&arena, (size_t)1 << 20);
    return sg_tests_run(tests, SG_NUM(tests));
}
