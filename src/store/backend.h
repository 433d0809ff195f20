/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The one door to a database: what a backend must do, as a table of functions. A backend keeps rows
 * and gives them back; what they mean is known above it: store files derive keys from DER, parse
 * again what comes back, and compare it with what was looked for. tests/unit/store/ has one suite
 * that every backend must pass.
 *
 * A function that fails returns SIGNET_ERR_MEMORY, or SIGNET_ERR_IO with db->trouble set. What is
 * handed out is borrowed: an object until the next object_get, a part or piece of a CRL until the
 * next of these, all else until the next call of any function. Lists are appended to, in the arena
 * given. Functions that change something are called within a transaction.
 */
#ifndef SG_STORE_BACKEND_H
#define SG_STORE_BACKEND_H

#include "base/arena.h"
#include "signet/store.h"

struct sg_store_backend;

/* Why the last call failed. */
struct sg_store_trouble {
    enum signet_store_trouble kind;
    char text[1024]; /* one sentence with what to do */
};

/* A connection. Each backend's own struct begins with it. */
struct sg_store_db {
    const struct sg_store_backend *backend;
    struct sg_store_trouble trouble;
    /* A row with trust, a binding, a key or what else is known could not be read, and counted as
     * not there. */
    bool passed_over;
};

/* Numbers of objects, unique in a database and never 0; in the arena. */
struct sg_store_ids {
    int64_t *items;
    size_t num, cap;
};

/* Appends ID; false: memory is out, and ARENA knows why. */
static inline bool sg_store_ids_add(struct sg_store_ids *ids, struct sg_arena *arena, int64_t id)
{
    void *items = ids->items;
    bool room = sg_arena_grow(arena, &items, &ids->cap, ids->num, sizeof(*ids->items));
    ids->items = items;
    if (room)
        ids->items[ids->num++] = id;
    return room;
}

/* One object as it is kept. */
struct sg_store_object {
    int64_t id;
    enum signet_record_kind kind;
    int64_t print;         /* sg_store_print of its fingerprint when it was put */
    int64_t origin_number; /* for origin_get; set by object_get */
    /* Its DER; of a CRL, whose DER is in parts, what crl_store.c needs to have at hand first. */
    struct signet_span body;
    struct signet_span sha256; /* of a CRL; else {NULL,0}: the body tells */
    uint64_t der_len;
    struct signet_origin origin; /* for object_put; object_get leaves it empty */
};

/* The most octets that one text or blob of the database may have, CRLs aside. */
#define SG_STORE_MAX_TEXT ((size_t)1 << 28)

/* Octets of one part of a CRL but the last. */
#define SG_STORE_PART_LEN 4000

struct sg_store_anchor {
    int64_t object;
    struct signet_stored_anchor anchor;
};

struct sg_store_binding {
    int64_t object;
    const char *folded;  /* the address as it is compared */
    const char *address; /* as given */
    enum signet_binding_kind kind;
    const char *why;
    signet_time since;
};

/* A row that cannot be read, or speaks of an object that is not there. */
enum sg_store_row_kind {
    SG_STORE_ROW_STRANGE = 0, /* none that signet writes */
    SG_STORE_ROW_ORIGIN,      /* OBJECT is the origin's number */
    SG_STORE_ROW_NO_ORIGIN,   /* OBJECT came from an origin that is not there */
    SG_STORE_ROW_KEY_SET,     /* OBJECT is the set's number */
    SG_STORE_ROW_KEY_SET_NUMBER,
    SG_STORE_ROW_ANCHOR,
    SG_STORE_ROW_BINDING,
    SG_STORE_ROW_CAPABILITIES,
    SG_STORE_ROW_OWN_KEY,
    SG_STORE_ROW_SOURCE,
    SG_STORE_ROW_FACT,
    SG_STORE_ROW_CRL, /* all parts of a CRL, and its index */
    SG_STORE_NUM_ROW_KINDS
};
struct sg_store_row {
    enum sg_store_row_kind kind;
    bool orphan; /* it could be read, but there is no OBJECT */
    int64_t object;
    const char *name; /* an address, a URL, …; never NULL */
};
struct sg_store_rows {
    struct sg_store_row *items;
    size_t num, cap;
};

/* So many keys lead to an object. */
struct sg_store_key_count {
    int64_t object;
    size_t num;
};
struct sg_store_key_counts {
    struct sg_store_key_count *items;
    size_t num, cap;
};

/* Return another status than SIGNET_OK to end the walk. Not to call functions of bindings or own
 * keys. */
typedef enum signet_status sg_store_binding_taker(void *context,
                                                  const struct sg_store_binding *binding);
/* Something wrong with the file itself, in words. */
typedef enum signet_status sg_store_text_taker(void *context, const char *text);

struct sg_store_backend {
    const char *name;

    /* As signet_store_open. *DB is set on SIGNET_OK and on SIGNET_ERR_IO. */
    enum signet_status (*open)(const char *file, enum signet_store_mode mode, unsigned busy_ms,
                               struct sg_store_db **db);
    void (*close)(struct sg_store_db *db);

    /* WRITE: at once the only one who writes; else only that what is read belongs together. */
    enum signet_status (*begin)(struct sg_store_db *db, bool write);
    enum signet_status (*commit)(struct sg_store_db *db); /* after it, it is on the disk */
    void (*rollback)(struct sg_store_db *db);

    /* --- objects --- */
    /* Sets OBJECT->id. */
    enum signet_status (*object_put)(struct sg_store_db *db, struct sg_store_object *object);
    /* OBJECT->id 0: there is none of this number. */
    enum signet_status (*object_get)(struct sg_store_db *db, int64_t id,
                                     struct sg_store_object *object);
    /* The numbers of all, by number, whether they have keys or not. */
    enum signet_status (*object_list_all)(struct sg_store_db *db, struct sg_arena *arena,
                                          struct sg_store_ids *ids);
    /* With its anchor, bindings, facts, parts and index, not with keys. */
    enum signet_status (*object_delete)(struct sg_store_db *db,
                                        const struct sg_store_object *object);
    /* Where an object came from, by its origin_number; without a detail where nothing is known. */
    enum signet_status (*origin_get)(struct sg_store_db *db, int64_t number,
                                     struct signet_origin *origin);

    /* --- what is derived from objects: 48-bit keys --- */
    enum signet_status (*key_put)(struct sg_store_db *db, int64_t key, int64_t object);
    enum signet_status (*key_delete)(struct sg_store_db *db, int64_t key, int64_t object);
    /* Objects with a key that is FIRST to LAST, by key and number. */
    enum signet_status (*key_list)(struct sg_store_db *db, int64_t first, int64_t last,
                                   struct sg_arena *arena, struct sg_store_ids *ids);
    /* The first MAX of them. */
    enum signet_status (*key_list_some)(struct sg_store_db *db, int64_t first, int64_t last,
                                        size_t max, struct sg_arena *arena,
                                        struct sg_store_ids *ids);
    /* Those of them whose signature some key is known to have verified. */
    enum signet_status (*key_list_verified)(struct sg_store_db *db, int64_t first, int64_t last,
                                            struct sg_arena *arena, struct sg_store_ids *ids);
    enum signet_status (*key_has)(struct sg_store_db *db, int64_t key, int64_t object, bool *has);
    /* How many there are of FIRST to LAST. */
    enum signet_status (*key_count)(struct sg_store_db *db, int64_t first, int64_t last,
                                    size_t *num);
    /* By object; in the arena. */
    enum signet_status (*key_counts)(struct sg_store_db *db, struct sg_arena *arena,
                                     struct sg_store_key_counts *counts);
    enum signet_status (*key_clear)(struct sg_store_db *db);

    /* --- anchors --- */
    enum signet_status (*anchor_put)(struct sg_store_db *db, const struct sg_store_anchor *anchor);
    /* ANCHOR->object 0: it is none. Its policies are in the arena. */
    enum signet_status (*anchor_get)(struct sg_store_db *db, int64_t object, struct sg_arena *arena,
                                     struct sg_store_anchor *anchor);
    /* ALL: also what is not trusted any more. */
    enum signet_status (*anchor_list)(struct sg_store_db *db, bool all, struct sg_arena *arena,
                                      struct sg_store_ids *ids);

    /* --- bindings --- */
    enum signet_status (*binding_put)(struct sg_store_db *db,
                                      const struct sg_store_binding *binding);
    /* FOLDED may be NULL: any; then OBJECT may be 0: any. By object, then folded address. */
    enum signet_status (*binding_walk)(struct sg_store_db *db, const char *folded, int64_t object,
                                       sg_store_binding_taker *taker, void *context);
    enum signet_status (*binding_delete)(struct sg_store_db *db, const char *folded,
                                         int64_t object);
    enum signet_status (*binding_count)(struct sg_store_db *db, size_t *num);

    /* --- capabilities: CAPABILITIES->address is as given --- */
    enum signet_status (*capabilities_put)(struct sg_store_db *db, const char *folded,
                                           const struct signet_capabilities *capabilities);
    enum signet_status (*capabilities_get)(struct sg_store_db *db, const char *folded,
                                           struct signet_capabilities *capabilities, bool *found);

    /* --- own keys --- */
    enum signet_status (*own_put)(struct sg_store_db *db, const struct signet_stored_key *key);
    enum signet_status (*own_has)(struct sg_store_db *db, struct signet_span sha256, bool *has);
    enum signet_status (*own_count)(struct sg_store_db *db, size_t *num);
    /* SHA256 {NULL,0}: all, by fingerprint. */
    enum signet_status (*own_walk)(struct sg_store_db *db, struct signet_span sha256,
                                   signet_key_taker *taker, void *context);

    /* --- places on the network --- */
    enum signet_status (*source_put)(struct sg_store_db *db, const struct signet_source *source);
    enum signet_status (*source_get)(struct sg_store_db *db, const char *url,
                                     struct signet_source *source, bool *found);

    /* --- facts: this key verified this object --- */
    enum signet_status (*fact_put)(struct sg_store_db *db, int64_t object,
                                   struct signet_span key_sha256);
    /* 32 octets for each key, one after the other, in the arena. */
    enum signet_status (*fact_list)(struct sg_store_db *db, int64_t object, struct sg_arena *arena,
                                    struct signet_span *keys);

    /* --- CRLs: parts of SG_STORE_PART_LEN octets from number 0, and pieces of an index of
     * entries --- */
    enum signet_status (*crl_put_part)(struct sg_store_db *db, int64_t object, uint32_t number,
                                       struct signet_span octets);
    /* {NULL,0}: there is no such part. */
    enum signet_status (*crl_get_part)(struct sg_store_db *db, int64_t object, uint32_t number,
                                       struct signet_span *octets);
    enum signet_status (*crl_put_index)(struct sg_store_db *db, int64_t object, uint32_t first_hash,
                                        struct signet_span octets);
    /* The piece whose first hash is the highest that is not above HASH; {NULL,0}: none. */
    enum signet_status (*crl_find_index)(struct sg_store_db *db, int64_t object, uint32_t hash,
                                         struct signet_span *octets);
    enum signet_status (*crl_clear_index)(struct sg_store_db *db, int64_t object);

    /* --- care --- */
    /* The file as such: pages, trees, tables. */
    enum signet_status (*check)(struct sg_store_db *db, sg_store_text_taker *taker, void *context);
    /* Rows of all but objects and keys that are not as they should be; in the arena. */
    enum signet_status (*row_check)(struct sg_store_db *db, struct sg_arena *arena,
                                    struct sg_store_rows *rows);
    /* Takes one of them out; of an origin makes one of which nothing is known. */
    enum signet_status (*row_mend)(struct sg_store_db *db, const struct sg_store_row *row);
    /* Takes out origins and sets of keys that nothing refers to any more. */
    enum signet_status (*row_sweep)(struct sg_store_db *db);
    /* Makes an empty database beside this one, for what can be saved of it; *NAME, which lasts as
     * long as *BESIDE, is where. *BESIDE may be NULL after a failure, with the trouble in DB. */
    enum signet_status (*open_beside)(struct sg_store_db *db, struct sg_store_db **beside,
                                      const char **name);
    /* As signet_store_backup. */
    enum signet_status (*backup)(struct sg_store_db *db, const char *file,
                                 const struct signet_store_progress *progress);
};

extern const struct sg_store_backend sg_store_sqlite;

#endif
