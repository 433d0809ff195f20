/* SPDX-License-Identifier: Apache-2.0 */
#include "base/buffer.h"
#include "store_scene.h"
#include "x509/certificate.h"
#include "x509/crl.h"

/* NAMES are those found by QUERY, in any order. */
static void expect(struct scene *scene, struct signet_store_query query, const char *names)
{
    struct scene_found found = scene_find(scene, &query);
    size_t num = *names != '\0';
    for (const char *c = names; *c != '\0'; c++)
        num += *c == ' ';
    char all[1200], one[100];
    snprintf(all, sizeof(all), " %s ", found.names);
    for (const char *rest = names; *rest != '\0';) {
        int len = (int)strcspn(rest, " ");
        snprintf(one, sizeof(one), " %.*s ", len, rest);
        if (strstr(all, one) == NULL)
            fail_msg("%s is not among those found: %s", one, found.names);
        rest += (size_t)len + (rest[len] != '\0');
    }
    if (found.num != num)
        fail_msg("found %s, not %s", found.names, names);
}

CONTRACT(keeps_what_is_added_and_where_it_came_from)
{
    assert_true(scene_add(scene, "alice"));
    assert_false(scene_add(scene, "alice"));
    struct signet_certificate *bob = scene_certificate("bob");
    const struct signet_origin message = {SIGNET_ORIGIN_MESSAGE, "<1@example.org>", 77};
    assert_int_equal(signet_store_add_certificate(scene->store, bob, &message, NULL), SIGNET_OK);
    /* Coming again from elsewhere does not change where it first came from. */
    assert_int_equal(signet_store_add_certificate(scene->store, bob, &scene_origin, NULL),
                     SIGNET_OK);
    signet_certificate_unref(bob);

    scene_reopen(scene, SIGNET_STORE_READ);
    struct scene_found found =
        scene_find(scene, &(struct signet_store_query){.sha256 = scene_sha256("bob")});
    assert_string_equal(found.names, "bob");
    assert_int_equal(found.origin.kind, SIGNET_ORIGIN_MESSAGE);
    assert_string_equal(found.detail, "<1@example.org>");
    assert_int_equal(found.origin.since, 77);
    assert_false(found.anchor);
    assert_false(found.own);
    found = scene_find(scene, &(struct signet_store_query){.sha256 = scene_sha256("alice")});
    assert_string_equal(found.detail, "people.pem");
}

CONTRACT(finds_by_each_member_of_a_query)
{
    const unsigned crls = 1u << SIGNET_RECORD_CRL;
    scene_fill(scene);
    struct signet_certificate *alice = scene_certificate("alice");
    struct signet_span serial = signet_certificate_serial(alice);
    struct signet_span sha256 = signet_certificate_sha256(alice);

    expect(scene, (struct signet_store_query){0},
           "root ca other alice renewed bob umlaut nobody twin attributes crl crl-old crl-long");
    expect(scene, (struct signet_store_query){.kinds = crls}, "crl crl-old crl-long");
    expect(scene, (struct signet_store_query){.kinds = 1u << SIGNET_RECORD_ATTRIBUTE_CERTIFICATE},
           "attributes");
    expect(scene, (struct signet_store_query){.sha256 = sha256}, "alice");
    expect(scene, (struct signet_store_query){.sha256 = sg_span_first(sha256, 4)}, "alice");
    expect(scene, (struct signet_store_query){.sha256 = sg_span_first(sha256, 7)}, "alice");
    expect(scene, (struct signet_store_query){.sha256 = sha256, .kinds = crls}, "");
    expect(scene, (struct signet_store_query){.issuer = scene_octets("name-of-ca")},
           "alice renewed bob umlaut attributes crl crl-old");
    expect(scene,
           (struct signet_store_query){.issuer = scene_octets("name-of-ca"), .serial = serial},
           "alice");
    expect(scene, (struct signet_store_query){.serial = serial}, "alice twin");
    expect(scene, (struct signet_store_query){.subject = scene_octets("name-of-alice")},
           "alice renewed");
    expect(scene,
           (struct signet_store_query){.subject = scene_octets("name-of-root"),
                                       .issuer = scene_octets("name-of-root")},
           "root");
    expect(scene, (struct signet_store_query){.key_id = alice->ski}, "alice");
    expect(scene, (struct signet_store_query){.key_id = alice->ski, .serial = hex("7f")}, "");
    expect(scene, (struct signet_store_query){.text = "MAIL ca", .kinds = crls}, "crl crl-old");
    expect(scene, (struct signet_store_query){.text = "robert@"}, "bob");
    expect(scene, (struct signet_store_query){.text = "B\xc3\x84RBEL"}, "umlaut");
    expect(scene, (struct signet_store_query){.text = "\xff"}, "");
    expect(scene, (struct signet_store_query){.text = "no such text"}, "");
    signet_certificate_unref(alice);
}

CONTRACT(finds_addresses_as_they_are_compared)
{
    scene_fill(scene);
    expect(scene, (struct signet_store_query){.address = "alice@example.com"}, "alice renewed");
    expect(scene, (struct signet_store_query){.address = "ALICE@EXAMPLE.com"}, "alice renewed");
    expect(scene, (struct signet_store_query){.address = "bob@example.org"}, "bob");
    expect(scene, (struct signet_store_query){.address = "\"bob\"@example.org"}, "bob");
    /* U-labels and A-labels are one host; a local part that is not ASCII is octets (E-12). */
    expect(scene,
           (struct signet_store_query){.address = "b\xc3\xa4rbel@b\xc3\xbc"
                                                  "cher.example"},
           "umlaut");
    expect(scene, (struct signet_store_query){.address = "b\xc3\xa4rbel@xn--bcher-kva.example"},
           "umlaut");
    expect(scene, (struct signet_store_query){.address = "B\xc3\x84RBEL@xn--bcher-kva.example"},
           "");
    expect(scene, (struct signet_store_query){.address = "bob@example.or"}, "");
    expect(scene, (struct signet_store_query){.address = "Bob <bob@example.org>"}, "");
    expect(scene, (struct signet_store_query){.address = ""}, "");
    expect(
        scene,
        (struct signet_store_query){.address = "bob@example.org", .kinds = 1u << SIGNET_RECORD_CRL},
        "");
}

CONTRACT(gives_one_order_whatever_was_added_first)
{
    static const char *const there[] = {"alice", "bob", "root", "twin"};
    scene_fill(scene);
    struct scene_found first = scene_find(scene, &(struct signet_store_query){0});
    struct scene second;
    scene_begin(&second, scene->backend);
    for (size_t i = 0; i < SG_NUM(there); i++)
        assert_true(scene_add(&second, there[i]));
    struct scene_found some = scene_find(&second, &(struct signet_store_query){0});
    scene_end(&second);
    /* Those that both have come in the same order in both. */
    const char *at = first.names;
    for (const char *rest = some.names; *rest != '\0';) {
        char one[100];
        int len = (int)strcspn(rest, " ");
        snprintf(one, sizeof(one), "%.*s", len, rest);
        at = strstr(at, one);
        assert_non_null(at);
        rest += (size_t)len + (rest[len] != '\0');
    }
}

CONTRACT(stops_where_the_taker_says_so)
{
    scene_fill(scene);
    struct scene_found found = {.answer = SIGNET_ERR_LIMIT};
    assert_int_equal(
        signet_store_find(scene->store, &(struct signet_store_query){0}, scene_take, &found, NULL),
        SIGNET_ERR_LIMIT);
    assert_int_equal(found.num, 1);
    assert_int_equal(signet_store_trouble(scene->store), SIGNET_STORE_FINE);
}

static enum signet_status change(void *context, const struct signet_record *record)
{
    struct scene *scene = context;
    bool removed;
    return signet_store_remove(scene->store, record->kind, record->sha256, &removed);
}

CONTRACT(lets_nobody_change_what_is_being_walked)
{
    scene_fill(scene);
    assert_int_equal(
        signet_store_find(scene->store, &(struct signet_store_query){0}, change, scene, NULL),
        SIGNET_ERR_ARGUMENT);
    assert_int_equal(scene_find(scene, &(struct signet_store_query){0}).num, 13);
}

CONTRACT(refuses_a_name_that_is_none)
{
    struct scene_found found = {.answer = SIGNET_OK};
    struct signet_store_query query = {.issuer = hex("30 03 02 01 01")};
    assert_int_equal(signet_store_find(scene->store, &query, scene_take, &found, NULL),
                     SIGNET_ERR_ARGUMENT);
    query = (struct signet_store_query){.subject = hex("05 00")};
    assert_int_equal(signet_store_find(scene->store, &query, scene_take, &found, NULL),
                     SIGNET_ERR_ARGUMENT);
}

/* --- octets */

static enum signet_status collect(void *context, struct signet_span octets)
{
    sg_buffer_add(context, octets);
    return SIGNET_OK;
}

static void expect_octets(struct scene *scene, enum signet_record_kind kind, const char *name,
                          const uint8_t *sha256)
{
    struct sg_buffer buffer;
    sg_buffer_init(&buffer, SIZE_MAX);
    assert_int_equal(signet_store_read(scene->store, kind, sg_span(sha256, 32), collect, &buffer),
                     SIGNET_OK);
    assert_span_equal(sg_buffer_span(&buffer), scene_octets(name));
    sg_buffer_free(&buffer);
}

CONTRACT(gives_back_every_octet)
{
    uint8_t sha256[32];
    struct sg_buffer buffer = {0};
    scene_fill(scene);
    expect_octets(scene, SIGNET_RECORD_CERTIFICATE, "alice", scene_sha256("alice").ptr);
    struct signet_crl *crl = scene_crl("crl-long");
    assert_true(sg_crl_sha256(crl, sha256));
    expect_octets(scene, SIGNET_RECORD_CRL, "crl-long", sha256);
    signet_crl_unref(crl);
    sha256[31] ^= 1;
    assert_int_equal(
        signet_store_read(scene->store, SIGNET_RECORD_CRL, sg_span(sha256, 32), collect, &buffer),
        SIGNET_ERR_ARGUMENT);
    assert_int_equal(
        signet_store_read(scene->store, SIGNET_RECORD_CRL, scene_sha256("alice"), collect, &buffer),
        SIGNET_ERR_ARGUMENT);
}

CONTRACT(removes_an_object_with_all_that_hangs_on_it)
{
    bool removed;
    size_t rows;
    scene_fill(scene);
    struct sg_store_ids ids = {0};
    struct sg_arena arena;
    sg_arena_init(&arena, SIZE_MAX);
    scene_trust(scene, "alice");
    scene_bind(scene, "other@example.com", "alice", SIGNET_BINDING_USER, "said so");
    struct signet_span sha256 = scene_sha256("alice");
    assert_int_equal(signet_store_remove(scene->store, SIGNET_RECORD_CERTIFICATE, sha256, &removed),
                     SIGNET_OK);
    assert_true(removed);
    assert_int_equal(signet_store_remove(scene->store, SIGNET_RECORD_CERTIFICATE, sha256, &removed),
                     SIGNET_OK);
    assert_false(removed);
    expect(scene, (struct signet_store_query){.address = "alice@example.com"}, "renewed");
    expect(scene, (struct signet_store_query){.address = "other@example.com"}, "");
    expect(scene, (struct signet_store_query){.anchors = true}, "");

    /* Nothing is left of it: all the rest gone, the index is empty. */
    assert_int_equal(scene->backend->object_list_all(scene->store->db, &arena, &ids), SIGNET_OK);
    for (size_t i = 0; i < ids.num; i++) {
        struct sg_store_loaded loaded;
        assert_int_equal(sg_store_load(scene->store, ids.items[i], &loaded), SIGNET_OK);
        assert_int_equal(
            signet_store_remove(scene->store, loaded.object.kind, sg_span(loaded.sha256, 32), NULL),
            SIGNET_OK);
        sg_store_unload(&loaded);
    }
    assert_int_equal(scene->backend->key_count(scene->store->db, INT64_MIN, INT64_MAX, &rows),
                     SIGNET_OK);
    assert_int_equal(rows, 0);
    expect(scene, (struct signet_store_query){0}, "");
    sg_arena_clear(&arena);
}

CONTRACT(counts)
{
    struct signet_store_counts counts;
    scene_fill(scene);
    scene_trust(scene, "root");
    scene_bind(scene, "x@example.com", "bob", SIGNET_BINDING_PROVED, "");
    assert_int_equal(signet_store_count(scene->store, &counts), SIGNET_OK);
    assert_int_equal(counts.certificates, 9);
    assert_int_equal(counts.crls, 3);
    assert_int_equal(counts.attribute_certificates, 1);
    assert_int_equal(counts.anchors, 1);
    assert_int_equal(counts.bindings, 1);
    assert_int_equal(counts.own_keys, 0);
}

SG_TEST_MAIN(SG_TEST("A-4-4 E-41", keeps_what_is_added_and_where_it_came_from),
             SG_TEST("A-4-4", finds_by_each_member_of_a_query),
             SG_TEST("A-4-4", finds_addresses_as_they_are_compared),
             SG_TEST("", gives_one_order_whatever_was_added_first),
             SG_TEST("", stops_where_the_taker_says_so),
             SG_TEST("", lets_nobody_change_what_is_being_walked),
             SG_TEST("", refuses_a_name_that_is_none),
             SG_TEST("A-4-4 A-4.1-3", gives_back_every_octet),
             SG_TEST("A-4-5", removes_an_object_with_all_that_hangs_on_it), SG_TEST("", counts))
