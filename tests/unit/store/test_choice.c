/* SPDX-License-Identifier: Apache-2.0 */
#include "judging.h"

#include "fault.h"

#define ALICE "alice@example.com"

static struct signet_choice *choose(struct judging *j, const char *address)
{
    struct signet_choice *choice;
    assert_int_equal(signet_choice_make(j->store, j->context, address, NULL, &j->policy, &choice),
                     SIGNET_OK);
    return choice;
}

static void trusted(struct judging *j)
{
    judging_begin(j);
    judging_trust(j, "root");
    judging_add(j, "ca");
    judging_add(j, "root.crl");
    judging_add(j, "revoked.crl");
}

/* The candidate NAME of CHOICE. */
static const struct signet_choice_candidate *candidate(const struct signet_choice *choice,
                                                       const char *name)
{
    size_t num;
    const struct signet_choice_candidate *all = signet_choice_candidates(choice, &num);
    for (size_t i = 0; i < num; i++) {
        if (sg_span_equal(all[i].certificate->der, judging_octets(name)))
            return &all[i];
    }
    fail_msg("%s is no candidate", name);
    return NULL;
}

static void expect_chosen(const struct signet_choice *choice, const char *name)
{
    const struct signet_choice_candidate *chosen = signet_choice_chosen(choice);
    if (name == NULL) {
        assert_null(chosen);
        return;
    }
    assert_non_null(chosen);
    assert_ptr_equal(chosen, candidate(choice, name));
}

static void takes_the_newest_of_renewed_ones_and_says_why(void **state)
{
    static const struct {
        const char *name, *why;
    } rows[] = {
        {"renewed", "the newest of those that can be used"},
        {"alice", "replaced: a newer one is valid until 2036-05-29"},
        {"expired", "expired on 2026-02-21"},
        {"early", "not valid before 2026-07-01"},
        {"revoked", "revoked on 2026-05-22"},
        {"unfit", "cannot be used for signing: key usage"},
        {"fake", "nothing proves it: no path to an anchor"},
    };
    struct judging j;
    size_t num;
    (void)state;
    trusted(&j);
    for (size_t i = SG_NUM(rows); i > 0; i--)
        judging_add(&j, rows[i - 1].name);
    judging_add(&j, "other"); /* of another address */
    struct signet_choice *choice = choose(&j, "Alice@Example.COM");
    signet_choice_candidates(choice, &num);
    assert_int_equal(num, SG_NUM(rows));
    expect_chosen(choice, "renewed");
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        const struct signet_choice_candidate *one = candidate(choice, rows[i].name);
        assert_string_equal(one->why, rows[i].why);
        assert_string_equal(one->origin->detail, "test");
        assert_non_null(one->path);
    }
    signet_choice_free(choice);
    judging_end(&j);
}

static void the_user_has_the_last_word(void **state)
{
    struct judging j;
    (void)state;
    trusted(&j);
    judging_add(&j, "alice");
    judging_add(&j, "renewed");
    judging_bind(&j, "alice", ALICE, SIGNET_BINDING_USER);
    judging_bind(&j, "renewed", ALICE, SIGNET_BINDING_PROVED);
    struct signet_choice *choice = choose(&j, ALICE);
    expect_chosen(choice, "alice");
    assert_string_equal(candidate(choice, "alice")->why, "bound by you to this address");
    assert_string_equal(candidate(choice, "renewed")->why, "you bound another one to this address");
    assert_true(candidate(choice, "renewed")->bound);
    signet_choice_free(choice);
    judging_end(&j);
}

static void takes_a_certificate_of_another_address_that_the_user_bound(void **state)
{
    struct judging j;
    (void)state;
    trusted(&j);
    judging_add(&j, "other");
    struct signet_choice *choice = choose(&j, ALICE);
    expect_chosen(choice, NULL);
    signet_choice_free(choice);
    judging_bind(&j, "other", ALICE, SIGNET_BINDING_PROVED);
    choice = choose(&j, ALICE);
    expect_chosen(choice, NULL);
    signet_choice_free(choice);
    judging_bind(&j, "other", ALICE, SIGNET_BINDING_USER);
    choice = choose(&j, ALICE);
    expect_chosen(choice, "other");
    signet_choice_free(choice);
    judging_end(&j);
}

/* RFC 8551 2.5.3: where its holder wants to be encrypted to. */
static void the_holder_may_prefer_one(void **state)
{
    struct judging j;
    struct signet_certificate *alice = judging_certificate("alice");
    struct signet_capabilities said = {
        .address = ALICE, .preferred_sha256 = sg_span(alice->sha256, 32), .signing_time = NOON - 1};
    bool learned;
    (void)state;
    trusted(&j);
    judging_add(&j, "alice");
    judging_add(&j, "renewed");
    assert_int_equal(signet_store_learn_capabilities(j.store, &said, &learned), SIGNET_OK);
    struct signet_choice *choice = choose(&j, ALICE);
    expect_chosen(choice, "alice");
    assert_true(candidate(choice, "alice")->preferred);
    assert_string_equal(candidate(choice, "renewed")->why, "its holder asked for another one");
    signet_choice_free(choice);
    signet_certificate_unref(alice);
    judging_end(&j);
}

static void asks_for_the_purpose(void **state)
{
    struct judging j;
    (void)state;
    trusted(&j);
    judging_add(&j, "renewed");
    judging_add(&j, "encrypting");
    j.policy.purpose = SIGNET_PURPOSE_ENCRYPT;
    struct signet_choice *choice = choose(&j, ALICE);
    expect_chosen(choice, "encrypting");
    assert_string_equal(candidate(choice, "encrypting")->why,
                        "the newest of those that can be used");
    assert_string_equal(candidate(choice, "renewed")->why,
                        "cannot be used for encryption: key usage");
    signet_choice_free(choice);
    judging_end(&j);
}

/* E-41: what nothing proves is listed and never chosen, even when there is nothing else. */
static void never_takes_what_nothing_proves(void **state)
{
    struct judging j;
    size_t num;
    (void)state;
    judging_begin(&j);
    judging_add(&j, "fake");
    judging_bind(&j, "fake", ALICE, SIGNET_BINDING_PROVED);
    struct signet_choice *choice = choose(&j, ALICE);
    signet_choice_candidates(choice, &num);
    assert_int_equal(num, 1);
    expect_chosen(choice, NULL);
    signet_choice_free(choice);
    choice = choose(&j, "nobody@example.com");
    signet_choice_candidates(choice, &num);
    assert_int_equal(num, 0);
    expect_chosen(choice, NULL);
    signet_choice_free(choice);
    assert_int_equal(signet_choice_make(j.store, j.context, "no address", NULL, &j.policy, &choice),
                     SIGNET_ERR_ARGUMENT);
    assert_null(choice);
    judging_end(&j);
}

/* E-41: whoever sends many certificates of an address hides nobody's, and costs little. */
static void a_poisoned_address_hides_nothing(void **state)
{
    static const char *const rows[] = {"alice", NULL};
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct judging j;
        size_t num;
        trusted(&j);
        poison(&j, "alice", 5000);
        judging_add(&j, "alice");
        if (rows[i] != NULL)
            judging_bind(&j, "alice", ALICE, SIGNET_BINDING_PROVED);
        poison(&j, "renewed", rows[i] != NULL ? 5000 : 0);
        struct signet_choice *choice = choose(&j, ALICE);
        expect_chosen(choice, "alice");
        signet_choice_candidates(choice, &num);
        assert_true(num <= 64);
        signet_choice_free(choice);
        judging_end(&j);
    }
}

/* Stores Alice and all issuers above her, and trusts the one of this NUMBER. */
static void add_line(struct judging *j, size_t number)
{
    struct signet_parse_error error = {0};
    struct sg_der rest = sg_der_begin(judging_octets("line"), &error);
    struct signet_anchor_terms terms;
    signet_anchor_terms_init(&terms);
    assert_int_equal(signet_store_begin(j->store), SIGNET_OK);
    for (size_t i = 0; rest.ptr < rest.end; i++) {
        struct signet_certificate *certificate;
        struct sg_tlv element;
        assert_true(sg_der_any(&rest, &element));
        assert_int_equal(signet_certificate_parse(element.full, &certificate, NULL), SIGNET_OK);
        assert_int_equal(signet_store_add_certificate(j->store, certificate, &j->origin, NULL),
                         SIGNET_OK);
        if (i == number)
            assert_int_equal(signet_store_trust(j->store, certificate, &terms, "test", &j->origin),
                             SIGNET_OK);
        signet_certificate_unref(certificate);
    }
    assert_int_equal(signet_store_commit(j->store), SIGNET_OK);
}

/* E-9: sixteen times, and nine issuers come each time. */
static void asks_the_store_a_bounded_number_of_times(void **state)
{
    (void)state;
    for (size_t more = 0; more < 2; more++) {
        struct judging j;
        size_t num;
        judging_begin(&j);
        add_line(&j, 16 * 9 + more);
        j.policy.revocation = SIGNET_REVOCATION_OFF;
        j.policy.limits.max_depth = 1000;
        struct signet_choice *choice = choose(&j, ALICE);
        signet_choice_candidates(choice, &num);
        assert_int_equal(num, 1);
        assert_int_equal(signet_choice_chosen(choice) != NULL, more == 0);
        signet_choice_free(choice);
        judging_end(&j);
    }
}

static void survives_lack_of_memory(void **state)
{
    struct judging j;
    struct signet_choice *choice = NULL;
    enum signet_status status = SIGNET_ERR_MEMORY;
    (void)state;
    trusted(&j);
    judging_add(&j, "alice");
    judging_add(&j, "fake");
    for (size_t n = 0; status != SIGNET_OK; n++) {
        fault_begin(n);
        status = signet_choice_make(j.store, j.context, ALICE, NULL, &j.policy, &choice);
        fault_end();
        if (status != SIGNET_OK)
            assert_true((status == SIGNET_ERR_MEMORY || status == SIGNET_ERR_IO) && choice == NULL);
    }
    expect_chosen(choice, "alice");
    signet_choice_free(choice);
    signet_choice_free(NULL);
    judging_end(&j);
}

SG_TEST_MAIN(SG_TEST("", takes_the_newest_of_renewed_ones_and_says_why),
             SG_TEST("A-3-6", the_user_has_the_last_word),
             SG_TEST("A-3-6", takes_a_certificate_of_another_address_that_the_user_bound),
             SG_TEST("", the_holder_may_prefer_one), SG_TEST("", asks_for_the_purpose),
             SG_TEST("E-41", never_takes_what_nothing_proves),
             SG_TEST("E-41", a_poisoned_address_hides_nothing),
             SG_TEST("E-9", asks_the_store_a_bounded_number_of_times),
             SG_TEST("", survives_lack_of_memory))
