/* SPDX-License-Identifier: Apache-2.0 */
#include "fault.h"
#include "sign_scene.h"

static void chooses_the_newest_by_the_sender_and_says_why_not_the_others(void **state)
{
    static const struct {
        const char *name, *why;
    } rows[] = {
        {"renewed", "the newest of those that can be used"},
        {"alice", "replaced: a newer one is valid until"},
        {"expired", "expired on 2026-02-21"},
        {"early", "not valid before 2026-07-01"},
        {"revoked", "revoked on 2026-05-22"},
        {"encrypting", "cannot be used for signing: key usage"},
        {"web", "cannot be used for signing: extended key usage"},
        {"stray", "nothing proves it: no path to an anchor"},
        {"dsa", "nothing new is signed with a DSA key"},
        {"bob", "it is for bob@example.com, not for alice@example.com"},
        {"nameless", "another one has the better verdict: GOOD, this one WARN"},
    };
    struct scene scene;
    size_t num;
    (void)state;
    scene_begin(&scene);
    for (size_t i = SG_NUM(rows); i > 0; i--)
        scene_own(&scene, rows[i - 1].name);
    scene_must_plan(&scene, ALICES_MAIL);
    const struct signet_sign_candidate *all = signet_sign_plan_candidates(scene.plan, &num);
    assert_int_equal(num, SG_NUM(rows));
    assert_true(is_certificate(all[0].certificate, "renewed"));
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        const char *why = scene_candidate(&scene, rows[i].name)->why;
        if (strncmp(why, rows[i].why, strlen(rows[i].why)) != 0)
            fail_msg("%s: \"%s\"", rows[i].name, why);
    }
    assert_true(signet_sign_plan_ready(scene.plan));
    assert_int_equal(signet_sign_plan_against(scene.plan), 0);
    assert_string_equal(signet_sign_plan_algorithm(scene.plan), "SHA-256 with ECDSA, key EC P-256");
    scene_end(&scene);
}

/* From and its like in every place they may stand. */
static void matches_the_sender_as_recipients_do(void **state)
{
#define BODY "\r\nMIME-Version: 1.0\r\n\r\nHello.\r\n"
    static const struct {
        const char *message;
        bool ready;
        const char *why;
    } rows[] = {
        {"From: alice@example.com" BODY, true, "the only one"},
        {"From: ALICE@EXAMPLE.COM" BODY, true, "the only one"},
        {"From: boss@example.com\r\nSender: alice@example.com" BODY, true, "the only one"},
        {"From: bob@example.com" BODY, false,
         "it is for alice@example.com, not for bob@example.com"},
        {"From: bob@example.com (alice@example.com)" BODY, false,
         "it is for alice@example.com, not"},
        {"From: alice@example.com\r\nFrom: bob@example.com" BODY, false, "it is for"},
        {"From: not an address" BODY, false, "it is for"},
    };
    struct scene scene;
    (void)state;
    scene_begin(&scene);
    scene_own(&scene, "alice");
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        scene_must_plan(&scene, rows[i].message);
        const char *why = scene_candidate(&scene, "alice")->why;
        if (strncmp(why, rows[i].why, strlen(rows[i].why)) != 0)
            fail_msg("%s: \"%s\"", rows[i].message, why);
        assert_int_equal(signet_sign_plan_ready(scene.plan), rows[i].ready);
        assert_int_equal(signet_sign_plan_against(scene.plan),
                         rows[i].ready ? 0 : SIGNET_FORCE_ADDRESS);
    }
    scene_end(&scene);
}

static void refuses_each_reason_unless_that_one_is_forced(void **state)
{
    static const struct {
        const char *name;
        unsigned force;
        const char *finding;
    } rows[] = {
        {"bob", SIGNET_FORCE_ADDRESS, "the sender alice@example.com is not in"},
        {"expired", SIGNET_FORCE_VALIDITY, "expired"},
        {"early", SIGNET_FORCE_VALIDITY, "is valid from 2026-07-01"},
        {"revoked", SIGNET_FORCE_REVOCATION, "revoked"},
        {"encrypting", SIGNET_FORCE_USAGE, "neither digitalSignature nor nonRepudiation"},
        {"web", SIGNET_FORCE_USAGE, "neither emailProtection nor anyExtendedKeyUsage"},
        {"short", SIGNET_FORCE_WEAK, "has only 1024 bits"},
        {"stray", SIGNET_FORCE_PATH, "anchor"},
    };
    struct scene scene;
    struct sg_buffer out;
    (void)state;
    scene_begin(&scene);
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        scene_own(&scene, rows[i].name);
        scene.options.forced = ~rows[i].force;
        scene_must_plan(&scene, ALICES_MAIL);
        if (signet_sign_plan_ready(scene.plan) || !scene_has_finding(&scene, rows[i].finding))
            fail_msg("%s", rows[i].name);
        assert_int_equal(signet_sign_plan_against(scene.plan), rows[i].force);
        assert_int_equal(scene_write(&scene, rows[i].name, &out), SIGNET_ERR_ARGUMENT);
        assert_int_equal(out.len, 0);
        sg_buffer_free(&out);

        scene.options.forced = rows[i].force;
        scene_must_plan(&scene, ALICES_MAIL);
        assert_int_equal(signet_sign_plan_against(scene.plan), 0);
        if (!signet_sign_plan_ready(scene.plan) || !scene_has_finding(&scene, "set aside") ||
            !scene_has_finding(&scene, rows[i].finding))
            fail_msg("%s forced", rows[i].name);
        assert_non_null(strstr(scene_candidate(&scene, rows[i].name)->why, "taken all the same: "));
        assert_int_equal(scene_write(&scene, rows[i].name, &out), SIGNET_OK);
        assert_true(out.len > 0);
        sg_buffer_free(&out);
        scene_drop_own(&scene);
    }
    scene_end(&scene);
}

static void signs_with_either_bit_or_without_key_usage(void **state)
{
    static const char *const names[] = {"alice", "repudiable", "usageless"};
    struct scene scene;
    (void)state;
    scene_begin(&scene);
    for (size_t i = 0; i < SG_NUM(names); i++) {
        scene_own(&scene, names[i]);
        scene_must_plan(&scene, ALICES_MAIL);
        assert_true(signet_sign_plan_ready(scene.plan));
        scene_drop_own(&scene);
    }
    scene_own(&scene, "repudiable");
    scene.policy.require_nonrepudiation = true;
    scene_must_plan(&scene, ALICES_MAIL);
    assert_int_equal(signet_sign_plan_against(scene.plan), SIGNET_FORCE_USAGE);
    scene_end(&scene);
}

static void signs_without_an_address_in_the_certificate_but_says_so(void **state)
{
    struct scene scene;
    (void)state;
    scene_begin(&scene);
    scene_own(&scene, "nameless");
    scene_must_plan(&scene, ALICES_MAIL);
    assert_true(signet_sign_plan_ready(scene.plan));
    assert_true(scene_has_finding(&scene, "no mail address"));
    assert_int_equal(scene_candidate(&scene, "nameless")->verdict, SIGNET_VERDICT_WARN);
    scene_end(&scene);
}

static void never_signs_with_a_dsa_key_nor_over_a_digest_unfit_for_the_key(void **state)
{
    struct scene scene;
    (void)state;
    scene_begin(&scene);
    scene.options.forced = ~0u;
    scene_own(&scene, "dsa");
    scene_must_plan(&scene, ALICES_MAIL);
    assert_false(signet_sign_plan_ready(scene.plan));
    assert_true(scene_candidate(&scene, "dsa")->other);
    assert_true(scene_has_finding(&scene, "nothing new is signed with a DSA key"));
    scene_drop_own(&scene);

    scene.options.digest = "sha256";
    scene_own(&scene, "ed25519");
    scene_must_plan(&scene, ALICES_MAIL);
    assert_false(signet_sign_plan_ready(scene.plan));
    assert_true(scene_has_finding(&scene, "does not sign over the digest that is asked for"));
    scene.options.digest = "sha512";
    scene_must_plan(&scene, ALICES_MAIL);
    assert_true(signet_sign_plan_ready(scene.plan));
    assert_string_equal(signet_sign_plan_algorithm(scene.plan), "Ed25519, key Ed25519");

    static const char *const weak[] = {"sha1", "md5", "md2", "sha224", "", "SHA256"};
    for (size_t i = 0; i < SG_NUM(weak); i++) {
        scene.options.digest = weak[i];
        assert_int_equal(scene_plan(&scene, ALICES_MAIL), SIGNET_ERR_ARGUMENT);
    }
    scene_end(&scene);
}

static void names_by_key_identifier_only_where_there_is_one(void **state)
{
    struct scene scene;
    (void)state;
    scene_begin(&scene);
    scene_own(&scene, "no-key-id");
    scene_must_plan(&scene, ALICES_MAIL);
    assert_true(signet_sign_plan_ready(scene.plan));
    scene.options.key_id = true;
    scene_must_plan(&scene, ALICES_MAIL);
    assert_false(signet_sign_plan_ready(scene.plan));
    assert_true(scene_has_finding(&scene, "has no key identifier"));
    scene_end(&scene);
}

static void asks_who_signs_what_has_no_sender(void **state)
{
    static const char entity[] = "Content-Type: text/plain\r\n\r\nHello.\r\n";
    struct scene scene;
    (void)state;
    scene_begin(&scene);
    scene_must_plan(&scene, entity);
    assert_false(signet_sign_plan_ready(scene.plan));
    assert_true(scene_has_finding(&scene, "there is no own certificate to sign with"));
    scene_own(&scene, "alice");
    scene_must_plan(&scene, entity);
    assert_true(signet_sign_plan_ready(scene.plan));
    scene_own(&scene, "bob");
    scene_must_plan(&scene, entity);
    assert_false(signet_sign_plan_ready(scene.plan));
    assert_int_equal(signet_sign_plan_against(scene.plan), 0);
    assert_true(scene_has_finding(&scene, "nothing says who signs"));
    scene.options.from = "bob@example.com";
    scene_must_plan(&scene, entity);
    assert_true(signet_sign_plan_ready(scene.plan));
    assert_int_equal(scene_candidate(&scene, "bob")->against, 0);
    scene_end(&scene);
}

/* What the caller says of the signer does not help where recipients read another From. */
static void holds_a_named_signer_against_the_message(void **state)
{
    struct scene scene;
    (void)state;
    scene_begin(&scene);
    scene_own(&scene, "alice");
    scene_own(&scene, "bob");
    scene.options.from = "bob@example.com";
    scene_must_plan(&scene, ALICES_MAIL);
    assert_false(signet_sign_plan_ready(scene.plan));
    assert_string_equal(scene_candidate(&scene, "alice")->why,
                        "bob@example.com is to sign, and the certificate is not for that address");
    scene.options.forced = SIGNET_FORCE_ADDRESS;
    scene_must_plan(&scene, ALICES_MAIL);
    size_t num;
    assert_true(signet_sign_plan_ready(scene.plan));
    assert_true(
        is_certificate(signet_sign_plan_candidates(scene.plan, &num)[0].certificate, "bob"));
    scene_end(&scene);
}

static void says_why_a_message_cannot_be_sent(void **state)
{
    struct scene scene;
    (void)state;
    scene_begin(&scene);
    scene_own(&scene, "alice");
    assert_int_equal(scene_plan(&scene, "no header at all"), SIGNET_ERR_PARSE);
    assert_non_null(strstr(scene.error.text, "the message cannot be sent: it has no header"));
    scene.options.form = SIGNET_SIGN_BARE;
    scene_must_plan(&scene, "no header at all");
    assert_true(signet_sign_plan_ready(scene.plan));
    scene_end(&scene);
}

static bool has_need(const struct scene *scene, enum signet_need_kind kind)
{
    size_t num;
    const struct signet_need *needs = signet_sign_plan_needs(scene->plan, &num);
    for (size_t i = 0; i < num; i++) {
        if (needs[i].kind == kind && needs[i].missing)
            return true;
    }
    return false;
}

static void plans_again_with_what_was_missing(void **state)
{
    struct scene scene;
    (void)state;
    scene_begin_bare(&scene);
    scene_own(&scene, "expired");
    scene_own(&scene, "alice");
    scene_must_plan(&scene, ALICES_MAIL);
    assert_int_equal(signet_sign_plan_against(scene.plan), SIGNET_FORCE_PATH);
    assert_true(has_need(&scene, SIGNET_NEED_ISSUER));
    scene_add(&scene, "ca");
    scene_add(&scene, "middle");
    scene_add_anchor(&scene, "root");
    assert_int_equal(signet_sign_plan_update(scene.plan), SIGNET_OK);
    assert_int_equal(signet_sign_plan_against(scene.plan), SIGNET_FORCE_REVOCATION);
    assert_true(has_need(&scene, SIGNET_NEED_CRL));
    assert_false(signet_sign_plan_ready(scene.plan));
    scene_add_crl(&scene, "root.crl");
    scene_add_crl(&scene, "middle.crl");
    scene_add_crl(&scene, "ca.crl");
    assert_int_equal(signet_sign_plan_update(scene.plan), SIGNET_OK);
    assert_true(signet_sign_plan_ready(scene.plan));
    assert_false(has_need(&scene, SIGNET_NEED_CRL));
    scene_end(&scene);
}

/* The network is not asked for the sake of a certificate that will not sign. */
static void has_no_needs_for_what_cannot_sign_anyway(void **state)
{
    static const char *const names[] = {"bob", "expired", "web"};
    struct scene scene;
    size_t num;
    (void)state;
    scene_begin_bare(&scene);
    for (size_t i = 0; i < SG_NUM(names); i++)
        scene_own(&scene, names[i]);
    scene_must_plan(&scene, ALICES_MAIL);
    signet_sign_plan_needs(scene.plan, &num);
    assert_int_equal(num, 0);
    scene.options.forced = SIGNET_FORCE_ADDRESS;
    scene_must_plan(&scene, ALICES_MAIL);
    signet_sign_plan_needs(scene.plan, &num);
    assert_true(num > 0);
    scene_end(&scene);
}

static void survives_every_want_of_memory(void **state)
{
    struct scene scene;
    enum signet_status status;
    size_t n = 0;
    (void)state;
    scene_begin(&scene);
    scene_own(&scene, "alice");
    scene_own(&scene, "encrypting");
    scene_own(&scene, "bob");
    for (; fault_begin(n), (status = scene_plan(&scene, ALICES_MAIL)) != SIGNET_OK; n++) {
        fault_end();
        assert_int_equal(status, SIGNET_ERR_MEMORY);
    }
    for (n = 0; fault_begin(n), (status = signet_sign_plan_update(scene.plan)) != SIGNET_OK; n++) {
        fault_end();
        assert_int_equal(status, SIGNET_ERR_MEMORY);
        assert_false(signet_sign_plan_ready(scene.plan));
        scene_must_plan(&scene, ALICES_MAIL);
    }
    fault_end();
    assert_true(signet_sign_plan_ready(scene.plan));
    scene_end(&scene);
}

SG_TEST_MAIN(SG_TEST("A-3-10 A-1-1 A-4.2-3",
                     chooses_the_newest_by_the_sender_and_says_why_not_the_others),
             SG_TEST("A-3-10", matches_the_sender_as_recipients_do),
             SG_TEST("A-3-10 A-1-1 A-4.2-2 A-4.2-3 A-4.4.4-2",
                     refuses_each_reason_unless_that_one_is_forced),
             SG_TEST("A-4.4.4-1", signs_with_either_bit_or_without_key_usage),
             SG_TEST("A-3-6", signs_without_an_address_in_the_certificate_but_says_so),
             SG_TEST("A-5-7", never_signs_with_a_dsa_key_nor_over_a_digest_unfit_for_the_key),
             SG_TEST("", names_by_key_identifier_only_where_there_is_one),
             SG_TEST("A-5-1", asks_who_signs_what_has_no_sender),
             SG_TEST("A-3-10 A-5-1", holds_a_named_signer_against_the_message),
             SG_TEST("", says_why_a_message_cannot_be_sent),
             SG_TEST("A-4.2-6", plans_again_with_what_was_missing),
             SG_TEST("", has_no_needs_for_what_cannot_sign_anyway),
             SG_TEST("", survives_every_want_of_memory))
