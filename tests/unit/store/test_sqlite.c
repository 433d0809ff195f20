/* SPDX-License-Identifier: Apache-2.0 */
/* What is SQLite's about a store. tests/store/ has what it lives through. */
#include "store/sqlite.h"
#include "store_scene.h"

#include <errno.h>
#include <sys/stat.h>

static struct scene scene;

/* Statements of somebody else who has the file open. */
static void by_hand(const char *sql)
{
    sqlite3 *handle;
    char *error = NULL;
    assert_int_equal(sqlite3_open(scene.file, &handle), SQLITE_OK);
    if (sqlite3_exec(handle, sql, NULL, NULL, &error) != SQLITE_OK)
        fail_msg("%s: %s", sql, error);
    assert_int_equal(sqlite3_close(handle), SQLITE_OK);
}

static int64_t number(const char *sql)
{
    int64_t value;
    assert_int_equal(sg_sqlite_number(sg_sqlite(scene.store->db), sql, &value), SQLITE_OK);
    return value;
}

static void keeps_what_it_commits_on_the_disk(void **state)
{
    (void)state;
    scene_begin(&scene, &sg_store_sqlite);
    assert_int_equal(number("PRAGMA synchronous"), 2);
    assert_int_equal(number("SELECT journal_mode = 'wal' FROM pragma_journal_mode"), 1);
    assert_int_equal(number("PRAGMA application_id"), SG_SQLITE_APPLICATION);
    assert_int_equal(number("PRAGMA user_version"), sg_sqlite_version());
    assert_int_equal(number("PRAGMA page_size"), SG_SQLITE_PAGE_LEN);
    scene_end(&scene);
}

/* How long zeros would be SQLite says without making them, and refuses what is longer. */
static void holds_no_longer_text_than_it_may(void **state)
{
    const size_t max = (size_t)256 << 20;
    int64_t value;
    char sql[80];
    (void)state;
    scene_begin(&scene, &sg_store_sqlite);
    snprintf(sql, sizeof(sql), "SELECT length(zeroblob(%zu))", max);
    assert_int_equal(number(sql), max);
    snprintf(sql, sizeof(sql), "SELECT length(zeroblob(%zu))", max + 1);
    int code = sg_sqlite_number(sg_sqlite(scene.store->db), sql, &value);
    assert_int_equal(code, SQLITE_TOOBIG);
    assert_int_equal(sg_sqlite_status(sg_sqlite(scene.store->db), code), SIGNET_ERR_IO);
    assert_non_null(strstr(signet_store_trouble_text(scene.store), "larger than the database"));
    scene_end(&scene);
}

/* A value of table known: an anchor for all purposes, from nowhere, for no reason. */
#define ANCHOR                                                                                     \
    "x'0000000000000000"                                                                           \
    "0000000100"                                                                                   \
    "0000000000000000"                                                                             \
    "0000000000000003"                                                                             \
    "0000000000000000"                                                                             \
    "8000000000000000"                                                                             \
    "ffffffff"                                                                                     \
    "ffffffff"                                                                                     \
    "0000000100"                                                                                   \
    "0000000000000000"                                                                             \
    "0000000100"                                                                                   \
    "8000000000000000'"

static void runs_nothing_that_stands_in_the_file(void **state)
{
    const struct signet_store_query anchors = {.anchors = true};
    (void)state;
    scene_begin(&scene, &sg_store_sqlite);
    signet_store_close(scene.store);
    scene.store = NULL;
    by_hand("CREATE TRIGGER t AFTER INSERT ON object BEGIN"
            " INSERT INTO known VALUES (3, new.id, '', " ANCHOR "); END");
    scene_reopen(&scene, SIGNET_STORE_WRITE);
    scene_add(&scene, "alice");
    assert_int_equal(scene_find(&scene, &anchors).num, 0);
    assert_int_equal(number("PRAGMA trusted_schema"), 0);
    assert_int_equal(number("PRAGMA cell_size_check"), 1);
    /* Which it would have made an anchor. */
    by_hand("INSERT INTO known SELECT 3, id, '', " ANCHOR " FROM object");
    assert_int_equal(scene_find(&scene, &anchors).num, 1);
    scene_end(&scene);
}

/* Rows of table known whose values are cut, too long, or have a text without an end. */
static void takes_strange_values_for_none(void **state)
{
    static const char *const strange[] = {
        "UPDATE known SET value = x''",
        "UPDATE known SET value = CAST(substr(value, 1, length(value) - 1) AS BLOB)",
        "UPDATE known SET value = CAST(value || x'00' AS BLOB)",
        "UPDATE known SET value = CAST(x'00000000ffffffff' || value AS BLOB)",
        "UPDATE known SET value = CAST(replace(hex(value), '00', 'ff') AS BLOB)",
        "UPDATE known SET value = zeroblob(length(value))",
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(strange); i++) {
        struct signet_capabilities capabilities;
        bool found = true;
        scene_begin(&scene, &sg_store_sqlite);
        scene_fill(&scene);
        scene_trust(&scene, "root");
        scene_bind(&scene, "x@example.com", "bob", SIGNET_BINDING_USER, "said so");
        assert_int_equal(scene_find(&scene, &(struct signet_store_query){.anchors = true}).num, 1);
        by_hand(strange[i]);
        assert_int_equal(scene_find(&scene, &(struct signet_store_query){.anchors = true}).num, 0);
        assert_int_equal(
            scene_find(&scene, &(struct signet_store_query){.address = "x@example.com"}).num, 0);
        assert_int_equal(
            signet_store_capabilities(scene.store, "x@example.com", &capabilities, &found),
            SIGNET_OK);
        assert_false(found);
        scene_end(&scene);
    }
}

static void takes_other_tables_for_damage(void **state)
{
    static const char *const sabotage[] = {
        "DROP TABLE key",
        "DROP TABLE key; CREATE VIEW key AS SELECT 1 AS key, id AS object FROM object",
        "ALTER TABLE object RENAME COLUMN body TO boby",
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(sabotage); i++) {
        struct scene_found found = {.answer = SIGNET_OK};
        const struct signet_store_query query = {.address = "alice@example.com",
                                                 .sha256 = i != 1 ? scene_sha256("alice")
                                                                  : (struct signet_span){NULL, 0}};
        scene_begin(&scene, &sg_store_sqlite);
        scene_add(&scene, "alice");
        by_hand(sabotage[i]);
        assert_int_equal(signet_store_find(scene.store, &query, scene_take, &found, NULL),
                         SIGNET_ERR_IO);
        assert_int_equal(signet_store_trouble(scene.store), SIGNET_STORE_DAMAGED);
        assert_non_null(strstr(signet_store_trouble_text(scene.store), "certificates.db: "));
        scene_end(&scene);
    }
}

static void takes_strange_numbers_as_they_must_be_taken(void **state)
{
    struct scene_found found = {.answer = SIGNET_OK};
    size_t bad, num;
    (void)state;
    scene_begin(&scene, &sg_store_sqlite);
    scene_fill(&scene);
    by_hand("UPDATE known SET value = x'ffffffffffffffff0000000100fffffffffffffff0' WHERE kind = 1;"
            "UPDATE object SET kind = 99 WHERE id = 1;"
            "UPDATE object SET body = x'00' WHERE kind = 1;"
            "UPDATE object SET origin = 77 WHERE id = 3;"
            "INSERT INTO object VALUES (9223372036854775807, 1, 0, 1, x'');"
            "INSERT INTO key SELECT max(print), 9223372036854775807 FROM object WHERE kind = 1;"
            "INSERT INTO key VALUES (5, 4711)");
    assert_int_equal(
        signet_store_find(scene.store, &(struct signet_store_query){0}, scene_take, &found, &bad),
        SIGNET_OK);
    assert_int_equal(bad, 4);
    assert_int_equal(signet_store_check(scene.store, true, NULL, NULL, NULL, &num), SIGNET_OK);
    assert_true(num >= 4);
    assert_int_equal(signet_store_check(scene.store, false, NULL, NULL, NULL, &num), SIGNET_OK);
    assert_int_equal(num, 0);
    scene_end(&scene);
}

/* --- names of files */

static void opens_files_of_any_name(void **state)
{
    static const char *const names[] = {":memory:", "file:x?mode=memory", "a%20b?c#d", "-", "\xff"};
    char folder[1000];
    (void)state;
    scene_begin(&scene, &sg_store_sqlite);
    assert_non_null(getcwd(folder, sizeof(folder)));
    assert_int_equal(chdir(scene.folder), 0);
    for (size_t i = 0; i < SG_NUM(names); i++) {
        struct signet_store *store;
        struct stat about;
        assert_int_equal(signet_store_open(names[i], SIGNET_STORE_CREATE, 0, &store), SIGNET_OK);
        signet_store_close(store);
        assert_int_equal(stat(names[i], &about), 0);
        assert_int_equal(about.st_mode & 0777, 0600);
    }
    assert_int_equal(chdir(folder), 0);
    scene_end(&scene);
}

static void shows_names_so_that_nothing_in_them_acts(void **state)
{
    struct signet_store *store;
    char name[3000] = "";
    (void)state;
    assert_int_equal(signet_store_open("no\x1b[31mfile", SIGNET_STORE_READ, 0, &store),
                     SIGNET_ERR_IO);
    assert_string_equal(signet_store_trouble_text(store), "no\\x1b[31mfile: there is no such file");
    signet_store_close(store);
    memset(name, 'a', sizeof(name) - 1);
    assert_int_equal(signet_store_open(name, SIGNET_STORE_READ, 0, &store), SIGNET_ERR_IO);
    assert_int_equal(signet_store_trouble(store), SIGNET_STORE_FAILED);
    assert_true(strlen(signet_store_trouble_text(store)) < 1024);
    signet_store_close(store);
    assert_int_equal(signet_store_open("", SIGNET_STORE_READ, 0, &store), SIGNET_ERR_ARGUMENT);
    assert_null(store);
    signet_store_close(NULL);
}

/* --- what result codes mean */

static void tells_what_went_wrong(void **state)
{
    static const struct {
        int code;
        enum signet_store_trouble kind;
        const char *words;
    } rows[] = {
        {SQLITE_FULL, SIGNET_STORE_FULL, "make room"},
        {SQLITE_READONLY, SIGNET_STORE_READ_ONLY, "permissions"},
        {SQLITE_READONLY_DIRECTORY, SIGNET_STORE_READ_ONLY, "permissions"},
        {SQLITE_READONLY_DBMOVED, SIGNET_STORE_FAILED, "moved"},
        {SQLITE_BUSY, SIGNET_STORE_BUSY, "another process"},
        {SQLITE_BUSY_SNAPSHOT, SIGNET_STORE_BUSY, "another process"},
        {SQLITE_CORRUPT, SIGNET_STORE_DAMAGED, "backup"},
        {SQLITE_CORRUPT_INDEX, SIGNET_STORE_DAMAGED, "check"},
        {SQLITE_IOERR_SHORT_READ, SIGNET_STORE_DAMAGED, "backup"},
        {SQLITE_ERROR, SIGNET_STORE_DAMAGED, "backup"},
        {SQLITE_NOTADB, SIGNET_STORE_FOREIGN, "no certificate database"},
        {SQLITE_PERM, SIGNET_STORE_FORBIDDEN, "permission"},
        {SQLITE_IOERR_LOCK, SIGNET_STORE_FAILED, "disk I/O"},
        {SQLITE_TOOBIG, SIGNET_STORE_FAILED, "larger"},
    };
    (void)state;
    scene_begin(&scene, &sg_store_sqlite);
    struct sg_sqlite *sqlite = sg_sqlite(scene.store->db);
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        assert_int_equal(sg_sqlite_status(sqlite, rows[i].code), SIGNET_ERR_IO);
        assert_int_equal(sqlite->db.trouble.kind, rows[i].kind);
        assert_non_null(strstr(sqlite->db.trouble.text, rows[i].words));
        assert_non_null(strstr(sqlite->db.trouble.text, "certificates.db: "));
    }
    assert_int_equal(sg_sqlite_status(sqlite, SQLITE_NOMEM), SIGNET_ERR_MEMORY);
    assert_int_equal(sg_sqlite_status(sqlite, SQLITE_IOERR_NOMEM), SIGNET_ERR_MEMORY);
    assert_int_equal(sg_sqlite_status(sqlite, SQLITE_DONE), SIGNET_OK);
    scene_end(&scene);
}

static void tells_what_the_system_said(void **state)
{
    static const struct {
        int error;
        enum signet_store_trouble kind;
    } rows[] = {{ENOENT, SIGNET_STORE_MISSING},  {EACCES, SIGNET_STORE_FORBIDDEN},
                {EROFS, SIGNET_STORE_READ_ONLY}, {ENOSPC, SIGNET_STORE_FULL},
                {EDQUOT, SIGNET_STORE_FULL},     {EFBIG, SIGNET_STORE_FULL},
                {EIO, SIGNET_STORE_FAILED}};
    (void)state;
    scene_begin(&scene, &sg_store_sqlite);
    struct sg_sqlite *sqlite = sg_sqlite(scene.store->db);
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        assert_int_equal(sg_sqlite_system_trouble(sqlite, rows[i].error), SIGNET_ERR_IO);
        assert_int_equal(sqlite->db.trouble.kind, rows[i].kind);
    }
    scene_end(&scene);
}

SG_TEST_MAIN(SG_TEST("A-4-4", keeps_what_it_commits_on_the_disk),
             SG_TEST("", holds_no_longer_text_than_it_may),
             SG_TEST("", runs_nothing_that_stands_in_the_file),
             SG_TEST("", takes_strange_values_for_none), SG_TEST("", takes_other_tables_for_damage),
             SG_TEST("", takes_strange_numbers_as_they_must_be_taken),
             SG_TEST("A-4-4", opens_files_of_any_name),
             SG_TEST("", shows_names_so_that_nothing_in_them_acts),
             SG_TEST("", tells_what_went_wrong), SG_TEST("", tells_what_the_system_said))
