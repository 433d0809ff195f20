/* SPDX-License-Identifier: Apache-2.0 */
#include "store_scene.h"

/* --- anchors */

CONTRACT(trusts_on_terms_and_remembers_why)
{
    static const char *const policies[] = {"1.2.3.4", "2.5.29.32.0"};
    struct signet_certificate *root = scene_certificate("root");
    const struct signet_origin origin = {SIGNET_ORIGIN_SYSTEM, "libnssckbi.so", 12345};
    struct signet_anchor_terms terms;
    signet_anchor_terms_init(&terms);
    terms.purposes = SIGNET_ANCHOR_SIGN;
    terms.purpose_unknown = true;
    terms.honour_constraints = true;
    terms.distrust_after = 999;
    terms.permitted_subtrees = hex("30 02 05 00");
    terms.policies = policies;
    terms.num_policies = 2;
    terms.inhibit_any_policy = true;
    terms.has_revocation = true;
    terms.revocation = SIGNET_REVOCATION_PREFER;
    assert_int_equal(signet_store_trust(scene->store, root, &terms, "by phone", &origin),
                     SIGNET_OK);
    scene_reopen(scene, SIGNET_STORE_READ);

    struct sg_store_anchor anchor;
    struct sg_arena arena;
    int64_t id;
    sg_arena_init(&arena, SIZE_MAX);
    assert_int_equal(sg_store_object_find(scene->store, SIGNET_RECORD_CERTIFICATE,
                                          signet_certificate_sha256(root), &id),
                     SIGNET_OK);
    assert_int_not_equal(id, 0);
    assert_int_equal(scene->backend->anchor_get(scene->store->db, id, &arena, &anchor), SIGNET_OK);
    assert_int_equal(anchor.object, id);
    const struct signet_anchor_terms *got = &anchor.anchor.terms;
    assert_int_equal(got->purposes, SIGNET_ANCHOR_SIGN);
    assert_true(got->purpose_unknown && got->honour_constraints && got->inhibit_any_policy);
    assert_false(got->require_explicit_policy || got->inhibit_policy_mapping);
    assert_int_equal(got->distrust_after, 999);
    assert_span_equal(got->permitted_subtrees, terms.permitted_subtrees);
    assert_null(got->excluded_subtrees.ptr);
    assert_int_equal(got->num_policies, 2);
    assert_string_equal(got->policies[0], policies[0]);
    assert_string_equal(got->policies[1], policies[1]);
    assert_true(got->has_revocation);
    assert_int_equal(got->revocation, SIGNET_REVOCATION_PREFER);
    assert_string_equal(anchor.anchor.why, "by phone");
    assert_int_equal(anchor.anchor.origin.kind, SIGNET_ORIGIN_SYSTEM);
    assert_string_equal(anchor.anchor.origin.detail, "libnssckbi.so");
    assert_int_equal(anchor.anchor.origin.since, 12345);
    assert_true(anchor.anchor.distrusted == SIGNET_TIME_UNKNOWN);
    sg_arena_clear(&arena);
    signet_certificate_unref(root);
}

CONTRACT(takes_plain_terms_as_they_are)
{
    struct sg_store_anchor anchor;
    struct sg_arena arena;
    int64_t id;
    sg_arena_init(&arena, SIZE_MAX);
    scene_trust(scene, "root");
    assert_int_equal(
        sg_store_object_find(scene->store, SIGNET_RECORD_CERTIFICATE, scene_sha256("root"), &id),
        SIGNET_OK);
    assert_int_equal(scene->backend->anchor_get(scene->store->db, id, &arena, &anchor), SIGNET_OK);
    assert_int_equal(anchor.anchor.terms.purposes, SIGNET_ANCHOR_MAIL);
    assert_true(anchor.anchor.terms.distrust_after == SIGNET_TIME_UNKNOWN);
    assert_false(anchor.anchor.terms.has_revocation);
    assert_int_equal(anchor.anchor.terms.num_policies, 0);
    assert_int_equal(scene->backend->anchor_get(scene->store->db, id + 1, &arena, &anchor),
                     SIGNET_OK);
    assert_int_equal(anchor.object, 0);
    sg_arena_clear(&arena);
}

CONTRACT(storing_is_not_trusting)
{
    const struct signet_store_query anchors = {.anchors = true};
    scene_fill(scene);
    assert_int_equal(scene_find(scene, &anchors).num, 0);
    scene_trust(scene, "root");
    struct scene_found found = scene_find(scene, &anchors);
    assert_string_equal(found.names, "root");
    assert_string_equal(found.why, "met her");
}

CONTRACT(distrusts_and_does_not_forget)
{
    const struct signet_store_query anchors = {.anchors = true};
    const struct signet_store_query this = {.sha256 = scene_sha256("root")};
    bool found;
    scene_trust(scene, "root");
    assert_int_equal(signet_store_distrust(scene->store, scene_sha256("alice"), "", 5, &found),
                     SIGNET_OK);
    assert_false(found);
    assert_int_equal(
        signet_store_distrust(scene->store, scene_sha256("root"), "caught lying", 5000, &found),
        SIGNET_OK);
    assert_true(found);
    assert_int_equal(
        signet_store_distrust(scene->store, scene_sha256("root"), "again", 6000, &found),
        SIGNET_OK);
    assert_false(found);
    assert_int_equal(scene_find(scene, &anchors).num, 0);
    struct scene_found record = scene_find(scene, &this);
    assert_true(record.anchor);
    assert_int_equal(record.distrusted, 5000);
    assert_string_equal(record.why, "caught lying");

    /* A bundle does not bring it back, the user does. */
    struct signet_certificate *root = scene_certificate("root");
    const struct signet_origin system = {SIGNET_ORIGIN_SYSTEM, "bundle", 7000};
    struct signet_anchor_terms terms;
    signet_anchor_terms_init(&terms);
    assert_int_equal(signet_store_trust(scene->store, root, &terms, "", &system), SIGNET_OK);
    signet_certificate_unref(root);
    assert_int_equal(scene_find(scene, &anchors).num, 0);
    scene_trust(scene, "root");
    assert_string_equal(scene_find(scene, &anchors).names, "root");
    assert_true(scene_find(scene, &this).distrusted == SIGNET_TIME_UNKNOWN);
}

/* --- bindings */

struct bindings {
    char text[1000]; /* "address kind why since name; …" */
};

static enum signet_status take_binding(void *context, const struct signet_binding *binding)
{
    struct bindings *bindings = context;
    size_t len = strlen(bindings->text);
    const char *name = "?";
    static const char *const people[] = {"alice", "renewed", "bob", "root"};
    for (size_t i = 0; i < SG_NUM(people); i++) {
        if (sg_span_equal(scene_sha256(people[i]), binding->sha256))
            name = people[i];
    }
    snprintf(bindings->text + len, sizeof(bindings->text) - len, "%s%s %s %s %lld %s",
             len > 0 ? "; " : "", binding->address, signet_binding_kind_name(binding->kind),
             binding->why, (long long)binding->since, name);
    return SIGNET_OK;
}

static void expect_bindings(struct scene *scene, const char *address, struct signet_span sha256,
                            const char *text)
{
    struct bindings bindings = {""};
    assert_int_equal(signet_store_bindings(scene->store, address, sha256, take_binding, &bindings),
                     SIGNET_OK);
    assert_string_equal(bindings.text, text);
}

static const struct signet_span any = {NULL, 0};

CONTRACT(binds_addresses_and_finds_by_them)
{
    scene_fill(scene);
    scene_bind(scene, "Me@Example.com", "alice", SIGNET_BINDING_USER, "she said so");
    scene_bind(scene, "me@example.com", "bob", SIGNET_BINDING_PROVED, "signed");
    expect_bindings(scene, "ME@EXAMPLE.COM", any,
                    "Me@Example.com user she said so 2000 alice; me@example.com proved signed 2000 "
                    "bob");
    expect_bindings(scene, "me@example.com", scene_sha256("bob"),
                    "me@example.com proved signed 2000 bob");
    expect_bindings(scene, NULL, scene_sha256("alice"),
                    "Me@Example.com user she said so 2000 alice");
    expect_bindings(scene, NULL, scene_sha256("root"), "");
    expect_bindings(scene, "not an address", any, "");
    struct scene_found found =
        scene_find(scene, &(struct signet_store_query){.address = "me@example.com"});
    assert_int_equal(found.num, 2);
    found = scene_find(scene, &(struct signet_store_query){.text = "ME@EXAMPLE"});
    assert_int_equal(found.num, 2);
}

CONTRACT(lets_no_weaker_binding_replace_a_stronger_one)
{
    scene_fill(scene);
    scene_bind(scene, "a@example.com", "alice", SIGNET_BINDING_FETCHED, "directory");
    scene_bind(scene, "a@example.com", "alice", SIGNET_BINDING_PROVED, "message");
    scene_bind(scene, "a@example.com", "alice", SIGNET_BINDING_FETCHED, "directory again");
    expect_bindings(scene, NULL, any, "a@example.com fetched directory 2000 alice");
    scene_bind(scene, "a@example.com", "alice", SIGNET_BINDING_USER, "phone");
    scene_bind(scene, "a@example.com", "alice", SIGNET_BINDING_FETCHED, "directory");
    expect_bindings(scene, NULL, any, "a@example.com user phone 2000 alice");
    scene_bind(scene, "a@example.com", "alice", SIGNET_BINDING_USER, "in person");
    expect_bindings(scene, NULL, any, "a@example.com user in person 2000 alice");
}

CONTRACT(binds_only_what_is_there_and_an_address)
{
    scene_add(scene, "alice");
    struct signet_binding binding = {"a@example.com", scene_sha256("bob"), SIGNET_BINDING_USER, "",
                                     1};
    assert_int_equal(signet_store_bind(scene->store, &binding), SIGNET_ERR_ARGUMENT);
    binding = (struct signet_binding){"Alice <a@example.com>", scene_sha256("alice"),
                                      SIGNET_BINDING_USER, "", 1};
    assert_int_equal(signet_store_bind(scene->store, &binding), SIGNET_ERR_ARGUMENT);
    binding = (struct signet_binding){"a@example.com", hex("00"), SIGNET_BINDING_USER, "", 1};
    assert_int_equal(signet_store_bind(scene->store, &binding), SIGNET_ERR_ARGUMENT);
    expect_bindings(scene, NULL, any, "");
}

CONTRACT(unbinds)
{
    const struct signet_store_query alice = {.address = "alice@example.com"};
    size_t num;
    scene_fill(scene);
    scene_bind(scene, "alice@example.com", "alice", SIGNET_BINDING_USER, "");
    scene_bind(scene, "alice@example.com", "bob", SIGNET_BINDING_USER, "");
    scene_bind(scene, "alice@example.com", "root", SIGNET_BINDING_USER, "");
    assert_int_equal(scene_find(scene, &alice).num, 4);
    assert_int_equal(
        signet_store_unbind(scene->store, "Alice@example.com", scene_sha256("bob"), &num),
        SIGNET_OK);
    assert_int_equal(num, 1);
    assert_int_equal(signet_store_unbind(scene->store, "alice@example.com", any, &num), SIGNET_OK);
    assert_int_equal(num, 2);
    assert_int_equal(signet_store_unbind(scene->store, "alice@example.com", any, &num), SIGNET_OK);
    assert_int_equal(num, 0);
    /* Those that have the address themselves are still found by it. */
    assert_int_equal(scene_find(scene, &alice).num, 2);
    assert_int_equal(signet_store_unbind(scene->store, "nobody", any, &num), SIGNET_ERR_ARGUMENT);
}

SG_TEST_MAIN(SG_TEST("A-2.3-9", trusts_on_terms_and_remembers_why),
             SG_TEST("", takes_plain_terms_as_they_are),
             SG_TEST("E-41 A-2.3-9", storing_is_not_trusting),
             SG_TEST("A-2.3-9", distrusts_and_does_not_forget),
             SG_TEST("A-4-4 A-4-5", binds_addresses_and_finds_by_them),
             SG_TEST("E-41", lets_no_weaker_binding_replace_a_stronger_one),
             SG_TEST("E-41", binds_only_what_is_there_and_an_address), SG_TEST("A-4-5", unbinds))
