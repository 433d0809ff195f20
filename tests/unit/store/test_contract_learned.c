/* SPDX-License-Identifier: Apache-2.0 */
#include "store/parts.h"
#include "store_scene.h"

CONTRACT(older_capabilities_never_replace_newer_ones)
{
    struct signet_capabilities say = {"Alice@Example.com", hex("30 00"), scene_sha256("alice"),
                                      1000};
    struct signet_capabilities got;
    bool flag;
    assert_int_equal(signet_store_capabilities(scene->store, "alice@example.com", &got, &flag),
                     SIGNET_OK);
    assert_false(flag);
    assert_int_equal(signet_store_learn_capabilities(scene->store, &say, &flag), SIGNET_OK);
    assert_true(flag);
    say = (struct signet_capabilities){"alice@example.com", hex("30 02 05 00"), {NULL, 0}, 999};
    assert_int_equal(signet_store_learn_capabilities(scene->store, &say, &flag), SIGNET_OK);
    assert_false(flag);
    assert_int_equal(signet_store_capabilities(scene->store, "ALICE@example.com", &got, &flag),
                     SIGNET_OK);
    assert_true(flag);
    assert_string_equal(got.address, "Alice@Example.com");
    assert_span_equal(got.der, hex("30 00"));
    assert_span_equal(got.preferred_sha256, scene_sha256("alice"));
    assert_int_equal(got.signing_time, 1000);
    say.signing_time = 1001;
    assert_int_equal(signet_store_learn_capabilities(scene->store, &say, &flag), SIGNET_OK);
    assert_true(flag);
    assert_int_equal(signet_store_capabilities(scene->store, "alice@example.com", &got, &flag),
                     SIGNET_OK);
    assert_span_equal(got.der, say.der);
    assert_null(got.preferred_sha256.ptr);
    say.address = "no address";
    assert_int_equal(signet_store_learn_capabilities(scene->store, &say, &flag),
                     SIGNET_ERR_ARGUMENT);
    assert_int_equal(signet_store_capabilities(scene->store, "no address", &got, &flag), SIGNET_OK);
    assert_false(flag);
}

CONTRACT(remembers_places_on_the_network)
{
    struct signet_source say = {.url = "http://example.com/a.crl",
                                .etag = "\"1\"",
                                .last_modified = "yesterday",
                                .fetched = 100,
                                .failed = SIGNET_TIME_UNKNOWN,
                                .reason = "",
                                .sha256 = scene_sha256("root")};
    struct signet_source got;
    bool found;
    assert_int_equal(signet_store_source(scene->store, say.url, &got, &found), SIGNET_OK);
    assert_false(found);
    assert_int_equal(signet_store_set_source(scene->store, &say), SIGNET_OK);
    scene_reopen(scene, SIGNET_STORE_WRITE);
    assert_int_equal(signet_store_source(scene->store, say.url, &got, &found), SIGNET_OK);
    assert_true(found);
    assert_string_equal(got.url, say.url);
    assert_string_equal(got.etag, "\"1\"");
    assert_string_equal(got.last_modified, "yesterday");
    assert_int_equal(got.fetched, 100);
    assert_true(got.failed == SIGNET_TIME_UNKNOWN);
    assert_span_equal(got.sha256, say.sha256);
    /* Nothing to say is no trouble. */
    say = (struct signet_source){
        .url = "http://example.com/b", .fetched = SIGNET_TIME_UNKNOWN, .failed = 5};
    assert_int_equal(signet_store_set_source(scene->store, &say), SIGNET_OK);
    assert_int_equal(signet_store_source(scene->store, say.url, &got, &found), SIGNET_OK);
    assert_string_equal(got.reason, "");
    assert_true(got.fetched == SIGNET_TIME_UNKNOWN);
    assert_int_equal(signet_store_source(scene->store, "http://example.com/a.crl", &got, &found),
                     SIGNET_OK);
    /* What was got can be changed and set again. */
    got.failed = 200;
    got.reason = "404";
    assert_int_equal(signet_store_set_source(scene->store, &got), SIGNET_OK);
    assert_int_equal(signet_store_source(scene->store, "http://example.com/a.crl", &got, &found),
                     SIGNET_OK);
    assert_int_equal(got.failed, 200);
    assert_string_equal(got.reason, "404");
    assert_string_equal(got.etag, "\"1\"");
}

/* --- own keys */

struct keys {
    struct scene *scene;
    size_t num;
    char uri[100];
    size_t pkcs8_len;
    size_t certificates;
};

static enum signet_status take_key(void *context, const struct signet_stored_key *key)
{
    struct keys *keys = context;
    keys->num++;
    if (key->uri != NULL)
        snprintf(keys->uri, sizeof(keys->uri), "%s", key->uri);
    keys->pkcs8_len += key->pkcs8.len;
    /* The store can be asked from within. */
    struct signet_store_query query = {.sha256 = key->sha256, .own = true};
    keys->certificates += scene_find(keys->scene, &query).num;
    return SIGNET_OK;
}

CONTRACT(holds_own_keys_even_without_their_certificate)
{
    const struct signet_span any = {NULL, 0};
    scene_add(scene, "alice");
    scene_add(scene, "bob");
    struct signet_stored_key key = {scene_sha256("alice"), hex("30 00"), NULL, 5};
    assert_int_equal(signet_store_add_key(scene->store, &key), SIGNET_OK);
    key = (struct signet_stored_key){scene_sha256("alice"), {NULL, 0}, "pkcs11:object=a", 6};
    assert_int_equal(signet_store_add_key(scene->store, &key), SIGNET_OK);
    assert_int_equal(signet_store_add_key(scene->store, &key), SIGNET_OK);
    key.pkcs8 = hex("30 00");
    assert_int_equal(signet_store_add_key(scene->store, &key), SIGNET_ERR_ARGUMENT);
    key = (struct signet_stored_key){scene_sha256("root"), hex("30 00"), NULL, 5};
    assert_int_equal(signet_store_add_key(scene->store, &key), SIGNET_ERR_ARGUMENT);

    struct keys keys = {.scene = scene};
    assert_int_equal(signet_store_keys(scene->store, any, take_key, &keys), SIGNET_OK);
    assert_int_equal(keys.num, 2);
    assert_int_equal(keys.certificates, 2);
    assert_int_equal(keys.pkcs8_len, 2);
    assert_string_equal(keys.uri, "pkcs11:object=a");
    keys = (struct keys){.scene = scene};
    assert_int_equal(signet_store_keys(scene->store, scene_sha256("bob"), take_key, &keys),
                     SIGNET_OK);
    assert_int_equal(keys.num, 0);
    struct scene_found own = scene_find(scene, &(struct signet_store_query){.own = true});
    assert_string_equal(own.names, "alice");
    assert_true(own.own);

    assert_int_equal(
        signet_store_remove(scene->store, SIGNET_RECORD_CERTIFICATE, scene_sha256("alice"), NULL),
        SIGNET_OK);
    keys = (struct keys){.scene = scene};
    assert_int_equal(signet_store_keys(scene->store, any, take_key, &keys), SIGNET_OK);
    assert_int_equal(keys.num, 2);
    assert_int_equal(keys.certificates, 0);
}

/* --- what only the store's own files use */

static int64_t object_of(struct scene *scene, const char *name)
{
    int64_t id;
    assert_int_equal(
        sg_store_object_find(scene->store, SIGNET_RECORD_CERTIFICATE, scene_sha256(name), &id),
        SIGNET_OK);
    assert_int_not_equal(id, 0);
    return id;
}

CONTRACT(lists_facts_once)
{
    const struct sg_store_backend *backend = scene->backend;
    struct sg_store_db *db = scene->store->db;
    struct signet_span keys;
    struct sg_arena arena;
    sg_arena_init(&arena, SIZE_MAX);
    scene_add(scene, "alice");
    scene_add(scene, "bob");
    int64_t alice = object_of(scene, "alice");
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(backend->fact_put(db, alice, scene_sha256("root")), SIGNET_OK);
        assert_int_equal(backend->fact_put(db, alice, scene_sha256("other")), SIGNET_OK);
    }
    assert_int_equal(backend->fact_list(db, alice, &arena, &keys), SIGNET_OK);
    assert_int_equal(keys.len, 64);
    assert_int_equal(backend->fact_list(db, object_of(scene, "bob"), &arena, &keys), SIGNET_OK);
    assert_int_equal(keys.len, 0);
    sg_arena_clear(&arena);
}

CONTRACT(remembers_a_bounded_number_of_keys)
{
    const struct sg_store_backend *backend = scene->backend;
    struct signet_span keys;
    struct sg_arena arena;
    sg_arena_init(&arena, SIZE_MAX);
    scene_add(scene, "alice");
    int64_t alice = object_of(scene, "alice");
    for (uint8_t i = 0; i < 18; i++) {
        const uint8_t key[32] = {1, 2, 3, [31] = i};
        for (size_t twice = 0; twice < 2; twice++)
            assert_int_equal(backend->fact_put(scene->store->db, alice, sg_span(key, 32)),
                             SIGNET_OK);
    }
    assert_int_equal(backend->fact_list(scene->store->db, alice, &arena, &keys), SIGNET_OK);
    assert_int_equal(keys.len, 16 * 32);
    for (uint8_t i = 0; i < 16; i++)
        assert_int_equal(keys.ptr[32 * i + 31], i);
    sg_arena_clear(&arena);
}

CONTRACT(reads_any_octets_of_a_crl)
{
    static const size_t at[] = {0, 1, 3999, 4000, 4001, 7999, 8000, 12345};
    struct signet_span der = scene_octets("crl-long");
    struct sg_store_ids ids = {0};
    struct sg_arena arena;
    uint8_t octets[5000];
    sg_arena_init(&arena, SIZE_MAX);
    scene_add_crl(scene, "crl-long");
    assert_int_equal(scene->backend->object_list_all(scene->store->db, &arena, &ids), SIGNET_OK);
    assert_int_equal(ids.num, 1);
    for (size_t i = 0; i < SG_NUM(at); i++) {
        for (size_t len = 0; len <= sizeof(octets); len += 1250) {
            assert_int_equal(sg_store_parts_read(scene->store, ids.items[0], at[i], len, octets),
                             SIGNET_OK);
            assert_span_equal(sg_span(octets, len), sg_span(der.ptr + at[i], len));
        }
    }
    assert_int_equal(sg_store_parts_read(scene->store, ids.items[0], der.len - 1, 2, octets),
                     SIGNET_ERR_PARSE);
    assert_int_equal(sg_store_parts_read(scene->store, ids.items[0], UINT64_MAX - 1, 1, octets),
                     SIGNET_ERR_PARSE);
    sg_arena_clear(&arena);
}

CONTRACT(finds_the_piece_of_an_index_that_a_hash_is_in)
{
    const struct sg_store_backend *backend = scene->backend;
    struct sg_store_db *db = scene->store->db;
    struct signet_span piece;
    scene_add(scene, "alice");
    int64_t object = object_of(scene, "alice");
    assert_int_equal(backend->crl_put_index(db, object, 5, hex("aa")), SIGNET_OK);
    assert_int_equal(backend->crl_put_index(db, object, 100, hex("bb")), SIGNET_OK);
    static const struct {
        uint32_t hash;
        int found;
    } rows[] = {{0, -1},     {4, -1},     {5, 0xaa},         {99, 0xaa},
                {100, 0xbb}, {101, 0xbb}, {UINT32_MAX, 0xbb}};
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        assert_int_equal(backend->crl_find_index(db, object, rows[i].hash, &piece), SIGNET_OK);
        assert_int_equal(piece.ptr != NULL ? piece.ptr[0] : -1, rows[i].found);
    }
    assert_int_equal(backend->crl_find_index(db, object + 1, 100, &piece), SIGNET_OK);
    assert_null(piece.ptr);
    assert_int_equal(backend->crl_clear_index(db, object), SIGNET_OK);
    assert_int_equal(backend->crl_find_index(db, object, 100, &piece), SIGNET_OK);
    assert_null(piece.ptr);
}

SG_TEST_MAIN(SG_TEST("", older_capabilities_never_replace_newer_ones),
             SG_TEST("", remembers_places_on_the_network),
             SG_TEST("", holds_own_keys_even_without_their_certificate),
             SG_TEST("", lists_facts_once), SG_TEST("", remembers_a_bounded_number_of_keys),
             SG_TEST("A-4.1-3", reads_any_octets_of_a_crl),
             SG_TEST("", finds_the_piece_of_an_index_that_a_hash_is_in))
