/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The backend over SQLite 3: one file in WAL mode. What the sqlite_ files share.
 */
#ifndef SG_STORE_SQLITE_H
#define SG_STORE_SQLITE_H

#include "store/backend.h"
#include "store/sqlite_library.h"

enum sg_sql {
#define SG_SQL_ROW(name, sql) SG_SQL_##name,
#include "store/sqlite_statements.def"
#undef SG_SQL_ROW
    SG_NUM_SQL
};

struct sg_sqlite {
    struct sg_store_db db; /* first: a struct sg_store_db is one of these */
    struct sg_sqlite_library api;
    sqlite3 *handle;
    char *file; /* such that SQLite takes it for nothing else */
    unsigned busy_ms;
    const char *shown; /* as it was given; within FILE */
    sqlite3_stmt *statements[SG_NUM_SQL];
    bool writes; /* it is set up for it */
    /* Objects that come together share the row of their origin. 0: none of this transaction. */
    int64_t origin_row;
    enum signet_origin_kind origin_kind;
    signet_time origin_since;
    char *origin_detail;
};

static inline struct sg_sqlite *sg_sqlite(struct sg_store_db *db)
{
    return (struct sg_sqlite *)db;
}

/* "sgnt": in the file's header, so that file(1) and we know it. */
#define SG_SQLITE_APPLICATION 0x73676e74

/* Octets of a page. A certificate rarely fills what is left of a page, so large ones lose less; a
 * look-up reads a handful of them, and each table has one at least, so small ones cost less. */
#define SG_SQLITE_PAGE_LEN 8192

/* A number of the database as one of an enumeration that ends with LAST; 0 where it is none. */
static inline unsigned sg_sqlite_one_of(int64_t value, unsigned last)
{
    return value >= 0 && value <= (int64_t)last ? (unsigned)value : 0;
}

/* --- sqlite_error.c --- */
/* What SQLite's result CODE means: SIGNET_OK, SIGNET_ERR_MEMORY, or SIGNET_ERR_IO with the trouble
 * set. */
SIGNET_MUST_CHECK enum signet_status sg_sqlite_status(struct sg_sqlite *sqlite, int code);
/* Sets the trouble to "FILE: TEXT"; gives SIGNET_ERR_IO. */
enum signet_status sg_sqlite_trouble(struct sg_sqlite *sqlite, enum signet_store_trouble kind,
                                     const char *format, ...) __attribute__((format(printf, 3, 4)));
/* The same from what the operating system reported. */
enum signet_status sg_sqlite_system_trouble(struct sg_sqlite *sqlite, int error);

/* SQL without parameters or rows. */
SIGNET_MUST_CHECK enum signet_status sg_sqlite_execute(struct sg_sqlite *sqlite, const char *sql);
/* The number that SQL gives, with its result code. */
SIGNET_MUST_CHECK int sg_sqlite_number(struct sg_sqlite *sqlite, const char *sql, int64_t *number);

/* --- sqlite_migrate.c --- */
/* The version of the schema that this program writes. */
int64_t sg_sqlite_version(void);
/* Brings the database to today's schema; makes it in an empty file. Without WRITABLE only looks. */
SIGNET_MUST_CHECK enum signet_status sg_sqlite_migrate(struct sg_sqlite *sqlite, bool writable);

/* --- sqlite.c --- */
/* Sets sqlite->file and shown. */
SIGNET_MUST_CHECK enum signet_status sg_sqlite_set_file(struct sg_sqlite *sqlite, const char *file);
/* To be called before the first thing is written. */
SIGNET_MUST_CHECK enum signet_status sg_sqlite_set_up_writing(struct sg_sqlite *sqlite);
/* Makes FILE, which must not exist, for its owner alone whatever the umask is; 0 or an errno. */
SIGNET_MUST_CHECK int sg_sqlite_make_file(const char *file);

/* --- the functions of the backend, see backend.h --- */
enum signet_status sg_sqlite_open(const char *file, enum signet_store_mode mode, unsigned busy_ms,
                                  struct sg_store_db **db);
void sg_sqlite_close(struct sg_store_db *db);
enum signet_status sg_sqlite_begin(struct sg_store_db *db, bool write);
enum signet_status sg_sqlite_commit(struct sg_store_db *db);
void sg_sqlite_rollback(struct sg_store_db *db);
enum signet_status sg_sqlite_object_put(struct sg_store_db *db, struct sg_store_object *object);
enum signet_status sg_sqlite_object_get(struct sg_store_db *db, int64_t id,
                                        struct sg_store_object *object);
enum signet_status sg_sqlite_object_list_all(struct sg_store_db *db, struct sg_arena *arena,
                                             struct sg_store_ids *ids);
enum signet_status sg_sqlite_object_delete(struct sg_store_db *db,
                                           const struct sg_store_object *object);
enum signet_status sg_sqlite_origin_get(struct sg_store_db *db, int64_t number,
                                        struct signet_origin *origin);
/* That row has gone with its transaction. */
void sg_sqlite_origin_forget(struct sg_sqlite *sqlite);
enum signet_status sg_sqlite_key_put(struct sg_store_db *db, int64_t key, int64_t object);
enum signet_status sg_sqlite_key_delete(struct sg_store_db *db, int64_t key, int64_t object);
enum signet_status sg_sqlite_key_list(struct sg_store_db *db, int64_t first, int64_t last,
                                      struct sg_arena *arena, struct sg_store_ids *ids);
enum signet_status sg_sqlite_key_list_some(struct sg_store_db *db, int64_t first, int64_t last,
                                           size_t max, struct sg_arena *arena,
                                           struct sg_store_ids *ids);
enum signet_status sg_sqlite_key_list_verified(struct sg_store_db *db, int64_t first, int64_t last,
                                               struct sg_arena *arena, struct sg_store_ids *ids);
enum signet_status sg_sqlite_key_has(struct sg_store_db *db, int64_t key, int64_t object,
                                     bool *has);
enum signet_status sg_sqlite_key_count(struct sg_store_db *db, int64_t first, int64_t last,
                                       size_t *num);
enum signet_status sg_sqlite_key_counts(struct sg_store_db *db, struct sg_arena *arena,
                                        struct sg_store_key_counts *counts);
enum signet_status sg_sqlite_key_clear(struct sg_store_db *db);
enum signet_status sg_sqlite_anchor_put(struct sg_store_db *db,
                                        const struct sg_store_anchor *anchor);
enum signet_status sg_sqlite_anchor_get(struct sg_store_db *db, int64_t object,
                                        struct sg_arena *arena, struct sg_store_anchor *anchor);
enum signet_status sg_sqlite_anchor_list(struct sg_store_db *db, bool all, struct sg_arena *arena,
                                         struct sg_store_ids *ids);
enum signet_status sg_sqlite_binding_put(struct sg_store_db *db,
                                         const struct sg_store_binding *binding);
enum signet_status sg_sqlite_binding_walk(struct sg_store_db *db, const char *folded,
                                          int64_t object, sg_store_binding_taker *taker,
                                          void *context);
enum signet_status sg_sqlite_binding_delete(struct sg_store_db *db, const char *folded,
                                            int64_t object);
enum signet_status sg_sqlite_binding_count(struct sg_store_db *db, size_t *num);
enum signet_status sg_sqlite_capabilities_put(struct sg_store_db *db, const char *folded,
                                              const struct signet_capabilities *capabilities);
enum signet_status sg_sqlite_capabilities_get(struct sg_store_db *db, const char *folded,
                                              struct signet_capabilities *capabilities,
                                              bool *found);
enum signet_status sg_sqlite_own_put(struct sg_store_db *db, const struct signet_stored_key *key);
enum signet_status sg_sqlite_own_has(struct sg_store_db *db, struct signet_span sha256, bool *has);
enum signet_status sg_sqlite_own_count(struct sg_store_db *db, size_t *num);
enum signet_status sg_sqlite_own_walk(struct sg_store_db *db, struct signet_span sha256,
                                      signet_key_taker *taker, void *context);
enum signet_status sg_sqlite_source_put(struct sg_store_db *db, const struct signet_source *source);
enum signet_status sg_sqlite_source_get(struct sg_store_db *db, const char *url,
                                        struct signet_source *source, bool *found);
enum signet_status sg_sqlite_fact_put(struct sg_store_db *db, int64_t object,
                                      struct signet_span key_sha256);
enum signet_status sg_sqlite_fact_list(struct sg_store_db *db, int64_t object,
                                       struct sg_arena *arena, struct signet_span *keys);
enum signet_status sg_sqlite_crl_put_part(struct sg_store_db *db, int64_t object, uint32_t number,
                                          struct signet_span octets);
enum signet_status sg_sqlite_crl_get_part(struct sg_store_db *db, int64_t object, uint32_t number,
                                          struct signet_span *octets);
enum signet_status sg_sqlite_crl_put_index(struct sg_store_db *db, int64_t object,
                                           uint32_t first_hash, struct signet_span octets);
enum signet_status sg_sqlite_crl_find_index(struct sg_store_db *db, int64_t object, uint32_t hash,
                                            struct signet_span *octets);
enum signet_status sg_sqlite_crl_clear_index(struct sg_store_db *db, int64_t object);
/* Parts and index. */
enum signet_status sg_sqlite_crl_clear(struct sg_store_db *db, int64_t object);
enum signet_status sg_sqlite_check(struct sg_store_db *db, sg_store_text_taker *taker,
                                   void *context);
enum signet_status sg_sqlite_row_check(struct sg_store_db *db, struct sg_arena *arena,
                                       struct sg_store_rows *rows);
enum signet_status sg_sqlite_row_mend(struct sg_store_db *db, const struct sg_store_row *row);
enum signet_status sg_sqlite_row_sweep(struct sg_store_db *db);
enum signet_status sg_sqlite_open_beside(struct sg_store_db *db, struct sg_store_db **beside,
                                         const char **name);
enum signet_status sg_sqlite_backup(struct sg_store_db *db, const char *file,
                                    const struct signet_store_progress *progress);

#endif
