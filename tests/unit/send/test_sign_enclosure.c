/* SPDX-License-Identifier: Apache-2.0 */
#include "sign_scene.h"

/* What goes along is NAMES, ended by NULL, and nothing else. */
static void expect_chain(const struct scene *scene, const char *const *names)
{
    size_t num, num_names = 0;
    const struct signet_certificate *const *chain = signet_sign_plan_chain(scene->plan, &num);
    for (; names[num_names] != NULL; num_names++) {
        bool found = false;
        for (size_t i = 0; i < num; i++)
            found |= is_certificate(chain[i], names[num_names]);
        if (!found)
            fail_msg("%s does not go along", names[num_names]);
    }
    assert_int_equal(num, num_names);
    if (num > 0)
        assert_true(is_certificate(chain[0], names[0]));
}

#define EXPECT_CHAIN(scene, ...) expect_chain((scene), (const char *const[]){__VA_ARGS__, NULL})

static void sends_the_chain_up_to_but_not_with_the_anchor(void **state)
{
    struct scene scene;
    (void)state;
    scene_begin(&scene);
    scene_own(&scene, "alice");
    scene_must_plan(&scene, ALICES_MAIL);
    EXPECT_CHAIN(&scene, "alice", "ca", "middle");
    scene.options.include_root = true;
    scene_must_plan(&scene, ALICES_MAIL);
    EXPECT_CHAIN(&scene, "alice", "ca", "middle", "root");
    scene.options.no_certificates = true;
    scene_must_plan(&scene, ALICES_MAIL);
    expect_chain(&scene, (const char *const[]){NULL});
    assert_true(signet_sign_plan_ready(scene.plan));
    scene_end(&scene);
}

static void sends_all_certificates_for_the_keys_of_the_user(void **state)
{
    struct scene scene;
    (void)state;
    scene_begin(&scene);
    scene_own(&scene, "encrypting");
    scene_own(&scene, "again"); /* an older one for the same key */
    scene_own(&scene, "alice");
    scene_own(&scene, "revoked");
    scene_own(&scene, "bob");
    scene.own[scene.num_own] = scene_certificate("elsewhere");
    scene.num_own++;
    scene_must_plan(&scene, ALICES_MAIL);
    size_t num;
    assert_true(signet_sign_plan_ready(scene.plan));
    const char *first =
        is_certificate(signet_sign_plan_candidates(scene.plan, &num)[0].certificate, "again")
            ? "again"
            : "alice";
    const char *second = strcmp(first, "alice") == 0 ? "again" : "alice";
    EXPECT_CHAIN(&scene, first, second, "encrypting", "ca", "middle");
    assert_true(is_certificate(signet_sign_plan_encrypt_to(scene.plan), "encrypting"));
    scene_end(&scene);
}

static void prefers_the_own_certificate_where_it_can_be_encrypted_to(void **state)
{
    struct scene scene;
    (void)state;
    scene_begin(&scene);
    scene_own(&scene, "encrypting");
    scene_own(&scene, "rsa");
    scene_must_plan(&scene, ALICES_MAIL);
    assert_true(is_certificate(signet_sign_plan_encrypt_to(scene.plan), "rsa"));
    scene_drop_own(&scene);
    scene_own(&scene, "alice");
    scene_must_plan(&scene, ALICES_MAIL);
    assert_null(signet_sign_plan_encrypt_to(scene.plan));
    scene_end(&scene);
}

static void sends_the_root_by_itself_where_dsa_parameters_stand_only_there(void **state)
{
    struct scene scene;
    (void)state;
    scene_begin_bare(&scene);
    scene_add_anchor(&scene, "dsa-root");
    scene_add(&scene, "dsa-ca");
    scene_add_crl(&scene, "dsa-root.crl");
    scene_add_crl(&scene, "dsa-ca.crl");
    scene_own(&scene, "under-dsa");
    scene.options.forced = SIGNET_FORCE_WEAK;
    scene_must_plan(&scene, ALICES_MAIL);
    assert_true(signet_sign_plan_ready(scene.plan));
    EXPECT_CHAIN(&scene, "under-dsa", "dsa-ca", "dsa-root");
    assert_true(scene_has_finding(&scene, "goes along, as the DSA parameters"));
    scene_end(&scene);
}

static void says_when_a_root_cannot_go_along(void **state)
{
    struct scene scene;
    struct signet_certificate *root = scene_certificate("root");
    (void)state;
    scene_begin_bare(&scene);
    assert_int_equal(
        signet_pool_add_anchor_key(scene.pool, root->subject.der, root->spki.full, NULL, NULL),
        SIGNET_OK);
    signet_certificate_unref(root);
    scene_add(&scene, "middle");
    scene_add(&scene, "ca");
    scene.policy.revocation = SIGNET_REVOCATION_OFF;
    scene_own(&scene, "alice");
    scene.options.include_root = true;
    scene_must_plan(&scene, ALICES_MAIL);
    assert_true(signet_sign_plan_ready(scene.plan));
    EXPECT_CHAIN(&scene, "alice", "ca", "middle");
    assert_true(scene_has_finding(&scene, "cannot go along"));
    scene_end(&scene);
}

static void leaves_roots_out_of_a_chain_without_an_anchor(void **state)
{
    struct scene scene;
    (void)state;
    scene_begin(&scene);
    scene_add(&scene, "elsewhere");
    scene_own(&scene, "stray");
    scene.options.forced = SIGNET_FORCE_PATH | SIGNET_FORCE_REVOCATION;
    scene_must_plan(&scene, ALICES_MAIL);
    assert_true(signet_sign_plan_ready(scene.plan));
    EXPECT_CHAIN(&scene, "stray");
    scene.options.include_root = true;
    scene_must_plan(&scene, ALICES_MAIL);
    EXPECT_CHAIN(&scene, "stray", "elsewhere");
    scene_end(&scene);
}

static void sends_crls_when_asked_for(void **state)
{
    static const char *const names[] = {"root.crl", "middle.crl", "ca.crl"};
    struct scene scene;
    size_t num;
    (void)state;
    scene_begin(&scene);
    scene_own(&scene, "alice");
    scene_must_plan(&scene, ALICES_MAIL);
    signet_sign_plan_crls(scene.plan, &num);
    assert_int_equal(num, 0);
    scene.options.include_crls = true;
    scene_must_plan(&scene, ALICES_MAIL);
    const struct signet_crl *const *crls = signet_sign_plan_crls(scene.plan, &num);
    assert_int_equal(num, SG_NUM(names));
    for (size_t i = 0; i < SG_NUM(names); i++) {
        bool found = false;
        for (size_t k = 0; k < num; k++)
            found |= sg_span_equal(signet_crl_der(crls[k]), scene_octets(names[i]));
        assert_true(found);
    }
    scene_end(&scene);
}

static struct signet_attribute_certificate *attribute_certificate(const char *name)
{
    struct signet_attribute_certificate *certificate;
    assert_int_equal(signet_attribute_certificate_parse(scene_octets(name), &certificate, NULL),
                     SIGNET_OK);
    return certificate;
}

static void sends_no_attribute_certificate_of_version_1(void **state)
{
    struct signet_attribute_certificate *v1 = attribute_certificate("ac-v1"),
                                        *v2 = attribute_certificate("ac");
    const struct signet_attribute_certificate *both[] = {v2, v1};
    struct scene scene;
    struct sg_buffer out;
    (void)state;
    scene_begin(&scene);
    scene_own(&scene, "alice");
    scene.options.attribute_certificates = both;
    scene.options.num_attribute_certificates = 2;
    scene.options.forced = ~0u;
    scene_must_plan(&scene, ALICES_MAIL);
    assert_false(signet_sign_plan_ready(scene.plan));
    assert_true(scene_has_finding(&scene, "attribute certificate 2 is of version 1"));
    assert_int_equal(scene_write(&scene, "alice", &out), SIGNET_ERR_ARGUMENT);
    sg_buffer_free(&out);
    scene.options.num_attribute_certificates = 1;
    scene_must_plan(&scene, ALICES_MAIL);
    assert_int_equal(scene_write(&scene, "alice", &out), SIGNET_OK);
    sg_buffer_free(&out);
    scene_end(&scene);
    signet_attribute_certificate_unref(v1);
    signet_attribute_certificate_unref(v2);
}

SG_TEST_MAIN(SG_TEST("A-2.3-5 A-2.3-7a A-2.3-7b A-2.3-3",
                     sends_the_chain_up_to_but_not_with_the_anchor),
             SG_TEST("A-2.3-2", sends_all_certificates_for_the_keys_of_the_user),
             SG_TEST("A-2.3-2", prefers_the_own_certificate_where_it_can_be_encrypted_to),
             SG_TEST("A-2.3-10", sends_the_root_by_itself_where_dsa_parameters_stand_only_there),
             SG_TEST("A-2.3-7a", says_when_a_root_cannot_go_along),
             SG_TEST("A-2.3-5", leaves_roots_out_of_a_chain_without_an_anchor),
             SG_TEST("A-2.1-2", sends_crls_when_asked_for),
             SG_TEST("A-2.2.1-2 A-1.4-1", sends_no_attribute_certificate_of_version_1))
