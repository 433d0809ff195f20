/* SPDX-License-Identifier: Apache-2.0 */
/* Every allocation of ours fails once: nothing is half done, and nothing is lost. SQLite's own
 * memory is not touched: how it is got is global to the process. */
#include "fault.h"
#include "signet/intake.h"
#include "store_scene.h"

static struct scene scene;

static enum signet_status add_all(void)
{
    static const char *const names[] = {"alice", "bob", "umlaut"};
    struct signet_certificate *certificates[SG_NUM(names)];
    struct signet_crl *crl = scene_crl("crl-long");
    enum signet_status status = SIGNET_OK;
    size_t n = 0;
    for (size_t i = 0; i < SG_NUM(names); i++)
        certificates[i] = scene_certificate(names[i]);
    do {
        fault_begin(n++);
        status = signet_store_begin(scene.store);
        for (size_t i = 0; i < SG_NUM(names) && status == SIGNET_OK; i++)
            status =
                signet_store_add_certificate(scene.store, certificates[i], &scene_origin, NULL);
        if (status == SIGNET_OK)
            status = signet_store_add_crl(scene.store, crl, &scene_origin, NULL);
        if (status == SIGNET_OK)
            status = signet_store_commit(scene.store);
        else
            signet_store_rollback(scene.store);
        fault_end();
        assert_true(status == SIGNET_OK || status == SIGNET_ERR_MEMORY);
    } while (status != SIGNET_OK);
    assert_true(n > 5);
    for (size_t i = 0; i < SG_NUM(names); i++)
        signet_certificate_unref(certificates[i]);
    signet_crl_unref(crl);
    return status;
}

static void adds_all_or_nothing(void **state)
{
    struct signet_store_counts counts;
    size_t num;
    (void)state;
    scene_begin(&scene, &sg_store_sqlite);
    assert_int_equal(add_all(), SIGNET_OK);
    assert_int_equal(signet_store_count(scene.store, &counts), SIGNET_OK);
    assert_int_equal(counts.certificates, 3);
    assert_int_equal(counts.crls, 1);
    assert_int_equal(signet_store_check(scene.store, false, NULL, NULL, NULL, &num), SIGNET_OK);
    assert_int_equal(num, 0);
    scene_end(&scene);
}

/* A change that failed within a transaction cannot be committed with the others. */
static void does_not_commit_what_broke(void **state)
{
    struct signet_certificate *alice = scene_certificate("alice");
    struct signet_store_counts counts;
    (void)state;
    scene_begin(&scene, &sg_store_sqlite);
    for (size_t n = 0;; n++) {
        assert_int_equal(signet_store_begin(scene.store), SIGNET_OK);
        scene_add(&scene, "bob");
        fault_begin(n);
        enum signet_status status =
            signet_store_add_certificate(scene.store, alice, &scene_origin, NULL);
        fault_end();
        if (status == SIGNET_OK)
            break;
        assert_int_equal(status, SIGNET_ERR_MEMORY);
        assert_int_equal(signet_store_count(scene.store, &counts), SIGNET_ERR_MEMORY);
        assert_int_equal(signet_store_commit(scene.store), SIGNET_ERR_MEMORY);
        assert_int_equal(signet_store_count(scene.store, &counts), SIGNET_OK);
        assert_int_equal(counts.certificates, 0);
    }
    assert_int_equal(signet_store_commit(scene.store), SIGNET_OK);
    assert_int_equal(signet_store_count(scene.store, &counts), SIGNET_OK);
    assert_int_equal(counts.certificates, 2);
    signet_certificate_unref(alice);
    scene_end(&scene);
}

static enum signet_status take_binding(void *context, const struct signet_binding *binding)
{
    (void)binding;
    ++*(size_t *)context;
    return SIGNET_OK;
}

static enum signet_status take_key(void *context, const struct signet_stored_key *key)
{
    (void)key;
    ++*(size_t *)context;
    return SIGNET_OK;
}

static enum signet_status use(size_t *found)
{
    const struct signet_store_query query = {.address = "alice@example.com", .text = "alice"};
    struct scene_found record = {.answer = SIGNET_OK};
    struct signet_capabilities capabilities;
    struct signet_source source;
    const struct signet_span any = {NULL, 0};
    bool flag;
    *found = 0;
    enum signet_status status = signet_store_find(scene.store, &query, scene_take, &record, NULL);
    if (status == SIGNET_OK)
        status = signet_store_bindings(scene.store, NULL, any, take_binding, found);
    if (status == SIGNET_OK)
        status = signet_store_keys(scene.store, any, take_key, found);
    if (status == SIGNET_OK)
        status = signet_store_capabilities(scene.store, "alice@example.com", &capabilities, &flag);
    if (status == SIGNET_OK)
        status = signet_store_source(scene.store, "http://a/", &source, &flag);
    if (status == SIGNET_OK)
        status = signet_store_check(scene.store, true, NULL, NULL, NULL, NULL);
    *found += record.num;
    return status;
}

static void finds_all_or_says_so(void **state)
{
    size_t n = 0, found = 0;
    enum signet_status status;
    (void)state;
    scene_begin(&scene, &sg_store_sqlite);
    scene_fill(&scene);
    scene_trust(&scene, "alice");
    scene_bind(&scene, "a@example.com", "alice", SIGNET_BINDING_USER, "why");
    const struct signet_stored_key key = {scene_sha256("alice"), hex("30 00"), NULL, 5};
    const struct signet_capabilities capabilities = {
        "alice@example.com", hex("30 00"), {NULL, 0}, 1};
    const struct signet_source source = {"http://a/", "", "", 1, 2, "", {NULL, 0}};
    assert_int_equal(signet_store_add_key(scene.store, &key), SIGNET_OK);
    assert_int_equal(signet_store_learn_capabilities(scene.store, &capabilities, NULL), SIGNET_OK);
    assert_int_equal(signet_store_set_source(scene.store, &source), SIGNET_OK);
    do {
        fault_begin(n++);
        status = use(&found);
        fault_end();
        assert_true(status == SIGNET_OK || status == SIGNET_ERR_MEMORY);
    } while (status != SIGNET_OK);
    assert_true(n > 20);
    assert_int_equal(found, 4);
    scene_end(&scene);
}

static void opens_and_changes_or_says_so(void **state)
{
    size_t n = 0, num;
    enum signet_status status;
    (void)state;
    scene_begin(&scene, &sg_store_sqlite);
    scene_fill(&scene);
    signet_store_close(scene.store);
    const struct signet_binding binding = {"a@example.com", scene_sha256("bob"),
                                           SIGNET_BINDING_USER, "", 1};
    do {
        fault_begin(n++);
        status = signet_store_open(scene.file, SIGNET_STORE_WRITE, 0, &scene.store);
        if (status == SIGNET_OK)
            status = signet_store_bind(scene.store, &binding);
        if (status == SIGNET_OK)
            status = signet_store_unbind(scene.store, "a@example.com", binding.sha256, &num);
        if (status == SIGNET_OK)
            status =
                signet_store_remove(scene.store, SIGNET_RECORD_CERTIFICATE, binding.sha256, NULL);
        fault_end();
        assert_true(status == SIGNET_OK || status == SIGNET_ERR_MEMORY);
        if (status != SIGNET_OK)
            signet_store_close(scene.store);
    } while (status != SIGNET_OK);
    assert_int_equal(signet_store_check(scene.store, false, NULL, NULL, NULL, &num), SIGNET_OK);
    assert_int_equal(num, 0);
    scene_end(&scene);
}

static void count_flaw(void *context, const struct signet_store_flaw *flaw)
{
    assert_true(flaw->text[0] != '\0');
    ++*(size_t *)context;
}

/* Rows without their object, and what is remembered of a key that has not signed. */
static void put_flaws(void)
{
    const struct sg_store_binding binding = {
        4711, "x@example.com", "x@example.com", SIGNET_BINDING_USER, "", 1};
    struct signet_store *store = scene.store;
    struct sg_arena arena;
    struct signet_span keys;
    int64_t alice;
    sg_arena_init(&arena, SIZE_MAX);
    assert_int_equal(
        sg_store_object_find(store, SIGNET_RECORD_CERTIFICATE, scene_sha256("alice"), &alice),
        SIGNET_OK);
    assert_int_equal(scene.backend->binding_put(store->db, &binding), SIGNET_OK);
    assert_int_equal(scene.backend->crl_put_part(store->db, 4711, 0, hex("00")), SIGNET_OK);
    assert_int_equal(scene.backend->key_put(store->db, 5, alice), SIGNET_OK);
    assert_int_equal(scene.backend->fact_put(store->db, alice, hex("00")), SIGNET_OK);
    assert_int_equal(scene.backend->fact_list(store->db, alice, &arena, &keys), SIGNET_OK);
    assert_int_equal(keys.len, 0);
    assert_int_equal(scene.backend->fact_put(store->db, 4711, scene_sha256("root")), SIGNET_OK);
    assert_int_equal(scene.backend->fact_put(store->db, alice, scene_sha256("root")), SIGNET_OK);
    sg_arena_clear(&arena);
}

static void checks_all_or_says_so(void **state)
{
    struct signet_signature_counts counts;
    size_t n = 0, num;
    enum signet_status status;
    (void)state;
    scene_begin(&scene, &sg_store_sqlite);
    scene_fill(&scene);
    put_flaws();
    do {
        num = 0;
        fault_begin(n++);
        status = signet_store_check(scene.store, false, count_flaw, &num, NULL, NULL);
        if (status == SIGNET_OK)
            status = signet_store_check_signatures(scene.store, false, NULL, NULL, NULL, &counts);
        fault_end();
        assert_true(status == SIGNET_OK || status == SIGNET_ERR_MEMORY);
    } while (status != SIGNET_OK);
    assert_true(n > 20);
    assert_int_equal(num, 4);
    assert_int_equal(counts.num_facts_left, 1);
    assert_int_equal(counts.num_attribute_certificates, 1);
    assert_true(counts.proofs[SIGNET_PROOF_VERIFIED] > 3);
    assert_int_equal(counts.num_unreadable, 0);
    scene_end(&scene);
}

SG_TEST_MAIN(SG_TEST("", checks_all_or_says_so), SG_TEST("", adds_all_or_nothing),
             SG_TEST("", does_not_commit_what_broke), SG_TEST("", finds_all_or_says_so),
             SG_TEST("", opens_and_changes_or_says_so))
