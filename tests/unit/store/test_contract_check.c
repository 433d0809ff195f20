/* SPDX-License-Identifier: Apache-2.0 */
#include "store/keys.h"
#include "store_scene.h"
#include "x509/crl.h"

struct flaws {
    size_t num, num_mended, told;
    char text[4000];
};

static void take_flaw(void *context, const struct signet_store_flaw *flaw)
{
    struct flaws *flaws = context;
    size_t len = strlen(flaws->text);
    snprintf(flaws->text + len, sizeof(flaws->text) - len, "%s: %s\n", flaw->object, flaw->text);
    flaws->num_mended += flaw->mended;
    flaws->told++;
}

static struct flaws check(struct scene *scene, bool mend)
{
    struct flaws flaws = {0};
    assert_int_equal(signet_store_check(scene->store, mend, take_flaw, &flaws, NULL, &flaws.num),
                     SIGNET_OK);
    assert_int_equal(flaws.num, flaws.told);
    return flaws;
}

static void expect_clean(struct scene *scene)
{
    struct flaws flaws = check(scene, false);
    if (flaws.num != 0)
        fail_msg("%s", flaws.text);
}

static int64_t object_of(struct scene *scene, const char *name)
{
    int64_t id;
    assert_int_equal(
        sg_store_object_find(scene->store, SIGNET_RECORD_CERTIFICATE, scene_sha256(name), &id),
        SIGNET_OK);
    assert_int_not_equal(id, 0);
    return id;
}

static void fill(struct scene *scene)
{
    scene_fill(scene);
    scene_trust(scene, "root");
    scene_bind(scene, "alice@example.com", "alice", SIGNET_BINDING_USER, "");
    scene_bind(scene, "other@example.com", "alice", SIGNET_BINDING_USER, "");
}

CONTRACT(finds_nothing_wrong_with_what_is_right)
{
    expect_clean(scene);
    fill(scene);
    expect_clean(scene);
    assert_int_equal(check(scene, true).num, 0);
    expect_clean(scene);
    size_t unbound;
    assert_int_equal(signet_store_unbind(scene->store, "alice@example.com",
                                         (struct signet_span){NULL, 0}, &unbound),
                     SIGNET_OK);
    assert_int_equal(
        signet_store_remove(scene->store, SIGNET_RECORD_CERTIFICATE, scene_sha256("bob"), NULL),
        SIGNET_OK);
    expect_clean(scene);
}

CONTRACT(makes_a_lost_index_again)
{
    fill(scene);
    assert_int_equal(scene->backend->key_clear(scene->store->db), SIGNET_OK);
    assert_int_equal(scene_find(scene, &(struct signet_store_query){0}).num, 0);
    struct flaws flaws = check(scene, false);
    assert_int_equal(flaws.num, 13);
    assert_int_equal(flaws.num_mended, 0);
    flaws = check(scene, true);
    assert_int_equal(flaws.num, 13);
    assert_int_equal(flaws.num_mended, 13);
    expect_clean(scene);
    assert_int_equal(scene_find(scene, &(struct signet_store_query){0}).num, 13);
    struct signet_store_query query = {.address = "other@example.com"};
    assert_string_equal(scene_find(scene, &query).names, "alice");
}

CONTRACT(takes_wrong_entries_out_of_the_index)
{
    fill(scene);
    /* Bob's certificate filed under Alice's address, a key that is nobody's: neither is believed,
     * both are found. */
    int64_t bob = object_of(scene, "bob");
    assert_int_equal(sg_store_address_put(scene->store, "alice@example.com", bob), SIGNET_OK);
    assert_int_equal(scene->backend->key_put(scene->store->db, 4711, bob), SIGNET_OK);
    struct signet_store_query query = {.address = "alice@example.com"};
    assert_int_equal(scene_find(scene, &query).num, 2);
    struct flaws flaws = check(scene, true);
    assert_int_equal(flaws.num, 1);
    assert_non_null(strstr(flaws.text, "found by what it does not hold"));
    expect_clean(scene);
}

/* An object in the table that is not what its print says. */
static void put_wrong(struct scene *scene, const char *name, bool parses)
{
    struct signet_span der = scene_octets(name);
    uint8_t *octets = sg_test_keep(malloc(der.len));
    memcpy(octets, der.ptr, der.len);
    octets[parses ? der.len - 1 : 2] ^= 1;
    struct sg_store_object object = {
        .kind = SIGNET_RECORD_CERTIFICATE,
        .print = sg_store_print(SIGNET_RECORD_CERTIFICATE, scene_sha256(name)),
        .body = sg_span(octets, der.len),
        .origin = scene_origin};
    assert_int_equal(scene->backend->object_put(scene->store->db, &object), SIGNET_OK);
    assert_int_equal(scene->backend->key_put(scene->store->db, object.print, object.id), SIGNET_OK);
    assert_int_equal(sg_store_address_put(scene->store, "mallory@example.com", object.id),
                     SIGNET_OK);
}

CONTRACT(finds_tampering_and_takes_it_out)
{
    struct scene_found found = {.answer = SIGNET_OK};
    size_t bad;
    scene_add(scene, "alice");
    put_wrong(scene, "bob", true);
    put_wrong(scene, "root", false);
    assert_int_equal(
        signet_store_find(scene->store, &(struct signet_store_query){0}, scene_take, &found, &bad),
        SIGNET_OK);
    assert_string_equal(found.names, "alice");
    assert_int_equal(bad, 2);
    struct flaws flaws = check(scene, false);
    assert_int_equal(flaws.num, 2);
    assert_non_null(strstr(flaws.text, "not those that were stored"));
    flaws = check(scene, true);
    assert_int_equal(flaws.num_mended, 2);
    expect_clean(scene);
    assert_string_equal(scene_find(scene, &(struct signet_store_query){0}).names, "alice");
    /* What was taken out can come in again. */
    assert_true(scene_add(scene, "bob"));
}

static enum signet_status pass_over(void *context, struct signet_span octets)
{
    (void)context;
    assert_true(octets.len > 0);
    return SIGNET_OK;
}

CONTRACT(finds_a_crl_that_was_changed)
{
    struct sg_store_ids ids = {0};
    struct sg_arena arena;
    uint8_t part[SG_STORE_PART_LEN] = {0};
    sg_arena_init(&arena, SIZE_MAX);
    scene_add_crl(scene, "crl-long");
    assert_int_equal(scene->backend->object_list_all(scene->store->db, &arena, &ids), SIGNET_OK);
    assert_int_equal(scene->backend->crl_put_part(scene->store->db, ids.items[0], 3,
                                                  sg_span(part, sizeof(part))),
                     SIGNET_OK);
    struct signet_crl *crl = scene_crl("crl-long");
    uint8_t sha256[32];
    assert_true(sg_crl_sha256(crl, sha256));
    signet_crl_unref(crl);
    assert_int_equal(
        signet_store_read(scene->store, SIGNET_RECORD_CRL, sg_span(sha256, 32), pass_over, NULL),
        SIGNET_ERR_PARSE);
    struct flaws flaws = check(scene, true);
    assert_int_equal(flaws.num, 1);
    assert_true(strncmp(flaws.text, "CRL ", 4) == 0);
    expect_clean(scene);
    assert_true(scene_add_crl(scene, "crl-long"));
    expect_clean(scene);
    sg_arena_clear(&arena);
}

CONTRACT(makes_the_index_of_a_crl_again)
{
    struct sg_store_ids ids = {0};
    struct sg_arena arena;
    struct signet_span piece;
    sg_arena_init(&arena, SIZE_MAX);
    scene_add_crl(scene, "crl-long");
    assert_int_equal(scene->backend->object_list_all(scene->store->db, &arena, &ids), SIGNET_OK);
    assert_int_equal(scene->backend->crl_clear_index(scene->store->db, ids.items[0]), SIGNET_OK);
    struct flaws flaws = check(scene, false);
    assert_int_equal(flaws.num, 1);
    assert_non_null(strstr(flaws.text, "index of its entries"));
    assert_int_equal(check(scene, true).num_mended, 1);
    expect_clean(scene);
    /* A piece that is none, in the middle and at the end of what may be there. */
    assert_int_equal(scene->backend->crl_put_index(scene->store->db, ids.items[0], 5, hex("00 11")),
                     SIGNET_OK);
    assert_int_equal(check(scene, false).num, 1);
    assert_int_equal(check(scene, true).num_mended, 1);
    assert_int_equal(
        scene->backend->crl_put_index(scene->store->db, ids.items[0], UINT32_MAX, hex("")),
        SIGNET_OK);
    assert_int_equal(check(scene, true).num_mended, 1);
    expect_clean(scene);
    assert_int_equal(
        scene->backend->crl_find_index(scene->store->db, ids.items[0], UINT32_MAX, &piece),
        SIGNET_OK);
    assert_non_null(piece.ptr);
    sg_arena_clear(&arena);
}

CONTRACT(finds_what_belongs_to_nothing)
{
    fill(scene);
    assert_int_equal(scene->backend->crl_put_part(scene->store->db, 9999, 0, hex("00")), SIGNET_OK);
    assert_int_equal(check(scene, false).num, 1);
    assert_int_equal(check(scene, true).num_mended, 1);
    expect_clean(scene);
}

struct progress {
    size_t calls, done, total;
};

static void take_progress(void *context, size_t done, size_t total)
{
    struct progress *progress = context;
    progress->calls++;
    progress->done = done;
    progress->total = total;
}

CONTRACT(tells_how_far_it_is)
{
    struct progress seen = {0};
    const struct signet_store_progress progress = {take_progress, &seen};
    fill(scene);
    assert_int_equal(signet_store_check(scene->store, false, NULL, NULL, &progress, NULL),
                     SIGNET_OK);
    assert_int_equal(seen.calls, 1);
    assert_int_equal(seen.done, 13);
    assert_int_equal(seen.total, 13);
    assert_int_equal(signet_store_begin(scene->store), SIGNET_OK);
    assert_int_equal(signet_store_check(scene->store, false, NULL, NULL, NULL, NULL),
                     SIGNET_ERR_ARGUMENT);
    signet_store_rollback(scene->store);
}

SG_TEST_MAIN(SG_TEST("", finds_nothing_wrong_with_what_is_right),
             SG_TEST("A-4-4", makes_a_lost_index_again),
             SG_TEST("", takes_wrong_entries_out_of_the_index),
             SG_TEST("A-4-4", finds_tampering_and_takes_it_out),
             SG_TEST("A-4-4", finds_a_crl_that_was_changed),
             SG_TEST("", makes_the_index_of_a_crl_again),
             SG_TEST("", finds_what_belongs_to_nothing), SG_TEST("", tells_how_far_it_is))
