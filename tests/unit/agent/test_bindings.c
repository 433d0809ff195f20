/* SPDX-License-Identifier: Apache-2.0 */
/* What the user said of a certificate and an address (RFC 3850 3, A-3-6, E-39). */
#include "fault.h"
#include "round_scene.h"

static void is_told_of(const struct desk *desk, const char *source, const char *field)
{
    const struct signet_address_check *check = &desk_signer(desk)->address;
    assert_int_equal(check->result, SIGNET_ADDRESS_MATCH);
    assert_string_equal(check->source, source);
    assert_string_equal(check->field, field);
}

static void ties_a_certificate_without_address(void **state)
{
    struct desk desk;
    (void)state;
    desk_begin(&desk, "root");
    assert_int_equal(desk_verify(&desk, "mail of nobody"), SIGNET_VERDICT_WARN);
    assert_non_null(desk_finding(&desk, SIGNET_CODE_NO_ADDR));
    assert_int_equal(desk_signer(&desk)->address.result, SIGNET_ADDRESS_NONE);
    assert_null(desk_signer(&desk)->address.source);
    const struct signet_need *need = desk_need(&desk, SIGNET_NEED_BINDING);
    assert_non_null(need);
    assert_true(need->missing);
    assert_ptr_equal(need->certificate, desk_signer(&desk)->certificate);
    assert_null(need->name.ptr);

    desk_bind(&desk, "nobody", "b@Example.org", SIGNET_BINDING_USER);
    assert_int_equal(desk_update(&desk), SIGNET_VERDICT_GOOD);
    is_told_of(&desk, "book", "From");
    assert_string_equal(desk_signer(&desk)->address.matched, "b@example.org");
    assert_true(desk_says(&desk, "you have bound it to that address"));
    assert_null(desk_need(&desk, SIGNET_NEED_BINDING));

    /* Another sender: as without an entry, and where it is bound to. */
    assert_int_equal(desk_verify(&desk, "mail of nobody to c"), SIGNET_VERDICT_WARN);
    assert_non_null(desk_finding(&desk, SIGNET_CODE_NO_ADDR));
    assert_int_equal(desk_signer(&desk)->address.result, SIGNET_ADDRESS_NONE);
    assert_true(desk_says(&desk, "you have bound this certificate to b@Example.org, not to c@"));
    desk_end(&desk);
}

static void ties_a_certificate_of_another_address(void **state)
{
    struct desk desk;
    (void)state;
    desk_begin(&desk, "root");
    desk_bind(&desk, "alice", "elsewhere@example.org", SIGNET_BINDING_USER);
    assert_int_equal(desk_verify(&desk, "mail of alice as b"), SIGNET_VERDICT_BAD);
    assert_non_null(desk_finding(&desk, SIGNET_CODE_ADDR_MISMATCH));
    assert_true(desk_says(&desk, "you have bound this certificate to elsewhere@example.org"));
    desk_bind(&desk, "alice", "b@example.org", SIGNET_BINDING_USER);
    assert_int_equal(desk_update(&desk), SIGNET_VERDICT_GOOD);
    is_told_of(&desk, "book", "From");
    /* Its own word goes first. */
    assert_int_equal(desk_verify(&desk, "mail"), SIGNET_VERDICT_GOOD);
    is_told_of(&desk, "certificate", "From");
    desk_end(&desk);
}

/* A verdict must not rest on an earlier one. */
static void only_the_user_has_a_say(void **state)
{
    static const enum signet_binding_kind kinds[] = {SIGNET_BINDING_PROVED, SIGNET_BINDING_FETCHED};
    (void)state;
    for (size_t i = 0; i < SG_NUM(kinds); i++) {
        struct desk desk;
        desk_begin(&desk, "root");
        desk_bind(&desk, "alice", "b@example.org", kinds[i]);
        desk_bind(&desk, "lone", "lone@example.com", kinds[i]);
        assert_int_equal(desk_verify(&desk, "mail of alice as b"), SIGNET_VERDICT_BAD);
        assert_false(desk_says(&desk, "bound"));
        assert_int_equal(desk_verify(&desk, "mail of lone"), SIGNET_VERDICT_UNKNOWN);
        desk_end(&desk);
    }
}

static void pins_what_has_no_path(void **state)
{
    struct desk desk;
    (void)state;
    desk_begin(&desk, "root");
    assert_int_equal(desk_verify(&desk, "mail of lone"), SIGNET_VERDICT_UNKNOWN);
    assert_non_null(desk_finding(&desk, SIGNET_CODE_NO_TRUST_PATH));
    assert_non_null(desk_need(&desk, SIGNET_NEED_BINDING));
    desk_bind(&desk, "lone", "lone@example.com", SIGNET_BINDING_USER);
    assert_int_equal(desk_update(&desk), SIGNET_VERDICT_WARN);
    assert_null(desk_finding(&desk, SIGNET_CODE_NO_TRUST_PATH));
    assert_true(desk_says(&desk, "it counts for lone@example.com alone"));
    assert_true(desk_says(&desk, "nobody can tell whether it is revoked"));
    is_told_of(&desk, "certificate", "From");
    const struct signet_candidates *paths = desk_signer(&desk)->paths;
    assert_int_equal(paths->num, 2); /* and why there is no path */
    assert_false(paths->items[0].complete);
    assert_null(paths->items[0].anchor);
    assert_int_equal(paths->items[0].certificates[0].revocation.status,
                     SIGNET_CERTIFICATE_NOT_CHECKED);
    assert_null(desk_need(&desk, SIGNET_NEED_BINDING));
    assert_int_equal(signet_pool_num_anchors(desk.pool), 1); /* a pin is no anchor */

    /* For that very address. */
    assert_int_equal(desk_verify(&desk, "mail of lone as b"), SIGNET_VERDICT_BAD);
    assert_non_null(desk_finding(&desk, SIGNET_CODE_NO_TRUST_PATH));
    /* And its signature must hold. */
    assert_int_equal(desk_verify(&desk, "changed mail of lone"), SIGNET_VERDICT_BAD);
    desk_end(&desk);
}

static void a_pin_excuses_nothing_else(void **state)
{
    static const struct {
        const char *certificate, *mail, *address;
        enum signet_code code;
    } rows[] = {
        {"old", "mail of old", "old@example.com", SIGNET_CODE_CERT_EXPIRED},
        {"wrong use", "mail of wrong use", "wrong.use@example.com", SIGNET_CODE_KU_FORBIDS},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct desk desk;
        desk_begin(&desk, "root");
        desk_bind(&desk, rows[i].certificate, rows[i].address, SIGNET_BINDING_USER);
        assert_int_equal(desk_verify(&desk, rows[i].mail), SIGNET_VERDICT_BAD);
        assert_non_null(desk_finding(&desk, rows[i].code));
        desk_end(&desk);
    }
}

/* A path that holds is not given up for a pin: it may show that the certificate is revoked. */
static void a_pin_does_not_replace_a_path(void **state)
{
    struct desk desk;
    (void)state;
    desk_begin(&desk, "root");
    desk_bind(&desk, "alice", "alice@example.com", SIGNET_BINDING_USER);
    desk_add_crl(&desk, "newer ca crl");
    assert_int_equal(desk_verify(&desk, "mail"), SIGNET_VERDICT_BAD);
    assert_non_null(desk_finding(&desk, SIGNET_CODE_CERT_REVOKED));
    desk_end(&desk);

    desk_begin(&desk, "root");
    desk_bind(&desk, "alice", "alice@example.com", SIGNET_BINDING_USER);
    assert_int_equal(desk_verify(&desk, "mail without crls"), SIGNET_VERDICT_UNKNOWN);
    desk_end(&desk);
}

static void pins_for_an_address_that_is_given(void **state)
{
    struct signet_certificate *lone = scene_certificate("lone");
    struct signet_path_result *result;
    struct desk desk;
    size_t num;
    (void)state;
    desk_begin(&desk, NULL);
    desk.policy.email = "friend@example.net";
    desk_bind(&desk, "lone", "friend@example.net", SIGNET_BINDING_USER);
    assert_int_equal(signet_path_verify(desk.context, lone, desk.pool, &desk.policy, &result),
                     SIGNET_OK);
    assert_int_equal(signet_path_result_verdict(result), SIGNET_VERDICT_WARN);
    signet_path_result_free(result);
    desk.policy.email = "lone@example.com";
    assert_int_equal(signet_path_verify(desk.context, lone, desk.pool, &desk.policy, &result),
                     SIGNET_OK);
    assert_int_equal(signet_path_result_verdict(result), SIGNET_VERDICT_UNKNOWN);
    const struct signet_need *needs = signet_path_result_needs(result, &num);
    assert_int_equal(needs[num - 1].kind, SIGNET_NEED_BINDING);
    signet_path_result_free(result);
    signet_certificate_unref(lone);
    desk_end(&desk);
}

static void survives_every_failing_allocation(void **state)
{
    static const char *const mails[] = {"mail of lone", "mail of nobody", "mail of nobody to c"};
    static const enum signet_verdict verdicts[] = {SIGNET_VERDICT_WARN, SIGNET_VERDICT_GOOD,
                                                   SIGNET_VERDICT_WARN};
    (void)state;
    for (size_t i = 0; i < SG_NUM(mails); i++) {
        struct signet_span mail = scene_octets(mails[i]);
        enum signet_status status = SIGNET_ERR_MEMORY;
        struct desk desk;
        desk_begin(&desk, "root");
        desk_bind(&desk, "lone", "lone@example.com", SIGNET_BINDING_USER);
        desk_bind(&desk, "nobody", "b@example.org", SIGNET_BINDING_USER);
        for (size_t n = 0; status != SIGNET_OK; n++) {
            fault_begin(n);
            status = signet_message_verify(desk.context, mail, desk.pool, &desk.policy, NULL,
                                           &desk.result);
            fault_end();
            if (status != SIGNET_OK)
                assert_int_equal(status, SIGNET_ERR_MEMORY);
        }
        assert_int_equal(signet_message_result_verdict(desk.result), verdicts[i]);
        desk_end(&desk);
    }
}

SG_TEST_MAIN(SG_TEST("A-3-6", ties_a_certificate_without_address),
             SG_TEST("A-3-6", ties_a_certificate_of_another_address),
             SG_TEST("A-3-6 E-41", only_the_user_has_a_say), SG_TEST("E-39", pins_what_has_no_path),
             SG_TEST("E-39", a_pin_excuses_nothing_else),
             SG_TEST("E-39", a_pin_does_not_replace_a_path),
             SG_TEST("E-39", pins_for_an_address_that_is_given),
             SG_TEST("", survives_every_failing_allocation))
