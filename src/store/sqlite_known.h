/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rows of table known: one table for all that there is little of. A row has a kind, the number of
 * an object or one of its own, a name, and a value of fields one after the other.
 */
#ifndef SG_STORE_SQLITE_KNOWN_H
#define SG_STORE_SQLITE_KNOWN_H

#include "base/buffer.h"
#include "store/sqlite_query.h"

/* Numbers of the file. Objects that have gone take their anchors and bindings with them. */
enum sg_known_kind {
    /* Where objects came from, and since when: a number of its own; kind, detail, since. What comes
     * together has one row. */
    SG_KNOWN_ORIGIN = 1,
    /* Keys that made signatures: a number of their own; digests of 32 octets, and nothing else. */
    SG_KNOWN_KEY_SET = 2,
    /* An object that is trusted, or was: see sqlite_anchor.c. */
    SG_KNOWN_ANCHOR = 3,
    /* An address that belongs to a certificate: object; folded address; the address as given, kind,
     * why, since. Found through the address's hash in table key. */
    SG_KNOWN_BINDING = 4,
    /* What a correspondent can read (RFC 8551 2.5.2) and prefers (2.5.3): folded address; the
     * address as given, DER, fingerprint of the preferred certificate, signing time. */
    SG_KNOWN_CAPABILITIES = 5,
    /* An own private key, which outlives its certificate: fingerprint and URI; the fingerprint, the
     * PKCS #11 URI or "", EncryptedPrivateKeyInfo unless it has a URI, since. */
    SG_KNOWN_OWN_KEY = 6,
    /* A place on the network, what was had from it, and when it failed: URL; the URL, ETag,
     * Last-Modified, fetched, failed, reason, fingerprint. */
    SG_KNOWN_SOURCE = 7,
    /* The way back to a set of keys: their digests in hexadecimal; the number. */
    SG_KNOWN_KEY_SET_NUMBER = 8
};

/* A value being written: numbers of eight octets; texts and blobs with their lengths. To be freed;
 * SQLite says what is too long. */
static inline void sg_known_value_init(struct sg_buffer *value)
{
    sg_buffer_init(value, 4 * SG_STORE_MAX_TEXT);
}
void sg_known_add_int(struct sg_buffer *value, int64_t number);
void sg_known_add_text(struct sg_buffer *value, const char *text);          /* NULL: "" */
void sg_known_add_blob(struct sg_buffer *value, struct signet_span octets); /* {NULL,0} stays it */

/* A value being read. What is not as it was written is latched: BAD, and all further fields are
 * empty. */
struct sg_known_value {
    struct signet_span rest;
    bool bad;
};
int64_t sg_known_take_int(struct sg_known_value *value);
/* Never NULL; borrowed. */
const char *sg_known_take_text(struct sg_known_value *value);
struct signet_span sg_known_take_blob(struct sg_known_value *value);
/* A number of an enumeration that ends with LAST; what is none is bad. */
unsigned sg_known_take_one_of(struct sg_known_value *value, unsigned last);
/* All of it was read, and as it was written. */
bool sg_known_end(const struct sg_known_value *value);

/* In place of the row of this name, if there is one. Returns what VALUE latched, if anything. */
SIGNET_MUST_CHECK enum signet_status sg_known_put(struct sg_store_db *db, enum sg_known_kind kind,
                                                  int64_t object, const char *name,
                                                  const struct sg_buffer *value);

/* The row of this NAME; an empty value where there is none, which ends badly. To be kept or ended.
 */
struct sg_sqlite_query sg_known_get(struct sg_store_db *db, enum sg_known_kind kind, int64_t object,
                                    const char *name, struct sg_known_value *value, bool *found);
/* Rows of KIND and OBJECT whose names are FIRST to LAST (NULL: to the end), by name. */
struct sg_sqlite_query sg_known_list(struct sg_store_db *db, enum sg_known_kind kind,
                                     int64_t object, const char *first, const char *last);
/* All of KIND, by object and name. */
struct sg_sqlite_query sg_known_list_all(struct sg_store_db *db, enum sg_known_kind kind);
/* What a row has; borrowed until the next. */
struct sg_known {
    int64_t object;
    const char *name;
    struct sg_known_value value;
};
/* False at the end. */
bool sg_known_next(struct sg_sqlite_query *query, struct sg_known *row);

SIGNET_MUST_CHECK enum signet_status sg_known_count(struct sg_store_db *db, enum sg_known_kind kind,
                                                    size_t *num);
/* For a row with a number of its own: the next that is free. */
SIGNET_MUST_CHECK enum signet_status sg_known_next_number(struct sg_store_db *db,
                                                          enum sg_known_kind kind, int64_t *number);
/* Deletes the row of this NAME. */
SIGNET_MUST_CHECK enum signet_status
sg_known_delete(struct sg_store_db *db, enum sg_known_kind kind, int64_t object, const char *name);

/* --- whether a row is one that was written, each beside the functions that write it; the arena is
 * for what it takes to know */
bool sg_known_is_origin(const struct sg_known *row, struct sg_arena *arena);
bool sg_known_is_key_set(const struct sg_known *row, struct sg_arena *arena);
bool sg_known_is_anchor(const struct sg_known *row, struct sg_arena *arena);
bool sg_known_is_binding(const struct sg_known *row, struct sg_arena *arena);
bool sg_known_is_capabilities(const struct sg_known *row, struct sg_arena *arena);
bool sg_known_is_own_key(const struct sg_known *row, struct sg_arena *arena);
bool sg_known_is_source(const struct sg_known *row, struct sg_arena *arena);

/* Makes origin NUMBER one of which nothing is known. */
SIGNET_MUST_CHECK enum signet_status sg_known_put_no_origin(struct sg_store_db *db, int64_t number);

#endif
