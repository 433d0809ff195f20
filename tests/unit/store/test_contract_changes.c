/* SPDX-License-Identifier: Apache-2.0 */
#include "store_scene.h"

static size_t count(struct signet_store *store)
{
    struct signet_store_counts counts;
    assert_int_equal(signet_store_count(store, &counts), SIGNET_OK);
    return counts.certificates;
}

static struct signet_store *open_again(struct scene *scene, enum signet_store_mode mode)
{
    struct signet_store *store;
    assert_int_equal(sg_store_open(scene->backend, scene->file, mode, 0, &store), SIGNET_OK);
    return store;
}

CONTRACT(makes_many_changes_one)
{
    struct signet_store *reader = open_again(scene, SIGNET_STORE_READ);
    assert_int_equal(signet_store_begin(scene->store), SIGNET_OK);
    assert_int_equal(signet_store_begin(scene->store), SIGNET_ERR_ARGUMENT);
    scene_add(scene, "alice");
    scene_add(scene, "bob");
    assert_int_equal(count(scene->store), 2);
    assert_int_equal(count(reader), 0);
    assert_int_equal(signet_store_commit(scene->store), SIGNET_OK);
    assert_int_equal(count(reader), 2);
    assert_int_equal(signet_store_commit(scene->store), SIGNET_ERR_ARGUMENT);
    signet_store_close(reader);
}

CONTRACT(drops_what_is_not_committed)
{
    scene_add(scene, "root");
    assert_int_equal(signet_store_begin(scene->store), SIGNET_OK);
    scene_add(scene, "alice");
    signet_store_rollback(scene->store);
    signet_store_rollback(scene->store);
    assert_int_equal(count(scene->store), 1);
    assert_int_equal(signet_store_begin(scene->store), SIGNET_OK);
    scene_add(scene, "bob");
    scene_reopen(scene, SIGNET_STORE_WRITE);
    assert_int_equal(count(scene->store), 1);
    assert_true(scene_add(scene, "alice"));
}

CONTRACT(goes_on_after_a_refused_change)
{
    struct signet_binding binding = {"a@example.com", scene_sha256("bob"), SIGNET_BINDING_USER, "",
                                     1};
    assert_int_equal(signet_store_begin(scene->store), SIGNET_OK);
    scene_add(scene, "alice");
    assert_int_equal(signet_store_bind(scene->store, &binding), SIGNET_ERR_ARGUMENT);
    scene_add(scene, "bob");
    assert_int_equal(signet_store_commit(scene->store), SIGNET_OK);
    assert_int_equal(count(scene->store), 2);
}

CONTRACT(tells_that_another_writes)
{
    struct signet_store *second = open_again(scene, SIGNET_STORE_WRITE);
    struct signet_certificate *alice = scene_certificate("alice");
    assert_int_equal(signet_store_begin(scene->store), SIGNET_OK);
    scene_add(scene, "bob");
    assert_int_equal(signet_store_add_certificate(second, alice, &scene_origin, NULL),
                     SIGNET_ERR_IO);
    assert_int_equal(signet_store_trouble(second), SIGNET_STORE_BUSY);
    assert_non_null(strstr(signet_store_trouble_text(second), "another process"));
    assert_int_equal(signet_store_commit(scene->store), SIGNET_OK);
    /* Then it is possible, and the trouble is over. */
    assert_int_equal(signet_store_add_certificate(second, alice, &scene_origin, NULL), SIGNET_OK);
    assert_int_equal(signet_store_trouble(second), SIGNET_STORE_FINE);
    assert_int_equal(count(scene->store), 2);
    signet_certificate_unref(alice);
    signet_store_close(second);
}

CONTRACT(refuses_to_write_what_is_open_for_reading)
{
    struct signet_certificate *alice = scene_certificate("alice");
    struct signet_store *reader = open_again(scene, SIGNET_STORE_READ);
    assert_int_equal(signet_store_add_certificate(reader, alice, &scene_origin, NULL),
                     SIGNET_ERR_IO);
    assert_int_equal(signet_store_trouble(reader), SIGNET_STORE_READ_ONLY);
    assert_int_equal(count(reader), 0);
    signet_store_close(reader);
    signet_certificate_unref(alice);
}

static enum signet_status count_pages(void *context, const struct signet_record *record)
{
    (void)record;
    ++*(size_t *)context;
    return SIGNET_OK;
}

CONTRACT(copies_itself)
{
    char file[400];
    size_t num = 0;
    struct signet_store *copy;
    scene_fill(scene);
    snprintf(file, sizeof(file), "%s/copy.db", scene->folder);
    assert_int_equal(signet_store_backup(scene->store, file, NULL), SIGNET_OK);
    assert_int_equal(sg_store_open(scene->backend, file, SIGNET_STORE_READ, 0, &copy), SIGNET_OK);
    assert_int_equal(
        signet_store_find(copy, &(struct signet_store_query){0}, count_pages, &num, NULL),
        SIGNET_OK);
    assert_int_equal(num, 13);
    signet_store_close(copy);
    /* Not over what is there. */
    assert_int_equal(signet_store_backup(scene->store, file, NULL), SIGNET_ERR_IO);
    assert_non_null(strstr(signet_store_trouble_text(scene->store), "copy.db"));
    assert_int_equal(signet_store_backup(scene->store, "/nonexistent/a.db", NULL), SIGNET_ERR_IO);
    assert_int_equal(signet_store_trouble(scene->store), SIGNET_STORE_MISSING);
    assert_int_equal(signet_store_begin(scene->store), SIGNET_OK);
    assert_int_equal(signet_store_backup(scene->store, "x.db", NULL), SIGNET_ERR_ARGUMENT);
    signet_store_rollback(scene->store);
}

SG_TEST_MAIN(SG_TEST("A-4-4", makes_many_changes_one), SG_TEST("", drops_what_is_not_committed),
             SG_TEST("", goes_on_after_a_refused_change),
             SG_TEST("A-4-4", tells_that_another_writes),
             SG_TEST("", refuses_to_write_what_is_open_for_reading), SG_TEST("", copies_itself))
